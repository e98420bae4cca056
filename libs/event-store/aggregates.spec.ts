/** Decisions stand on what is stored or on its way, share commits, and leave no trace when their append fails. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Decider, DomainEvent } from '#libs/decider/decider';
import { Aggregates, type Held, type Tentative } from './aggregates.js';
import { commitsIn } from './contract.js';
import {
  OutcomeUnknown,
  StoreUnavailable,
  type Appended,
  type EventStore,
  type NewEvent,
  type StoredEvent,
  type StreamEvent,
  type Subscription,
} from './event-store.js';
import { MemoryEventStore } from './memory.js';
import { SqliteEventStore } from './sqlite.js';

interface Counted extends DomainEvent {
  readonly type: 'Counted.v1';
  readonly data: { readonly by: number };
}

/** Counts up to a limit: what it has counted, `sum`, is what each decision stands on. */
interface Counter {
  readonly sum: number;
}

function counted(by: number): Counted {
  return { type: 'Counted.v1', data: { by } };
}

class LimitReached extends Error {}

const LIMIT = 1_000;

const counterDecider: Decider<Counter, number, Counted> = {
  initial: { sum: 0 },
  decide(by, { sum }) {
    if (by === 0) return [];
    if (sum + by > LIMIT) throw new LimitReached(`${sum} + ${by}`);
    return [counted(by)];
  },
  evolve({ sum }, { data }) {
    if (data.by < 0) throw new TypeError('a counter never goes back');
    return { sum: sum + data.by };
  },
};

/** Passes everything on to a real store; fails or holds back appends when told to. */
class FaultyStore implements EventStore {
  /** Appends that fail from now on. */
  failing = 0;
  /** Appends that are kept and not answered from now on. */
  losing = 0;
  reads = 0;
  private gate: Promise<void> | undefined;
  private letGo = () => {};
  private readGate: Promise<void> | undefined;

  constructor(private readonly real: EventStore) {}

  /** Appends wait, as they do for a disk, until {@link release}. */
  holdBack(): void {
    this.gate = new Promise((resolve) => {
      this.letGo = resolve;
    });
  }

  release(): void {
    this.gate = undefined;
    this.readGate = undefined;
    this.letGo();
  }

  async append(stream: string, expected: number, events: readonly NewEvent[]): Promise<Appended> {
    await this.gate;
    if (this.failing > 0) {
      this.failing -= 1;
      throw new StoreUnavailable('the disk is full');
    }
    if (this.losing === 0) return this.real.append(stream, expected, events);
    this.losing -= 1;
    await this.real.append(stream, expected, events);
    await someTurns();
    throw new OutcomeUnknown('no answer');
  }

  /** What is read from now on has been read, and is handed over at {@link release}. */
  holdBackReads(): void {
    this.readGate = new Promise((resolve) => {
      this.letGo = resolve;
    });
  }

  async readStream(stream: string, fromRevision?: number): Promise<readonly StreamEvent[]> {
    this.reads += 1;
    const events = await this.real.readStream(stream, fromRevision);
    await this.readGate;
    return events;
  }

  readAll(after: number, limit: number): Promise<readonly StoredEvent[]> {
    return this.real.readAll(after, limit);
  }

  readAt(position: number, limit?: number): Promise<readonly StoredEvent[]> {
    return this.real.readAt(position, limit);
  }

  head(): Promise<number> {
    return this.real.head();
  }

  get known(): number {
    return this.real.known;
  }

  subscribe(after: number, onEvents: (events: readonly StoredEvent[]) => void): Subscription {
    return this.real.subscribe(after, onEvents);
  }

  close(): Promise<void> {
    return this.real.close();
  }
}

/** The sum of everything decided and not withdrawn. */
class TentativeSum implements Tentative<Counted> {
  readonly counted = new Map<string, number>();

  add(id: string, event: Counted): void {
    this.counted.set(id, event.data.by);
  }

  withdraw(id: string): void {
    this.counted.delete(id);
  }

  get sum(): number {
    return Array.from(this.counted.values()).reduce((sum, by) => sum + by, 0);
  }
}

function counters(store: EventStore, remembered = 100, tentative?: Tentative<Counted>, complete = false) {
  return new Aggregates(store, counterDecider, {
    category: 'counter',
    read: (stored) => stored as StreamEvent & Counted,
    remembered,
    complete,
    ...(tentative === undefined ? {} : { tentative }),
  });
}

type Counters = ReturnType<typeof counters>;

/** Counts by so much on one counter. */
function count(aggregates: Counters, id: string, by: number) {
  return aggregates.transact(id, ({ state }) => counterDecider.decide(by, state, undefined), {});
}

/** What stands in the store, whatever anybody remembers. */
async function storedIn(store: EventStore, id: string): Promise<number[]> {
  return (await store.readStream(`counter-${id}`)).map(({ data }) => (data as Counted['data']).by);
}

async function someTurns(): Promise<void> {
  for (let i = 0; i < 5; i += 1)
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
}

/** Tells whether a promise is still waiting after everything that is due has run. */
async function isWaiting(promise: Promise<unknown>): Promise<boolean> {
  return Promise.race([Promise.allSettled([promise]).then(() => false), someTurns().then(() => true)]);
}

describe('one command after another', () => {
  it('each stands on what the ones before it led to', async () => {
    const store = new MemoryEventStore();
    const aggregates = counters(store);
    expect(await count(aggregates, 'a', 2)).toEqual({
      state: { sum: 2 },
      revision: 0,
      position: 1,
      events: [{ type: 'Counted.v1', data: { by: 2 } }],
    });
    expect(await count(aggregates, 'a', 3)).toMatchObject({ state: { sum: 5 }, revision: 1, position: 2 });
    expect(await count(aggregates, 'b', 1)).toMatchObject({ state: { sum: 1 }, revision: 0, position: 3 });
    expect(await storedIn(store, 'a')).toEqual([2, 3]);
  });

  it('reads a stream once, and never what it just wrote itself', async () => {
    const store = new FaultyStore(new MemoryEventStore());
    const aggregates = counters(store);
    for (let i = 0; i < 5; i += 1) await count(aggregates, 'a', 1);
    expect(store.reads).toBe(1);
  });

  it('appends all the events of a decision, with its metadata, the first as the cause of the others', async () => {
    const store = new MemoryEventStore();
    const metadata = { actor: 'agent-7' };
    const done = await counters(store).transact('a', () => [counted(1), counted(2)], metadata);
    expect(done).toMatchObject({ state: { sum: 3 }, revision: 1, position: 2 });
    const [first, second] = await store.readStream('counter-a');
    expect([first?.metadata, second?.metadata]).toEqual([metadata, { ...metadata, $causationId: first?.id }]);
  });

  it('continues a stream that was there before', async () => {
    const store = new MemoryEventStore();
    await count(counters(store), 'a', 5);
    const again = counters(store);
    expect(again.remembered('a')).toBeUndefined();
    expect(await again.load('a')).toMatchObject({ state: { sum: 5 }, revision: 0 });
    expect(again.remembered('a')).toEqual({ sum: 5 });
    expect(await count(again, 'a', 1)).toMatchObject({ state: { sum: 6 }, revision: 1 });
  });

  it('gives each event an id of its own', async () => {
    const store = new MemoryEventStore();
    const aggregates = counters(store);
    for (let i = 0; i < 10; i += 1) await count(aggregates, 'a', 1);
    expect(new Set((await store.readStream('counter-a')).map((event) => event.id)).size).toBe(10);
  });
});

describe('a stream without any event', () => {
  it('is not remembered, however often it is asked for', async () => {
    const aggregates = counters(new MemoryEventStore(), 100, undefined, true);
    for (const id of ['made-up-1', 'made-up-2']) {
      expect(await aggregates.load(id)).toMatchObject({ state: { sum: 0 }, revision: -1 });
      expect(await aggregates.loadDurable(id)).toMatchObject({ revision: -1 });
    }
    await expect(count(aggregates, 'refused', LIMIT + 1)).rejects.toThrow(LimitReached);
    expect((await count(aggregates, 'nothing-to-do', 0)).events).toEqual([]);
    expect([...aggregates.states()]).toEqual([]);
  });

  it('pushes none that has events out of memory', async () => {
    const aggregates = counters(new MemoryEventStore(), 1);
    await count(aggregates, 'a', 1);
    await aggregates.load('made-up');
    expect(aggregates.remembered('a')).toEqual({ sum: 1 });
  });

  it('is remembered from its first decision on, and not when that fails', async () => {
    const store = new FaultyStore(new MemoryEventStore());
    const aggregates = counters(store, 100, undefined, true);
    store.failing = 1;
    const failing = count(aggregates, 'a', 1);
    await someTurns();
    await expect(failing).rejects.toThrow('the disk is full');
    await someTurns();
    expect([...aggregates.states()]).toEqual([]);
    store.holdBack();
    const begun = count(aggregates, 'a', 2);
    await someTurns();
    expect(aggregates.remembered('a')).toEqual({ sum: 2 });
    const second = count(aggregates, 'a', 3);
    await someTurns();
    store.release();
    expect([(await begun).revision, (await second).revision]).toEqual([0, 1]);
  });

  it('that two commands begin at once is begun by one: the other stands on it, without conflict', async () => {
    const store = new FaultyStore(new MemoryEventStore());
    const aggregates = counters(store);
    store.holdBackReads();
    const first = count(aggregates, 'a', 1);
    const second = count(aggregates, 'a', 2);
    await someTurns();
    store.release();
    await Promise.all([first, second]);
    expect(await storedIn(store, 'a')).toEqual([1, 2]);
  });
});

describe('commands at the same time on one stream', () => {
  let folder: string;
  let file: string;
  let store: SqliteEventStore;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aggregates-spec-'));
    file = join(folder, 'log.db');
    store = new SqliteEventStore(file);
  });

  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('never conflict inside a process: each is decided once, on all before it', async () => {
    const aggregates = counters(store);
    const seen: number[] = [];
    const commands = Array.from({ length: 100 }, () =>
      aggregates.transact(
        'a',
        ({ state }) => {
          seen.push(state.sum);
          return counterDecider.decide(1, state, undefined);
        },
        {},
      ),
    );
    const done = await Promise.all(commands);
    const expected = Array.from({ length: 100 }, (_, i) => i);
    expect(seen).toEqual(expected);
    expect(done.map((each) => each.revision)).toEqual(expected);
    expect(done.map((each) => each.position)).toEqual(expected.map((i) => i + 1));
    expect(done.map((each) => each.state.sum)).toEqual(expected.map((i) => i + 1));
    expect(await storedIn(store, 'a')).toHaveLength(100);
  });

  it('share their commits', async () => {
    const aggregates = counters(store);
    const before = commitsIn(file);
    await Promise.all(Array.from({ length: 100 }, () => count(aggregates, 'a', 1)));
    expect(commitsIn(file) - before).toBeLessThanOrEqual(3);
  });

  it('keep a limit that they reach together', async () => {
    const aggregates = counters(store);
    const outcomes = await Promise.allSettled(Array.from({ length: 150 }, () => count(aggregates, 'a', 10)));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(50);
    expect(refused.every(({ reason }) => reason instanceof LimitReached)).toBe(true);
    expect(await aggregates.load('a')).toMatchObject({ state: { sum: LIMIT }, revision: 99 });
    expect(await storedIn(store, 'a')).toHaveLength(100);
  });

  it('read the stream once for all of them', async () => {
    await count(counters(store), 'a', 1);
    const counting = new FaultyStore(store);
    const aggregates = counters(counting);
    await Promise.all(Array.from({ length: 50 }, () => count(aggregates, 'a', 1)));
    expect(counting.reads).toBe(1);
    expect(await storedIn(store, 'a')).toHaveLength(51);
  });
});

describe('a stream that somebody else writes too', () => {
  it('is read again, and the command decided again on what is there', async () => {
    const store = new MemoryEventStore();
    const [ours, theirs] = [counters(store), counters(store)];
    await count(ours, 'a', 1);
    await count(theirs, 'a', 10);
    expect(await count(ours, 'a', 100)).toMatchObject({ state: { sum: 111 }, revision: 2 });
    expect(await count(theirs, 'a', 5)).toMatchObject({ state: { sum: 116 }, revision: 3 });
    expect(await storedIn(store, 'a')).toEqual([1, 10, 100, 5]);
  });

  it('is right when both write at once', async () => {
    const store = new MemoryEventStore();
    const [ours, theirs] = [counters(store), counters(store)];
    const commands = Array.from({ length: 40 }, (_, i) => count(i % 2 === 0 ? ours : theirs, 'a', 1));
    const done = await Promise.all(commands);
    expect(done.map((each) => each.state.sum).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 40 }, (_, i) => i + 1),
    );
    expect(await storedIn(store, 'a')).toHaveLength(40);
  });

  it('keeps the limit that the other has brought near', async () => {
    const store = new MemoryEventStore();
    const [ours, theirs] = [counters(store), counters(store)];
    await count(ours, 'a', 1);
    await count(theirs, 'a', LIMIT - 1);
    await expect(count(ours, 'a', 1)).rejects.toBeInstanceOf(LimitReached);
    expect(await storedIn(store, 'a')).toEqual([1, LIMIT - 1]);
  });

  it('counts a command once in what is tentative, however often it was decided', async () => {
    const store = new MemoryEventStore();
    const tentative = new TentativeSum();
    const [ours, theirs] = [counters(store, 100, tentative), counters(store)];
    await count(ours, 'a', 1);
    await count(theirs, 'a', 10);
    await count(ours, 'a', 100);
    expect(tentative.sum).toBe(101);
    const stored = (await store.readStream('counter-a')).map((event) => event.id);
    expect(Array.from(tentative.counted.keys())).toEqual([stored[0], stored[2]]);
  });

  it('is read again when asked to forget', async () => {
    const store = new MemoryEventStore();
    const [ours, theirs] = [counters(store), counters(store)];
    await count(ours, 'a', 1);
    await count(theirs, 'a', 10);
    expect(await ours.load('a')).toMatchObject({ state: { sum: 1 } });
    ours.forget('a');
    expect(await ours.load('a')).toMatchObject({ state: { sum: 11 }, revision: 1 });
  });
});

describe('an append that fails', () => {
  let store: FaultyStore;
  let tentative: TentativeSum;
  let aggregates: Counters;

  beforeEach(async () => {
    store = new FaultyStore(new MemoryEventStore());
    tentative = new TentativeSum();
    aggregates = counters(store, 100, tentative);
    await count(aggregates, 'a', 1);
  });

  it('is told to whoever asked, and leaves nothing behind', async () => {
    store.failing = 1;
    await expect(count(aggregates, 'a', 10)).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await storedIn(store, 'a')).toEqual([1]);
    expect(tentative.sum).toBe(1);
    expect(aggregates.remembered('a')).toEqual({ sum: 1 });
  });

  it('has the stream read again before the next decision', async () => {
    store.failing = 1;
    await expect(count(aggregates, 'a', 10)).rejects.toBeInstanceOf(StoreUnavailable);
    const reads = store.reads;
    expect(await count(aggregates, 'a', 100)).toMatchObject({ state: { sum: 101 }, revision: 1 });
    expect(store.reads).toBe(reads + 1);
    expect(tentative.sum).toBe(101);
  });

  it('takes back only its own: who decided on top of it decides again', async () => {
    store.holdBack();
    store.failing = 1;
    const commands = [10, 100, 200].map((by) => count(aggregates, 'a', by));
    expect(await Promise.all(commands.map(isWaiting))).toEqual([true, true, true]);
    expect(tentative.sum).toBe(311);
    store.release();
    const outcomes = await Promise.allSettled(commands);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect((await storedIn(store, 'a')).toSorted((a, b) => a - b)).toEqual([1, 100, 200]);
    expect(tentative.sum).toBe(301);
    expect(await aggregates.load('a')).toMatchObject({ state: { sum: 301 }, revision: 2 });
  });

  it('of many at once leaves exactly those that were answered', async () => {
    store.holdBack();
    store.failing = 30;
    const commands = Array.from({ length: 60 }, () => count(aggregates, 'a', 1));
    expect(await isWaiting(commands[0]!)).toBe(true);
    store.release();
    const outcomes = await Promise.allSettled(commands);
    const answered = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    expect(answered).toHaveLength(30);
    expect(await storedIn(store, 'a')).toHaveLength(31);
    expect(tentative.sum).toBe(31);
    expect(await aggregates.load('a')).toMatchObject({ state: { sum: 31 } });
  });

  it('makes no refusal that stood on it: the refusal falls with it', async () => {
    store.holdBack();
    store.failing = 1;
    const large = count(aggregates, 'a', LIMIT - 1);
    const refused = count(aggregates, 'a', 1);
    expect(await isWaiting(refused)).toBe(true);
    store.release();
    await expect(large).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(refused).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await count(aggregates, 'a', 1)).toMatchObject({ state: { sum: 2 } });
  });
});

describe('a decision without events', () => {
  it('writes nothing and says where the stream stands', async () => {
    const store = new MemoryEventStore();
    const aggregates = counters(store);
    await count(aggregates, 'a', 5);
    expect(await count(aggregates, 'a', 0)).toEqual({
      state: { sum: 5 },
      revision: 0,
      position: undefined,
      events: [],
    });
    expect(await store.head()).toBe(1);
  });

  it('is answered only once what it stands on is durable', async () => {
    const store = new FaultyStore(new MemoryEventStore());
    const aggregates = counters(store);
    store.holdBack();
    const first = count(aggregates, 'a', 5);
    const repeat = count(aggregates, 'a', 0);
    expect(await isWaiting(repeat)).toBe(true);
    store.release();
    expect(await repeat).toMatchObject({ state: { sum: 5 }, revision: 0 });
    await first;
  });

  it('fails with the append it stands on', async () => {
    const store = new FaultyStore(new MemoryEventStore());
    const aggregates = counters(store);
    store.holdBack();
    store.failing = 1;
    const outcomes = Promise.allSettled([count(aggregates, 'a', 5), count(aggregates, 'a', 0)]);
    expect(await isWaiting(outcomes)).toBe(true);
    store.release();
    expect((await outcomes).map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
  });
});

describe('a refusal', () => {
  it('is thrown to whoever asked, and changes nothing', async () => {
    const store = new MemoryEventStore();
    const tentative = new TentativeSum();
    const aggregates = counters(store, 100, tentative);
    await count(aggregates, 'a', 5);
    await expect(count(aggregates, 'a', LIMIT)).rejects.toMatchObject({ message: `5 + ${LIMIT}` });
    expect(await store.head()).toBe(1);
    expect(tentative.sum).toBe(5);
    expect(await count(aggregates, 'a', 1)).toMatchObject({ state: { sum: 6 } });
  });

  it('is thrown only once what it stands on is durable', async () => {
    const store = new FaultyStore(new MemoryEventStore());
    const aggregates = counters(store);
    store.holdBack();
    const first = count(aggregates, 'a', LIMIT);
    const refused = count(aggregates, 'a', 1);
    expect(await isWaiting(refused)).toBe(true);
    store.release();
    await expect(refused).rejects.toBeInstanceOf(LimitReached);
    await first;
  });

  it('of the decider to follow its own events leaves state and log as they were', async () => {
    const store = new MemoryEventStore();
    const tentative = new TentativeSum();
    const aggregates = counters(store, 100, tentative);
    await count(aggregates, 'a', 5);
    const impossible = aggregates.transact('a', () => [counted(7), counted(-1)], {});
    await expect(impossible).rejects.toThrow('a counter never goes back');
    expect(aggregates.remembered('a')).toEqual({ sum: 5 });
    expect(tentative.sum).toBe(5);
    expect(await count(aggregates, 'a', 1)).toMatchObject({ state: { sum: 6 }, revision: 1 });
  });

  it('of the store to read is thrown, and asked again at the next command', async () => {
    const store = new MemoryEventStore();
    await count(counters(store), 'a', 5);
    let broken = true;
    const aggregates = new Aggregates(store, counterDecider, {
      category: 'counter',
      read: (stored) => {
        if (broken) throw new TypeError('unreadable');
        return stored as StoredEvent & Counted;
      },
      remembered: 10,
    });
    await expect(count(aggregates, 'a', 1)).rejects.toThrow('unreadable');
    broken = false;
    expect(await count(aggregates, 'a', 1)).toMatchObject({ state: { sum: 6 } });
  });
});

describe('what is remembered', () => {
  it('is bounded: the least recently used is forgotten, and read again', async () => {
    const store = new FaultyStore(new MemoryEventStore());
    const aggregates = counters(store, 2);
    await count(aggregates, 'a', 1);
    await count(aggregates, 'b', 2);
    await count(aggregates, 'a', 1);
    await count(aggregates, 'c', 3);
    const states = (): (Counter | undefined)[] => ['a', 'b', 'c'].map((id) => aggregates.remembered(id));
    expect(states()).toEqual([{ sum: 2 }, undefined, { sum: 3 }]);
    expect(await count(aggregates, 'b', 1)).toMatchObject({ state: { sum: 3 }, revision: 1 });
    expect(states()).toEqual([undefined, { sum: 3 }, { sum: 3 }]);
    expect(store.reads).toBe(4);
  });

  it('may be less than what is busy: every stream is right, and read about once', async () => {
    const store = new FaultyStore(new MemoryEventStore());
    const aggregates = counters(store, 2);
    const ids = Array.from({ length: 100 }, (_, i) => `c${i}`);
    await Promise.all(ids.map((id) => count(aggregates, id, 1)));
    expect(store.reads).toBeLessThanOrEqual(100);
    await Promise.all([...ids, ...ids].map((id) => count(aggregates, id, 1)));
    for (const id of ids) expect(await storedIn(store, id)).toEqual([1, 1, 1]);
  });

  it('is right again when a stream is forgotten while its append is under way', async () => {
    const store = new FaultyStore(new MemoryEventStore());
    const aggregates = counters(store, 1);
    store.holdBack();
    const first = count(aggregates, 'a', 1);
    const other = count(aggregates, 'b', 1);
    const second = count(aggregates, 'a', 10);
    expect(await isWaiting(second)).toBe(true);
    store.release();
    await Promise.all([first, other]);
    expect(await second).toMatchObject({ state: { sum: 11 }, revision: 1 });
    expect(await storedIn(store, 'a')).toEqual([1, 10]);
  });

  it('shows what is decided before it is durable', async () => {
    const store = new FaultyStore(new MemoryEventStore());
    const aggregates = counters(store);
    store.holdBack();
    const counting = count(aggregates, 'a', 4);
    expect(await isWaiting(counting)).toBe(true);
    const held: Held<Counter> = await aggregates.load('a');
    expect({ ...held }).toMatchObject({ state: { sum: 4 }, revision: 0 });
    store.release();
    await counting;
  });
});

/** Two processes on one store: what the first appends is delivered to the second. */
function twoProcesses(complete: boolean) {
  const store = new FaultyStore(new MemoryEventStore());
  const [here, elsewhere] = [counters(store, 100, undefined, complete), counters(store)];
  const follow = async () => {
    for (const event of await store.readAll(0, 1_000)) here.follow(event);
  };
  return { store, here, elsewhere, follow };
}

describe('what another process writes', () => {
  it('is in the remembered state once the log delivers it, without reading the stream again', async () => {
    const { store, here, elsewhere, follow } = twoProcesses(false);
    await count(here, 'a', 1);
    await count(elsewhere, 'a', 2);
    await follow();
    store.reads = 0;
    expect(here.remembered('a')).toEqual({ sum: 3 });
    expect(await count(here, 'a', 4)).toMatchObject({ state: { sum: 7 }, revision: 2 });
    expect(store.reads).toBe(0);
  });

  it('is taken in once, however often it is delivered, and this process’s own events not at all', async () => {
    const { here, elsewhere, follow } = twoProcesses(false);
    await count(here, 'a', 1);
    await count(elsewhere, 'a', 2);
    await follow();
    await follow();
    expect(here.remembered('a')).toEqual({ sum: 3 });
  });

  it('is not read for a stream nobody here has used', async () => {
    const { store, here, elsewhere, follow } = twoProcesses(false);
    await count(elsewhere, 'a', 2);
    store.reads = 0;
    await follow();
    await someTurns();
    expect(here.remembered('a')).toBeUndefined();
    expect(store.reads).toBe(0);
  });

  it('is known at once where every stream is to be remembered, also one that was begun elsewhere', async () => {
    const { store, here, elsewhere, follow } = twoProcesses(true);
    await count(elsewhere, 'a', 2);
    await count(elsewhere, 'a', 3);
    store.reads = 0;
    await follow();
    expect(here.remembered('a')).toEqual({ sum: 5 });
    expect(store.reads).toBe(0);
  });

  it('is read where every stream is to be remembered and its beginning was missed', async () => {
    const { store, here, elsewhere } = twoProcesses(true);
    await count(elsewhere, 'a', 2);
    await count(elsewhere, 'a', 3);
    here.follow((await store.readAll(1, 1))[0]!);
    await someTurns();
    expect(here.remembered('a')).toEqual({ sum: 5 });
  });

  it('makes the stream be read again when something between is missing', async () => {
    const { store, here, elsewhere } = twoProcesses(false);
    await count(here, 'a', 1);
    await count(elsewhere, 'a', 2);
    await count(elsewhere, 'a', 3);
    here.follow((await store.readAll(2, 1))[0]!);
    expect(await count(here, 'a', 4)).toMatchObject({ state: { sum: 10 }, revision: 3 });
  });

  it('leaves a decision on its way to the append, which finds out which of them was first', async () => {
    const { store, here, elsewhere, follow } = twoProcesses(false);
    await count(here, 'a', 1);
    store.holdBack();
    const late = count(here, 'a', 10);
    await someTurns();
    store.release();
    await count(elsewhere, 'a', 2);
    await follow();
    await late;
    expect((await storedIn(store, 'a')).toSorted((a, b) => a - b)).toEqual([1, 2, 10]);
    expect(await count(here, 'a', 0)).toMatchObject({ state: { sum: 13 } });
  });

  it('is looked up again when an append that it delivered was given up all the same', async () => {
    const { store, here, follow } = twoProcesses(true);
    await count(here, 'a', 1);
    store.losing = 1;
    const lost = count(here, 'a', 2);
    await follow();
    await expect(lost).rejects.toBeInstanceOf(StoreUnavailable);
    await someTurns();
    expect(here.remembered('a')).toEqual({ sum: 3 });
  });

  it('is not missed by a stream that is just being read again', async () => {
    const { store, here, elsewhere, follow } = twoProcesses(false);
    await count(here, 'a', 1);
    await count(elsewhere, 'a', 2);
    here.forget('a');
    store.holdBackReads();
    const reading = here.load('a');
    await someTurns();
    await count(elsewhere, 'a', 4);
    await follow();
    store.release();
    await reading;
    await someTurns();
    expect((await here.load('a')).state).toEqual({ sum: 7 });
  });

  it('is shown to nobody before it is durable', async () => {
    const { store, here } = twoProcesses(false);
    await count(here, 'a', 1);
    store.holdBack();
    const late = count(here, 'a', 10);
    await someTurns();
    expect(await here.loadDurable('a')).toMatchObject({ state: { sum: 1 }, revision: 0 });
    store.release();
    await late;
    expect(await here.loadDurable('a')).toMatchObject({ state: { sum: 11 }, revision: 1 });
  });
});
