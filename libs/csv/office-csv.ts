/** Writes rows as French office spreadsheets read them: `;`, CRLF, UTF-8 with a byte order mark, no cell a formula. */

import { stringify } from 'csv-stringify/sync';
import { officeConvention } from './conventions.js';

/** @param place a file begins with its byte order mark, what goes on has none */
export function officeCsv(rows: readonly (readonly string[])[], place: 'begins' | 'goes on'): string {
  return stringify(
    rows.map((row) => row.map(neutral)),
    {
      bom: place === 'begins',
      delimiter: officeConvention.delimiter,
      record_delimiter: '\r\n',
    },
  );
}

/** A cell that a spreadsheet would take for a formula is made text; a negative amount, with its cents, is no formula. */
function neutral(cell: string): string {
  return /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell) && !/^-\d+,\d\d$/.test(cell) ? `'${cell}` : cell;
}
