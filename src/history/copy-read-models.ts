/** POST /read-models/copies — copies what is shown into a file beside, for whoever compares it in a process of its own. */

import { Controller, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiResponse } from '@nestjs/swagger';
import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { Refusals } from '#libs/nest/doors';
import { ADMINS, Allowed } from '../access/roles.js';
import { copiedFile } from '../folder-files.js';
import { Ledger } from '../ledger.js';

export class ReadModelsCopiedAnswer {
  @ApiProperty({ description: 'Names the copy in the data folder' }) copyId!: string;
}

@Controller('read-models/copies')
export class CopyReadModelsDoor {
  constructor(private readonly ledger: Ledger) {}

  @Post()
  @Allowed(...ADMINS)
  @ApiOperation({ summary: 'Copy the read models, to be compared' })
  @ApiBearerAuth()
  @ApiResponse({ status: 201, type: ReadModelsCopiedAnswer })
  @Refusals()
  async copy(): Promise<ReadModelsCopiedAnswer> {
    const { rows } = this.ledger;
    const copyId = randomUUID();
    await rows.copyTo(copiedFile(dirname(rows.file), copyId));
    return { copyId };
  }
}
