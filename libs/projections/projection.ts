/** A projection: how events become rows of a read model. Pure; the read model runs the statements it asks for. */

export interface Projection<Event> {
  readonly name: string;
  /** Raised whenever the same events would give other rows: the read models are then made again. */
  readonly version: number;
  /** CREATE TABLE statements. */
  readonly tables: string;
  /** CREATE INDEX statements, run after the rows of a rebuild. */
  readonly indices?: string;
  /** Tables of running sums, filled by {@link Rows.add} only. */
  readonly sums?: readonly SumTable[];
  apply(event: Event, rows: Rows): void;
}

/** A table whose rows are sums of cents by a key; its primary key is the key columns in this order. */
export interface SumTable {
  readonly table: string;
  readonly key: readonly string[];
  readonly columns: readonly string[];
}

export type Value = string | number | null;

export interface Rows {
  /** Runs one statement; its text is prepared once. */
  run(sql: string, ...values: readonly Value[]): void;
  /** Runs one statement, at most once a batch for the same first value: for what many events of a batch repeat. */
  once(sql: string, ...values: readonly Value[]): void;
  /** The first value that a question finds among the rows made so far, sums excepted; undefined when it finds none. */
  value(sql: string, ...values: readonly Value[]): Value | undefined;
  /** As {@link value}, for what never changes once it is there: asked once a batch for the same values. */
  lasting(sql: string, ...values: readonly Value[]): Value | undefined;
  /** Adds cents to one column of one row of a sum table; written once a batch. */
  add(table: string, key: readonly Value[], column: string, amountCents: number): void;
}
