/** The days on which an office works: no week-ends, no French holiday of a fixed date. */

import { addDays, type Day } from '#libs/calendar/day';

const HOLIDAYS = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'];

/** Every working day between two days, both included. */
export function workingDays(from: Day, to: Day): Day[] {
  const days: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) if (isWorkingDay(day)) days.push(day);
  return days;
}

/** The day that comes so many working days later; for 0 the day itself or the next working day. */
export function workingDayAfter(day: Day, count: number): Day {
  let found = day;
  while (!isWorkingDay(found)) found = addDays(found, 1);
  for (let left = count; left > 0;) {
    found = addDays(found, 1);
    if (isWorkingDay(found)) left -= 1;
  }
  return found;
}

function isWorkingDay(day: Day): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !HOLIDAYS.includes(day.slice(5));
}
