/** What every event store promises, as tests that each adapter's spec runs against the real thing. */

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { APPEND_CASES } from './append-cases.js';
import {
  NO_STREAM,
  StoreUnavailable,
  WrongExpectedRevision,
  type EventStore,
  type NewEvent,
  type StoredEvent,
} from './event-store.js';

export interface StoreFactory {
  /** A store that no other test uses at the same time; what it already holds is left alone. */
  open(clock: () => number): EventStore | Promise<EventStore>;
  /** False for a store that stamps events with a clock of its own. */
  readonly takesClock?: boolean;
  /** Runs after the store of a test was closed. */
  cleanUp?(): void | Promise<void>;
}

/** An event that only counts, with whatever a test cares about. */
export function counted(over: Partial<NewEvent> = {}): NewEvent {
  return { id: randomUUID(), type: 'Counted.v1', data: { by: 1 }, metadata: {}, ...over };
}

/** So many events, numbered from 0 in `data.by`. */
export function manyCounted(count: number): NewEvent[] {
  return Array.from({ length: count }, (_, by) => counted({ data: { by } }));
}

/** A stream that no other test writes. */
export function freshStream(): string {
  return `counter-${randomUUID()}`;
}

/** A handler that keeps what it is given, and lets a test wait for it. */
export class Received {
  readonly events: StoredEvent[] = [];
  private readonly waiters: { id: string; resolve: () => void }[] = [];

  readonly take = (events: readonly StoredEvent[]): void => {
    this.events.push(...events);
    for (const { id, resolve } of this.waiters) if (events.some((event) => event.id === id)) resolve();
  };

  get ids(): string[] {
    return idsOf(this.events);
  }

  /** Resolves when the event was delivered. */
  async until({ id }: { readonly id: string }): Promise<void> {
    if (this.events.some((event) => event.id === id)) return;
    await new Promise<void>((resolve) => {
      this.waiters.push({ id, resolve });
    });
  }
}

/** Something to wait for until the test lets go. */
class Gate {
  readonly opened: Promise<void>;
  private letGo!: () => void;

  constructor() {
    this.opened = new Promise((resolve) => {
      this.letGo = resolve;
    });
  }

  open(): void {
    this.letGo();
  }
}

export function idsOf(events: readonly { readonly id: string }[]): string[] {
  return events.map((event) => event.id);
}

/** Everything after a position, read in pages. */
export async function readOn(store: EventStore, after: number, pageSize = 1_000): Promise<StoredEvent[]> {
  const all: StoredEvent[] = [];
  for (;;) {
    const page = await store.readAll(all.at(-1)?.position ?? after, pageSize);
    if (page.length === 0) return all;
    all.push(...page);
  }
}

/**
 * How many commits the write-ahead log of an SQLite file holds: its frames that close a transaction.
 * The layout is that of sqlite.org/fileformat2.html, §4.1; frames of another salt are left from before a checkpoint.
 */
export function commitsIn(file: string): number {
  const log = readFileSync(`${file}-wal`);
  const frameBytes = 24 + log.readUInt32BE(8);
  const salt = log.subarray(16, 24);
  let commits = 0;
  for (let at = 32; at + frameBytes <= log.length && log.subarray(at + 8, at + 16).equals(salt); at += frameBytes)
    if (log.readUInt32BE(at + 4) !== 0) commits += 1;
  return commits;
}

/** Lets what is due run, so that appends and deliveries interleave. */
function aMoment(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function isAscending(numbers: readonly number[]): boolean {
  return numbers.every((number, i) => i === 0 || number > numbers[i - 1]!);
}

export function describeEventStore(name: string, factory: StoreFactory): void {
  describe(`${name} keeps the promises of an event store`, () => {
    let store: EventStore;
    /** Where the log stood before the test. */
    let start: number;
    let now: number;
    let stream: string;

    beforeEach(async () => {
      now = Date.UTC(2026, 0, 5);
      store = await factory.open(() => now);
      start = await store.head();
      stream = freshStream();
    });

    afterEach(async () => {
      await store.close();
      await factory.cleanUp?.();
    });

    describe('append', () => {
      it('gives back what was appended, with its place in the stream', async () => {
        const [first, second] = [counted({ metadata: { actor: 'a' } }), counted({ type: 'Reset.v2', data: {} })];
        await store.append(stream, NO_STREAM, [first]);
        await store.append(stream, 0, [second]);
        expect(await store.readStream(stream)).toMatchObject([
          { ...first, stream, revision: 0 },
          { ...second, stream, revision: 1 },
        ]);
      });

      it('answers the revision and the position of the last event', async () => {
        const appended = await store.append(stream, NO_STREAM, manyCounted(3));
        const last = (await store.readAll(start, 10)).at(-1)!;
        expect(appended).toEqual({ revision: 2, position: last.position });
        expect(await store.head()).toBe(last.position);
      });

      it('gives each event its own, growing position', async () => {
        await store.append(stream, NO_STREAM, manyCounted(3));
        await store.append(freshStream(), NO_STREAM, manyCounted(2));
        await store.append(stream, 2, manyCounted(1));
        const positions = (await store.readAll(start, 10)).map((event) => event.position);
        expect(positions).toHaveLength(6);
        expect(isAscending([start, ...positions])).toBe(true);
        expect(positions.every(Number.isSafeInteger)).toBe(true);
      });

      it('takes several events or none of them', async () => {
        await store.append(stream, NO_STREAM, manyCounted(2));
        await expect(store.append(stream, NO_STREAM, manyCounted(5))).rejects.toBeInstanceOf(WrongExpectedRevision);
        await store.append(stream, 1, manyCounted(3));
        const revisions = (await store.readStream(stream)).map((event) => event.revision);
        expect(revisions).toEqual([0, 1, 2, 3, 4]);
      });

      it.each([
        ['that the stream has gone past', 0],
        ['that the stream has not reached', 7],
        ['of a stream that is not there yet', NO_STREAM],
      ])('refuses an expected revision %s, and keeps nothing', async (_, expected) => {
        await store.append(stream, NO_STREAM, manyCounted(3));
        const before = await readOn(store, start);
        await expect(store.append(stream, expected, [counted()])).rejects.toMatchObject({
          name: 'WrongExpectedRevision',
          stream,
          expected,
          actual: 2,
        });
        expect(await readOn(store, start)).toEqual(before);
        expect(await store.head()).toBe(before.at(-1)!.position);
      });

      it('refuses a revision expected of a stream that does not exist', async () => {
        await expect(store.append(stream, 0, [counted()])).rejects.toMatchObject({ expected: 0, actual: NO_STREAM });
        expect(await store.readStream(stream)).toEqual([]);
      });

      it('refuses a second first event, whoever writes it', async () => {
        await store.append(stream, NO_STREAM, [counted()]);
        await expect(store.append(stream, NO_STREAM, [counted()])).rejects.toBeInstanceOf(WrongExpectedRevision);
        expect(await store.readStream(stream)).toHaveLength(1);
      });

      it('refuses a stream without category, an append without event, an id that is no UUID, no revision', async () => {
        await expect(store.append('counter', NO_STREAM, [counted()])).rejects.toBeInstanceOf(TypeError);
        await expect(store.append(stream, NO_STREAM, [])).rejects.toBeInstanceOf(TypeError);
        await expect(store.append(stream, NO_STREAM, [counted({ id: 'one' })])).rejects.toBeInstanceOf(TypeError);
        await expect(store.append(stream, -2, [counted()])).rejects.toBeInstanceOf(TypeError);
        expect(await store.head()).toBe(start);
      });

      it('refuses what JSON cannot say without troubling the appends beside it', async () => {
        const circle: { self?: object } = {};
        circle.self = circle;
        const [good, bad] = await Promise.allSettled([
          store.append(stream, NO_STREAM, [counted()]),
          store.append(freshStream(), NO_STREAM, [counted({ data: circle })]),
        ]);
        expect(good.status).toBe('fulfilled');
        expect(bad).toMatchObject({ status: 'rejected', reason: expect.any(TypeError) as unknown });
        expect(await readOn(store, start)).toHaveLength(1);
      });
    });

    describe('a repeated append', () => {
      it('gets the original answer and writes nothing', async () => {
        const events = manyCounted(3);
        const original = await store.append(stream, NO_STREAM, events);
        await store.append(stream, 2, manyCounted(2));
        await store.append(freshStream(), NO_STREAM, [counted()]);
        const head = await store.head();
        expect(await store.append(stream, NO_STREAM, events)).toEqual(original);
        expect(await store.head()).toBe(head);
        expect(await store.readStream(stream)).toHaveLength(5);
      });

      it('gets the original answer in the middle of a stream too', async () => {
        await store.append(stream, NO_STREAM, manyCounted(2));
        const events = manyCounted(2);
        const original = await store.append(stream, 1, events);
        await store.append(stream, 3, manyCounted(2));
        expect(await store.append(stream, 1, events)).toEqual(original);
      });

      it('gets the same answer when the repeat overtakes the first answer', async () => {
        const events = manyCounted(2);
        const [first, second] = await Promise.all([
          store.append(stream, NO_STREAM, events),
          store.append(stream, NO_STREAM, events),
        ]);
        expect(second).toEqual(first);
        expect(idsOf(await store.readStream(stream))).toEqual(idsOf(events));
      });

      it.each<[string, (events: NewEvent[]) => NewEvent[]]>([
        ['whose first event is another', ([, ...rest]) => [counted(), ...rest]],
        ['whose last event is another', (events) => [...events.slice(0, -1), counted()]],
        ['in another order', (events) => events.toReversed()],
        ['that lacks the first event', (events) => events.slice(1)],
      ])('is refused as a conflict %s', async (_, change) => {
        const events = manyCounted(3);
        await store.append(stream, NO_STREAM, events);
        await expect(store.append(stream, NO_STREAM, change(events))).rejects.toBeInstanceOf(WrongExpectedRevision);
        expect(idsOf(await store.readStream(stream))).toEqual(idsOf(events));
      });

      it('is refused when it carries more events than are stored', async () => {
        const events = manyCounted(2);
        await store.append(stream, NO_STREAM, events);
        await expect(store.append(stream, NO_STREAM, [...events, counted()])).rejects.toBeInstanceOf(
          WrongExpectedRevision,
        );
        expect(await store.readStream(stream)).toHaveLength(2);
      });

      it('is refused when it carries more events than were in its append, though others follow', async () => {
        const events = manyCounted(2);
        await store.append(stream, NO_STREAM, events);
        await store.append(stream, 1, [counted()]);
        await expect(store.append(stream, NO_STREAM, [...events, counted()])).rejects.toBeInstanceOf(
          WrongExpectedRevision,
        );
      });

      it('that carries only the first of its events is answered with the place of the last it carries', async () => {
        const events = manyCounted(3);
        await store.append(stream, NO_STREAM, events);
        const [first, second] = await store.readAll(start, 2);
        expect(await store.append(stream, NO_STREAM, events.slice(0, 2))).toEqual({
          revision: second!.revision,
          position: second!.position,
        });
        expect(first!.revision).toBe(0);
        expect(await store.readStream(stream)).toHaveLength(3);
      });
    });

    describe('an append, by the table of what EventStoreDB decides', () => {
      it.each(APPEND_CASES.map((each) => [`${each.name}: ${each.outcome.kind}`, each] as const))(
        '%s',
        async (_, { held, expected, appended, outcome }) => {
          const ids = new Map<string, string>();
          const eventsOf = (letters: string) =>
            Array.from(letters, (letter) => {
              ids.set(letter, ids.get(letter) ?? randomUUID());
              return counted({ id: ids.get(letter)!, data: { letter } });
            });
          for (const letters of held)
            await store.append(stream, (await store.readStream(stream)).length - 1, eventsOf(letters));
          const before = await store.readStream(stream);
          const answer = await store.append(stream, expected, eventsOf(appended)).catch((error: unknown) => error);
          const after = await store.readStream(stream);
          expect(answer).toMatchObject(
            outcome.kind === 'conflict' ? { name: 'WrongExpectedRevision' } : { revision: outcome.revision },
          );
          expect(after.slice(0, before.length)).toEqual(before);
          expect(after.length - before.length).toBe(outcome.kind === 'stored' ? appended.length : 0);
        },
      );
    });

    describe('concurrent appends', () => {
      it('at one expected revision: exactly one wins', async () => {
        await store.append(stream, NO_STREAM, [counted()]);
        const rivals = Array.from({ length: 20 }, () => [counted(), counted()]);
        const outcomes = await Promise.allSettled(rivals.map((events) => store.append(stream, 0, events)));
        const winners = rivals.filter((_, i) => outcomes[i]!.status === 'fulfilled');
        const losers = outcomes.filter((outcome) => outcome.status === 'rejected');
        expect(winners).toHaveLength(1);
        expect(losers.every(({ reason }) => reason instanceof WrongExpectedRevision)).toBe(true);
        expect(idsOf(await store.readStream(stream, 1))).toEqual(idsOf(winners[0]!));
      });

      it('on different streams are all stored, once each and in the order of their positions', async () => {
        const writes = Array.from({ length: 200 }, () => ({ stream: freshStream(), event: counted() }));
        const answers = await Promise.all(writes.map((write) => store.append(write.stream, NO_STREAM, [write.event])));
        const log = await readOn(store, start);
        expect(log).toHaveLength(200);
        expect(isAscending(log.map((event) => event.position))).toBe(true);
        const placed = writes.map((write, i) => ({ ...write, position: answers[i]!.position }));
        const inOrder = placed.toSorted((a, b) => a.position - b.position);
        expect(log.map((event) => event.stream)).toEqual(inOrder.map((write) => write.stream));
        expect(idsOf(log)).toEqual(inOrder.map((write) => write.event.id));
      });

      it('on one stream, each expecting what the one before leaves, are all taken', async () => {
        const events = manyCounted(100);
        await Promise.all(events.map((event, i) => store.append(stream, i - 1, [event])));
        expect(idsOf(await store.readStream(stream))).toEqual(idsOf(events));
      });
    });

    describe('reading', () => {
      it('pages through the whole log without gap or double, whatever the page', async () => {
        const other = freshStream();
        for (let i = 0; i < 10; i += 1) {
          await store.append(stream, i * 2 - 1, manyCounted(2));
          await store.append(other, i - 1, manyCounted(1));
        }
        const whole = await readOn(store, start);
        expect(whole).toHaveLength(30);
        for (const pageSize of [1, 7, 30, 31]) expect(await readOn(store, start, pageSize)).toEqual(whole);
      });

      it('starts after the position given and stops at the limit', async () => {
        await store.append(stream, NO_STREAM, manyCounted(5));
        const all = await readOn(store, start);
        expect(await store.readAll(all[1]!.position, 2)).toEqual(all.slice(2, 4));
        expect(await store.readAll(all[4]!.position, 2)).toEqual([]);
      });

      it('reads the event at a position and those after it', async () => {
        await store.append(stream, NO_STREAM, manyCounted(5));
        const all = await readOn(store, start);
        const { position } = all[2]!;
        expect(await store.readAt(position)).toEqual([all[2]]);
        expect(await store.readAt(position, 2)).toEqual(all.slice(2, 4));
        expect(await store.readAt(position, 10)).toEqual(all.slice(2));
      });

      it('finds nothing at the start, nor where no event stands', async () => {
        const { position } = await store.append(stream, NO_STREAM, manyCounted(2));
        expect(await store.readAt(0)).toEqual([]);
        expect(await store.readAt(position + 1)).toEqual([]);
        expect(await store.readAt(Number.MAX_SAFE_INTEGER, 5)).toEqual([]);
        expect(await store.readAll(Number.MAX_SAFE_INTEGER, 5)).toEqual([]);
      });

      it('knows at once what it appended, and nothing that is not stored', async () => {
        expect(store.known).toBeLessThanOrEqual(start);
        const { position } = await store.append(stream, NO_STREAM, manyCounted(2));
        expect(store.known).toBe(position);
        await expect(store.append(stream, NO_STREAM, [counted()])).rejects.toBeInstanceOf(WrongExpectedRevision);
        expect(store.known).toBe(position);
      });

      it('reads a stream from a revision on', async () => {
        await store.append(stream, NO_STREAM, manyCounted(5));
        const all = await store.readStream(stream);
        expect(await store.readStream(stream, 3)).toEqual(all.slice(3));
        expect(await store.readStream(stream, 5)).toEqual([]);
      });

      it('finds nothing in a stream that nobody wrote', async () => {
        expect(await store.readStream(stream)).toEqual([]);
      });

      it('keeps streams apart whose names begin alike', async () => {
        const [one, other] = [counted(), counted()];
        await store.append(stream, NO_STREAM, [one]);
        await store.append(`${stream}1`, NO_STREAM, [other]);
        expect(idsOf(await store.readStream(stream))).toEqual([one.id]);
        expect(idsOf(await store.readStream(`${stream}1`))).toEqual([other.id]);
      });

      it('sees at once what an append has answered', async () => {
        for (let revision = 0; revision < 20; revision += 1) {
          const { position } = await store.append(stream, revision - 1, [counted()]);
          expect(await store.head()).toBe(position);
          expect(await store.readStream(stream)).toHaveLength(revision + 1);
        }
      });
    });

    describe('what is stored', () => {
      it.each<[string, object]>([
        ['every script and sign', { text: 'Œuvre à Nîmes · 日本語 · 👩🏽‍🔬 · \u0000\u001F "\\\n' }],
        ['amounts up to a million million and below zero', { amountCents: 10 ** 12, back: -(10 ** 12), nothing: 0 }],
        ['the greatest safe integer', { number: Number.MAX_SAFE_INTEGER }],
        [
          'nothing, yes, no, lists and records',
          { none: null, yes: true, no: false, list: [1, [2, {}]], deep: { a: {} } },
        ],
        ['half a megabyte', { text: 'é'.repeat(250_000) }],
        ['keys in their order', { z: 1, a: 2, m: 3 }],
      ])('comes back identical: %s', async (_, content) => {
        await store.append(stream, NO_STREAM, [counted({ data: content, metadata: content })]);
        const [stored] = await store.readStream(stream);
        expect(JSON.stringify(stored!.data)).toBe(JSON.stringify(content));
        expect(JSON.stringify(stored!.metadata)).toBe(JSON.stringify(content));
        expect(await readOn(store, start)).toMatchObject([{ data: content, metadata: content }]);
      });

      it('does not change when the writer changes its object afterwards', async () => {
        const data = { by: 1 };
        const append = store.append(stream, NO_STREAM, [counted({ data })]);
        data.by = 2;
        await append;
        data.by = 3;
        expect(await store.readStream(stream)).toMatchObject([{ data: { by: 1 } }]);
      });

      it('is stamped with a time that never decreases, even when the clock steps back', async () => {
        for (const [i, step] of [5_000, -60_000, 0, 90_000].entries()) {
          now += step;
          await store.append(stream, i - 1, [counted()]);
        }
        const times = (await store.readStream(stream)).map((event) => event.recordedAt);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        const told = Date.UTC(2026, 0, 5);
        const expected = [told + 5_000, told + 5_000, told + 5_000, told + 35_000];
        expect(times).toEqual(factory.takesClock === false ? times : expected);
      });
    });

    describe('a subscription', () => {
      it('delivers what is stored, then what comes, without gap or double', async () => {
        const stored = manyCounted(20);
        await store.append(stream, NO_STREAM, stored);
        const received = new Received();
        const subscription = store.subscribe(start, received.take);
        await received.until(stored[19]!);
        const live = manyCounted(20);
        for (const [i, event] of live.entries()) await store.append(stream, 19 + i, [event]);
        await received.until(live[19]!);
        await subscription.stop();
        expect(received.events).toEqual(await readOn(store, start));
      });

      it('misses and doubles nothing when it begins amid concurrent appends', async () => {
        const streams = Array.from({ length: 8 }, freshStream);
        const writing = streams.map(async (each) => {
          for (let i = 0; i < 40; i += 1) await store.append(each, i * 3 - 1, manyCounted(3));
        });
        const started: { received: Received; stop: () => Promise<void> }[] = [];
        for (let i = 0; i < 10; i += 1) {
          const received = new Received();
          const subscription = store.subscribe(start, received.take);
          started.push({ received, stop: () => subscription.stop() });
          await aMoment();
        }
        await Promise.all(writing);
        const last = counted();
        await store.append(stream, NO_STREAM, [last]);
        await Promise.all(started.map(({ received }) => received.until(last)));
        await Promise.all(started.map(({ stop }) => stop()));
        const log = idsOf(await readOn(store, start));
        expect(log).toHaveLength(8 * 40 * 3 + 1);
        for (const { received } of started) expect(received.ids).toEqual(log);
      });

      it('begins after any position', async () => {
        await store.append(stream, NO_STREAM, manyCounted(30));
        const log = await readOn(store, start);
        const last = counted();
        const from = [0, 11, 28, 29].map((index) => ({ index, received: new Received() }));
        const subscriptions = from.map(({ index, received }) => store.subscribe(log[index]!.position, received.take));
        await store.append(stream, 29, [last]);
        await Promise.all(from.map(({ received }) => received.until(last)));
        await Promise.all(subscriptions.map((subscription) => subscription.stop()));
        const whole = [...idsOf(log), last.id];
        for (const { index, received } of from) expect(received.ids).toEqual(whole.slice(index + 1));
      });

      it('waits for a slow handler, and gives it one batch at a time', async () => {
        const received = new Received();
        let inside = 0;
        let most = 0;
        const subscription = store.subscribe(start, async (events) => {
          inside += 1;
          most = Math.max(most, inside);
          for (let i = 0; i < 3; i += 1) await aMoment();
          inside -= 1;
          received.take(events);
        });
        const events = manyCounted(60);
        for (const [i, event] of events.entries()) await store.append(stream, i - 1, [event]);
        await received.until(events[59]!);
        await subscription.stop();
        expect(most).toBe(1);
        expect(received.ids).toEqual(idsOf(events));
      });

      it('loses nothing when its handler falls thousands of events behind', async () => {
        const received = new Received();
        const gate = new Gate();
        const subscription = store.subscribe(start, async (events) => {
          await gate.opened;
          received.take(events);
        });
        await store.append(stream, NO_STREAM, [counted()]);
        for (let i = 0; i < 24; i += 1) await store.append(stream, i * 500, manyCounted(500));
        gate.open();
        const last = counted();
        await store.append(stream, 12_000, [last]);
        await received.until(last);
        await subscription.stop();
        expect(received.events.map((event) => event.revision)).toEqual(Array.from({ length: 12_002 }, (_, i) => i));
      });

      it('gives a live subscriber what a reader reads', async () => {
        const received = new Received();
        const subscription = store.subscribe(start, received.take);
        await store.append(stream, NO_STREAM, [counted()]);
        const event = counted({ data: { amountCents: 10 ** 12, text: 'à' }, metadata: { actor: 'a' } });
        await store.append(stream, 0, [event]);
        await received.until(event);
        await subscription.stop();
        expect(received.events).toEqual(await readOn(store, start));
        expect(received.events).toMatchObject(await store.readStream(stream));
      });

      it('calls its handler no more once it is stopped', async () => {
        const [stopped, going] = [new Received(), new Received()];
        const first = store.subscribe(start, stopped.take);
        const second = store.subscribe(start, going.take);
        const [before, after] = [counted(), counted()];
        await store.append(stream, NO_STREAM, [before]);
        await Promise.all([stopped.until(before), going.until(before)]);
        await first.stop();
        await store.append(stream, 0, [after]);
        await going.until(after);
        await second.stop();
        expect(stopped.ids).toEqual([before.id]);
      });

      it('stopped at once calls nothing', async () => {
        await store.append(stream, NO_STREAM, manyCounted(3));
        const received = new Received();
        await store.subscribe(start, received.take).stop();
        expect(received.events).toEqual([]);
      });

      it('stops only after the call under way', async () => {
        let finished = false;
        const entered = new Gate();
        await store.append(stream, NO_STREAM, [counted()]);
        const subscription = store.subscribe(start, async () => {
          entered.open();
          for (let i = 0; i < 5; i += 1) await aMoment();
          finished = true;
        });
        await entered.opened;
        await subscription.stop();
        expect(finished).toBe(true);
      });

      it('may be stopped twice', async () => {
        const subscription = store.subscribe(start, () => {});
        await subscription.stop();
        await expect(subscription.stop()).resolves.toBeUndefined();
      });

      it.each<[string, (reason: Error) => void | Promise<void>]>([
        [
          'throws',
          (reason) => {
            throw reason;
          },
        ],
        ['rejects', (reason) => Promise.reject(reason)],
      ])('ends when its handler %s, and tells why', async (_, fail) => {
        const reason = new Error('the handler cannot go on');
        let calls = 0;
        const told = new Promise((resolve) => {
          store.subscribe(
            start,
            () => {
              calls += 1;
              return fail(reason);
            },
            resolve,
          );
        });
        const going = new Received();
        const other = store.subscribe(start, going.take);
        await store.append(stream, NO_STREAM, [counted()]);
        expect(await told).toBe(reason);
        const last = counted();
        await store.append(stream, 0, [last]);
        await going.until(last);
        await other.stop();
        expect(calls).toBe(1);
        expect(going.events).toHaveLength(2);
      });

      it('goes its own way beside slower, faster and later ones', async () => {
        const events = manyCounted(120);
        const [fast, slow, late] = [new Received(), new Received(), new Received()];
        const subscriptions = [
          store.subscribe(start, fast.take),
          store.subscribe(start, async (batch) => {
            await aMoment();
            slow.take(batch);
          }),
        ];
        for (const [i, event] of events.entries()) {
          if (i === 60) subscriptions.push(store.subscribe(start, late.take));
          await store.append(stream, i - 1, [event]);
        }
        await Promise.all([fast, slow, late].map((received) => received.until(events[119]!)));
        await Promise.all(subscriptions.map((subscription) => subscription.stop()));
        for (const received of [fast, slow, late]) expect(received.ids).toEqual(idsOf(events));
      });
    });

    describe('a closed store', () => {
      it('refuses appends', async () => {
        await store.close();
        await expect(store.append(stream, NO_STREAM, [counted()])).rejects.toBeInstanceOf(StoreUnavailable);
      });

      it('has first answered every append under way', async () => {
        const appends = Promise.all(manyCounted(10).map((event, i) => store.append(stream, i - 1, [event])));
        await store.close();
        expect((await appends).map((appended) => appended.revision)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      });

      it('has waited for the handler under way, and calls none any more', async () => {
        await store.append(stream, NO_STREAM, [counted()]);
        const [entered, leave] = [new Gate(), new Gate()];
        let [calls, finished] = [0, 0];
        store.subscribe(start, async () => {
          calls += 1;
          entered.open();
          await leave.opened;
          for (let i = 0; i < 5; i += 1) await aMoment();
          finished += 1;
        });
        await entered.opened;
        await store.append(stream, 0, [counted()]);
        const closed = store.close();
        leave.open();
        await closed;
        expect([calls, finished]).toEqual([1, 1]);
        for (let i = 0; i < 10; i += 1) await aMoment();
        expect(calls).toBe(1);
      });

      it('may be closed twice', async () => {
        await store.close();
        await expect(store.close()).resolves.toBeUndefined();
      });
    });
  });
}
