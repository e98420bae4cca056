/** The events behind a figure, found by the read model and read from the log. */

import { setImmediate } from 'node:timers/promises';
import type { Day } from '#libs/calendar/day';
import { UnknownPosition } from '#libs/event-store/event-store';
import { readLedgerEvent, type StoredLedgerEvent } from '../catalogue.js';
import type { Ledger } from '../ledger.js';
import type { Value } from '#libs/projections/projection';

export interface MoneyEventFilter {
  readonly scheme?: string;
  readonly exercice?: number;
  readonly from?: Day;
  readonly to?: Day;
  /** Only what comes after this place, in the order of business day and position. */
  readonly after?: { readonly on: Day; readonly position: number };
}

export interface MoneyEvent {
  readonly on: Day;
  readonly event: StoredLedgerEvent;
}

/** Looked up so many at a time. */
const PAGE = 200;
/** Read from the log so many at once: appends have their turn between them. */
const AT_ONCE = 16;

/** In the order of business day, then position. */
export async function* moneyEvents(ledger: Ledger, filter: MoneyEventFilter): AsyncGenerator<MoneyEvent> {
  let { after } = filter;
  for (;;) {
    const places = placesOf(ledger, { ...filter, ...(after === undefined ? {} : { after }) });
    for (let first = 0; first < places.length; first += AT_ONCE) {
      const some = places.slice(first, first + AT_ONCE);
      const read = await Promise.all(some.map((place) => ledger.store.readAt(place.position)));
      for (const [i, { on, position }] of some.entries()) {
        const [stored] = read[i]!;
        if (stored === undefined) throw new UnknownPosition(position);
        yield { on, event: readLedgerEvent(stored) };
      }
    }
    if (places.length < PAGE) return;
    after = places.at(-1)!;
    // a long list never holds up the others
    await setImmediate();
  }
}

/** Each table gives its first page by its own index; the two are merged. */
function placesOf(ledger: Ledger, filter: MoneyEventFilter): { on: Day; position: number }[] {
  const pageOf = (table: string, day: string) => {
    const conditions: string[] = ['1'];
    const values: Value[] = [];
    const add = (condition: string, ...given: Value[]) => {
      conditions.push(condition);
      values.push(...given);
    };
    if (filter.scheme !== undefined) add('scheme_id = ?', filter.scheme);
    if (filter.exercice !== undefined) add('exercice = ?', filter.exercice);
    if (filter.from !== undefined) add(`${day} >= ?`, filter.from);
    if (filter.to !== undefined) add(`${day} <= ?`, filter.to);
    if (filter.after !== undefined) add(`(${day}, position) > (?, ?)`, filter.after.on, filter.after.position);
    return ledger.rows.all<{ on: Day; position: number }>(
      `SELECT ${day} AS "on", position FROM ${table} WHERE ${conditions.join(' AND ')}
       ORDER BY ${day}, position LIMIT ${PAGE}`,
      ...values,
    );
  };
  const places = [...pageOf('money_events', 'business_day'), ...pageOf('payments', 'paid_on')];
  return places.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.position - b.position)).slice(0, PAGE);
}
