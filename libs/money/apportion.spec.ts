/** Not one cent is lost, and nobody is ahead by more than a cent: rules R6 and R9 to R13, by vectors, exhaustion and chance. */

import * as fc from 'fast-check';
import { apportion, apportionRecovery } from '#libs/money/apportion';

const A_B_C = [0, 1, 2];
const NOTHING_YET = [0, 0, 0];
const MAX_AMOUNT_CENTS = 1_000_000_000_000;

const sum = (cents: readonly number[]) => cents.reduce((total, one) => total + one, 0);
const plus = (a: readonly number[], b: readonly number[]) => a.map((cents, i) => cents + b[i]!);
const minus = (a: readonly number[], b: readonly number[]) => a.map((cents, i) => cents - b[i]!);
const spread = (cents: readonly number[]) => Math.max(...cents) - Math.min(...cents);
const equally = (amountCents: number, netCents: readonly number[], tieRank: readonly number[] = A_B_C) =>
  apportion(
    amountCents,
    netCents.map(() => 1),
    netCents,
    tieRank,
  ).sharesCents;

/** R10 word for word, whatever the weights; amounts stay small enough for plain numbers. */
function byDeficit(amount: number, weights: readonly number[], net: readonly number[], tieRank: readonly number[]) {
  const total = sum(weights);
  const shares = weights.map((weight) => Math.floor((amount * weight) / total));
  const deficits = weights.map((weight, i) => weight * (sum(net) + amount) - total * (net[i]! + shares[i]!));
  const waiting = weights.map((_, i) => i).filter((i) => (amount * weights[i]!) % total !== 0);
  for (let left = amount - sum(shares); left > 0; left -= 1) {
    let next = waiting[0]!;
    for (const i of waiting) {
      const ahead = deficits[i]! - deficits[next]!;
      if (ahead > 0 || (ahead === 0 && tieRank[i]! < tieRank[next]!)) next = i;
    }
    shares[next]! += 1;
    waiting.splice(waiting.indexOf(next), 1);
  }
  return shares;
}

/** A fixed series of numbers from 1 to `most` (Park and Miller's generator). */
function* series(count: number, most: number) {
  let state = 276;
  for (let i = 0; i < count; i += 1) {
    state = (state * 48_271) % (2 ** 31 - 1);
    yield 1 + (state % most);
  }
}

const amounts = fc.integer({ min: 0, max: MAX_AMOUNT_CENTS });

/** 1 to 6 parties with any weights, any net shares, in any tie order. */
const parties = fc.integer({ min: 1, max: 6 }).chain((n) =>
  fc.record({
    weights: fc.array(fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 10 ** 9 })), {
      minLength: n,
      maxLength: n,
    }),
    netCents: fc.array(fc.integer({ min: -(10 ** 13), max: 10 ** 13 }), { minLength: n, maxLength: n }),
    tieRank: fc.shuffledSubarray(
      Array.from({ length: n }, (_, i) => i),
      { minLength: n },
    ),
  }),
);

describe('the vectors of R13: equal key, fresh scheme, order A B C', () => {
  it.each([
    [1, [1, 0, 0]],
    [100, [34, 33, 33]],
    [101, [34, 34, 33]],
    [102, [34, 34, 34]],
    [790_000, [263_334, 263_333, 263_333]],
    [1_500_000, [500_000, 500_000, 500_000]],
  ])('%d cents give %j', (amountCents, shares) => {
    expect(equally(amountCents, NOTHING_YET)).toEqual(shares);
  });

  it('100 three times gives the extra cent to A, then to B, then to C', () => {
    const first = equally(100, NOTHING_YET);
    const second = equally(100, first);
    const third = equally(100, plus(first, second));
    expect([first, second, third]).toEqual([
      [34, 33, 33],
      [33, 34, 33],
      [33, 33, 34],
    ]);
  });

  it('names the order in which the extra cents went', () => {
    expect(apportion(101, [1, 1, 1], [5, 4, 5], [2, 1, 0]).order).toEqual([1, 2, 0]);
  });
});

describe('every split (R6)', () => {
  it('sums to the amount exactly and takes from nobody, whatever the weights and the past', () => {
    fc.assert(
      fc.property(amounts, parties, (amountCents, { weights, netCents, tieRank }) => {
        const { sharesCents, order } = apportion(amountCents, weights, netCents, tieRank);
        expect(sum(sharesCents)).toBe(amountCents);
        expect(sharesCents.every((cents) => Number.isSafeInteger(cents) && cents >= 0)).toBe(true);
        expect(order.toSorted((a, b) => a - b)).toEqual(weights.map((_, i) => i));
      }),
      { numRuns: 2000 },
    );
  });

  it('gives everyone the floor of the exact part or one cent more, and the exact part when it is whole (R10)', () => {
    fc.assert(
      fc.property(amounts, parties, (amountCents, { weights, netCents, tieRank }) => {
        const total = BigInt(sum(weights));
        apportion(amountCents, weights, netCents, tieRank).sharesCents.forEach((cents, i) => {
          const exact = BigInt(amountCents) * BigInt(weights[i]!);
          const above = BigInt(cents) * total - exact;
          const equalKey = weights.every((weight) => weight === weights[0]);
          expect(above > -total && above < total).toBe(true);
          expect(exact % total === 0n && !equalKey ? above : 0n).toBe(0n);
        });
      }),
      { numRuns: 1000 },
    );
  });

  it('asked twice answers the same', () => {
    fc.assert(
      fc.property(amounts, parties, (amountCents, { weights, netCents, tieRank }) => {
        const once = apportion(amountCents, weights, netCents, tieRank);
        expect(apportion(amountCents, weights, netCents, tieRank)).toEqual(once);
      }),
    );
  });
});

describe('an equal key (R9)', () => {
  it('makes the one at rank k pay floor((amount + n − 1 − k) / n): all amounts up to 60, several pasts', () => {
    const pasts = [[0], [0, 0], [3, 1], NOTHING_YET, [1, 0, 0], [0, 1, 1], [7, 7, 9], [-1, 0, 1], [5, 4, 4, 6, 5]];
    for (const netCents of pasts)
      for (let amountCents = 0; amountCents <= 60; amountCents += 1) {
        const n = netCents.length;
        const tieRank = netCents.map((_, i) => i);
        const { sharesCents, order } = apportion(
          amountCents,
          netCents.map(() => 1),
          netCents,
          tieRank,
        );
        expect(order).toEqual(tieRank.toSorted((a, b) => netCents[a]! - netCents[b]! || a - b));
        expect(order.map((i) => sharesCents[i])).toEqual(
          order.map((_, k) => Math.floor((amountCents + n - 1 - k) / n)),
        );
      }
  });

  it('is what R10 gives for equal weights, on 20 000 payments in a row', () => {
    let net = NOTHING_YET;
    const differing: number[] = [];
    for (const amountCents of series(20_000, 2_000_000)) {
      const shares = equally(amountCents, net);
      if (byDeficit(amountCents, [1, 1, 1], net, A_B_C).join() !== shares.join()) differing.push(amountCents);
      net = plus(net, shares);
    }
    expect(differing).toEqual([]);
    expect(spread(net)).toBeLessThanOrEqual(1);
  });

  it('is what R10 gives for equal weights, whatever the past, and 2 : 2 : 2 is 1 : 1 : 1', () => {
    const past = fc.array(fc.integer({ min: 0, max: 10 ** 9 }), { minLength: 3, maxLength: 3 });
    const ranks = fc.shuffledSubarray(A_B_C, { minLength: 3 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 9 }), past, ranks, (amountCents, net, tieRank) => {
        const shares = equally(amountCents, net, tieRank);
        expect(shares).toEqual(byDeficit(amountCents, [1, 1, 1], net, tieRank));
        expect(shares).toEqual(apportion(amountCents, [2, 2, 2], net, tieRank).sharesCents);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps the totals within a cent after every series of up to 6 payments of 1 to 4 cents (R12)', () => {
    const pay = (net: readonly number[], payments: number): number => {
      if (payments === 0) return spread(net);
      const onwards = [1, 2, 3, 4].map((amountCents) => pay(plus(net, equally(amountCents, net)), payments - 1));
      return Math.max(spread(net), ...onwards);
    };
    expect(pay(NOTHING_YET, 6)).toBe(1);
  });

  it('never widens a gap beyond what it was, or a cent (R12)', () => {
    fc.assert(
      fc.property(amounts, parties, (amountCents, { netCents, tieRank }) => {
        const after = plus(netCents, equally(amountCents, netCents, tieRank));
        expect(spread(after)).toBeLessThanOrEqual(Math.max(1, spread(netCents)));
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps the totals within 1 + R cents after R corrections, at every point, and heals with payments (R12)', () => {
    const steps = fc.array(
      fc.record({
        does: fc.constantFrom('pay', 'pay', 'reverse', 'recover'),
        amountCents: fc.oneof(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 10 ** 6 })),
        which: fc.nat(),
      }),
      { maxLength: 60, size: 'max' },
    );
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 4 }), steps, (n, history) => {
        const tieRank = Array.from({ length: n }, (_, i) => i);
        const standing: { remaining: readonly number[]; order: readonly number[] }[] = [];
        let net: readonly number[] = tieRank.map(() => 0);
        let corrections = 0;
        for (const { does, amountCents, which } of history) {
          const payment = standing[which % Math.max(1, standing.length)];
          if (does === 'pay' || payment === undefined) {
            const { sharesCents, order } = apportion(
              amountCents,
              tieRank.map(() => 1),
              net,
              tieRank,
            );
            standing.push({ remaining: sharesCents, order });
            net = plus(net, sharesCents);
          } else {
            const back =
              does === 'reverse'
                ? payment.remaining
                : apportionRecovery(Math.min(amountCents, sum(payment.remaining)), payment.remaining, payment.order);
            payment.remaining = minus(payment.remaining, back);
            net = minus(net, back);
            corrections += 1;
          }
          expect(spread(net)).toBeLessThanOrEqual(1 + corrections);
        }
        for (let cents = spread(net) * (n - 1); cents > 0; cents -= 1) net = plus(net, equally(1, net, tieRank));
        expect(spread(net)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });
});

describe('an unequal key (R10)', () => {
  const KEY = [51, 35, 14];
  /** How far a funder is from its exact cumulative share, in hundredths of a cent. */
  const furthest = (net: readonly number[]) => Math.max(...KEY.map((w, i) => Math.abs(100 * net[i]! - w * sum(net))));

  it('follows the rule word for word', () => {
    const past = fc.array(fc.integer({ min: 0, max: 10 ** 6 }), { minLength: 3, maxLength: 3 });
    const ranks = fc.shuffledSubarray(A_B_C, { minLength: 3 });
    const weights = fc
      .array(fc.integer({ min: 1, max: 100 }), { minLength: 3, maxLength: 3 })
      .filter((key) => key.some((weight) => weight !== key[0]));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 9 }), weights, past, ranks, (amountCents, key, net, tieRank) => {
        const { sharesCents } = apportion(amountCents, key, net, tieRank);
        expect(sharesCents).toEqual(byDeficit(amountCents, key, net, tieRank));
      }),
      { numRuns: 2000 },
    );
  });

  it('settles level deficits by the order drawn when the scheme was opened', () => {
    expect(apportion(2, [2, 1, 1], NOTHING_YET, [0, 1, 2]).sharesCents).toEqual([1, 1, 0]);
    expect(apportion(2, [2, 1, 1], NOTHING_YET, [0, 2, 1]).sharesCents).toEqual([1, 0, 1]);
    expect(apportion(2, [2, 1, 1], NOTHING_YET, [2, 1, 0]).sharesCents).toEqual([1, 0, 1]);
  });

  it('splits the envelope of the contract 276 into its contributions to the cent', () => {
    const contributionsCents = [49_100_000_000, 33_684_000_000, 13_834_000_000];
    expect(apportion(96_618_000_000, [49_100, 33_684, 13_834], NOTHING_YET, A_B_C).sharesCents).toEqual(
      contributionsCents,
    );
  });

  it('51 / 35 / 14 stays within 0.81 cent of everyone’s exact share on a fixed series of 20 000 payments', () => {
    let net = NOTHING_YET;
    let worst = 0;
    for (const amountCents of series(20_000, 2_000_000)) {
      net = plus(net, apportion(amountCents, KEY, net, A_B_C).sharesCents);
      worst = Math.max(worst, furthest(net));
    }
    expect(worst).toBeLessThanOrEqual(81);
  });

  it('51 / 35 / 14 never strays by more than 0.90 cent: every situation that payments can lead to', () => {
    // 100 cents more of a payment move everyone by whole cents, so only amounts up to 99 lead anywhere new
    const seen = new Set(['0,0,0']);
    const ahead: (readonly number[])[] = [NOTHING_YET];
    let worst = 0;
    for (let net = ahead.pop(); net !== undefined; net = ahead.pop())
      for (let amountCents = 1; amountCents < 100; amountCents += 1) {
        const after = plus(net, apportion(amountCents, KEY, net, A_B_C).sharesCents);
        const situation = KEY.map((w, i) => 100 * after[i]! - w * sum(after)).join();
        worst = Math.max(worst, furthest(after));
        if (seen.has(situation)) continue;
        seen.add(situation);
        ahead.push(after);
      }
    expect(seen.size).toBeGreaterThan(200);
    expect(worst).toBe(90);
  });
});

describe('a recovery (R11)', () => {
  /** A payment's shares under some key, and in what parts it comes back: whole in the end. */
  const recovered = fc.record({
    amountCents: fc.oneof(fc.integer({ min: 1, max: 30 }), amounts),
    parties,
    equalKey: fc.boolean(),
    cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12, size: 'max' }),
  });

  it('comes back to nobody’s loss, in parts that mirror the payment exactly, under any key', () => {
    fc.assert(
      fc.property(recovered, ({ amountCents, parties: { weights, tieRank }, equalKey, cuts }) => {
        const key = equalKey ? weights.map(() => 1) : weights;
        const { sharesCents, order } = apportion(
          amountCents,
          key,
          key.map(() => 0),
          tieRank,
        );
        let remaining = sharesCents;
        let given: readonly number[] = key.map(() => 0);
        for (const cut of [...cuts, 1]) {
          const part = Math.min(sum(remaining), Math.ceil(cut * sum(remaining)));
          const back = apportionRecovery(part, remaining, order);
          const left = sum(remaining);
          const wronged = back.filter((cents, i) => {
            const above = BigInt(cents) * BigInt(left) - BigInt(part) * BigInt(remaining[i] ?? 0);
            const aCent = BigInt(Math.max(1, left));
            return cents < 0 || cents > remaining[i]! || above <= -aCent || above >= aCent;
          });
          expect([sum(back), wronged]).toEqual([part, []]);
          remaining = minus(remaining, back);
          given = plus(given, back);
          expect(equalKey ? spread(remaining) : 0).toBeLessThanOrEqual(1);
        }
        expect(given).toEqual(sharesCents);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves the shares of an equal key within a cent, from every start up to 9 cents each', () => {
    for (let n = 2; n <= 4; n += 1)
      for (let amountCents = 0; amountCents <= 9 * n; amountCents += 1)
        for (let first = 0; first < n; first += 1) {
          const tieRank = Array.from({ length: n }, (_, i) => (i + first) % n);
          const { sharesCents, order } = apportion(
            amountCents,
            tieRank.map(() => 1),
            tieRank.map(() => 0),
            tieRank,
          );
          for (let part = 0; part <= amountCents; part += 1)
            for (const ties of [order, order.toReversed()])
              expect(spread(minus(sharesCents, apportionRecovery(part, sharesCents, ties)))).toBeLessThanOrEqual(1);
        }
  });

  it('gives the left-over cent to the largest remainder, and level ones in the payment’s own order', () => {
    expect(apportionRecovery(10, [60, 30, 10], A_B_C)).toEqual([6, 3, 1]);
    expect(apportionRecovery(5, [60, 30, 11], A_B_C)).toEqual([3, 1, 1]);
    expect(apportionRecovery(1, [33, 33, 33], [2, 0, 1])).toEqual([0, 0, 1]);
    expect(apportionRecovery(2, [33, 33, 33], [2, 0, 1])).toEqual([1, 0, 1]);
  });

  it('takes nothing from who bears nothing', () => {
    expect(apportionRecovery(1, [1, 0, 0], [2, 1, 0])).toEqual([1, 0, 0]);
    expect(apportionRecovery(0, NOTHING_YET, A_B_C)).toEqual(NOTHING_YET);
  });

  it('refuses more than what remains', () => {
    expect(() => apportionRecovery(101, [34, 33, 33], A_B_C)).toThrow(RangeError);
  });
});
