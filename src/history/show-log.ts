/** GET /log — the events of the whole log, filtered, page by page, the latest first. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { dayOf } from '#libs/calendar/day';
import type { Language } from '#libs/money/euros';
import { Reads } from '#libs/nest/doors';
import { EnumField, QueryNumberField, TextField } from '#libs/nest/fields';
import { PAGE_SIZE, PAGE_SIZE_AT_MOST, PageAnswer, pageOf, valuesOf } from '#libs/nest/page';
import { invalid } from '#libs/nest/problem';
import { ReaderLanguage } from '../access/asked.js';
import { Allowed, READERS } from '../access/roles.js';
import { eventTypes, type StoredLedgerEvent } from '../catalogue.js';
import { funderNameOn } from '../funders/funder.state.js';
import { Ledger } from '../ledger.js';
import { factsOf } from './event-facts.movements.js';
import { filterOf, LogFilterQuery } from './log-filter.js';
import { searchLog } from './log-search.js';
import { streamOfPayment } from './stream-of-payment.js';

export class LogQuery extends LogFilterQuery {
  @EnumField(['recorded', '-recorded'], { optional: true, description: '-recorded, the latest first, when absent' })
  sort?: 'recorded' | '-recorded';
  @QueryNumberField(1, PAGE_SIZE_AT_MOST, { optional: true, description: 'Rows a page, 50 when absent' }) size?: string;
  @TextField({ optional: true, description: 'The `next` of the page before' }) cursor?: string;
  @QueryNumberField(0, Number.MAX_SAFE_INTEGER, {
    optional: true,
    description: 'Wait until the answer shows this position',
  })
  atLeast?: string;
}

export class LoggedEventAnswer {
  @ApiProperty() position!: string;
  @ApiProperty({ description: 'When it was recorded' }) recordedAt!: string;
  @ApiProperty({ type: 'string', nullable: true, description: 'Business day' }) on!: string | null;
  @ApiProperty() actor!: string;
  @ApiProperty() type!: string;
  @ApiProperty({ description: 'In the reader’s language' }) label!: string;
  @ApiProperty() stream!: string;
  @ApiProperty({ type: 'integer' }) revision!: number;
  @ApiProperty() id!: string;
  @ApiProperty({ type: 'string', nullable: true }) schemeId!: string | null;
  @ApiProperty({ type: 'integer', nullable: true }) amountCents!: number | null;
  @ApiProperty({ type: [String], description: 'Whom it concerns' }) funders!: readonly string[];
  @ApiProperty({ type: [String], description: 'Their names on its day, in the same order' })
  funderNames!: readonly string[];
  @ApiProperty({ description: 'The same for all that one request led to' }) correlationId!: string;
  @ApiProperty({ type: 'string', nullable: true, description: 'The event that it replies to, or that it came with' })
  causationId!: string | null;
  @ApiProperty({ type: 'object', additionalProperties: true }) data!: object;
}

export class LogAnswer {
  @ApiProperty({ type: [LoggedEventAnswer] }) data!: LoggedEventAnswer[];
  @ApiProperty({ type: PageAnswer }) page!: PageAnswer;
  @ApiProperty() position!: string;
}

@Controller('log')
export class ShowLogDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('The log, filtered', LogAnswer)
  async show(@Query() query: LogQuery, @ReaderLanguage() language: Language): Promise<LogAnswer> {
    const { ledger } = this;
    const { sort = '-recorded', size = String(PAGE_SIZE), cursor, atLeast } = query;
    const [sortedBy, after] = cursor === undefined ? [sort] : valuesOf(cursor, ['text', 'integer']);
    if (sortedBy !== sort) throw invalid('/cursor', 'CURSOR_INVALID');
    await ledger.upToDate(Number(atLeast ?? 0));
    const upTo = ledger.projector.checkpoint;
    const filter = filterOf(query, streamOfPayment(ledger));
    const order = sort === 'recorded' ? 'oldest-first' : 'newest-first';
    const found: StoredLedgerEvent[] = [];
    if (filter !== undefined)
      for await (const event of searchLog(ledger, {
        filter,
        order,
        upTo,
        ...(after !== undefined && { after: Number(after) }),
      })) {
        found.push(event);
        if (found.length > Number(size)) break;
      }
    const page = pageOf(
      found,
      Number(size),
      (event) => this.answerOf(event, language),
      ({ position }) => [sort, position],
    );
    return { ...page, position: String(upTo) };
  }

  private answerOf(event: StoredLedgerEvent, language: Language): LoggedEventAnswer {
    const { position, recordedAt, type, stream, revision, id, data, metadata } = event;
    const { actor = '', $correlationId = '', $causationId = null } = metadata as Readonly<Record<string, string>>;
    const facts = factsOf(data);
    const day = facts.on ?? dayOf(recordedAt);
    return {
      position: String(position),
      recordedAt: new Date(recordedAt).toISOString(),
      actor,
      type,
      label: eventTypes[type][language],
      stream,
      revision,
      id,
      ...facts,
      funderNames: facts.funders.map((each) => funderNameOn(this.ledger.funders.remembered(each), each, day)),
      correlationId: $correlationId,
      causationId: $causationId,
      data,
    };
  }
}
