/** POST /read-models/replacement — puts read models that were made from zero beside the server in the place of the present ones. */

import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiResponse } from '@nestjs/swagger';
import { renameSync } from 'node:fs';
import { Refusals } from '#libs/nest/doors';
import { TransportError } from '#libs/nest/problem';
import { ReadModel, removeFile } from '#libs/projections/read-model';
import { ADMINS, Allowed } from '../access/roles.js';
import { Ledger, projections, rebuiltFileOf, standsOn } from '../ledger.js';

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
    const { projector } = this.ledger;
    const { file } = projector.rows;
    const rebuilt = rebuiltFileOf(file);
    const model = ReadModel.open(rebuilt, projections);
    if (model === undefined) throw new TransportError('NOT_FOUND');
    if (!(await standsOn(this.ledger.store, model))) {
      model.close();
      removeFile(rebuilt);
      throw new TransportError('NOT_FOUND');
    }
    await projector.replace(model, () => {
      removeFile(file);
      renameSync(rebuilt, file);
      return ReadModel.open(file, projections)!;
    });
    return { position: String(projector.checkpoint) };
  }
}
