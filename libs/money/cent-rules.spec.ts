/** The cent rules: what each gives, and that none of them loses a cent. */

import * as fc from 'fast-check';
import { apportion } from './apportion.js';
import { apportionBy, centRules, type CentRule, type Split } from './cent-rules.js';

const split = (other: Partial<Split> = {}): Split => ({
  amountCents: 100,
  weights: [1, 1, 1],
  netCents: [0, 0, 0],
  tieRank: [0, 1, 2],
  payer: 0,
  ...other,
});

it.each<[CentRule, string, Partial<Split>, readonly number[], readonly number[]]>([
  ['least-paid', 'the extra cent goes to whoever has borne least', { netCents: [1, 1, 0] }, [33, 33, 34], [2, 0, 1]],
  [
    'fixed-order',
    'the extra cent goes to the first in order, always',
    { netCents: [9, 0, 0] },
    [34, 33, 33],
    [0, 1, 2],
  ],
  ['fixed-order', 'in the order that was drawn', { tieRank: [2, 0, 1] }, [33, 34, 33], [1, 2, 0]],
  ['fixed-order', 'two extra cents go to the first two', { amountCents: 101 }, [34, 34, 33], [0, 1, 2]],
  ['fixed-order', 'a whole part takes no extra cent', { amountCents: 2, weights: [2, 1, 1] }, [1, 1, 0], [0, 1, 2]],
  ['payer-takes-rest', 'all extra cents go to the payer', { amountCents: 101, payer: 2 }, [33, 33, 35], [2, 0, 1]],
  ['payer-takes-rest', 'or to the first when no party pays', { payer: undefined }, [34, 33, 33], [0, 1, 2]],
  ['largest-remainder', '51/35/14 of 1,01 €', { amountCents: 101, weights: [51, 35, 14] }, [52, 35, 14], [0, 1, 2]],
  ['largest-remainder', '51/35/14 of 0,03 €', { amountCents: 3, weights: [51, 35, 14] }, [2, 1, 0], [0, 2, 1]],
  ['largest-remainder', 'ties in the fixed order', { tieRank: [1, 0, 2] }, [33, 34, 33], [1, 0, 2]],
])('%s: %s', (rule, _, other, shares, order) => {
  expect(apportionBy(rule, split(other))).toEqual({ sharesCents: shares, order });
});

const splits = fc
  .array(fc.record({ weight: fc.integer({ min: 1, max: 1_000_000_000 }), net: fc.integer({ min: 0, max: 10 ** 9 }) }), {
    minLength: 1,
    maxLength: 6,
  })
  .chain((parties) =>
    fc.record({
      amountCents: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 10 ** 12 })),
      weights: fc.constant(parties.map(({ weight }) => weight)),
      netCents: fc.constant(parties.map(({ net }) => net)),
      tieRank: fc.shuffledSubarray(
        parties.map((_, i) => i),
        { minLength: parties.length },
      ),
      payer: fc.option(fc.nat(parties.length - 1), { nil: undefined }),
    }),
  );

describe.each(centRules)('%s, of any amount by any weights', (rule) => {
  it('shares that are never negative sum to the amount, each at most the parties’ number of cents above its whole part', () => {
    fc.assert(
      fc.property(splits, (each) => {
        const { sharesCents, order } = apportionBy(rule, each);
        expect(sharesCents.reduce((sum, cents) => sum + cents, 0)).toBe(each.amountCents);
        expect(order.toSorted((a, b) => a - b)).toEqual(each.weights.map((_, i) => i));
        const total = each.weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
        for (const [i, cents] of sharesCents.entries()) {
          const whole = Number((BigInt(each.amountCents) * BigInt(each.weights[i]!)) / total);
          expect(cents).toBeGreaterThanOrEqual(whole);
          expect(cents).toBeLessThan(whole + each.weights.length);
        }
      }),
    );
  });
});

it('least-paid is the ledger’s own rule', () => {
  fc.assert(
    fc.property(splits, (each) => {
      const { amountCents, weights, netCents, tieRank } = each;
      expect(apportionBy('least-paid', each)).toEqual(apportion(amountCents, weights, netCents, tieRank));
    }),
  );
});
