/** Between the funders: the payers call funds, the others contribute (R21, R22), in time or not. */

import { yearOf, type Day } from '#libs/calendar/day';
import type { RecordContribution } from '../settlement/settlement.decider.js';
import type { Agenda, PayCall } from './agenda.js';
import { CONTROLLER, controllerOf } from './actors.js';
import { LAST_DAY, type GrantPlan } from './plans.js';
import type { Random } from './random.js';
import { payerOf } from './schemes.js';
import { workingDayAfter } from './working-days.js';

/** What one payer paid in one scheme and exercice. */
interface Account {
  readonly schemeId: string;
  readonly exercice: number;
  readonly payer: string;
  /** The days on which its payments were recorded. */
  readonly recordedOn: Day[];
}

interface Call {
  readonly callId: string;
  readonly account: Account;
  readonly issuedOn: Day;
}

/** Schemes with few payments, and payers that step in for another, call once a year. */
const YEARLY = new Set(['bases-de-loisirs', 'vehicules-sportifs']);

const FUNDERS = ['region', 'seine-maritime', 'eure'];

const PROVISION: RecordContribution = {
  type: 'RecordContribution',
  contributionId: 'PROV-2010-operations-axe-2-seine-maritime',
  schemeId: 'operations-axe-2',
  exercice: 2010,
  from: 'seine-maritime',
  to: 'region',
  amountCents: 4_000_000,
  paidOn: '2010-03-15',
  reference: 'Provision 2010',
};

export function callFunds(plans: readonly GrantPlan[], agenda: Agenda, random: Random): void {
  const calls = accountsOf(plans).flatMap((account) => callsOf(account));
  for (const { callId, account, issuedOn } of calls) {
    const { schemeId, exercice, payer } = account;
    const command = { type: 'IssueFundingCall', schemeId, callId, exercice, issuedOn } as const;
    agenda.add(issuedOn, controllerOf(payer), payer === payerOf(schemeId) ? command : { ...command, payer });
    for (const from of contributorsOf(account)) {
      const paidOn = workingDayAfter(issuedOn, random.between(15, 25));
      const contributionId = `${callId}-${from}`;
      pay({ type: 'PayCall', contributionId, schemeId, exercice, from, to: payer, paidOn, callId }, agenda);
    }
  }
  provide(agenda);
  callAgain(calls, agenda);
  mistake(calls, agenda);
}

/** What most contributions are: paid when called. The others show how late or otherwise one may be. */
function pay(command: PayCall, agenda: Agenda): void {
  const { callId, from, schemeId, exercice, paidOn } = command;
  if (paidOn > LAST_DAY) return;
  // since the denunciation the last calls are not paid: a beneficiary does not notice (R22)
  if (from === 'eure' && exercice === 2015 && paidOn >= '2016-01-01') return;
  if (from === 'eure' && exercice === 2013 && schemeId === 'emplois-tremplins' && paidOn < '2013-12-16')
    return agenda.add('2013-12-16', controllerOf(from), { ...command, paidOn: '2013-12-16' });
  if (callId === `AF-${PROVISION.exercice}-T4-${PROVISION.schemeId}` && from === PROVISION.from)
    return agenda.add(paidOn, controllerOf(from), { ...command, lessCents: PROVISION.amountCents });
  if (callId === 'AF-2011-T4-insertion' && from === 'eure') return payAfterClosing(command, agenda);
  agenda.add(paidOn, controllerOf(from), command);
}

/** R23: too late for its call's exercice, which is closed: it counts in the next one, with the year of origin. */
function payAfterClosing(command: PayCall, agenda: Agenda): void {
  const by = controllerOf(command.from);
  const paidOn = workingDayAfter(`${command.exercice + 1}-04-16`, 0);
  agenda.add(paidOn, by, { ...command, paidOn }, 'SETTLEMENT_EXERCICE_CLOSED');
  agenda.add(paidOn, by, { ...command, paidOn, exercice: yearOf(paidOn) });
}

/** R22: a provision, before anything is called. */
function provide(agenda: Agenda): void {
  agenda.add(PROVISION.paidOn, controllerOf(PROVISION.from), PROVISION);
}

/** R21: what is called already is not called again. */
function callAgain(calls: readonly Call[], agenda: Agenda): void {
  const { issuedOn, account } = calls.find(({ callId }) => callId === 'AF-2009-T2-insertion')!;
  const { schemeId, exercice } = account;
  const callId = 'AF-2009-T2-insertion-bis';
  const command = { type: 'IssueFundingCall', schemeId, callId, exercice, issuedOn } as const;
  agenda.add(issuedOn, CONTROLLER, command, 'FUNDING_CALL_EMPTY');
}

/** R4: a contribution recorded in the wrong scheme is reversed. */
function mistake(calls: readonly Call[], agenda: Agenda): void {
  const { issuedOn, account } = calls.find(({ callId }) => callId === 'AF-2008-T3-insertion')!;
  const { schemeId, exercice, payer: to } = account;
  const from = 'seine-maritime';
  const by = controllerOf(from);
  const paidOn = workingDayAfter(issuedOn, 6);
  const contributionId = `PROV-${exercice}-${schemeId}-${from}`;
  const reversedOn = workingDayAfter(paidOn, 5);
  const reason = 'Virement destiné à un autre dispositif';
  agenda.add(paidOn, by, {
    type: 'RecordContribution',
    contributionId,
    schemeId,
    exercice,
    from,
    to,
    amountCents: 420_000,
    paidOn,
  });
  agenda.add(reversedOn, by, { type: 'ReverseContribution', schemeId, contributionId, reversedOn, reason });
}

/** By scheme, exercice and payer, what is still paid in the end. */
function accountsOf(plans: readonly GrantPlan[]): readonly Account[] {
  const accounts = new Map<string, Account>();
  for (const { award, payments, closing } of plans) {
    if (closing === 'cancelled') continue;
    const { schemeId } = award;
    for (const { exercice, recordedOn, approval, paidBy: payer = payerOf(schemeId) } of payments) {
      const key = `${schemeId} ${exercice} ${payer}`;
      const account = accounts.get(key) ?? { schemeId, exercice, payer, recordedOn: [] };
      accounts.set(key, account);
      account.recordedOn.push(approval?.on ?? recordedOn);
    }
  }
  return Array.from(accounts.values());
}

/** A call after each quarter in which something was paid; the fourth after the complementary period. */
function callsOf(account: Account): Call[] {
  const { schemeId, exercice, payer, recordedOn } = account;
  const isYearly = YEARLY.has(schemeId) || payer !== payerOf(schemeId);
  const days = [`${exercice}-04-10`, `${exercice}-07-10`, `${exercice}-10-10`, `${exercice + 1}-02-12`];
  const calls: Call[] = [];
  let after: Day = '';
  for (const [i, day] of days.entries()) {
    const issuedOn = workingDayAfter(day, 0);
    if ((isYearly && i < 3) || issuedOn > LAST_DAY) continue;
    if (recordedOn.some((on) => on > after && on <= issuedOn)) {
      const period = isYearly ? 'A' : `T${i + 1}`;
      const suffix = payer === payerOf(schemeId) ? '' : `-${payer}`;
      calls.push({ callId: `AF-${exercice}-${period}-${schemeId}${suffix}`, account, issuedOn });
    }
    after = issuedOn;
  }
  return calls;
}

/** Everybody in the key of that year's payments but the payer. */
function contributorsOf({ schemeId, exercice, payer }: Account): readonly string[] {
  const funders = schemeId === 'bases-de-loisirs' && exercice < 2013 ? ['seine-maritime', 'eure'] : FUNDERS;
  return funders.filter((funderId) => funderId !== payer);
}
