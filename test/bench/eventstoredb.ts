/**
 * `npm run bench:eventstoredb` — the ledger on EventStoreDB, each piece of work beside the client alone on the same bytes
 * in the same run. On the test server, which takes its share of the machine; on a server of yours with ESDB_URL: it
 * keeps what is written, so give it a database to throw away.
 */

import { CommandBus } from '@nestjs/cqrs';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { NO_STREAM, START, type EventStore, type StoredEvent } from '#libs/event-store/event-store';
import { EventStoreDb } from '#libs/event-store/eventstoredb';
import { rebuild } from '#libs/projections/rebuild';
import { categories, readLedgerEvent } from '../../src/catalogue.js';
import { verifyLog } from '../../src/history/verify-log.js';
import { projections } from '../../src/ledger.js';
import { BareClient } from '../eventstoredb/bare-client.js';
import { startTestServer } from '../eventstoredb/test-server.js';
import {
  importSlip,
  inFlight,
  loadOf,
  Measures,
  newFolder,
  newRun,
  openWithGrants,
  payment,
  PAYMENTS,
  ROUNDS,
  slipOf,
  type Load,
} from './measure.js';
import { spentOn, type Spent } from './processor-time.js';

const { ESDB_URL } = process.env;
const WIDTHS = [1, 16, 50] as const;
const PAGE = 2_000;
const STREAM_EVENTS = 20;
const LOADS = 500;

/** A database for one piece of work: a new one, or always the one given. */
async function onStore<Result>(count: number, measure: (url: string, load: Load) => Promise<Result>): Promise<Result> {
  if (ESDB_URL !== undefined) return measure(ESDB_URL, loadOf(count, newRun()));
  const server = await startTestServer();
  try {
    return await measure(server.url, loadOf(count));
  } finally {
    await server.stop();
  }
}

interface Beside {
  readonly ledger: Spent;
  readonly bare: Spent;
}

/** Records through handler, decider, adapter and read models; then appends the very same events with the client alone. */
async function record(width: number, count: number): Promise<Beside> {
  return onStore(count, async (url, load) => {
    const dataDir = newFolder();
    const opened = await openWithGrants(dataDir, load, url);
    const { ledger } = opened;
    const bus = opened.app.get(CommandBus);
    const before = await ledger.store.head();
    const spent = await spentOn(async () => {
      await inFlight(width, count, (i) => bus.execute(payment(load, i)));
      await ledger.upToDate();
    });
    const written = await ledger.store.readAll(before, count);
    await opened.close();
    rmSync(dataDir, { recursive: true });
    return { ledger: spent, bare: await appendBare(url, width, written) };
  });
}

async function appendBare(url: string, width: number, written: readonly StoredEvent[]): Promise<Spent> {
  const client = new BareClient(url);
  const revisions = new Map<string, number>();
  const run = newRun();
  const spent = await spentOn(() =>
    inFlight(width, written.length, (i) => {
      const event = written[i]!;
      // of no category of the ledger's, and as long a name
      const stream = event.stream.replace('grant-', `bare${run}-`);
      const expected = revisions.get(stream) ?? NO_STREAM;
      revisions.set(stream, expected + 1);
      return client.append(stream, expected, event);
    }),
  );
  await client.close();
  return spent;
}

async function importing(count: number): Promise<Spent> {
  return onStore(count, async (url, load) => {
    const dataDir = newFolder();
    const opened = await openWithGrants(dataDir, load, url);
    const slip = slipOf(load);
    const before = await opened.ledger.store.head();
    const spent = await spentOn(() => importSlip(opened, slip));
    const written = await opened.ledger.store.readAll(before, count + 1);
    if (written.length !== count) throw new Error(`${written.length} events for ${count} lines`);
    await opened.close();
    rmSync(dataDir, { recursive: true });
    return spent;
  });
}

/** All that reads a log, each beside the client alone. */
async function reading(count: number, note: (what: string, unit: string, events: number, both: Beside) => void) {
  await onStore(count, async (url, load) => {
    const dataDir = newFolder();
    const opened = await openWithGrants(dataDir, load, url);
    const bus = opened.app.get(CommandBus);
    await inFlight(50, count, (i) => bus.execute(payment(load, i)));
    await opened.close();

    const store = await EventStoreDb.open(url, { categories });
    const client = new BareClient(url);
    // once for nothing: what is measured first would be measured cold
    let events = await readPages(store);
    const bareRead = await spentOn(() => client.readAll());
    const read = await spentOn(async () => {
      events = await readPages(store);
    });
    note('read the log', 'events/s', events, { ledger: read, bare: bareRead });
    const file = join(dataDir, 'again.db');
    const rebuilt = await spentOn(() => rebuild(store, { file, projections, read: readLedgerEvent }));
    note('rebuild every read model', 'events/s', events, { ledger: rebuilt, bare: bareRead });
    const verified = await spentOn(() => verifyLog(store, undefined, undefined, 'several'));
    note('verify', 'events/s', events, { ledger: verified, bare: bareRead });
    const prefixes = categories.map((category) => `${category}-`);
    note('catch up by subscription', 'events/s', events, {
      bare: await spentOn(() => client.catchUp(prefixes, events)),
      ledger: await spentOn(() => catchUp(store, events)),
    });
    const stream = `bare${newRun()}-long`;
    const like = (await store.readAll(START, PAGE)).at(-1)!;
    for (let revision = NO_STREAM; revision < STREAM_EVENTS - 1; revision += 1)
      await client.append(stream, revision, like);
    note(`load a stream of ${STREAM_EVENTS} events`, 'streams/s', LOADS, {
      bare: await spentOn(() => inFlight(1, LOADS, () => client.readStream(stream))),
      ledger: await spentOn(() => inFlight(1, LOADS, () => store.readStream(stream))),
    });
    await client.close();
    await store.close();
    rmSync(dataDir, { recursive: true });
  });
}

async function readPages(store: EventStore): Promise<number> {
  let events = 0;
  for (let position = START; ;) {
    const page = await store.readAll(position, PAGE);
    if (page.length === 0) return events;
    events += page.length;
    position = page.at(-1)!.position;
  }
}

async function catchUp(store: EventStore, events: number): Promise<void> {
  let left = events;
  let subscription: { stop(): Promise<void> } | undefined;
  await new Promise<void>((resolve, reject) => {
    const take = (batch: readonly StoredEvent[]) => {
      left -= batch.length;
      if (left <= 0) resolve();
    };
    subscription = store.subscribe(START, take, reject);
  });
  await subscription!.stop();
}

async function main(): Promise<void> {
  const measures = new Measures(['µs of processor', 'bare: µs', 'processor %', 'bare: %', 'server %']);
  const note = (what: string, unit: string, count: number, { ledger, bare }: Beside) => {
    const each = [ledger, bare].map(({ ownSeconds }) => (ownSeconds / count) * 1e6);
    const shares = [ledger, bare].map(({ ownSeconds, seconds }) => (ownSeconds / seconds) * 100);
    const server = ESDB_URL === undefined ? (ledger.childrenSeconds / ledger.seconds) * 100 : NaN;
    measures.note(what, unit, {
      ledger: count / ledger.seconds,
      bare: count / bare.seconds,
      further: [...each, ...shares, server],
    });
  };
  for (let round = 1; round <= ROUNDS; round += 1) {
    console.error(`round ${round} of ${ROUNDS}`);
    for (const width of WIDTHS) {
      const count = width === 1 ? Math.ceil(PAYMENTS / 5) : PAYMENTS;
      const both = await record(width, count);
      note(`record, ${width} in flight`, 'payments/s', count, both);
      if (width === 50) note('import a slip', 'lines/s', count, { ledger: await importing(PAYMENTS), bare: both.bare });
    }
    await reading(PAYMENTS, note);
  }
  const where = ESDB_URL === undefined ? 'the test server, on the same machine' : 'a server of yours';
  console.log(`${PAYMENTS} payments, ${ROUNDS} rounds, medians; ${where}\n`);
  measures.print();
  console.log(
    '\nbare: the client alone, appending the same events, as many in flight; for rebuild and verify, reading the log.',
  );
  console.log('% of one processor while the ledger, the client alone, or the server for the ledger was at work.');
}

await main();
