/** The header of a slip: which cell of a line is which fact of a payment. English names, or the words of French offices. */

import { cellText, headerWord } from '#libs/csv/conventions';
import { rejectSlip } from './slip.rejections.js';

export const columns = [
  'grantId',
  'paymentId',
  'amount',
  'paidOn',
  'instalment',
  'orderNumber',
  'paidBy',
  'exercice',
  'overrideReason',
] as const;

export type Column = (typeof columns)[number];

const REQUIRED = columns.slice(0, 6);

/** What a header may say for each column, without accents, spaces, signs and capitals. */
const WORDS: Readonly<Record<Column, readonly string[]>> = {
  grantId: ['grantid', 'dossier', 'ndossier', 'numerodedossier'],
  paymentId: ['paymentid', 'versement', 'nversement', 'numerodeversement'],
  amount: ['amount', 'montant'],
  paidOn: ['paidon', 'payele', 'date', 'datedepaiement', 'datedeversement'],
  instalment: ['instalment', 'nature'],
  orderNumber: ['ordernumber', 'mandat', 'nmandat', 'numerodemandat'],
  paidBy: ['paidby', 'payepar', 'payeur', 'collectivitepayeuse'],
  exercice: ['exercice'],
  overrideReason: ['overridereason', 'motif'],
};

/** Columns that a report adds and that are passed over when it is sent again. */
export const REPORT_COLUMNS = ['result', 'code', 'detail'] as const;
const PASSED_OVER: readonly string[] = [...REPORT_COLUMNS, 'resultat'];

const columnOfWord = new Map(columns.flatMap((column) => WORDS[column].map((word) => [word, column] as const)));

export interface Header {
  /** By cell: what it holds, as the slip names it. Passed over: a report's columns, and unnamed ones at the end. */
  readonly cells: readonly HeaderCell[];
  readonly places: ReadonlyMap<Column, number>;
}

export interface HeaderCell {
  readonly name: string;
  readonly holds: Column | 'passed-over' | 'unnamed';
}

/** @throws Rejection when a column is missing, unknown or repeated */
export function readHeader(texts: readonly string[]): Header {
  const lastNamed = texts.findLastIndex((text) => cellText(text) !== '');
  const places = new Map<Column, number>();
  const cells = texts.map((text, place): HeaderCell => {
    const name = cellText(text);
    if (place > lastNamed) return { name, holds: 'unnamed' };
    const word = headerWord(name);
    if (PASSED_OVER.includes(word)) return { name, holds: 'passed-over' };
    const column = columnOfWord.get(word);
    if (column === undefined) throw rejectSlip('SLIP_COLUMN_UNKNOWN', { column: name.slice(0, 100) });
    if (places.has(column)) throw rejectSlip('SLIP_COLUMN_REPEATED', { column });
    places.set(column, place);
    return { name, holds: column };
  });
  const missing = REQUIRED.find((column) => !places.has(column));
  if (missing !== undefined) throw rejectSlip('SLIP_COLUMN_MISSING', { column: missing });
  return { cells, places };
}
