/** GET /contracts/:contractId/cper-parts — the events behind what the CPER counts of a contract; they add up to it exactly. */

import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { sumCents } from '#libs/money/cents';
import { formatEuros, type Language } from '#libs/money/euros';
import { Reads } from '#libs/nest/doors';
import { DayField, IdField, QueryNumberField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { PAGE_SIZE, PageAnswer, pageOf, PageQuery, valuesOf } from '#libs/nest/page';
import type { StreamEvent } from '#libs/event-store/event-store';
import { ReaderLanguage } from '../access/asked.js';
import { Allowed, READERS } from '../access/roles.js';
import { eventTypes, knownEvent } from '../catalogue.js';
import { Ledger } from '../ledger.js';
import type { ContractEvent, CperPartNoted } from './contract.events.js';
import { attachedOn, evolveContract, unknownContract, type Contract } from './contract.state.js';
import { cperPartsCounted } from './cper-parts.js';
import { contractOn } from './known-contract.js';

export class CperPartsQuery extends PageQuery {
  @IdField({ optional: true, description: 'Absent: every funder' }) funder?: string;
  @IdField({ optional: true, description: 'Of the schemes on this axis' }) axis?: string;
  @IdField({ optional: true, description: 'Of the schemes in this sub-contract' }) subContract?: string;
  @QueryNumberField(1990, 2199, { optional: true, description: 'Of grants awarded in it; every exercice when absent' })
  exercice?: string;
  @DayField({ optional: true, description: 'As noted by this day; today when absent' }) asOf?: string;
}

export class CperPartLineAnswer {
  @ApiProperty() stream!: string;
  @ApiProperty({ type: 'integer' }) revision!: number;
  @ApiProperty() type!: string;
  @ApiProperty({ description: 'What happened, in words' }) label!: string;
  @ApiProperty() on!: string;
  @ApiProperty() recordedAt!: string;
  @ApiProperty() schemeId!: string;
  @ApiProperty() grantId!: string;
  @ApiProperty() act!: string;
  @ApiProperty({ type: 'integer', description: 'What it adds to the figure' }) amountCents!: number;
  @ApiProperty({ description: 'Why this amount, to the cent' }) explanation!: string;
}

export class CperPartsAnswer {
  @ApiProperty({ type: 'integer', description: 'The figure' }) figureCents!: number;
  @ApiProperty({ type: [CperPartLineAnswer], description: 'What was noted last of each grant' })
  data!: CperPartLineAnswer[];
  @ApiProperty({ type: PageAnswer }) page!: PageAnswer;
  @ApiProperty() position!: string;
}

interface Line {
  readonly part: CperPartNoted['data'];
  readonly stored: StreamEvent;
  readonly amountCents: number;
}

@Controller('contracts/:contractId/cper-parts')
export class ShowCperPartsDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('The events behind what the CPER counts of a contract', CperPartsAnswer)
  async show(
    @Param('contractId', IdParam) contractId: string,
    @Query() query: CperPartsQuery,
    @ReaderLanguage() language: Language,
  ): Promise<CperPartsAnswer> {
    const { ledger } = this;
    const { size = String(PAGE_SIZE), cursor, atLeast } = query;
    await ledger.upToDate(Number(atLeast ?? 0));
    const position = String(ledger.projector.checkpoint);
    await contractOn(ledger, contractId, query.asOf ?? ledger.today);
    const stream = await ledger.store.readStream(`contract-${contractId}`);
    const [after, head] = cursor === undefined ? [-1, stream.length - 1] : valuesOf(cursor, ['integer', 'integer']);
    // the later pages stand on the revision of the first
    const lines = linesOf(stream.slice(0, Number(head) + 1), query, ledger.today);
    const page = pageOf(
      lines.filter(({ stored }) => stored.revision > Number(after)),
      Number(size),
      (line) => lineAnswer(line, query.funder, language),
      ({ stored }) => [stored.revision, Number(head)],
    );
    return { figureCents: sumCents(lines.map(({ amountCents }) => amountCents)), ...page, position };
  }
}

/** In the order of the stream. */
function linesOf(stream: readonly StreamEvent[], query: CperPartsQuery, today: string): Line[] {
  const { funder, axis, subContract, exercice, asOf = today } = query;
  const contract = stream.reduce<Contract>(
    (state, stored) => evolveContract(state, knownEvent(stored) as ContractEvent),
    unknownContract,
  );
  if (contract.status === 'unknown') return [];
  const attached = attachedOn(contract, asOf).filter(
    (place) => place.axisId === (axis ?? place.axisId) && place.subContractId === (subContract ?? place.subContractId),
  );
  const schemes = new Set(attached.map(({ schemeId }) => schemeId));
  const counted = cperPartsCounted(contract, asOf, exercice === undefined ? undefined : Number(exercice));
  return counted
    .filter(({ schemeId }) => schemes.has(schemeId))
    .map((part) => ({ part, stored: eventOf(part, stream), amountCents: amountIn(part, funder) }))
    .filter(({ amountCents }) => amountCents !== 0)
    .toSorted((a, b) => a.stored.revision - b.stored.revision);
}

/** A grant and an act name one note. */
function eventOf({ grantId, act }: CperPartNoted['data'], stream: readonly StreamEvent[]): StreamEvent {
  return stream.find((stored) => {
    const event = knownEvent(stored);
    return event.type === 'CperPartNoted.v1' && event.data.grantId === grantId && event.data.act === act;
  })!;
}

/** @param funder whose part; everybody's when absent */
function amountIn({ shares }: CperPartNoted['data'], funder: string | undefined): number {
  const counted = shares.filter(({ funderId }) => funderId === (funder ?? funderId));
  return sumCents(counted.map(({ amountCents }) => amountCents));
}

function lineAnswer(
  { part, stored, amountCents }: Line,
  funder: string | undefined,
  language: Language,
): CperPartLineAnswer {
  const { schemeId, grantId, cperCents, notedOn, act } = part;
  return {
    stream: stored.stream,
    revision: stored.revision,
    type: 'CperPartNoted.v1',
    label: eventTypes['CperPartNoted.v1'][language],
    on: notedOn,
    recordedAt: new Date(stored.recordedAt).toISOString(),
    schemeId,
    grantId,
    act,
    amountCents,
    explanation: explained(grantId, cperCents, funder, language),
  };
}

function explained(grantId: string, cperCents: number, funder: string | undefined, language: Language): string {
  const amount = formatEuros(cperCents, language);
  if (language === 'fr') {
    const part = ' ; réparti en proportion des parts prévues, les centimes restants allant aux plus grands restes';
    return `Le CPER compte ${amount} de l’aide ${grantId}${funder === undefined ? '' : part}.`;
  }
  const part = '; split in proportion to the planned shares, left-over cents by the largest remainders';
  return `The CPER counts ${amount} of grant ${grantId}${funder === undefined ? '' : part}.`;
}
