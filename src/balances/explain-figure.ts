/** GET /balances/why — the events behind one figure; they add up to it exactly. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import type { Language } from '#libs/money/euros';
import { Reads } from '#libs/nest/doors';
import { DayField, DepartementField, EnumField, IdField, InstantField, QueryNumberField } from '#libs/nest/fields';
import { PAGE_SIZE, PageAnswer, pageOf, PageQuery, valuesOf } from '#libs/nest/page';
import { ReaderLanguage } from '../access/asked.js';
import { Allowed, READERS } from '../access/roles.js';
import { eventTypes, type StoredLedgerEvent } from '../catalogue.js';
import { attachedOn } from '../contract/contract.state.js';
import { Ledger } from '../ledger.js';
import { balanceColumns, movementsOf, positionChange, type BalanceColumn } from './balance.movements.js';
import { balancesOf, sumOf } from './balance-figures.js';
import { explainLine } from './explain-line.js';
import { moneyEvents } from './money-events.js';
import { viewOf } from '../views/view.js';

export class WhyQuery extends PageQuery {
  @IdField({ optional: true, description: 'Absent: every funder' }) funder?: string;
  @IdField({ optional: true, description: 'Absent: every scheme' }) scheme?: string;
  @QueryNumberField(1990, 2199, { optional: true, description: 'Absent: every exercice' }) exercice?: string;
  @IdField({ optional: true, description: 'The schemes attached to this contract' }) contract?: string;
  @IdField({ optional: true, description: 'The schemes attached to this axis, of the contract where one is named' })
  axis?: string;
  @IdField({ optional: true, description: 'The schemes attached to this sub-contract of the contract' })
  subContract?: string;
  @EnumField([...balanceColumns, 'positionCents']) column!: BalanceColumn | 'positionCents';
  @DayField({ optional: true, description: 'What is dated this day or later' }) from?: string;
  @DayField({ optional: true, description: 'What is dated this day or earlier' }) to?: string;
  @DayField({ optional: true, description: 'The same as `to`, as `GET /balances` calls it' }) asOf?: string;
  @DepartementField({ optional: true, description: 'Beneficiaries outside this département; unknown is neither' })
  outside?: string;
  @DepartementField({ optional: true, description: 'Beneficiaries inside this département' }) inside?: string;
  @EnumField(['true'], { optional: true, description: 'Beneficiaries whose commune is unknown' }) unlocated?: 'true';
  @InstantField({ optional: true, description: 'What had been recorded by this instant' }) knownAt?: string;
  @QueryNumberField(0, Number.MAX_SAFE_INTEGER, { optional: true, description: 'What stands in the log up to here' })
  atPosition?: string;
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
  @ApiProperty({ description: 'Why this amount, to the cent' }) explanation!: string;
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
    const { column, size = String(PAGE_SIZE), cursor, atLeast } = query;
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const { knownAt, atPosition } = query;
    const view = await viewOf(ledger, { knownAt, atPosition });
    const position = String(ledger.projector.checkpoint);
    const filter = { ...filterOf(query, schemesOf(ledger, query)), ...view };
    const balances = await balancesOf(ledger, filter);
    const figureCents = sumOf(balances)[column];
    const [on, place] = cursor === undefined ? [] : valuesOf(cursor, ['text', 'integer']);
    const after = on === undefined ? {} : { after: { on: String(on), position: Number(place) } };
    const lines: Line[] = [];
    // where there are no sums there are no lines, and nothing moves the position of all together (R20): nothing is looked through
    const isNothing = balances.length === 0 || (column === 'positionCents' && filter.funder === undefined);
    for await (const { on: day, event } of isNothing ? [] : moneyEvents(ledger, { ...filter, ...after, column })) {
      const amountCents = amountIn(event, filter.funder, column);
      if (amountCents !== 0) lines.push({ on: day, event, amountCents });
      if (lines.length > Number(size)) break;
    }
    const page = pageOf(
      lines,
      Number(size),
      (line) => lineOf(ledger, line, query, language),
      (line) => [line.on, line.event.position],
    );
    return { figureCents, ...page, position };
  }
}

interface Line {
  readonly on: string;
  readonly event: StoredLedgerEvent;
  readonly amountCents: number;
}

/** What of the ledger a figure is made of; the sums and the events are asked for the same. */
function filterOf(
  { funder, scheme, exercice, from, to, asOf, outside, inside, unlocated }: WhyQuery,
  schemes: readonly string[] | undefined,
) {
  const last = [to, asOf].filter((day) => day !== undefined).toSorted()[0];
  return {
    ...(funder === undefined ? {} : { funder }),
    ...(scheme === undefined ? {} : { scheme }),
    ...(schemes === undefined ? {} : { schemes }),
    ...(exercice === undefined ? {} : { exercice: Number(exercice) }),
    ...(from === undefined ? {} : { from }),
    ...(last === undefined ? {} : { to: last, asOf: last }),
    ...(outside === undefined ? {} : { outside }),
    ...(inside === undefined ? {} : { inside }),
    // the département of a beneficiary whose commune is unknown is kept as an empty one
    ...(unlocated === undefined ? {} : { inside: '' }),
  };
}

/**
 * Those attached on the last day looked at: an attachment counts a scheme whole, what it paid before included. Undefined
 * where none was asked for.
 */
function schemesOf(
  { contracts, today }: Ledger,
  { contract: contractId, axis, subContract, to, asOf }: WhyQuery,
): readonly string[] | undefined {
  if (contractId === undefined && axis === undefined && subContract === undefined) return undefined;
  const last = [to, asOf].filter((day) => day !== undefined).toSorted()[0] ?? today;
  const schemes = new Set<string>();
  for (const contract of contracts.states()) {
    if (contract.status === 'unknown' || contract.signed.contractId !== (contractId ?? contract.signed.contractId))
      continue;
    for (const attachment of attachedOn(contract, last))
      if (attachment.axisId === (axis ?? attachment.axisId) && isOf(attachment, subContract))
        schemes.add(attachment.schemeId);
  }
  return [...schemes];
}

function isOf(attachment: { readonly subContractId?: string }, subContract: string | undefined): boolean {
  return subContract === undefined || attachment.subContractId === subContract;
}

/** @param funder whose part; everybody's when absent */
function amountIn(
  event: StoredLedgerEvent,
  funder: string | undefined,
  column: BalanceColumn | 'positionCents',
): number {
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
