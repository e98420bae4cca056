/** Writes rows as open data is published: `,`, CRLF, UTF-8 without a mark; every value as it is, for machines. */

import { stringify } from 'csv-stringify/sync';
import { openDataConvention } from './conventions.js';

export function openCsv(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { delimiter: openDataConvention.delimiter, record_delimiter: '\r\n' },
  );
}
