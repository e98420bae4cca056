/** The framework contract of the demonstration: signed with its real figures, what stands on its axes, amended, denounced. */

import type { Day } from '#libs/calendar/day';
import type { AttachScheme, SignContract } from '../contract/contract.commands.js';
import { ADMINISTRATOR, CONTROLLER, officerOf } from './actors.js';
import type { Agenda } from './agenda.js';
import { beneficiary } from './beneficiaries.js';
import type { GrantPlan } from './plans.js';
import type { Random } from './random.js';
import { DENOUNCED_ON, FORGOTTEN } from './schemes.js';

export const contractId = 'contrat-276';
const SIGNED_ON: Day = '2007-03-01';
/** The number of the beneficiary that no grant is awarded to once the contract is denounced. */
const REFUSED_BENEFICIARY = 998;

/** Cents of a million euros. */
const MILLION = 100_000_000;

/** 966.18 million euros; the axes, rounded to 0.1 million, add up to 20 000 € more. */
const AGREED: Pick<SignContract, 'period' | 'parties' | 'axes'> = {
  period: { from: '2007-01-01', to: '2013-12-31' },
  parties: [
    { funderId: 'region', contributionCents: 491 * MILLION },
    { funderId: 'seine-maritime', contributionCents: (33_684 * MILLION) / 100, departement: '76' },
    { funderId: 'eure', contributionCents: (13_834 * MILLION) / 100, departement: '27' },
  ],
  axes: [
    { axisId: 'axe-1', name: 'Un territoire régional riche de nombreux atouts', budgetCents: 155 * MILLION },
    { axisId: 'axe-2', name: 'Un territoire régional à rendre plus accessible', budgetCents: 335 * MILLION },
    {
      axisId: 'axe-3',
      name: 'Un territoire régional à gérer de manière performante et durable',
      budgetCents: (1_435 * MILLION) / 10,
    },
    {
      axisId: 'axe-4',
      name: 'Un territoire régional solidaire et attractif à doter d’équipements de qualité',
      budgetCents: (3_327 * MILLION) / 10,
    },
  ],
};

export function agreeContract(plans: readonly GrantPlan[], agenda: Agenda, random: Random): void {
  agenda.add(SIGNED_ON, ADMINISTRATOR, {
    type: 'SignContract',
    contractId,
    name: 'Contrat 276 2007-2013 (démo)',
    signedOn: SIGNED_ON,
    ...AGREED,
    act: 'Contrat 276 du 1er mars 2007 (démo)',
  });
  attachSchemes(agenda);
  noteCper(plans, agenda);
  amend(agenda);
  denounce(agenda, random);
}

/** Operations follow the contributions; the older scheme and the smaller ones have keys of their own. */
function attachSchemes(agenda: Agenda): void {
  const attach = (
    schemeId: string,
    axisId: string,
    act: string,
    other: Partial<Pick<AttachScheme, 'splitBy' | 'subContractId' | 'attachedOn'>> = {},
    expect = 'recorded',
  ) => {
    const attachment = { splitBy: 'own-key', attachedOn: SIGNED_ON, ...other } as const;
    const command = { type: 'AttachScheme', contractId, schemeId, axisId, ...attachment, act } as const;
    agenda.add(attachment.attachedOn, ADMINISTRATOR, command, expect);
  };
  for (const axis of [1, 2, 3, 4])
    attach(`operations-axe-${axis}`, `axe-${axis}`, `Contrat 276, annexe ${axis} (démo)`, { splitBy: 'contract-key' });
  const annex = 'Contrat 276, annexe 5 (démo)';
  attach('emplois-tremplins', 'axe-4', annex, { splitBy: 'contract-key' }, 'SPLIT_KEY_DIFFERS');
  attach('emplois-tremplins', 'axe-4', annex);
  attach('vehicules-sportifs', 'axe-1', 'Contrat 276, annexe 6 (démo)');
  const movedOn: Day = '2009-05-04';
  const act = 'Réunion DGS 276 du 4 mai 2009 (démo)';
  const detachment = { schemeId: 'vehicules-sportifs', detachedOn: movedOn, reason: 'Relève de l’axe 4', act };
  agenda.add(movedOn, ADMINISTRATOR, { type: 'DetachScheme', contractId, ...detachment });
  attach('vehicules-sportifs', 'axe-4', act, { attachedOn: movedOn });
  const subContractId = 'pays-des-boucles';
  const signedOn: Day = '2008-02-11';
  agenda.add(signedOn, ADMINISTRATOR, {
    type: 'ConcludeSubContract',
    contractId,
    subContractId,
    kind: 'pays',
    name: 'Contrat de pays des Boucles (démo)',
    axisId: 'axe-1',
    signedOn,
    period: { from: '2008-01-01', to: '2013-12-31' },
    amountCents: (25 * MILLION) / 10,
    act: 'Délibération 2008-14 (démo)',
  });
  // a body outside the territory of a département that funds it: territory never filters a split
  attach('bases-de-loisirs', 'axe-1', 'Contrat de pays, annexe 1 (démo)', { subContractId, attachedOn: signedOn });
}

/** A third of a road is in the State–Région contract too, and counted there. */
function noteCper(plans: readonly GrantPlan[], agenda: Agenda): void {
  const { award } = plans.find((plan) => plan.award.grantId === 'AX2-2007-001')!;
  const notedOn: Day = '2008-06-30';
  agenda.add(notedOn, CONTROLLER, {
    type: 'NoteCperPart',
    contractId,
    grantId: award.grantId,
    cperCents: Math.floor(award.amountCents / 3),
    notedOn,
    act: 'CPER 2007-2013, fiche 12 (démo)',
  });
}

/** The contract is prolonged as it runs out; an axis on which schemes stand cannot be dropped on the way. */
function amend(agenda: Agenda): void {
  const amendedOn: Day = '2013-11-25';
  const amendment = {
    type: 'AmendContract',
    contractId,
    amendmentId: 'avenant-1',
    amendedOn,
    ...AGREED,
    period: { from: '2007-01-01', to: '2015-12-31' },
    act: 'Avenant n° 1 du 25 novembre 2013 (démo)',
  } as const;
  const dropped = AGREED.axes[0]!.budgetCents;
  const others = AGREED.axes
    .slice(1)
    .map((axis, i) => (i === 0 ? { ...axis, budgetCents: axis.budgetCents + dropped } : axis));
  agenda.add(amendedOn, ADMINISTRATOR, { ...amendment, axes: others }, 'CONTRACT_AXIS_IN_USE');
  agenda.add(amendedOn, ADMINISTRATOR, amendment);
}

/** One scheme is forgotten when the others are closed: the denunciation alone stops its next award. */
function denounce(agenda: Agenda, random: Random): void {
  const reason = 'Dénonciation du contrat 276 par délibération du 22 juin 2015 (démo)';
  agenda.add('2015-06-22', ADMINISTRATOR, {
    type: 'DenounceContract',
    contractId,
    denouncedBy: 'eure',
    denouncedOn: '2015-06-22',
    effectiveOn: DENOUNCED_ON,
    act: 'Délibération 2015-88 (démo)',
    reason,
  });
  const signedOn: Day = '2016-01-11';
  const tooLate = {
    type: 'AwardGrant',
    grantId: 'VEH-2016-001',
    schemeId: FORGOTTEN,
    amountCents: 720_000,
    beneficiary: beneficiary('sports-club', REFUSED_BENEFICIARY, random).beneficiary,
    agreement: { number: 'CONV-2016-VEH-001', signedOn },
    period: { from: signedOn, to: '2017-01-10' },
    instructedBy: 'region',
  } as const;
  agenda.add('2016-01-12', officerOf('region', 0), tooLate, 'CONTRACT_DENOUNCED');
  const closing = { schemeId: FORGOTTEN, closedOn: DENOUNCED_ON, reason };
  agenda.add('2016-01-12', ADMINISTRATOR, { type: 'CloseScheme', ...closing });
}
