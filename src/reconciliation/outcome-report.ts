/** A reconciliation as an office CSV for the partner: each line as it came, what it was matched with, and what differs. */

import { formatFrenchDay } from '#libs/calendar/day';
import { officeCsv } from '#libs/csv/office-csv';
import { decimalEuros } from '#libs/money/euros';
import { outcomeTexts, remarkText } from './outcome-texts.js';
import type { OutcomeRow } from './outcomes.movements.js';
import { badCellAnswer } from './reconciliation-answers.js';

/** Differences have two columns each: a cell that began with a minus would be kept from being a number. */
const HEADER = [
  'ligne',
  'référence',
  'date',
  'montant',
  'quote-part',
  'résultat',
  'versements',
  'mandats',
  'montant au registre',
  'quote-part au registre',
  'montant en plus sur la liste',
  'montant en moins sur la liste',
  'quote-part en plus sur la liste',
  'quote-part en moins sur la liste',
  'remarques',
];

/** Payments named in one cell at most. */
const NAMED_AT_MOST = 20;

export function outcomeReport(rows: readonly OutcomeRow[]): string {
  return officeCsv([HEADER, ...rows.map(cellsOf)], 'begins');
}

function cellsOf({ outcome, line, listed, match, payments, recorded, difference, remarks, errors }: OutcomeRow) {
  const first = payments.slice(0, NAMED_AT_MOST);
  const more = payments.length > first.length ? [`et ${payments.length - first.length} autres`] : [];
  // one more than are named: it may be the line itself
  const otherLines = (match?.lines ?? []).slice(0, NAMED_AT_MOST + 1).filter((other) => other !== line);
  return [
    line === undefined ? '' : String(line),
    listed?.reference ?? '',
    listed === undefined ? '' : formatFrenchDay(listed.on),
    euros(listed?.amountCents),
    euros(listed?.shareCents),
    outcomeTexts[outcome].fr,
    [...first.map(({ paymentId }) => paymentId), ...more].join(' + '),
    first.flatMap(({ orderNumbers }) => orderNumbers).join(' + '),
    euros(recorded?.amountCents),
    euros(recorded?.shareCents),
    surplus(difference?.amountCents),
    shortfall(difference?.amountCents),
    surplus(difference?.shareCents),
    shortfall(difference?.shareCents),
    [
      ...(otherLines.length === 0 ? [] : [`avec les lignes ${otherLines.slice(0, NAMED_AT_MOST).join(', ')}`]),
      ...(match?.reason === undefined ? [] : [`rapproché à la main : ${match.reason}`]),
      ...remarks.map((remark) => remarkText(remark, 'fr')),
      ...errors.map((error) => {
        const { column, detail } = badCellAnswer(error, 'fr');
        return column === undefined ? detail : `${column} : ${detail}`;
      }),
    ].join(' | '),
  ];
}

function euros(cents: number | undefined): string {
  return cents === undefined ? '' : decimalEuros(cents, ',');
}

function surplus(cents: number | undefined): string {
  return cents === undefined || cents <= 0 ? '' : euros(cents);
}

function shortfall(cents: number | undefined): string {
  return cents === undefined || cents >= 0 ? '' : euros(-cents);
}
