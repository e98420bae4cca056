/** A table that leaves: its columns, its rows in batches, and the three files it becomes. */

import { Readable } from 'node:stream';
import { formatFrenchDay } from '#libs/calendar/day';
import { officeCsv } from '#libs/csv/office-csv';
import { openCsv } from '#libs/csv/open-csv';
import { decimalEuros, type Language } from '#libs/money/euros';
import { xlsxOf, type XlsxColumn } from '#libs/xlsx/xlsx';
import type { TABLE_FORMATS } from './export-format.js';

export interface ExportColumn<Row> {
  /** Its name for machines. */
  readonly id: string;
  readonly fr: string;
  readonly en: string;
  readonly kind: XlsxColumn['kind'];
  /** In characters. */
  readonly width: number;
  readonly of: (row: Row) => string | number | null;
  /** For machines, where `of` gives words for people. */
  readonly code?: (row: Row) => string;
}

export interface ExportTable<Row> {
  readonly name: Readonly<Record<Language, string>>;
  readonly columns: readonly ExportColumn<Row>[];
  readonly batches: AsyncIterable<readonly Row[]>;
}

export function tableFile<Row>(
  { name, columns, batches }: ExportTable<Row>,
  format: (typeof TABLE_FORMATS)[number],
  language: Language,
  at: number,
): Readable {
  if (format === 'xlsx') {
    const sheet = {
      name: name[language],
      columns: columns.map((column) => ({ title: column[language], kind: column.kind, width: column.width })),
      rows: mapped(batches, (row: Row) => columns.map(({ of }) => of(row))),
    };
    return xlsxOf(sheet, at);
  }
  const lines = format === 'csv' ? officeLines(columns, batches, language) : openDataLines(columns, batches);
  return Readable.from(lines, { objectMode: false });
}

async function* officeLines<Row>(
  columns: readonly ExportColumn<Row>[],
  batches: AsyncIterable<readonly Row[]>,
  language: Language,
): AsyncGenerator<string> {
  yield officeCsv([columns.map((column) => column[language])], 'begins');
  yield* inText(columns, batches, officeText, (rows) => officeCsv(rows, 'goes on'));
}

async function* openDataLines<Row>(
  columns: readonly ExportColumn<Row>[],
  batches: AsyncIterable<readonly Row[]>,
): AsyncGenerator<string> {
  yield openCsv([columns.map(({ id }) => id)]);
  const coded = columns.map(({ code, ...column }) => ({ ...column, of: code ?? column.of }));
  yield* inText(coded, batches, openDataText, openCsv);
}

type CellText = (kind: XlsxColumn['kind'], value: string | number) => string;

const officeText: CellText = (kind, value) => {
  if (kind === 'cents') return decimalEuros(Number(value), ',');
  return kind === 'day' ? formatFrenchDay(String(value)) : String(value);
};

const openDataText: CellText = (kind, value) => (kind === 'cents' ? decimalEuros(Number(value), '.') : String(value));

async function* inText<Row>(
  columns: readonly ExportColumn<Row>[],
  batches: AsyncIterable<readonly Row[]>,
  text: CellText,
  csv: (rows: readonly (readonly string[])[]) => string,
): AsyncGenerator<string> {
  const cells = (row: Row) =>
    columns.map(({ kind, of }) => {
      const value = of(row);
      return value === null ? '' : text(kind, value);
    });
  for await (const rows of batches) if (rows.length > 0) yield csv(rows.map(cells));
}

/** Row by row, batch by batch. */
export async function* mapped<From, To>(
  batches: AsyncIterable<readonly From[]>,
  to: (row: From) => To,
): AsyncGenerator<readonly To[]> {
  for await (const batch of batches) yield batch.map(to);
}
