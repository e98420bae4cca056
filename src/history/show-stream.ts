/** GET /streams/:stream — one stream, every event from the first on, as NDJSON. */

import { Controller, Get, Param, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Readable } from 'node:stream';
import { Refusals } from '#libs/nest/doors';
import { TransportError } from '#libs/nest/problem';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { eventLine } from './event-line.js';

@Controller('streams/:stream')
export class ShowStreamDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @ApiOperation({ summary: 'One stream, one event a line' })
  @ApiBearerAuth()
  @ApiResponse({ status: 200, content: { 'application/x-ndjson': { schema: { type: 'string' } } } })
  @Refusals()
  async show(@Param('stream') stream: string): Promise<StreamableFile> {
    const events = await this.ledger.store.readStream(stream);
    if (events.length === 0) throw new TransportError('NOT_FOUND');
    return new StreamableFile(Readable.from(events.map(eventLine)), { type: 'application/x-ndjson' });
  }
}
