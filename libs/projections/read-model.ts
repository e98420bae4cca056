/** A disposable SQLite file of rows made from events, with the place in the log they stand on in the same transaction. */

import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { Projection, Rows, SumTable, Value } from './projection.js';

/** The place in the log that the rows stand on. */
export interface Checkpoint {
  readonly position: number;
  /** The id of the event there; empty at the start. With it another log, or an older one, is recognised. */
  readonly eventId: string;
}

export interface ProjectedEvent {
  readonly position: number;
  readonly id: string;
}

/** Pages of 4 KiB that the write-ahead log gathers before they go into the file. */
const CHECKPOINT_PAGES = 8_000;

/** The sums of a rebuild are written when this many rows wait. */
const SUMS_AT_MOST = 200_000;

const CHECKPOINT = `
  CREATE TABLE checkpoint (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    signature TEXT NOT NULL,
    position INTEGER NOT NULL,
    event_id TEXT NOT NULL
  );
`;

/** Fingerprint of all projections, their versions and tables: another one means the rows must be made again. */
function signatureOf<Event>(projections: readonly Projection<Event>[]): string {
  const said = projections.map(({ name, version, tables, indices, sums }) => [name, version, tables, indices, sums]);
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}

export class ReadModel<Event extends ProjectedEvent> {
  private readonly statements = new Map<string, Database.Statement>();
  private readonly readings = new Map<string, Database.Statement>();
  private readonly ranOnce = new Map<string, Value | undefined>();
  private readonly found = new Map<string, Value>();
  private readonly sums: Sums;
  private readonly rows: Rows;

  private constructor(
    readonly file: string,
    private readonly db: Database.Database,
    private readonly projections: readonly Projection<Event>[],
  ) {
    this.sums = new Sums(projections.flatMap((projection) => projection.sums ?? []));
    this.rows = {
      run: (sql, ...values) => this.prepare(sql).run(...values),
      once: (sql, ...values) => {
        if (this.ranOnce.get(sql) === values[0]) return;
        this.ranOnce.set(sql, values[0]);
        this.prepare(sql).run(...values);
      },
      value: (sql, ...values) => this.prepareToRead(sql).get(...values) as Value | undefined,
      lasting: (sql, ...values) => {
        const asked = [sql, ...values].join('\u0000');
        const known = this.found.get(asked);
        if (known !== undefined) return known;
        const value = this.prepareToRead(sql).get(...values) as Value | undefined;
        if (value !== undefined) this.found.set(asked, value);
        return value;
      },
      add: (table, key, column, amountCents) => this.sums.add(table, key, column, amountCents),
    };
  }

  /** Opens the file when it holds rows of exactly these projections; else undefined. */
  static open<Event extends ProjectedEvent>(
    file: string,
    projections: readonly Projection<Event>[],
    access: 'read-write' | 'read-only' = 'read-write',
  ): ReadModel<Event> | undefined {
    let db: Database.Database | undefined;
    try {
      db = new Database(file, { fileMustExist: true, readonly: access === 'read-only' });
      const found = db.prepare('SELECT signature FROM checkpoint').get() as { signature: string } | undefined;
      if (found?.signature === signatureOf(projections)) {
        if (access === 'read-only') return new ReadModel(file, db, projections);
        // one process has the file to itself: a question then costs no lock calls
        db.pragma('locking_mode = EXCLUSIVE');
        db.pragma('journal_mode = WAL');
        db.pragma('synchronous = NORMAL');
        db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
        return new ReadModel(file, db, projections);
      }
    } catch {
      // missing, damaged or of another make: rows are disposable, the caller makes them again
    }
    db?.close();
    return undefined;
  }

  /** Makes a fresh file for a rebuild: no journal, no sync, no indices until {@link finish}. */
  static create<Event extends ProjectedEvent>(
    file: string,
    projections: readonly Projection<Event>[],
  ): ReadModel<Event> {
    removeFile(file);
    const db = new Database(file);
    db.pragma('journal_mode = OFF');
    db.pragma('synchronous = OFF');
    db.exec(CHECKPOINT);
    for (const projection of projections) db.exec(projection.tables);
    db.prepare('INSERT INTO checkpoint VALUES (1, ?, 0, ?)').run('unfinished', '');
    return new ReadModel(file, db, projections);
  }

  get checkpoint(): Checkpoint {
    const { position, event_id: eventId } = this.prepare('SELECT position, event_id FROM checkpoint').get() as {
      position: number;
      event_id: string;
    };
    return { position, eventId };
  }

  /** Applies events that follow the checkpoint, rows and checkpoint in one transaction. */
  apply(events: readonly Event[]): void {
    this.db.exec('BEGIN');
    try {
      this.applyRows(events);
      this.writeSums();
      this.db.exec('COMMIT');
    } catch (error) {
      this.sums.clear();
      if (this.db.inTransaction) this.db.exec('ROLLBACK');
      throw error;
    }
  }

  /** Applies events of a rebuild: sums wait in memory and are written seldom. */
  applyRebuilding(events: readonly Event[]): void {
    this.db.exec('BEGIN');
    this.applyRows(events);
    if (this.sums.size > SUMS_AT_MOST) this.writeSums();
    this.db.exec('COMMIT');
  }

  /** Ends a rebuild: last sums, indices, and the signature that makes the file one to be opened. */
  finish(): void {
    this.db.exec('BEGIN');
    this.writeSums();
    for (const { indices } of this.projections) if (indices !== undefined) this.db.exec(indices);
    this.db.prepare('UPDATE checkpoint SET signature = ?').run(signatureOf(this.projections));
    this.db.exec('COMMIT');
    this.db.exec('ANALYZE');
  }

  get<Row>(sql: string, ...values: readonly Value[]): Row | undefined {
    return this.prepare(sql).get(...values) as Row | undefined;
  }

  all<Row>(sql: string, ...values: readonly Value[]): Row[] {
    return this.prepare(sql).all(...values) as Row[];
  }

  /** Copies all rows into another file, as they stand at the end of the copying; work goes on meanwhile. */
  async copyTo(file: string): Promise<void> {
    await this.db.backup(file);
  }

  close(): void {
    this.db.close();
  }

  private applyRows(events: readonly Event[]): void {
    this.ranOnce.clear();
    this.found.clear();
    for (const event of events) for (const projection of this.projections) projection.apply(event, this.rows);
    const last = events.at(-1);
    if (last !== undefined)
      this.prepare('UPDATE checkpoint SET position = ?, event_id = ?').run(last.position, last.id);
  }

  private writeSums(): void {
    for (const { sql, values } of this.sums.take()) this.prepare(sql).run(...values);
  }

  /** A statement that gives one value, not a row. */
  private prepareToRead(sql: string): Database.Statement {
    let statement = this.readings.get(sql);
    if (statement === undefined) {
      statement = this.db.prepare(sql).pluck();
      this.readings.set(sql, statement);
    }
    return statement;
  }

  private prepare(sql: string): Database.Statement {
    let statement = this.statements.get(sql);
    if (statement === undefined) {
      statement = this.db.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }
}

/** Removes a read model's file and what SQLite keeps beside it. */
export function removeFile(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true });
}

/** Sums that wait for the end of their batch. */
class Sums {
  private readonly tables = new Map<
    string,
    { upsert: string; columns: readonly string[]; rows: Map<string, SumRow> }
  >();

  constructor(tables: readonly SumTable[]) {
    for (const { table, key, columns } of tables) {
      const names = [...key, ...columns];
      const upsert = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})
        ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${columns.map((column) => `${column} = ${column} + excluded.${column}`).join(', ')}`;
      this.tables.set(table, { upsert, columns, rows: new Map() });
    }
  }

  get size(): number {
    let size = 0;
    for (const { rows } of this.tables.values()) size += rows.size;
    return size;
  }

  add(table: string, key: readonly Value[], column: string, amountCents: number): void {
    const { columns, rows } = this.tables.get(table)!;
    const text = key.join('\u0000');
    let row = rows.get(text);
    if (row === undefined) {
      row = { key, amounts: columns.map(() => 0) };
      rows.set(text, row);
    }
    row.amounts[columns.indexOf(column)]! += amountCents;
  }

  take(): { sql: string; values: Value[] }[] {
    const writes = Array.from(this.tables.values()).flatMap(({ upsert, rows }) =>
      Array.from(rows.values(), ({ key, amounts }) => ({ sql: upsert, values: [...key, ...amounts] })),
    );
    this.clear();
    return writes;
  }

  clear(): void {
    for (const { rows } of this.tables.values()) rows.clear();
  }
}

interface SumRow {
  readonly key: readonly Value[];
  readonly amounts: number[];
}
