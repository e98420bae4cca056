/** Amounts and shares together: their sums, differences and equality. */

import { addCents, sumCents } from '#libs/money/cents';
import type { Sums } from './reconciliation.events.js';

export function sumsOf(all: readonly Sums[]): Sums {
  return {
    amountCents: sumCents(all.map(({ amountCents }) => amountCents)),
    shareCents: sumCents(all.map(({ shareCents }) => shareCents)),
  };
}

/** What the first has more than the second; negative where it has less. */
export function differenceOf(a: Sums, b: Sums): Sums {
  return {
    amountCents: addCents(a.amountCents, -b.amountCents),
    shareCents: addCents(a.shareCents, -b.shareCents),
  };
}

export function equal(a: Sums, b: Sums): boolean {
  return a.amountCents === b.amountCents && a.shareCents === b.shareCents;
}

/** A line and a payment of one worth may stand for each other. */
export function worthOf({ amountCents, shareCents }: Sums): string {
  return `${amountCents}/${shareCents}`;
}

/** Lists by worth, in the order given. */
export function byWorth<Of extends Sums>(all: Iterable<Of>): Map<string, Of[]> {
  const lists = new Map<string, Of[]>();
  for (const each of all) {
    const worth = worthOf(each);
    const list = lists.get(worth);
    if (list === undefined) lists.set(worth, [each]);
    else list.push(each);
  }
  return lists;
}
