/** Netting settles everybody to the cent, with the fewest transfers there are, and the same ones every time. */

import * as fc from 'fast-check';
import { EXACT_UP_TO, netting, type Balance, type Transfer } from '#libs/money/netting';

const NAMES = Array.from({ length: 40 }, (_, i) => `f-${String(i).padStart(2, '0')}`);
const balances = (...cents: readonly number[]): Balance[] => cents.map((of, i) => ({ party: NAMES[i]!, cents: of }));
const transfersOf = (...cents: readonly number[]) =>
  netting(balances(...cents)).transfers.map(({ from, to, cents: of }) => [NAMES.indexOf(from), NAMES.indexOf(to), of]);

/** What is left of each balance once the transfers are made. */
function after(before: readonly Balance[], transfers: readonly Transfer[]): number[] {
  const left = new Map(before.map(({ party, cents }) => [party, cents]));
  for (const { from, to, cents } of transfers) {
    left.set(from, left.get(from)! + cents);
    left.set(to, left.get(to)! - cents);
  }
  return [...left.values()];
}

/** The fewest transfers, by trying: the first open balance is settled against each of the opposite sign in turn. */
function fewestByTrying(cents: readonly number[]): number {
  const open = cents.filter((of) => of !== 0);
  const [first, ...others] = open;
  if (first === undefined) return 0;
  const tried = others.flatMap((other, i) =>
    Math.sign(other) === Math.sign(first) ? [] : [1 + fewestByTrying(others.with(i, other + first))],
  );
  return Math.min(...tried);
}

const zeroSum = (least: number, most: number, cents: fc.Arbitrary<number>) =>
  fc.array(cents, { minLength: least - 1, maxLength: most - 1 }).map((some) => {
    const rest = -some.reduce((sum, of) => sum + of, 0);
    return balances(...some, rest === 0 ? 0 : rest);
  });
const small = fc.integer({ min: -6, max: 6 });
const large = fc.integer({ min: -(10 ** 12), max: 10 ** 12 });

describe('the transfers', () => {
  it('are none between those who owe nothing', () => {
    expect(transfersOf()).toEqual([]);
    expect(transfersOf(0, 0)).toEqual([]);
  });

  it('go from who owes to who is owed', () => {
    expect(transfersOf(66, -33, -33)).toEqual([
      [1, 0, 33],
      [2, 0, 33],
    ]);
    expect(transfersOf(17_000, -27_000, 10_000)).toEqual([
      [1, 0, 17_000],
      [1, 2, 10_000],
    ]);
  });

  it('settle each group that sums to zero by itself: three here, where the largest first would take four', () => {
    expect(transfersOf(5, 4, -3, -4, -2)).toHaveLength(3);
    expect(transfersOf(7, 6, -4, -3, -6)).toHaveLength(3);
  });

  it('are refused for balances that do not sum to zero, or a party that comes twice', () => {
    expect(() => netting(balances(1, 1))).toThrow(RangeError);
    expect(() => netting([...balances(1, -1), ...balances(1, -1)])).toThrow(RangeError);
  });

  it('are as few as any, tried one by one', () => {
    fc.assert(
      fc.property(zeroSum(2, 7, small), (some) => {
        const { transfers, areFewest } = netting(some);
        expect(areFewest).toBe(true);
        expect(transfers).toHaveLength(fewestByTrying(some.map(({ cents }) => cents)));
      }),
      { numRuns: 300 },
    );
  });

  it('leave nobody with a cent, are all positive, and nobody both pays and is paid', () => {
    fc.assert(
      fc.property(fc.oneof(zeroSum(2, 9, small), zeroSum(2, 9, large), zeroSum(18, 40, large)), (some) => {
        const { transfers, areFewest } = netting(some);
        expect(new Set(after(some, transfers))).toEqual(new Set([0]));
        for (const { cents } of transfers) expect(cents).toBeGreaterThan(0);
        const payers = new Set(transfers.map(({ from }) => from));
        expect(transfers.some(({ to }) => payers.has(to))).toBe(false);
        expect(transfers.length).toBeLessThan(some.length);
        expect(areFewest).toBe(some.filter(({ cents }) => cents !== 0).length <= EXACT_UP_TO);
      }),
    );
  });

  it('are the same in whatever order the balances come', () => {
    fc.assert(
      fc.property(zeroSum(2, 20, small), fc.infiniteStream(fc.nat()), (some, chance) => {
        const shuffled = some
          .map((balance) => ({ balance, rank: chance.next().value }))
          .toSorted((a, b) => a.rank - b.rank)
          .map(({ balance }) => balance);
        expect(netting(shuffled)).toEqual(netting(some));
      }),
    );
  });

  it('settle exact opposites directly also where all cannot be tried, and say that they may not be the fewest', () => {
    const pairs = Array.from({ length: 12 }, (_, i) => [i + 1, -(i + 1)]).flat();
    const { transfers, areFewest } = netting(balances(...pairs));
    expect(areFewest).toBe(false);
    expect(transfers).toHaveLength(12);
  });

  it('of the most funders that are tried exactly are found at once', () => {
    const distinct = Array.from({ length: EXACT_UP_TO - 1 }, (_, i) => 2 ** i + 1);
    const { transfers } = netting(balances(...distinct, -distinct.reduce((sum, of) => sum + of, 0)));
    expect(transfers).toHaveLength(EXACT_UP_TO - 1);
  });
});
