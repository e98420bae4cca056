/** A server that starts while another one records: what arrives at the very end of its start counts like all the rest. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore, StoredEvent, Subscription } from '#libs/event-store/event-store';
import { MemoryEventStore } from '#libs/event-store/memory';
import { Ledger } from '../../src/ledger.js';
import { grant, payment, Story } from '../stories/kit.js';

const PAYMENTS = 60;
const BATCH = 7;

/** A store that had less when its head was asked for, and hands on the rest batch after batch, with nothing between. */
function growing(store: EventStore, log: readonly StoredEvent[], headAtFirst: number): EventStore {
  const deliver = async (after: number, onEvents: (events: readonly StoredEvent[]) => void | Promise<void>) => {
    const waiting = log.filter((event) => event.position > after);
    while (waiting.length > 0) await onEvents(waiting.splice(0, BATCH));
  };
  return {
    append: (...words) => store.append(...words),
    readStream: (...words) => store.readStream(...words),
    readAll: (...words) => store.readAll(...words),
    readAt: (...words) => store.readAt(...words),
    head: async () => headAtFirst,
    known: headAtFirst,
    subscribe: (after, onEvents): Subscription => {
      const done = deliver(after, onEvents);
      return { stop: () => done };
    },
    close: () => store.close(),
  };
}

it.each(Array.from({ length: 7 }, (_, i) => 20 + i))(
  'A server that starts when the log is at position %i, and finds more, has counted all of it',
  async (headAtFirst) => {
    const story = await Story.begin('2010-04-01');
    await story.officer.records('/grants', grant(1));
    for (let i = 1; i <= PAYMENTS; i += 1)
      await story.officer.records('/grants/G-1/payments', payment(`P-${i}`, { amountCents: 100 }));
    const { store } = story.opened.ledger;
    const log = await store.readAll(0, 1_000);
    const dataDir = mkdtempSync(join(tmpdir(), 'ledger-start-'));
    const readModelFile = join(dataDir, 'read-models.db');
    // tables that stand on the beginning of the log, as a server leaves them that was stopped there
    const beginning = new MemoryEventStore();
    for (const event of log.slice(0, 6)) await beginning.append(event.stream, event.revision - 1, [event]);
    await (await Ledger.open({ store: beginning, readModelFile })).close();
    const ledger = await Ledger.open({ store: growing(store, log, headAtFirst), readModelFile });
    await ledger.upToDate(log.at(-1)!.position);
    expect(ledger.totals.netPaidCents('insertion', 2010)).toBe(PAYMENTS * 100);
    await ledger.close();
    await story.end();
    rmSync(dataDir, { recursive: true });
  },
);
