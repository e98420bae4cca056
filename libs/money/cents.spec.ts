/** An amount is a positive integer of cents up to 10^12 (R1), and a sum is exact or an error. */

import * as fc from 'fast-check';
import { MAX_AMOUNT_CENTS, addCents, isAmountCents, sumCents } from '#libs/money/cents';

describe('an amount (R1)', () => {
  it.each([1, 2, 100, MAX_AMOUNT_CENTS])('may be %d cents', (amount) => {
    expect(isAmountCents(amount)).toBe(true);
  });

  it.each([0, -1, 0.5, 1.1, MAX_AMOUNT_CENTS + 1, Number.NaN, Infinity, '100', 100n, null, undefined, [100]])(
    'is never %p',
    (value) => {
      expect(isAmountCents(value)).toBe(false);
    },
  );

  it('goes up to ten thousand million euros', () => {
    expect(MAX_AMOUNT_CENTS).toBe(10 ** 12);
  });
});

describe('a sum of cents', () => {
  it('is exact, and nothing sums to 0', () => {
    expect(sumCents([])).toBe(0);
    expect(sumCents([10, 20, -5])).toBe(25);
    expect(addCents(0.1 * 10, 2)).toBe(3);
  });

  it('is the same as with unbounded integers', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -MAX_AMOUNT_CENTS, max: MAX_AMOUNT_CENTS })), (amounts) => {
        expect(BigInt(sumCents(amounts))).toBe(amounts.reduce((sum, amount) => sum + BigInt(amount), 0n));
      }),
    );
  });

  it('stops rather than lose a cent beyond 2^53', () => {
    expect(addCents(Number.MAX_SAFE_INTEGER, 0)).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => addCents(Number.MAX_SAFE_INTEGER, 1)).toThrow(RangeError);
    expect(() => sumCents([Number.MAX_SAFE_INTEGER, 1, -1])).toThrow(RangeError);
    expect(() => sumCents([0.5])).toThrow(RangeError);
  });
});
