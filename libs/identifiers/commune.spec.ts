/** A commune's INSEE code is a département, Corsica's included, and three digits (domain §5). */

import { departementOf, isCommune, isDepartement } from '#libs/identifiers/commune';

describe('a commune', () => {
  it.each(['76540', '27229', '2A004', '2B033', '01001', '97411'])('may be %s', (value) => {
    expect(isCommune(value)).toBe(true);
  });

  it.each(['', '7654', '765400', '2C004', '2a004', 'A2004', '76 540', '76540\n', 76_540, null])(
    'is never %p',
    (value) => {
      expect(isCommune(value)).toBe(false);
    },
  );
});

describe('a département', () => {
  it.each(['27', '76', '01', '95', '2A', '2B', '971', '988'])('may be %s', (value) => {
    expect(isDepartement(value)).toBe(true);
  });

  it.each(['', '7', '00', '96', '97', '20A', '2C', '760', '27\n', 27, null])('is never %p', (value) => {
    expect(isDepartement(value)).toBe(false);
  });

  it.each([
    ['76540', '76'],
    ['27229', '27'],
    ['2A004', '2A'],
    ['97411', '974'],
  ])('is what %s begins with', (commune, departement) => {
    expect(departementOf(commune)).toBe(departement);
  });

  it('is empty where no commune is known', () => {
    expect(departementOf('')).toBe('');
  });
});
