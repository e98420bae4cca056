/** The rules of a payment: what may be paid (R14–R19), who approves it (R28), how it is split (R9, R10). */

import { addDays, isJanuary, yearOf } from '#libs/calendar/day';
import { apportion } from '#libs/money/apportion';
import { keyOfPayment, type OpenedScheme } from '../schemes/scheme.state.js';
import type { By, DecideProposal, RecordPayment } from './grant.commands.js';
import type { GrantEvent, PaymentFacts, PaymentProposed, PaymentRecorded, PaymentWarning } from './grant.events.js';
import {
  beneficiaryIdOf,
  refuseFuture,
  refuseInactive,
  refuseOrderTaken,
  refuseOutsider,
  refuseSchemeClosed,
  schemeOf,
} from './grant.refusals.js';
import { reject } from './grant.rejections.js';
import { netPaidCents, proposalIdOf, type AwardedGrant } from './grant.state.js';
import type { GrantTerms } from './grant.terms.js';

export function recordPayment(command: RecordPayment, grant: AwardedGrant, terms: GrantTerms): readonly GrantEvent[] {
  const { grantId, paymentId, by } = command;
  const scheme = schemeOf(grant.awarded.schemeId, terms);
  const facts = paymentFacts(command, scheme);
  const known = grant.payments.get(paymentId)?.recorded ?? grant.proposals.get(paymentId)?.proposed;
  if (known !== undefined) {
    if (samePayment(known, facts)) return [];
    throw reject('PAYMENT_ID_REUSED', { paymentId, grantId });
  }
  const warnings = checkPayment(facts, grant, scheme, terms);
  const limit = limitPassed(facts, scheme, warnings, by);
  if (limit !== undefined) {
    const { schemeId } = grant.awarded;
    const proposalId = proposalIdOf(grantId, paymentId);
    const data = { ...facts, ...limit, proposalId, grantId, schemeId, proposedBy: by.actor };
    return [{ type: 'PaymentProposed.v1', data }];
  }
  return [paymentRecorded(facts, grant, scheme, terms, warnings)];
}

export function decideProposal(command: DecideProposal, grant: AwardedGrant, terms: GrantTerms): readonly GrantEvent[] {
  const { grantId, paymentId, decision, by } = command;
  const proposalId = proposalIdOf(grantId, paymentId);
  const approved = grant.payments.get(paymentId)?.recorded.approval;
  const proposal = grant.proposals.get(paymentId);
  if (approved === undefined && proposal === undefined) throw reject('PROPOSAL_UNKNOWN', { proposalId });
  const decided = approved !== undefined ? 'approve' : proposal!.status === 'refused' ? 'refuse' : undefined;
  if (decided !== undefined) {
    if (decided === decision) return [];
    throw reject('PROPOSAL_ALREADY_DECIDED', { proposalId });
  }
  const { proposed } = proposal!;
  if (decision === 'refuse') {
    if (command.reason === undefined) throw reject('REFUSAL_REASON_REQUIRED');
    const data = { proposalId, grantId, paymentId, refusedBy: by.actor, reason: command.reason };
    return [{ type: 'PaymentRefused.v1', data }];
  }
  if (proposed.proposedBy === by.actor) throw reject('SELF_APPROVAL', { proposalId });
  const scheme = schemeOf(grant.awarded.schemeId, terms);
  const { proposalId: _p, grantId: _g, schemeId: _s, because: _w, limitCents: _l, proposedBy, ...facts } = proposed;
  const warnings = checkPayment(facts, grant, scheme, terms);
  if (!by.mayOverride) refuseOverCeiling(facts, grant, scheme, warnings);
  return [paymentRecorded(facts, grant, scheme, terms, warnings, { proposalId, proposedBy, approvedBy: by.actor })];
}

function paymentFacts(command: RecordPayment, scheme: OpenedScheme): PaymentFacts {
  const {
    paymentId,
    amountCents,
    paidOn,
    paidBy = scheme.opened.payer,
    instalment,
    orderNumber,
    overrideReason,
  } = command;
  return {
    paymentId,
    amountCents,
    paidOn,
    paidBy,
    instalment,
    ...(orderNumber !== undefined && { orderNumber }),
    exercice: exerciceOfPayment(command),
    ...(overrideReason !== undefined && { overrideReason }),
  };
}

/** R16: the year of the day paid, or in January the one that is said, this year's or the last. */
function exerciceOfPayment({ paidOn, exercice }: RecordPayment): number {
  const year = yearOf(paidOn);
  if (!isJanuary(paidOn)) {
    if (exercice !== undefined && exercice !== year) throw reject('EXERCICE_MISMATCH', { paidOn, exercice });
    return year;
  }
  if (exercice === undefined) throw reject('EXERCICE_REQUIRED', { paidOn, previous: year - 1, current: year });
  if (exercice !== year && exercice !== year - 1) throw reject('EXERCICE_MISMATCH', { paidOn, exercice });
  return exercice;
}

function samePayment(known: PaymentFacts, asked: PaymentFacts): boolean {
  return (
    known.amountCents === asked.amountCents &&
    known.paidOn === asked.paidOn &&
    known.paidBy === asked.paidBy &&
    known.instalment === asked.instalment &&
    known.orderNumber === asked.orderNumber &&
    known.exercice === asked.exercice &&
    known.overrideReason === asked.overrideReason
  );
}

/** R14–R19, in the order in which a reader would look; returns the warnings that a reason let through. */
function checkPayment(
  facts: PaymentFacts,
  grant: AwardedGrant,
  scheme: OpenedScheme,
  terms: GrantTerms,
): readonly PaymentWarning[] {
  const { paymentId, amountCents, paidOn, paidBy, exercice, orderNumber } = facts;
  const { grantId, schemeId, agreement, keyVersion } = grant.awarded;
  refuseInactive(grant);
  refuseSchemeClosed(scheme, paidOn);
  if (paidOn < scheme.opened.openedOn)
    throw reject('PAID_BEFORE_AGREEMENT', { paidOn, firstOn: scheme.opened.openedOn });
  refuseFuture(paidOn, terms);
  const firstOn = agreement.signedOn > grant.period.from ? agreement.signedOn : grant.period.from;
  if (paidOn < firstOn) throw reject('PAID_BEFORE_AGREEMENT', { paidOn, firstOn });
  const { graceDays } = scheme.opened;
  const lastOn = graceDays === 0 ? grant.period.to : addDays(grant.period.to, graceDays);
  if (paidOn > lastOn) throw reject('PAID_AFTER_AGREEMENT', { paidOn, lastOn });
  if (terms.isExerciceClosed(exercice)) throw reject('EXERCICE_CLOSED', { exercice });
  refuseOutsider(paidBy, scheme, keyOfPayment(scheme, keyVersion, paidOn));
  const grantOfPayment = terms.grantOfPayment(paymentId);
  if (grantOfPayment !== undefined) throw reject('PAYMENT_ID_REUSED', { paymentId, grantId: grantOfPayment });
  checkInstalment(facts, grant);
  const remainingCents = grant.amountCents - netPaidCents(grant);
  if (amountCents > remainingCents) throw reject('PAYMENT_EXCEEDS_GRANT', { grantId, amountCents, remainingCents });
  if (orderNumber !== undefined) refuseOrderTaken(paymentId, paidBy, exercice, orderNumber, terms);

  const warnings: PaymentWarning[] = [];
  const double = terms.similarPayment(beneficiaryIdOf(grant.awarded.beneficiary), schemeId, amountCents, paidOn);
  if (double !== undefined) {
    if (facts.overrideReason === undefined)
      throw reject('POSSIBLE_DOUBLE', {
        otherPaymentId: double.paymentId,
        otherGrantId: double.grantId,
        payer: double.paidBy,
        paidOn: double.paidOn,
      });
    const { paymentId: otherId, grantId: otherGrant, paidBy: recordedBy } = double;
    warnings.push({ code: 'POSSIBLE_DOUBLE', paymentId: otherId, grantId: otherGrant, recordedBy });
  }
  const ceiling = scheme.ceilings.get(exercice);
  const overByCents =
    ceiling === undefined ? 0 : terms.netPaidCents(schemeId, exercice) + amountCents - ceiling.amountCents;
  if (ceiling !== undefined && overByCents > 0) {
    const warning: PaymentWarning = { code: 'CEILING_EXCEEDED', ceilingCents: ceiling.amountCents, overByCents };
    warnings.push(warning);
    if (facts.overrideReason === undefined) refuseOverCeiling(facts, grant, scheme, warnings);
  }
  return warnings;
}

/** Why a second person must say yes: a large payment (R28), or an override that the asker's role does not have (R19). */
function limitPassed(
  { amountCents, exercice }: PaymentFacts,
  scheme: OpenedScheme,
  warnings: readonly PaymentWarning[],
  by: By,
): Pick<PaymentProposed['data'], 'because' | 'limitCents'> | undefined {
  const { approvalThresholdCents } = scheme.opened;
  if (approvalThresholdCents !== undefined && amountCents > approvalThresholdCents)
    return { because: 'above-threshold', limitCents: approvalThresholdCents };
  const ceiling = blockingCeiling(exercice, scheme, warnings);
  return ceiling === undefined || by.mayOverride ? undefined : { because: 'over-ceiling', limitCents: ceiling };
}

function refuseOverCeiling(
  { exercice }: PaymentFacts,
  { awarded }: AwardedGrant,
  scheme: OpenedScheme,
  warnings: readonly PaymentWarning[],
): void {
  const ceilingCents = blockingCeiling(exercice, scheme, warnings);
  if (ceilingCents === undefined) return;
  const { schemeId } = awarded;
  const over = warnings.find((warning) => warning.code === 'CEILING_EXCEEDED')!;
  throw reject('CEILING_EXCEEDED', { schemeId, exercice, ceilingCents, overByCents: over.overByCents });
}

/** The ceiling that a payment passes and that blocks; undefined when none is passed or it only warns. */
function blockingCeiling(
  exercice: number,
  scheme: OpenedScheme,
  warnings: readonly PaymentWarning[],
): number | undefined {
  const ceiling = scheme.ceilings.get(exercice);
  const passed = warnings.some((warning) => warning.code === 'CEILING_EXCEEDED');
  return passed && ceiling?.mode === 'block' ? ceiling.amountCents : undefined;
}

/** R17: an advance comes first and once, a balance last and once. Reversed payments no longer count. */
function checkInstalment({ instalment }: PaymentFacts, grant: AwardedGrant): void {
  const { grantId } = grant.awarded;
  for (const { recorded, status } of grant.payments.values()) {
    if (status.is === 'reversed') continue;
    const { paymentId } = recorded;
    if (recorded.instalment === 'balance') throw reject('BALANCE_ALREADY_PAID', { grantId, paymentId });
    if (instalment !== 'advance') continue;
    throw reject(recorded.instalment === 'advance' ? 'ADVANCE_ALREADY_PAID' : 'ADVANCE_NOT_FIRST', {
      grantId,
      paymentId,
    });
  }
}

function paymentRecorded(
  facts: PaymentFacts,
  grant: AwardedGrant,
  scheme: OpenedScheme,
  terms: GrantTerms,
  warnings: readonly PaymentWarning[],
  approval?: PaymentRecorded['data']['approval'],
): PaymentRecorded {
  const { grantId, schemeId, keyVersion, beneficiary } = grant.awarded;
  const key = keyOfPayment(scheme, keyVersion, facts.paidOn);
  const seenCents = key.parts.map(({ funderId }) => terms.netShareCents(schemeId, key.version, funderId));
  const { sharesCents, order } = apportion(facts.amountCents, key.weights, seenCents, key.tieRank);
  return {
    type: 'PaymentRecorded.v1',
    data: {
      ...facts,
      grantId,
      schemeId,
      beneficiaryId: beneficiaryIdOf(beneficiary),
      shares: key.parts.map(({ funderId }, i) => ({ funderId, amountCents: sharesCents[i]! })),
      split: { keyVersion: key.version, ruleVersion: 1, order: order.map((i) => key.parts[i]!.funderId), seenCents },
      ...(warnings.length === 0 ? {} : { warnings }),
      ...(approval === undefined ? {} : { approval }),
    },
  };
}
