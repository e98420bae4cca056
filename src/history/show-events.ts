/** GET /events — the log in order, gap-free, as NDJSON from a position on; whole, or only what a filter means. */

import { Controller, Get, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { Refusals } from '#libs/nest/doors';
import { QueryNumberField } from '#libs/nest/fields';
import { standsOn } from '../access/journaled-exports.js';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { eventLine } from './event-line.js';
import { filterOf, LogFilterQuery } from './log-filter.js';
import { searchLog } from './log-search.js';
import { streamOfPayment } from './stream-of-payment.js';

const LIMIT = 1_000;
const LIMIT_AT_MOST = 100_000;
const PAGE = 500;
const TYPE = 'application/x-ndjson';

const DESCRIPTION = `Each line keeps its position in the log. \`Ledger-Position\` says how far the answer looked: who got fewer lines
than the limit goes on after it, who got as many goes on after the last line. An answer without a line takes nothing out and is not noted
in the journal of exports.`;

export class EventsQuery extends LogFilterQuery {
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
  @ApiOperation({ summary: 'The log, one event a line', description: DESCRIPTION })
  @ApiBearerAuth()
  @ApiResponse({
    status: 200,
    content: { [TYPE]: { schema: { type: 'string' } } },
    headers: { 'Ledger-Position': { schema: { type: 'string' }, description: 'Looked through up to there' } },
  })
  @Refusals()
  async show(
    @Query() query: EventsQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | string> {
    const { after = '0', limit = String(LIMIT), ...asked } = query;
    const isFiltered = Object.values(asked).some((value) => value !== undefined);
    const lines = isFiltered
      ? this.filtered(asked, Number(after), Number(limit), reply)
      : this.whole(Number(after), Number(limit), reply);
    // the first lines before the answer begins: what cannot be read is refused, what is empty is no export
    const first = await lines.next();
    if (first.done !== true) return new StreamableFile(Readable.from(continued(first.value, lines)), { type: TYPE });
    void reply.type(TYPE);
    return '';
  }

  private async *whole(after: number, limit: number, reply: FastifyReply): AsyncGenerator<string, undefined> {
    const { store } = this.ledger;
    standsOn(reply, await store.head());
    let position = after;
    for (let left = limit; left > 0;) {
      const page = await store.readAll(position, Math.min(PAGE, left));
      if (page.length === 0) return;
      yield page.map(eventLine).join('');
      position = page.at(-1)!.position;
      left -= page.length;
    }
  }

  private async *filtered(
    asked: LogFilterQuery,
    after: number,
    limit: number,
    reply: FastifyReply,
  ): AsyncGenerator<string, undefined> {
    const { ledger } = this;
    await ledger.upToDate();
    const upTo = ledger.projector.checkpoint;
    standsOn(reply, upTo);
    const filter = filterOf(asked, streamOfPayment(ledger));
    if (filter === undefined) return;
    let left = limit;
    for await (const event of searchLog(ledger, { filter, order: 'oldest-first', after, upTo })) {
      yield eventLine(event);
      left -= 1;
      if (left === 0) return;
    }
  }
}

async function* continued(first: string, rest: AsyncGenerator<string, undefined>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}
