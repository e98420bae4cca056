/** GET /payments/:paymentId/trail — one payment's audit trail: decision, agreement, payment, shares, calls, closing, step by step. */

import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import type { Language } from '#libs/money/euros';
import { Reads } from '#libs/nest/doors';
import { IdParam } from '#libs/nest/id-param';
import { AtLeastQuery } from '#libs/nest/page';
import { TransportError } from '#libs/nest/problem';
import { ReaderLanguage } from '../access/asked.js';
import { Allowed, READERS } from '../access/roles.js';
import { dayOf } from '#libs/calendar/day';
import { eventTypes } from '../catalogue.js';
import { funderNameOn } from '../funders/funder.state.js';
import type { Share } from '../grants/grant.events.js';
import { Ledger } from '../ledger.js';
import { factsOf } from './event-facts.movements.js';
import { trailOf, type TrailEvent } from './trail-events.js';
import { stepKinds, wordsOf } from './trail-words.js';

export class TrailShareAnswer {
  @ApiProperty() funderId!: string;
  @ApiProperty({ description: 'Of the funder, on the day of the step' }) name!: string;
  @ApiProperty({ type: 'integer', description: 'Negative: given back' }) amountCents!: number;
}

export class SealedAnswer {
  @ApiProperty({ type: 'integer', description: 'Events' }) treeSize!: number;
  @ApiProperty() rootHash!: string;
}

export class TrailStepAnswer {
  @ApiProperty({ enum: stepKinds }) kind!: string;
  @ApiProperty({ description: 'In the reader’s language' }) label!: string;
  @ApiProperty({ description: 'What happened, in one or two sentences' }) sentence!: string;
  @ApiProperty({ type: 'string', nullable: true, description: 'Business day' }) on!: string | null;
  @ApiProperty({ description: 'When it was recorded' }) recordedAt!: string;
  @ApiProperty({ description: 'Who recorded it' }) actor!: string;
  @ApiProperty() type!: string;
  @ApiProperty() stream!: string;
  @ApiProperty({ type: 'integer' }) revision!: number;
  @ApiProperty({ type: 'string', nullable: true, description: 'Null where the store’s streams do not know it' })
  position!: string | null;
  @ApiProperty() eventId!: string;
  @ApiProperty({ type: 'integer', nullable: true }) amountCents!: number | null;
  @ApiProperty({ type: [TrailShareAnswer], description: 'Of this payment; of a grant what is planned' })
  shares!: TrailShareAnswer[];
  @ApiProperty({ type: 'integer', nullable: true }) keyVersion!: number | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Of the rule that split it' }) ruleVersion!:
    number | null;
  @ApiProperty({ type: SealedAnswer, nullable: true, description: 'That a closing stands on' })
  seal!: SealedAnswer | null;
  @ApiProperty({ description: 'The same for all that one request led to' }) correlationId!: string;
  @ApiProperty({ type: 'string', nullable: true, description: 'The event that it replies to, or that it came with' })
  causationId!: string | null;
  @ApiProperty({ description: 'Where to read on' }) link!: string;
}

export class TrailAnswer {
  @ApiProperty() paymentId!: string;
  @ApiProperty({ type: [TrailStepAnswer], description: 'In the order of recording' }) steps!: TrailStepAnswer[];
  @ApiProperty() position!: string;
}

@Controller('payments/:paymentId/trail')
export class ShowTrailDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('The audit trail of a payment', TrailAnswer)
  async show(
    @Param('paymentId', IdParam) paymentId: string,
    @Query() { atLeast }: AtLeastQuery,
    @ReaderLanguage() language: Language,
  ): Promise<TrailAnswer> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const position = String(ledger.projector.checkpoint);
    const events = await trailOf(ledger, paymentId);
    if (events === undefined) throw new TransportError('NOT_FOUND');
    return { paymentId, steps: events.map((event) => this.step(event, paymentId, language)), position };
  }

  private step(event: TrailEvent, paymentId: string, language: Language): TrailStepAnswer {
    const { type, stream, revision, position, id, recordedAt, data, metadata } = event;
    const { actor = '', $correlationId = '', $causationId = null } = metadata as Readonly<Record<string, string>>;
    const { on, amountCents } = factsOf(data);
    const nameOf = (funderId: string) =>
      funderNameOn(this.ledger.funders.remembered(funderId), funderId, on ?? dayOf(recordedAt));
    const { kind, sentence, link } = wordsOf(event, paymentId, { language, nameOf });
    return {
      kind,
      label: eventTypes[type][language],
      sentence,
      on,
      recordedAt: new Date(recordedAt).toISOString(),
      actor,
      type,
      stream,
      revision,
      position: position === undefined ? null : String(position),
      eventId: id,
      amountCents,
      shares: sharesIn(event, paymentId).map((share) => ({ ...share, name: nameOf(share.funderId) })),
      keyVersion: keyVersionIn(event),
      ruleVersion: type === 'PaymentRecorded.v1' ? data.split.ruleVersion : null,
      seal: type === 'ExerciceClosed.v2' ? data.seal : null,
      correlationId: $correlationId,
      causationId: $causationId,
      link: `/api/v1${link}`,
    };
  }
}

function sharesIn({ type, data }: TrailEvent, paymentId: string): Share[] {
  switch (type) {
    case 'GrantAwarded.v1':
    case 'GrantAmended.v1':
      return [...data.plannedShares];
    case 'PaymentRecorded.v1':
    case 'PaymentReissued.v1':
      return [...data.shares];
    case 'PaymentReversed.v1':
    case 'PaymentReturned.v1':
    case 'RecoveryRecorded.v1':
      return signed(data.shares, -1);
    case 'FundingCallIssued.v1':
    case 'FundingCallIssued.v2':
      return summed(
        data.lines.filter((line) => line.paymentId === paymentId).flatMap(({ shares, sign }) => signed(shares, sign)),
      );
    default:
      return [];
  }
}

function keyVersionIn({ type, data }: TrailEvent): number | null {
  switch (type) {
    case 'SchemeOpened.v1':
      return 1;
    case 'SplitKeyAgreed.v1':
      return data.version;
    case 'PaymentRecorded.v1':
      return data.split.keyVersion;
    default:
      return 'keyVersion' in data ? data.keyVersion : null;
  }
}

function signed(shares: readonly Share[], sign: 1 | -1): Share[] {
  return shares.map(({ funderId, amountCents }) => ({ funderId, amountCents: sign * amountCents }));
}

/** A call may hold a payment and what became of it. */
function summed(shares: readonly Share[]): Share[] {
  const sums = new Map<string, number>();
  for (const { funderId, amountCents } of shares) sums.set(funderId, (sums.get(funderId) ?? 0) + amountCents);
  return Array.from(sums, ([funderId, amountCents]) => ({ funderId, amountCents }));
}
