/** What read models promise: rows and checkpoint together, in step with the log, made again at will. */

import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { NO_STREAM, type StoredEvent } from '#libs/event-store/event-store';
import { MemoryEventStore } from '#libs/event-store/memory';
import type { Projection } from './projection.js';
import { Projector, ReadModelBehind } from './projector.js';
import { ReadModel } from './read-model.js';
import { rebuild } from './rebuild.js';

interface Deposit {
  readonly account: string;
  readonly cents: number;
}

const read = (stored: StoredEvent) => stored;
const depositOf = (event: StoredEvent) => event.data as Deposit;

const deposits = (version = 1): Projection<StoredEvent> => ({
  name: 'deposits',
  version,
  tables: `
    CREATE TABLE deposits (position INTEGER PRIMARY KEY, account TEXT NOT NULL, cents INTEGER NOT NULL CHECK (cents > 0));
    CREATE TABLE days (day TEXT PRIMARY KEY, first_position INTEGER NOT NULL);
    CREATE TABLE balances (account TEXT PRIMARY KEY, cents INTEGER NOT NULL);
  `,
  indices: 'CREATE INDEX deposits_of_account ON deposits (account)',
  sums: [{ table: 'balances', key: ['account'], columns: ['cents'] }],
  apply(event, rows) {
    const { account, cents } = depositOf(event);
    rows.run('INSERT INTO deposits VALUES (?, ?, ?)', event.position, account, cents);
    rows.once('INSERT INTO days VALUES (?, ?) ON CONFLICT DO NOTHING', 'today', event.position);
    rows.add('balances', [account], 'cents', cents);
  },
});

const balances = (model: ReadModel<StoredEvent>) => model.all('SELECT account, cents FROM balances ORDER BY account');

describe('A read model', () => {
  let folder: string;
  let file: string;
  let store: MemoryEventStore;
  const opened: (ReadModel<StoredEvent> | Projector<StoredEvent>)[] = [];

  const deposit = async (cents: number, account = 'a') => {
    const stream = `account-${randomUUID()}`;
    const data: Deposit = { account, cents };
    return store.append(stream, NO_STREAM, [{ id: randomUUID(), type: 'Deposited.v1', data, metadata: {} }]);
  };
  const make = (projections = [deposits()]) => rebuild(store, { file, projections, read });
  const open = (projections = [deposits()]) => {
    const model = ReadModel.open(file, projections);
    if (model !== undefined) opened.push(model);
    return model;
  };
  const follow = async (model = open()!) => {
    const projector = new Projector<StoredEvent>(store, model, { read });
    opened.push(projector);
    await projector.start();
    return projector;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'read-models-'));
    file = join(folder, 'rows.db');
    store = new MemoryEventStore();
  });

  afterEach(async () => {
    for (const part of opened.splice(0).toReversed()) await (part instanceof Projector ? part.stop() : part.close());
    rmSync(folder, { recursive: true });
  });

  it('is made from the whole log, with the place it stands on', async () => {
    await deposit(100);
    await deposit(23, 'b');
    const { position } = await deposit(1);
    await make();
    const model = open()!;
    expect(balances(model)).toEqual([
      { account: 'a', cents: 101 },
      { account: 'b', cents: 23 },
    ]);
    expect(model.checkpoint.position).toBe(position);
    expect(model.checkpoint.eventId).toBe((await store.readAll(position - 1, 1))[0]!.id);
    expect(model.all('SELECT * FROM days')).toEqual([{ day: 'today', first_position: 1 }]);
  });

  it('tells how far its making is', async () => {
    for (let i = 0; i < 10; i += 1) await deposit(1);
    const seen: unknown[] = [];
    await rebuild(store, { file, projections: [deposits()], read, onProgress: (progress) => seen.push(progress) });
    expect(seen.at(-1)).toEqual({ done: 10, total: 10 });
  });

  it('is not opened by a projection of another version, name or shape, nor when it is damaged or missing', async () => {
    expect(open()).toBeUndefined();
    await make();
    expect(open([deposits(2)])).toBeUndefined();
    expect(open([{ ...deposits(), name: 'other' }])).toBeUndefined();
    expect(open([{ ...deposits(), indices: '' }])).toBeUndefined();
    open()!.close();
    opened.splice(0);
    writeFileSync(file, 'not a database');
    expect(open()).toBeUndefined();
  });

  it('stays what it was when its making is broken off', async () => {
    await deposit(100);
    await make();
    await deposit(-1); // refused by the table
    await expect(make()).rejects.toMatchObject({ message: expect.stringContaining('CHECK') });
    expect(balances(open()!)).toEqual([{ account: 'a', cents: 100 }]);
  });

  it('follows the log: whoever asks for a position sees it', async () => {
    await make();
    const projector = await follow();
    const { position } = await deposit(5);
    await projector.reach(position);
    expect(balances(projector.rows)).toEqual([{ account: 'a', cents: 5 }]);
    expect(projector.checkpoint).toBe(position);
  });

  it('catches up with what was recorded while nobody followed', async () => {
    await make();
    for (let i = 0; i < 1_200; i += 1) await deposit(1);
    const projector = await follow();
    expect(balances(projector.rows)).toEqual([{ account: 'a', cents: 1_200 }]);
  });

  it('goes on from its checkpoint after a stop: nothing twice, nothing left out', async () => {
    await make();
    const first = await follow();
    await deposit(1);
    await first.stop();
    first.rows.close();
    opened.splice(0);
    await deposit(2);
    const second = await follow();
    await deposit(4);
    await second.reach(await store.head());
    expect(balances(second.rows)).toEqual([{ account: 'a', cents: 7 }]);
  });

  it('applies rows and checkpoint together or not at all', async () => {
    await deposit(1);
    await make();
    const model = open()!;
    await deposit(2);
    await deposit(-1);
    const events = await store.readAll(1, 10);
    expect(() => model.apply(events)).toThrow('CHECK');
    expect(balances(model)).toEqual([{ account: 'a', cents: 1 }]);
    expect(model.checkpoint.position).toBe(1);
    model.apply(events.slice(0, 1));
    expect(balances(model)).toEqual([{ account: 'a', cents: 3 }]);
  });

  it('says that it is behind when a position does not come', async () => {
    await make();
    const projector = await follow();
    await expect(projector.reach(99, 20)).rejects.toThrow(ReadModelBehind);
  });

  it('does not start on a log it cannot apply: it says why', async () => {
    await make();
    await deposit(-1);
    await expect(follow()).rejects.toMatchObject({ message: expect.stringContaining('CHECK') });
  });

  it('says that it is at fault while its rows cannot be written, and goes on when they can', async () => {
    await make();
    const disk = { full: false };
    const base = deposits();
    const guarded: Projection<StoredEvent> = {
      ...base,
      apply(event, rows) {
        if (disk.full) throw new Error('the disk is full');
        base.apply(event, rows);
      },
    };
    const told: number[] = [];
    const projector = new Projector<StoredEvent>(store, open([guarded])!, {
      read,
      onEvent: (event) => told.push(event.position),
    });
    opened.push(projector);
    await projector.start();
    disk.full = true;
    await deposit(2);
    await expect(projector.reach(1, 50)).rejects.toThrow(ReadModelBehind);
    while (!projector.faulted) await pause(5);
    disk.full = false;
    while (projector.checkpoint < 1) await pause(20);
    expect(projector.faulted).toBe(false);
    expect(balances(projector.rows)).toEqual([{ account: 'a', cents: 2 }]);
    // who counts events as they come is told each once, however often the rows had to be tried
    expect(told).toEqual([1]);
  });

  it('is replaced by a rebuilt one while events go on, and misses none', async () => {
    await make();
    const projector = await follow();
    await deposit(1);
    await deposit(2);
    const rebuilt = `${file}.rebuilt`;
    await rebuild(store, { file: rebuilt, projections: [deposits()], read });
    await deposit(4);
    await projector.reach(await store.head());
    const late = deposit(8);
    await projector.replace(ReadModel.open(rebuilt, [deposits()])!, () => ReadModel.open(rebuilt, [deposits()])!);
    await late;
    await projector.reach(await store.head());
    expect(projector.rows.file).toBe(rebuilt);
    expect(balances(projector.rows)).toEqual([{ account: 'a', cents: 15 }]);
    opened.push(projector.rows);
  });

  it('takes nothing twice from a rebuilt one that is ahead of what was delivered', async () => {
    await make();
    const projector = await follow();
    const waits = deposit(3);
    const rebuilt = `${file}.rebuilt`;
    await rebuild(store, { file: rebuilt, projections: [deposits()], read });
    await projector.replace(ReadModel.open(rebuilt, [deposits()])!, () => ReadModel.open(rebuilt, [deposits()])!);
    await waits;
    await projector.reach(await store.head());
    expect(balances(projector.rows)).toEqual([{ account: 'a', cents: 3 }]);
    opened.push(projector.rows);
  });

  it('leaves no file behind but its own', async () => {
    await make();
    open()!.close();
    opened.splice(0);
    expect(existsSync(`${file}.new`)).toBe(false);
  });
});
