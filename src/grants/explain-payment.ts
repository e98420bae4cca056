/** GET /payments/:paymentId/why — one payment's shares, each cent explained, and what has happened to them since. */

import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import type { Language } from '#libs/money/euros';
import { Reads } from '#libs/nest/doors';
import { IdParam } from '#libs/nest/id-param';
import { AtLeastQuery } from '#libs/nest/page';
import { TransportError } from '#libs/nest/problem';
import { ReaderLanguage } from '../access/asked.js';
import { Allowed, READERS } from '../access/roles.js';
import { eventTypes, knownEvent, type LedgerEvent } from '../catalogue.js';
import { funderNameOn } from '../funders/funder.state.js';
import { Ledger } from '../ledger.js';
import { keyOfVersion, type SplitKey } from '../schemes/scheme.state.js';
import { explainShare, wholeParts } from './explain-split.js';
import type { Payment } from './grant.state.js';
import { RecordedPaymentAnswer, paymentAnswer, ShareAnswer } from './payment-answer.js';

export class ExplainedShareAnswer {
  @ApiProperty() funderId!: string;
  @ApiProperty({ description: 'On the day of the payment' }) name!: string;
  @ApiProperty({ type: 'integer' }) weight!: number;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
  @ApiProperty({ type: 'integer', description: 'What its weight gives in whole cents' }) wholeCents!: number;
  @ApiProperty({ type: 'integer', description: 'Left-over cents that came to it' }) extraCents!: number;
  @ApiProperty({ type: 'integer', description: 'Its place among those whom left-over cents go to, from 1' })
  rank!: number;
  @ApiProperty({ type: 'integer', description: 'Its net share under this key before the payment' }) seenCents!: number;
  @ApiProperty({ type: 'integer', description: 'What it still bears' }) remainingCents!: number;
  @ApiProperty() explanation!: string;
}

export class PaymentFateAnswer {
  @ApiProperty() type!: string;
  @ApiProperty({ description: 'What happened, in words' }) label!: string;
  @ApiProperty() on!: string;
  @ApiProperty({ type: 'integer' }) revision!: number;
  @ApiProperty({ type: 'integer', description: 'Counted again, or taken back (negative)' }) amountCents!: number;
  @ApiProperty({ type: [ShareAnswer], description: 'Of each funder, with the same sign' }) shares!: ShareAnswer[];
  @ApiProperty({ type: 'string', nullable: true }) reason!: string | null;
}

export class ExplainedPaymentAnswer {
  @ApiProperty({ type: RecordedPaymentAnswer }) payment!: RecordedPaymentAnswer;
  @ApiProperty({ enum: ['paid', 'returned', 'reversed'] }) status!: string;
  @ApiProperty({ type: 'integer' }) keyVersion!: number;
  @ApiProperty({ type: 'integer' }) ruleVersion!: number;
  @ApiProperty({ description: 'The act that agreed the key; empty: the opening of the scheme' }) act!: string;
  @ApiProperty({ type: [ExplainedShareAnswer] }) shares!: ExplainedShareAnswer[];
  @ApiProperty({ type: [PaymentFateAnswer], description: 'What happened to it since, in order' })
  since!: PaymentFateAnswer[];
  @ApiProperty({ description: 'The grant’s stream, event by event' }) stream!: string;
  @ApiProperty() position!: string;
}

@Controller('payments/:paymentId/why')
export class ExplainPaymentDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('Why each funder bears what it bears of one payment', ExplainedPaymentAnswer)
  async explain(
    @Param('paymentId', IdParam) paymentId: string,
    @Query() { atLeast }: AtLeastQuery,
    @ReaderLanguage() language: Language,
  ): Promise<ExplainedPaymentAnswer> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const position = String(ledger.projector.checkpoint);
    const row = ledger.rows.get<{ grantId: string }>(
      'SELECT grant_id AS grantId FROM payments WHERE payment_id = ?',
      paymentId,
    );
    if (row === undefined) throw new TransportError('NOT_FOUND');
    const { state: grant } = await ledger.grants.loadDurable(row.grantId);
    const payment = grant.status === 'unknown' ? undefined : grant.payments.get(paymentId);
    if (payment === undefined) throw new TransportError('NOT_FOUND');
    const { recorded, status } = payment;
    const key = this.keyOf(payment);
    const stream = `grant-${row.grantId}`;
    const events = (await ledger.store.readStream(stream)).map((stored) => ({
      revision: stored.revision,
      event: knownEvent(stored),
    }));
    return {
      payment: paymentAnswer({ type: 'PaymentRecorded.v1', data: recorded }, ledger, language),
      status: status.is,
      keyVersion: key.version,
      ruleVersion: recorded.split.ruleVersion,
      act: key.act,
      shares: this.shares(payment, key, language),
      since: events.flatMap(({ revision, event }) => {
        const fate = fateOf(event, paymentId);
        return fate === undefined ? [] : { ...fate, label: eventTypes[event.type][language], revision };
      }),
      stream: `/api/v1/streams/${stream}`,
      position,
    };
  }

  private keyOf({ recorded }: Payment): SplitKey {
    const scheme = this.ledger.scheme(recorded.schemeId);
    if (scheme.status === 'unknown') throw new RangeError(`no scheme ${recorded.schemeId}`);
    return keyOfVersion(scheme, recorded.split.keyVersion);
  }

  private shares({ recorded, remainingCents }: Payment, key: SplitKey, language: Language): ExplainedShareAnswer[] {
    const { shares, split, paidOn, amountCents: paidCents } = recorded;
    const nameOf = (funderId: string) => funderNameOn(this.ledger.funders.remembered(funderId), funderId, paidOn);
    const whole = wholeParts(paidCents, key.weights);
    return shares.map(({ funderId, amountCents }, i) => ({
      funderId,
      name: nameOf(funderId),
      weight: key.weights[i]!,
      amountCents,
      wholeCents: whole[i]!,
      extraCents: amountCents - whole[i]!,
      rank: split.order.indexOf(funderId) + 1,
      seenCents: split.seenCents[i]!,
      remainingCents: remainingCents[i]!,
      explanation: explainShare(recorded, funderId, key.weights, nameOf, language),
    }));
  }
}

/** What an event did to the payment; undefined for another payment's, and for the recording itself. */
function fateOf(event: LedgerEvent, paymentId: string): Omit<PaymentFateAnswer, 'label' | 'revision'> | undefined {
  if (!('paymentId' in event.data) || event.data.paymentId !== paymentId) return undefined;
  const { type } = event;
  switch (type) {
    case 'PaymentReversed.v1':
      return { type, on: event.data.reversedOn, reason: event.data.reason, ...counted(event.data, -1) };
    case 'PaymentReturned.v1':
      return { type, on: event.data.returnedOn, reason: event.data.reason, ...counted(event.data, -1) };
    case 'RecoveryRecorded.v1':
      return { type, on: event.data.recoveredOn, reason: event.data.reason, ...counted(event.data, -1) };
    case 'PaymentReissued.v1':
      return { type, on: event.data.reissuedOn, reason: null, ...counted(event.data, 1) };
    default:
      return undefined;
  }
}

function counted(
  { amountCents, shares }: { readonly amountCents: number; readonly shares: readonly ShareAnswer[] },
  sign: 1 | -1,
) {
  const signed = shares.map((share) => ({ funderId: share.funderId, amountCents: sign * share.amountCents }));
  return { amountCents: sign * amountCents, shares: signed };
}
