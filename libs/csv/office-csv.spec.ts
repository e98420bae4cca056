/** What an office spreadsheet is given: its own conventions, and no cell that it would take for a formula. */

import { officeCsv } from './office-csv.js';

describe('An office CSV', () => {
  it('has semicolons, CRLF and, where it begins, a byte order mark', () => {
    expect(officeCsv([['a', 'b;c']], 'begins')).toBe('\uFEFFa;"b;c"\r\n');
    expect(officeCsv([['a', '']], 'goes on')).toBe('a;\r\n');
  });

  it.each(['=1+1', '+33', '-2+3', '-12', '@SUM(A1)', '-', '\t=1', '＝1'])('makes text of %p', (cell) => {
    expect(officeCsv([[cell]], 'goes on').replaceAll('"', '')).toBe(`'${cell}\r\n`);
  });

  it.each(['-166,66', '-0,01', '12,00', 'a=b'])('leaves %p as it is', (cell) => {
    expect(officeCsv([[cell]], 'goes on')).toBe(`${cell}\r\n`);
  });
});
