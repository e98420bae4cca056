/** A civil day of Paris begins and ends where its clocks say, also on the two days that are shorter and longer. */

import { endOfDay, startOfDay } from './instants.js';

const isoOf = (instant: number) => new Date(instant).toISOString();

describe('A day in Paris', () => {
  it.each([
    ['2010-01-31', '2010-01-30T23:00:00.000Z', '2010-01-31T22:59:59.999Z'],
    ['2010-07-14', '2010-07-13T22:00:00.000Z', '2010-07-14T21:59:59.999Z'],
    ['2010-03-28', '2010-03-27T23:00:00.000Z', '2010-03-28T21:59:59.999Z'],
    ['2010-10-31', '2010-10-30T22:00:00.000Z', '2010-10-31T22:59:59.999Z'],
  ])('%s lasts from %s to %s', (day, from, to) => {
    expect([isoOf(startOfDay(day)), isoOf(endOfDay(day))]).toEqual([from, to]);
  });
});
