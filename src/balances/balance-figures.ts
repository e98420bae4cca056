/** The balances of the ledger, now or looking back by business date and by position. */

import { addMonths, type Day } from '#libs/calendar/day';
import type { Value } from '#libs/projections/projection';
import type { Ledger } from '../ledger.js';
import { balanceColumns, figureColumns, positionCents, type BalanceColumn } from './balance.movements.js';
import { factsByDay, factsInLog, type FactFilter, type MoneyFact } from './money-facts.js';
import { cutPeriod, monthOf } from './whole-months.js';

export interface BalanceFilter {
  readonly scheme?: string;
  /** These schemes alone. */
  readonly schemes?: readonly string[];
  readonly exercice?: number;
  /** This exercice and every one before it, or only those after it. */
  readonly untilExercice?: number;
  readonly afterExercice?: number;
  readonly funder?: string;
  /** Only what is dated this day or later. */
  readonly from?: Day;
  /** Only what is dated this day or earlier. */
  readonly asOf?: Day;
  /** Only grants whose beneficiary is outside this département, or inside; one whose commune is unknown is neither. */
  readonly outside?: string;
  readonly inside?: string;
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
/** Later than any month. */
const LAST_MONTH = '9999-99';

/** Every balance that the filter lets through, by scheme, exercice and funder. */
export async function balancesOf(ledger: Ledger, filter: BalanceFilter): Promise<Balance[]> {
  const { asOf, atPosition, from, outside, inside } = filter;
  const isPart = [asOf, atPosition, from, outside, inside].some((bound) => bound !== undefined);
  const rows = isPart
    ? await lookingBack(ledger, filter, ['schemeId', 'exercice', 'funderId'])
    : present(ledger, filter);
  return rows
    .map((row) => ({ ...row, positionCents: positionCents(row) }))
    .toSorted((a, b) => compare(a.schemeId, b.schemeId) || a.exercice - b.exercice || compare(a.funderId, b.funderId));
}

/** The sum of some balances, column by column. */
export function sumOf(balances: readonly Figures[]): Figures {
  const sum = Object.fromEntries(figureColumns.map((column) => [column, 0])) as Figures;
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
export async function territorySums(ledger: Ledger, { from, to }: { from?: Day; to: Day }): Promise<TerritorySum[]> {
  const period = { ...(from === undefined ? {} : { from }), asOf: to };
  const sums = await lookingBack(ledger, period, ['departement', 'schemeId', 'funderId']);
  const columns = ['grantedShareCents', 'shareDueCents', 'disbursedCents', 'recoveredCents'] as const;
  return sums
    .filter((sum) => columns.some((column) => sum[column] !== 0))
    .toSorted(
      (a, b) =>
        compare(a.departement, b.departement) || compare(a.schemeId, b.schemeId) || compare(a.funderId, b.funderId),
    );
}

function present(ledger: Ledger, filter: BalanceFilter): SummedRow[] {
  return ledger.rows.all<SummedRow>(
    `SELECT scheme_id AS schemeId, exercice, funder_id AS funderId, ${balanceColumns.join(', ')} FROM balances
     WHERE ${SELECTED}`,
    ...selected(filter),
  );
}

/** What sums are made for, and its column. */
const KEYS = {
  schemeId: 'scheme_id',
  exercice: 'exercice',
  funderId: 'funder_id',
  departement: 'departement',
} as const;

interface Keys {
  readonly schemeId: string;
  readonly exercice: number;
  readonly funderId: string;
  readonly departement: string;
}

type Sum<Key extends keyof Keys> = Pick<Keys, Key> & Record<BalanceColumn, number>;

/**
 * Whole months of business and of recording come from their sums; what the months hold too much or too little, at the ends of
 * the period and where the view's knowledge ends, fact by fact.
 */
async function lookingBack<Key extends keyof Keys>(
  ledger: Ledger,
  filter: BalanceFilter,
  keys: readonly Key[],
): Promise<Sum<Key>[]> {
  const { from, asOf, outside, inside, funder } = filter;
  // what is recorded while this is under way belongs to no part of it
  const atPosition = Math.min(filter.atPosition ?? Number.MAX_SAFE_INTEGER, ledger.projector.checkpoint);
  const { months, rest } = cutPeriod(from, asOf);
  const known = recordingUpTo(ledger, atPosition);
  const by = keys.map((key) => `${KEYS[key]} AS ${key}`).join(', ');
  const sums =
    months === undefined
      ? []
      : ledger.rows.all<Sum<Key>>(
          `SELECT ${by}, ${SUMS} FROM balance_months
           WHERE recorded_month <= ? AND business_month BETWEEN ? AND ? AND ${SELECTED}
             AND (? IS NULL OR departement NOT IN ('', ?)) AND (? IS NULL OR departement = ?)
           GROUP BY ${keys.map((key) => KEYS[key]).join(', ')}`,
          known.month,
          months.first,
          months.last,
          ...selected(filter),
          ...[outside, outside, inside, inside].map((departement) => departement ?? null),
        );
  const isAsked = (key: keyof Keys) => (keys as readonly (keyof Keys)[]).includes(key);
  const [ofExercice, ofTerritory] = [isAsked('exercice'), isAsked('departement')];
  // a few strings for each of many thousand facts: nothing is copied
  const placeOf = ({ schemeId, exercice, departement }: Partial<Keys>) =>
    `${schemeId} ${ofExercice ? exercice : ''} ${ofTerritory ? departement : ''}`;
  const keyOf = (of: Keys) => `${placeOf(of)} ${of.funderId}`;
  const byKey = new Map(sums.map((sum) => [keyOf(sum as object as Keys), sum]));
  const add = (fact: MoneyFact, sign: 1 | -1) => {
    const place = placeOf(fact);
    for (const { funderId, column, amountCents } of fact.moved) {
      if (funder !== undefined && funder !== funderId) continue;
      const key = `${place} ${funderId}`;
      let sum = byKey.get(key);
      if (sum === undefined) {
        sum = emptySum(keys, { ...fact, funderId });
        byKey.set(key, sum);
      }
      (sum as Record<BalanceColumn, number>)[column] += sign * amountCents;
    }
  };
  const asked: FactFilter = { ...filter, atPosition, ofTerritory };
  for (const { from: first, to, sign } of rest)
    for await (const facts of factsByDay(ledger, { ...asked, from: first, to }))
      for (const fact of facts) add(fact, sign);
  if (months === undefined || known.rest === undefined) return Array.from(byKey.values());
  const { after, upTo, sign } = known.rest;
  const days = { from: `${months.first}-00`, to: `${months.last}-99` };
  const recorded = { ...asked, ...days, after: { on: '', position: after }, atPosition: upTo };
  for await (const facts of factsInLog(ledger, recorded)) for (const fact of facts) add(fact, sign);
  return Array.from(byKey.values());
}

const SELECTED = `scheme_id = coalesce(?, scheme_id) AND exercice = coalesce(?, exercice)
  AND exercice <= coalesce(?, exercice) AND (? IS NULL OR exercice > ?)
  AND funder_id = coalesce(?, funder_id) AND (? IS NULL OR scheme_id IN (SELECT value FROM json_each(?)))`;

/** The values that {@link SELECTED} names. */
function selected(filter: BalanceFilter): Value[] {
  const { scheme = null, exercice = null, untilExercice = null, afterExercice = null, funder = null, schemes } = filter;
  const list = schemes === undefined ? null : JSON.stringify(schemes);
  return [scheme, exercice, untilExercice, afterExercice, afterExercice, funder, list, list];
}

interface Recording {
  /** The last month of recording that is taken whole. */
  readonly month: string;
  /** What is to be added to it, or taken from it: what stands after a position, up to another. */
  readonly rest?: { readonly after: number; readonly upTo: number; readonly sign: 1 | -1 };
}

/** The months that hold what was recorded up to a position, and what they hold too much or too little. */
function recordingUpTo(ledger: Ledger, atPosition: number): Recording {
  const { checkpoint } = ledger.projector;
  if (atPosition >= checkpoint) return { month: LAST_MONTH };
  const [last, next] = ['position <= ? ORDER BY position DESC', 'position > ? ORDER BY position'].map((nearest) =>
    ledger.rows.get<{ month: string; position: number }>(
      `SELECT month, first_position AS position FROM recorded_months WHERE first_${nearest} LIMIT 1`,
      atPosition,
    ),
  );
  // nothing that moves money was recorded by then
  if (last === undefined) return { month: '' };
  const end = next === undefined ? checkpoint : next.position - 1;
  if (end - atPosition < atPosition - last.position)
    return { month: last.month, rest: { after: atPosition, upTo: end, sign: -1 } };
  return {
    month: monthOf(addMonths(`${last.month}-01`, -1)),
    rest: { after: last.position - 1, upTo: atPosition, sign: 1 },
  };
}

function emptySum<Key extends keyof Keys>(keys: readonly Key[], of: Keys): Sum<Key> {
  return Object.fromEntries([
    ...keys.map((key) => [key, of[key]]),
    ...balanceColumns.map((column) => [column, 0]),
  ]) as Sum<Key>;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
