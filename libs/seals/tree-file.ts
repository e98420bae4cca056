/** The file of a log's tree: nodes, where blocks begin, where events are. Disposable: whatever is wrong with it, it is made anew. */

import Database from 'better-sqlite3';
import { rmSync } from 'node:fs';
import { START, type StoredEvent } from '#libs/event-store/event-store';
import { nodeHash } from './merkle.js';

/** Leaves of a block: 2^6. The hashes below it are made again when they are needed. */
export const BLOCK_LEVEL = 6;
export const BLOCK = 2 ** BLOCK_LEVEL;

/** The format of the file, in its `user_version`. */
const FORMAT = 1;

const TABLES = `
  CREATE TABLE checkpoint (only INTEGER PRIMARY KEY CHECK (only = 1), size INTEGER NOT NULL, position INTEGER NOT NULL,
    event_id TEXT NOT NULL);
  CREATE TABLE blocks (block INTEGER PRIMARY KEY, before INTEGER NOT NULL);
  CREATE TABLE nodes (level INTEGER, place INTEGER, hash BLOB NOT NULL, PRIMARY KEY (level, place)) WITHOUT ROWID;
  CREATE TABLE leaves (id BLOB PRIMARY KEY, leaf INTEGER NOT NULL) WITHOUT ROWID;
`;
const EMPTY = `
  DELETE FROM checkpoint; DELETE FROM blocks; DELETE FROM nodes; DELETE FROM leaves;
  INSERT INTO checkpoint VALUES (1, 0, ${START}, '');
`;

export interface TreeCheckpoint {
  readonly size: number;
  /** Of the last event taken in. */
  readonly position: number;
  /** Its id: with it another log, or an older one, is recognised. */
  readonly eventId: string;
}

export class TreeFile {
  private readonly statements;
  private at: TreeCheckpoint;

  private constructor(private readonly db: Database.Database) {
    this.statements = {
      checkpoint: db.prepare('SELECT size, position, event_id AS eventId FROM checkpoint'),
      stand: db.prepare('UPDATE checkpoint SET size = ?, position = ?, event_id = ?'),
      before: db.prepare('SELECT before FROM blocks WHERE block = ?').pluck(),
      begin: db.prepare('INSERT INTO blocks VALUES (?, ?)'),
      node: db.prepare('SELECT hash FROM nodes WHERE level = ? AND place = ?').pluck(),
      keep: db.prepare('INSERT INTO nodes VALUES (?, ?, ?)'),
      leaf: db.prepare('SELECT leaf FROM leaves WHERE id = ?').pluck(),
      // an id that comes twice is a forger's: the first event keeps it
      place: db.prepare('INSERT OR IGNORE INTO leaves VALUES (?, ?)'),
    };
    this.at = this.statements.checkpoint.get() as TreeCheckpoint;
  }

  static open(file: string): TreeFile {
    let db: Database.Database | undefined;
    try {
      db = new Database(file);
      if (db.pragma('user_version', { simple: true }) === FORMAT) return new TreeFile(tuned(db));
    } catch {
      // damaged or of another make: made anew
    }
    db?.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
    const fresh = tuned(new Database(file));
    fresh.exec(`${TABLES} ${EMPTY} PRAGMA user_version = ${FORMAT}`);
    return new TreeFile(fresh);
  }

  get checkpoint(): TreeCheckpoint {
    return this.at;
  }

  /** Forgets everything. */
  clear(): void {
    this.db.exec(`BEGIN; ${EMPTY} COMMIT`);
    this.at = this.statements.checkpoint.get() as TreeCheckpoint;
  }

  /** Takes in the next events, all of one block. @param completed the block's hash when they complete it */
  add(events: readonly StoredEvent[], completed: Buffer | undefined): void {
    const last = events.at(-1);
    if (last === undefined) return;
    const { size, position } = this.at;
    const { begin, place, stand } = this.statements;
    const next = { size: size + events.length, position: last.position, eventId: last.id };
    this.db.transaction(() => {
      if (size % BLOCK === 0) begin.run(size / BLOCK, position);
      for (const [i, { id }] of events.entries()) place.run(bytesOf(id), size + i);
      if (completed !== undefined) this.complete(completed, Math.floor(size / BLOCK));
      stand.run(next.size, next.position, next.eventId);
    })();
    this.at = next;
  }

  node(level: number, index: number): Buffer {
    return this.statements.node.get(level, index) as Buffer;
  }

  /** The position before the first event of a block. */
  before(block: number): number {
    return this.statements.before.get(block) as number;
  }

  leafOf(eventId: string): number | undefined {
    return this.statements.leaf.get(bytesOf(eventId)) as number | undefined;
  }

  close(): void {
    this.db.close();
  }

  /** Keeps a block's hash, and those of the subtrees that it completes. */
  private complete(hash: Buffer, index: number): void {
    this.statements.keep.run(BLOCK_LEVEL, index, hash);
    let [level, place, node] = [BLOCK_LEVEL, index, hash];
    while (place % 2 === 1) {
      node = nodeHash(this.node(level, place - 1), node);
      [level, place] = [level + 1, (place - 1) / 2];
      this.statements.keep.run(level, place, node);
    }
  }
}

function tuned(db: Database.Database): Database.Database {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  return db;
}

function bytesOf(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}
