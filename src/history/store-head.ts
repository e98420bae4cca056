/** The log's head for whoever watches, in a time that a watcher waits: a store that is gone is asked for much longer. */

import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore } from '#libs/event-store/event-store';

const WITHIN_MS = 3_000;

/** undefined when the store does not answer in time. */
export async function headOf(store: EventStore): Promise<number | undefined> {
  const late = new AbortController();
  const head = store.head().catch(() => undefined);
  const noAnswer = pause(WITHIN_MS, undefined, { signal: late.signal }).catch(() => undefined);
  try {
    return await Promise.race([head, noAnswer]);
  } finally {
    late.abort();
  }
}
