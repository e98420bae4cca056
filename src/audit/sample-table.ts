/** A sample as lines of an office CSV: what it was drawn with, then the payments. */

import { formatFrenchDay } from '#libs/calendar/day';
import { decimalEuros } from '#libs/money/euros';
import type { Method, Stratum } from './draw-sample.js';
import type { SampleAnswer } from './sample-answers.js';

const METHOD_WORDS: Readonly<Record<Method, string>> = {
  random: 'aléatoire',
  'monetary-unit': 'unités monétaires',
  top: 'plus grands montants',
  stratified: 'stratifié',
};

const STRATUM_WORDS: Readonly<Record<Stratum, string>> = {
  scheme: 'dispositif',
  exercice: 'exercice',
  payer: 'collectivité payeuse',
  instalment: 'nature du versement',
};

const HEADER = [
  'rang',
  'versement',
  'dossier',
  'dispositif',
  'exercice',
  'payé le',
  'collectivité payeuse',
  'montant',
  'nature',
  'mandat',
  'bénéficiaire',
  'position',
  'strate',
  'clé de tirage',
  'unités tirées',
  'cumul',
  'certain',
  'justification',
  'piste',
];

const amount = (cents: number | null) => (cents === null ? '' : decimalEuros(cents, ','));

/** What the sample was drawn with, in two columns. */
export function parameterRows({ parameters, population, selection }: SampleAnswer): string[][] {
  const { method, size, seed, stratum, scheme, exercice, payer, from, to, atPosition } = parameters;
  const { intervalCents, startCents } = selection;
  return [
    ['paramètre', 'valeur'],
    ['méthode', METHOD_WORDS[method as Method]],
    ['taille demandée', String(size)],
    ['graine', seed === null ? '' : String(seed)],
    ['strates', stratum === null ? '' : STRATUM_WORDS[stratum as Stratum]],
    ['dispositif', scheme ?? 'tous'],
    ['exercice', exercice === null ? 'tous' : String(exercice)],
    ['collectivité payeuse', payer ?? 'toutes'],
    ['payé à partir du', from === null ? '' : formatFrenchDay(from)],
    ['payé jusqu’au', to === null ? '' : formatFrenchDay(to)],
    ['position du journal', atPosition],
    ['population', String(population.count)],
    ['total de la population', amount(population.totalCents)],
    ['empreinte de la population', population.sha256],
    ['intervalle', amount(intervalCents)],
    ['premier centime tiré', startCents === null ? '' : String(startCents)],
    ...selection.strata.map((each) => [`strate ${each.stratum}`, `${each.size} sur ${each.count}`]),
    ['versements tirés', String(selection.count)],
    ['total tiré', amount(selection.totalCents)],
  ];
}

export function sampleRows({ data }: SampleAnswer): string[][] {
  return [
    HEADER,
    ...data.map((drawn, i) => [
      String(i + 1),
      drawn.paymentId,
      drawn.grantId,
      drawn.schemeId,
      String(drawn.exercice),
      formatFrenchDay(drawn.paidOn),
      drawn.paidBy,
      amount(drawn.amountCents),
      INSTALMENT_WORDS[drawn.instalment] ?? drawn.instalment,
      drawn.orderNumber ?? '',
      drawn.beneficiaryId,
      drawn.recordedAtPosition,
      drawn.stratum ?? '',
      drawn.drawKey ?? '',
      drawn.hits === null ? '' : String(drawn.hits),
      amount(drawn.throughCents),
      drawn.certain === null ? '' : drawn.certain ? 'oui' : 'non',
      drawn.why,
      drawn.trail,
    ]),
  ];
}

const INSTALMENT_WORDS: Readonly<Record<string, string>> = { advance: 'avance', interim: 'acompte', balance: 'solde' };
