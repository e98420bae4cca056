/** GET /evidence — the evidence bundle of the whole log, as a zip archive that is made while it is sent. */

import { Controller, Get, Logger, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Refusals } from '#libs/nest/doors';
import { Allowed } from '../access/roles.js';
import { balancesOf } from '../balances/balance-figures.js';
import { Ledger } from '../ledger.js';
import { zipOf } from './bundle-sinks.js';
import { writeBundle } from './write-bundle.js';

@Controller('evidence')
export class ShowEvidenceDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed('auditor', 'controller', 'admin')
  @ApiOperation({ summary: 'The evidence bundle, as a zip archive' })
  @ApiBearerAuth()
  @ApiResponse({ status: 200, content: { 'application/zip': { schema: { type: 'string', format: 'binary' } } } })
  @Refusals()
  async show(): Promise<StreamableFile> {
    const { ledger } = this;
    const { store } = ledger;
    await ledger.upToDate();
    const position = ledger.projector.checkpoint;
    const shown = { position, rows: await balancesOf(ledger, {}) };
    // a store beyond a network is one that several servers may write
    const writers = store.counts === undefined ? 'one' : 'several';
    const at = ledger.now;
    const { stream, result } = zipOf(at, (sink) => writeBundle({ store, writers, shown, at }, sink));
    result.catch((error: unknown) => new Logger('evidence').warn(`not sent to its end: ${(error as Error).message}`));
    const disposition = `attachment; filename="preuves-276-${position}.zip"`;
    return new StreamableFile(stream, { type: 'application/zip', disposition });
  }
}
