/** The query of a page as its filters send it: fields left empty are left out, days are read as people write them. */

import { parseDay, parseFrenchDay } from '#libs/calendar/day';

export type PageQuery = Readonly<Record<string, string>>;

/**
 * What is asked of the API, which refuses what it does not know.
 * @param days the parameters that are days: `31/01/2010` becomes `2010-01-31`
 */
export function askedOf(query: PageQuery, days: readonly string[] = []): PageQuery {
  const given = Object.entries(query).filter(([, value]) => typeof value === 'string' && value.trim() !== '');
  return Object.fromEntries(
    given.map(([name, value]) => [
      name,
      days.includes(name) ? (parseFrenchDay(value) ?? parseDay(value) ?? value) : value,
    ]),
  );
}
