/** Business days: civil dates of Europe/Paris as `YYYY-MM-DD` text, which sorts as it reads. */

/** A civil date, `YYYY-MM-DD`. Made by {@link parseDay} and {@link dayOf}. */
export type Day = string;

/** The day when the text is one that exists (2010-02-30 does not), from 1900 to 2199; else undefined. */
export function parseDay(text: unknown): Day | undefined {
  if (typeof text !== 'string') return undefined;
  const match = /^((?:19|20|21)\d{2})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month) ? text : undefined;
}

/** Reads `JJ/MM/AAAA` as French offices write it; undefined when it is not a day that exists. */
export function parseFrenchDay(text: string): Day | undefined {
  const match = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text);
  return match === null ? undefined : parseDay(`${match[3]}-${match[2]}-${match[1]}`);
}

/** `2010-01-31` → `31/01/2010`. */
export function formatFrenchDay(day: Day): string {
  return `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;
}

const PARIS = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris', dateStyle: 'short' });
const HOUR = 3_600_000;
let lastHour = -1;
let lastDay: Day = '';

/** The civil date in Europe/Paris at an instant (milliseconds since 1970, UTC). */
export function dayOf(instant: number): Day {
  // Paris changes day and offset on whole UTC hours only, so one answer serves its hour
  const hour = Math.floor(instant / HOUR);
  if (hour !== lastHour) {
    lastDay = PARIS.format(hour * HOUR);
    lastHour = hour;
  }
  return lastDay;
}

/** The day `count` days later (earlier when negative). */
export function addDays(day: Day, count: number): Day {
  const date = new Date(Date.UTC(yearOf(day), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10)) + count));
  const month = String(date.getUTCMonth() + 1).padStart(2, '0');
  return `${date.getUTCFullYear()}-${month}-${String(date.getUTCDate()).padStart(2, '0')}`;
}

/** The same day of the month `count` months later (earlier when negative); the month's last where it has no such day. */
export function addMonths(day: Day, count: number): Day {
  const months = yearOf(day) * 12 + Number(day.slice(5, 7)) - 1 + count;
  const [year, month] = [Math.floor(months / 12), (months % 12) + 1];
  const date = Math.min(Number(day.slice(8, 10)), daysInMonth(year, month));
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

/** How many days lie between two days; negative when the second is the earlier. */
export function daysBetween(first: Day, second: Day): number {
  return (Date.parse(second) - Date.parse(first)) / 86_400_000;
}

export function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

export function isJanuary(day: Day): boolean {
  return day.slice(5, 7) === '01';
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
