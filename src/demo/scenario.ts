/** The demonstration's history from 2007 to 2016: every step, its instant, its actor and the expected answer, from one seed. */

import type { Day } from '#libs/calendar/day';
import { sumCents } from '#libs/money/cents';
import { ADMINISTRATOR, officerOf } from './actors.js';
import { Agenda, type Step } from './agenda.js';
import { beneficiary } from './beneficiaries.js';
import { callFunds } from './calls.js';
import { closeExercices } from './closings.js';
import { agreeContract, contractId } from './contract.js';
import { episodes, PAID_OUT } from './episodes.js';
import { liveOn } from './life.js';
import { reconcile } from './partner-lists.js';
import { LAST_DAY, planGrants, recordPayment, type GrantPlan } from './plans.js';
import { Random } from './random.js';
import { demoSchemes, DENOUNCED_ON, FORGOTTEN, LIVES_ON } from './schemes.js';
import { sealYears } from './seals.js';
import { sketchGrants } from './sketches.js';
import { workingDayAfter } from './working-days.js';

/** When the ledger is opened for the first time. */
export const OPENED_AT = Date.parse('2007-01-02T08:00:00.000Z');

export const DEMO_SEED = 276;

const FIRST_EXERCICE = 2007;
const LAST_EXERCICE = 2016;
/** Schemes on axis 4, the year through or from 2009 on. */
const ON_AXIS_4 = new Set(['operations-axe-4', 'emplois-tremplins', 'vehicules-sportifs']);
/** The number of the one beneficiary that no grant is awarded to. */
const REFUSED_BENEFICIARY = 999;

/** Whoever approves may say why. */
const REASON_OF_APPROVAL: Readonly<Record<string, string>> = {
  'AX2-2010-001-V02': 'Avis favorable de la réunion DGS 276',
};

export function scenario(seed: number): readonly Step[] {
  const agenda = new Agenda();
  openSchemes(agenda);
  const plans = plannedGrants(seed, agenda);
  agreeContract(plans, agenda, new Random(seed, 'contract'));
  setCeilings(plans, agenda);
  agreeKeys(agenda);
  forgetExercice(plans, agenda);
  playGrants(plans, agenda, new Random(seed, 'closings'));
  callFunds(plans, agenda, new Random(seed, 'calls'));
  closeExercices(FIRST_EXERCICE, agenda);
  denounce(agenda, new Random(seed, 'denunciation'));
  rename(agenda);
  liveOn(plans, agenda);
  reconcile(agenda);
  sealYears(FIRST_EXERCICE, LAST_EXERCICE, agenda);
  return agenda.steps();
}

function openSchemes(agenda: Agenda): void {
  for (const scheme of demoSchemes) agenda.add('2007-01-08', ADMINISTRATOR, scheme);
}

function plannedGrants(seed: number, agenda: Agenda): readonly GrantPlan[] {
  const plans = new Map<string, GrantPlan>();
  for (const plan of planGrants(sketchGrants(new Random(seed, 'grants')), new Random(seed, 'days')))
    plans.set(plan.award.grantId, plan);
  for (const [grantId, episode] of Object.entries(episodes))
    plans.set(
      grantId,
      episode(plans.get(grantId)!, agenda, (other) => plans.get(other)!),
    );
  return Array.from(plans.values());
}

/** R19: axis 4 is warned each year, over all its schemes; in 2010 its last payments pass the ceiling. */
function setCeilings(plans: readonly GrantPlan[], agenda: Agenda): void {
  const scope = { kind: 'axis', contractId, axisId: 'axe-4' } as const;
  // once the contract is signed
  for (let exercice = FIRST_EXERCICE + 1; exercice < LAST_EXERCICE; exercice += 1) {
    const payments = plans
      .filter(({ award }) => ON_AXIS_4.has(award.schemeId))
      .flatMap((plan) => plan.payments.filter((payment) => payment.exercice === exercice))
      .toSorted((a, b) => (a.recordedOn < b.recordedOn ? -1 : 1));
    const paidCents = sumCents(payments.map((payment) => payment.amountCents));
    const amountCents = exercice === 2010 ? paidCents - payments.at(-1)!.amountCents - 100 : rounded(paidCents);
    const setOn = workingDayAfter(`${exercice}-01-15`, 0);
    const act = `Budget primitif ${exercice}, axe 4`;
    const ceilingId = `AXE-4-${exercice}`;
    agenda.add(setOn, ADMINISTRATOR, { type: 'SetBudget', ceilingId, scope, exercice, amountCents, mode: 'warn', act });
  }
}

/** The next multiple of 50 000 € that leaves some room. */
function rounded(amountCents: number): number {
  const step = 5_000_000;
  return (Math.floor(amountCents / step) + 2) * step;
}

/** R8: a key for all payments, never retroactive; a key for new grants only, which brings a funder in. */
function agreeKeys(agenda: Agenda): void {
  const forAll = {
    type: 'AgreeSplitKey',
    schemeId: 'emplois-tremplins',
    splitKey: [
      { funderId: 'region', weight: 51 },
      { funderId: 'seine-maritime', weight: 35 },
      { funderId: 'eure', weight: 14 },
    ],
    appliesTo: 'all-payments',
    act: 'Avenant n° 2 à la convention-cadre (démo)',
  } as const;
  agenda.add('2011-03-14', ADMINISTRATOR, { ...forAll, effectiveFrom: '2011-01-01' }, 'SPLIT_KEY_RETROACTIVE');
  agenda.add('2011-03-15', ADMINISTRATOR, { ...forAll, effectiveFrom: '2011-04-01' });
  agenda.add('2012-12-03', ADMINISTRATOR, {
    type: 'AgreeSplitKey',
    schemeId: 'bases-de-loisirs',
    splitKey: ['seine-maritime', 'eure', 'region'].map((funderId) => ({ funderId, weight: 1 })),
    effectiveFrom: '2013-01-01',
    appliesTo: 'new-grants',
    act: 'Convention bases de loisirs 2013-2015 (démo)',
  });
}

/** R16: in January the exercice is said; an officer once forgets it. */
function forgetExercice(plans: readonly GrantPlan[], agenda: Agenda): void {
  for (const plan of plans) {
    const late = plan.payments.find(({ paidOn, exercice }) => paidOn.startsWith(`${exercice + 1}-01`));
    if (late === undefined) continue;
    const { exercice: _, ...command } = recordPayment(plan, late);
    agenda.add(late.recordedOn, command.by, command, 'EXERCICE_REQUIRED');
    return;
  }
}

function playGrants(plans: readonly GrantPlan[], agenda: Agenda, random: Random): void {
  for (const plan of plans) {
    const { award, awardedOn, payments, handledBy, closing } = plan;
    const { grantId } = award;
    agenda.add(awardedOn, handledBy[0]!.by, award);
    for (const payment of payments) {
      const command = recordPayment(plan, payment);
      const { paymentId, by: officer } = command;
      agenda.add(payment.recordedOn, officer, command);
      if (payment.approval === undefined) continue;
      const { by, on } = payment.approval;
      const reason = REASON_OF_APPROVAL[paymentId];
      const decided = { type: 'DecideProposal', grantId, paymentId, decision: 'approve', by } as const;
      agenda.add(on, by, reason === undefined ? decided : { ...decided, reason });
    }
    const { recordedOn, approval } = payments.at(-1)!;
    const on = workingDayAfter(approval?.on ?? recordedOn, random.between(15, 45));
    if (closing !== 'when-paid' || on > LAST_DAY) continue;
    agenda.add(on, handledBy.at(-1)!.by, { type: 'CloseGrant', grantId, on, reason: PAID_OUT });
  }
}

/** The schemes end with the contract, but for one; nothing more is awarded under them (R14). */
function denounce(agenda: Agenda, random: Random): void {
  const denouncedOn: Day = '2015-06-22';
  const reason = 'Dénonciation du contrat 276 par délibération du 22 juin 2015 (démo)';
  const schemeIds = ['emplois-tremplins', ...demoSchemes.map((scheme) => scheme.schemeId)];
  for (const schemeId of schemeIds.filter((id) => id !== LIVES_ON && id !== FORGOTTEN))
    agenda.add(denouncedOn, ADMINISTRATOR, { type: 'CloseScheme', schemeId, closedOn: DENOUNCED_ON, reason });
  const signedOn: Day = '2016-02-09';
  const tooLate = {
    type: 'AwardGrant',
    grantId: 'ET-2016-001',
    schemeId: 'emplois-tremplins',
    amountCents: 1_800_000,
    beneficiary: beneficiary('association', REFUSED_BENEFICIARY, random).beneficiary,
    agreement: { number: 'CONV-2016-ET-001', signedOn },
    period: { from: signedOn, to: '2017-02-08' },
    instructedBy: 'region',
  } as const;
  agenda.add('2016-02-10', officerOf('region', 0), tooLate, 'GRANT_SCHEME_CLOSED');
}

/** R26: the region keeps its id and changes its name and SIRET. */
function rename(agenda: Agenda): void {
  agenda.add('2016-01-04', ADMINISTRATOR, {
    type: 'RenameFunder',
    funderId: 'region',
    name: 'Région Normandie',
    siret: '20005340300057',
    effectiveFrom: '2016-01-01',
    act: 'Loi n° 2015-29 du 16 janvier 2015',
  });
}
