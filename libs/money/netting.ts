/**
 * Netting: the fewest transfers that bring balances which sum to zero all to zero. Deterministic: the same balances give the
 * same transfers, in whatever order they come.
 *
 * With n balances that are not zero and at most g groups among them that each sum to zero, n − g transfers are the fewest
 * (a group of k needs k − 1). The most groups are found over all subsets, which is exact and takes 2^n steps.
 */

import { addCents } from './cents.js';

export interface Balance {
  readonly party: string;
  /** Positive: the others owe it; negative: it owes the others. */
  readonly cents: number;
}

export interface Transfer {
  readonly from: string;
  readonly to: string;
  /** Positive. */
  readonly cents: number;
}

export interface Netting {
  readonly transfers: readonly Transfer[];
  /** False when there were too many balances to be sure: then the transfers are few, perhaps not the fewest. */
  readonly areFewest: boolean;
}

/** With more balances than this, that are not zero, the search over all subsets would hold everybody up. */
export const EXACT_UP_TO = 16;

/** @throws RangeError when the balances do not sum to zero, or a party comes twice */
export function netting(balances: readonly Balance[]): Netting {
  const parties = new Set(balances.map(({ party }) => party));
  if (parties.size < balances.length) throw new RangeError('a party comes twice');
  const sum = balances.reduce((total, { cents }) => addCents(total, cents), 0);
  if (sum !== 0) throw new RangeError(`the balances sum to ${sum}, not to 0`);
  const open = balances.filter(({ cents }) => cents !== 0).toSorted(byParty);
  const areFewest = open.length <= EXACT_UP_TO;
  const groups = areFewest ? mostZeroSumGroups(open) : oppositePairs(open);
  return { transfers: groups.flatMap((group) => settled(group)), areFewest };
}

/** Splits balances that sum to zero into as many groups as possible that each do. */
function mostZeroSumGroups(balances: readonly Balance[]): readonly Balance[][] {
  const size = 1 << balances.length;
  const sums = new Float64Array(size);
  /** Of each subset, taken in the best order: how often its growing sum is zero. */
  const most = new Uint8Array(size);
  for (let subset = 1; subset < size; subset += 1) {
    const lowest = 31 - Math.clz32(subset & -subset);
    sums[subset] = sums[subset & (subset - 1)]! + balances[lowest]!.cents;
    let best = 0;
    for (let left = subset; left !== 0; left &= left - 1) best = Math.max(best, most[subset ^ (left & -left)]!);
    most[subset] = best + (sums[subset] === 0 ? 1 : 0);
  }
  const groups: Balance[][] = [];
  let group: Balance[] = [];
  for (let subset = size - 1; subset !== 0;) {
    const before = most[subset]! - (sums[subset] === 0 ? 1 : 0);
    if (sums[subset] === 0) {
      group = [];
      groups.push(group);
    }
    // the first party that may go without losing a group: the order of the parties decides between equals
    let left = subset;
    while (most[subset ^ (left & -left)] !== before) left &= left - 1;
    group.push(balances[31 - Math.clz32(left & -left)]!);
    subset ^= left & -left;
  }
  return groups;
}

/** Who owes exactly what another is owed, two by two; the rest is one group. */
function oppositePairs(balances: readonly Balance[]): readonly Balance[][] {
  const groups: Balance[][] = [];
  const waiting = new Map<number, Balance[]>();
  for (const balance of balances) {
    const opposite = waiting.get(-balance.cents)?.shift();
    if (opposite === undefined) waiting.set(balance.cents, [...(waiting.get(balance.cents) ?? []), balance]);
    else groups.push([opposite, balance]);
  }
  return [...groups, Array.from(waiting.values()).flat()];
}

/** The one that owes most pays the one that is owed most, until nobody owes: each transfer settles one of the two. */
function settled(group: readonly Balance[]): Transfer[] {
  const open = new Map(group.map(({ party, cents }) => [party, cents]));
  const transfers: Transfer[] = [];
  for (;;) {
    const inOrder = Array.from(open, ([party, cents]) => ({ party, cents })).toSorted(
      (a, b) => a.cents - b.cents || byParty(a, b),
    );
    const debtor = inOrder[0];
    if (debtor === undefined || debtor.cents === 0) return transfers;
    const owed = inOrder.at(-1)!.cents;
    const creditor = inOrder.find(({ cents }) => cents === owed)!;
    const cents = Math.min(-debtor.cents, owed);
    transfers.push({ from: debtor.party, to: creditor.party, cents });
    open.set(debtor.party, debtor.cents + cents);
    open.set(creditor.party, creditor.cents - cents);
  }
}

function byParty(a: Balance, b: Balance): number {
  return a.party < b.party ? -1 : 1;
}
