/** What a line of a slip must say, cell by cell. */

import { officeConvention, openDataConvention } from '#libs/csv/conventions';
import { columns, readHeader, type Column } from './slip-header.js';
import { readLine, type ReadLine } from './slip-line.js';

const header = readHeader([...columns]);

const LINE: Readonly<Record<Column, string>> = {
  grantId: 'G-1',
  paymentId: 'P-1',
  amount: '1 234,56',
  paidOn: '31/03/2010',
  instalment: 'acompte',
  orderNumber: 'M-1',
  paidBy: '',
  exercice: '',
  overrideReason: '',
};

function read(other: Partial<Record<Column, string>> = {}, convention = officeConvention): ReadLine {
  const line = { ...LINE, ...other };
  return readLine(
    columns.map((column) => line[column]),
    { convention, header },
    'fr',
  );
}

function wrong(other: Partial<Record<Column, string>>): (readonly [string | undefined, string])[] {
  const line = read(other);
  if ('payment' in line) throw new Error('errors were expected');
  return line.errors.map(({ column, code }) => [column, code]);
}

const PAYMENT = {
  grantId: 'G-1',
  paymentId: 'P-1',
  amountCents: 123_456,
  paidOn: '2010-03-31',
  instalment: 'interim',
  orderNumber: 'M-1',
};

describe('A line of a slip', () => {
  it('gives a payment; what is empty is absent', () => {
    expect(read()).toEqual({ payment: PAYMENT });
  });

  it('gives everything a payment may say', () => {
    const more = { paidBy: 'eure', exercice: '2010', overrideReason: 'Deux postes' };
    expect(read(more)).toEqual({ payment: { ...PAYMENT, ...more, exercice: 2010 } });
  });

  it('is read by the reader of its convention', () => {
    expect(read({ amount: '1234.56', paidOn: '2010-03-31' }, openDataConvention)).toEqual({ payment: PAYMENT });
    expect('errors' in read({}, openDataConvention)).toBe(true);
  });

  it.each([
    ['avance', 'advance'],
    ['Acompte', 'interim'],
    ['SOLDE', 'balance'],
    ['advance', 'advance'],
    ['interim', 'interim'],
    ['balance', 'balance'],
  ])('is an instalment, %s', (text, instalment) => {
    expect(read({ instalment: text })).toEqual({ payment: { ...PAYMENT, instalment } });
  });

  it.each([
    [{ grantId: 'G 1' }, 'ID_INVALID'],
    [{ paymentId: '-P' }, 'ID_INVALID'],
    [{ paymentId: 'P'.repeat(65) }, 'ID_INVALID'],
    [{ amount: '1.234' }, 'AMOUNT_INVALID'],
    [{ amount: '0' }, 'AMOUNT_INVALID'],
    [{ amount: '10000000000,01' }, 'AMOUNT_INVALID'],
    [{ paidOn: '31/02/2010' }, 'DAY_INVALID'],
    [{ instalment: 'constructor' }, 'CHOICE_INVALID'],
    [{ orderNumber: 'M'.repeat(101) }, 'TEXT_INVALID'],
    [{ orderNumber: '1 85 05 78 006 084 91' }, 'PERSONAL_NUMBER'],
    [{ paidBy: 'la région' }, 'ID_INVALID'],
    [{ exercice: '1989' }, 'INTEGER_INVALID'],
    [{ exercice: '2010,0' }, 'INTEGER_INVALID'],
    [{ overrideReason: 'x'.repeat(501) }, 'TEXT_INVALID'],
  ] as const)('is refused for %j', (other, code) => {
    expect(wrong(other)).toEqual([[Object.keys(other)[0], code]]);
  });

  it.each(['grantId', 'paymentId', 'amount', 'paidOn', 'instalment'] as const)('is refused without %s', (column) => {
    expect(wrong({ [column]: ' ' })).toEqual([[column, 'FIELD_REQUIRED']]);
  });

  it('says everything that is wrong with it at once', () => {
    expect(wrong({ grantId: '', amount: 'x', paidOn: '2010' })).toEqual([
      ['grantId', 'FIELD_REQUIRED'],
      ['amount', 'AMOUNT_INVALID'],
      ['paidOn', 'DAY_INVALID'],
    ]);
  });

  it('is refused as a whole with too few or too many cells', () => {
    const cells = columns.map((column) => LINE[column]);
    const format = { convention: officeConvention, header };
    expect(readLine(cells.slice(1), format, 'fr')).toMatchObject({ errors: [{ code: 'SLIP_LINE_CELLS_MISSING' }] });
    expect(readLine([...cells, ''], format, 'fr')).toMatchObject({ errors: [{ code: 'SLIP_LINE_CELLS_SURPLUS' }] });
  });

  it('may be empty under an unnamed column, and no more than that', () => {
    const format = { convention: officeConvention, header: readHeader([...columns, '']) };
    const cells = columns.map((column) => LINE[column]);
    expect(readLine([...cells, ' '], format, 'fr')).toEqual({ payment: PAYMENT });
    expect(readLine([...cells, '12'], format, 'fr')).toMatchObject({ errors: [{ code: 'SLIP_LINE_CELLS_SURPLUS' }] });
  });
});
