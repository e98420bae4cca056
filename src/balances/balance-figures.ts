/** The balances of the ledger, now or looking back by business date, by recording instant or by position. */

import { setImmediate } from 'node:timers/promises';
import { dayOf, type Day } from '#libs/calendar/day';
import type { Value } from '#libs/projections/projection';
import { readLedgerEvent, type StoredLedgerEvent } from '../catalogue.js';
import type { Ledger } from '../ledger.js';
import { balanceColumns, movementsOf, positionCents, type BalanceColumn, type Movement } from './balance.movements.js';

export interface BalanceFilter {
  readonly scheme?: string;
  /** These schemes alone. */
  readonly schemes?: readonly string[];
  readonly exercice?: number;
  readonly funder?: string;
  /** Only what is dated this day or later. */
  readonly from?: Day;
  /** Only what is dated this day or earlier. */
  readonly asOf?: Day;
  /** Only grants whose beneficiary is outside this département, or inside; one whose commune is unknown is neither. */
  readonly outside?: string;
  readonly inside?: string;
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
/** Before any day, and later than any. */
const FIRST_DAY = '';
const LAST_DAY = '9999-12-31';
/** Events read at once while going through one recording day. */
const PAGE = 2_000;

/** Every balance that the filter lets through, by scheme, exercice and funder. */
export async function balancesOf(ledger: Ledger, filter: BalanceFilter): Promise<Balance[]> {
  const { asOf, knownAt, atPosition, from, outside, inside } = filter;
  const isPart = [asOf, knownAt, atPosition, from, outside, inside].some((bound) => bound !== undefined);
  const rows = isPart ? await lookingBack(ledger, filter) : present(ledger, filter);
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

export interface TerritorySum {
  /** Of the beneficiaries; empty where their commune is unknown. */
  readonly departement: string;
  readonly schemeId: string;
  readonly funderId: string;
  readonly grantedShareCents: number;
  readonly shareDueCents: number;
  readonly disbursedCents: number;
  readonly recoveredCents: number;
}

/** What is dated in a period, by département, scheme and funder: what concerns grants, not what funders send each other. */
export function territorySums({ rows }: Ledger, { from = FIRST_DAY, to }: { from?: Day; to: Day }): TerritorySum[] {
  const sums = rows.all<TerritorySum>(
    `SELECT departement, scheme_id AS schemeId, funder_id AS funderId, sum(grantedShareCents) AS grantedShareCents,
       sum(shareDueCents) AS shareDueCents, sum(disbursedCents) AS disbursedCents, sum(recoveredCents) AS recoveredCents
     FROM balance_days WHERE business_day BETWEEN ? AND ? GROUP BY departement, scheme_id, funder_id
     ORDER BY departement, scheme_id, funder_id`,
    from,
    to,
  );
  const columns = ['grantedShareCents', 'shareDueCents', 'disbursedCents', 'recoveredCents'] as const;
  return sums.filter((sum) => columns.some((column) => sum[column] !== 0));
}

function present(ledger: Ledger, filter: BalanceFilter): SummedRow[] {
  return ledger.rows.all<SummedRow>(
    `SELECT scheme_id AS schemeId, exercice, funder_id AS funderId, ${balanceColumns.join(', ')} FROM balances
     WHERE ${SELECTED}`,
    ...selected(filter),
  );
}

/** Whole recording days come from their sums; the last one, when only part of it counts, from its events. */
async function lookingBack(ledger: Ledger, filter: BalanceFilter): Promise<SummedRow[]> {
  const { from = FIRST_DAY, asOf = LAST_DAY, outside, inside } = filter;
  const { knownAt, atPosition } = await boundsOf(ledger, filter);
  const last = lastRecordedDay(ledger, knownAt, atPosition);
  const sums = ledger.rows.all<SummedRow>(
    `SELECT scheme_id AS schemeId, exercice, funder_id AS funderId, ${SUMS} FROM balance_days
     WHERE recorded_day < ? AND business_day BETWEEN ? AND ? AND ${SELECTED}
       AND (? IS NULL OR departement NOT IN ('', ?)) AND (? IS NULL OR departement = ?)
     GROUP BY scheme_id, exercice, funder_id`,
    last?.day ?? LAST_DAY,
    from,
    asOf,
    ...selected(filter),
    ...[outside, outside, inside, inside].map((departement) => departement ?? null),
  );
  if (last === undefined) return sums;
  const byKey = new Map(sums.map((row) => [keyOf(row), row]));
  let page = await ledger.store.readAt(last.firstPosition, PAGE);
  for (;;) {
    for (const stored of page) {
      if (stored.position > atPosition || stored.recordedAt > knownAt) return Array.from(byKey.values());
      const event = readLedgerEvent(stored);
      for (const movement of isWhere(ledger, event, filter) ? movementsOf(event) : []) {
        if (!isSelected(movement, filter)) continue;
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

const SELECTED = `scheme_id = coalesce(?, scheme_id) AND exercice = coalesce(?, exercice)
  AND funder_id = coalesce(?, funder_id) AND (? IS NULL OR scheme_id IN (SELECT value FROM json_each(?)))`;

/** The values that {@link SELECTED} names. */
function selected({ scheme, exercice, funder, schemes }: BalanceFilter): Value[] {
  const list = schemes === undefined ? null : JSON.stringify(schemes);
  return [scheme ?? null, exercice ?? null, funder ?? null, list, list];
}

function isSelected(movement: Movement, filter: BalanceFilter): boolean {
  const { schemeId, on } = movement;
  const { scheme = schemeId, schemes = [schemeId], from = FIRST_DAY, asOf = LAST_DAY } = filter;
  const { exercice = movement.exercice, funder = movement.funderId } = filter;
  if (scheme !== schemeId || !schemes.includes(schemeId)) return false;
  return exercice === movement.exercice && funder === movement.funderId && from <= on && on <= asOf;
}

/** True when the filter asks for no territory, or for that of the event's beneficiary. */
function isWhere({ rows }: Ledger, event: StoredLedgerEvent, { outside, inside }: BalanceFilter): boolean {
  if (outside === undefined && inside === undefined) return true;
  if (!('grantId' in event.data)) return false;
  const found = rows.get<{ departement: string }>(
    'SELECT departement FROM grant_territories WHERE grant_id = ?',
    event.data.grantId,
  );
  const departement = found?.departement ?? '';
  return departement !== '' && departement !== outside && departement === (inside ?? departement);
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
