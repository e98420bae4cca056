/** What the ledger answers of a payment: its facts, its three shares, and why they are what they are. */

import { ApiProperty } from '@nestjs/swagger';
import type { Language } from '#libs/money/euros';
import { funderNameOn } from '../funders/funder.state.js';
import type { Ledger } from '../ledger.js';
import { explainSplit } from './explain-split.js';
import { explainWarnings } from './explain-warnings.js';
import type { PaymentProposed, PaymentRecorded } from './grant.events.js';

export class ShareAnswer {
  @ApiProperty() funderId!: string;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
}

/** A payment as it was recorded. */
export class RecordedPaymentAnswer {
  @ApiProperty() paymentId!: string;
  @ApiProperty() grantId!: string;
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
  @ApiProperty() paidOn!: string;
  @ApiProperty() paidBy!: string;
  @ApiProperty() instalment!: string;
  @ApiProperty({ required: false }) orderNumber?: string;
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty({ type: [ShareAnswer] }) shares!: ShareAnswer[];
  @ApiProperty({ type: 'integer' }) keyVersion!: number;
  @ApiProperty({ type: [Object], required: false, description: 'What a reason let through' }) warnings?: object[];
  @ApiProperty() explanation!: string;
}

export class PaymentAnswer extends RecordedPaymentAnswer {
  @ApiProperty() position!: string;
}

export class ApprovalAnswer extends PaymentAnswer {
  @ApiProperty() proposalId!: string;
  @ApiProperty({ enum: ['approved'] }) status!: string;
}

export class ProposalAnswer {
  @ApiProperty() proposalId!: string;
  @ApiProperty({ enum: ['awaiting-approval'] }) status!: string;
  @ApiProperty() paymentId!: string;
  @ApiProperty() grantId!: string;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
  @ApiProperty({ enum: ['above-threshold', 'over-ceiling'] }) because!: string;
  @ApiProperty({ type: 'integer' }) limitCents!: number;
  @ApiProperty() position!: string;
}

export class RefusalAnswer {
  @ApiProperty() proposalId!: string;
  @ApiProperty({ enum: ['refused'] }) status!: string;
  @ApiProperty() paymentId!: string;
  @ApiProperty() grantId!: string;
  @ApiProperty() refusedBy!: string;
  @ApiProperty() reason!: string;
  @ApiProperty() position!: string;
}

export function paymentAnswer({ data }: PaymentRecorded, ledger: Ledger, language: Language): RecordedPaymentAnswer {
  const { paymentId, grantId, schemeId, amountCents, paidOn, paidBy, instalment, orderNumber, exercice } = data;
  const nameOf = (funderId: string) => funderNameOn(ledger.funders.remembered(funderId), funderId, paidOn);
  return {
    paymentId,
    grantId,
    schemeId,
    amountCents,
    paidOn,
    paidBy,
    instalment,
    ...(orderNumber === undefined ? {} : { orderNumber }),
    exercice,
    shares: [...data.shares],
    keyVersion: data.split.keyVersion,
    ...(data.warnings === undefined ? {} : { warnings: [...data.warnings] }),
    explanation: [explainSplit(data, nameOf, language), ...explainWarnings(data, nameOf, language)].join(' '),
  };
}

export function proposalAnswer({ data }: PaymentProposed): Omit<ProposalAnswer, 'position'> {
  const { proposalId, paymentId, grantId, amountCents, because, limitCents } = data;
  return { proposalId, status: 'awaiting-approval', paymentId, grantId, amountCents, because, limitCents };
}
