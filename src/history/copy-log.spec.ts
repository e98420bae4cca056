/** A copy holds every event as it was, goes on wherever it was stopped, and never writes behind something else. */

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CorruptHistory } from '#libs/decider/decider';
import { AppendTooLarge, type EventStore, type NewEvent, type StoredEvent } from '#libs/event-store/event-store';
import { MemoryEventStore } from '#libs/event-store/memory';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { NotCanonical } from '#libs/seals/canonical-json';
import type { TreeHead } from '#libs/seals/merkle';
import { copyLog, type CopyOptions, type CopyOutcome, type TargetStore } from './copy-log.js';
import { heldTimes, queuedTimes } from './recording-times.js';

const folders: string[] = [];
const opened: EventStore[] = [];

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function kept<Store extends EventStore>(store: Store): Store {
  opened.push(store);
  return store;
}

function freshFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'copy-log-'));
  folders.push(folder);
  return join(folder, 'log.db');
}

function inMemory(together = 1): TargetStore {
  const times = heldTimes();
  return { store: kept(new MemoryEventStore(times.clock)), times, together };
}

function inAFile(together = 500): TargetStore {
  const times = queuedTimes();
  return { store: kept(new SqliteEventStore(freshFile(), { clock: times.clock })), times, together };
}

interface Written {
  readonly stream: string;
  readonly at: number;
  readonly events: readonly NewEvent[];
}

function wrote(stream: string, at: number, ...amounts: number[]): Written {
  const events = amounts.map((amountCents) => ({
    id: randomUUID(),
    type: amountCents > 0 ? 'Paid.v1' : 'Recovered.v1',
    data: { amountCents, of: { name: 'Évreux', z: null, a: [1, 'deux'] } },
    metadata: { actor: 'region', reason: 'été' },
  }));
  return { stream, at, events };
}

/** Appends of several events, of one stream after another, and at the same instant as the one before. */
const LOG: readonly Written[] = [
  wrote('funder-eure', 1_000, 1),
  wrote('grant-1', 1_000, 2, 3, 4),
  wrote('grant-1', 1_000, 5),
  wrote('grant-1', 2_000, 6),
  wrote('grant-2', 2_000, -7),
  wrote('grant-1', 2_500, 8, 9),
  wrote('grant-2', 7_000, 10),
];
const EVENTS = 10;

/** Writes appends into a store whose clock they set. */
async function fill<Store extends EventStore>(
  open: (clock: () => number) => Store,
  log: readonly Written[] = LOG,
): Promise<Store> {
  let now = 0;
  const store = kept(open(() => now));
  for (const { stream, at, events } of log) {
    now = at;
    const { length } = await store.readStream(stream);
    await store.append(stream, length - 1, events);
  }
  return store;
}

async function source(log?: readonly Written[]): Promise<MemoryEventStore> {
  return fill((clock) => new MemoryEventStore(clock), log);
}

async function eventsOf(store: EventStore): Promise<readonly StoredEvent[]> {
  return store.readAll(0, 10_000);
}

/** Writes the first events of a log one by one, each with its time, as an interrupted copy leaves them. */
async function begin(to: TargetStore, events: readonly StoredEvent[]): Promise<void> {
  for (const event of events) {
    to.times.next(event.recordedAt);
    await to.store.append(event.stream, event.revision - 1, [event]);
  }
}

/** A log whose clock was set back: some events say another time than they were stored with. */
class SetBack extends MemoryEventStore {
  readonly times = new Map<number, number>();

  override async readAll(after: number, limit: number): Promise<readonly StoredEvent[]> {
    const events = await super.readAll(after, limit);
    return events.map((event) => ({ ...event, recordedAt: this.times.get(event.position) ?? event.recordedAt }));
  }
}

/** A log out of which somebody took an event. */
class Bereft extends MemoryEventStore {
  lost = 0;

  override async readAll(after: number, limit: number): Promise<readonly StoredEvent[]> {
    const events = await super.readAll(after, limit);
    return events.filter((event) => event.position !== this.lost);
  }
}

/** A log in which a stream has a name that no store takes. */
class Renamed extends MemoryEventStore {
  override async readAll(after: number, limit: number): Promise<readonly StoredEvent[]> {
    const events = await super.readAll(after, limit);
    return events.map((event) => ({ ...event, stream: event.stream.replace('grant-2', 'grant 2') }));
  }
}

/** Counts what it is asked to append. */
class Counting extends MemoryEventStore {
  readonly appends: number[] = [];

  override async append(stream: string, expected: number, events: readonly NewEvent[]) {
    this.appends.push(events.length);
    return super.append(stream, expected, events);
  }
}

/** Keeps less of an event's metadata than it is given. */
class Forgetful extends MemoryEventStore {
  override async append(stream: string, expected: number, events: readonly NewEvent[]) {
    const less = events.map((event, i) => (i === 0 && expected === 4 ? { ...event, metadata: {} } : event));
    return super.append(stream, expected, less);
  }
}

/** Answers for one event that it does not keep. */
class Careless extends MemoryEventStore {
  override async append(stream: string, expected: number, events: readonly NewEvent[]) {
    if (stream === 'grant-2' && expected === 0) return { revision: 1, position: EVENTS };
    return super.append(stream, expected, events);
  }
}

/** Takes little at once. */
class Narrow extends MemoryEventStore {
  override async append(stream: string, expected: number, events: readonly NewEvent[]) {
    if (JSON.stringify(events).length > 5_000) throw new AppendTooLarge('the server takes 5 kB');
    return super.append(stream, expected, events);
  }
}

/** The head that a copy found, of one of both logs. */
function headIn(outcome: CopyOutcome, which: 'source' | 'copy'): TreeHead {
  if (outcome.outcome !== 'copied') throw new TypeError(outcome.outcome);
  return outcome.heads[which];
}

describe.each([
  ['in memory, one append at a time', () => inMemory()],
  ['in a file, one append at a time', () => inAFile(1)],
  ['in a file, a few appends together', () => inAFile(3)],
  ['in a file, many appends together', () => inAFile()],
])('A copy %s', (_, target) => {
  it('holds every event as it was, in order, and a second run writes nothing', async () => {
    const from = await source();
    const to = target();
    const done = await copyLog(from, to);
    expect(done).toMatchObject({ outcome: 'copied', copied: EVENTS, already: 0, position: EVENTS, sourceGrew: false });
    expect(await eventsOf(to.store)).toEqual(await eventsOf(from));
    expect(headIn(done, 'copy')).toEqual(headIn(done, 'source'));
    const again = await copyLog(from, to);
    expect(again).toEqual({ ...done, copied: 0, already: EVENTS });
    expect(again).toMatchObject({ raisedTimes: { count: 0 }, heads: { copy: { size: EVENTS } } });
    expect(await to.store.head()).toBe(EVENTS);
  });

  it.each(Array.from({ length: EVENTS + 1 }, (__, cut) => cut))('goes on after %i events', async (cut) => {
    const from = await source();
    const to = target();
    const events = await eventsOf(from);
    await begin(to, events.slice(0, cut));
    expect(await copyLog(from, to)).toMatchObject({ outcome: 'copied', copied: EVENTS - cut, already: cut });
    expect(await eventsOf(to.store)).toEqual(events);
  });

  it('of an empty log is empty', async () => {
    const to = target();
    const done = await copyLog(await source([]), to);
    expect(done).toMatchObject({ outcome: 'copied', copied: 0, already: 0, position: 0 });
    expect(await to.store.head()).toBe(0);
  });

  it('of several pages holds them all', async () => {
    const log = Array.from({ length: 700 }, (__, i) => wrote(`grant-${i % 7}`, 1_000 + Math.floor(i / 3), 1, 2));
    const from = await fill((clock) => new SqliteEventStore(freshFile(), { clock }), log);
    const to = target();
    await begin(to, (await eventsOf(from)).slice(0, 801));
    const steps = new Set<string>();
    const done = await copyLog(from, to, { onProgress: (step) => steps.add(step) });
    expect(done).toMatchObject({ outcome: 'copied', copied: 599, already: 801 });
    expect(await eventsOf(to.store)).toEqual(await eventsOf(from));
    expect([...steps]).toEqual(['comparing', 'copying', 'verifying']);
  });
});

describe('A copy of a log that goes on growing', () => {
  it('ends where the log ended when it began, says so, and goes on in the next run', async () => {
    const from = await source();
    const to = inMemory();
    const [more] = wrote('grant-9', 0, 1).events;
    const onProgress: CopyOptions['onProgress'] = () => void from.append('grant-9', -1, [more!]);
    expect(await copyLog(from, to, { onProgress })).toMatchObject({ copied: EVENTS, sourceGrew: true });
    expect(await to.store.head()).toBe(EVENTS);
    expect(await copyLog(from, to)).toMatchObject({ copied: 1, already: EVENTS, sourceGrew: false });
    expect(await eventsOf(to.store)).toEqual(await eventsOf(from));
  });
});

describe('A target that holds something else', () => {
  const INDEX = 4;

  it.each([
    ['id', { id: randomUUID() }],
    ['type', { type: 'Paid.v2' }],
    ['recordedAt', { recordedAt: 1_001 }],
    ['data', { data: { amountCents: 5 } }],
    ['metadata', { metadata: { actor: 'region', reason: 'ete' } }],
    ['stream', { stream: 'grant-2', revision: 0 }],
  ])('is refused, with the first field that differs: %s', async (what, change) => {
    const from = await source();
    const to = inAFile();
    const events = await eventsOf(from);
    await begin(to, [...events.slice(0, INDEX), { ...events[INDEX]!, ...change }]);
    const { stream, revision } = events[INDEX]!;
    expect(await copyLog(from, to)).toEqual({
      outcome: 'refused',
      difference: { index: INDEX, stream, revision, what },
    });
    expect(await to.store.head()).toBe(INDEX + 1);
  });

  it('is refused when it holds what comes later, in another order', async () => {
    const from = await source();
    const to = inAFile();
    const [first, second] = await eventsOf(from);
    await begin(to, [second!, first!]);
    expect(await copyLog(from, to)).toMatchObject({ outcome: 'refused', difference: { index: 0, what: 'id' } });
    expect(await to.store.head()).toBe(2);
  });

  it('is refused when it holds more than the source', async () => {
    const from = await source();
    const to = inAFile();
    await copyLog(from, to);
    const [more] = wrote('grant-9', 0, 1).events;
    to.times.next(8_000);
    await to.store.append('grant-9', -1, [more!]);
    const difference = { index: EVENTS, stream: 'grant-9', revision: 0, what: 'too-many' };
    expect(await copyLog(from, to)).toEqual({ outcome: 'refused', difference });
    expect(await copyLog(await source([]), to)).toMatchObject({ difference: { index: 0, what: 'too-many' } });
  });

  it('is found when somebody else writes it meanwhile', async () => {
    const from = await source();
    const to = inMemory();
    const [foreign] = wrote('grant-9', 0, 1).events;
    const onProgress: CopyOptions['onProgress'] = (_step, position) => {
      if (position === 1) void to.store.append('grant-9', -1, [foreign!]);
    };
    expect(await copyLog(from, to, { onProgress })).toMatchObject({
      outcome: 'failed',
      difference: { index: 1, what: 'id' },
      copied: EVENTS,
    });
  });

  it('is found when it does not keep what it was given', async () => {
    const from = await source();
    const times = heldTimes();
    const to = { store: kept(new Forgetful(times.clock)), times, together: 1 };
    const difference = { index: 7, stream: 'grant-1', revision: 5, what: 'metadata' };
    expect(await copyLog(from, to)).toEqual({ outcome: 'failed', difference, copied: EVENTS });
    // whoever tries again is told the same, before anything is written
    expect(await copyLog(from, to)).toEqual({ outcome: 'refused', difference });
  });

  it('is found when it lacks what it answered for', async () => {
    const times = heldTimes();
    const to = { store: kept(new Careless(times.clock)), times, together: 1 };
    const difference = { index: 9, stream: 'grant-2', revision: 1, what: 'missing' };
    expect(await copyLog(await source(), to)).toEqual({ outcome: 'failed', difference, copied: EVENTS });
  });
});

describe('Appends', () => {
  it('hold what follows in one stream at one instant, a hundred events or half a megabyte at most', async () => {
    const many = Array.from({ length: 230 }, (_, i) => i + 1);
    const large = wrote('grant-4', 9_000, 1, 2, 3);
    const bulky = {
      ...large,
      events: large.events.map((event) => ({ ...event, data: { text: 'é'.repeat(120_000) } })),
    };
    const from = await source([...LOG, wrote('grant-3', 9_000, ...many), bulky]);
    const times = heldTimes();
    const store = kept(new Counting(times.clock));
    expect(await copyLog(from, { store, times, together: 1 })).toMatchObject({ outcome: 'copied' });
    expect(store.appends).toEqual([1, 4, 1, 1, 2, 1, 100, 100, 30, 2, 1]);
  });

  it('that the store finds too large are named', async () => {
    const [event] = wrote('grant-9', 0, 1).events;
    const large = { stream: 'grant-9', at: 9_000, events: [{ ...event!, data: { text: 'x'.repeat(6_000) } }] };
    const times = heldTimes();
    const to = { store: kept(new Narrow(times.clock)), times, together: 1 };
    const copying = copyLog(await source([...LOG, large]), to);
    await expect(copying).rejects.toThrow(/^event 0 of stream grant-9: the server takes 5 kB$/);
    await expect(copying).rejects.toBeInstanceOf(AppendTooLarge);
    expect(await to.store.head()).toBe(EVENTS);
  });
});

describe('A source whose clock was set back', () => {
  it.each(Array.from({ length: EVENTS + 1 }, (_, cut) => cut))(
    'is copied with the times before, which is said, also when the copy goes on after %i events',
    async (cut) => {
      const from = await fill((clock) => new SetBack(clock));
      from.times.set(6, 400).set(9, 2_499);
      const stood = new Map([
        [6, 1_000],
        [9, 2_500],
      ]);
      const events = (await eventsOf(from)).map((event) => ({
        ...event,
        recordedAt: stood.get(event.position) ?? event.recordedAt,
      }));
      const to = inAFile(3);
      await begin(to, events.slice(0, cut));
      const done = await copyLog(from, to);
      expect(done).toMatchObject({
        outcome: 'copied',
        copied: EVENTS - cut,
        raisedTimes: {
          count: 2,
          first: { index: 5, stream: 'grant-1', revision: 4, recordedAt: 400, kept: 1_000 },
        },
        heads: { source: { size: EVENTS }, copy: { size: EVENTS } },
      });
      expect(await eventsOf(to.store)).toEqual(events);
      expect(headIn(done, 'copy').rootHash).not.toBe(headIn(done, 'source').rootHash);
    },
  );
});

describe('A copy that has kept times that go back', () => {
  it('is exact, and nothing else is said', async () => {
    const from = await fill((clock) => new SetBack(clock));
    const times = heldTimes();
    const to = { store: kept(new SetBack(times.clock)), times, together: 1 };
    for (const log of [from, to.store]) log.times.set(6, 400);
    const done = await copyLog(from, to);
    expect(done).toMatchObject({ outcome: 'copied', copied: EVENTS, raisedTimes: { count: 0 } });
    expect(headIn(done, 'copy')).toEqual(headIn(done, 'source'));
  });
});

describe('A source that cannot be copied', () => {
  it.each([1, 500])(
    'because an event is gone is copied up to there, nothing behind (%i together)',
    async (together) => {
      const from = await fill((clock) => new Bereft(clock));
      from.lost = 6;
      const to = inAFile(together);
      const copying = copyLog(from, to);
      await expect(copying).rejects.toThrow(CorruptHistory);
      await expect(copying).rejects.toThrow('revision 5 of stream grant-1 at position 8, where 4 was due');
      expect(await eventsOf(to.store)).toEqual((await eventsOf(from)).slice(0, await to.store.head()));
      expect(await to.store.head()).toBeLessThan(7);
    },
  );

  it('because a number of it is not kept by every reader is named', async () => {
    const [event] = wrote('grant-9', 0, 1).events;
    const large = { stream: 'grant-9', at: 9_000, events: [{ ...event!, data: { amountCents: 2 ** 53 } }] };
    const to = inAFile();
    const copying = copyLog(await source([...LOG, large]), to);
    await expect(copying).rejects.toThrow(NotCanonical);
    await expect(copying).rejects.toThrow('event 0 of stream grant-9 ');
    expect(await to.store.head()).toBe(0);
  });

  it('because no store takes the name of a stream leaves no hole', async () => {
    const from = await fill((clock) => new Renamed(clock));
    const to = inAFile();
    await expect(copyLog(from, to)).rejects.toThrow('grant 2 is not a stream name');
    expect(await to.store.head()).toBe(0);
  });
});

describe('A copy that is told to stop', () => {
  it.each([
    ['comparing', 500, 550],
    ['copying', 650, 650],
    ['verifying', 1_050, 1_200],
  ])('stops while %s, and the next run goes on', async (during, at, written) => {
    const log = Array.from({ length: 1_200 }, (_, i) => wrote(`grant-${i % 7}`, 1_000 + i, 1));
    const from = await source(log);
    const to = inAFile(100);
    await begin(to, (await eventsOf(from)).slice(0, 550));
    const stop = new AbortController();
    const reason = new Error('told to stop');
    const onProgress: CopyOptions['onProgress'] = (step, position) => {
      if (step === during && position === at) stop.abort(reason);
    };
    await expect(copyLog(from, to, { onProgress, signal: stop.signal })).rejects.toBe(reason);
    expect(await to.store.head()).toBe(written);
    expect(await copyLog(from, to)).toMatchObject({ outcome: 'copied', copied: 1_200 - written, already: written });
    expect(await eventsOf(to.store)).toEqual(await eventsOf(from));
  });
});
