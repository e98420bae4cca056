/** The days on which no French office works: week-ends, and the public holidays of the Code du travail, art. L3133-1. */

import { addDays, yearOf, type Day } from './day.js';

export type DayOff = 'saturday' | 'sunday' | Holiday;

export type Holiday =
  | 'new-year'
  | 'easter-monday'
  | 'labour-day'
  | 'victory-1945'
  | 'ascension'
  | 'whit-monday'
  | 'national-day'
  | 'assumption'
  | 'all-saints'
  | 'armistice-1918'
  | 'christmas';

const FIXED: Readonly<Record<string, Holiday>> = {
  '01-01': 'new-year',
  '05-01': 'labour-day',
  '05-08': 'victory-1945',
  '07-14': 'national-day',
  '08-15': 'assumption',
  '11-01': 'all-saints',
  '11-11': 'armistice-1918',
  '12-25': 'christmas',
};

/** Days after Easter Sunday. */
const MOVABLE: readonly (readonly [number, Holiday])[] = [
  [1, 'easter-monday'],
  [39, 'ascension'],
  [50, 'whit-monday'],
];

/** Why no office works on a day, a holiday before a week-end; undefined on a working day. */
export function dayOff(day: Day): DayOff | undefined {
  const holiday = FIXED[day.slice(5)] ?? movable(day);
  if (holiday !== undefined) return holiday;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 6 ? 'saturday' : weekday === 0 ? 'sunday' : undefined;
}

/** Easter Sunday of the Gregorian calendar, by the computation of Meeus, Jones and Butcher. */
export function easterSunday(year: number): Day {
  const a = year % 19;
  const [b, c] = [Math.floor(year / 100), year % 100];
  const [d, e] = [Math.floor(b / 4), b % 4];
  const g = Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const [i, k] = [Math.floor(c / 4), c % 4];
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const [month, date] = [Math.floor((h + l - 7 * m + 114) / 31), ((h + l - 7 * m + 114) % 31) + 1];
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

function movable(day: Day): Holiday | undefined {
  const easter = easterSunday(yearOf(day));
  return MOVABLE.find(([after]) => addDays(easter, after) === day)?.[1];
}
