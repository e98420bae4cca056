/** The test server answers as EventStoreDB does: seen through the raw client, without an adapter. */

import { END, jsonEvent, NO_STREAM, WrongExpectedVersionError, type EventStoreDBClient } from '@eventstore/db-client';
import {
  all,
  append,
  connect as connectTo,
  counted,
  credentials,
  disposeAll,
  failureOf,
  follow,
  freshStream,
  many,
  until,
} from './raw-client.js';
import { startTestServer, type TestServer } from './test-server.js';

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
    const none = 2n ** 64n - 1n;
    expect(events[0]!.event).toMatchObject({ position: { commit: none, prepare: none } });
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

  it('takes another writer’s append past the wire', async () => {
    const stream = freshStream();
    expect(await server.append(stream, -1, [{ id: counted(1).id, type: 'Counted.v1', data: { by: 1 } }])).toBe(
      'stored',
    );
    expect(await server.append(stream, -1, [{ id: counted(1).id, type: 'Counted.v1', data: {} }])).toBe('conflict');
    expect(await all(connect().readStream(stream))).toMatchObject([{ event: { data: { by: 1 } } }]);
  });

  it('reads a stream from a revision on, and backwards', async () => {
    const client = connect();
    const stream = freshStream();
    await append(client, stream, NO_STREAM, many(5));
    const read = async (options: Parameters<EventStoreDBClient['readStream']>[1]) =>
      (await all(client.readStream(stream, options))).map(({ event }) => Number(event!.revision));
    expect(await read({ fromRevision: 3n })).toEqual([3, 4]);
    expect(await read({ fromRevision: 5n })).toEqual([]);
    expect(await read({ direction: 'backwards', fromRevision: END, maxCount: 2 })).toEqual([4, 3]);
    expect(await read({ direction: 'backwards', fromRevision: 1n })).toEqual([1, 0]);
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
    const stream = freshStream();
    const { position } = await append(client, stream, NO_STREAM, many(3));
    const backwards = (from: Parameters<EventStoreDBClient['readAll']>[0]) =>
      all(client.readAll({ direction: 'backwards', maxCount: 2, ...from }));
    const ends = (await backwards({ fromPosition: END })).map(({ event }) => event!.revision);
    expect(ends).toHaveLength(2);
    const before = await backwards({ fromPosition: position! });
    expect(before.map(({ event }) => [event!.streamId, event!.revision])).toEqual([
      [stream, 1n],
      [stream, 0n],
    ]);
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

  it('is told when it forgets the credentials that choose the plain append', async () => {
    expect(await failureOf(connect().appendToStream(freshStream(), many(1)))).toMatchObject({ code: 12 });
    expect((await server.counts()).batchAppends).toBe(1);
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
    const often = { checkpointInterval: 1, maxSearchWindow: 4 };
    const { seen, heard, checkpoints } = follow(client, { fromPosition: position! }, often);
    await until(() => heard.includes('caughtUp'));
    const fresh = counted(41);
    await append(client, stream, 39n, [fresh]);
    await until(() => seen.some(({ event }) => event!.id === fresh.id));
    expect(seen.map(({ event }) => event!.id)).toEqual([...stored.slice(1), fresh].map(({ id }) => id));
    expect(heard).toEqual(['confirmation', 'caughtUp']);
    expect(checkpoints.length).toBeGreaterThanOrEqual(10);
    expect(checkpoints.every((at, i) => i === 0 || at > checkpoints[i - 1]!)).toBe(true);
  });

  it('of a stream gives what comes after a revision', async () => {
    const client = connect();
    const stream = freshStream();
    await append(client, stream, NO_STREAM, many(3));
    const seen: number[] = [];
    const subscription = client.subscribeToStream(stream, { fromRevision: 0n });
    subscription.on('error', () => undefined).on('data', ({ event }) => seen.push(Number(event!.revision)));
    await until(() => seen.length === 2);
    await append(client, stream, 2n, many(1));
    await until(() => seen.length === 3);
    expect(seen).toEqual([1, 2, 3]);
  });

  it('from within a record is refused', async () => {
    const client = connect();
    const { position } = await append(client, freshStream(), NO_STREAM, many(1));
    const within = { commit: position!.commit + 1n, prepare: position!.prepare + 1n };
    expect(await follow(client, { fromPosition: within }).ended).toMatchObject({ code: 3 });
  });

  it('from beyond the end of the log gets in 23.10 what is appended', async () => {
    const client = connect();
    const { seen, heard } = follow(client, { fromPosition: { commit: 2n ** 50n, prepare: 2n ** 50n } });
    await until(() => heard.includes('caughtUp'));
    const events = many(2);
    await append(client, freshStream(), NO_STREAM, events);
    await until(() => seen.length === 2);
    expect(seen.map(({ event }) => event!.id)).toEqual(events.map(({ id }) => id));
  });
});
