/** Three nodes, TLS and users, and the life of the test server: seen through the raw client. */

import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  FOLLOWER,
  jsonEvent,
  NO_STREAM,
  type AppendExpectedRevision,
} from '@eventstore/db-client';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Proxy } from './proxy.js';
import { credentials, disposeAll, failureOf, kept, until } from './raw-client.js';
import { startTestServer, type TestServer } from './test-server.js';

let server: TestServer;

afterEach(async () => {
  await disposeAll();
  await server.stop();
});

/** Patient, as an election takes longer than the client's own patience. */
function connect(url = server.url): EventStoreDBClient {
  return kept(EventStoreDBClient.connectionString(`${url}&maxDiscoverAttempts=100&discoveryInterval=20`));
}

/** A client that speaks to one node and never looks for another. */
function connectTo(node: number): EventStoreDBClient {
  const endpoint = { address: '127.0.0.1', port: server.ports[node]! };
  return kept(new EventStoreDBClient({ endpoint }, { insecure: true }));
}

function append(client: EventStoreDBClient, stream: string, expected: AppendExpectedRevision, requiresLeader = true) {
  const event = jsonEvent({ type: 'Counted.v1', data: { by: 1 } });
  return client.appendToStream(stream, event, { expectedRevision: expected, credentials, requiresLeader });
}

async function revisions(client: EventStoreDBClient, stream: string, requiresLeader = true): Promise<number[]> {
  const found: number[] = [];
  for await (const { event } of client.readStream(stream, { requiresLeader })) found.push(Number(event!.revision));
  return found;
}

/** With the certificate, and without the user of the connection string. */
function connectAs(username?: string, password = ''): EventStoreDBClient {
  const endpoint = { address: '127.0.0.1', port: server.ports[0]! };
  const tls = { rootCertificate: readFileSync(server.caFile!) };
  const user = username === undefined ? undefined : { username, password };
  return kept(new EventStoreDBClient({ endpoint }, tls, user));
}

function readAll(client: EventStoreDBClient): Promise<unknown> {
  return client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 })[Symbol.asyncIterator]().next();
}

describe('three nodes', () => {
  beforeEach(async () => {
    server = await startTestServer({ nodes: 3 });
  });

  it('are found by gossip; whoever wants the leader is sent to it', async () => {
    expect(await append(connect(), 'counter-1', NO_STREAM)).toMatchObject({ success: true });
    const failure = await failureOf(append(connectTo(1), 'counter-1', 0n));
    expect(failure).toMatchObject({ type: 'not-leader', leader: { address: '127.0.0.1', port: server.ports[0] } });
    expect(await failureOf(revisions(connectTo(2), 'counter-1'))).toMatchObject({ type: 'not-leader' });
  });

  it('take and answer on a follower what does not ask for the leader', async () => {
    const follower = connect(`${server.url}&nodePreference=${FOLLOWER}`);
    await append(follower, 'counter-1', NO_STREAM, false);
    expect(await revisions(connectTo(2), 'counter-1', false)).toEqual([0]);
    expect(server.events()).toHaveLength(1);
  });

  it('show on a follower whose index lags what it has, later the rest', async () => {
    await append(connect(), 'counter-1', NO_STREAM);
    await server.holdIndex(1);
    await append(connect(), 'counter-1', 0n);
    expect(await revisions(connectTo(1), 'counter-1', false)).toEqual([0]);
    expect(await revisions(connectTo(0), 'counter-1', false)).toEqual([0, 1]);
    const seen: number[] = [];
    const subscription = connectTo(1).subscribeToStream('counter-1');
    subscription.on('error', () => undefined).on('data', ({ event }) => seen.push(Number(event!.revision)));
    await until(() => seen.length === 1);
    await server.releaseIndex(1);
    await until(() => seen.length === 2);
    expect(await revisions(connectTo(1), 'counter-1', false)).toEqual([0, 1]);
  });

  it('have no leader during an election, and another one after it', async () => {
    await server.elect(2, 250);
    expect(await server.leader()).toBeUndefined();
    expect(await failureOf(append(connectTo(0), 'counter-1', NO_STREAM))).toMatchObject({
      code: 14,
      message: expect.stringContaining('Server Is Not Ready') as unknown,
    });
    await append(connect(), 'counter-1', NO_STREAM);
    expect(await server.leader()).toBe(2);
    const failure = await failureOf(append(connectTo(0), 'counter-1', 0n));
    expect(failure).toMatchObject({ type: 'not-leader', leader: { port: server.ports[2] } });
  });

  it('elect another leader when theirs dies, which comes back as a follower', async () => {
    const client = connect();
    await append(client, 'counter-1', NO_STREAM);
    await server.killNode(0, 100);
    expect(await failureOf(append(connectTo(0), 'counter-1', 0n))).toMatchObject({ code: 14 });
    await append(connect(), 'counter-1', 0n);
    expect(await server.leader()).toBe(1);
    await server.reviveNode(0);
    expect(await failureOf(append(connectTo(0), 'counter-1', 1n))).toMatchObject({ type: 'not-leader' });
    expect(await revisions(connectTo(0), 'counter-1', false)).toEqual([0, 1]);
  });
});

describe('users over TLS', () => {
  beforeEach(async () => {
    server = await startTestServer({ tls: true, users: { ledger: 'p@ss:word', other: 'x' }, allReaders: ['ledger'] });
  });

  it('are let in by the connection string', async () => {
    const client = connect();
    const event = jsonEvent({ type: 'Counted.v1', data: {} });
    const known = { username: 'ledger', password: 'p@ss:word' };
    await client.appendToStream('counter-1', event, { credentials: known, expectedRevision: NO_STREAM });
    expect(await revisions(client, 'counter-1')).toEqual([0]);
    expect(await readAll(client)).toMatchObject({ done: false });
  });

  it('are turned away with a wrong password, and nobody is told no more', async () => {
    expect(await failureOf(revisions(connectAs('ledger', 'wrong'), 'counter-1'))).toMatchObject({ code: 16 });
    expect(await failureOf(append(connectAs(), 'counter-1', NO_STREAM))).toMatchObject({ code: 16 });
    const nobody = await failureOf(revisions(connectAs(), 'counter-1'));
    expect(nobody).toMatchObject({ code: 7, type: 'access-denied' });
  });

  it('read $all only when they may', async () => {
    expect(await failureOf(readAll(connectAs('other', 'x')))).toMatchObject({ code: 7, type: 'access-denied' });
    await server.allowReadAll(['other']);
    expect(await readAll(connectAs('other', 'x'))).toMatchObject({ done: true });
  });
});

describe('the life of the server', () => {
  beforeEach(async () => {
    server = await startTestServer();
  });

  it('keeps its log and its port over a kill', async () => {
    await append(connect(), 'counter-1', NO_STREAM);
    await server.kill();
    expect(await failureOf(append(connect(), 'counter-1', 0n))).toMatchObject({ code: 14 });
    expect(server.events()).toMatchObject([{ stream: 'counter-1', revision: 0, data: { by: 1 }, metadata: undefined }]);
    await server.start();
    expect(await append(connect(), 'counter-1', 0n)).toMatchObject({ nextExpectedRevision: 1n });
    await server.restart();
    expect(await revisions(connect(), 'counter-1')).toEqual([0, 1]);
    expect(await server.counts()).toMatchObject({ reads: 1, appended: 0 });
  });

  it('is silent while it is frozen, and goes on when it thaws', async () => {
    const client = connect();
    await append(client, 'counter-1', NO_STREAM);
    server.freeze();
    let answered = false;
    const late = append(client, 'counter-1', 0n).then(() => (answered = true));
    await pause(150);
    expect(answered).toBe(false);
    server.thaw();
    expect(await late).toBe(true);
  });

  it('refuses connections until it takes them again', async () => {
    await append(connect(), 'counter-1', NO_STREAM);
    await server.refuseConnections();
    expect(await failureOf(append(connect(), 'counter-1', 0n))).toMatchObject({ code: 14 });
    await server.takeConnections();
    await append(connect(), 'counter-1', 0n);
  });

  it('is not ready for a while after its start, when told so', async () => {
    await server.stop();
    server = await startTestServer({ startupMs: 400 });
    expect(await failureOf(append(connect(), 'counter-1', NO_STREAM))).toMatchObject({ code: 14 });
    await pause(400);
    await append(connect(), 'counter-1', NO_STREAM);
  });

  it('carries a hundred calls on one connection, and the next one waits', async () => {
    const client = connect();
    const subscriptions = Array.from({ length: 100 }, () => client.subscribeToStream('counter-1'));
    for (const subscription of subscriptions) subscription.on('error', () => undefined);
    await Promise.all(subscriptions.map((each) => new Promise((resolve) => each.once('confirmation', resolve))));
    let read = false;
    const waiting = failureOf(revisions(client, 'counter-1')).then(() => (read = true));
    await pause(100);
    expect(read).toBe(false);
    expect(await server.counts()).toMatchObject({ openSubscriptions: 100, connections: 1 });
    await subscriptions[0]!.unsubscribe();
    expect(await waiting).toBe(true);
  });

  it('has what a network cut off after it had passed', async () => {
    const proxy = await Proxy.start({ port: server.ports[0]! });
    const client = connect(proxy.inFrontOf(server.url));
    await append(client, 'counter-1', NO_STREAM);
    proxy.loseReplies(500);
    expect(await failureOf(append(client, 'counter-1', 0n))).toMatchObject({ code: 14 });
    expect(server.events()).toHaveLength(2);
    await proxy.stop();
  });
});
