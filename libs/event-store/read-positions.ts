/** Reads the events at given positions: as runs where they lie close together, one by one and several at once elsewhere. */

import { UnknownPosition, type EventStore, type StoredEvent } from './event-store.js';

/** Single reads under way at once: appends have their turn between them. */
const AT_ONCE = 16;
/** What one of them reads beyond its event, to see whether those that are wanted lie close. */
const PROBE = 8;
/** Events of one run at most. */
const RUN_AT_MOST = 512;
/** A run goes on as long as one event in so many is wanted: reading some for nothing costs less than asking for each. */
const WANTED_ONE_IN = 4;

type Reader = (positions: readonly number[]) => Promise<readonly StoredEvent[]>;

/**
 * A reader that learns from one call to the next how close together the wanted events lie.
 *
 * @returns gives the events in the order of the positions asked for
 * @throws UnknownPosition when no event stands at one of them
 */
export function readerOfPositions(store: Pick<EventStore, 'readAt'>): Reader {
  /** How many events the next run reads; 1 where they are read one by one. */
  let run = 1;
  /** How many events were read for each that was wanted. */
  let each = WANTED_ONE_IN;
  return async (positions) => {
    const inOrder = [...new Set(positions)].toSorted((a, b) => a - b);
    const wanted = new Set(inOrder);
    const found = new Map<number, StoredEvent>();
    const take = (events: readonly StoredEvent[]) => {
      const hits = events.filter((event) => wanted.has(event.position));
      for (const event of hits) found.set(event.position, event);
      return hits.length;
    };
    for (let next = 0; next < inOrder.length; next = passedIn(inOrder, next, found)) {
      const isSparse = run === 1;
      const some = inOrder.slice(next, next + (isSparse ? AT_ONCE : 1));
      const limit = isSparse ? Math.min(PROBE, some.length) : Math.min(run, Math.ceil((inOrder.length - next) * each));
      const [first, ...others] = await Promise.all(
        some.map((position, i) => store.readAt(position, i === 0 ? limit : 1)),
      );
      const hits = take(first!);
      for (const events of others) take(events);
      each = limit / Math.max(1, hits);
      if (each > WANTED_ONE_IN) run = 1;
      else if (limit > 1) run = Math.min(Math.max(run, PROBE) * 2, RUN_AT_MOST);
    }
    return positions.map((position) => found.get(position)!);
  };
}

/** The first place whose position was not read yet. */
function passedIn(inOrder: readonly number[], from: number, found: ReadonlyMap<number, StoredEvent>): number {
  if (!found.has(inOrder[from]!)) throw new UnknownPosition(inOrder[from]!);
  let next = from;
  while (next < inOrder.length && found.has(inOrder[next]!)) next += 1;
  return next;
}
