/**
 * The embedded event store: one SQLite file, one writing process, appends that wait together share one commit.
 * An append is answered after its commit is on disk (WAL, synchronous=FULL, read back at start).
 */

import Database from 'better-sqlite3';
import { randomUUID } from 'node:crypto';
import {
  checkAppend,
  isRepeat,
  NO_STREAM,
  START,
  StoreUnavailable,
  WrongExpectedRevision,
  type Appended,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type StoredEvent,
  type Subscription,
} from './event-store.js';
import { LiveFeed } from './live-feed.js';

/** The format of the file, in its `user_version`. */
const FORMAT = 1;
/** Marks the file as a log of this ledger, in its `application_id`: "L276". */
const APPLICATION_ID = 0x4c32_3736;
/** Appends that share one commit at most: the event loop is held for a few milliseconds, never longer. */
const COMMIT_AT_MOST = 500;
/** Streams whose number and revision are remembered. */
const REMEMBERED_STREAMS = 50_000;

const TABLES = `
  CREATE TABLE log (id TEXT NOT NULL);
  CREATE TABLE streams (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE types (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL REFERENCES streams,
    revision INTEGER NOT NULL,
    id BLOB NOT NULL,
    type INTEGER NOT NULL REFERENCES types,
    recorded_at INTEGER NOT NULL,
    data TEXT NOT NULL,
    metadata TEXT NOT NULL
  );
  CREATE UNIQUE INDEX events_of_stream ON events (stream, revision);
`;

const COLUMNS = `e.position, s.name AS stream, e.revision, lower(hex(e.id)) AS id, t.name AS type, e.recorded_at, e.data, e.metadata
  FROM events e JOIN streams s ON s.number = e.stream JOIN types t ON t.number = e.type`;

interface Row {
  position: number;
  stream: string;
  revision: number;
  id: string;
  type: string;
  recorded_at: number;
  data: string;
  metadata: string;
}

interface Waiting {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
  /** The events' data and metadata as JSON. */
  readonly texts: readonly { readonly data: string; readonly metadata: string }[];
  readonly resolve: (appended: Appended) => void;
  readonly reject: (reason: unknown) => void;
}

/** What a commit gives one of its appends. */
type Outcome = { readonly appended: Appended } | { readonly refused: WrongExpectedRevision };

interface Head {
  readonly number: number;
  revision: number;
}

export interface SqliteEventStoreOptions {
  /** Milliseconds since 1970 UTC. */
  readonly clock?: () => number;
  /** Reads only: no lock is needed and appends are refused. */
  readonly readOnly?: boolean;
}

/** The file was written by a newer version of the ledger, is not one of its logs, or cannot be opened. */
export class UnreadableLog extends Error {
  override readonly name = 'UnreadableLog';
}

export class SqliteEventStore implements EventStore {
  private readonly db: Database.Database;
  private readonly clock: () => number;
  private readonly statements: ReturnType<typeof prepare>;
  private readonly heads = new Map<string, Head>();
  private readonly types = new Map<string, number>();
  private readonly feed = new LiveFeed((after, limit) => this.readAll(after, limit));
  private waiting: Waiting[] = [];
  private scheduled = false;
  private closed = false;
  private position: number;
  private recordedAt: number;

  /**
   * Opens or makes the log. One process at a time may open it to write: see `data-folder.ts`.
   * @throws UnreadableLog
   */
  constructor(file: string, options: SqliteEventStoreOptions = {}) {
    this.clock = options.clock ?? Date.now;
    this.db = open(file, options.readOnly ?? false);
    this.statements = prepare(this.db);
    for (const { number, name } of this.statements.types.all()) this.types.set(name, number);
    const last = this.statements.last.get();
    this.position = last?.position ?? START;
    this.recordedAt = last?.recorded_at ?? 0;
  }

  /** The log's own id, drawn when it was made: tells two logs of the same length apart. */
  get logId(): string {
    return (this.db.prepare('SELECT id FROM log').get() as { id: string }).id;
  }

  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    return new Promise((resolve, reject) => {
      checkAppend(stream, expected, events);
      if (this.closed) throw new StoreUnavailable('the store is closed');
      // now, not in the commit: what JSON cannot say is refused alone, and the writer may change its objects again
      const texts = events.map(({ data, metadata }) => ({
        data: JSON.stringify(data),
        metadata: JSON.stringify(metadata),
      }));
      this.waiting.push({ stream, expected, events, texts, resolve, reject });
      this.schedule();
    });
  }

  async readStream(stream: string, fromRevision = 0): Promise<readonly StoredEvent[]> {
    const head = this.headOf(stream);
    return head === undefined ? [] : this.statements.ofStream.all(head.number, fromRevision).map(stored);
  }

  async readAll(after: number, limit: number): Promise<readonly StoredEvent[]> {
    return this.statements.all.all(after, limit).map(stored);
  }

  async readAt(position: number, limit = 1): Promise<readonly StoredEvent[]> {
    const events = await this.readAll(position - 1, limit);
    return events[0]?.position === position ? events : [];
  }

  async head(): Promise<number> {
    return this.known;
  }

  get known(): number {
    // one who only reads does not see another process's commits but by asking
    return this.db.readonly ? (this.statements.last.get()?.position ?? START) : this.position;
  }

  subscribe(
    after: number,
    onEvents: (events: readonly StoredEvent[]) => void | Promise<void>,
    onEnd?: (reason: unknown) => void,
  ): Subscription {
    return this.feed.subscribe(after, onEvents, onEnd);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    while (this.waiting.length > 0) this.commitWaiting();
    this.closed = true;
    await this.feed.close();
    this.db.close();
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    // after the events the loop already holds: whatever they append goes into the same commit
    setImmediate(() => {
      this.scheduled = false;
      if (this.closed) return;
      this.commitWaiting();
      if (this.waiting.length > 0) this.schedule();
    });
  }

  private commitWaiting(): void {
    const group = this.waiting.splice(0, COMMIT_AT_MOST);
    if (group.length === 0) return;
    const added: StoredEvent[] = [];
    const before = { position: this.position, recordedAt: this.recordedAt };
    let outcomes: Outcome[];
    try {
      this.statements.begin.run();
      outcomes = group.map((append) => this.insert(append, added));
      this.statements.commit.run();
    } catch (error) {
      this.giveUp(group, before, error);
      return;
    }
    if (added.length > 0) this.feed.publish(added);
    group.forEach((append, i) => {
      const outcome = outcomes[i]!;
      if ('appended' in outcome) append.resolve(outcome.appended);
      else append.reject(outcome.refused);
    });
  }

  /** The commit failed: nothing of it was kept, and whoever decided on top of it must decide again. */
  private giveUp(group: Waiting[], before: { position: number; recordedAt: number }, error: unknown): void {
    const reason = new StoreUnavailable(`the log took nothing: ${(error as Error).message}`, { cause: error });
    for (const append of [...group, ...this.waiting.splice(0)]) append.reject(reason);
    this.position = before.position;
    this.recordedAt = before.recordedAt;
    this.heads.clear();
    this.types.clear();
    try {
      if (this.db.inTransaction) this.db.exec('ROLLBACK');
      for (const { number, name } of this.statements.types.all()) this.types.set(name, number);
    } catch {
      // the disk fails altogether: the next append says so again
    }
  }

  private insert({ stream, expected, events, texts }: Waiting, added: StoredEvent[]): Outcome {
    const head = this.headOf(stream);
    const actual = head?.revision ?? NO_STREAM;
    if (expected !== actual) return this.repeatOrRefuse(stream, head, expected, actual, events);
    const { number } = head ?? this.newStream(stream);
    this.recordedAt = Math.max(this.recordedAt, this.clock());
    let revision = actual;
    for (const [i, event] of events.entries()) {
      revision += 1;
      this.position += 1;
      this.statements.insert.run(
        this.position,
        number,
        revision,
        Buffer.from(event.id.replaceAll('-', ''), 'hex'),
        this.typeNumber(event.type),
        this.recordedAt,
        texts[i]!.data,
        texts[i]!.metadata,
      );
      added.push({ ...event, stream, revision, position: this.position, recordedAt: this.recordedAt });
    }
    this.heads.get(stream)!.revision = revision;
    return { appended: { revision, position: this.position } };
  }

  private repeatOrRefuse(
    stream: string,
    head: Head | undefined,
    expected: number,
    actual: number,
    events: readonly NewEvent[],
  ): Outcome {
    if (head !== undefined && expected < actual) {
      const there = this.statements.ofStream
        .all(head.number, expected + 1)
        .slice(0, events.length)
        .map(stored);
      const ids = there.map((event) => event.id);
      const last = there.at(-1);
      if (last !== undefined && isRepeat(ids, events))
        return { appended: { revision: last.revision, position: last.position } };
    }
    return { refused: new WrongExpectedRevision(stream, expected, actual) };
  }

  private headOf(stream: string): Head | undefined {
    const known = this.heads.get(stream);
    if (known !== undefined && !this.db.readonly) return known;
    const row = this.statements.streamHead.get(stream);
    if (row === undefined) return undefined;
    return this.remember(stream, { number: row.number, revision: row.revision ?? NO_STREAM });
  }

  private newStream(stream: string): Head {
    const number = Number(this.statements.insertStream.run(stream).lastInsertRowid);
    return this.remember(stream, { number, revision: NO_STREAM });
  }

  private remember(stream: string, head: Head): Head {
    if (this.heads.size >= REMEMBERED_STREAMS) {
      const oldest = this.heads.keys().next().value;
      if (oldest !== undefined) this.heads.delete(oldest);
    }
    this.heads.set(stream, head);
    return head;
  }

  private typeNumber(name: string): number {
    const known = this.types.get(name);
    if (known !== undefined) return known;
    const number = Number(this.statements.insertType.run(name).lastInsertRowid);
    this.types.set(name, number);
    return number;
  }
}

function open(file: string, readOnly: boolean): Database.Database {
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { readonly: readOnly });
    prepareFile(db, file, readOnly);
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof UnreadableLog) throw error;
    const { message, code } = error as Error & { code?: string };
    // a log is read with the help of two small files beside it, which SQLite makes
    const advice = readOnly && code?.startsWith('SQLITE_READONLY') ? '; copy it into a folder you may write' : '';
    throw new UnreadableLog(`${file} cannot be opened: ${message}${advice}`, { cause: error });
  }
}

function prepareFile(db: Database.Database, file: string, readOnly: boolean): void {
  const format = db.pragma('user_version', { simple: true }) as number;
  const empty = db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
  if (!empty && db.pragma('application_id', { simple: true }) !== APPLICATION_ID)
    throw new UnreadableLog(`${file} is a database, but not a log of this ledger`);
  if (format > FORMAT)
    throw new UnreadableLog(
      `${file} was written by a newer version of the ledger (format ${format}, this one reads ${FORMAT})`,
    );
  if (readOnly) {
    if (empty) throw new UnreadableLog(`${file} holds no log yet`);
    return;
  }
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  const mode = db.pragma('journal_mode', { simple: true });
  const synchronous = db.pragma('synchronous', { simple: true });
  // without both, better-sqlite3 answers before the bytes are on disk
  if (mode !== 'wal' || synchronous !== 2)
    throw new UnreadableLog(
      `${file} cannot be opened durably (journal_mode=${String(mode)}, synchronous=${String(synchronous)})`,
    );
  if (empty)
    db.transaction(() => {
      db.exec(TABLES);
      db.prepare('INSERT INTO log (id) VALUES (?)').run(randomUUID());
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${FORMAT}`);
    })();
}

function prepare(db: Database.Database) {
  return {
    begin: db.prepare('BEGIN IMMEDIATE'),
    commit: db.prepare('COMMIT'),
    insert: db.prepare(
      'INSERT INTO events (position, stream, revision, id, type, recorded_at, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    insertStream: db.prepare('INSERT INTO streams (name) VALUES (?)'),
    insertType: db.prepare('INSERT INTO types (name) VALUES (?)'),
    types: db.prepare<[], { number: number; name: string }>('SELECT number, name FROM types'),
    last: db.prepare<[], { position: number; recorded_at: number }>(
      'SELECT position, recorded_at FROM events ORDER BY position DESC LIMIT 1',
    ),
    streamHead: db.prepare<[string], { number: number; revision: number | null }>(
      'SELECT s.number, (SELECT max(revision) FROM events WHERE stream = s.number) AS revision FROM streams s WHERE s.name = ?',
    ),
    ofStream: db.prepare<[number, number], Row>(
      `SELECT ${COLUMNS} WHERE e.stream = ? AND e.revision >= ? ORDER BY e.revision`,
    ),
    all: db.prepare<[number, number], Row>(`SELECT ${COLUMNS} WHERE e.position > ? ORDER BY e.position LIMIT ?`),
  };
}

function stored(row: Row): StoredEvent {
  const { id } = row;
  return {
    position: row.position,
    stream: row.stream,
    revision: row.revision,
    id: `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`,
    type: row.type,
    recordedAt: row.recorded_at,
    data: parsed(row, row.data),
    metadata: parsed(row, row.metadata),
  };
}

function parsed({ position, stream }: Row, text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch (error) {
    const why = (error as Error).message;
    throw new UnreadableLog(`the event at position ${position}, stream ${stream}, cannot be read: ${why}`, {
      cause: error,
    });
  }
}
