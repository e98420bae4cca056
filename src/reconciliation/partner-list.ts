/**
 * Reads a partner's list: office or open-data CSV, whole in memory. What is wrong with the file as a whole refuses it; a bad
 * line is kept as one, and never in the way of the others.
 */

import { CsvError, parse } from 'csv-parse/sync';
import { createHash } from 'node:crypto';
import { cellText, conventionOf, headerWord, type Convention } from '#libs/csv/conventions';
import { decodeWindows1252, EncodingWatch } from '#libs/csv/encoding';
import { holdsNir } from '#libs/identifiers/nir';
import { isAmountCents } from '#libs/money/cents';
import type { FieldErrorCode } from '#libs/nest/field-errors';
import { partsOf } from './payment-index.movements.js';
import { MAX_LINES } from './reconciliation.decider.js';
import type { BadCell, BadLine, PartnerLine } from './reconciliation.events.js';
import { reject, type BadLineCode } from './reconciliation.rejections.js';

/** Bytes of a list at most: its lines with columns that are passed over. */
export const MAX_LIST_BYTES = 8_388_608;
/** Lines of a file at most, blank ones and those within quotes too: what is longer is not cut into cells at all. */
const MAX_FILE_LINES = 4 * MAX_LINES;
const LINE_END = /\r\n|\n|\r/;
/** Characters of one line at most; one that is longer has lost a quote. */
const MAX_LINE_CHARS = 16_384;
const LONGEST_REFERENCE = 500;
const MOST_PARTS = 100;

export const columns = ['reference', 'date', 'amount', 'share'] as const;

export type Column = (typeof columns)[number];

/** What a header may say for each column, without accents, spaces, signs and capitals. */
const WORDS: Readonly<Record<Column, readonly string[]>> = {
  reference: ['reference', 'mandat', 'nmandat', 'numerodemandat', 'bordereau', 'nbordereau', 'ordernumber'],
  date: ['date', 'payele', 'datedepaiement', 'datedeversement', 'datedemandat', 'paidon'],
  amount: ['amount', 'montant'],
  share: ['share', 'quotepart', 'part', 'montantdelaquotepart'],
};

const columnOfWord = new Map(columns.flatMap((column) => WORDS[column].map((word) => [word, column] as const)));

export interface PartnerList {
  /** Of the bytes as they came, in hexadecimal. */
  readonly sha256: string;
  /** In the order of the file. */
  readonly lines: readonly (PartnerLine | BadLine)[];
  /** Columns that a reconciliation does not look at; nothing of them is kept. */
  readonly passedOver: readonly string[];
}

interface Row {
  readonly line: number;
  /** Undefined when the line cannot be cut into cells. */
  readonly cells: readonly string[] | undefined;
}

interface Header {
  readonly places: ReadonlyMap<Column, number>;
  readonly width: number;
  readonly passedOver: readonly string[];
}

/** @throws Rejection when the file as a whole cannot be read */
export function readPartnerList(bytes: Buffer): PartnerList {
  const whole = textOf(bytes);
  const begin = whole.search(/\S/);
  if (begin === -1) throw reject('LIST_EMPTY');
  const convention = conventionOf(whole.slice(begin).split(LINE_END, 1)[0]!);
  if (convention === undefined)
    throw reject('LIST_DELIMITER_MISSING', { line: whole.slice(0, begin).split(LINE_END).length });
  const text = withoutBlankEnd(whole, convention);
  const lines = text.split(LINE_END);
  if (lines.length > MAX_FILE_LINES) throw reject('LIST_TOO_LONG', { count: lines.length - 1, atMost: MAX_LINES });
  const [head, ...rows] = rowsOf(text, lines, convention);
  const header = readHeader(head?.cells ?? []);
  if (rows.length === 0) throw reject('LIST_EMPTY');
  if (rows.length > MAX_LINES) throw reject('LIST_TOO_LONG', { count: rows.length, atMost: MAX_LINES });
  return {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    lines: rows.map((row) => readLine(row, header, convention)),
    passedOver: header.passedOver,
  };
}

function textOf(bytes: Buffer): string {
  const watch = new EncodingWatch();
  watch.take(bytes);
  const verdict = watch.verdict();
  if ('unreadableAt' in verdict) {
    const before = bytes.subarray(0, verdict.unreadableAt).toString('latin1');
    throw reject('LIST_ENCODING_INVALID', { line: before.split(/\r\n|\n|\r/).length });
  }
  const { encoding, markBytes } = verdict;
  return encoding === 'utf-8' ? bytes.toString('utf8', markBytes) : decodeWindows1252(bytes);
}

/** Up to the last line that holds something: spreadsheets save thousands of empty rows after it. */
function withoutBlankEnd(text: string, { delimiter }: Convention): string {
  let end = text.length;
  while (text[end - 1] === delimiter || text[end - 1]?.trim() === '') end -= 1;
  const restOfLine = text.slice(end).search(LINE_END);
  return restOfLine === -1 ? text : text.slice(0, end + restOfLine);
}

/** The lines that are not blank. Where a quote is out of place each line of the file is read for itself. */
function rowsOf(text: string, lines: readonly string[], { delimiter }: Convention): readonly Row[] {
  const rows: readonly Row[] =
    cut(text, delimiter) ?? lines.map((line, i) => ({ line: i + 1, cells: cut(line, delimiter)?.[0]?.cells }));
  // a line that is blank says nothing, one that cannot be cut is bad
  return rows.filter(({ line, cells }) =>
    cells === undefined ? lines[line - 1]!.trim() !== '' : cells.some((cell) => cell.trim() !== ''),
  );
}

/** Cells by row; undefined when a quote is out of place. */
function cut(text: string, delimiter: string): readonly { line: number; cells: readonly string[] }[] | undefined {
  try {
    const rows: string[][] = parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      max_record_size: MAX_LINE_CHARS,
    });
    let line = 1;
    return rows.map((cells) => {
      const row = { line, cells };
      line += 1 + cells.reduce((ends, cell) => ends + (cell.split(LINE_END).length - 1), 0);
      return row;
    });
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}

/** @throws Rejection when a column is missing or there twice */
function readHeader(cells: readonly string[]): Header {
  const places = new Map<Column, number>();
  const passedOver: string[] = [];
  for (const [place, cell] of cells.entries()) {
    const name = cellText(cell);
    const column = columnOfWord.get(headerWord(name));
    if (column === undefined) {
      if (name !== '') passedOver.push(name.slice(0, 100));
      continue;
    }
    if (places.has(column)) throw reject('LIST_COLUMN_REPEATED', { column });
    places.set(column, place);
  }
  const missing = columns.find((column) => !places.has(column));
  if (missing !== undefined) throw reject('LIST_COLUMN_MISSING', { column: missing });
  return { places, width: cells.length, passedOver };
}

function readLine({ line, cells }: Row, header: Header, convention: Convention): PartnerLine | BadLine {
  if (cells === undefined) return bad(line, 'LINE_QUOTES_INVALID');
  if (cells.length < header.width) return bad(line, 'LINE_CELLS_MISSING');
  if (cells.slice(header.width).some((cell) => cell.trim() !== '')) return bad(line, 'LINE_CELLS_SURPLUS');
  const errors: BadCell[] = [];
  const read = <Value>(column: Column, code: FieldErrorCode, parseCell: (text: string) => Value | undefined) => {
    const text = cellText(cells[header.places.get(column)!]!);
    const value = text === '' ? undefined : parseCell(text);
    if (value === undefined) errors.push({ column, code: text === '' ? 'FIELD_REQUIRED' : code });
    return value;
  };
  const reference = read('reference', 'TEXT_INVALID', referenceOf);
  if (reference !== undefined && holdsNir(reference)) errors.push({ column: 'reference', code: 'PERSONAL_NUMBER' });
  const on = read('date', 'DAY_INVALID', convention.dayOf);
  const amountCents = read('amount', 'AMOUNT_INVALID', (text) => {
    const cents = convention.centsOf(text);
    return isAmountCents(cents) ? cents : undefined;
  });
  const shareCents = read('share', 'AMOUNT_INVALID', (text) => {
    const cents = convention.centsOf(text);
    // the share of a cent may be none of it (R6)
    return cents === 0 || isAmountCents(cents) ? cents : undefined;
  });
  if (
    errors.length > 0 ||
    reference === undefined ||
    on === undefined ||
    amountCents === undefined ||
    shareCents === undefined
  )
    return { line, errors };
  if (shareCents > amountCents) return bad(line, 'LINE_SHARE_EXCEEDS', 'share');
  return { line, reference, on, amountCents, shareCents };
}

function referenceOf(text: string): string | undefined {
  const parts = partsOf(text).length;
  return text.length <= LONGEST_REFERENCE && parts >= 1 && parts <= MOST_PARTS ? text : undefined;
}

function bad(line: number, code: BadLineCode, column?: Column): BadLine {
  return { line, errors: [{ ...(column === undefined ? {} : { column }), code }] };
}
