/** An association's number is `W` and nine digits (domain §5). */

import { isRna } from '#libs/identifiers/rna';

describe('an RNA', () => {
  it.each(['W276000123', 'W761000001', 'W000000000'])('may be %s', (value) => {
    expect(isRna(value)).toBe(true);
  });

  it.each([
    '',
    'w276000123',
    'W27600012',
    'W2760001234',
    'W27600012A',
    'W2A1000123',
    '276000123',
    'W276000123\n',
    276,
    null,
  ])('is never %p', (value) => {
    expect(isRna(value)).toBe(false);
  });
});
