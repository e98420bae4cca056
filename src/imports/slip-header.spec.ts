/** What a header may say, and in which order. */

import { columns, readHeader } from './slip-header.js';

const ENGLISH = ['grantId', 'paymentId', 'amount', 'paidOn', 'instalment', 'orderNumber'];

describe('The header of a slip', () => {
  it('names its columns in any order and in any capitals', () => {
    const { places } = readHeader(['ORDERNUMBER', 'paidon', ' Amount ', 'grantid', 'paymentId', 'Instalment']);
    expect(Object.fromEntries(places)).toEqual({
      orderNumber: 0,
      paidOn: 1,
      amount: 2,
      grantId: 3,
      paymentId: 4,
      instalment: 5,
    });
  });

  it('may name every column in French', () => {
    const { places } = readHeader([
      'Dossier',
      'Versement',
      'Montant',
      'Payé le',
      'Nature',
      'N° mandat',
      'Payeur',
      'Exercice',
      'Motif',
    ]);
    expect([...places.keys()]).toEqual([...columns]);
  });

  it('may come from a report: its columns are passed over', () => {
    const { cells } = readHeader([...ENGLISH, 'result', 'code', 'detail']);
    expect(cells.slice(6).map(({ holds }) => holds)).toEqual(['passed-over', 'passed-over', 'passed-over']);
  });

  it('may end with unnamed columns, as spreadsheets write them', () => {
    expect(readHeader([...ENGLISH, '', '']).cells.at(-1)).toEqual({ name: '', holds: 'unnamed' });
  });

  it.each(ENGLISH)('is refused without %s', (column) => {
    expect(() => readHeader(ENGLISH.filter((name) => name !== column))).toThrow(
      expect.objectContaining({ code: 'SLIP_COLUMN_MISSING', facts: { column } }) as Error,
    );
  });

  it.each(['amountCents', 'ville', ''])('is refused with a column %j', (column) => {
    expect(() => readHeader([column, ...ENGLISH])).toThrow(
      expect.objectContaining({ code: 'SLIP_COLUMN_UNKNOWN', facts: { column } }) as Error,
    );
  });

  it('is refused with a column twice, be it in two languages', () => {
    expect(() => readHeader([...ENGLISH, 'montant'])).toThrow(
      expect.objectContaining({ code: 'SLIP_COLUMN_REPEATED', facts: { column: 'amount' } }) as Error,
    );
  });
});
