/**
 * A subscription to EventStoreDB never ends by itself and misses nothing: dropped, cut, silent or too slow, it goes on
 * after the last event received; only a failing handler or an older log ends it. With ESDB_URL set, as the other spec.
 */

import { counted, freshStream, idsOf, manyCounted, readOn, Received } from '#libs/event-store/contract';
import { LogReplaced, NO_STREAM } from '#libs/event-store/event-store';
import type { TestServer } from '../eventstoredb/test-server.js';
import {
  appendAll,
  commanded,
  ENDINGS,
  failureOf,
  followed,
  impatience,
  leftOut,
  opened,
  proxy,
  served,
  server,
  timed,
  until,
  url,
  withServer,
  writing,
} from './eventstoredb-kit.js';

withServer();

/** Two servers with logs of one shape: the same places, other ids. */
async function twins(version: '23.10' | '26.1'): Promise<[TestServer, TestServer]> {
  const [one, other] = [await served({ version }), await served({ version })];
  await one.append('counter-1', 'any', manyCounted(3));
  await other.append('counter-1', 'any', manyCounted(3));
  return [one, other];
}

function large() {
  return counted({ data: { text: 'x'.repeat(5_000) } });
}

commanded(`A subscription${leftOut}`, () => {
  it.each(ENDINGS)('that ends as %s goes on without gap or double', async (how) => {
    const store = await opened();
    const { start, received } = await followed(store);
    const [stream, events] = [freshStream(), manyCounted(30)];
    await Promise.all(appendAll(store, stream, events.slice(0, 10)));
    await received.until(events[9]!);
    expect(await server.dropSubscriptions(how)).toBe(1);
    await Promise.all(appendAll(store, stream, events.slice(10), 9));
    await received.until(events[29]!);
    expect(received.events).toEqual(await readOn(store, start));
    expect(store.counts.subscriptionRestarts).toBeGreaterThan(0);
  });

  it('that ends with every third event goes on without gap or double', async () => {
    const store = await opened();
    const { start, received } = await followed(store);
    await server.dropSubscriptions(14);
    await server.dropAfter(3, 10, { times: 4 });
    await server.dropAfter(3, 'end', { times: 4 });
    await server.dropAfter(3, 'cut', { times: 4 });
    const [stream, events] = [freshStream(), manyCounted(60)];
    await Promise.all(appendAll(store, stream, events));
    await received.until(events[59]!);
    expect(received.events).toEqual(await readOn(store, start));
    expect(store.counts.subscriptionRestarts).toBeGreaterThanOrEqual(10);
  });

  it('whose beginning fails again and again begins all the same', async () => {
    const store = await opened();
    await server.dropAfter(0, 14, { times: 4 });
    await server.delay('subscription', 50, { times: 2 });
    const { start, received } = await followed(store);
    expect(received.events).toEqual(await readOn(store, start));
  });

  it('that the server drops as too slow goes on', async () => {
    const store = await opened();
    const { start, received } = await followed(store);
    expect(await server.dropSlowConsumers()).toBe(1);
    const event = counted();
    await store.append(freshStream(), NO_STREAM, [event]);
    await received.until(event);
    expect(received.events).toEqual(await readOn(store, start));
  });

  it.each(['23.10', '26.1'] as const)(
    'of server %s outlives a handler that is behind by many and large events',
    async (version) => {
      const other = await served({ version });
      const store = await opened({}, other.url);
      const gate: { open?: () => void } = {};
      let opening: Promise<void> | undefined;
      const { start, received } = await followed(store, () => opening);
      opening = new Promise((resolve) => {
        gate.open = resolve;
      });
      const stream = freshStream();
      for (let i = 0; i < 60; i += 1) await store.append(stream, i * 50 - 1, Array.from({ length: 50 }, large));
      gate.open!();
      const last = counted();
      await store.append(stream, 2_999, [last]);
      await received.until(last);
      expect(received.ids).toEqual(idsOf(await readOn(store, start)));
    },
  );

  it('is made again when it is silent while another writer’s events move the log on', async () => {
    const store = await opened();
    const { start, received } = await followed(store);
    await server.dropSubscriptions('silence');
    const event = counted();
    await server.append(freshStream(), 'any', [event]);
    await received.until(event);
    expect(received.events).toEqual(await readOn(store, start));
  });

  it('that is silent because nothing happens is left alone', async () => {
    const store = await opened({ watchEveryMs: 30 });
    await followed(store);
    const { subscriptionRestarts } = store.counts;
    const { reads } = await server.counts();
    await until(async () => (await server.counts()).reads > reads + 5);
    expect(store.counts.subscriptionRestarts).toBe(subscriptionRestarts);
  });

  it('dropped while its handler works gives it nothing twice', async () => {
    const store = await opened();
    const { start, received } = await followed(store, () => server.dropSubscriptions(14));
    const [stream, events] = [freshStream(), manyCounted(12)];
    for (const [i, event] of events.entries()) {
      await store.append(stream, i - 1, [event]);
      await received.until(event);
    }
    expect(received.events).toEqual(await readOn(store, start));
    expect(store.counts.subscriptionRestarts).toBeGreaterThan(5);
  });

  it('whose handler fails after it was made again ends, tells why, and leaves no call open', async () => {
    const fresh = await served();
    const store = await opened({}, fresh.url);
    const reason = new Error('the handler cannot go on');
    let failing = false;
    const { received, ended } = await followed(store, () => (failing ? Promise.reject(reason) : undefined));
    await fresh.dropSubscriptions(14);
    const event = counted();
    await store.append(freshStream(), NO_STREAM, [event]);
    await received.until(event);
    failing = true;
    await store.append(freshStream(), NO_STREAM, [counted()]);
    expect(await ended).toBe(reason);
    await until(async () => (await fresh.counts()).openCalls === 0);
    expect(received.events).toHaveLength(2);
  });

  it('is one of many, each dropped and made again by itself', async () => {
    const fresh = await served();
    const store = await opened({}, fresh.url);
    const all = [];
    for (let i = 0; i < 8; i += 1) all.push(await followed(store));
    expect(await fresh.dropSubscriptions('cut')).toBe(8);
    const [stream, events] = [freshStream(), manyCounted(10)];
    await Promise.all(appendAll(store, stream, events));
    await Promise.all(all.map(({ received }) => received.until(events[9]!)));
    for (const { start, received } of all) expect(received.events).toEqual(await readOn(store, start));
    await until(async () => (await fresh.counts()).openCalls === 8);
    expect((await fresh.counts()).openSubscriptions).toBe(8);
  });

  it('stops at once even when the store answers nothing', async () => {
    const store = await opened();
    const { subscription } = await followed(store);
    await server.failReads('silence');
    await server.dropSubscriptions(14);
    await until(async () => store.counts.subscriptionRestarts > 0 && store.counts.inFlight > 0);
    expect(await timed(subscription.stop())).toBeLessThan(300);
  });

  it('tells what it overcame, and no secret', async () => {
    const told: string[] = [];
    const store = await opened({ onTrouble: (what) => told.push(what) });
    const { received } = await followed(store);
    await server.dropSubscriptions(10);
    const event = counted();
    await store.append(freshStream(), NO_STREAM, [event]);
    await received.until(event);
    expect(told).toEqual([
      `EventStoreDB at 127.0.0.1:${server.ports[0]}: the subscription is made again (10 ABORTED: status 10 on command)`,
    ]);
  });
});

describe('A subscription over a network that', () => {
  it('falls mute on the connections it has is made again', async () => {
    const [store, direct] = [await opened({}, url), await opened()];
    const { start, received } = await followed(store);
    proxy.mute('existing');
    const event = counted();
    await direct.append(freshStream(), NO_STREAM, [event]);
    await received.until(event);
    // others may write a real server meanwhile
    expect((await readOn(direct, start)).slice(0, received.events.length)).toEqual(received.events);
    expect(store.counts.subscriptionRestarts).toBeGreaterThan(0);
  });

  it('is cut again and again amid appends misses and doubles nothing', async () => {
    const [store, direct] = [await opened({}, url), await opened()];
    const { start, received } = await followed(store);
    const { more, stop } = writing(direct, freshStream());
    for (let i = 0; i < 12; i += 1) {
      await more(20);
      proxy.cut();
    }
    const acknowledged = await stop();
    await received.until({ id: acknowledged.at(-1)! });
    // others may write a real server meanwhile
    expect((await readOn(direct, start)).slice(0, received.events.length)).toEqual(received.events);
  });

  it('stays mute stops at once', async () => {
    const store = await opened(impatience, url);
    const { subscription } = await followed(store);
    proxy.mute('all');
    expect(await timed(subscription.stop())).toBeLessThan(300);
  });
});

commanded(`A log that is replaced by an older one${leftOut}`, () => {
  it.each(['23.10', '26.1'] as const)('ends a subscription to server %s that has received more', async (version) => {
    const [one] = await twins(version);
    const older = one.backup();
    const store = await opened({}, one.url);
    const { received, ended } = await followed(store);
    await one.restore(older);
    expect(await ended).toBeInstanceOf(LogReplaced);
    expect(received.events).toHaveLength(1);
  });

  it.each(['23.10', '26.1'] as const)('ends a subscription to server %s that began beyond it', async (version) => {
    const [one] = await twins(version);
    const older = one.backup();
    const store = await opened({}, one.url);
    const { position } = await store.append('counter-1', 2, manyCounted(1));
    const received = new Received();
    const ended = new Promise((resolve) => {
      store.subscribe(position, received.take, resolve);
    });
    await until(async () => (await one.counts()).openSubscriptions === 1);
    await one.restore(older);
    expect(await ended).toBeInstanceOf(LogReplaced);
    expect(received.events).toEqual([]);
  });

  it.each(['23.10', '26.1'] as const)(
    'ends a subscription to server %s when another event stands in its place',
    async (version) => {
      const [one, other] = await twins(version);
      const store = await opened({}, one.url);
      const received = new Received();
      const ended = new Promise((resolve) => {
        store.subscribe(0, received.take, resolve);
      });
      await until(() => received.events.length === 3);
      await one.restore(other.backup());
      expect(await ended).toBeInstanceOf(LogReplaced);
    },
  );

  it('does not end one that a fault of the server keeps from looking', async () => {
    const store = await opened(impatience);
    const { start, received, ended } = await followed(store);
    await server.failReads(2);
    await server.dropSubscriptions(14);
    await until(() => store.counts.subscriptionRestarts > 1);
    await server.clearFaults();
    const event = counted();
    await store.append(freshStream(), NO_STREAM, [event]);
    await Promise.race([received.until(event), ended]);
    expect(received.events).toEqual(await readOn(store, start));
  });

  it('ends a subscription that begins at a place the log does not have', async () => {
    const store = await opened();
    const ended = new Promise((resolve) => {
      store.subscribe(999_999_999, () => {}, resolve);
    });
    expect(await failureOf(ended.then((reason) => Promise.reject(reason as Error)))).toBeInstanceOf(LogReplaced);
  });
});
