/** The drift of the cents: exact for any weights, never more than a cent with payments alone. */

import { array, assert, constantFrom, integer, property } from 'fast-check';
import { apportion } from '#libs/money/apportion';
import { centGapOf } from './cent-gap.movements.js';

it('is a whole cent where one of three equal funders has paid the extra cent', () => {
  const shares = [34, 33, 33].map((shareCents) => ({ weight: 1, shareCents }));
  expect(centGapOf(shares)).toEqual({ netCents: 100, aheadMillicents: [666, -334, -334], gapMillicents: 1_000 });
});

it('is none for exact parts, whatever the weights, and none for nobody', () => {
  const exact = [51, 35, 14].map((weight) => ({ weight, shareCents: weight * 7 }));
  expect(centGapOf(exact)).toEqual({ netCents: 700, aheadMillicents: [0, 0, 0], gapMillicents: 0 });
  expect(centGapOf([])).toEqual({ netCents: 0, aheadMillicents: [], gapMillicents: 0 });
});

it('never passes a cent with payments alone under an equal key (R12), nor two under 51/35/14 (R10)', () => {
  assert(
    property(
      array(integer({ min: 1, max: 10 ** 9 }), { maxLength: 60 }),
      constantFrom([1, 1, 1], [51, 35, 14]),
      (payments, weights) => {
        let net = weights.map(() => 0);
        for (const amount of payments) {
          const { sharesCents } = apportion(amount, weights, net, [0, 1, 2]);
          net = net.map((cents, i) => cents + sharesCents[i]!);
          const { gapMillicents } = centGapOf(net.map((shareCents, i) => ({ weight: weights[i]!, shareCents })));
          expect(gapMillicents).toBeLessThanOrEqual(weights[0] === 1 ? 1_000 : 2_000);
        }
      },
    ),
  );
});
