/** Axes begin and end at round amounts, hold 0, and say amounts shortly. */

import { axisOf, percentOf, placeOn, shortEuros } from './axis.js';

it('goes in round steps from 0, or from below it, to above the most', () => {
  expect(axisOf(0, 730_000)).toEqual({
    leastCents: 0,
    mostCents: 800_000,
    ticksCents: [0, 200_000, 400_000, 600_000, 800_000],
  });
  expect(axisOf(-3_000, 9_000).ticksCents).toEqual([-5_000, 0, 5_000, 10_000]);
  expect(axisOf(0, 0).ticksCents).toContain(0);
  expect(axisOf(0, 1).mostCents).toBeGreaterThanOrEqual(1);
});

it('places amounts between its ends', () => {
  const axis = axisOf(-100, 100);
  expect([axis.leastCents, 0, axis.mostCents].map((cents) => placeOn(axis, cents))).toEqual([0, 50, 100]);
});

it('says amounts and parts shortly, in both languages', () => {
  expect(shortEuros(250_000_000, 'fr')).toBe('2,5\u202fM€');
  expect(shortEuros(-50_000_000, 'en')).toBe('−€500k');
  expect(shortEuros(8_000, 'fr')).toBe('80\u202f€');
  expect([percentOf(295, 'fr'), percentOf(1_005, 'en')]).toEqual(['29,5\u202f%', '100.5%']);
});
