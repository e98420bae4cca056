/** Writes rows as French office spreadsheets read them: `;`, CRLF, UTF-8 with a byte order mark, no cell a formula. */

import { stringify } from 'csv-stringify/sync';
import { officeConvention } from './conventions.js';

/** @param place a file begins with its byte order mark, what goes on has none */
export function officeCsv(rows: readonly (readonly string[])[], place: 'begins' | 'goes on'): string {
  return stringify(rows as string[][], {
    bom: place === 'begins',
    delimiter: officeConvention.delimiter,
    record_delimiter: '\r\n',
    escape_formulas: true,
  });
}
