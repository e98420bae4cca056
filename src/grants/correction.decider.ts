/** The rules of what corrects a payment: reversal and recovery (R11, R24), bank return and reissue (R25). */

import { yearOf, type Day } from '#libs/calendar/day';
import { sameContent } from '#libs/decider/same-content';
import { apportionRecovery } from '#libs/money/apportion';
import type { RecordBankReturn, RecordRecovery, ReissuePayment, ReversePayment } from './grant.commands.js';
import type { GrantEvent } from './grant.events.js';
import { refuseClosedExercice, refuseFuture, refuseOrderTaken } from './grant.refusals.js';
import { reject } from './grant.rejections.js';
import { recoveredCents, type AwardedGrant, type Payment } from './grant.state.js';
import type { GrantTerms } from './grant.terms.js';

export function reversePayment(command: ReversePayment, grant: AwardedGrant, terms: GrantTerms): readonly GrantEvent[] {
  const { paymentId, reversedOn, reason } = command;
  const payment = paymentOf(grant, paymentId);
  if (payment.status.is === 'reversed') {
    const { reversed } = payment.status;
    if (reversed.reversedOn === reversedOn && reversed.reason === reason) return [];
    throw reject('PAYMENT_ALREADY_REVERSED', { paymentId, reversedOn: reversed.reversedOn });
  }
  refuseReturned(payment);
  refusePartlyRecovered(payment);
  refuseBadDay(reversedOn, payment, terms);
  const { amountCents, paidBy, shares } = payment.recorded;
  const data = { ...correctionOf(payment, reversedOn, terms), amountCents, paidBy, reversedOn, reason, shares };
  return [{ type: 'PaymentReversed.v1', data }];
}

export function recordRecovery(command: RecordRecovery, grant: AwardedGrant, terms: GrantTerms): readonly GrantEvent[] {
  const { paymentId, recoveryId, amountCents, recoveredOn, reason } = command;
  const payment = paymentOf(grant, paymentId);
  const { recorded, remainingCents: seenCents } = payment;
  const recoveredBy = command.recoveredBy ?? recorded.paidBy;
  for (const other of grant.payments.values()) {
    const known = other.recoveries.get(recoveryId);
    if (known === undefined) continue;
    const asked = { paymentId, recoveryId, amountCents, recoveredOn, recoveredBy, reason };
    const { paymentId: p, recoveryId: id, amountCents: a, recoveredOn: on, recoveredBy: by, reason: why } = known;
    if (
      sameContent(
        { paymentId: p, recoveryId: id, amountCents: a, recoveredOn: on, recoveredBy: by, reason: why },
        asked,
      )
    )
      return [];
    throw reject('RECOVERY_ID_REUSED', { recoveryId });
  }
  refuseReversed(payment);
  refuseReturned(payment);
  refuseBadDay(recoveredOn, payment, terms);
  const funders = recorded.shares.map((share) => share.funderId);
  if (!funders.includes(recoveredBy))
    throw reject('GRANT_FUNDER_UNKNOWN', { funderId: recoveredBy, schemeId: recorded.schemeId });
  const remainingCents = recorded.amountCents - recoveredCents(payment);
  if (amountCents > remainingCents) throw reject('RECOVERY_EXCEEDS_PAYMENT', { paymentId, remainingCents });
  // R24: in the open exercice of the day the cash came back
  const exercice = yearOf(recoveredOn);
  refuseClosedExercice(exercice, terms);
  const order = recorded.split.order.map((funderId) => funders.indexOf(funderId));
  const backCents = apportionRecovery(amountCents, seenCents, order);
  return [
    {
      type: 'RecoveryRecorded.v1',
      data: {
        ...referenceOf(payment, exercice),
        recoveryId,
        amountCents,
        recoveredBy,
        recoveredOn,
        reason,
        shares: funders.map((funderId, i) => ({ funderId, amountCents: backCents[i]! })),
        seenCents,
      },
    },
  ];
}

export function recordBankReturn(
  command: RecordBankReturn,
  grant: AwardedGrant,
  terms: GrantTerms,
): readonly GrantEvent[] {
  const { paymentId, returnedOn, reason } = command;
  const payment = paymentOf(grant, paymentId);
  if (payment.returns.some((known) => known.returnedOn === returnedOn && known.reason === reason)) {
    const last = payment.returns.at(-1)!;
    if (payment.status.is === 'returned' && last.returnedOn === returnedOn && last.reason === reason) return [];
    throw reject('REPEAT_OVERTAKEN', { on: returnedOn });
  }
  refuseReversed(payment);
  refuseReturned(payment);
  refusePartlyRecovered(payment);
  refuseBadDay(returnedOn, payment, terms);
  const { amountCents, paidBy, shares } = payment.recorded;
  const data = { ...correctionOf(payment, returnedOn, terms), amountCents, paidBy, returnedOn, reason, shares };
  return [{ type: 'PaymentReturned.v1', data }];
}

export function reissuePayment(command: ReissuePayment, grant: AwardedGrant, terms: GrantTerms): readonly GrantEvent[] {
  const { paymentId, reissuedOn, orderNumber } = command;
  const payment = paymentOf(grant, paymentId);
  if (payment.reissues.some((known) => known.reissuedOn === reissuedOn && known.orderNumber === orderNumber)) {
    const last = payment.reissues.at(-1)!;
    if (payment.status.is !== 'returned' && last.reissuedOn === reissuedOn && last.orderNumber === orderNumber)
      return [];
    throw reject('REPEAT_OVERTAKEN', { on: reissuedOn });
  }
  if (payment.status.is !== 'returned') throw reject('PAYMENT_NOT_RETURNED', { paymentId });
  refuseBadDay(reissuedOn, payment, terms);
  const { amountCents, paidBy, shares } = payment.recorded;
  const correction = correctionOf(payment, reissuedOn, terms);
  if (orderNumber !== undefined) refuseOrderTaken(paymentId, paidBy, correction.exercice, orderNumber, terms);
  const order = orderNumber === undefined ? {} : { orderNumber };
  return [{ type: 'PaymentReissued.v1', data: { ...correction, amountCents, paidBy, reissuedOn, ...order, shares } }];
}

/**
 * R16, R23: a correction counts in the exercice of what it corrects while that one still takes entries (not closed, and
 * until 31 January of the next year), afterwards in the year of its own date, with the year of origin.
 */
function correctionOf(payment: Payment, on: Day, terms: GrantTerms) {
  const origin = payment.recorded.exercice;
  if (on <= `${origin + 1}-01-31` && !terms.isExerciceClosed(origin)) return referenceOf(payment, origin);
  const exercice = yearOf(on);
  refuseClosedExercice(exercice, terms);
  return referenceOf(payment, exercice);
}

function referenceOf({ recorded }: Payment, exercice: number) {
  const { paymentId, grantId, schemeId, split } = recorded;
  const origin = exercice === recorded.exercice ? {} : { originExercice: recorded.exercice };
  return { paymentId, grantId, schemeId, keyVersion: split.keyVersion, exercice, ...origin };
}

function paymentOf(grant: AwardedGrant, paymentId: string): Payment {
  const payment = grant.payments.get(paymentId);
  if (payment === undefined) throw reject('PAYMENT_UNKNOWN', { grantId: grant.awarded.grantId, paymentId });
  return payment;
}

function refuseReversed(payment: Payment): void {
  if (payment.status.is !== 'reversed') return;
  const { paymentId, reversedOn } = payment.status.reversed;
  throw reject('PAYMENT_ALREADY_REVERSED', { paymentId, reversedOn });
}

function refuseReturned(payment: Payment): void {
  if (payment.status.is !== 'returned') return;
  const { paymentId, returnedOn } = payment.returns.at(-1)!;
  throw reject('PAYMENT_RETURNED', { paymentId, returnedOn });
}

function refusePartlyRecovered(payment: Payment): void {
  const recovered = recoveredCents(payment);
  if (recovered > 0)
    throw reject('PAYMENT_PARTLY_RECOVERED', { paymentId: payment.recorded.paymentId, recoveredCents: recovered });
}

function refuseBadDay(on: Day, payment: Payment, terms: GrantTerms): void {
  refuseFuture(on, terms);
  const { paymentId, paidOn } = payment.recorded;
  const since = [paidOn, ...payment.returns.map((r) => r.returnedOn), ...payment.reissues.map((r) => r.reissuedOn)];
  const lastOn = since.reduce((last, day) => (day > last ? day : last));
  if (on < lastOn) throw reject('CORRECTION_BEFORE_PAYMENT', { on, paymentId, paidOn: lastOn });
}
