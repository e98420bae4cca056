/** Two files of read models compared, table by table and row by row, in the order of their keys: the same content or not. */

import Database from 'better-sqlite3';
import type { Value } from './projection.js';

export interface TableDifference {
  readonly table: string;
  /** Of the row, column by column; empty for the table as such. */
  readonly key: readonly Value[];
  /** Empty for a whole row. */
  readonly column: string;
  /** undefined: not there. */
  readonly shown: Value | undefined;
  readonly replayed: Value | undefined;
}

/** Where the read model itself says what it stands on: no row made from events. */
const OWN = 'checkpoint';

interface Made {
  readonly name: string;
  readonly type: string;
  readonly sql: string | null;
}

/**
 * @param onTable told of each table when it is done
 * @returns every difference, the first one first, one after another
 */
export function* tableDifferences(
  shownFile: string,
  replayedFile: string,
  onTable: (done: number, total: number) => void = () => {},
): Generator<TableDifference> {
  const db = new Database(shownFile, { readonly: true, fileMustExist: true });
  try {
    db.prepare('ATTACH ? AS replayed').run(replayedFile);
    const [shown, replayed] = [madeIn(db, 'main'), madeIn(db, 'replayed')];
    for (const { name, sql } of replayed) {
      const there = shown.find((made) => made.name === name);
      if (there?.sql !== sql) yield { table: name, key: [], column: '', shown: there?.sql ?? undefined, replayed: sql };
    }
    for (const { name, sql } of shown)
      if (!replayed.some((made) => made.name === name))
        yield { table: name, key: [], column: '', shown: sql, replayed: undefined };
    const isTable = ({ name, type }: Made) => type === 'table' && name !== OWN;
    const tables = replayed.filter(
      (made) => isTable(made) && shown.some(({ name, sql }) => name === made.name && sql === made.sql),
    );
    for (const [i, { name }] of tables.entries()) {
      yield* rowDifferences(db, name);
      onTable(i + 1, tables.length);
    }
  } finally {
    db.close();
  }
}

/** Tables, indices and whatever else somebody may have put there. */
function madeIn(db: Database.Database, schema: 'main' | 'replayed'): Made[] {
  return db
    .prepare(
      `SELECT name, type, sql FROM ${schema}.sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`,
    )
    .all() as Made[];
}

function* rowDifferences(db: Database.Database, table: string): Generator<TableDifference> {
  const all = db.prepare(`SELECT name, pk FROM pragma_table_info(?)`).all(table) as { name: string; pk: number }[];
  const key = all
    .filter(({ pk }) => pk > 0)
    .toSorted((a, b) => a.pk - b.pk)
    .map(({ name }) => name);
  const columns = all.filter(({ pk }) => pk === 0).map(({ name }) => name);
  const keyOf = (alias: string) => key.map((name) => `${alias}.${name}`).join(', ');
  const joined = key.map((name) => `s.${name} = r.${name}`).join(' AND ');
  const lacking = (one: string, other: string) =>
    `SELECT ${keyOf('s')} FROM ${one}.${table} s WHERE NOT EXISTS (SELECT 1 FROM ${other}.${table} r WHERE ${joined}) ORDER BY ${keyOf('s')}`;
  const rows = (sql: string) => db.prepare(sql).raw().iterate() as IterableIterator<Value[]>;
  const there = 'a row';
  for (const missing of rows(lacking('replayed', 'main')))
    yield { table, key: missing, column: '', shown: undefined, replayed: there };
  for (const extra of rows(lacking('main', 'replayed')))
    yield { table, key: extra, column: '', shown: there, replayed: undefined };
  if (columns.length === 0) return;
  const pairs = columns.flatMap((name) => [`s.${name}`, `r.${name}`]).join(', ');
  const differs = columns.map((name) => `s.${name} IS NOT r.${name}`).join(' OR ');
  const both = `SELECT ${keyOf('s')}, ${pairs} FROM main.${table} s JOIN replayed.${table} r ON ${joined} WHERE ${differs} ORDER BY ${keyOf('s')}`;
  for (const row of rows(both)) {
    const values = row.slice(key.length);
    for (const [i, column] of columns.entries()) {
      const [shown, replayed] = [values[2 * i], values[2 * i + 1]];
      if (shown !== replayed) yield { table, key: row.slice(0, key.length), column, shown, replayed };
    }
  }
}
