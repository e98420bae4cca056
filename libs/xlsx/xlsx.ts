/**
 * Writes a spreadsheet while it is being sent: rows come in batches and leave as soon as they are compressed, so that memory does not
 * grow with them. Text is always text (no cell is a formula), an amount is a number with its two decimals, a day is a date.
 */

import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { daysBetween, type Day } from '#libs/calendar/day';
import { decimalEuros } from '#libs/money/euros';
import {
  columnName,
  contentTypes,
  escaped,
  packageRelations,
  sheetFoot,
  sheetHead,
  STYLE,
  styles,
  workbook,
  workbookRelations,
} from './xlsx-parts.js';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export interface XlsxColumn {
  readonly title: string;
  /** What its cells hold; `cents` are whole cents, shown as euros. */
  readonly kind: 'text' | 'cents' | 'day' | 'whole';
  /** In characters. */
  readonly width: number;
}

/** As the column's kind says; null is an empty cell. */
export type XlsxCell = string | number | null;

export interface XlsxSheet {
  /** At most 28 characters, without `[]:*?/\`. */
  readonly name: string;
  readonly columns: readonly XlsxColumn[];
  /** Batches of rows. */
  readonly rows: AsyncIterable<readonly (readonly XlsxCell[])[]>;
}

/** Rows of a sheet at most, its heading included; what is more goes on in the next one. */
const ROWS_OF_A_SHEET = 1_048_576;

/** A workbook while it is being made. Whoever lets go of the stream stops the reading of rows. */
export function xlsxOf(sheet: XlsxSheet, at: number, rowsOfASheet = ROWS_OF_A_SHEET): Readable {
  const zip = new ZipFile();
  const stream = zip.outputStream as Readable;
  const mtime = new Date(at);
  const add = async (name: string, content: AsyncIterable<string>) => {
    const input = Readable.from(content, { objectMode: false });
    const stop = () => input.destroy(new Error('nobody takes the workbook'));
    stream.once('close', stop);
    zip.addReadStream(input, name, { mtime });
    await finished(input);
    stream.off('close', stop);
  };
  const fail = (error: unknown) => stream.destroy(error as Error);
  zip.on('error', fail);
  finish(zip, write(sheet, rowsOfASheet, add), mtime).catch(fail);
  return stream;
}

/** The small parts come last, when the names of the sheets are known. */
async function finish(zip: ZipFile, sheets: Promise<readonly string[]>, mtime: Date): Promise<void> {
  const names = await sheets;
  const part = (name: string, xml: string) => zip.addBuffer(Buffer.from(xml), name, { mtime });
  part('xl/styles.xml', styles);
  part('xl/workbook.xml', workbook(names));
  part('xl/_rels/workbook.xml.rels', workbookRelations(names));
  part('_rels/.rels', packageRelations);
  part('[Content_Types].xml', contentTypes(names));
  zip.end();
}

/** Gives the names of the sheets. */
async function write(
  { name, columns, rows }: XlsxSheet,
  rowsOfASheet: number,
  add: (name: string, content: AsyncIterable<string>) => Promise<void>,
): Promise<string[]> {
  const batches = rows[Symbol.asyncIterator]();
  const left: { rows: readonly (readonly XlsxCell[])[]; ended: boolean } = { rows: [], ended: false };
  const names: string[] = [];
  const xmlOfRow = rowWriter(columns);
  async function* sheetXml(): AsyncGenerator<string> {
    yield sheetHead(columns.map(({ width }) => width)) + xmlOfRow.heading;
    let written = 1;
    while (written < rowsOfASheet) {
      if (left.rows.length === 0) {
        const next = await batches.next();
        if (next.done === true) {
          left.ended = true;
          break;
        }
        left.rows = next.value;
      }
      const taken = left.rows.slice(0, rowsOfASheet - written);
      left.rows = left.rows.slice(taken.length);
      const first = written + 1;
      written += taken.length;
      yield taken.map((row, i) => xmlOfRow.row(row, first + i)).join('');
    }
    yield sheetFoot(columns.length, written);
  }
  try {
    do {
      names.push(names.length === 0 ? name : `${name} ${names.length + 1}`);
      await add(`xl/worksheets/sheet${names.length}.xml`, sheetXml());
    } while (!left.ended);
  } finally {
    await batches.return?.();
  }
  return names;
}

/** Some readers do not find a cell that does not say where it is. */
function rowWriter(columns: readonly XlsxColumn[]) {
  const places = columns.map((_, i) => columnName(i + 1));
  const kinds = columns.map(({ kind }) => kind);
  return {
    heading: rowXml(
      1,
      columns.map(({ title }, i) => textXml(`${places[i]}1`, title, STYLE.heading)),
    ),
    row: (cells: readonly XlsxCell[], number: number) =>
      rowXml(
        number,
        cells.map((cell, i) => cellXml(`${places[i]}${number}`, kinds[i]!, cell)),
      ),
  };
}

function rowXml(number: number, cells: readonly string[]): string {
  return `<row r="${number}">${cells.join('')}</row>`;
}

function cellXml(place: string, kind: XlsxColumn['kind'], cell: XlsxCell): string {
  if (cell === null || cell === '') return '';
  if (kind === 'text') return textXml(place, String(cell), STYLE.text);
  const value = kind === 'day' ? serialOf(String(cell)) : numberOf(kind, Number(cell));
  return `<c r="${place}" s="${STYLE[kind]}"><v>${value}</v></c>`;
}

function textXml(place: string, text: string, style: number): string {
  return `<c r="${place}" t="inlineStr" s="${style}"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

/**
 * An amount is written as the decimal that its cents are, digit by digit: nothing is divided. A spreadsheet reads it into the nearest
 * double, which shows the same two decimals up to 15 digits (9 999 999 999 999,99 €), far beyond what the ledger records (2^53 cents).
 */
function numberOf(kind: 'cents' | 'whole', number: number): string {
  return kind === 'cents' ? decimalEuros(number, '.') : String(number);
}

/** Days since 1899-12-30: how spreadsheets count from March 1900 on. */
function serialOf(day: Day): number {
  return daysBetween('1899-12-30', day);
}
