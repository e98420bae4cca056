/** What the checks count with: first digits, series of order numbers, look-alikes. */

import { doublesIn } from './doubles.js';
import { firstDigitOf, firstDigits } from './first-digits.js';
import { gapsOf, orderOf } from './order-series.js';

describe('first digits', () => {
  it.each([
    [1, 1],
    [1_000_000_000_000, 1],
    [263_334, 2],
    [99, 9],
  ])('of %i cents is %i', (cents, digit) => {
    expect(firstDigitOf(cents)).toBe(digit);
  });

  it('that follow the law exactly deviate by next to nothing', () => {
    const law = [301, 176, 125, 97, 79, 67, 58, 51, 46];
    const { count, digits, chiSquaredThousandths, isWithin } = firstDigits(law);
    expect(count).toBe(1_000);
    expect(digits.map(({ expected }) => expected)).toEqual(law);
    expect(chiSquaredThousandths).toBeLessThan(10);
    expect(isWithin).toBe(true);
  });

  it('that are level deviate by what the textbooks give', () => {
    const { chiSquaredThousandths, isWithin, digits } = firstDigits(Array.from({ length: 9 }, () => 100));
    // Σ (100 − 900 p)² / (900 p)
    expect(chiSquaredThousandths).toBe(361_528);
    expect(isWithin).toBe(false);
    expect(digits.reduce((sum, { expected }) => sum + expected, 0)).toBe(900);
  });

  it('say nothing when they are few', () => {
    expect(firstDigits([109, 0, 0, 0, 0, 0, 0, 0, 0]).isWithin).toBeNull();
    expect(firstDigits([110, 0, 0, 0, 0, 0, 0, 0, 0]).isWithin).toBe(false);
    expect(firstDigits([0, 0, 0, 0, 0, 0, 0, 0, 0])).toMatchObject({ chiSquaredThousandths: null, isWithin: null });
  });
});

describe('order numbers', () => {
  it.each([
    ['2010-000123', { series: '2010-', number: 123 }],
    ['M7', { series: 'M', number: 7 }],
    ['42', { series: '', number: 42 }],
    ['M-7bis', undefined],
  ])('%s', (text, order) => {
    expect(orderOf(text)).toEqual(order);
  });

  it('miss what lies between two', () => {
    expect(gapsOf([1, 2, 3, 4, 5, 6, 7, 9, 10, 14])).toEqual([
      { from: 8, to: 8, before: 9 },
      { from: 11, to: 13, before: 14 },
    ]);
    expect(gapsOf([10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1])).toEqual([]);
  });

  it('are no series when they are few, or fewer than are missing', () => {
    expect(gapsOf([1, 2, 3, 4, 5, 6, 7, 8, 10])).toBeUndefined();
    expect(gapsOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 20])).toEqual([{ from: 10, to: 19, before: 20 }]);
    expect(gapsOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 21])).toBeUndefined();
  });
});

const paid = (paymentId: string, position: number, paidOn: string, schemeId = 'insertion') => ({
  paymentId,
  position,
  paidOn,
  schemeId,
});

const found = (...alike: ReturnType<typeof paid>[]) =>
  doublesIn(alike).map(({ payment, others }) => [payment.paymentId, ...others.map(({ paymentId }) => paymentId)]);

describe('look-alikes', () => {
  it('are 30 days apart at most, and the later recorded is named', () => {
    expect(found(paid('A', 1, '2010-03-01'), paid('B', 2, '2010-03-31'))).toEqual([['B', 'A']]);
    expect(found(paid('A', 1, '2010-03-01'), paid('B', 2, '2010-04-01'))).toEqual([]);
    expect(found(paid('A', 5, '2010-03-01'), paid('B', 2, '2010-03-31'))).toEqual([['A', 'B']]);
  });

  it('are of one scheme', () => {
    expect(found(paid('A', 1, '2010-03-01'), paid('B', 2, '2010-03-01', 'emplois-tremplins'))).toEqual([]);
  });

  it('may be several', () => {
    const three = [paid('A', 1, '2010-03-01'), paid('B', 2, '2010-03-20'), paid('C', 3, '2010-03-25')];
    expect(found(...three)).toEqual([
      ['B', 'A'],
      ['C', 'A', 'B'],
    ]);
  });
});
