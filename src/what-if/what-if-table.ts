/** A hypothesis and its differences as lines of an office CSV. */

import { formatFrenchDay } from '#libs/calendar/day';
import type { CentRule } from '#libs/money/cent-rules';
import { decimalEuros } from '#libs/money/euros';
import type { SupposedFiguresAnswer, WhatIfAnswer } from './what-if-answers.js';

const RULE_WORDS: Readonly<Record<CentRule, string>> = {
  'least-paid': 'à qui a le moins payé (règle du registre)',
  'fixed-order': 'toujours au premier dans l’ordre fixé',
  'payer-takes-rest': 'à la collectivité payeuse',
  'largest-remainder': 'au plus fort reste',
};

const HEADER = [
  'dispositif',
  'exercice',
  'collectivité',
  'quote-part due',
  'quote-part due supposée',
  'écart de quote-part',
  'position',
  'position supposée',
  'écart de position',
  'part accordée',
  'part accordée supposée',
  'écart de part accordée',
];

/** What was supposed, in two columns. */
export function hypothesisRows({ hypothesis, asOf, payments, position }: WhatIfAnswer): string[][] {
  const { scheme, splitKey, tieOrder, centRule, effectiveFrom, appliesTo } = hypothesis;
  return [
    ['paramètre', 'valeur'],
    ['dispositif', scheme ?? 'tous'],
    [
      'clé supposée',
      splitKey === null ? 'inchangée' : splitKey.map(({ funderId, weight }) => `${funderId} ${weight}`).join(', '),
    ],
    ['ordre supposé', tieOrder === null ? 'inchangé' : tieOrder.join(', ')],
    ['centime restant', RULE_WORDS[centRule as CentRule]],
    ['à compter du', effectiveFrom === null ? 'l’origine' : formatFrenchDay(effectiveFrom)],
    ['concerne', appliesTo === 'all-payments' ? 'tous les versements' : 'les nouveaux dossiers'],
    ['arrêté au', asOf === null ? '' : formatFrenchDay(asOf)],
    ['versements examinés', String(payments.count)],
    ['versements concernés', String(payments.concerned)],
    ['versements différents', String(payments.different)],
    ['plus grand écart d’une quote-part', decimalEuros(payments.largestCents, ',')],
    ['versement du plus grand écart', payments.largestPaymentId ?? ''],
    ['position du journal', position],
  ];
}

export function differenceRows({ data, funders, totals }: WhatIfAnswer): string[][] {
  return [
    HEADER,
    ...data.map((row) => [row.schemeId, String(row.exercice), row.funderId, ...amounts(row)]),
    ...funders.map((funder) => ['total', '', funder.funderId, ...amounts(funder)]),
    ['total', '', '', ...amounts(totals)],
  ];
}

function amounts({ shareDue, position, grantedShare }: SupposedFiguresAnswer): string[] {
  return [shareDue, position, grantedShare].flatMap(({ actualCents, hypotheticalCents, deltaCents }) =>
    [actualCents, hypotheticalCents, deltaCents].map((cents) => decimalEuros(cents, ',')),
  );
}
