/** Sampling: what an auditor would redo by hand, and what holds for any population. */

import * as fc from 'fast-check';
import { drawBelow, drawKey } from './draw-order.js';
import { FirstOf } from './first-of.js';
import { hitsBetween, monetaryUnits } from './monetary-units.js';
import { allocate } from './strata.js';

describe('the draw', () => {
  it('is the SHA-256 of seed, colon, id, as sha256sum has it', () => {
    expect(drawKey(276, 'P-1')).toBe('e5577baa52b31a1f39fc43ba3ade8be2c128fb64a6fd1a737a6c1799b162c416');
    expect(drawKey(277, 'P-1')).not.toBe(drawKey(276, 'P-1'));
  });

  it('takes a number below a count as that hash modulo the count', () => {
    expect(drawBelow(276, 'start', 1_000)).toBe(805);
    expect(drawBelow(276, 'start', 1)).toBe(0);
  });
});

describe('the first of many', () => {
  it('are those that sorting all would give first, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { maxLength: 300 }), fc.nat(20), (numbers, count) => {
        const first = new FirstOf<number>(count, (a, b) => a - b);
        for (const number of numbers) first.add(number);
        expect(first.inOrder()).toEqual(numbers.toSorted((a, b) => a - b).slice(0, count));
      }),
    );
  });
});

describe('monetary units', () => {
  it('are every so-manieth cent from the start on, and the items they belong to', () => {
    const units = { intervalCents: 100, startCents: 40 };
    // cents 40, 140, 240, 340 of items of 39, 1, 250, 9, 101
    const amounts = [39, 1, 250, 9, 101];
    let sum = 0;
    const hits = amounts.map((cents) => hitsBetween(units, sum, (sum += cents)));
    expect(hits).toEqual([0, 1, 2, 0, 1]);
  });

  it('are none of nothing', () => {
    expect(monetaryUnits(0, 10, 276)).toBeUndefined();
  });

  it('hit at least as often as asked, never a cent twice, and whatever is as large as the interval', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 40 }), fc.nat(), (cents, size, seed) => {
        const total = cents.reduce((sum, amount) => sum + amount, 0);
        const units = monetaryUnits(total, size, seed)!;
        let before = 0;
        let all = 0;
        for (const amount of cents) {
          const hits = hitsBetween(units, before, before + amount);
          all += hits;
          before += amount;
          expect(hits).toBeLessThanOrEqual(amount);
          expect(hits).toBeGreaterThanOrEqual(amount >= units.intervalCents ? 1 : 0);
        }
        expect(units.startCents).toBeLessThanOrEqual(units.intervalCents);
        expect(all).toBe(Math.floor((total - units.startCents) / units.intervalCents) + 1);
        expect(all).toBeGreaterThanOrEqual(Math.min(size, total));
      }),
    );
  });
});

describe('the strata', () => {
  it.each([
    [10, [80, 15, 5], [7, 2, 1]],
    [3, [1_000, 1, 1], [1, 1, 1]],
    [4, [1_000, 1, 1], [2, 1, 1]],
    [500, [3, 2], [3, 2]],
    [2, [5, 5], [1, 1]],
    [3, [5, 5], [2, 1]],
  ])('%i of %j are %j', (size, counts, shares) => {
    expect(allocate(size, counts)).toEqual(shares);
  });

  it('get one each at least, never more than they hold, and the size in all', () => {
    const strata = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(strata, fc.nat(200), (counts, more) => {
        const size = counts.length + more;
        const shares = allocate(size, counts);
        const held = counts.reduce((sum, count) => sum + count, 0);
        expect(shares.reduce((sum, count) => sum + count, 0)).toBe(Math.min(size, held));
        for (const [i, share] of shares.entries()) {
          expect(share).toBeGreaterThanOrEqual(1);
          expect(share).toBeLessThanOrEqual(counts[i]!);
        }
      }),
    );
  });

  it('cannot share less than one each', () => {
    expect(() => allocate(1, [2, 2])).toThrow(RangeError);
  });
});
