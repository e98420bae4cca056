/** GET /grants/:grantId — one grant with its payments, what each funder bears of them, and what remains to be paid. */

import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Language } from '#libs/money/euros';
import { Reads } from '#libs/nest/doors';
import { IdParam } from '#libs/nest/id-param';
import { ReaderLanguage } from '../access/asked.js';
import { Allowed, READERS } from '../access/roles.js';
import { lookedBackAt, whyLink } from '../balances/why-link.js';
import { Ledger } from '../ledger.js';
import { viewOf, type AskedView, type View } from '../views/view.js';
import { ViewQuery } from '../views/view-query.js';
import { AgreementBody, BeneficiaryBody, PeriodBody } from './award-grant.js';
import { grantThen } from './grant-then.js';
import { reject } from './grant.rejections.js';
import { netPaidCents, recoveredCents, type AwardedGrant, type Payment } from './grant.state.js';
import { paymentAnswer, RecordedPaymentAnswer, ShareAnswer } from './payment-answer.js';

export class ShownPaymentAnswer extends RecordedPaymentAnswer {
  @ApiProperty({ enum: ['paid', 'returned', 'reversed'] }) status!: string;
  @ApiProperty({ type: 'integer' }) recoveredCents!: number;
  @ApiProperty({ type: [ShareAnswer], description: 'What each funder still bears' }) remainingShares!: ShareAnswer[];
  @ApiProperty({ description: 'Where each share is explained to the cent' }) why!: string;
}

/** A payment that waits for somebody else, or was refused. */
export class GrantProposalAnswer {
  @ApiProperty() proposalId!: string;
  @ApiProperty({ enum: ['awaiting-approval', 'refused'] }) status!: string;
  @ApiProperty() paymentId!: string;
  @ApiProperty() grantId!: string;
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
  @ApiProperty() paidOn!: string;
  @ApiProperty() paidBy!: string;
  @ApiProperty() instalment!: string;
  @ApiProperty({ required: false }) orderNumber?: string;
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty({ required: false }) overrideReason?: string;
  @ApiProperty() proposedBy!: string;
  @ApiProperty({ enum: ['above-threshold', 'over-ceiling'] }) because!: string;
  @ApiProperty({ type: 'integer' }) limitCents!: number;
}

export class PlannedShareAnswer extends ShareAnswer {
  @ApiProperty({ description: 'The award and the amendments that make it' }) why!: string;
  @ApiProperty({ type: 'integer', description: 'Of the payments so far, net of what came back' }) borneCents!: number;
  @ApiProperty({ description: 'The payments and corrections that make it' }) whyBorne!: string;
}

export class ShownGrantAnswer {
  @ApiProperty() grantId!: string;
  @ApiProperty() schemeId!: string;
  @ApiProperty({ enum: ['active', 'suspended', 'cancelled', 'closed'] }) status!: string;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
  @ApiProperty({ type: 'integer' }) netPaidCents!: number;
  @ApiProperty({ type: 'integer' }) remainingCents!: number;
  @ApiProperty({ type: BeneficiaryBody }) beneficiary!: BeneficiaryBody;
  @ApiProperty({ type: AgreementBody }) agreement!: AgreementBody;
  @ApiProperty({ type: PeriodBody }) period!: PeriodBody;
  @ApiProperty() instructedBy!: string;
  @ApiProperty({ type: 'integer' }) keyVersion!: number;
  @ApiProperty({
    enum: ['yes', 'no', 'unanswered'],
    required: false,
    description:
      'The answer that stands, see GET /referrals?grant=; absent while the tables cannot say, and when looking back',
  })
  seenIn276?: string;
  @ApiProperty({ type: [PlannedShareAnswer], description: 'They add up to the amount' })
  plannedShares!: PlannedShareAnswer[];
  @ApiProperty({ type: [ShownPaymentAnswer] }) payments!: ShownPaymentAnswer[];
  @ApiProperty({ type: [GrantProposalAnswer] }) proposals!: GrantProposalAnswer[];
  @ApiProperty({ description: 'The award and the amendments that make the amount' }) why!: string;
  @ApiProperty({ description: 'The payments and corrections that make what is paid' }) whyNetPaid!: string;
  @ApiProperty({ description: 'The grant’s stream, event by event' }) stream!: string;
  @ApiProperty() position!: string;
}

/** How long a grant waits for the tables. */
const TABLES_WITHIN_MS = 250;

@Controller('grants/:grantId')
export class ShowGrantDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('One grant and its payments', ShownGrantAnswer)
  async show(
    @Param('grantId', IdParam) grantId: string,
    @Query() { atLeast, ...asked }: ViewQuery,
    @ReaderLanguage() language: Language,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownGrantAnswer> {
    const { ledger } = this;
    if (Object.values(asked).some((bound) => bound !== undefined))
      return this.asItWas(grantId, asked, atLeast, language);
    // the grant itself is remembered: it is shown even while the tables cannot be written
    if (atLeast !== undefined) await ledger.upToDate(Number(atLeast));
    const position = String(ledger.store.known);
    const { state: grant, revision } = await ledger.grants.loadDurable(grantId);
    if (grant.status === 'unknown') throw reject('GRANT_UNKNOWN', { grantId });
    void reply.header('ETag', `"${revision}"`);
    return { ...this.grant(grant, language), ...(await this.seenIn276(grantId)), position };
  }

  /** As it was: without an ETag, which is for whoever writes now, and without the answer of the referrals. */
  private async asItWas(
    grantId: string,
    asked: AskedView,
    atLeast: string | undefined,
    language: Language,
  ): Promise<ShownGrantAnswer> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const view = await viewOf(ledger, asked);
    const position = String(ledger.projector.checkpoint);
    const grant = await grantThen(ledger, grantId, view);
    if (grant.status === 'unknown') throw reject('GRANT_UNKNOWN', { grantId });
    return { ...this.grant(grant, language, view), position };
  }

  /** From the tables: left out where they do not stand on what is recorded, because the grant is shown all the same. */
  private async seenIn276(grantId: string): Promise<{ seenIn276?: string }> {
    const { projector, rows, store } = this.ledger;
    try {
      await projector.reach(store.known, TABLES_WITHIN_MS);
    } catch {
      return {};
    }
    const found = rows.get<{ seenIn276: string }>(
      'SELECT seen_in_276 AS seenIn276 FROM referrals WHERE grant_id = ?',
      grantId,
    );
    return found ?? { seenIn276: 'unanswered' };
  }

  private grant(
    grant: AwardedGrant,
    language: Language,
    view: View = {},
  ): Omit<ShownGrantAnswer, 'position' | 'seenIn276'> {
    const { awarded, amountCents } = grant;
    const paidCents = netPaidCents(grant);
    return {
      grantId: awarded.grantId,
      schemeId: awarded.schemeId,
      status: grant.status,
      amountCents,
      netPaidCents: paidCents,
      remainingCents: amountCents - paidCents,
      beneficiary: awarded.beneficiary,
      agreement: awarded.agreement,
      period: grant.period,
      instructedBy: grant.instructedBy,
      keyVersion: awarded.keyVersion,
      plannedShares: grant.plannedShares.map((share) => ({
        ...share,
        why: whyOf('grantedShareCents', awarded, view, share.funderId),
        borneCents: borneCents(grant, share.funderId),
        whyBorne: whyOf('shareDueCents', awarded, view, share.funderId),
      })),
      payments: Array.from(grant.payments.values(), (payment) => this.payment(payment, language)),
      proposals: Array.from(grant.proposals.values(), ({ proposed, status }) => ({ ...proposed, status })),
      why: whyOf('grantedShareCents', awarded, view),
      whyNetPaid: whyOf('shareDueCents', awarded, view),
      stream: `/api/v1/streams/grant-${awarded.grantId}`,
    };
  }

  private payment(payment: Payment, language: Language): ShownPaymentAnswer {
    const { recorded, status, remainingCents } = payment;
    return {
      ...paymentAnswer({ type: 'PaymentRecorded.v1', data: recorded }, this.ledger, language),
      status: status.is,
      recoveredCents: recoveredCents(payment),
      remainingShares: recorded.shares.map(({ funderId }, i) => ({ funderId, amountCents: remainingCents[i]! })),
      why: `/api/v1/payments/${recorded.paymentId}/why`,
    };
  }
}

/** @param funder whose part; the whole grant when absent */
function whyOf(
  column: 'grantedShareCents' | 'shareDueCents',
  { grantId, schemeId }: AwardedGrant['awarded'],
  view: View,
  funder?: string,
): string {
  const of = { scheme: schemeId, grant: grantId, ...lookedBackAt(view) };
  return whyLink({ column, ...(funder === undefined ? {} : { funder }), ...of });
}

function borneCents({ payments }: AwardedGrant, funderId: string): number {
  let total = 0;
  for (const { recorded, remainingCents, status } of payments.values())
    if (status.is === 'paid')
      total += remainingCents[recorded.shares.findIndex((share) => share.funderId === funderId)] ?? 0;
  return total;
}
