/** A log read event by event, for work that goes through all of it. */

import { setImmediate } from 'node:timers/promises';
import type { EventStore, StoredEvent } from '#libs/event-store/event-store';

const PAGE = 500;

/** The events after a position, in order, up to one that is given or to the end; lets others work between two pages. */
export async function* logEvents(
  store: EventStore,
  after: number,
  upTo = Number.POSITIVE_INFINITY,
): AsyncGenerator<StoredEvent, undefined> {
  for (let position = after; position < upTo;) {
    const page = await store.readAll(position, PAGE);
    for (const event of page) {
      if (event.position > upTo) return;
      yield event;
    }
    const last = page.at(-1);
    if (last === undefined) return;
    ({ position } = last);
    await setImmediate();
  }
}
