/** Days off: Easter as the calendars of the time had it, and every holiday of a year. */

import { addDays } from './day.js';
import { dayOff, easterSunday } from './days-off.js';

it.each([
  [1943, '1943-04-25'],
  [2004, '2004-04-11'],
  [2007, '2007-04-08'],
  [2008, '2008-03-23'],
  [2010, '2010-04-04'],
  [2011, '2011-04-24'],
  [2016, '2016-03-27'],
  [2025, '2025-04-20'],
  [2038, '2038-04-25'],
])('Easter %i is on %s', (year, day) => {
  expect(easterSunday(year)).toBe(day);
});

const weekend = (why: string) => why === 'saturday' || why === 'sunday';

it('names every holiday of 2010, and the week-ends', () => {
  const days = Array.from({ length: 365 }, (_, i) => addDays('2010-01-01', i));
  const found = days.flatMap((day) => {
    const why = dayOff(day);
    return why === undefined ? [] : [[day, why] as const];
  });
  expect(found.filter(([, why]) => !weekend(why))).toEqual([
    ['2010-01-01', 'new-year'],
    ['2010-04-05', 'easter-monday'],
    ['2010-05-01', 'labour-day'],
    ['2010-05-08', 'victory-1945'],
    ['2010-05-13', 'ascension'],
    ['2010-05-24', 'whit-monday'],
    ['2010-07-14', 'national-day'],
    ['2010-08-15', 'assumption'],
    ['2010-11-01', 'all-saints'],
    ['2010-11-11', 'armistice-1918'],
    ['2010-12-25', 'christmas'],
  ]);
  // 52 of each, less the four holidays that fell on one
  expect(found.filter(([, why]) => weekend(why))).toHaveLength(104 - 4);
  expect([dayOff('2010-04-02'), dayOff('2010-04-03'), dayOff('2010-04-04')]).toEqual([undefined, 'saturday', 'sunday']);
});
