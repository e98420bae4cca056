/**
 * The kit of EventStoreDB's fault specs: a test server with a proxy in front of it, or with ESDB_URL set the real server it
 * names; stores and subscriptions that the test's end closes; and no failure left unhandled, which would end a process.
 */

import { counted, freshStream, Received } from '#libs/event-store/contract';
import { NO_STREAM, type NewEvent, type StoredEvent, type Subscription } from '#libs/event-store/event-store';
import { EventStoreDb, type EventStoreDbOptions } from '#libs/event-store/eventstoredb';
import { setTimeout as pause } from 'node:timers/promises';
import type { Ending } from '../eventstoredb/faults.js';
import type { ServerOptions } from '../eventstoredb/protocol.js';
import { Proxy } from '../eventstoredb/proxy.js';
import { startTestServer, type DumpedEvent, type TestServer } from '../eventstoredb/test-server.js';

const realUrl = process.env['ESDB_URL'] ?? '';
const isReal = realUrl !== '';

/** What only a server that goes wrong on command can show; the title ends in `leftOut`. */
export const commanded = isReal ? describe.skip : describe;
export const leftOut = isReal ? ' (left out: a real server does not go wrong on command)' : '';

/** Long for what is there, short for what is not: most tests wait for one attempt to be over. */
export const patience = {
  categories: ['counter'],
  giveUpAfterMs: 4_000,
  attemptMs: 400,
  startWithinMs: 8_000,
  watchEveryMs: 100,
};
/** For what is given up: long enough for one answer on a busy machine. */
export const impatience = { ...patience, giveUpAfterMs: 700, attemptMs: 250 };
/** Nothing takes longer, unless it never ends. */
export const BOUND_MS = 15_000;
/** How a call may end without saying what became of it. */
export const ENDINGS: readonly Ending[] = [1, 2, 4, 8, 10, 13, 14, 'cut', 'silence', 'end'];

/** Not there when a real server is. */
export let server: TestServer;
export let proxy: Proxy;
/** Of the server itself. */
export let directUrl: string;
/** Of the server by way of the proxy. */
export let url: string;

const closers: (() => Promise<unknown>)[] = [];
const unhandled: unknown[] = [];
const keep = (reason: unknown): void => {
  unhandled.push(reason);
};

/** What every fault spec begins and ends with. */
export function withServer(): void {
  // what never comes fails here, also on a busy machine
  jest.setTimeout(45_000);

  beforeAll(async () => {
    process.on('unhandledRejection', keep);
    process.on('uncaughtException', keep);
    if (!isReal) server = await startTestServer();
    directUrl = isReal ? realUrl : server.url;
    const { hostname, port } = new URL(directUrl.replace(/^esdb(\+discover)?:/, 'http:').replace(/,[^/?]*/, ''));
    proxy = await Proxy.start({ host: hostname, port: Number(port === '' ? 2113 : port) });
    url = proxy.inFrontOf(directUrl);
  });

  afterEach(async () => {
    await proxy.pass();
    if (!isReal) {
      server.thaw();
      await server.clearFaults();
      await server.applyLateAppends();
    }
    await closeAll();
    // what a mute network held would stay, and a connection may just be coming
    await until(() => proxy.cut() === 0);
    const [first] = unhandled.splice(0);
    if (first !== undefined) throw new Error('a rejection or an exception was not handled', { cause: first });
  });

  afterAll(async () => {
    await proxy.stop();
    if (!isReal) await server.stop();
    process.off('unhandledRejection', keep);
    process.off('uncaughtException', keep);
  });
}

/** Closes what the test opened, the last first. */
export async function closeAll(): Promise<void> {
  for (const close of closers.splice(0).toReversed()) await close();
}

/** A store that the test's end closes. */
export async function opened(options: Partial<EventStoreDbOptions> = {}, at = directUrl): Promise<EventStoreDb> {
  const store = await EventStoreDb.open(at, { ...patience, ...options });
  closers.push(() => store.close());
  return store;
}

/** Another server, which the test's end stops. */
export async function served(options: ServerOptions = {}): Promise<TestServer> {
  const other = await startTestServer(options);
  closers.push(() => other.stop());
  return other;
}

/** A live subscription from now on, which the test's end stops. */
export async function followed(store: EventStoreDb, take?: (events: readonly StoredEvent[]) => unknown) {
  const start = await store.head();
  const received = new Received();
  const handle = async (events: readonly StoredEvent[]) => {
    await take?.(events);
    received.take(events);
  };
  let subscription!: Subscription;
  const ended = new Promise<unknown>((resolve) => {
    subscription = store.subscribe(start, handle, resolve);
  });
  closers.push(() => subscription.stop());
  const first = counted();
  await store.append(freshStream(), NO_STREAM, [first]);
  await received.until(first);
  return { start, received, ended, subscription };
}

/** Appends one event after the other, each on top of the one before it, without waiting in between. */
export function appendAll(store: EventStoreDb, stream: string, events: readonly NewEvent[], expected = NO_STREAM) {
  return events.map((event, i) => store.append(stream, expected + i, [event]));
}

/** Appends one event at a time until told to stop, which resolves with the ids that were acknowledged. */
export function writing(store: EventStoreDb, stream: string) {
  const acknowledged: string[] = [];
  const end = new AbortController();
  const write = async () => {
    while (!end.signal.aborted) {
      const event = counted();
      await store.append(stream, acknowledged.length - 1, [event]);
      acknowledged.push(event.id);
    }
  };
  const done = write();
  return {
    /** Resolves when so many more are acknowledged. */
    more: async (count: number) => {
      const enough = acknowledged.length + count;
      await Promise.race([until(() => acknowledged.length >= enough), done]);
    },
    stop: async () => {
      end.abort();
      await done;
      return acknowledged;
    },
  };
}

export function storedIn(stream: string, on = server): DumpedEvent[] {
  return on.events().filter((event) => event.stream === stream);
}

export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + BOUND_MS;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error('it did not come');
    await pause(5);
  }
}

/** How long something takes, however it ends. */
export async function timed(promise: Promise<unknown>): Promise<number> {
  const start = Date.now();
  await promise.catch(() => {});
  return Date.now() - start;
}

export function failureOf(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => new Error('it did not fail'),
    (error: unknown) => error as Error,
  );
}

export function nameOf({ name }: Error): string {
  return name;
}
