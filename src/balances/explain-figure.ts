/** GET /balances/why — the events behind one figure; they add up to it exactly. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import type { Language } from '#libs/money/euros';
import { Reads } from '#libs/nest/doors';
import { EnumField, IdField, QueryNumberField } from '#libs/nest/fields';
import { PAGE_SIZE, PageAnswer, pageOf, PageQuery, valuesOf } from '#libs/nest/page';
import { ReaderLanguage } from '../access/asked.js';
import { Allowed, READERS } from '../access/roles.js';
import { eventTypes, type StoredLedgerEvent } from '../catalogue.js';
import { Ledger } from '../ledger.js';
import { balanceColumns, movementsOf, positionChange, type BalanceColumn } from './balance.movements.js';
import { balancesOf } from './balance-figures.js';
import { moneyEvents } from './money-events.js';

export class WhyQuery extends PageQuery {
  @IdField() funder!: string;
  @IdField() scheme!: string;
  @QueryNumberField(1990, 2199) exercice!: string;
  @EnumField([...balanceColumns, 'positionCents']) column!: BalanceColumn | 'positionCents';
}

export class WhyLineAnswer {
  @ApiProperty() position!: string;
  @ApiProperty() stream!: string;
  @ApiProperty() type!: string;
  @ApiProperty({ description: 'What happened, in words' }) label!: string;
  @ApiProperty() on!: string;
  @ApiProperty() recordedAt!: string;
  @ApiProperty({ type: 'string', nullable: true }) paymentId!: string | null;
  @ApiProperty({ type: 'integer', description: 'What it adds to the figure, or takes from it' }) amountCents!: number;
}

export class WhyAnswer {
  @ApiProperty({ type: 'integer', description: 'The figure' }) figureCents!: number;
  @ApiProperty({ type: [WhyLineAnswer] }) data!: WhyLineAnswer[];
  @ApiProperty({ type: PageAnswer }) page!: PageAnswer;
  @ApiProperty() position!: string;
}

@Controller('balances/why')
export class ExplainFigureDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('The events behind one figure', WhyAnswer)
  async explain(@Query() query: WhyQuery, @ReaderLanguage() language: Language): Promise<WhyAnswer> {
    const { funder, scheme, column, size = String(PAGE_SIZE), cursor, atLeast } = query;
    const { ledger } = this;
    const exercice = Number(query.exercice);
    await ledger.upToDate(Number(atLeast ?? 0));
    const position = String(ledger.projector.checkpoint);
    const balances = await balancesOf(ledger, { scheme, exercice });
    const figureCents = balances.find((balance) => balance.funderId === funder)?.[column] ?? 0;
    const [on, place] = cursor === undefined ? [] : valuesOf(cursor, ['text', 'integer']);
    const filter = {
      scheme,
      exercice,
      ...(on === undefined ? {} : { after: { on: String(on), position: Number(place) } }),
    };
    const lines: { on: string; event: StoredLedgerEvent; amountCents: number }[] = [];
    const concerned = balances.some((balance) => balance.funderId === funder);
    for await (const { on: day, event } of concerned ? moneyEvents(ledger, filter) : []) {
      const amountCents = amountIn(event, funder, column);
      if (amountCents !== 0) lines.push({ on: day, event, amountCents });
      if (lines.length > Number(size)) break;
    }
    const page = pageOf(
      lines,
      Number(size),
      ({ on: day, event, amountCents }) => lineOf(day, event, amountCents, language),
      (line) => [line.on, line.event.position],
    );
    return { figureCents, ...page, position };
  }
}

function amountIn(event: StoredLedgerEvent, funder: string, column: BalanceColumn | 'positionCents'): number {
  let amount = 0;
  for (const movement of movementsOf(event)) {
    if (movement.funderId !== funder) continue;
    if (column === 'positionCents') amount += positionChange(movement);
    else if (movement.column === column) amount += movement.amountCents;
  }
  return amount;
}

function lineOf(on: string, event: StoredLedgerEvent, amountCents: number, language: Language): WhyLineAnswer {
  return {
    position: String(event.position),
    stream: event.stream,
    type: event.type,
    label: eventTypes[event.type][language],
    on,
    recordedAt: new Date(event.recordedAt).toISOString(),
    paymentId: 'paymentId' in event.data ? event.data.paymentId : null,
    amountCents,
  };
}
