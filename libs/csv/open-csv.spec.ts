/** Open data is written for machines: commas, no mark, every value as it is. */

import { openCsv } from './open-csv.js';

describe('An open-data CSV', () => {
  it('has commas and CRLF, quotes what needs it, and no byte order mark', () => {
    expect(openCsv([['a', 'b,c', 'd"e', '']])).toBe('a,"b,c","d""e",\r\n');
  });

  it('changes no value: a machine takes nothing for a formula', () => {
    expect(openCsv([['=1+1', '-12.50']])).toBe('=1+1,-12.50\r\n');
  });
});
