/** The closings of the demonstration: proposed by the region, countersigned by the départements, once reopened (R23). */

import type { Day } from '#libs/calendar/day';
import type { AskedFor } from '../exercices/exercice.commands.js';
import { controllerOf } from './actors.js';
import type { Agenda } from './agenda.js';
import { workingDayAfter } from './working-days.js';

/** The accounts of 2015 stay open until the denunciation is settled. */
const LAST_CLOSED_EXERCICE = 2014;
/** Its first proposal is refused. */
const REFUSED_EXERCICE = 2008;
/** Its first proposal is withdrawn. */
const WITHDRAWN_EXERCICE = 2010;
/** Closed twice: something was forgotten. */
const REOPENED_EXERCICE = 2012;
/** A reopening is asked for and refused. */
const KEPT_EXERCICE = 2013;

const REGION = signing('region');
const SEINE_MARITIME = signing('seine-maritime');
const EURE = signing('eure');

/** R23: closed in spring, with totals, once the complementary period is over and its calls are paid. */
export function closeExercices(first: number, agenda: Agenda): void {
  for (let exercice = first; exercice <= LAST_CLOSED_EXERCICE; exercice += 1) {
    const closedOn = workingDayAfter(`${exercice + 1}-03-25`, 0);
    propose(exercice, closedOn, agenda);
    if (exercice === REFUSED_EXERCICE) refuseFirst(exercice, closedOn, agenda);
    if (exercice === WITHDRAWN_EXERCICE) withdrawFirst(exercice, closedOn, agenda);
    countersign(exercice, closedOn, agenda);
  }
  reopen(agenda);
  keepClosed(agenda);
}

function propose(exercice: number, closedOn: Day, agenda: Agenda): void {
  agenda.add(closedOn, REGION, { type: 'ProposeClosing', exercice, closedOn, by: REGION });
}

/** Both départements, in the days after: the last signature closes. */
function countersign(exercice: number, closedOn: Day, agenda: Agenda): void {
  for (const [i, by] of [SEINE_MARITIME, EURE].entries()) {
    const on = workingDayAfter(closedOn, 2 + i * 2);
    agenda.add(on, by, { type: 'CountersignClosing', exercice, decision: 'sign', by });
  }
}

/** Who proposes a closing does not countersign it; who is asked to may refuse, with a reason. */
function refuseFirst(exercice: number, closedOn: Day, agenda: Agenda): void {
  const command = { type: 'CountersignClosing', exercice } as const;
  agenda.add(closedOn, REGION, { ...command, decision: 'sign', by: REGION }, 'CLOSING_SELF_COUNTERSIGNED');
  const reason = 'État de rapprochement du quatrième trimestre non reçu';
  agenda.add(closedOn, EURE, { ...command, decision: 'refuse', reason, by: EURE });
  propose(exercice, closedOn, agenda);
}

/** While a closing is proposed nothing goes in; who proposed it takes it back to let something in. */
function withdrawFirst(exercice: number, closedOn: Day, agenda: Agenda): void {
  const provision = lateProvision(exercice, 'seine-maritime');
  agenda.add(closedOn, SEINE_MARITIME, provision, 'SETTLEMENT_EXERCICE_CLOSING');
  const reason = 'Une contribution de décembre reste à enregistrer';
  agenda.add(closedOn, REGION, { type: 'WithdrawClosing', exercice, reason, by: REGION });
  agenda.add(closedOn, SEINE_MARITIME, provision);
  propose(exercice, closedOn, agenda);
}

/** By two people, with a reason; then closed a second time, on other totals. */
function reopen(agenda: Agenda): void {
  const exercice = REOPENED_EXERCICE;
  const on = workingDayAfter(`${exercice + 1}-05-14`, 0);
  const reason = 'Une contribution de décembre a été omise';
  const sign = { type: 'CountersignReopening', exercice, decision: 'sign' } as const;
  agenda.add(on, REGION, { type: 'ProposeReopening', exercice, reason, by: REGION });
  agenda.add(on, REGION, { ...sign, by: REGION }, 'REOPENING_ALONE');
  agenda.add(on, SEINE_MARITIME, { ...sign, by: SEINE_MARITIME });
  agenda.add(on, EURE, lateProvision(exercice, 'eure'));
  const closedOn = workingDayAfter(on, 3);
  propose(exercice, closedOn, agenda);
  countersign(exercice, closedOn, agenda);
}

/** What can go into the open exercice, with its year of origin, needs no reopening. */
function keepClosed(agenda: Agenda): void {
  const exercice = KEPT_EXERCICE;
  const on = workingDayAfter(`${exercice + 1}-06-03`, 0);
  const reason = 'Un trop-perçu de décembre vient d’être constaté';
  agenda.add(on, EURE, { type: 'ProposeReopening', exercice, reason, by: EURE });
  const refusal = 'Le reversement comptera dans l’exercice ouvert, avec son année d’origine';
  agenda.add(on, REGION, {
    type: 'CountersignReopening',
    exercice,
    decision: 'refuse',
    reason: refusal,
    by: REGION,
  });
}

/** A contribution of December, without a call, that is recorded in spring. */
function lateProvision(exercice: number, from: string) {
  return {
    type: 'RecordContribution',
    contributionId: `PROV-${exercice}-insertion-${from}-12`,
    schemeId: 'insertion',
    exercice,
    from,
    to: 'region',
    amountCents: 125_000,
    paidOn: `${exercice}-12-28`,
    reference: `Provision de décembre ${exercice}`,
  } as const;
}

function signing(funderId: string): AskedFor {
  return { actor: controllerOf(funderId).actor, funderId };
}
