/** A table of rows: its caption, its columns with their heads, amounts on the right, links that sort. */

import type { ComponentChildren } from 'preact';
import { withQuery, type Query } from './links.js';
import { useTexts } from './reading.js';

export interface Column<Row> {
  readonly title: ComponentChildren;
  readonly cell: (row: Row) => ComponentChildren;
  /** `amount` and `number` stand on the right; a row is called by its `head`; `words` are sentences; an `id` stays in one line; `bar` is drawn. */
  readonly kind?: 'text' | 'words' | 'id' | 'amount' | 'number' | 'head' | 'bar';
  /** What this column and its neighbours with the same one are about: a head over their heads. */
  readonly over?: string;
  /** The value of `?sort=` that puts the rows in this column's order. */
  readonly sort?: string;
}

export interface TableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** Rows of one group, one after the other, stand under its name. */
  readonly group?: (row: Row) => string;
  /** A row that adds up the others, at the foot. */
  readonly total?: Row | undefined;
  /** What is said when there are no rows. */
  readonly empty?: string;
  /** Where the sort links lead: this page, with its query. */
  readonly sorted?: { readonly path: string; readonly query: Query; readonly by: string | undefined };
  readonly captionHidden?: true;
}

const TEXTS = {
  fr: { empty: 'Rien à montrer.', sort: 'trier par cette colonne' },
  en: { empty: 'Nothing to show.', sort: 'sort by this column' },
};

/** Columns beyond which a table is set more tightly, and keeps its first column in sight. */
const WIDE = 7;

export function DataTable<Row>({
  caption,
  columns,
  rows,
  group,
  total,
  empty,
  sorted,
  captionHidden,
}: TableProps<Row>) {
  const texts = useTexts(TEXTS);
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label={caption}>
      <table class={columns.length > WIDE ? 'wide' : undefined}>
        <caption class={captionHidden && 'unseen'}>{caption}</caption>
        <thead>
          {columns.some(({ over }) => over !== undefined) && <HeadsOver columns={columns} />}
          <tr>
            {columns.map((column, i) => (
              <th
                scope="col"
                class={[column.kind, beginsGroup(columns, i) && 'first'].filter(Boolean).join(' ') || undefined}
                aria-sort={orderOf(column.sort, sorted?.by)}
              >
                {column.sort === undefined || sorted === undefined ? (
                  column.title
                ) : (
                  <a
                    class="sort"
                    href={withQuery(sorted.path, { ...sorted.query, sort: nextOrder(column.sort, sorted.by) })}
                  >
                    {column.title}
                    <span class="unseen"> ({texts.sort})</span>
                  </a>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => {
            const name = group?.(row);
            const isFirst = name !== undefined && (i === 0 || group?.(rows[i - 1]!) !== name);
            return (
              <>
                {isFirst && (
                  <tr class="group">
                    <th scope="colgroup" colSpan={columns.length}>
                      <span>{name}</span>
                    </th>
                  </tr>
                )}
                <Cells columns={columns} row={row} />
              </>
            );
          })}
          {rows.length === 0 && (
            <tr>
              <td class="empty" colSpan={columns.length}>
                <span>{empty ?? texts.empty}</span>
              </td>
            </tr>
          )}
        </tbody>
        {total !== undefined && (
          <tfoot>
            <Cells columns={columns} row={total} />
          </tfoot>
        )}
      </table>
    </div>
  );
}

function Cells<Row>({ columns, row }: { readonly columns: readonly Column<Row>[]; readonly row: Row }) {
  return (
    <tr>
      {columns.map(({ kind, cell }, i) =>
        kind === 'head' ? (
          <th scope="row">{cell(row)}</th>
        ) : (
          <td class={beginsGroup(columns, i) ? `${kind ?? ''} first` : kind}>{cell(row)}</td>
        ),
      )}
    </tr>
  );
}

/** The heads over several columns, each as wide as they are. */
function HeadsOver<Row>({ columns }: { readonly columns: readonly Column<Row>[] }) {
  const heads: { text: string | undefined; span: number }[] = [];
  for (const { over } of columns) {
    const last = heads.at(-1);
    if (last !== undefined && last.text === over) last.span += 1;
    else heads.push({ text: over, span: 1 });
  }
  return (
    <tr class="over">
      {heads.map(({ text, span }) =>
        text === undefined ? (
          <td colSpan={span} />
        ) : (
          <th scope="colgroup" colSpan={span} class="first">
            {text}
          </th>
        ),
      )}
    </tr>
  );
}

/** True where the columns of one head over them begin, or have just ended. */
function beginsGroup<Row>(columns: readonly Column<Row>[], i: number): boolean {
  return columns.some(({ over }) => over !== undefined) && i > 0 && columns[i]!.over !== columns[i - 1]!.over;
}

function orderOf(sort: string | undefined, by: string | undefined) {
  if (sort === undefined || by === undefined) return undefined;
  if (by === sort) return 'ascending';
  return by === `-${sort}` ? 'descending' : undefined;
}

function nextOrder(sort: string, by: string | undefined): string {
  return by === sort ? `-${sort}` : sort;
}
