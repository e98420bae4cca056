/**
 * What no match has taken yet, of each source of payments and of several together: kept up to date with every payment taken,
 * so that thousands of references to one slip never count it again.
 */

import { firstOf, joined, type Source } from './payment-index.movements.js';
import type { Sums } from './reconciliation.events.js';
import type { LedgerPayment } from './reconciliation.terms.js';
import { byWorth, differenceOf, sumsOf } from './sums.movements.js';

/** Of one source. */
interface Rest {
  readonly left: Set<LedgerPayment>;
  sums: Sums;
  /** Of each worth, the first by day last; made when first asked for, those taken since still in it. */
  queues: Map<string, LedgerPayment[]> | undefined;
}

/** Of several sources together, each payment once. */
interface Counted {
  readonly count: number;
  readonly sums: Sums;
}

export class Untaken {
  private readonly rests = new Map<Source, Rest>();
  private readonly taken = new Set<LedgerPayment>();
  private readonly restsOf = new Map<LedgerPayment, Rest[]>();
  /** By the very list of sources, with how much was left of them then. */
  private readonly counts = new Map<readonly Source[], { readonly left: number; readonly counted: Counted }>();

  constructor(private readonly isTaken: (paymentId: string) => boolean) {}

  take(payments: readonly LedgerPayment[]): void {
    for (const payment of payments) {
      this.taken.add(payment);
      for (const rest of this.restsOf.get(payment)!) {
        rest.left.delete(payment);
        rest.sums = differenceOf(rest.sums, payment);
      }
    }
  }

  isWhole(sources: readonly Source[]): boolean {
    return sources.every((source) => this.restOf(source).left.size === source.standing.size);
  }

  /** @param atMost beyond it the count is not exact, only more */
  counted(sources: readonly Source[], atMost: number): Counted {
    const rests = sources.map((source) => this.restOf(source));
    const left = rests.reduce((sum, rest) => sum + rest.left.size, 0);
    const before = this.counts.get(sources);
    if (before?.left === left) return before.counted;
    const counted = together(rests, atMost);
    this.counts.set(sources, { left, counted });
    return counted;
  }

  left(sources: readonly Source[]): readonly LedgerPayment[] {
    return [...new Set(sources.flatMap((source) => [...this.restOf(source).left]))];
  }

  /** The first of them in the order of the ledger. */
  first(sources: readonly Source[], atMost: number): readonly LedgerPayment[] {
    return firstOf(
      sources.map((source) => this.restOf(source).left),
      atMost,
    );
  }

  /** The first by day of the payments of that worth, undefined when there is none. */
  ofWorth(sources: readonly Source[], worth: string): LedgerPayment | undefined {
    let first: LedgerPayment | undefined;
    for (const source of sources) {
      const rest = this.restOf(source);
      rest.queues ??= queuesOf(rest.left);
      const queue = rest.queues.get(worth) ?? [];
      while (queue.length > 0 && !rest.left.has(queue.at(-1)!)) queue.pop();
      const candidate = queue.at(-1);
      if (candidate !== undefined && (first === undefined || byDay(candidate, first) < 0)) first = candidate;
    }
    return first;
  }

  private restOf(source: Source): Rest {
    const known = this.rests.get(source);
    if (known !== undefined) return known;
    const left = [...source.standing].filter((each) => !this.taken.has(each) && !this.isTaken(each.paymentId));
    const rest: Rest = { left: new Set(left), sums: sumsOf(left), queues: undefined };
    this.rests.set(source, rest);
    for (const payment of left) {
      const rests = this.restsOf.get(payment);
      if (rests === undefined) this.restsOf.set(payment, [rest]);
      else rests.push(rest);
    }
    return rest;
  }
}

function together(rests: readonly Rest[], atMost: number): Counted {
  const { largest, added } = joined(
    rests.map(({ left }) => left),
    atMost,
  );
  const { sums } = rests.find(({ left }) => left === largest)!;
  return { count: largest.size + added.size, sums: added.size === 0 ? sums : sumsOf([sums, ...added]) };
}

/** The first by day last, to be taken off the end. */
function queuesOf(payments: Iterable<LedgerPayment>): Map<string, LedgerPayment[]> {
  const lists = byWorth(payments);
  for (const list of lists.values()) list.sort((a, b) => byDay(b, a));
  return lists;
}

function byDay(a: LedgerPayment, b: LedgerPayment): number {
  return compare(a.paidOn, b.paidOn) || compare(a.paymentId, b.paymentId);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
