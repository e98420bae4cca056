/**
 * EventStoreDB out of order: lost answers, late appends, restarts, silence, elections. What is acknowledged is stored once, what is
 * not is found out, and nothing ends the process. With ESDB_URL set, what needs only the network in between runs against
 * the real server it names (nobody else may write the category `counter` meanwhile); the rest is shown as skipped.
 */

import { Aggregates } from '#libs/event-store/aggregates';
import { counted, freshStream, idsOf, manyCounted, readOn } from '#libs/event-store/contract';
import {
  AppendTooLarge,
  NO_STREAM,
  OutcomeUnknown,
  UnknownPosition,
  WrongExpectedRevision,
} from '#libs/event-store/event-store';
import type { EventStoreDb } from '#libs/event-store/eventstoredb';
import type { Decider, DomainEvent } from '#libs/decider/decider';
import { randomUUID } from 'node:crypto';
import {
  appendAll,
  BOUND_MS,
  commanded,
  ENDINGS,
  failureOf,
  followed,
  impatience,
  leftOut,
  nameOf,
  opened,
  proxy,
  served,
  server,
  storedIn,
  timed,
  until,
  url,
  withServer,
  writing,
} from './eventstoredb-kit.js';

withServer();

/** Counts by payments that have an id, each once, as a grant does. */
interface Paid extends DomainEvent {
  readonly type: 'Counted.v1';
  readonly data: { readonly payment: string };
}

const purse: Decider<ReadonlySet<string>, string, Paid> = {
  initial: new Set(),
  decide: (payment, paid) => (paid.has(payment) ? [] : [{ type: 'Counted.v1', data: { payment } }]),
  evolve: (paid, { data }) => {
    if (paid.has(data.payment)) throw new Error(`${data.payment} is there twice`);
    return new Set(paid).add(data.payment);
  },
};

async function systemEvents(count: number): Promise<void> {
  const kinds = ['stats', 'metadata', 'link'] as const;
  for (let i = 0; i < count; i += 1) await server.writeSystemEvent(kinds[i % kinds.length]!);
}

function purses(store: EventStoreDb) {
  const aggregates = new Aggregates(store, purse, {
    category: 'counter',
    read: ({ data }) => ({ type: 'Counted.v1', data }) as Paid,
    remembered: 10,
  });
  const pay = (id: string, payment: string) =>
    aggregates.transact(id, ({ state }) => purse.decide(payment, state, undefined), {});
  return { aggregates, pay };
}

function paymentsOf(events: readonly { readonly data: unknown }[]): string[] {
  return events.map(({ data }) => (data as Paid['data']).payment);
}

commanded(`An append${leftOut}`, () => {
  it.each(ENDINGS)(
    'that was stored and whose answer ended as %s is stored once, and answered with its place',
    async (how) => {
      const store = await opened();
      const [stream, events] = [freshStream(), manyCounted(3)];
      await server.loseReplies(how, { times: 1, stream });
      const appended = await store.append(stream, NO_STREAM, events);
      const stored = storedIn(stream);
      expect(idsOf(stored)).toEqual(idsOf(events));
      expect(appended).toEqual({ revision: 2, position: stored.at(-1)!.position });
      expect(store.counts).toMatchObject({ retries: 1, unknownOutcomes: 0 });
    },
  );

  it.each(ENDINGS)('that ended as %s before it was applied is stored once', async (how) => {
    const store = await opened();
    const [stream, events] = [freshStream(), manyCounted(2)];
    await server.failAppends(how, { times: 1, stream });
    const appended = await store.append(stream, NO_STREAM, events);
    const stored = storedIn(stream);
    expect(idsOf(stored)).toEqual(idsOf(events));
    expect(appended).toEqual({ revision: 1, position: stored.at(-1)!.position });
  });

  it('that lost its answer many times is stored once', async () => {
    const store = await opened();
    const stream = freshStream();
    await server.loseReplies(14, { times: 4, stream });
    await store.append(stream, NO_STREAM, manyCounted(1));
    expect(storedIn(stream)).toHaveLength(1);
    expect(store.counts).toMatchObject({ appends: 1, retries: 4 });
  });

  it('whose repeat is answered without a position is given its own', async () => {
    const store = await opened();
    const stream = freshStream();
    await server.loseReplies(14, { times: 1, stream });
    await server.hidePositions({ times: 1, stream });
    const { position } = await store.append(stream, NO_STREAM, manyCounted(2));
    expect(position).toBe(storedIn(stream).at(-1)!.position);
  });

  it('that is stored, and whose position cannot be found out, is of unknown outcome, not refused', async () => {
    const store = await opened(impatience);
    const stream = freshStream();
    await server.loseReplies(14, { times: 1, stream });
    await server.hidePositions({ times: 1, stream });
    await server.failReads(14);
    expect(await failureOf(store.append(stream, NO_STREAM, manyCounted(1)))).toBeInstanceOf(OutcomeUnknown);
    expect(storedIn(stream)).toHaveLength(1);
  });

  it('that lost its answer and is then refused is of unknown outcome, not refused', async () => {
    const store = await opened();
    const stream = freshStream();
    await server.loseReplies('silence', { times: 1, stream });
    const append = failureOf(store.append(stream, NO_STREAM, manyCounted(1)));
    await until(() => storedIn(stream).length === 1);
    await server.failAppends(7, { times: 1, stream });
    expect(await append).toBeInstanceOf(OutcomeUnknown);
  });

  it('that is applied late, after its repeat, is not stored twice', async () => {
    const store = await opened();
    const [stream, events] = [freshStream(), manyCounted(2)];
    await server.applyLate(14, { times: 1, stream });
    await store.append(stream, NO_STREAM, events);
    await store.append(stream, 1, manyCounted(1));
    expect(await server.applyLateAppends()).toBe(0);
    expect(storedIn(stream)).toHaveLength(3);
  });

  it('that is applied while it is being repeated is stored once', async () => {
    const store = await opened();
    const [stream, events] = [freshStream(), manyCounted(20)];
    await server.applyLate('silence', { times: 3, stream, afterMs: 20 });
    await Promise.all(appendAll(store, stream, events));
    expect(idsOf(storedIn(stream))).toEqual(idsOf(events));
  });

  it('that is never answered is given up in time, its outcome unknown', async () => {
    const store = await opened(impatience);
    const stream = freshStream();
    await server.failAppends('silence', { stream });
    const append = store.append(stream, NO_STREAM, manyCounted(1));
    expect(await timed(append)).toBeLessThan(impatience.giveUpAfterMs + 1_500);
    await expect(append).rejects.toBeInstanceOf(OutcomeUnknown);
    expect(store.counts.unknownOutcomes).toBe(1);
  });

  it('too large for the server is refused alone, and the next one is stored', async () => {
    const store = await opened();
    const stream = freshStream();
    const large = counted({ data: { text: 'x'.repeat(1_100_000) } });
    expect(await failureOf(store.append(stream, NO_STREAM, [large]))).toBeInstanceOf(AppendTooLarge);
    expect(await failureOf(store.append(stream, NO_STREAM, manyCounted(1)))).toEqual(new Error('it did not fail'));
    expect(storedIn(stream)).toHaveLength(1);
    expect(store.counts).toMatchObject({ retries: 0 });
  });

  it('among hundreds that all exceed their time is stored once like every other', async () => {
    const store = await opened({ giveUpAfterMs: BOUND_MS });
    const streams = Array.from({ length: 200 }, freshStream);
    await server.loseReplies('silence', { times: 50 });
    await server.failAppends(4, { times: 50 });
    await Promise.all(streams.map((stream) => store.append(stream, NO_STREAM, manyCounted(1))));
    const ours = new Set(streams);
    expect(server.events().filter(({ stream }) => ours.has(stream))).toHaveLength(200);
    expect(store.counts.inFlight).toBe(0);
  });

  it('that waits for its turn beyond its time was not sent, and is not said to be of unknown outcome', async () => {
    const store = await opened(impatience);
    await server.failAppends('silence');
    const appends = Array.from({ length: 300 }, () =>
      failureOf(store.append(freshStream(), NO_STREAM, manyCounted(1))),
    );
    const [failures, ms] = await Promise.all([Promise.all(appends), timed(Promise.all(appends))]);
    const names = failures.map(nameOf);
    expect(ms).toBeLessThan(impatience.giveUpAfterMs + 2_500);
    expect(names.slice(0, 50).every((name) => name === 'OutcomeUnknown')).toBe(true);
    expect(names.at(-1)).toBe('StoreUnavailable');
    expect((await server.counts()).appendsReceived).toBeLessThan(1_000);
  });
});

commanded(`Appends of one stream${leftOut}`, () => {
  it('stay in order while answers are lost and attempts fail', async () => {
    const store = await opened();
    const [stream, events] = [freshStream(), manyCounted(40)];
    const appends = appendAll(store, stream, events);
    for (let i = 0; i < events.length; i += 5) {
      await server.loseReplies(14, { times: 1, stream });
      await server.failAppends(10, { times: 1, stream });
      await appends[i];
    }
    const appended = await Promise.all(appends);
    const stored = storedIn(stream);
    expect(idsOf(stored)).toEqual(idsOf(events));
    expect(appended).toEqual(stored.map(({ revision, position }) => ({ revision, position })));
  });

  it('are not sent after one that was given up', async () => {
    const store = await opened(impatience);
    const stream = freshStream();
    await server.failAppends('silence', { stream });
    const failures = await Promise.all(appendAll(store, stream, manyCounted(4)).map(failureOf));
    expect(failures.map(nameOf)).toEqual(['OutcomeUnknown', ...Array<string>(3).fill('StoreUnavailable')]);
    expect(store.counts.appends).toBe(1);
    expect(storedIn(stream)).toEqual([]);
  });

  it('are not sent after one that failed even when their place would be free', async () => {
    const store = await opened(impatience);
    const [stream, others] = [freshStream(), manyCounted(1)];
    await server.failAppends('silence', { stream });
    const appends = appendAll(store, stream, manyCounted(2)).map(failureOf);
    await server.append(stream, 'any', others);
    const failures = await Promise.all(appends);
    expect(failures.map(nameOf)).toEqual(['OutcomeUnknown', 'StoreUnavailable']);
    await server.clearFaults();
    const again = await store.append(stream, 0, manyCounted(1));
    expect(again.revision).toBe(1);
    expect(storedIn(stream)[0]!.id).toBe(others[0]!.id);
    expect(storedIn(stream)).toHaveLength(2);
  });

  it('are refused together when another writer took the place of the first', async () => {
    const store = await opened();
    const stream = freshStream();
    await server.delay('append', 60, { times: 1, stream });
    const appends = appendAll(store, stream, manyCounted(3)).map(failureOf);
    await server.append(stream, 'any', manyCounted(1));
    const failures = await Promise.all(appends);
    expect(failures).toEqual([-1, 0, 1].map((expected) => new WrongExpectedRevision(stream, expected, 0)));
    expect(storedIn(stream)).toHaveLength(1);
  });

  it('are taken from two writers once each, while answers are lost', async () => {
    const stores = [await opened(), await opened()];
    const id = randomUUID();
    const lanes = stores.map(async (store, writer) => {
      const { pay } = purses(store);
      const made: string[] = [];
      for (let i = 0; i < 15; i += 1) {
        if (i % 3 === 0) await server.loseReplies(14, { times: 1 });
        await pay(id, `${writer}/${i}`);
        made.push(`${writer}/${i}`);
      }
      return made;
    });
    const made = (await Promise.all(lanes)).flat();
    expect(paymentsOf(storedIn(`counter-${id}`)).toSorted()).toEqual(made.toSorted());
  });
});

commanded(`A command whose append was given up${leftOut}`, () => {
  let id: string;
  let stream: string;

  beforeEach(() => {
    id = randomUUID();
    stream = `counter-${id}`;
  });

  /** A writer whose payment `first` was given up, its append waiting at the server. */
  async function givenUp() {
    const store = await opened(impatience);
    const { pay, aggregates } = purses(store);
    await pay(id, 'before');
    await server.applyLate('silence', { stream });
    expect(await failureOf(pay(id, 'first'))).toBeInstanceOf(OutcomeUnknown);
    await server.clearFaults();
    return { store, pay, aggregates };
  }

  it('is found done when it is given again after the append was applied', async () => {
    const { pay } = await givenUp();
    expect(await server.applyLateAppends()).toBe(1);
    expect(await pay(id, 'first')).toMatchObject({ events: [], revision: 1 });
    expect(paymentsOf(storedIn(stream))).toEqual(['before', 'first']);
  });

  it('is done when it is given again, and the late append then changes nothing', async () => {
    const { pay } = await givenUp();
    expect(await pay(id, 'first')).toMatchObject({ events: [{}], revision: 1 });
    expect(await server.applyLateAppends()).toBe(0);
    await pay(id, 'second');
    expect(paymentsOf(storedIn(stream))).toEqual(['before', 'first', 'second']);
  });

  it('is found done when the append is applied while it is decided again', async () => {
    const { pay } = await givenUp();
    await server.delay('append', 200, { times: 1, stream });
    const { appendsReceived } = await server.counts();
    const again = pay(id, 'first');
    await until(async () => (await server.counts()).appendsReceived > appendsReceived);
    expect(await server.applyLateAppends()).toBe(1);
    expect(await again).toMatchObject({ events: [], revision: 1 });
    expect(paymentsOf(storedIn(stream))).toEqual(['before', 'first']);
  });

  it('leaves its place to another one, which the late append cannot displace', async () => {
    const { pay } = await givenUp();
    await pay(id, 'other');
    expect(await server.applyLateAppends()).toBe(0);
    await pay(id, 'first');
    expect(paymentsOf(storedIn(stream))).toEqual(['before', 'other', 'first']);
  });
});

describe('A network that', () => {
  it('cuts its connections amid appends loses none and doubles none', async () => {
    const [store, direct] = [await opened({}, url), await opened()];
    const stream = freshStream();
    const { received } = await followed(store);
    const { more, stop } = writing(store, stream);
    for (let i = 0; i < 10; i += 1) {
      await more(5);
      proxy.cut();
    }
    await more(5);
    const acknowledged = await stop();
    expect(idsOf(await direct.readStream(stream))).toEqual(acknowledged);
    await received.until({ id: acknowledged.at(-1)! });
    expect(idsOf(received.events.filter((event) => event.stream === stream))).toEqual(acknowledged);
  });

  it('loses the answers amid appends has each stored once', async () => {
    const [store, direct] = [await opened({}, url), await opened()];
    const stream = freshStream();
    const { more, stop } = writing(store, stream);
    for (let i = 0; i < 5; i += 1) {
      await more(3);
      proxy.loseReplies(20);
    }
    await more(3);
    const acknowledged = await stop();
    expect(idsOf(await direct.readStream(stream))).toEqual(acknowledged);
  });

  it('refuses connections and takes them again is waited for', async () => {
    const store = await opened({}, url);
    const { received } = await followed(store);
    proxy.refuse();
    const [event, stream] = [counted(), freshStream()];
    const append = store.append(stream, NO_STREAM, [event]);
    const reading = store.readStream(freshStream());
    await until(() => store.counts.retries >= 3);
    await proxy.pass();
    expect(await append).toMatchObject({ revision: 0 });
    expect(await reading).toEqual([]);
    await received.until(event);
    expect(store.counts.subscriptionRestarts).toBeGreaterThan(0);
  });

  it('is mute on the connections it has is left for new ones', async () => {
    const [store, direct] = [await opened({}, url), await opened()];
    const { received } = await followed(store);
    const [event, stream] = [counted(), freshStream()];
    proxy.mute('existing');
    await store.append(stream, NO_STREAM, [event]);
    expect(await direct.readStream(stream)).toHaveLength(1);
    await received.until(event);
  });

  it('is mute for a while and then delivers late has each append stored once', async () => {
    const [store, direct] = [await opened({}, url), await opened()];
    const [stream, events] = [freshStream(), manyCounted(5)];
    proxy.mute('all');
    const appends = Promise.all(appendAll(store, stream, events));
    await until(() => store.counts.retries >= 2);
    await proxy.pass();
    await appends;
    expect(idsOf(await direct.readStream(stream))).toEqual(idsOf(events));
  });

  it('stays mute has appends and reads given up in time, and is used again afterwards', async () => {
    const store = await opened(impatience, url);
    const stream = freshStream();
    proxy.mute('all');
    const append = failureOf(store.append(stream, NO_STREAM, manyCounted(1)));
    const reads = [store.readStream(stream), store.head(), store.readAll(0, 10)].map(failureOf);
    const ms = await timed(Promise.all([append, ...reads]));
    expect(ms).toBeLessThan(impatience.giveUpAfterMs + 2_000);
    expect(await append).toBeInstanceOf(OutcomeUnknown);
    for (const reading of reads) expect(nameOf(await reading)).toBe('StoreUnavailable');
    proxy.cut();
    await proxy.pass();
    await store.append(freshStream(), NO_STREAM, manyCounted(1));
    await store.readStream(stream);
  });

  it('is slow only slows', async () => {
    const store = await opened({}, url);
    const { received } = await followed(store);
    proxy.delay(40);
    const [stream, events] = [freshStream(), manyCounted(10)];
    await Promise.all(appendAll(store, stream, events));
    await received.until(events[9]!);
    expect(idsOf(await store.readStream(stream))).toEqual(idsOf(events));
    expect(idsOf(received.events.filter((event) => event.stream === stream))).toEqual(idsOf(events));
  });
});

commanded(`A server that${leftOut}`, () => {
  it('refuses connections and takes them again is waited for', async () => {
    const store = await opened();
    const { received } = await followed(store);
    const [event, stream] = [counted(), freshStream()];
    await server.refuseConnections();
    const append = store.append(stream, NO_STREAM, [event]);
    await until(() => store.counts.retries >= 2);
    await server.takeConnections();
    await append;
    await received.until(event);
    expect(storedIn(stream)).toHaveLength(1);
  });

  it('is restarted amid appends, reads and a subscription loses nothing', async () => {
    const store = await opened({ giveUpAfterMs: BOUND_MS });
    const { start, received } = await followed(store);
    const streams = Array.from({ length: 6 }, freshStream);
    const lanes = streams.map((stream) => writing(store, stream));
    const reading = new AbortController();
    const read = (async () => {
      while (!reading.signal.aborted) await store.readStream(streams[0]!);
    })();
    for (let i = 0; i < 3; i += 1) {
      await lanes[i]!.more(4);
      await server.restart();
    }
    const acknowledged = await Promise.all(lanes.map(({ stop }) => stop()));
    reading.abort();
    await read;
    expect(streams.map((stream) => idsOf(storedIn(stream)))).toEqual(acknowledged);
    const last = counted();
    await store.append(freshStream(), NO_STREAM, [last]);
    await received.until(last);
    expect(received.events).toEqual(await readOn(store, start));
  });

  it('is killed is given up, and used again when it is back', async () => {
    const store = await opened(impatience);
    const { received } = await followed(store);
    const stream = freshStream();
    await store.append(stream, NO_STREAM, manyCounted(1));
    await server.kill();
    expect(await failureOf(store.append(stream, 0, manyCounted(1)))).toBeInstanceOf(OutcomeUnknown);
    expect(nameOf(await failureOf(store.readStream(stream)))).toBe('StoreUnavailable');
    await server.start();
    const event = counted();
    await store.append(stream, 0, [event]);
    await received.until(event);
    expect(storedIn(stream)).toHaveLength(2);
  });

  it('freezes and thaws has each append stored once, and every event delivered', async () => {
    const store = await opened();
    const { start, received } = await followed(store);
    const [stream, events] = [freshStream(), manyCounted(10)];
    server.freeze();
    const appends = Promise.all(appendAll(store, stream, events));
    const reading = store.readStream(stream);
    await until(() => store.counts.retries >= 2);
    server.thaw();
    await appends;
    await reading;
    await received.until(events[9]!);
    expect(idsOf(storedIn(stream))).toEqual(idsOf(events));
    expect(received.events).toEqual(await readOn(store, start));
  });

  it('is not ready yet is waited for', async () => {
    const starting = await served({ startupMs: 700 });
    const store = await opened({}, starting.url);
    await store.append(freshStream(), NO_STREAM, manyCounted(1));
    expect(starting.events()).toHaveLength(1);
  });
});

commanded(`A read${leftOut}`, () => {
  it.each(ENDINGS.filter((how) => how !== 'end'))('that ends as %s is made again', async (how) => {
    const store = await opened();
    const [stream, events] = [freshStream(), manyCounted(2)];
    const { position } = await store.append(stream, NO_STREAM, events);
    for (const read of [
      () => store.readStream(stream),
      () => store.readAt(position),
      () => store.head(),
      () => store.readAll(0, 1),
    ]) {
      const expected = await read();
      await server.failReads(how, { times: 1 });
      expect(await read()).toEqual(expected);
    }
    expect(store.counts.retries).toBe(4);
  });

  it('finds the head, and each event, among many of the server’s own', async () => {
    const store = await opened();
    const start = await store.head();
    const stream = freshStream();
    const { position: first } = await store.append(stream, NO_STREAM, manyCounted(1));
    await systemEvents(120);
    const { position: second } = await store.append(stream, 0, manyCounted(1));
    await systemEvents(120);
    const other = await opened();
    expect([await store.head(), await other.head()]).toEqual([second, second]);
    expect((await other.readAll(start, 10)).map(({ position }) => position)).toEqual([first, second]);
    expect((await other.readAll(first, 1)).map(({ position }) => position)).toEqual([second]);
    expect(await other.readAll(second, 10)).toEqual([]);
    expect((await other.readAt(first, 2)).map(({ position }) => position)).toEqual([first, second]);
  });

  it('from inside an event finds none there, and says that it cannot go on from there', async () => {
    const store = await opened();
    const { position } = await store.append(freshStream(), NO_STREAM, manyCounted(1));
    await store.append(freshStream(), NO_STREAM, manyCounted(1));
    expect(await store.readAt(position + 1)).toEqual([]);
    expect(await failureOf(store.readAll(position + 1, 5))).toEqual(new UnknownPosition(position + 1));
  });

  it('beyond the end finds nothing', async () => {
    const store = await opened();
    const { position } = await store.append(freshStream(), NO_STREAM, manyCounted(1));
    expect(await store.readAt(position + 1_000_000)).toEqual([]);
    expect(await store.readAll(position + 1_000_000, 5)).toEqual([]);
  });

  it('that the server cannot serve is no unknown position', async () => {
    const store = await opened(impatience);
    const { position } = await store.append(freshStream(), NO_STREAM, manyCounted(1));
    await server.failReads(2);
    expect(nameOf(await failureOf(store.readAt(position)))).toBe('StoreUnavailable');
  });

  it('leaves no call open, however many there are at once or one after another', async () => {
    const fresh = await served({});
    const store = await opened({}, fresh.url);
    const stream = freshStream();
    await store.append(stream, NO_STREAM, manyCounted(10));
    await followed(store);
    const reads = [
      () => store.readStream(stream),
      () => store.readStream(freshStream()),
      () => store.readAll(0, 3),
      () => store.head(),
    ];
    await Promise.all(Array.from({ length: 240 }, (_, i) => reads[i % 4]!()));
    for (let i = 0; i < 300; i += 1) await reads[i % 4]!();
    await until(async () => (await fresh.counts()).openCalls === 1);
    const { openSubscriptions, maxOpenCalls, batchAppends } = await fresh.counts();
    expect(openSubscriptions).toBe(1);
    expect(maxOpenCalls).toBeGreaterThan(10);
    expect(maxOpenCalls).toBeLessThan(60);
    expect(batchAppends).toBe(0);
  });

  it('that failed leaves no call open either', async () => {
    const fresh = await served({});
    const store = await opened({}, fresh.url);
    for (const how of [14, 'silence', 10, 'cut'] as const) {
      await fresh.failReads(how, { times: 5 });
      await Promise.all(Array.from({ length: 20 }, () => store.readStream(freshStream())));
    }
    await until(async () => (await fresh.counts()).openCalls === 0);
    expect((await fresh.counts()).openCalls).toBe(0);
  });
});
