/** GET /balances/why — the events behind one figure; they add up to it exactly. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { addDays } from '#libs/calendar/day';
import type { Language } from '#libs/money/euros';
import { Reads } from '#libs/nest/doors';
import { PAGE_SIZE, PageAnswer, pageOf, valuesOf } from '#libs/nest/page';
import { ReaderLanguage } from '../access/asked.js';
import { Allowed, READERS } from '../access/roles.js';
import { eventTypes, type StoredLedgerEvent } from '../catalogue.js';
import { Ledger } from '../ledger.js';
import { movementsOf, positionChange, type BalanceColumn } from './balance.movements.js';
import { balancesOf, sumOf } from './balance-figures.js';
import { explainLine } from './explain-line.js';
import { moneyEvents } from './money-events.js';
import { viewOf } from '../views/view.js';
import { filterOf, WhyQuery, type WhyFilter } from './why-query.js';

export class WhyLineAnswer {
  @ApiProperty() position!: string;
  @ApiProperty() stream!: string;
  @ApiProperty() type!: string;
  @ApiProperty({ description: 'What happened, in words' }) label!: string;
  @ApiProperty() on!: string;
  @ApiProperty() recordedAt!: string;
  @ApiProperty({ type: 'string', nullable: true }) paymentId!: string | null;
  @ApiProperty({ type: 'integer', description: 'What it adds to the figure, or takes from it' }) amountCents!: number;
  @ApiProperty({ description: 'Why this amount, to the cent' }) explanation!: string;
}

export class WhyAnswer {
  @ApiProperty({ type: 'integer', description: 'The figure' }) figureCents!: number;
  @ApiProperty({ type: [WhyLineAnswer] }) data!: WhyLineAnswer[];
  @ApiProperty({ type: PageAnswer }) page!: PageAnswer;
  @ApiProperty({ description: 'Of the first page: the others stand on it too' }) position!: string;
}

@Controller('balances/why')
export class ExplainFigureDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('The events behind one figure', WhyAnswer)
  async explain(@Query() query: WhyQuery, @ReaderLanguage() language: Language): Promise<WhyAnswer> {
    const { column, size = String(PAGE_SIZE), cursor, atLeast } = query;
    const { ledger } = this;
    const begun = cursor === undefined ? undefined : pageAfter(cursor);
    await ledger.upToDate(Math.max(Number(atLeast ?? 0), begun?.position ?? 0));
    const { knownAt, atPosition: asked } = query;
    const view = await viewOf(ledger, { knownAt, atPosition: asked });
    const position = begun?.position ?? ledger.projector.checkpoint;
    const filter = { ...filterOf(ledger, query), ...view };
    const figure = begun?.figureCents ?? (await figureOf(ledger, filter, column, position));
    const atPosition = Math.min(filter.atPosition ?? position, position);
    const after = begun === undefined ? {} : { after: begun.after };
    const lines: Line[] = [];
    for await (const line of figure === NOTHING ? [] : linesOf(ledger, { ...filter, ...after, atPosition }, column)) {
      lines.push(line);
      if (lines.length > Number(size)) break;
    }
    const figureCents = figure === NOTHING ? 0 : figure;
    const page = pageOf(
      lines,
      Number(size),
      (line) => lineOf(ledger, line, query, language),
      (line) => [line.on, line.event.position, position, figureCents],
    );
    return { figureCents, ...page, position: String(position) };
  }
}

/** Where a page goes on: after which line, of which question as it was first answered. */
function pageAfter(cursor: string) {
  const [on, place, position, figureCents] = valuesOf(cursor, ['text', 'integer', 'integer', 'integer']);
  return {
    after: { on: String(on), position: Number(place) },
    position: Number(position),
    figureCents: Number(figureCents),
  };
}

/** A figure of no events: none is looked through. */
const NOTHING = 'nothing';

/**
 * The sums have every figure but those of single grants, instructing authorities and two funders, which their events are
 * added up for; and of a last day that counts only in part, the part.
 */
async function figureOf(
  ledger: Ledger,
  filter: WhyFilter,
  column: Column,
  position: number,
): Promise<number | typeof NOTHING> {
  const { grant, instructed, counterpart, call, forCall, from = '', to, lastPosition } = filter;
  // nothing moves the position of all together (R20)
  if (column === 'positionCents' && filter.funder === undefined) return NOTHING;
  const atPosition = Math.min(filter.atPosition ?? position, position);
  if ([grant, instructed, counterpart, call, forCall].some((asked) => asked !== undefined))
    return summed(ledger, { ...filter, atPosition }, column);
  if (lastPosition === undefined || to === undefined) {
    const balances = await balancesOf(ledger, filter);
    return balances.length === 0 ? NOTHING : sumOf(balances)[column];
  }
  const onDay = { ...filter, atPosition, from: from > to ? from : to };
  const before = await balancesOf(ledger, { ...filter, asOf: addDays(to, -1) });
  return sumOf(before)[column] + (await summed(ledger, onDay, column));
}

async function summed(ledger: Ledger, filter: WhyFilter, column: Column): Promise<number> {
  let sum = 0;
  for await (const { amountCents } of linesOf(ledger, filter, column)) sum += amountCents;
  return sum;
}

async function* linesOf(ledger: Ledger, filter: WhyFilter, column: Column): AsyncGenerator<Line> {
  for await (const { on, event } of moneyEvents(ledger, { ...filter, column })) {
    const amountCents = amountIn(event, filter.funder, column);
    if (amountCents !== 0) yield { on, event, amountCents };
  }
}

type Column = BalanceColumn | 'positionCents';

interface Line {
  readonly on: string;
  readonly event: StoredLedgerEvent;
  readonly amountCents: number;
}

/** @param funder whose part; everybody's when absent */
function amountIn(event: StoredLedgerEvent, funder: string | undefined, column: Column): number {
  let amount = 0;
  for (const movement of movementsOf(event)) {
    if (funder !== undefined && movement.funderId !== funder) continue;
    if (column === 'positionCents') amount += positionChange(movement);
    else if (movement.column === column) amount += movement.amountCents;
  }
  return amount;
}

function lineOf(
  ledger: Ledger,
  { on, event, amountCents }: Line,
  { funder, column }: WhyQuery,
  language: Language,
): WhyLineAnswer {
  return {
    position: String(event.position),
    stream: event.stream,
    type: event.type,
    label: eventTypes[event.type][language],
    on,
    recordedAt: new Date(event.recordedAt).toISOString(),
    paymentId: 'paymentId' in event.data ? event.data.paymentId : null,
    amountCents,
    explanation: explainLine(ledger, { event, on, column, funder }, language),
  };
}
