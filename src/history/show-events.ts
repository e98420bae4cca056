/** GET /events — the whole log in order, gap-free, as NDJSON from a position on. */

import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Readable } from 'node:stream';
import type { EventStore } from '#libs/event-store/event-store';
import { Refusals } from '#libs/nest/doors';
import { QueryNumberField } from '#libs/nest/fields';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { eventLine } from './event-line.js';

const LIMIT = 1_000;
const LIMIT_AT_MOST = 100_000;
const PAGE = 500;

export class EventsQuery {
  @QueryNumberField(0, Number.MAX_SAFE_INTEGER, {
    optional: true,
    description: 'The events after this position; all when absent',
  })
  after?: string;
  @QueryNumberField(1, LIMIT_AT_MOST, { optional: true, description: 'At most so many lines, 1,000 when absent' })
  limit?: string;
}

@Controller('events')
export class ShowEventsDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @ApiOperation({ summary: 'The log, one event a line' })
  @ApiBearerAuth()
  @ApiResponse({ status: 200, content: { 'application/x-ndjson': { schema: { type: 'string' } } } })
  @Refusals()
  show(@Query() { after, limit }: EventsQuery): StreamableFile {
    const lines = linesAfter(this.ledger.store, Number(after ?? 0), Number(limit ?? LIMIT));
    return new StreamableFile(Readable.from(lines), { type: 'application/x-ndjson' });
  }
}

async function* linesAfter(store: EventStore, after: number, limit: number): AsyncGenerator<string> {
  let position = after;
  for (let left = limit; left > 0;) {
    const page = await store.readAll(position, Math.min(PAGE, left));
    if (page.length === 0) return;
    yield page.map(eventLine).join('');
    position = page.at(-1)!.position;
    left -= page.length;
  }
}
