/**
 * What lies between two views of the balances: the figures that changed, and every event that counts in one view only. An
 * event stands between them by its day, by its place in the log, or by both; neither is looked for by reading everything.
 */

import type { Day } from '#libs/calendar/day';
import type { Ledger } from '../ledger.js';
import { boundsOf, type View } from '../views/view.js';
import { balancesOf, sumOf, type Figures } from './balance-figures.js';
import { figureColumns, positionChange, type BalanceColumn } from './balance.movements.js';
import { factsByDay, factsInLog, type MoneyFact } from './money-facts.js';

export interface Between {
  readonly scheme?: string;
  readonly exercice?: number;
  readonly funder?: string;
  readonly before: View;
  readonly after: View;
}

export interface ChangedBalance {
  readonly schemeId: string;
  readonly exercice: number;
  readonly funderId: string;
  readonly before: Figures;
  readonly after: Figures;
  readonly change: Figures;
}

export type Side = 'before' | 'after';

/** Why an event is not in the other view. */
export type Because = 'recorded-later' | 'dated-later' | 'recorded-and-dated-later';

export interface DifferenceLine {
  readonly position: number;
  readonly on: Day;
  readonly schemeId: string;
  readonly exercice: number;
  /** The one view that counts it. */
  readonly countsIn: Side;
  readonly because: Because;
  /** What it adds to the change of each funder: taken off where only the view before counts it. */
  readonly changes: readonly (Figures & { readonly funderId: string })[];
}

/** First what only one view knows, in the order of the log; then what only one view dates, in the order of the days. */
export type Part = 'recorded' | 'dated';

/** Where to go on from. */
export interface DifferencePlace {
  readonly part: Part;
  readonly on: Day;
  readonly position: number;
}

/** The balances that the two views do not show alike, by scheme, exercice and funder, and all changes together. */
export async function changedBalances(ledger: Ledger, { before, after, ...of }: Between) {
  const earlier = await balancesOf(ledger, { ...of, ...before });
  const later = await balancesOf(ledger, { ...of, ...after });
  const keyOf = ({ schemeId, exercice, funderId }: Keyed) => `${schemeId} ${exercice} ${funderId}`;
  const pairs = new Map<string, { of: Keyed; before: Figures; after: Figures }>();
  for (const balance of earlier)
    pairs.set(keyOf(balance), { of: balance, before: figuresOf(balance), after: sumOf([]) });
  for (const balance of later)
    pairs.set(keyOf(balance), {
      of: balance,
      before: pairs.get(keyOf(balance))?.before ?? sumOf([]),
      after: figuresOf(balance),
    });
  const all = Array.from(pairs.values(), ({ of: { schemeId, exercice, funderId }, ...sides }): ChangedBalance => ({
    schemeId,
    exercice,
    funderId,
    ...sides,
    change: less(sides.after, sides.before),
  }));
  const changed = all.filter(({ change }) => Object.values(change).some((cents) => cents !== 0));
  return {
    balances: changed.toSorted(
      (a, b) => compare(a.schemeId, b.schemeId) || a.exercice - b.exercice || compare(a.funderId, b.funderId),
    ),
    totals: { before: sumOf(earlier), after: sumOf(later), change: less(sumOf(later), sumOf(earlier)) },
  };
}

/** Every event that moves something in one view only; what it moves adds up to the change exactly. */
export async function* differenceLines(
  ledger: Ledger,
  { before, after, funder, ...of }: Between,
  place: DifferencePlace = { part: 'recorded', on: '', position: 0 },
): AsyncGenerator<DifferenceLine> {
  const [first, second] = [boundsOf(before), boundsOf(after)];
  const [lowest, highest] = inOrder(first.atPosition, second.atPosition);
  const knows: Side = second.atPosition > first.atPosition ? 'after' : 'before';
  const [earliest, latest] = inOrder(first.asOf, second.asOf);
  const dates: Side = second.asOf > first.asOf ? 'after' : 'before';
  const within = dates === 'after' ? second.atPosition : first.atPosition;
  const other = dates === 'after' ? first.atPosition : second.atPosition;
  if (place.part === 'recorded' && lowest < highest) {
    const from = { on: '', position: Math.max(lowest, place.position) };
    for await (const facts of factsInLog(ledger, { ...of, to: earliest, atPosition: highest, after: from }))
      for (const fact of facts) yield* lineOf(fact, funder, knows, 'recorded-later');
  }
  if (earliest < latest) {
    // what is dated on the earliest day itself counts in both
    const from = place.part === 'dated' ? place : { on: earliest, position: Number.MAX_SAFE_INTEGER };
    for await (const facts of factsByDay(ledger, { ...of, to: latest, atPosition: within, after: from }))
      for (const fact of facts)
        yield* lineOf(fact, funder, dates, fact.position > other ? 'recorded-and-dated-later' : 'dated-later');
  }
}

export function partOf({ because }: DifferenceLine): Part {
  return because === 'recorded-later' ? 'recorded' : 'dated';
}

type Keyed = Pick<ChangedBalance, 'schemeId' | 'exercice' | 'funderId'>;

/** Nothing when the event moves none of the funder's figures. */
function lineOf(
  { position, on, schemeId, exercice, moved }: MoneyFact,
  funder: string | undefined,
  countsIn: Side,
  because: Because,
): DifferenceLine[] {
  const sign = countsIn === 'after' ? 1 : -1;
  const changes = new Map<string, Figures & { funderId: string }>();
  for (const { funderId, column, amountCents } of moved) {
    if (amountCents === 0 || (funder !== undefined && funder !== funderId)) continue;
    const change = changes.get(funderId) ?? { funderId, ...sumOf([]) };
    changes.set(funderId, change);
    change[column] += sign * amountCents;
    change.positionCents += positionChange({ column, amountCents: sign * amountCents });
  }
  return changes.size === 0
    ? []
    : [{ position, on, schemeId, exercice, countsIn, because, changes: [...changes.values()] }];
}

const columns: readonly (BalanceColumn | 'positionCents')[] = figureColumns;

function figuresOf(balance: Figures): Figures {
  return Object.fromEntries(columns.map((column) => [column, balance[column]])) as Figures;
}

function less(after: Figures, before: Figures): Figures {
  return Object.fromEntries(columns.map((column) => [column, after[column] - before[column]])) as Figures;
}

function inOrder<Value extends string | number>(one: Value, other: Value): [Value, Value] {
  return one < other ? [one, other] : [other, one];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
