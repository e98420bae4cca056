/** Amounts as people write them come back as the same cents, and what is ambiguous is refused (domain §5). */

import * as fc from 'fast-check';
import { decimalEuros, formatEuros, parseDecimalEuros, parseOfficeEuros } from '#libs/money/euros';

const amounts = fc.integer({ min: 0, max: 10 ** 12 });

describe('an amount for a reader', () => {
  it.each([
    [123_456_789, '1\u202f234\u202f567,89\u202f€'],
    [100_000, '1\u202f000,00\u202f€'],
    [99_999, '999,99\u202f€'],
    [5, '0,05\u202f€'],
    [0, '0,00\u202f€'],
    [-123_456, '−1\u202f234,56\u202f€'],
  ])('%d cents read %s in French, with narrow no-break spaces', (amountCents, text) => {
    expect(formatEuros(amountCents)).toBe(text);
  });

  it.each([
    [123_456_789, '€1,234,567.89'],
    [5, '€0.05'],
    [-123_456, '−€1,234.56'],
  ])('%d cents read %s in English', (amountCents, text) => {
    expect(formatEuros(amountCents, 'en')).toBe(text);
  });
});

describe('an amount for a machine', () => {
  it.each([
    [123_456, '1234.56', '1234,56'],
    [7, '0.07', '0,07'],
    [0, '0.00', '0,00'],
    [-50, '-0.50', '-0,50'],
  ])('%d cents are %s, or %s with a comma', (amountCents, withPoint, withComma) => {
    expect(decimalEuros(amountCents, '.')).toBe(withPoint);
    expect(decimalEuros(amountCents, ',')).toBe(withComma);
  });

  it('comes back as the same cents', () => {
    fc.assert(
      fc.property(amounts, (amountCents) => {
        expect(parseDecimalEuros(decimalEuros(amountCents, '.'))).toBe(amountCents);
      }),
    );
  });

  it.each([
    ['1234', 123_400],
    ['1234.5', 123_450],
    [' 0.01 ', 1],
  ])('is read from %p', (text, amountCents) => {
    expect(parseDecimalEuros(text)).toBe(amountCents);
  });

  it.each(['', '.5', '1.', '1.234', '1,50', '1 234.00', '1e3', '-1', '+1', '0x10', '99999999999999999'])(
    'is not read from %p',
    (text) => {
      expect(parseDecimalEuros(text)).toBeUndefined();
    },
  );
});

describe('an amount from a French office', () => {
  it.each([
    ['1 234,56', 123_456],
    ['1\u00a0234,56', 123_456],
    ['1\u2009234,56', 123_456],
    ['1\u202f234,56', 123_456],
    ['1\u2007234,56', 123_456],
    ['1 234\u202f567,8', 123_456_780],
    ['1234,56', 123_456],
    ['1234', 123_400],
    ['0,05', 5],
    ['  12,50  ', 1250],
    ['12,50 €', 1250],
    ['12,50\u202f€', 1250],
    ['12€', 1200],
  ])('is read from %p', (text, amountCents) => {
    expect(parseOfficeEuros(text)).toBe(amountCents);
  });

  it.each(['1.234', '1.234,56', '12.50'])('is refused rather than guessed when it has a point: %p', (text) => {
    expect(parseOfficeEuros(text)).toBeUndefined();
  });

  it.each([
    '',
    ' ',
    '€',
    ',50',
    '1,',
    '1,234',
    '1 23,00',
    '1  234,00',
    '12 34',
    '1234 567',
    '-5',
    'douze',
    '1,2,3',
    '٣',
  ])('is not read from %p', (text) => {
    expect(parseOfficeEuros(text)).toBeUndefined();
  });

  it('is not read when it is too large to be exact', () => {
    expect(parseOfficeEuros('99999999999999999,99')).toBeUndefined();
  });

  it('comes back as the same cents, as shown to a reader and as written to a file', () => {
    fc.assert(
      fc.property(amounts, (amountCents) => {
        expect(parseOfficeEuros(formatEuros(amountCents))).toBe(amountCents);
        expect(parseOfficeEuros(decimalEuros(amountCents, ','))).toBe(amountCents);
      }),
    );
  });
});
