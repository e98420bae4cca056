/** How a partner's list is read: nothing guessed, a bad line never in the way of the others. */

import { readPartnerList } from './partner-list.js';
import type { BadLine, PartnerLine } from './reconciliation.events.js';

const HEADER = 'reference;date;amount;share';
const GOOD = 'M-1;31/03/2010;1 234,56;411,52';
const READ: Omit<PartnerLine, 'line'> = {
  reference: 'M-1',
  on: '2010-03-31',
  amountCents: 123_456,
  shareCents: 41_152,
};

const read = (...lines: readonly string[]) => readPartnerList(Buffer.from(lines.join('\r\n'))).lines;
const errorsOf = (line: PartnerLine | BadLine) => ('errors' in line ? line.errors : []);

describe('A list', () => {
  it.each([
    ['an office', HEADER, GOOD],
    ['open data', 'reference,date,amount,share', 'M-1,2010-03-31,1234.56,411.52'],
    ['an office in French', 'N° Mandat;Date;Montant;Quote-part', GOOD],
    ['an office, in another order', 'Quote-part;Montant;Date;Référence', '411,52;1 234,56;31/03/2010;M-1'],
    ['an office with a column of its own', `Tiers;${HEADER}`, `Atelier;${GOOD}`],
  ])('of %s is read', (_, header, line) => {
    expect(read(header, line)).toEqual([{ line: 2, ...READ }]);
  });

  it('may be in Windows-1252, and says which columns were passed over', () => {
    const bytes = Buffer.from(
      `R\u00e9f\u00e9rence;date;montant;quote-part;B\u00e9n\u00e9ficiaire\n${GOOD};\u00c9t\u00e9`,
      'latin1',
    );
    expect(readPartnerList(bytes)).toMatchObject({ lines: [{ line: 2, ...READ }], passedOver: ['Bénéficiaire'] });
  });

  it('is known by its bytes', () => {
    const one = readPartnerList(Buffer.from(`${HEADER}\n${GOOD}`));
    const other = readPartnerList(Buffer.from(`${HEADER}\n${GOOD}\n`));
    expect(one.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(other.lines).toEqual(one.lines);
    expect(other.sha256).not.toBe(one.sha256);
  });

  it('keeps count of its lines, blank ones and those within cells too', () => {
    const lines = read(`${HEADER};libellé`, '', `${GOOD};"deux\r\nlignes"`, ';;;;', `${GOOD};`);
    expect(lines.map(({ line }) => line)).toEqual([3, 6]);
  });

  it('may end in the empty rows of a whole spreadsheet', () => {
    expect(read(HEADER, GOOD, ' ;;;\r\n'.repeat(1_000_000))).toEqual([{ line: 2, ...READ }]);
    expect(errorsOf(read(HEADER, 'M-1;31/03/2010;1,00;', ';;;')[0]!)).toMatchObject([{ code: 'FIELD_REQUIRED' }]);
  });

  it.each([
    ['blank lines', ''],
    ['lines within a quote', '"'],
    ['lines of which one has lost a quote', `"\n${GOOD}`],
  ])('of too many %s is refused before it is cut into cells', (_, first) => {
    expect(() => read(HEADER, first, '\r\n'.repeat(1_000_000), GOOD)).toThrow('LIST_TOO_LONG');
  });
});

describe('A bad line', () => {
  it.each([
    [';31/03/2010;1,00;0,33', [{ column: 'reference', code: 'FIELD_REQUIRED' }]],
    [' + ;31/03/2010;1,00;0,33', [{ column: 'reference', code: 'TEXT_INVALID' }]],
    [`${'M'.repeat(501)};31/03/2010;1,00;0,33`, [{ column: 'reference', code: 'TEXT_INVALID' }]],
    ['1 84 12 76 451 089 46;31/03/2010;1,00;0,33', [{ column: 'reference', code: 'PERSONAL_NUMBER' }]],
    ['M-1;2010-03-31;1,00;0,33', [{ column: 'date', code: 'DAY_INVALID' }]],
    ['M-1;31/03/2010;1.234;0,33', [{ column: 'amount', code: 'AMOUNT_INVALID' }]],
    ['M-1;31/03/2010;-1,00;0,33', [{ column: 'amount', code: 'AMOUNT_INVALID' }]],
    ['M-1;31/03/2010;0,00;0,00', [{ column: 'amount', code: 'AMOUNT_INVALID' }]],
    ['M-1;31/03/2010;1,00;', [{ column: 'share', code: 'FIELD_REQUIRED' }]],
    ['M-1;31/03/2010;1,00;1,01', [{ column: 'share', code: 'LINE_SHARE_EXCEEDS' }]],
    ['M-1;31/03/2010;1,00', [{ code: 'LINE_CELLS_MISSING' }]],
    ['M-1;31/03/2010;1,00;0,33;x', [{ code: 'LINE_CELLS_SURPLUS' }]],
    ['"M-1;31/03/2010;1,00;0,33', [{ code: 'LINE_QUOTES_INVALID' }]],
    ['M-1;31/03/2010;1,00;0"33', [{ code: 'LINE_QUOTES_INVALID' }]],
  ])('is kept with its column and code, and blocks nothing: %s', (bad, errors) => {
    const lines = read(HEADER, GOOD, bad, GOOD);
    expect(lines.map(({ line }) => line)).toEqual([2, 3, 4]);
    expect(lines.map(errorsOf)).toEqual([[], errors, []]);
  });

  it('may have several things wrong', () => {
    expect(errorsOf(read(HEADER, 'M-1;hier;rien;0,33')[0]!).map(({ column }) => column)).toEqual(['date', 'amount']);
  });

  it('is not one whose share is nothing: a cent may fall to the others (R6)', () => {
    expect(read(HEADER, 'M-1;31/03/2010;0,01;0,00')).toMatchObject([{ amountCents: 1, shareCents: 0 }]);
  });
});
