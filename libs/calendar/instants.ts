/** The instants between which a civil day of Paris lies. */

import { addDays, dayOf, type Day } from './day.js';

const HOUR = 3_600_000;

/** Midnight at which the day begins, in milliseconds since 1970 UTC. */
export function startOfDay(day: Day): number {
  const summer = Date.parse(day) - 2 * HOUR;
  return dayOf(summer) === day ? summer : summer + HOUR;
}

/** The last millisecond of the day. */
export function endOfDay(day: Day): number {
  return startOfDay(addDays(day, 1)) - 1;
}
