/** POST /read-models/replacement — puts read models that were made from zero beside the server in the place of the present ones. */

import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiResponse } from '@nestjs/swagger';
import { Refusals } from '#libs/nest/doors';
import { TransportError } from '#libs/nest/problem';
import { ADMINS, Allowed } from '../access/roles.js';
import { Ledger, rebuiltFileOf } from '../ledger.js';
import { putInPlace } from './put-in-place.js';

export class ReadModelsReplacedAnswer {
  @ApiProperty({ description: 'Position that the new read models stand on' }) position!: string;
}

@Controller('read-models/replacement')
export class ReplaceReadModelsDoor {
  constructor(private readonly ledger: Ledger) {}

  @Post()
  @HttpCode(200)
  @Allowed(...ADMINS)
  @ApiOperation({ summary: 'Put rebuilt read models in place' })
  @ApiBearerAuth()
  @ApiResponse({ status: 200, type: ReadModelsReplacedAnswer })
  @Refusals()
  async replace(): Promise<ReadModelsReplacedAnswer> {
    const position = await putInPlace(this.ledger, rebuiltFileOf(this.ledger.rows.file));
    if (position === undefined) throw new TransportError('NOT_FOUND');
    return { position: String(position) };
  }
}
