/** GET /reports/dgs/noted — what was noticed between two meetings, page by page; the amounts add up to those of the sheet. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { DayField, EnumField } from '#libs/nest/fields';
import { PAGE_SIZE, PageAnswer, pageOf, PageQuery, valuesOf } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { NOTED_KINDS, NotedAnswer } from './dgs-answers.js';
import { meetingOf } from './meeting.js';
import { notedRows, type NotedPlace } from './noted-figures.js';
import type { NotedKind } from './reports.projection.js';

export class NotedQuery extends PageQuery {
  @DayField({ optional: true, description: 'The day of the meeting; today when absent' }) on?: string;
  @DayField({ optional: true, description: 'The meeting before; two months earlier when absent' }) since?: string;
  @EnumField(NOTED_KINDS, { optional: true, description: 'Every kind when absent' }) kind?: NotedKind;
}

export class CountedNotedAnswer extends NotedAnswer {
  @ApiProperty({ type: 'integer', description: 'What it adds to the amount of its kind: a payment is added once' })
  countedCents!: number;
}

export class NotedPageAnswer {
  @ApiProperty({ type: [CountedNotedAnswer], description: 'Newest first' }) data!: CountedNotedAnswer[];
  @ApiProperty({ type: PageAnswer }) page!: PageAnswer;
  @ApiProperty() position!: string;
}

@Controller('reports/dgs/noted')
export class ShowNotedDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('What was noticed between two meetings', NotedPageAnswer)
  async show(@Query() query: NotedQuery): Promise<NotedPageAnswer> {
    const { ledger } = this;
    const { kind, size = String(PAGE_SIZE), cursor, atLeast } = query;
    await ledger.upToDate(Number(atLeast ?? 0));
    const position = String(ledger.projector.checkpoint);
    const rows = notedRows(ledger, meetingOf(ledger, query), {
      limit: Number(size) + 1,
      ...(kind === undefined ? {} : { kind }),
      ...(cursor === undefined ? {} : { after: placeOf(cursor) }),
    });
    const page = pageOf(
      rows,
      Number(size),
      ({ ordinal: _, ...row }) => row,
      (row) => [row.on, Number(row.position), row.ordinal, row.kind],
    );
    return { ...page, position };
  }
}

function placeOf(cursor: string): NotedPlace {
  const [on, position, ordinal, kind] = valuesOf(cursor, ['text', 'integer', 'integer', 'text']);
  return { on: String(on), position: Number(position), ordinal: Number(ordinal), kind: String(kind) };
}
