/** The embedded store keeps every promise of the port, and what a file on a disk adds: durability, shared commits, full disks. */

import Database from 'better-sqlite3';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  commitsIn,
  counted,
  describeEventStore,
  freshStream,
  idsOf,
  manyCounted,
  readOn,
  Received,
} from './contract.js';
import { NO_STREAM, START, StoreUnavailable, type NewEvent } from './event-store.js';
import { SqliteEventStore, UnreadableLog, type SqliteEventStoreOptions } from './sqlite.js';

let folder: string;
let file: string;

function freshFolder(): void {
  folder = mkdtempSync(join(tmpdir(), 'sqlite-spec-'));
  file = join(folder, 'log.db');
}

function removeFolder(): void {
  rmSync(folder, { recursive: true, force: true });
}

const opened: { close(): unknown }[] = [];

function open(options?: SqliteEventStoreOptions): SqliteEventStore {
  const store = new SqliteEventStore(file, options);
  opened.push(store);
  return store;
}

/** Opens without the rights of the superuser, to whom no folder is closed. */
function openAsNobody(options?: SqliteEventStoreOptions): SqliteEventStore {
  if (process.geteuid!() !== 0) return open(options);
  process.seteuid!(65_534);
  try {
    return open(options);
  } finally {
    process.seteuid!(0);
  }
}

/** A connection of the test's own to the same file. */
function connect(): Database.Database {
  const db = new Database(file, { timeout: 0 });
  opened.push(db);
  return db;
}

/** The store's own connection: some settings hold for one connection only. */
function connectionOf(store: SqliteEventStore): Database.Database {
  return (store as unknown as { db: Database.Database }).db;
}

/** From now on the file may not grow. */
function fill(store: SqliteEventStore): void {
  const db = connectionOf(store);
  db.pragma(`max_page_count = ${String(db.pragma('page_count', { simple: true }))}`);
}

function makeRoom(store: SqliteEventStore): void {
  connectionOf(store).pragma('max_page_count = 1000000');
}

/** More than is free in the pages of a small file. */
function big(): NewEvent {
  return counted({ data: { text: 'x'.repeat(200_000) } });
}

describeEventStore('the embedded store', {
  open: (clock) => {
    freshFolder();
    return new SqliteEventStore(file, { clock });
  },
  cleanUp: removeFolder,
});

describe('the embedded store', () => {
  beforeEach(freshFolder);

  afterEach(async () => {
    for (const each of opened.splice(0).toReversed()) await each.close();
    removeFolder();
  });

  describe('opened again', () => {
    it('holds everything that was appended, and continues it', async () => {
      const stream = freshStream();
      const first = open();
      await first.append(stream, NO_STREAM, manyCounted(3));
      await first.append(freshStream(), NO_STREAM, [counted({ type: 'Other.v1' })]);
      const log = await readOn(first, START);
      await first.close();

      const second = open();
      expect(await readOn(second, START)).toEqual(log);
      expect(await second.head()).toBe(4);
      expect(await second.append(stream, 2, [counted()])).toEqual({ revision: 3, position: 5 });
    });

    it('still knows a repeat', async () => {
      const stream = freshStream();
      const events = manyCounted(2);
      const first = open();
      const original = await first.append(stream, NO_STREAM, events);
      await first.append(stream, 1, [counted()]);
      await first.close();

      const second = open();
      expect(await second.append(stream, NO_STREAM, events)).toEqual(original);
      expect(await second.head()).toBe(3);
    });

    it('stamps no event earlier than the last one of before', async () => {
      const [first, stream] = [open({ clock: () => 2_000_000 }), freshStream()];
      await first.append(stream, NO_STREAM, [counted()]);
      await first.close();
      const second = open({ clock: () => 1_000_000 });
      await second.append(stream, 0, [counted()]);
      expect((await second.readStream(stream)).map((event) => event.recordedAt)).toEqual([2_000_000, 2_000_000]);
    });

    it('resumes a subscription where its reader left off', async () => {
      const stream = freshStream();
      const first = open();
      const { position } = await first.append(stream, NO_STREAM, [counted()]);
      const next = counted();
      await first.append(stream, 0, [next]);
      await first.close();
      const received = new Received();
      open().subscribe(position, received.take);
      await received.until(next);
      expect(received.ids).toEqual([next.id]);
    });

    it('is the same log: its id was drawn once', async () => {
      const first = open();
      const { logId } = first;
      await first.close();
      expect(open().logId).toBe(logId);
      rmSync(file);
      expect(open().logId).not.toBe(logId);
    });
  });

  describe('durability', () => {
    it('writes ahead, and syncs every commit', () => {
      const db = connectionOf(open());
      expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
      expect(db.pragma('synchronous', { simple: true })).toBe(2);
    });

    it('has an answered append in the file, where another connection finds it', async () => {
      const store = open();
      const reader = connect();
      for (let i = 0; i < 5; i += 1) {
        await store.append('counter-one', i - 1, [counted()]);
        expect(reader.prepare('SELECT count(*) FROM events').pluck().get()).toBe(i + 1);
      }
    });

    it('writes all appends that wait together in a few commits', async () => {
      const store = open();
      const before = commitsIn(file);
      await Promise.all(manyCounted(1_200).map((event) => store.append(freshStream(), NO_STREAM, [event])));
      expect(commitsIn(file) - before).toBeLessThanOrEqual(4);
      expect(await store.head()).toBe(1_200);
    });

    it('commits by itself an append that waits for nobody', async () => {
      const store = open();
      const before = commitsIn(file);
      for (let i = 0; i < 5; i += 1) await store.append('counter-one', i - 1, [counted()]);
      expect(commitsIn(file) - before).toBe(5);
    });
  });

  describe('on a disk that is full or failing', () => {
    it('refuses everything that waits, even what would have had room in the next commit', async () => {
      const store = open();
      await store.append('counter-one', NO_STREAM, [counted()]);
      fill(store);
      const appends = Array.from({ length: 500 }, (_, i) =>
        store.append(`counter-${i}`, NO_STREAM, [i === 300 ? big() : counted()]),
      );
      appends.push(store.append('counter-one', 0, [counted()]));
      const outcomes = await Promise.allSettled(appends);
      const reasons = outcomes.map((outcome) => (outcome as PromiseRejectedResult).reason as unknown);
      expect(reasons.every((reason) => reason instanceof StoreUnavailable)).toBe(true);
      expect(reasons[0]).toMatchObject({ message: expect.stringContaining('full') as unknown });
      expect(await store.append('counter-one', 0, [counted()])).toEqual({ revision: 1, position: 2 });
    });

    it('keeps nothing of what it refused, and tells no subscriber', async () => {
      const store = open();
      const received = new Received();
      store.subscribe(START, received.take);
      const first = counted();
      await store.append('counter-one', NO_STREAM, [first]);
      await received.until(first);
      fill(store);
      await Promise.allSettled([
        store.append('counter-one', 0, manyCounted(2)),
        store.append('counter-two', NO_STREAM, [counted({ type: 'NeverSeen.v1' }), big()]),
      ]);
      expect(await store.head()).toBe(1);
      expect(await store.readStream('counter-two')).toEqual([]);
      expect(idsOf(await readOn(store, START))).toEqual([first.id]);
      const reader = connect();
      expect(reader.prepare('SELECT name FROM streams').pluck().all()).toEqual(['counter-one']);
      expect(reader.prepare('SELECT name FROM types').pluck().all()).toEqual(['Counted.v1']);
      expect(reader.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(received.ids).toEqual([first.id]);
    });

    it('works again once there is room: a repeat of the same append is taken, once', async () => {
      const store = open();
      const events = [counted({ type: 'NeverSeen.v1' }), big()];
      await store.append('counter-one', NO_STREAM, [counted()]);
      fill(store);
      await expect(store.append('counter-two', NO_STREAM, events)).rejects.toBeInstanceOf(StoreUnavailable);
      makeRoom(store);
      expect(await store.append('counter-two', NO_STREAM, events)).toEqual({ revision: 1, position: 3 });
      expect(await store.append('counter-two', NO_STREAM, events)).toEqual({ revision: 1, position: 3 });
      expect(await store.append('counter-one', 0, [counted()])).toEqual({ revision: 1, position: 4 });
      const log = await readOn(store, START);
      await store.close();
      expect(await readOn(open(), START)).toEqual(log);
    });

    it('undoes what a fault has left half done', async () => {
      const store = open();
      connectionOf(store).exec(`CREATE TEMP TRIGGER fault BEFORE INSERT ON events WHEN NEW.revision = 2
        BEGIN SELECT RAISE(ABORT, 'disk I/O error'); END`);
      const outcomes = Promise.allSettled([
        store.append('counter-one', NO_STREAM, [counted()]),
        store.append('counter-two', NO_STREAM, manyCounted(3)),
      ]);
      expect((await outcomes).map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
      expect(await store.head()).toBe(START);
      expect(await readOn(store, START)).toEqual([]);
      connectionOf(store).exec('DROP TRIGGER fault');
      expect(await store.append('counter-two', NO_STREAM, manyCounted(3))).toEqual({ revision: 2, position: 3 });
      expect(connect().prepare('SELECT name FROM streams').pluck().all()).toEqual(['counter-two']);
    });

    it('refuses while another program holds the file, and works again afterwards', async () => {
      const store = open();
      connectionOf(store).pragma('busy_timeout = 0');
      const other = connect();
      other.exec('BEGIN IMMEDIATE');
      await expect(store.append('counter-one', NO_STREAM, [counted()])).rejects.toBeInstanceOf(StoreUnavailable);
      other.exec('ROLLBACK');
      expect(await store.append('counter-one', NO_STREAM, [counted()])).toEqual({ revision: 0, position: 1 });
    });
  });

  describe('opening', () => {
    it('refuses the log of a newer version, and says so', async () => {
      await open().close();
      const db = connect();
      db.pragma('user_version = 2');
      db.close();
      expect(() => open()).toThrow(UnreadableLog);
      expect(() => open()).toThrow(`${file} was written by a newer version of the ledger (format 2, this one reads 1)`);
      expect(() => open({ readOnly: true })).toThrow(UnreadableLog);
    });

    it.each([0, 1])("refuses another program's database, whose version is %d, and leaves it as it was", (version) => {
      const db = connect();
      db.exec('CREATE TABLE recipes (name TEXT)');
      db.pragma(`user_version = ${version}`);
      expect(() => open()).toThrow(UnreadableLog);
      expect(() => open()).toThrow(`${file} is a database, but not a log of this ledger`);
      expect(db.prepare('SELECT name FROM sqlite_schema').pluck().all()).toEqual(['recipes']);
      expect(db.pragma('journal_mode', { simple: true })).toBe('delete');
    });

    it('refuses a file that is no database', () => {
      writeFileSync(file, 'Quarterly figures, not a database at all. '.repeat(200));
      expect(() => open()).toThrow(UnreadableLog);
      expect(() => open()).toThrow(`${file} cannot be opened: file is not a database`);
    });

    it('refuses to read a log that is not there', () => {
      expect(() => open({ readOnly: true })).toThrow(UnreadableLog);
      writeFileSync(file, '');
      expect(() => open({ readOnly: true })).toThrow(`${file} holds no log yet`);
    });

    it('refuses a folder that is not there', () => {
      file = join(folder, 'missing', 'log.db');
      expect(() => open()).toThrow(UnreadableLog);
    });
  });

  describe('opened to read only', () => {
    it('reads while the writer writes', async () => {
      const writer = open();
      await writer.append('counter-one', NO_STREAM, manyCounted(2));
      const reader = open({ readOnly: true });
      expect(await reader.head()).toBe(2);
      expect(await reader.readStream('counter-one')).toHaveLength(2);
      await writer.append('counter-one', 1, manyCounted(2));
      await writer.append('counter-two', NO_STREAM, [counted({ type: 'Other.v1' })]);
      expect(await reader.head()).toBe(5);
      expect(await reader.readStream('counter-one', 2)).toEqual(await writer.readStream('counter-one', 2));
      expect(await readOn(reader, START)).toEqual(await readOn(writer, START));
      expect(reader.logId).toBe(writer.logId);
    });

    it('takes no appends', async () => {
      await open().close();
      await expect(open({ readOnly: true }).append('counter-one', NO_STREAM, [counted()])).rejects.toBeInstanceOf(
        StoreUnavailable,
      );
    });
  });

  describe('in a folder that only may be read', () => {
    beforeEach(async () => {
      mkdirSync(join(folder, 'sealed'));
      file = join(folder, 'sealed', 'log.db');
      const store = open();
      await store.append('counter-one', NO_STREAM, manyCounted(2));
      await store.close();
      chmodSync(folder, 0o755);
      chmodSync(file, 0o444);
      chmodSync(join(folder, 'sealed'), 0o555);
    });

    it('refuses to write, and says why', () => {
      expect(() => openAsNobody()).toThrow(UnreadableLog);
      expect(() => openAsNobody()).toThrow(`${file} cannot be opened: attempt to write a readonly database`);
    });

    it('refuses to read, and says what to do', () => {
      expect(() => openAsNobody({ readOnly: true })).toThrow(UnreadableLog);
      expect(() => openAsNobody({ readOnly: true })).toThrow('copy it into a folder you may write');
    });

    it('is not harmed by the attempt', async () => {
      expect(() => openAsNobody()).toThrow(UnreadableLog);
      chmodSync(join(folder, 'sealed'), 0o755);
      chmodSync(file, 0o644);
      expect(await open().readStream('counter-one')).toHaveLength(2);
    });
  });
});
