/** Lists in pages: an opaque cursor that stays valid while rows are added. */

import { ApiProperty } from '@nestjs/swagger';
import { QueryNumberField, TextField } from './fields.js';
import { invalid } from './problem.js';

export const PAGE_SIZE = 50;
export const PAGE_SIZE_AT_MOST = 500;

/** For every question whose answer is to show what its asker has seen recorded, on this server or on another. */
export class AtLeastQuery {
  @QueryNumberField(0, Number.MAX_SAFE_INTEGER, {
    optional: true,
    description: 'Wait until the answer shows this position',
  })
  atLeast?: string;
}

/** The query parameters of every list. */
export class PageQuery extends AtLeastQuery {
  @QueryNumberField(1, PAGE_SIZE_AT_MOST, { optional: true, description: 'Rows a page, 50 when absent' })
  size?: string;

  @TextField({ optional: true, description: 'The `next` of the page before' })
  cursor?: string;
}

export class PageAnswer {
  @ApiProperty({ type: 'integer' })
  size!: number;

  @ApiProperty({ type: 'string', nullable: true, description: 'The cursor of the next page; null on the last' })
  next!: string | null;
}

/** The values that the last row of a page stands on, as a cursor. */
function cursorOf(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/**
 * @param kinds what each value is
 * @throws TransportError when the cursor was not made by {@link cursorOf} with such values
 */
export function valuesOf(cursor: string, kinds: readonly ('text' | 'integer')[]): (string | number)[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(values) && values.length === kinds.length && values.every((value, i) => isOf(value, kinds[i]!)))
      return values as (string | number)[];
  } catch {
    // not a cursor: refused below
  }
  throw invalid('/cursor', 'CURSOR_INVALID');
}

function isOf(value: unknown, kind: 'text' | 'integer'): boolean {
  return kind === 'text' ? typeof value === 'string' : Number.isSafeInteger(value);
}

/** One row more than the page was asked for: whether there is a next page. */
export function pageOf<Row, Data>(
  rows: readonly Row[],
  size: number,
  toData: (row: Row) => Data,
  cursorValues: (row: Row) => readonly (string | number)[],
): { data: Data[]; page: { size: number; next: string | null } } {
  const shown = rows.slice(0, size);
  const next = rows.length > size ? cursorOf(cursorValues(shown.at(-1)!)) : null;
  return { data: shown.map(toData), page: { size, next } };
}
