/** A commune's INSEE code is a département, Corsica's included, and three digits (domain §5). */

import { isCommune } from '#libs/identifiers/commune';

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
