/** What a test server does wrong on command, as the raw client sees it. */

import { END, NO_STREAM, type EventStoreDBClient } from '@eventstore/db-client';
import { setTimeout as pause } from 'node:timers/promises';
import {
  all,
  append,
  appendMuch,
  connect as connectTo,
  disposeAll,
  failureOf,
  follow,
  freshStream,
  many,
  until,
} from './raw-client.js';
import { startTestServer, type DumpedEvent, type TestServer } from './test-server.js';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterEach(async () => {
  await server.clearFaults();
  await disposeAll();
});

afterAll(() => server.stop());

function connect(): EventStoreDBClient {
  return connectTo(server.url);
}

function storedIn(stream: string): DumpedEvent[] {
  return server.events().filter((event) => event.stream === stream);
}

describe('an append', () => {
  it.each([1, 2, 4, 8, 10, 13, 14])('ends with status %d and is not stored', async (code) => {
    const stream = freshStream();
    await server.failAppends(code, { times: 1 });
    expect(await failureOf(append(connect(), stream, NO_STREAM, many(1)))).toMatchObject({ code });
    expect(storedIn(stream)).toEqual([]);
  });

  it('is not answered at all', async () => {
    const stream = freshStream();
    await server.failAppends('silence', { times: 1 });
    expect(await failureOf(append(connect(), stream, NO_STREAM, many(1), 80))).toMatchObject({ code: 4 });
    expect(storedIn(stream)).toEqual([]);
  });

  it.each([14, 10, 'cut'] as const)('is stored, and its reply lost: %s', async (how) => {
    const stream = freshStream();
    const events = many(2);
    await server.loseReplies(how, { times: 1, stream });
    const { code } = await failureOf(append(connect(), stream, NO_STREAM, events));
    expect(code).toBe(how === 'cut' ? 14 : how);
    expect(storedIn(stream)).toHaveLength(2);
    expect(await append(connect(), stream, NO_STREAM, events)).toMatchObject({ nextExpectedRevision: 1n });
    expect(storedIn(stream)).toHaveLength(2);
  });

  it('is tried on command after its caller has gone', async () => {
    const stream = freshStream();
    await server.applyLate(14, { times: 1 });
    expect(await failureOf(append(connect(), stream, NO_STREAM, many(1)))).toMatchObject({ code: 14 });
    expect(await server.lateAppends()).toBe(1);
    await append(connect(), stream, NO_STREAM, many(1));
    expect(await server.applyLateAppends()).toBe(0);
    expect(storedIn(stream)).toHaveLength(1);
  });

  it('is stored so long after its caller gave up', async () => {
    const stream = freshStream();
    await server.applyLate('silence', { times: 1, afterMs: 400 });
    expect(await failureOf(append(connect(), stream, NO_STREAM, many(1), 60))).toMatchObject({ code: 4 });
    expect(storedIn(stream)).toEqual([]);
    await until(() => storedIn(stream).length === 1);
  });

  it('is not written when its caller gave up while it waited', async () => {
    const stream = freshStream();
    await server.delay('append', 150, { times: 1 });
    expect(await failureOf(append(connect(), stream, NO_STREAM, many(1), 50))).toMatchObject({ code: 4 });
    await pause(200);
    expect(storedIn(stream)).toEqual([]);
  });

  it('is written when its caller gave up before the answer', async () => {
    const stream = freshStream();
    await server.delay('reply', 300, { times: 1 });
    expect(await failureOf(append(connect(), stream, NO_STREAM, many(1), 150))).toMatchObject({ code: 4 });
    expect(storedIn(stream)).toHaveLength(1);
  });

  it('goes wrong so often as it was told, and no more once that is cleared', async () => {
    const stream = freshStream();
    await server.failAppends(14, { times: 2, stream: 'other-' });
    await append(connect(), stream, NO_STREAM, many(1));
    await server.failAppends(14);
    expect(await failureOf(append(connect(), stream, 0n, many(1)))).toMatchObject({ code: 14 });
    expect(await failureOf(append(connect(), stream, 0n, many(1)))).toMatchObject({ code: 14 });
    await server.clearFaults('fail-append');
    await append(connect(), stream, 0n, many(1));
  });
});

describe('a read', () => {
  let stream: string;

  beforeEach(async () => {
    stream = freshStream();
    await append(connect(), stream, NO_STREAM, many(1));
  });

  it('ends with a status', async () => {
    await server.failReads(14, { times: 1 });
    expect(await failureOf(all(connect().readStream(stream)))).toMatchObject({ code: 14 });
    expect(await all(connect().readStream(stream))).toHaveLength(1);
  });

  it('never ends', async () => {
    await server.failReads('silence', { times: 1 });
    let heard = false;
    const reading = connect().readStream(stream);
    reading.on('data', () => (heard = true)).on('end', () => (heard = true));
    await pause(60);
    expect(heard).toBe(false);
    expect(await server.counts()).toMatchObject({ openCalls: 1 });
    await reading.cancel();
  });

  it('comes late', async () => {
    await server.delay('read', 80, { times: 1 });
    const start = Date.now();
    await all(connect().readStream(stream));
    expect(Date.now() - start).toBeGreaterThanOrEqual(75);
  });
});

/** A subscription that has caught up. */
async function live(client = connect()) {
  const following = follow(client, { fromPosition: END });
  await until(() => following.heard.includes('caughtUp'));
  return following;
}

describe('a subscription', () => {
  it.each([
    ['CANCELLED', 1],
    ['UNKNOWN', 2],
    ['DEADLINE_EXCEEDED', 4],
    ['RESOURCE_EXHAUSTED', 8],
    ['ABORTED', 10],
    ['INTERNAL', 13],
    ['UNAVAILABLE', 14],
  ])('is dropped with %s', async (_, code) => {
    const { ended } = await live();
    expect(await server.dropSubscriptions(code)).toBe(1);
    expect(await ended).toMatchObject({ code });
  });

  it('is ended cleanly', async () => {
    const { ended } = await live();
    await server.dropSubscriptions('end');
    expect(await ended).toBe('end');
  });

  it('is cut with its connection', async () => {
    const one = await live();
    await server.dropSubscriptions('cut');
    expect(await one.ended).toMatchObject({ code: 14 });
    const other = await live();
    expect(await server.cutConnections()).toBe(1);
    expect(await other.ended).toMatchObject({ code: 14 });
  });

  it('stays open and says nothing more', async () => {
    const client = connect();
    const { seen } = await live(client);
    await server.dropSubscriptions('silence');
    await append(client, freshStream(), NO_STREAM, many(1));
    await pause(50);
    expect(seen).toEqual([]);
  });

  it('is dropped after so many events', async () => {
    const client = connect();
    const { seen, ended } = await live(client);
    await server.dropAfter(3, 10, { times: 1 });
    await append(client, freshStream(), NO_STREAM, many(5));
    expect(await ended).toMatchObject({ code: 10 });
    expect(seen).toHaveLength(3);
  });

  it('is dropped as too slow on command', async () => {
    const { ended } = await live();
    expect(await server.dropSlowConsumers()).toBe(1);
    expect(await ended).toMatchObject({ code: 10, type: 'timeout' });
  });

  it('is dropped as too slow when its consumer does not read while the log moves on', async () => {
    const client = connect();
    const { subscription, ended } = await live(client);
    subscription.pause();
    await appendMuch(client);
    await pause(600);
    subscription.resume();
    expect(await ended).toMatchObject({ code: 10, message: expect.stringContaining('Consumer too slow') as unknown });
  });

  it('outlives a burst that its consumer reads', async () => {
    const client = connect();
    const { seen } = await live(client);
    await Promise.all(Array.from({ length: 10 }, () => append(client, freshStream(), NO_STREAM, many(100))));
    await until(() => seen.length === 1_000);
    expect((await server.counts()).openSubscriptions).toBe(1);
  });
});
