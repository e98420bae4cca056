/** The two ways of writing a CSV, and what neither of them guesses. */

import { cellText, conventionOf, headerWord, officeConvention, openDataConvention, toOffice } from './conventions.js';

describe('The delimiter of the header line', () => {
  it.each(['grantId;amount', '"grantId;amount";paidOn', 'a,b;c'])('says office: %s', (header) => {
    expect(conventionOf(header)).toBe(officeConvention);
  });

  it.each(['grantId,amount', '"a;b",c'])('says open data: %s', (header) => {
    expect(conventionOf(header)).toBe(openDataConvention);
  });

  it.each(['grantId\tamount', 'grantId', '"a;b,c"'])('says nothing: %s', (header) => {
    expect(conventionOf(header)).toBeUndefined();
  });
});

describe('An office CSV', () => {
  it.each([
    ['1234,56', 123_456],
    ['1 234,56', 123_456],
    ['1\u00a0234,56', 123_456],
    ['1\u202f234\u202f567,8', 123_456_780],
    ['12', 1_200],
    ['12,30 €', 1_230],
  ])('reads the amount %s', (text, cents) => {
    expect(officeConvention.centsOf(text)).toBe(cents);
  });

  it.each(['1.234', '1234.56', '1.234,56', '12 34,00', '-5,00', '1,234', '', 'mille'])(
    'does not guess the amount %s',
    (text) => {
      expect(officeConvention.centsOf(text)).toBeUndefined();
    },
  );

  it('reads days as offices write them', () => {
    expect(officeConvention.dayOf('31/03/2010')).toBe('2010-03-31');
    expect(['2010-03-31', '31/02/2010', '3/31/2010', '31/03/10'].map(officeConvention.dayOf)).toEqual(
      Array(4).fill(undefined),
    );
  });
});

describe('An open-data CSV', () => {
  it('reads amounts with a decimal point', () => {
    expect(['1234.56', '1234', '0.5'].map(openDataConvention.centsOf)).toEqual([123_456, 123_400, 50]);
    expect(['1234,56', '1 234.56', '1.234', '-1.00', '1e3'].map(openDataConvention.centsOf)).toEqual(
      Array(5).fill(undefined),
    );
  });

  it('reads ISO days', () => {
    expect(openDataConvention.dayOf('2010-03-31')).toBe('2010-03-31');
    expect(openDataConvention.dayOf('31/03/2010')).toBeUndefined();
  });
});

describe('A cell', () => {
  it('is read without the spaces around it', () => {
    expect(cellText('  G-1\u00a0')).toBe('G-1');
  });

  it.each(['=1+1', '+33', '-12', '@here'])('is read as it was before it was kept from being a formula: %s', (text) => {
    expect(cellText(`'${text}`)).toBe(text);
  });

  it('keeps an apostrophe that is its own', () => {
    expect(cellText("'été")).toBe("'été");
  });

  it('names a column, however an office writes it', () => {
    expect(['N° Mandat', 'Payé le', 'quote-part', 'QUOTE PART'].map(headerWord)).toEqual([
      'nmandat',
      'payele',
      'quotepart',
      'quotepart',
    ]);
  });

  it('is written for an office', () => {
    expect(toOffice('amount', '1234.5', openDataConvention)).toBe('1234,50');
    expect(toOffice('day', '2010-03-31', openDataConvention)).toBe('31/03/2010');
    expect(toOffice('text', '1234.5', openDataConvention)).toBe('1234.5');
    expect(toOffice('amount', '1.2.3', openDataConvention)).toBe('1.2.3');
    expect(toOffice('amount', '1 234,5', officeConvention)).toBe('1 234,5');
  });
});
