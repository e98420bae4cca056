/**
 * What moved money, as the read model has it: in the order of the log or of the days, without reading the log. A payment's
 * own row says what it moves; `money_events` has the others.
 */

import { setImmediate } from 'node:timers/promises';
import type { Day } from '#libs/calendar/day';
import type { Value } from '#libs/projections/projection';
import type { Ledger } from '../ledger.js';
import { balanceColumns, type BalanceColumn } from './balance.movements.js';

export interface FactFilter {
  readonly scheme?: string;
  /** These schemes alone. */
  readonly schemes?: readonly string[];
  readonly exercice?: number;
  /** This exercice and every one before it, or only those after it. */
  readonly untilExercice?: number;
  readonly afterExercice?: number;
  /** Only beneficiaries outside this département, or inside. */
  readonly outside?: string;
  readonly inside?: string;
  readonly from?: Day;
  readonly to?: Day;
  /** True: each fact is to say its département. */
  readonly ofTerritory?: boolean;
  /** Only what stands in the log up to this position. */
  readonly atPosition?: number;
  /** Only what comes after this place, in the order asked for. */
  readonly after?: Place;
}

export interface Moved {
  readonly funderId: string;
  readonly column: BalanceColumn;
  readonly amountCents: number;
}

export interface MoneyFact {
  readonly position: number;
  /** The business day. */
  readonly on: Day;
  readonly schemeId: string;
  readonly exercice: number;
  /** Of the beneficiary; empty where it is unknown, or was not asked for. */
  readonly departement: string;
  readonly moved: readonly Moved[];
}

/** Facts looked up at once: others have their turn between two pages. */
const PAGE = 2_000;

type Order = 'log' | 'days';

/** SQL that is true or not, and the values it names. */
type Condition = readonly [string, ...Value[]];

/** In the order of the log, by pages. */
export function factsInLog(ledger: Ledger, filter: FactFilter): AsyncGenerator<readonly MoneyFact[]> {
  return factsIn(ledger, filter, 'log');
}

/** In the order of business day, then position, by pages. */
export function factsByDay(ledger: Ledger, filter: FactFilter): AsyncGenerator<readonly MoneyFact[]> {
  return factsIn(ledger, filter, 'days');
}

async function* factsIn(ledger: Ledger, filter: FactFilter, order: Order): AsyncGenerator<readonly MoneyFact[]> {
  const fundersOf = keyReader(ledger);
  const asked = { order, ofTerritory: filter.ofTerritory === true };
  const isBefore = order === 'log' ? isEarlierInLog : isEarlierDay;
  const begin = filter.after ?? { on: '', position: 0 };
  const looks: Source['lookUp'][] = [
    (after) =>
      lookUp<PaymentRow>(ledger, PAYMENTS, conditionsOf({ ...filter, after }, order), asked).map((row) =>
        ofPayment(row, fundersOf),
      ),
    (after) => lookUp<OtherRow>(ledger, OTHERS, conditionsOf({ ...filter, after }, order), asked).map(ofOther),
  ];
  const sources = looks.map((look): Source => ({ lookUp: look, waiting: look(begin), at: 0 }));
  for (;;) {
    const page: MoneyFact[] = [];
    while (page.length < PAGE) {
      const next = nextOf(sources, isBefore);
      if (next === undefined) break;
      page.push(next);
    }
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    await setImmediate();
  }
}

interface Place {
  readonly on: Day;
  readonly position: number;
}

/** What one table holds, in order; a part of it is looked up at a time. */
interface Source {
  readonly lookUp: (after: Place) => readonly MoneyFact[];
  waiting: readonly MoneyFact[];
  /** The next one of those that wait. */
  at: number;
}

/** Takes the first fact of all that wait; a source that was emptied looks up its next part. */
function nextOf(sources: readonly Source[], isBefore: (a: Place, b: Place) => boolean): MoneyFact | undefined {
  let first: Source | undefined;
  for (const source of sources) {
    const fact = source.waiting[source.at];
    if (fact !== undefined && (first === undefined || isBefore(fact, first.waiting[first.at]!))) first = source;
  }
  if (first === undefined) return undefined;
  const fact = first.waiting[first.at]!;
  first.at += 1;
  if (first.at === first.waiting.length) {
    first.waiting = first.waiting.length < PAGE ? [] : first.lookUp(fact);
    first.at = 0;
  }
  return fact;
}

interface Table {
  readonly from: string;
  readonly columns: string;
  /** Its column of the business day. */
  readonly day: string;
  /** What gives the beneficiary's département. */
  readonly departement: string;
}

const PAYMENTS: Table = {
  from: 'payments',
  columns: 'paid_by AS paidBy, amount_cents AS amountCents, key_version AS keyVersion, shares',
  day: 'paid_on',
  departement: '(SELECT departement FROM grant_territories WHERE grant_id = payments.grant_id)',
};
const OTHERS: Table = { from: 'money_events', columns: 'moved', day: 'business_day', departement: 'departement' };

type FactRow = Omit<MoneyFact, 'moved'>;
interface PaymentRow extends FactRow {
  readonly paidBy: string;
  readonly amountCents: number;
  readonly keyVersion: number;
  readonly shares: string;
}
interface OtherRow extends FactRow {
  readonly moved: string;
}

function lookUp<Row>(
  { rows }: Ledger,
  { from, columns, day, departement }: Table,
  conditions: readonly Condition[],
  { order, ofTerritory }: { readonly order: Order; readonly ofTerritory: boolean },
): Row[] {
  const where = conditions.map(([sql]) => sql.replaceAll('@day', day).replaceAll('@departement', departement));
  return rows.all<Row>(
    `SELECT position, ${day} AS "on", scheme_id AS schemeId, exercice, ${ofTerritory ? departement : "''"} AS departement, ${columns}
     FROM ${from} WHERE ${where.join(' AND ')} ORDER BY ${order === 'log' ? 'position' : `${day}, position`} LIMIT ${PAGE}`,
    ...conditions.flatMap(([, ...values]) => values),
  );
}

/** A unary plus keeps SQLite from choosing another index than that of the order. */
function conditionsOf(filter: FactFilter, order: Order): Condition[] {
  const { scheme, schemes, exercice, untilExercice, afterExercice, outside, inside, from, to, atPosition, after } =
    filter;
  const { on, position } = after!;
  const day = order === 'days' ? '@day' : '+@day';
  const of = order === 'days' ? '' : '+';
  const begin = from !== undefined && from > on ? from : on;
  const conditions: (Condition | undefined)[] = [
    ...(order === 'log'
      ? ([['position > ?', position]] as const)
      : ([
          ['@day >= ?', begin],
          ['(@day, position) > (?, ?)', on, position],
        ] as const)),
    order === 'days' || from === undefined ? undefined : [`${day} >= ?`, from],
    to === undefined ? undefined : [`${day} <= ?`, to],
    atPosition === undefined ? undefined : ['position <= ?', atPosition],
    scheme === undefined ? undefined : [`${of}scheme_id = ?`, scheme],
    schemes === undefined ? undefined : ['+scheme_id IN (SELECT value FROM json_each(?))', JSON.stringify(schemes)],
    exercice === undefined ? undefined : [`${of}exercice = ?`, exercice],
    untilExercice === undefined ? undefined : ['+exercice <= ?', untilExercice],
    afterExercice === undefined ? undefined : ['+exercice > ?', afterExercice],
    outside === undefined ? undefined : ["@departement NOT IN ('', ?)", outside],
    inside === undefined ? undefined : ['@departement = ?', inside],
  ];
  return conditions.filter((condition) => condition !== undefined);
}

function ofPayment(row: PaymentRow, fundersOf: KeyReader): MoneyFact {
  const { position, on, schemeId, exercice, departement, paidBy, amountCents, keyVersion, shares } = row;
  const funders = fundersOf(schemeId, keyVersion);
  const moved: Moved[] = [{ funderId: paidBy, column: 'disbursedCents', amountCents }];
  for (const [i, share] of shares.split(',').entries())
    moved.push({ funderId: funders[i]!, column: 'shareDueCents', amountCents: Number(share) });
  return { position, on, schemeId, exercice, departement, moved };
}

function ofOther({ moved, ...fact }: OtherRow): MoneyFact {
  const movements = JSON.parse(moved) as [funderId: string, column: number, amountCents: number][];
  return {
    ...fact,
    moved: movements.map(([funderId, column, amountCents]) => ({
      funderId,
      column: balanceColumns[column]!,
      amountCents,
    })),
  };
}

type KeyReader = (schemeId: string, version: number) => readonly string[];

/** The funders of a key in its order, each key asked for once. */
function keyReader({ rows }: Ledger): KeyReader {
  const known = new Map<string, readonly string[]>();
  return (schemeId, version) => {
    const name = `${schemeId} ${version}`;
    let funders = known.get(name);
    if (funders === undefined) {
      funders = rows
        .all<{ funderId: string }>(
          'SELECT funder_id AS funderId FROM split_key_parts WHERE scheme_id = ? AND version = ? ORDER BY place',
          schemeId,
          version,
        )
        .map(({ funderId }) => funderId);
      known.set(name, funders);
    }
    return funders;
  };
}

function isEarlierInLog(a: Place, b: Place): boolean {
  return a.position < b.position;
}

function isEarlierDay(a: Place, b: Place): boolean {
  return a.on < b.on || (a.on === b.on && a.position < b.position);
}
