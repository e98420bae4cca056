/** The test server is what it says it is: seen through the raw client, without an adapter. */

import {
  END,
  EventStoreDBClient,
  jsonEvent,
  NO_STREAM,
  streamNameFilter,
  WrongExpectedVersionError,
  type AllStreamResolvedEvent,
  type AppendExpectedRevision,
} from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { startTestServer, type TestServer } from './test-server.js';

const credentials = { username: 'somebody', password: 'secret' };

let server: TestServer;
const clients: EventStoreDBClient[] = [];

beforeAll(async () => {
  server = await startTestServer();
});

afterEach(async () => {
  await server.clearFaults();
  await Promise.all(clients.splice(0).map((client) => client.dispose()));
});

afterAll(() => server.stop());

function connect(url = server.url): EventStoreDBClient {
  const client = EventStoreDBClient.connectionString(url);
  clients.push(client);
  return client;
}

function freshStream(): string {
  return `counter-${randomUUID()}`;
}

function counted(by: number, id: string = randomUUID()) {
  return jsonEvent({ id, type: 'Counted.v1', data: { by }, metadata: { $correlationId: 'c' } });
}

function many(count: number) {
  return Array.from({ length: count }, (_, by) => counted(by));
}

type Counted = ReturnType<typeof counted>;

function append(client: EventStoreDBClient, stream: string, expected: AppendExpectedRevision, events: Counted[]) {
  return client.appendToStream(stream, events, { expectedRevision: expected, credentials, deadline: 2_000 });
}

async function all<Resolved>(reading: AsyncIterable<Resolved>): Promise<Resolved[]> {
  const events: Resolved[] = [];
  for await (const event of reading) events.push(event);
  return events;
}

function failureOf(promise: Promise<unknown>): Promise<{ code?: number; type?: string; message: string }> {
  return promise.then(
    () => ({ message: 'nothing failed' }),
    (error: unknown) => error as { code?: number; type?: string; message: string },
  );
}

/** What a subscription to $all gives, and how it ends. */
function follow(client: EventStoreDBClient, fromPosition: Parameters<EventStoreDBClient['subscribeToAll']>[0] = {}) {
  const seen: AllStreamResolvedEvent[] = [];
  const checkpoints: bigint[] = [];
  const heard: string[] = [];
  const subscription = client.subscribeToAll({
    filter: streamNameFilter({
      prefixes: ['counter-'],
      checkpointInterval: 1,
      maxSearchWindow: 4,
      checkpointReached: (_, { commit }) => void checkpoints.push(commit),
    }),
    ...fromPosition,
  });
  const ended = new Promise<unknown>((resolve) => {
    subscription.on('error', resolve);
    subscription.on('end', () => resolve('end'));
  });
  subscription.on('data', (event) => seen.push(event));
  subscription.on('confirmation', () => heard.push('confirmation'));
  subscription.on('caughtUp', () => heard.push('caughtUp'));
  return { subscription, seen, checkpoints, heard, ended };
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error('it did not come');
    await pause(5);
  }
}

describe('appending and reading', () => {
  it('gives back what was appended, without a position from the stream and with one from $all', async () => {
    const client = connect();
    const stream = freshStream();
    const [first, second] = [counted(1), counted(2)];
    const appended = await append(client, stream, NO_STREAM, [first, second]);
    expect(appended).toMatchObject({ success: true, nextExpectedRevision: 1n });
    const events = await all(client.readStream(stream));
    expect(events).toMatchObject([
      { event: { id: first.id, data: { by: 1 }, metadata: { $correlationId: 'c' }, revision: 0n, streamId: stream } },
      { event: { id: second.id, type: 'Counted.v1', revision: 1n, isJson: true } },
    ]);
    expect(events[0]!.event!.position!.commit).toBe(2n ** 64n - 1n);
    const [last] = await all(client.readAll({ fromPosition: appended.position!, maxCount: 1 }));
    expect(last!.event).toMatchObject({ id: second.id, position: appended.position });
    expect(server.events().filter((event) => event.stream === stream)).toMatchObject([
      { id: first.id, revision: 0, data: { by: 1 }, metadata: { $correlationId: 'c' } },
      { id: second.id, revision: 1, position: Number(appended.position!.commit) },
    ]);
  });

  it('answers a repeat with the original place and stores nothing', async () => {
    const client = connect();
    const stream = freshStream();
    const events = many(3);
    const original = await append(client, stream, NO_STREAM, events);
    await append(client, stream, 2n, many(2));
    expect(await append(client, stream, NO_STREAM, events)).toEqual(original);
    await server.hidePositions({ times: 1 });
    expect((await append(client, stream, NO_STREAM, events)).position).toBeUndefined();
    expect(await all(client.readStream(stream))).toHaveLength(5);
  });

  it('refuses what the stream has gone past', async () => {
    const client = connect();
    const stream = freshStream();
    await append(client, stream, NO_STREAM, many(1));
    const conflict = append(client, stream, NO_STREAM, many(1));
    await expect(conflict).rejects.toBeInstanceOf(WrongExpectedVersionError);
    await expect(conflict).rejects.toMatchObject({ actualVersion: 0n, expectedVersion: 'no_stream' });
  });

  it('says that a stream is not there', async () => {
    await expect(all(connect().readStream(freshStream()))).rejects.toMatchObject({ type: 'stream-not-found' });
  });

  it('refuses an append that is too large', async () => {
    const large = jsonEvent({ type: 'Counted.v1', data: { text: 'x'.repeat(1024 * 1024) } });
    const failure = await failureOf(connect().appendToStream(freshStream(), large, { credentials }));
    expect(failure).toMatchObject({ type: 'maximum-append-size-exceeded', maxAppendSize: 1024 * 1024 });
  });

  it('reads $all backwards from its end, and from a position without the event that begins there', async () => {
    const client = connect();
    const { position } = await append(client, freshStream(), NO_STREAM, many(3));
    const [last] = await all(client.readAll({ direction: 'backwards', fromPosition: END, maxCount: 1 }));
    expect(last!.event!.position.commit).toBeGreaterThanOrEqual(position!.commit);
    const [before] = await all(client.readAll({ direction: 'backwards', fromPosition: position!, maxCount: 1 }));
    expect(before!.event).toMatchObject({ revision: 1n });
    expect(before!.event!.position.commit).toBeLessThan(position!.commit);
  });

  it('refuses to read $all from within a record, and finds nothing beyond the end', async () => {
    const client = connect();
    const { position } = await append(client, freshStream(), NO_STREAM, many(3));
    const within = { commit: position!.commit + 1n, prepare: position!.prepare + 1n };
    expect(await failureOf(all(client.readAll({ fromPosition: within })))).toMatchObject({ code: 2 });
    const beyond = { commit: 2n ** 53n, prepare: 2n ** 53n };
    expect(await all(client.readAll({ fromPosition: beyond }))).toEqual([]);
  });

  it('has events of its own in $all', async () => {
    const client = connect();
    const stream = freshStream();
    const { position } = await append(client, stream, NO_STREAM, many(1));
    await server.writeSystemEvent('metadata', stream);
    await server.writeSystemEvent('stats');
    await server.writeSystemEvent('link', stream);
    const events = await all(client.readAll({ fromPosition: position! }));
    const types = events.slice(-3).map(({ event }) => event!.type);
    expect(types).toEqual(['$metadata', '$statsCollected', '$>']);
    expect(server.events().some((event) => event.type.startsWith('$'))).toBe(false);
  });
});

describe('a subscription', () => {
  it('gives the stored events after a position, then each new one, and nothing of the others', async () => {
    const client = connect();
    const stream = freshStream();
    const stored = many(40);
    const { position } = await append(client, stream, NO_STREAM, stored.slice(0, 1));
    await append(client, stream, 0n, stored.slice(1));
    await server.writeSystemEvent('stats');
    const { seen, heard, checkpoints } = follow(client, { fromPosition: position! });
    await until(() => heard.includes('caughtUp'));
    const fresh = counted(41);
    await append(client, stream, 39n, [fresh]);
    await until(() => seen.some(({ event }) => event!.id === fresh.id));
    expect(seen.map(({ event }) => event!.id)).toEqual([...stored.slice(1), fresh].map(({ id }) => id));
    expect(heard).toEqual(['confirmation', 'caughtUp']);
    expect(checkpoints.length).toBeGreaterThanOrEqual(10);
    expect(checkpoints.every((at, i) => i === 0 || at > checkpoints[i - 1]!)).toBe(true);
  });

  it.each([
    ['CANCELLED', 1],
    ['UNKNOWN', 2],
    ['DEADLINE_EXCEEDED', 4],
    ['RESOURCE_EXHAUSTED', 8],
    ['ABORTED', 10],
    ['INTERNAL', 13],
    ['UNAVAILABLE', 14],
  ])('is dropped on command with %s', async (_, code) => {
    const { heard, ended } = follow(connect(), { fromPosition: END });
    await until(() => heard.includes('caughtUp'));
    expect(await server.dropSubscriptions(code)).toBe(1);
    expect(await ended).toMatchObject({ code });
  });

  it('is ended cleanly on command, and cut with its connection', async () => {
    const clean = follow(connect(), { fromPosition: END });
    await until(() => clean.heard.includes('caughtUp'));
    await server.dropSubscriptions('end');
    expect(await clean.ended).toBe('end');
    const cut = follow(connect(), { fromPosition: END });
    await until(() => cut.heard.includes('caughtUp'));
    await server.dropSubscriptions('cut');
    expect(await cut.ended).toMatchObject({ code: 14 });
  });

  it('is dropped after so many events', async () => {
    const client = connect();
    const { seen, ended, heard } = follow(client, { fromPosition: END });
    await until(() => heard.includes('caughtUp'));
    await server.dropAfter(3, 10, { times: 1 });
    await append(client, freshStream(), NO_STREAM, many(5));
    expect(await ended).toMatchObject({ code: 10 });
    expect(seen).toHaveLength(3);
  });

  it('is dropped when its consumer does not read while the log moves on', async () => {
    const client = connect();
    const { subscription, ended, heard } = follow(client, { fromPosition: END });
    await until(() => heard.includes('caughtUp'));
    subscription.pause();
    const stream = freshStream();
    const large = jsonEvent({ type: 'Counted.v1', data: { text: 'x'.repeat(100_000) } });
    for (let i = 0; i < 20; i += 1)
      await client.appendToStream(
        stream,
        Array.from({ length: 10 }, () => ({ ...large, id: randomUUID() })),
        { credentials },
      );
    await pause(600);
    subscription.resume();
    expect(await ended).toMatchObject({ code: 10, message: expect.stringContaining('Consumer too slow') as unknown });
  });
});

describe('what goes wrong with an append', () => {
  it.each([1, 4, 8, 10, 13, 14])('ends with status %d and stores nothing', async (code) => {
    const stream = freshStream();
    await server.failAppends(code, { times: 1 });
    expect(await failureOf(append(connect(), stream, NO_STREAM, many(1)))).toMatchObject({ code });
    expect(server.events().filter((event) => event.stream === stream)).toEqual([]);
  });

  it.each([14, 10, 'cut'] as const)('is stored, and its reply lost: %s', async (how) => {
    const stream = freshStream();
    const events = many(2);
    await server.loseReplies(how, { times: 1, stream });
    expect((await failureOf(append(connect(), stream, NO_STREAM, events))).code).toBe(how === 'cut' ? 14 : how);
    expect(server.events().filter((event) => event.stream === stream)).toHaveLength(2);
    expect(await append(connect(), stream, NO_STREAM, events)).toMatchObject({ nextExpectedRevision: 1n });
    expect(server.events().filter((event) => event.stream === stream)).toHaveLength(2);
  });

  it('is stored after its caller has gone', async () => {
    const client = connect();
    const stream = freshStream();
    await server.applyLate(14, { times: 1 });
    expect(await failureOf(append(client, stream, NO_STREAM, many(1)))).toMatchObject({ code: 14 });
    expect(await server.lateAppends()).toBe(1);
    await append(connect(), stream, NO_STREAM, many(1));
    expect(await server.applyLateAppends()).toBe(0);
    expect(server.events().filter((event) => event.stream === stream)).toHaveLength(1);
  });

  it('is not written when its caller gave up while it waited', async () => {
    const stream = freshStream();
    await server.delay('append', 150, { times: 1 });
    const options = { expectedRevision: NO_STREAM, credentials, deadline: 50 } as const;
    expect(await failureOf(connect().appendToStream(stream, many(1), options))).toMatchObject({ code: 4 });
    await pause(200);
    expect(server.events().filter((event) => event.stream === stream)).toEqual([]);
  });

  it('is told when it forgets the credentials that choose the plain append', async () => {
    expect(await failureOf(connect().appendToStream(freshStream(), many(1)))).toMatchObject({ code: 12 });
    expect((await server.counts()).batchAppends).toBe(1);
  });
});
