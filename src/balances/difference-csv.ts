/** The difference of two views as an office CSV: first the figures that changed, then each event with what it adds to them. */

import { formatFrenchDay } from '#libs/calendar/day';
import { officeCsv } from '#libs/csv/office-csv';
import { decimalEuros } from '#libs/money/euros';
import { figureColumns, type BalanceColumn } from './balance.movements.js';
import type { ChangedBalance } from './difference.js';
import type { DifferenceLineAnswer } from './difference-answers.js';

const HEADER = [
  'ligne',
  'dispositif',
  'exercice',
  'collectivité',
  'colonne',
  'avant',
  'après',
  'écart',
  'position',
  'date',
  'événement',
  'versement',
  'explication',
];

const COLUMNS: Readonly<Record<BalanceColumn | 'positionCents', string>> = {
  grantedShareCents: 'part accordée',
  shareDueCents: 'quote-part due',
  disbursedCents: 'versé',
  recoveredCents: 'recouvré',
  contributedCents: 'contribué',
  receivedCents: 'reçu',
  calledCents: 'appelé',
  positionCents: 'position',
};

/** The rows « solde » and the rows « événement » of a column have the same sum of « écart ». */
export async function* differenceCsv(
  balances: readonly ChangedBalance[],
  batches: AsyncIterable<readonly DifferenceLineAnswer[]>,
): AsyncGenerator<string> {
  yield officeCsv([HEADER, ...balances.flatMap(balanceRows)], 'begins');
  for await (const lines of batches) if (lines.length > 0) yield officeCsv(lines.flatMap(lineRows), 'goes on');
}

function balanceRows({ schemeId, exercice, funderId, before, after, change }: ChangedBalance): string[][] {
  return figureColumns
    .filter((column) => change[column] !== 0)
    .map((column) => [
      'solde',
      schemeId,
      String(exercice),
      funderId,
      COLUMNS[column],
      euros(before[column]),
      euros(after[column]),
      euros(change[column]),
      ...Array.from({ length: 5 }, () => ''),
    ]);
}

function lineRows(line: DifferenceLineAnswer): string[][] {
  const { schemeId, exercice, position, on, label, paymentId, explanation } = line;
  return line.changes.flatMap((change) =>
    figureColumns
      .filter((column) => change[column] !== 0)
      .map((column) => [
        'événement',
        schemeId,
        String(exercice),
        change.funderId,
        COLUMNS[column],
        '',
        '',
        euros(change[column]),
        position,
        formatFrenchDay(on),
        label,
        paymentId ?? '',
        explanation,
      ]),
  );
}

function euros(cents: number): string {
  return decimalEuros(cents, ',');
}
