/**
 * The beginning and the end with EventStoreDB, and its cluster: a start that cannot be says why in one line that holds no
 * password, elections and lost nodes are outlived, and closing is over in time whatever is the matter.
 */

import { counted, freshStream, idsOf, manyCounted, readOn } from '#libs/event-store/contract';
import { NO_STREAM, OutcomeUnknown, StoreUnavailable } from '#libs/event-store/event-store';
import { EventStoreDb } from '#libs/event-store/eventstoredb';
import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { TestServer } from '../eventstoredb/test-server.js';
import {
  appendAll,
  BOUND_MS,
  commanded,
  failureOf,
  followed,
  impatience,
  leftOut,
  nameOf,
  opened,
  patience,
  proxy,
  served,
  storedIn,
  timed,
  until,
  url,
  withServer,
  writing,
} from './eventstoredb-kit.js';

withServer();

const PASSWORD = 'a-very.secret_word';
const START_MS = 1_200;

/** A port that nobody listens to. */
async function closedPort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  listener.close();
  await once(listener, 'close');
  return port;
}

/** Why a start fails, and after how long. */
async function whyNot(at: string) {
  const start = Date.now();
  const { name, message } = await failureOf(EventStoreDb.open(at, { ...patience, startWithinMs: START_MS }));
  return { name, message, lines: message.split('\n').length, ms: Date.now() - start };
}

commanded(`A start${leftOut}`, () => {
  let guarded: TestServer;

  async function guard(allReaders = ['ledger', 'other']): Promise<void> {
    guarded = await served({ tls: true, users: { ledger: PASSWORD, other: 'x' }, allReaders });
  }

  it.each([
    ['password', (right: string) => right.replace(PASSWORD, 'wrong-word')],
    ['user', (right: string) => right.replace('ledger:', 'nobody:')],
  ])('with a wrong %s fails at once, in a line without it', async (_, wrong) => {
    await guard();
    const { name, message, lines, ms } = await whyNot(wrong(guarded.url));
    expect({ name, lines }).toEqual({ name: 'StoreUnusable', lines: 1 });
    expect(message).toContain(`EventStoreDB at 127.0.0.1:${guarded.ports[0]} refuses this user`);
    expect(message).not.toMatch(/wrong-word|very\.secret/);
    expect(ms).toBeLessThan(START_MS);
  });

  it('as a user that may not read the whole log fails at once, and says so', async () => {
    await guard([]);
    const { name, message, ms } = await whyNot(guarded.url);
    expect({ name, message }).toEqual({
      name: 'StoreUnusable',
      message: expect.stringMatching(/lets it not read the whole log: .*Access Denied/) as string,
    });
    expect(ms).toBeLessThan(START_MS);
  });

  it('with the right user and certificate is one', async () => {
    await guard();
    const store = await opened({}, guarded.url);
    await store.append(freshStream(), NO_STREAM, manyCounted(1));
    expect(await store.readAll(0, 10)).toHaveLength(1);
    expect((await guarded.counts()).batchAppends).toBe(0);
  });

  it('at a server whose certificate nobody here signed fails at once', async () => {
    await guard();
    const { name, message, ms } = await whyNot(guarded.url.replace(/&tlsCAFile=[^&]*/, ''));
    expect(name).toBe('StoreUnusable');
    expect(message).toMatch(/no trusted TLS connection: .*certificate/);
    expect(ms).toBeLessThan(START_MS);
  });

  it('that speaks TLS to a server that does not fails at once', async () => {
    const plain = await served();
    const { name, message, ms } = await whyNot(`esdb://ledger:${PASSWORD}@127.0.0.1:${plain.ports[0]}?tls=true`);
    expect(name).toBe('StoreUnusable');
    expect(message).toMatch(/no trusted TLS connection: .*wrong version number/);
    expect(ms).toBeLessThan(START_MS);
  });

  it('that speaks plainly to a server that wants TLS fails in time', async () => {
    await guard();
    const { name, message, ms } = await whyNot(`esdb://127.0.0.1:${guarded.ports[0]}?tls=false`);
    expect({ name, message }).toEqual({
      name: 'StoreUnusable',
      message: expect.stringContaining(`no EventStoreDB answers at 127.0.0.1:${guarded.ports[0]}: `) as string,
    });
    expect(ms).toBeLessThan(START_MS + 1_500);
  });

  it('at a cluster of which no node is there fails in time', async () => {
    const ports = [await closedPort(), await closedPort(), await closedPort()];
    const nodes = ports.map((port) => `127.0.0.1:${port}`);
    const { name, message, lines, ms } = await whyNot(`esdb://${nodes.join(',')}?tls=false`);
    expect({ name, lines }).toEqual({ name: 'StoreUnusable', lines: 1 });
    expect(message).toContain(`no EventStoreDB answers at ${nodes.join(', ')}: `);
    expect(ms).toBeLessThan(START_MS + 1_500);
  });

  it('at a cluster with a wrong password fails at once', async () => {
    const cluster = await served({ nodes: 3, tls: true, users: { ledger: PASSWORD } });
    const { name, message, ms } = await whyNot(cluster.url.replace(PASSWORD, 'wrong-word'));
    expect(name).toBe('StoreUnusable');
    expect(message).toContain('refuses this user');
    expect(ms).toBeLessThan(START_MS);
  });
});

describe('A start without an answer', () => {
  it('from a port that nobody listens to fails when its time is over, not before', async () => {
    const port = await closedPort();
    const { name, message, lines, ms } = await whyNot(`esdb://127.0.0.1:${port}?tls=false`);
    expect({ name, lines }).toEqual({ name: 'StoreUnusable', lines: 1 });
    expect(message).toContain(`no EventStoreDB answers at 127.0.0.1:${port}: `);
    expect(ms).toBeGreaterThan(START_MS / 2);
    expect(ms).toBeLessThan(START_MS + 1_500);
  });

  it('over a mute network fails in time', async () => {
    proxy.mute('all');
    const { name, ms } = await whyNot(url);
    expect(name).toBe('StoreUnusable');
    expect(ms).toBeLessThan(START_MS + 1_500);
  });

  it('waits for a network that comes', async () => {
    proxy.refuse();
    const opening = opened({}, url);
    const notYet = await Promise.race([opening, proxy.pass().then(() => 'not yet')]);
    expect(notYet).toBe('not yet');
    expect(await (await opening).readStream(freshStream())).toEqual([]);
  });
});

commanded(`A cluster of three${leftOut}`, () => {
  let cluster: TestServer;

  beforeEach(async () => {
    cluster = await served({ nodes: 3 });
  });

  it('that elects another leader amid appends and a subscription loses and doubles nothing', async () => {
    const store = await opened({ giveUpAfterMs: 10_000 }, cluster.url);
    const { start, received } = await followed(store);
    const streams = Array.from({ length: 12 }, freshStream);
    const lanes = streams.map((stream) => writing(store, stream));
    for (const [node, lastsMs] of [
      [1, 200],
      [2, 0],
      [0, 300],
      [1, 0],
    ] as const) {
      await lanes[node]!.more(10);
      await cluster.elect(node, lastsMs);
    }
    await Promise.all(lanes.map(({ more }) => more(3)));
    const acknowledged = await Promise.all(lanes.map(({ stop }) => stop()));
    expect(streams.map((stream) => idsOf(storedIn(stream, cluster)))).toEqual(acknowledged);
    const last = counted();
    await store.append(freshStream(), NO_STREAM, [last]);
    await received.until(last);
    expect(received.events).toEqual(await readOn(store, start));
  });

  it('whose leader is killed and comes back goes on', async () => {
    const store = await opened({ giveUpAfterMs: 10_000 }, cluster.url);
    const { start, received } = await followed(store);
    const stream = freshStream();
    const { more, stop } = writing(store, stream);
    for (let turn = 0; turn < 3; turn += 1) {
      await more(10);
      const leader = (await cluster.leader())!;
      await cluster.killNode(leader, 200);
      await more(5);
      await cluster.reviveNode(leader);
    }
    const acknowledged = await stop();
    expect(idsOf(storedIn(stream, cluster))).toEqual(acknowledged);
    await received.until({ id: acknowledged.at(-1)! });
    expect(received.events).toEqual(await readOn(store, start));
  });

  it('without a leader is waited for, and given up in time', async () => {
    const store = await opened(impatience, cluster.url);
    await cluster.elect(1, 1_500);
    const append = store.append(freshStream(), NO_STREAM, manyCounted(1));
    expect(await timed(append)).toBeLessThan(impatience.giveUpAfterMs + 1_500);
    await expect(append).rejects.toBeInstanceOf(OutcomeUnknown);
    await until(async () => (await cluster.leader()) === 1);
    const patient = await opened({}, cluster.url);
    expect(await patient.append(freshStream(), NO_STREAM, manyCounted(1))).toMatchObject({ revision: 0 });
  });

  it('never answers a reader from a follower that is behind', async () => {
    await cluster.holdIndex(1);
    await cluster.holdIndex(2);
    const [writer, store] = [await opened({}, cluster.url), await opened({}, `${cluster.url}&nodePreference=follower`)];
    const stream = freshStream();
    const { position } = await writer.append(stream, NO_STREAM, manyCounted(3));
    const reads = [
      () => store.readStream(stream),
      () => store.readAt(position),
      () => store.head(),
      () => store.readAll(0, 100),
    ];
    for (const read of reads) {
      const expected = await read();
      // after a failure the client is a fresh one, which begins at a follower
      await cluster.failReads(14, { times: 1 });
      expect(await read()).toEqual(expected);
    }
    expect(store.counts.retries).toBeGreaterThanOrEqual(2 * reads.length);
    expect(await store.readAll(0, 100)).toHaveLength(3);
  });

  it('is found by the address of a follower alone', async () => {
    const store = await opened({}, `esdb://127.0.0.1:${cluster.ports[2]}?tls=false`);
    await cluster.holdIndex(2);
    const [stream, events] = [freshStream(), manyCounted(5)];
    await Promise.all(appendAll(store, stream, events));
    expect(idsOf(await store.readStream(stream))).toEqual(idsOf(events));
    expect(await store.readAll(0, 100)).toHaveLength(5);
  });

  it('has a subscription to a follower that is behind made again until it is not', async () => {
    const store = await opened({}, `${cluster.url}&nodePreference=follower`);
    const { start, received } = await followed(store);
    await cluster.holdIndex(1);
    const [stream, events] = [freshStream(), manyCounted(5)];
    await Promise.all(appendAll(store, stream, events));
    await received.until(events[4]!);
    expect(received.events).toEqual(await readOn(store, start));
  });

  it('that elects leader after leader amid hundreds of appends at once leaves nothing unhandled', async () => {
    const store = await opened({ giveUpAfterMs: 10_000 }, cluster.url);
    const streams = Array.from({ length: 300 }, freshStream);
    const appends = streams.map((stream) => store.append(stream, NO_STREAM, manyCounted(1)));
    for (const node of [1, 2, 0]) {
      await cluster.elect(node, 50);
      await cluster.cutConnections();
      await Promise.race(appends);
    }
    await Promise.all(appends);
    expect(cluster.events()).toHaveLength(300);
  });
});

/** A store with a subscription, appends and reads under way over a network that has just fallen mute. */
async function inTrouble() {
  const store = await opened(impatience, url);
  const { subscription } = await followed(store);
  proxy.mute('all');
  const stream = freshStream();
  const appends = appendAll(store, stream, manyCounted(3)).map(failureOf);
  const reads = [store.readStream(stream), store.head(), store.readAll(0, 10)].map(failureOf);
  return { store, subscription, appends, reads };
}

/** A process of its own that closes its store some time after it was told to go on; then nothing may keep it. */
const CLOSING = `
  import { EventStoreDb } from './dist/libs/event-store/eventstoredb.js';
  const [url] = process.argv.slice(1);
  const store = await EventStoreDb.open(url, ${JSON.stringify({ ...impatience, startWithinMs: BOUND_MS })});
  store.subscribe(0, () => {});
  await store.append('counter-' + crypto.randomUUID(), -1, [
    { id: crypto.randomUUID(), type: 'Counted.v1', data: {}, metadata: {} },
  ]);
  process.stdin.once('data', async () => {
    process.stdin.destroy();
    const asked = [store.head(), store.readStream('counter-1'), store.readAll(0, 10)];
    for (const each of asked) each.catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 400));
    await store.close();
    console.log('closed');
  });
  console.log('open');
`;

/** Resolves with how long such a process lived after its store was closed, and how it ended. */
async function lifeAfterClosing(at: string, trouble: () => unknown) {
  for (;;) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', CLOSING, at], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const ended = once(child, 'exit') as Promise<[number | null]>;
    const kill = setTimeout(() => child.kill('SIGKILL'), BOUND_MS);
    let said = '';
    let complained = '';
    child.stderr.on('data', (text: Buffer) => (complained += text.toString()));
    child.stdout.on('data', (text: Buffer) => (said += text.toString()));
    await Promise.race([ended, until(() => said.includes('open'))]);
    if (complained.includes('ERR_MODULE_NOT_FOUND')) continue;
    await trouble();
    child.stdin.write('go on');
    await Promise.race([ended, until(() => said.includes('closed'))]);
    const start = Date.now();
    const [code] = await ended;
    clearTimeout(kill);
    return { code, complained, ms: Date.now() - start };
  }
}

describe('Closing', () => {
  it('over a mute network leaves nothing that keeps the process', async () => {
    const { ms, ...ended } = await lifeAfterClosing(url, () => proxy.mute('all'));
    expect(ended).toEqual({ code: 0, complained: '' });
    expect(ms).toBeLessThan(3_000);
  });

  it('over a mute network is done when the appends are given up, and ends every read', async () => {
    const { store, appends, reads } = await inTrouble();
    expect(await timed(store.close())).toBeLessThan(impatience.giveUpAfterMs + 1_500);
    expect((await Promise.all(appends)).map(nameOf)).toEqual([
      'OutcomeUnknown',
      'StoreUnavailable',
      'StoreUnavailable',
    ]);
    for (const read of reads) expect(await read).toBeInstanceOf(StoreUnavailable);
  });

  it('amid a network that cuts and refuses is done in time', async () => {
    const { store } = await inTrouble();
    proxy.refuse();
    expect(await timed(store.close())).toBeLessThan(impatience.giveUpAfterMs + 1_500);
  });

  it('has later reads and appends refused at once', async () => {
    const store = await opened();
    await store.close();
    const asked = [
      store.readStream(freshStream()),
      store.head(),
      store.readAll(0, 1),
      store.readAt(1),
      store.append(freshStream(), NO_STREAM, manyCounted(1)),
    ].map(failureOf);
    expect(await timed(Promise.all(asked))).toBeLessThan(300);
    for (const each of asked) expect(await each).toBeInstanceOf(StoreUnavailable);
  });

  it('twice at once is one', async () => {
    const { store } = await inTrouble();
    await Promise.all([store.close(), store.close()]);
    expect(store.counts.inFlight).toBe(0);
  });
});

commanded(`Closing beside a cluster that has died${leftOut}`, () => {
  it('leaves nothing that keeps the process', async () => {
    const cluster = await served({ nodes: 3 });
    const { ms, ...ended } = await lifeAfterClosing(cluster.url, () => cluster.kill());
    expect(ended).toEqual({ code: 0, complained: '' });
    expect(ms).toBeLessThan(3_000);
  });

  it('is done in time', async () => {
    const cluster = await served({ nodes: 3 });
    const store = await opened(impatience, cluster.url);
    await followed(store);
    await cluster.kill();
    const append = failureOf(store.append(freshStream(), NO_STREAM, manyCounted(1)));
    expect(await timed(store.close())).toBeLessThan(impatience.giveUpAfterMs + 1_500);
    expect(await append).toBeInstanceOf(OutcomeUnknown);
  });
});
