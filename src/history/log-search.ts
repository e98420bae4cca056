/** Finds events in the log, from one end or the other: where to look the index says, what is meant the events themselves. */

import { setImmediate } from 'node:timers/promises';
import { readerOfPositions } from '#libs/event-store/read-positions';
import type { Value } from '#libs/projections/projection';
import { readLedgerEvent, type StoredLedgerEvent } from '../catalogue.js';
import type { Ledger } from '../ledger.js';
import { isMeant, type LogFilter } from './log-filter.js';
import { dayNumber, fingerprint } from './log-index.projection.js';

/** A few milliseconds. */
const ROWS_AT_ONCE = 50_000;
const SAMPLE = 500;
/** Read from the log so many at first, for who wants a page; twice as many each time for who goes on. */
const AT_FIRST = 64;
const AT_ONCE_AT_MOST = 512;

export interface LogSearch {
  readonly filter: LogFilter;
  readonly order: 'oldest-first' | 'newest-first';
  /** Only what comes after this position in that order. */
  readonly after?: number;
  /** Nothing behind this position of the log. */
  readonly upTo: number;
}

type Condition = readonly [string, ...Value[]];

/**
 * The events that are meant, in order.
 * @param rowsAtOnce of the index, looked through before others have their turn
 */
export async function* searchLog(
  ledger: Ledger,
  { filter, order, after, upTo }: LogSearch,
  rowsAtOnce = ROWS_AT_ONCE,
): AsyncGenerator<StoredLedgerEvent> {
  const forward = order === 'oldest-first';
  const conditions = conditionsOf(ledger, filter);
  const readAt = readerOfPositions(ledger.store);
  let place = after ?? (forward ? 0 : upTo + 1);
  for (let atOnce = AT_FIRST; ;) {
    const border = borderAfter(ledger, place, forward, rowsAtOnce);
    const within: Condition = forward
      ? ['position > ? AND position <= ?', place, Math.min(border ?? upTo, upTo)]
      : ['position < ? AND position >= ?', Math.min(place, upTo + 1), border ?? 0];
    const all = [within, ...conditions];
    const positions = ledger.rows
      .all<{ position: number }>(
        `SELECT position FROM log_index WHERE ${all.map(([sql]) => sql).join(' AND ')}
         ORDER BY position ${forward ? 'ASC' : 'DESC'} LIMIT ?`,
        ...all.flatMap(([, ...values]) => values),
        atOnce,
      )
      .map((row) => row.position);
    for (const stored of await readAt(positions)) {
      const event = readLedgerEvent(stored);
      if (isMeant(event, filter)) yield event;
    }
    const isFull = positions.length === atOnce;
    if (isFull) {
      place = positions.at(-1)!;
      atOnce = Math.min(atOnce * 2, AT_ONCE_AT_MOST);
    } else if (border === undefined || (forward ? border >= upTo : border <= 0)) return;
    else place = border;
    // a long search never holds up the others
    await setImmediate();
  }
}

/**
 * A position so many rows further on, if all lie as close as the next few: positions are dense in one store and
 * far apart in another. Undefined when only those few are left.
 */
function borderAfter({ rows }: Ledger, place: number, forward: boolean, rowsAtOnce: number): number | undefined {
  const sample = Math.min(SAMPLE, rowsAtOnce);
  const near = rows.get<{ position: number }>(
    forward
      ? 'SELECT position FROM log_index WHERE position > ? ORDER BY position LIMIT 1 OFFSET ?'
      : 'SELECT position FROM log_index WHERE position < ? ORDER BY position DESC LIMIT 1 OFFSET ?',
    place,
    sample,
  );
  if (near === undefined) return undefined;
  return place + Math.trunc(((near.position - place) * rowsAtOnce) / sample);
}

/** What a row of the index must say; it may say so for an event that is not meant, never the other way round. */
function conditionsOf(ledger: Ledger, filter: LogFilter): Condition[] {
  const { recordedFrom, recordedTo, from, to, minCents, maxCents, stream, correlation } = filter;
  const conditions: Condition[] = [];
  const add = (sql: string, value: Value | undefined) => {
    if (value !== undefined) conditions.push([sql, value]);
  };
  add('recorded_second >= ?', recordedFrom && Math.floor(recordedFrom / 1_000));
  add('recorded_second <= ?', recordedTo && Math.floor(recordedTo / 1_000));
  add('on_day >= ?', from && dayNumber(from));
  add('on_day <= ?', to && dayNumber(to));
  add('amount_cents >= ?', minCents);
  add('amount_cents <= ?', maxCents);
  add('stream = ?', stream && fingerprint(stream));
  add('correlation = ?', correlation && fingerprint(correlation));
  add('kind IN (SELECT value FROM json_each(?))', kindsOf(ledger, filter));
  return conditions;
}

/** The kinds of events that may be meant, as JSON; undefined when any may. */
function kindsOf({ rows }: Ledger, { actor, types, category, scheme, funder }: LogFilter): string | undefined {
  if ([actor, types, category, scheme, funder].every((each) => each === undefined)) return undefined;
  const kinds = rows.all<{ kind: number }>(
    `SELECT kind FROM log_kinds WHERE actor = coalesce(?, actor) AND category = coalesce(?, category)
       AND scheme_id = coalesce(?, scheme_id) AND (? IS NULL OR instr(funders, ?) > 0)
       AND (? IS NULL OR type IN (SELECT value FROM json_each(?)))`,
    actor ?? null,
    category ?? null,
    scheme ?? null,
    funder ?? null,
    funder === undefined ? null : ` ${funder} `,
    types === undefined ? null : '',
    JSON.stringify(types ?? []),
  );
  return JSON.stringify(kinds.map(({ kind }) => kind));
}
