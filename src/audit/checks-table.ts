/** The checks as lines of an office CSV: what was asked, how often each found something, every finding, the first digits. */

import { formatFrenchDay } from '#libs/calendar/day';
import { decimalEuros } from '#libs/money/euros';
import type { ChecksAnswer } from './checks-answers.js';

const HEADER = [
  'contrôle',
  'versement',
  'dossier',
  'dispositif',
  'exercice',
  'payé le',
  'collectivité payeuse',
  'montant',
  'position',
  'constat',
  'autres versements',
  'justification',
  'piste',
];

export function checkTables({ parameters, population, checks, firstDigits, position }: ChecksAnswer): string[][][] {
  const { scheme, exercice, payer, from, to, lateDays, nearPercent, roundCents, doubleWithinDays } = parameters;
  return [
    [
      ['paramètre', 'valeur'],
      ['dispositif', scheme ?? 'tous'],
      ['exercice', exercice === null ? 'tous' : String(exercice)],
      ['collectivité payeuse', payer ?? 'toutes'],
      ['payé à partir du', from === null ? '' : formatFrenchDay(from)],
      ['payé jusqu’au', to === null ? '' : formatFrenchDay(to)],
      ['jours avant un enregistrement tardif', String(lateDays)],
      ['pour cent sous le seuil', String(nearPercent)],
      ['montants ronds, multiples de', decimalEuros(roundCents, ',')],
      ['jours entre deux doubles possibles', String(doubleWithinDays)],
      ['versements examinés', String(population.count)],
      ['total examiné', decimalEuros(population.totalCents, ',')],
      ['position du journal', position],
    ],
    [
      ['contrôle', 'constats', 'listés', 'aucun attendu', 'remarque'],
      ...checks.map(({ label, count, findings, expectsNone, note }) => [
        label,
        String(count),
        String(findings.length),
        expectsNone ? 'oui' : 'non',
        note ?? '',
      ]),
    ],
    [
      HEADER,
      ...checks.flatMap(({ label, findings }) =>
        findings.map((finding) => [
          label,
          finding.paymentId,
          finding.grantId,
          finding.schemeId,
          String(finding.exercice),
          formatFrenchDay(finding.paidOn),
          finding.paidBy,
          decimalEuros(finding.amountCents, ','),
          finding.recordedAtPosition,
          finding.detail,
          finding.others.map(({ paymentId }) => paymentId).join(', '),
          finding.why,
          finding.trail,
        ]),
      ),
    ],
    [
      ['premier chiffre', 'observé', 'attendu (loi de Benford)'],
      ...firstDigits.digits.map(({ digit, observed, expected }) => [digit, observed, expected].map(String)),
      ['khi-deux, en millièmes', String(firstDigits.chiSquaredThousandths ?? ''), ''],
      ['seuil à 5 %, en millièmes', String(firstDigits.criticalThousandths), firstDigits.note ?? ''],
    ],
  ];
}
