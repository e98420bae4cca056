/** What surrounds the payments: whom to ask, what is to be seen in 276, delibérations, scales, documents, ceilings of funders. */

import type { Day } from '#libs/calendar/day';
import { ADMINISTRATOR, CONTROLLER, controllerOf } from './actors.js';
import type { Agenda } from './agenda.js';
import type { GrantPlan } from './plans.js';
import { workingDayAfter } from './working-days.js';

/** From this year on nobody has answered yet. */
const UNANSWERED_FROM: Day = '2016-06-01';

export function liveOn(plans: readonly GrantPlan[], agenda: Agenda): void {
  nameOffices(agenda);
  answerReferrals(plans, agenda);
  agreeScales(agenda);
  deliberate(agenda);
  holdFunders(agenda);
}

/** Offices, never people (R5); one moves with its region. */
function nameOffices(agenda: Agenda): void {
  const name = (funderId: string, officeName: string, effectiveFrom: Day, act: string) =>
    agenda.add(workingDayAfter(effectiveFrom, 6), ADMINISTRATOR, {
      type: 'NameOffice',
      funderId,
      officeName,
      email: `contrat276@${funderId}.example.org`,
      effectiveFrom,
      act,
    });
  name('region', 'Service des contrats territoriaux (démo)', '2007-01-02', 'Organigramme 2007 (démo)');
  name('seine-maritime', 'Direction des finances, pôle partenariats (démo)', '2007-01-02', 'Organigramme 2007 (démo)');
  name('eure', 'Mission contractualisation (démo)', '2007-01-02', 'Organigramme 2007 (démo)');
  name('region', 'Direction de l’aménagement (démo)', '2016-01-01', 'Organigramme 2016 (démo)');
}

/** “Est-ce à voir en 276 ?”: answered for each grant a few days after its award, once the other way round at first. */
function answerReferrals(plans: readonly GrantPlan[], agenda: Agenda): void {
  for (const { award, awardedOn } of plans) {
    const { grantId, instructedBy } = award;
    if (awardedOn >= UNANSWERED_FROM) continue;
    const answeredOn = workingDayAfter(awardedOn, 2);
    const referralId = `Q276-${grantId}`;
    const isRevised = grantId === 'VEH-2008-001';
    agenda.add(answeredOn, controllerOf(instructedBy), {
      type: 'AnswerReferral',
      referralId,
      subject: { kind: 'grant', grantId },
      seenIn276: isRevised ? 'no' : 'yes',
      reason: isRevised ? 'Aide de droit commun du département' : 'Dispositif financé en commun',
      instructedBy,
      answeredOn,
      answeredFor: instructedBy,
    });
    if (!isRevised) continue;
    const revisedOn = workingDayAfter(answeredOn, 9);
    agenda.add(revisedOn, CONTROLLER, {
      type: 'ReviseReferral',
      referralId,
      revisionId: `${referralId}-R1`,
      seenIn276: 'yes',
      reason: 'Avis de la réunion DGS 276 : le véhicule sert dans les deux départements',
      revisedOn,
      revisedFor: 'region',
    });
  }
  agenda.add('2009-03-10', controllerOf('eure'), {
    type: 'AnswerReferral',
    referralId: 'Q276-GYMNASE-2009',
    subject: { kind: 'operation', name: 'Extension d’un gymnase de collège (démo)' },
    seenIn276: 'no',
    reason: 'Équipement propre du département',
    instructedBy: 'eure',
    answeredOn: '2009-03-10',
    answeredFor: 'eure',
  });
}

/** The doubling of the aid is a line of history. */
function agreeScales(agenda: Agenda): void {
  const scale = (effectiveFrom: Day, act: string, label: string, amountCents: number) =>
    agenda.add(workingDayAfter(effectiveFrom, 6), ADMINISTRATOR, {
      type: 'AgreeScale',
      schemeId: 'insertion',
      act,
      effectiveFrom,
      label,
      lines: [{ label: 'Par embauche en contrat durable', amountCents }],
    });
  scale('2007-01-02', 'Barème 2007 (démo)', 'Barème d’origine', 125_000);
  scale('2009-01-02', 'Plan de relance 2009 (démo)', 'Doublement de l’aide', 250_000);
}

/** A key is agreed by three délibérations; one is adjourned first, another is withdrawn and taken again. */
function deliberate(agenda: Agenda): void {
  const decisionId = 'DEC-2011-CLE';
  const concerns = [{ kind: 'scheme', id: 'emplois-tremplins' }] as const;
  const documentId = 'DOC-AVENANT-2';
  const sha256 = '3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea';
  const document = {
    type: 'RegisterDocument',
    title: 'Avenant n° 2 à la convention-cadre (démo)',
    dated: '2011-01-28',
    reference: 'CONV-276-AV2',
    concerns,
  } as const;
  const draft = `DOC-AVENANT-2-PROJET`;
  const ofDraft = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
  agenda.add('2011-01-31', CONTROLLER, { ...document, documentId: draft, sha256: ofDraft });
  agenda.add('2011-02-02', CONTROLLER, { type: 'WithdrawDocument', documentId: draft, reason: 'Projet non signé' });
  agenda.add('2011-02-02', CONTROLLER, { ...document, documentId, sha256 });
  agenda.add('2011-02-03', CONTROLLER, {
    type: 'OpenDecision',
    decisionId,
    title: 'Clé 51 / 35 / 14 des emplois-tremplins (démo)',
    expected: ['region', 'seine-maritime', 'eure'],
    concerns,
  });
  const deliberation = (funderId: string, reference: string, takenOn: Day, outcome: 'adopted' | 'adjourned') =>
    agenda.add(workingDayAfter(takenOn, 1), controllerOf(funderId), {
      type: 'RecordDeliberation',
      decisionId,
      funderId,
      reference,
      takenOn,
      outcome,
      ...(outcome === 'adopted' && { documentId }),
    });
  deliberation('region', 'CP-2011-014', '2011-02-07', 'adopted');
  deliberation('seine-maritime', 'CG76-2011-031', '2011-02-14', 'adjourned');
  deliberation('eure', 'CG27-2011-09', '2011-02-15', 'adopted');
  agenda.add('2011-02-22', controllerOf('eure'), {
    type: 'WithdrawDeliberation',
    decisionId,
    reference: 'CG27-2011-09',
    withdrawnOn: '2011-02-22',
    reason: 'Erreur matérielle dans le dispositif',
  });
  deliberation('seine-maritime', 'CG76-2011-044', '2011-03-01', 'adopted');
  deliberation('eure', 'CG27-2011-12', '2011-03-08', 'adopted');
}

/** R19: what one funder bears may have a ceiling of its own; this one is lifted before the year is out. */
function holdFunders(agenda: Agenda): void {
  const ceilingId = 'EURE-2014';
  agenda.add('2014-01-15', controllerOf('eure'), {
    type: 'SetBudget',
    ceilingId,
    scope: { kind: 'funder', funderId: 'eure' },
    exercice: 2014,
    amountCents: 90_000_000,
    mode: 'warn',
    act: 'Budget primitif 2014 de l’Eure (démo)',
  });
  agenda.add('2014-11-03', controllerOf('eure'), {
    type: 'LiftBudget',
    ceilingId,
    act: 'Décision modificative n° 2 de 2014 (démo)',
    reason: 'Crédits ouverts en cours d’année',
  });
}
