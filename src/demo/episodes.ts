/** What goes otherwise than planned: each episode shows a rule on one grant, and leaves the grant's plan as it then is. */

import { addDays, type Day } from '#libs/calendar/day';
import type { Agenda } from './agenda.js';
import { ADMINISTRATOR, CONTROLLER, officerOf } from './actors.js';
import { recordPayment, type GrantPlan, type PaymentPlan } from './plans.js';
import { workingDayAfter } from './working-days.js';

/** Adds steps to the agenda and gives back the plan as it goes on. */
type Episode = (plan: GrantPlan, agenda: Agenda, planOf: (grantId: string) => GrantPlan) => GrantPlan;

/** By grant. */
export const episodes: Readonly<Record<string, Episode>> = {
  'ET-2007-003': bankReturn,
  'INS-2008-002': paymentAfterClosing,
  'ET-2008-004': brokenContract,
  'AX2-2007-001': selfApproval,
  'AX2-2009-001': proposalRefused,
  'INS-2009-003': paymentIntoClosedExercice,
  'ET-2009-005': instructionMoved,
  'INS-2010-001': doubleStopped,
  'ET-2010-002': doubleLetThrough,
  'ET-2010-003': periodExtended,
  'ET-2010-004': lateReversal,
  'INS-2011-001': amountAmended,
  'ET-2011-002': secondPost,
  'INS-2012-001': suspended,
  'ET-2012-002': periodExtended,
  'VEH-2012-001': overCeiling,
  'INS-2013-002': askedTwice,
  'VEH-2013-001': cancelled,
  'AX4-2012-001': amountAmended,
};

/** R25: the bank sends a payment back; the reissue carries the same shares. */
function bankReturn(plan: GrantPlan, agenda: Agenda): GrantPlan {
  const { award, handledBy } = plan;
  const { paymentId, recordedOn, exercice } = plan.payments[1]!;
  const { by } = handledBy[0]!;
  const ids = { grantId: award.grantId, paymentId };
  const returnedOn = workingDayAfter(recordedOn, 4);
  const reissuedOn = workingDayAfter(recordedOn, 11);
  const orderNumber = unplannedOrder(exercice, paymentId);
  const reason = 'Compte bancaire clos : virement rejeté';
  agenda.add(returnedOn, by, { type: 'RecordBankReturn', ...ids, returnedOn, reason });
  agenda.add(reissuedOn, by, { type: 'ReissuePayment', ...ids, reissuedOn, orderNumber });
  return plan;
}

/** R14: nothing is paid on a closed grant. */
function paymentAfterClosing(plan: GrantPlan, agenda: Agenda): GrantPlan {
  const last = plan.payments.at(-1)!;
  const closedOn = workingDayAfter(last.recordedOn, 20);
  const { by } = plan.handledBy[0]!;
  const { grantId } = plan.award;
  agenda.add(closedOn, by, { type: 'CloseGrant', grantId, on: closedOn, reason: PAID_OUT });
  const paidOn = workingDayAfter(closedOn, 12);
  const late = unplanned(last, '-X1', { paidOn, recordedOn: paidOn, amountCents: 35_000, instalment: 'interim' });
  agenda.add(paidOn, by, recordPayment(plan, late), 'GRANT_NOT_ACTIVE');
  return { ...plan, closing: 'never' };
}

/** R11, R24: the employment contract is broken; the overpayment comes back in three parts. */
function brokenContract(plan: GrantPlan, agenda: Agenda): GrantPlan {
  const payments = plan.payments.slice(0, 5);
  const { paymentId, amountCents, recordedOn } = payments.at(-1)!;
  const { by } = plan.handledBy[0]!;
  const { grantId } = plan.award;
  const overpaidCents = Math.floor((amountCents * 2) / 3);
  const first = Math.floor(overpaidCents / 3);
  const parts = [first, first, overpaidCents - 2 * first];
  const reason = 'Contrat de travail rompu : reversement du trop-perçu';
  for (const [i, part] of parts.entries()) {
    const recoveredOn = workingDayAfter(recordedOn, 30 + 22 * i);
    const recoveryId = `${paymentId}-R${i + 1}`;
    agenda.add(recoveredOn, by, {
      type: 'RecordRecovery',
      grantId,
      paymentId,
      recoveryId,
      amountCents: part,
      recoveredOn,
      reason,
    });
  }
  const on = workingDayAfter(recordedOn, 80);
  agenda.add(on, by, { type: 'CloseGrant', grantId, on, reason: 'Contrat de travail rompu, trop-perçu reversé' });
  return { ...plan, payments, closing: 'never' };
}

/** R28: whoever records a large payment does not approve it. */
function selfApproval(plan: GrantPlan, agenda: Agenda): GrantPlan {
  const large = plan.payments.find((payment) => payment.approval !== undefined)!;
  const { by } = plan.handledBy[0]!;
  const { grantId } = plan.award;
  const { paymentId } = large;
  const decision = { type: 'DecideProposal', grantId, paymentId, decision: 'approve', by } as const;
  agenda.add(workingDayAfter(large.recordedOn, 1), by, decision, 'SELF_APPROVAL');
  return plan;
}

/** R28: a second person refuses a wrong amount; the right one is recorded afterwards. */
function proposalRefused(plan: GrantPlan, agenda: Agenda): GrantPlan {
  const right = plan.payments.slice(1, -1).find((payment) => payment.approval !== undefined)!;
  const { grantId } = plan.award;
  const wrong = unplanned(right, '-X1', { amountCents: right.amountCents + 9_000_000 });
  const { paymentId } = wrong;
  const reason = 'Le montant n’est pas celui de l’état liquidatif';
  const refusedOn = workingDayAfter(right.recordedOn, 1);
  agenda.add(right.recordedOn, plan.handledBy[0]!.by, recordPayment(plan, wrong));
  agenda.add(refusedOn, CONTROLLER, {
    type: 'DecideProposal',
    grantId,
    paymentId,
    decision: 'refuse',
    reason,
    by: CONTROLLER,
  });
  return changed(plan, right, recordedLater(right, 2));
}

/** R23: nothing goes into a closed exercice. */
function paymentIntoClosedExercice(plan: GrantPlan, agenda: Agenda): GrantPlan {
  const { signedOn } = plan.award.agreement;
  const exercice = Number(signedOn.slice(0, 4));
  const recordedOn = workingDayAfter(`${exercice + 1}-04-12`, 0);
  const paidOn = workingDayAfter(`${exercice + 1}-01-18`, 0);
  const late = unplanned(plan.payments[0]!, '-X1', {
    exercice,
    paidOn,
    recordedOn,
    amountCents: 41_250,
    instalment: 'interim',
  });
  agenda.add(recordedOn, plan.handledBy[0]!.by, recordPayment(plan, late), 'EXERCICE_CLOSED');
  return plan;
}

/** R27: the file goes to the one authority that now handles all of its kind. */
function instructionMoved(plan: GrantPlan, agenda: Agenda): GrantPlan {
  const { grantId, instructedBy } = plan.award;
  const to = instructedBy === 'region' ? 'seine-maritime' : 'region';
  const transferredOn = workingDayAfter('2010-05-10', 0);
  const reason = 'Une seule collectivité instruit désormais les dossiers de ce bassin d’emploi : éviter les doublons';
  agenda.add(transferredOn, plan.handledBy[0]!.by, {
    type: 'TransferInstruction',
    grantId,
    transferId: `${grantId}-T1`,
    to,
    transferredOn,
    reason,
  });
  return { ...plan, handledBy: [...plan.handledBy, { from: addDays(transferredOn, 1), by: officerOf(to, 0) }] };
}

/** R18: another authority is about to pay the same again; then the same order number is used again. */
function doubleStopped(plan: GrantPlan, agenda: Agenda): GrantPlan {
  const first = plan.payments[1]!;
  const paidOn = workingDayAfter(first.recordedOn, 6);
  const { by } = plan.handledBy[0]!;
  const other = officerOf(by.actor.startsWith('seine-maritime') ? 'eure' : 'seine-maritime', 1);
  const [paidBy] = other.actor.split('/');
  const again = unplanned(first, '-X1', { paidOn, recordedOn: paidOn, paidBy: paidBy! });
  agenda.add(paidOn, other, { ...recordPayment(plan, again), by: other }, 'POSSIBLE_DOUBLE');
  const mistyped = { ...again, orderNumber: first.orderNumber, amountCents: again.amountCents - 1_000 };
  const { paidBy: _, ...ofPayer } = mistyped;
  const sameOrder = { ...ofPayer, ...(first.paidBy === undefined ? {} : { paidBy: first.paidBy }) };
  agenda.add(workingDayAfter(paidOn, 1), by, recordPayment(plan, sameOrder), 'ORDER_NUMBER_REUSED');
  return plan;
}

/** R18: two equal payments that are no double go through with a reason. */
function doubleLetThrough(plan: GrantPlan, agenda: Agenda): GrantPlan {
  const first = plan.payments[1]!;
  const paidOn = workingDayAfter(first.recordedOn, 8);
  const second = unplanned(first, '-V02B', { paidOn, recordedOn: paidOn });
  const { by } = plan.handledBy[0]!;
  const asked = recordPayment(plan, second);
  const overrideReason = 'Rappel du même montant pour le trimestre précédent, vérifié avec l’association';
  agenda.add(paidOn, by, asked, 'POSSIBLE_DOUBLE');
  agenda.add(paidOn, by, { ...asked, overrideReason });
  return { ...plan, award: { ...plan.award, amountCents: plan.award.amountCents + second.amountCents } };
}

/** The agreement was signed for two years and is extended by an amendment. */
function periodExtended(plan: GrantPlan, agenda: Agenda): GrantPlan {
  const { award } = plan;
  const { grantId, period, agreement } = award;
  const amendedOn = workingDayAfter(addDays(period.from, 650), 0);
  const act = `${agreement.number} avenant 1`;
  const amendment = { type: 'AmendGrant', grantId, amendmentId: `${grantId}-A1`, period, act } as const;
  agenda.add(amendedOn, plan.handledBy[0]!.by, amendment);
  return { ...plan, award: { ...award, period: { ...period, to: addDays(period.from, 729) } } };
}

/** R4, R23: found wrong after its exercice was closed, a payment is reversed in the open one and paid again. */
function lateReversal(plan: GrantPlan, agenda: Agenda): GrantPlan {
  const wrong = plan.payments[1]!;
  const { paymentId, exercice } = wrong;
  const { grantId } = plan.award;
  const { by } = plan.handledBy[0]!;
  const reversedOn = workingDayAfter(`${exercice + 1}-06-14`, 0);
  const reason = 'Versé sur le compte d’un autre établissement';
  agenda.add(reversedOn, by, { type: 'ReversePayment', grantId, paymentId, reversedOn, reason });
  const paidOn = workingDayAfter(reversedOn, 5);
  const right = unplanned(wrong, '-V02B', { exercice: exercice + 1, paidOn, recordedOn: paidOn });
  agenda.add(paidOn, by, recordPayment(plan, right));
  return plan;
}

/** R15: the last payment exceeds the grant; an amendment raises it. */
function amountAmended(plan: GrantPlan, agenda: Agenda): GrantPlan {
  const last = plan.payments.at(-1)!;
  const { award } = plan;
  const { grantId, amountCents, agreement } = award;
  const { by } = plan.handledBy[0]!;
  const triedOn = workingDayAfter(last.recordedOn, 1);
  agenda.add(triedOn, by, recordPayment(plan, last), 'PAYMENT_EXCEEDS_GRANT');
  const act = `${agreement.number} avenant 1`;
  const amendedOn = workingDayAfter(triedOn, 4);
  agenda.add(amendedOn, ADMINISTRATOR, { type: 'AmendGrant', grantId, amendmentId: `${grantId}-A1`, amountCents, act });
  const lower = { ...plan, award: { ...award, amountCents: amountCents - Math.floor(last.amountCents / 2) } };
  return changed(lower, last, recordedLater(last, 6));
}

/** R27: a second grant of the same association is stopped, and goes on with a reason that tells the posts apart. */
function secondPost(plan: GrantPlan, agenda: Agenda, planOf: (grantId: string) => GrantPlan): GrantPlan {
  const { beneficiary } = planOf('ET-2011-001').award;
  const award = { ...plan.award, beneficiary };
  const { by } = plan.handledBy[0]!;
  const { signedOn } = award.agreement;
  const awardedOn = workingDayAfter(signedOn, 8);
  agenda.add(workingDayAfter(signedOn, 5), by, award, 'GRANT_OVERLAP');
  const overrideReason = 'Second poste de la même association, distinct du premier';
  return { ...plan, award: { ...award, overrideReason }, awardedOn, handledBy: [{ from: awardedOn, by }] };
}

/** R14: suspended while its accounts are awaited, then resumed; between two payments that lie far apart. */
function suspended(plan: GrantPlan, agenda: Agenda): GrantPlan {
  const gaps = plan.payments.slice(1).map(({ recordedOn }, i) => daysBetween(plan.payments[i]!.recordedOn, recordedOn));
  const before = plan.payments[gaps.indexOf(Math.max(...gaps))]!;
  const { grantId } = plan.award;
  const { by } = plan.handledBy[0]!;
  const on = workingDayAfter(before.recordedOn, 2);
  const paidOn = workingDayAfter(on, 8);
  const resumedOn = workingDayAfter(on, 16);
  const tooEarly = unplanned(before, '-X1', { paidOn, recordedOn: paidOn, amountCents: 28_500, instalment: 'interim' });
  agenda.add(on, by, { type: 'SuspendGrant', grantId, on, reason: 'Comptes annuels non produits' });
  agenda.add(paidOn, by, recordPayment(plan, tooEarly), 'GRANT_NOT_ACTIVE');
  agenda.add(resumedOn, by, { type: 'ResumeGrant', grantId, on: resumedOn, reason: 'Comptes annuels produits' });
  return plan;
}

/** R19: a ceiling that blocks; with a reason the payment is proposed, and a controller lets it pass. */
function overCeiling(plan: GrantPlan, agenda: Agenda): GrantPlan {
  const [advance, balance] = plan.payments as readonly [PaymentPlan, PaymentPlan];
  const { schemeId } = plan.award;
  const amountCents = advance.amountCents + Math.floor(balance.amountCents / 2);
  const { exercice } = balance;
  const setOn = workingDayAfter(`${exercice}-01-16`, 0);
  const act = `Budget primitif ${exercice}`;
  agenda.add(setOn, ADMINISTRATOR, { type: 'SetCeiling', schemeId, exercice, amountCents, mode: 'block', act });
  const tried = recordedLater(balance, 1);
  agenda.add(tried.recordedOn, plan.handledBy[0]!.by, recordPayment(plan, balance), 'CEILING_EXCEEDED');
  const proposed = recordedLater(balance, 2);
  const approval = { by: CONTROLLER, on: workingDayAfter(proposed.recordedOn, 1) };
  const overrideReason = 'Second véhicule livré avant la décision modificative';
  return changed(plan, balance, { ...proposed, overrideReason, approval });
}

/** R3: the same request comes twice, and is recorded once. */
function askedTwice(plan: GrantPlan, agenda: Agenda): GrantPlan {
  const payment = plan.payments[1]!;
  const { by } = plan.handledBy[0]!;
  agenda.add(workingDayAfter(payment.recordedOn, 1), by, recordPayment(plan, payment), 'already-recorded');
  return plan;
}

/** R4, R11: the purchase is given up: the advance is reversed and the grant cancelled. */
function cancelled(plan: GrantPlan, agenda: Agenda): GrantPlan {
  const advance = plan.payments[0]!;
  const { grantId } = plan.award;
  const { by } = plan.handledBy[0]!;
  const { paymentId } = advance;
  const reversedOn = workingDayAfter(advance.recordedOn, 15);
  const reason = 'Achat abandonné : mandat annulé avant paiement';
  agenda.add(reversedOn, by, { type: 'ReversePayment', grantId, paymentId, reversedOn, reason });
  const on = workingDayAfter(reversedOn, 3);
  agenda.add(on, by, { type: 'CancelGrant', grantId, on, reason: 'Achat abandonné' });
  return { ...plan, payments: [advance], closing: 'cancelled' };
}

/** Why most grants are closed. */
export const PAID_OUT = 'Solde versé, compte rendu reçu';

/** A payment like another, under an id and an order number that nobody had planned. */
function unplanned(like: PaymentPlan, suffix: string, change: Partial<PaymentPlan>): PaymentPlan {
  const paymentId = like.paymentId.replace(/-V\d+$/, suffix);
  const { approval: _, ...payment } = { ...like, paymentId, ...change };
  return { ...payment, orderNumber: unplannedOrder(payment.exercice, paymentId) };
}

/** Payment orders that nobody had planned are numbered apart. */
function unplannedOrder(exercice: number, paymentId: string): string {
  return `${exercice}-R-${paymentId}`;
}

function recordedLater(payment: PaymentPlan, days: number): PaymentPlan {
  const recordedOn = workingDayAfter(payment.recordedOn, days);
  const { approval } = payment;
  return { ...payment, recordedOn, ...(approval && { approval: { ...approval, on: workingDayAfter(recordedOn, 1) } }) };
}

function daysBetween(from: Day, to: Day): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

function changed(plan: GrantPlan, before: PaymentPlan, after: PaymentPlan): GrantPlan {
  return { ...plan, payments: plan.payments.map((payment) => (payment === before ? after : payment)) };
}
