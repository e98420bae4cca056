/** The rules of a payment: what may be paid (R14–R19), who approves it (R28), how it is split (R9, R10). */

import { addDays, isJanuary, yearOf } from '#libs/calendar/day';
import { apportion } from '#libs/money/apportion';
import type { PassedCeiling } from '../ceilings/passed-ceilings.movements.js';
import { keyOfPayment, type OpenedScheme } from '../schemes/scheme.state.js';
import type { By, DecideProposal, RecordPayment } from './grant.commands.js';
import { blockingOf, ceilingsPassedBy, refuseBlocked } from './ceilings.refusals.js';
import type { GrantEvent, PaymentFacts, PaymentProposed, PaymentRecorded } from './grant.events.js';
import {
  beneficiaryIdOf,
  refuseClosedExercice,
  refuseFuture,
  refuseInactive,
  refuseOrderTaken,
  refuseOutsider,
  refuseSchemeClosed,
  schemeOf,
} from './grant.refusals.js';
import { reject } from './grant.rejections.js';
import { netPaidCents, proposalIdOf, type AwardedGrant } from './grant.state.js';
import type { GrantTerms, PaymentElsewhere } from './grant.terms.js';

export function recordPayment(command: RecordPayment, grant: AwardedGrant, terms: GrantTerms): readonly GrantEvent[] {
  const { grantId, paymentId, by } = command;
  const scheme = schemeOf(grant.awarded.schemeId, terms);
  const facts = paymentFacts(command, scheme);
  const known = grant.payments.get(paymentId)?.recorded ?? grant.proposals.get(paymentId)?.proposed;
  if (known !== undefined) {
    if (samePayment(known, facts)) return [];
    throw reject('PAYMENT_ID_REUSED', { paymentId, grantId });
  }
  const double = checkPayment(facts, facts.overrideReason, grant, scheme, terms);
  const split = splitOf(facts, grant, scheme, terms);
  const passed = ceilingsPassedBy(facts, split.shares, scheme, terms);
  if (facts.overrideReason === undefined) refuseBlocked(passed, facts, split.shares, scheme);
  const limit = limitPassed(facts, scheme, passed, by);
  if (limit !== undefined) {
    const { schemeId } = grant.awarded;
    const proposalId = proposalIdOf(grantId, paymentId);
    const data = { ...facts, ...limit, proposalId, grantId, schemeId, proposedBy: by.actor };
    return [{ type: 'PaymentProposed.v1', data }];
  }
  return [paymentRecorded(facts, grant, split, warningsOf(double, passed, by))];
}

export function decideProposal(command: DecideProposal, grant: AwardedGrant, terms: GrantTerms): readonly GrantEvent[] {
  const { grantId, paymentId, decision, by } = command;
  const proposalId = proposalIdOf(grantId, paymentId);
  const approved = grant.payments.get(paymentId)?.recorded.approval;
  const proposal = grant.proposals.get(paymentId);
  if (approved === undefined && proposal === undefined) throw reject('PROPOSAL_UNKNOWN', { proposalId });
  const decided = approved !== undefined ? 'approve' : proposal!.status === 'refused' ? 'refuse' : undefined;
  if (decided !== undefined) {
    // R3: the same decision for another reason is another request, and its reason would be lost
    const reason = decided === 'approve' ? grant.approvalReasons.get(paymentId) : proposal!.refusedFor;
    if (decided === decision && reason === command.reason) return [];
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
  // what came in between is met now: whoever approves may give the reason that the proposal could not know
  const { reason } = command;
  const given = facts.overrideReason ?? reason;
  const double = checkPayment(facts, given, grant, scheme, terms);
  const split = splitOf(facts, grant, scheme, terms);
  const passed = ceilingsPassedBy(facts, split.shares, scheme, terms);
  if (given === undefined || by.overridesAs === undefined) refuseBlocked(passed, facts, split.shares, scheme);
  const approval = { proposalId, proposedBy, approvedBy: by.actor };
  const recorded = paymentRecorded(facts, grant, split, warningsOf(double, passed, by), approval);
  if (reason === undefined) return [recorded];
  const data = { proposalId, grantId, paymentId, givenBy: by.actor, reason };
  return [{ type: 'ApprovalReasonGiven.v1', data }, recorded];
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

/**
 * R14–R18, in the order in which a reader would look; returns the look-alike that a reason let through.
 * @param reason the officer's, or the approver's
 */
function checkPayment(
  facts: PaymentFacts,
  reason: string | undefined,
  grant: AwardedGrant,
  scheme: OpenedScheme,
  terms: GrantTerms,
): PaymentElsewhere | undefined {
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
  refuseClosedExercice(exercice, terms);
  refuseOutsider(paidBy, scheme, keyOfPayment(scheme, keyVersion, paidOn));
  const grantOfPayment = terms.grantOfPayment(paymentId);
  if (grantOfPayment !== undefined) throw reject('PAYMENT_ID_REUSED', { paymentId, grantId: grantOfPayment });
  checkInstalment(facts, grant);
  const remainingCents = grant.amountCents - netPaidCents(grant);
  if (amountCents > remainingCents) throw reject('PAYMENT_EXCEEDS_GRANT', { grantId, amountCents, remainingCents });
  if (orderNumber !== undefined) refuseOrderTaken(paymentId, paidBy, exercice, orderNumber, terms);

  const double = terms.similarPayment(beneficiaryIdOf(grant.awarded.beneficiary), schemeId, amountCents, paidOn);
  if (double !== undefined && reason === undefined)
    throw reject('POSSIBLE_DOUBLE', {
      otherPaymentId: double.paymentId,
      otherGrantId: double.grantId,
      payer: double.paidBy,
      paidOn: double.paidOn,
    });
  return double;
}

function warningsOf(
  double: PaymentElsewhere | undefined,
  passed: readonly PassedCeiling[],
  { overridesAs }: By,
): PaymentRecorded['data']['warnings'] {
  if (double === undefined && passed.length === 0) return undefined;
  const over = passed.map(({ mode, warning }) =>
    mode === 'block' && overridesAs !== undefined ? { ...warning, overriddenAs: overridesAs } : warning,
  );
  if (double === undefined) return over;
  const { paymentId, grantId, paidBy: recordedBy } = double;
  return [{ code: 'POSSIBLE_DOUBLE', paymentId, grantId, recordedBy }, ...over];
}

/** Why a second person must say yes: a large payment (R28), or an override that the asker's role does not have (R19). */
function limitPassed(
  { amountCents }: PaymentFacts,
  scheme: OpenedScheme,
  passed: readonly PassedCeiling[],
  by: By,
): Pick<PaymentProposed['data'], 'because' | 'limitCents'> | undefined {
  const { approvalThresholdCents } = scheme.opened;
  if (approvalThresholdCents !== undefined && amountCents > approvalThresholdCents)
    return { because: 'above-threshold', limitCents: approvalThresholdCents };
  const blocking = blockingOf(passed);
  if (blocking === undefined || by.overridesAs !== undefined) return undefined;
  return { because: 'over-ceiling', limitCents: blocking.ceilingCents };
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

type Split = Pick<PaymentRecorded['data'], 'shares' | 'split'>;

function splitOf(
  { amountCents, paidOn }: PaymentFacts,
  { awarded }: AwardedGrant,
  scheme: OpenedScheme,
  terms: GrantTerms,
): Split {
  const { schemeId, keyVersion } = awarded;
  const key = keyOfPayment(scheme, keyVersion, paidOn);
  const seenCents = key.parts.map(({ funderId }) => terms.netShareCents(schemeId, key.version, funderId));
  const { sharesCents, order } = apportion(amountCents, key.weights, seenCents, key.tieRank);
  return {
    shares: key.parts.map(({ funderId }, i) => ({ funderId, amountCents: sharesCents[i]! })),
    split: { keyVersion: key.version, ruleVersion: 1, order: order.map((i) => key.parts[i]!.funderId), seenCents },
  };
}

function paymentRecorded(
  facts: PaymentFacts,
  { awarded: { grantId, schemeId, beneficiary } }: AwardedGrant,
  split: Split,
  warnings: PaymentRecorded['data']['warnings'],
  approval?: PaymentRecorded['data']['approval'],
): PaymentRecorded {
  return {
    type: 'PaymentRecorded.v1',
    data: {
      ...facts,
      grantId,
      schemeId,
      beneficiaryId: beneficiaryIdOf(beneficiary),
      ...split,
      ...(warnings === undefined ? {} : { warnings }),
      ...(approval === undefined ? {} : { approval }),
    },
  };
}
