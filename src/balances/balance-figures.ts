/** The balances of the ledger, now or looking back by business date, by recording instant or by position. */

import { setImmediate } from 'node:timers/promises';
import { dayOf, type Day } from '#libs/calendar/day';
import { readLedgerEvent } from '../catalogue.js';
import type { Ledger } from '../ledger.js';
import { balanceColumns, movementsOf, positionCents, type BalanceColumn } from './balance.movements.js';

export interface BalanceFilter {
  readonly scheme?: string;
  readonly exercice?: number;
  /** Only what is dated this day or earlier. */
  readonly asOf?: Day;
  /** Only what had been recorded by this instant, milliseconds since 1970 UTC. */
  readonly knownAt?: number;
  /** Only what stands in the log up to this position. */
  readonly atPosition?: number;
}

export type Figures = Record<BalanceColumn | 'positionCents', number>;

export interface Balance extends Figures {
  readonly schemeId: string;
  readonly exercice: number;
  readonly funderId: string;
}

type SummedRow = Omit<Balance, 'positionCents'>;

const SUMS = balanceColumns.map((column) => `sum(${column}) AS ${column}`).join(', ');
/** Later than any day. */
const LAST_DAY = '9999-12-31';
/** Events read at once while going through one recording day. */
const PAGE = 2_000;

/** Every balance that the filter lets through, by scheme, exercice and funder. */
export async function balancesOf(ledger: Ledger, filter: BalanceFilter): Promise<Balance[]> {
  const rows =
    filter.asOf === undefined && filter.knownAt === undefined && filter.atPosition === undefined
      ? present(ledger, filter)
      : await lookingBack(ledger, filter);
  return rows
    .map((row) => ({ ...row, positionCents: positionCents(row) }))
    .toSorted((a, b) => compare(a.schemeId, b.schemeId) || a.exercice - b.exercice || compare(a.funderId, b.funderId));
}

/** The sum of some balances, column by column. */
export function sumOf(balances: readonly Figures[]): Figures {
  const sum = Object.fromEntries([...balanceColumns, 'positionCents'].map((column) => [column, 0])) as Figures;
  for (const balance of balances)
    for (const column of Object.keys(sum) as (keyof Figures)[]) sum[column] += balance[column];
  return sum;
}

function present(ledger: Ledger, { scheme, exercice }: BalanceFilter): SummedRow[] {
  return ledger.rows.all<SummedRow>(
    `SELECT scheme_id AS schemeId, exercice, funder_id AS funderId, ${balanceColumns.join(', ')} FROM balances
     WHERE scheme_id = coalesce(?, scheme_id) AND exercice = coalesce(?, exercice)`,
    scheme ?? null,
    exercice ?? null,
  );
}

/** Whole recording days come from their sums; the last one, when only part of it counts, from its events. */
async function lookingBack(ledger: Ledger, filter: BalanceFilter): Promise<SummedRow[]> {
  const { scheme, exercice, asOf } = filter;
  const { knownAt, atPosition } = await boundsOf(ledger, filter);
  const last = lastRecordedDay(ledger, knownAt, atPosition);
  const sums = ledger.rows.all<SummedRow>(
    `SELECT scheme_id AS schemeId, exercice, funder_id AS funderId, ${SUMS} FROM balance_days
     WHERE recorded_day < ? AND business_day <= ? AND scheme_id = coalesce(?, scheme_id) AND exercice = coalesce(?, exercice)
     GROUP BY scheme_id, exercice, funder_id`,
    last?.day ?? LAST_DAY,
    asOf ?? LAST_DAY,
    scheme ?? null,
    exercice ?? null,
  );
  if (last === undefined) return sums;
  const byKey = new Map(sums.map((row) => [keyOf(row), row]));
  let page = await ledger.store.readAt(last.firstPosition, PAGE);
  for (;;) {
    for (const stored of page) {
      if (stored.position > atPosition || stored.recordedAt > knownAt) return Array.from(byKey.values());
      for (const movement of movementsOf(readLedgerEvent(stored))) {
        if (asOf !== undefined && movement.on > asOf) continue;
        if (scheme !== undefined && movement.schemeId !== scheme) continue;
        if (exercice !== undefined && movement.exercice !== exercice) continue;
        const row = byKey.get(keyOf(movement)) ?? emptyRow(movement);
        byKey.set(keyOf(movement), row);
        row[movement.column] += movement.amountCents;
      }
    }
    if (page.length < PAGE) return Array.from(byKey.values());
    // a long day never holds up the others
    await setImmediate();
    page = await ledger.store.readAll(page.at(-1)!.position, PAGE);
  }
}

/** A bound that everything recorded lies within is none. */
async function boundsOf(ledger: Ledger, { knownAt, atPosition }: BalanceFilter) {
  const { checkpoint } = ledger.projector;
  const [last] = knownAt === undefined ? [] : await ledger.store.readAt(checkpoint);
  const everything = Number.POSITIVE_INFINITY;
  return {
    knownAt: knownAt === undefined || (last !== undefined && knownAt >= last.recordedAt) ? everything : knownAt,
    atPosition: atPosition === undefined || atPosition >= checkpoint ? everything : atPosition,
  };
}

/** The recording day that counts only in part; undefined when every day counts whole. */
function lastRecordedDay(ledger: Ledger, knownAt: number, atPosition: number) {
  if (!Number.isFinite(knownAt) && !Number.isFinite(atPosition)) return undefined;
  const day = Number.isFinite(knownAt) ? dayOf(knownAt) : LAST_DAY;
  const position = Number.isFinite(atPosition) ? atPosition : Number.MAX_SAFE_INTEGER;
  const found = ledger.rows.get<{ day: Day; firstPosition: number }>(
    `SELECT day, first_position AS firstPosition FROM recorded_days
     WHERE day <= ? AND first_position <= ? ORDER BY day DESC LIMIT 1`,
    day,
    position,
  );
  // nothing recorded by then: no day counts
  return found ?? { day: '', firstPosition: Number.MAX_SAFE_INTEGER };
}

function keyOf({ schemeId, exercice, funderId }: { schemeId: string; exercice: number; funderId: string }): string {
  return `${schemeId} ${exercice} ${funderId}`;
}

function emptyRow({
  schemeId,
  exercice,
  funderId,
}: {
  schemeId: string;
  exercice: number;
  funderId: string;
}): SummedRow {
  const columns = Object.fromEntries(balanceColumns.map((column) => [column, 0])) as Record<BalanceColumn, number>;
  return { schemeId, exercice, funderId, ...columns };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
