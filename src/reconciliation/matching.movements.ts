/**
 * Which lines of a partner's list stand for which payments, by their references alone. Pure and deterministic: neither the
 * order of the lines nor that of the payments matters; each line and each payment is used once at most.
 */

import { ambiguousOf, joined, type Named, type PaymentIndex, type Source } from './payment-index.movements.js';
import type { Match, PartnerLine, Sums } from './reconciliation.events.js';
import type { LedgerPayment } from './reconciliation.terms.js';
import { equal, sumsOf, worthOf } from './sums.movements.js';
import { Untaken } from './untaken.movements.js';

/** Payments of one match at most: what one event holds. */
export const MAX_PAYMENTS_A_MATCH = 5_000;

/** The lines of one reference, and where the payments it names are. */
interface Group {
  readonly key: string;
  readonly lines: readonly PartnerLine[];
  readonly sources: readonly Source[];
  /** Payments that it names; beyond what a match holds only that they are more. */
  readonly size: number;
}

/**
 * @param free lines that no match holds
 * @param isTaken whether another match holds a payment
 * @returns matches whose sums are equal, and those that only differ in amount or share
 */
export function matchLines(
  free: readonly PartnerLine[],
  index: PaymentIndex,
  isTaken: (paymentId: string) => boolean = () => false,
): readonly Match[] {
  const untaken = new Untaken(isTaken);
  const matches: Match[] = [];
  const match = (lines: readonly PartnerLine[], payments: readonly LedgerPayment[]) => {
    untaken.take(payments);
    matches.push(matchOf(lines, payments));
  };
  let waiting = groupsOf(free, index);

  /** Matches every group that equals what is left of its payments, the most specific first. */
  const matchEqual = (isAsked: (sources: readonly Source[]) => boolean) => {
    waiting = waiting.filter(({ sources, lines }) => {
      if (!isAsked(sources)) return true;
      const { count, sums } = untaken.counted(sources, MAX_PAYMENTS_A_MATCH);
      if (!fits(count) || !equal(sumsOf(lines), sums)) return true;
      match(lines, untaken.left(sources));
      return false;
    });
  };
  matchEqual((sources) => untaken.isWhole(sources));
  // of a slip, others may name single payments: what they leave is the slip's
  matchEqual(() => true);
  // several lines that are not equal as a whole may be so one by one: a slip with one wrong line, a line given twice
  waiting = waiting.map((group) => {
    if (group.lines.length === 1) return group;
    const rest = group.lines.filter((line) => {
      const payment = untaken.ofWorth(group.sources, worthOf(line));
      if (payment !== undefined) match([line], [payment]);
      return payment === undefined;
    });
    return { ...group, lines: rest };
  });
  for (const { lines, sources } of waiting) {
    const { count } = untaken.counted(sources, MAX_PAYMENTS_A_MATCH);
    if (lines.length > 0 && fits(count)) match(lines, untaken.left(sources));
  }
  return matches;
}

/** A match that a controller or a reference makes. */
export function matchOf(
  lines: readonly PartnerLine[],
  payments: readonly LedgerPayment[],
  matchId = `auto-${Math.min(...lines.map(({ line }) => line))}`,
): Match {
  return {
    matchId,
    lines: lines.map(({ line }) => line).toSorted((a, b) => a - b),
    payments: payments.map(({ paymentId }) => paymentId).toSorted(),
    listed: sumsOf(lines),
    recorded: sumsOf(payments),
  };
}

function fits(count: number): boolean {
  return count > 0 && count <= MAX_PAYMENTS_A_MATCH;
}

/** The most specific first, then by reference: the order in which they may take payments. */
function groupsOf(lines: readonly PartnerLine[], index: PaymentIndex): readonly Group[] {
  const byKey = new Map<string, { readonly named: Named; readonly lines: PartnerLine[] }>();
  for (const line of lines) {
    const named = index.named(line.reference);
    const group = byKey.get(named.key);
    if (group === undefined) byKey.set(named.key, { named, lines: [line] });
    else group.lines.push(line);
  }
  const sizes = new Map<readonly Source[], number>();
  return Array.from(byKey, ([key, { named, lines: listed }]): Group => {
    const sources = meantBy(named, sumsOf(listed));
    const size = sizes.get(sources) ?? sizeOf(sources);
    sizes.set(sources, size);
    return { key, lines: listed.toSorted(byContent), sources, size };
  })
    .filter(({ size }) => size > 0)
    .toSorted((a, b) => a.size - b.size || compare(a.key, b.key));
}

function sizeOf(sources: readonly Source[]): number {
  if (sources.length === 0) return 0;
  const { largest, added } = joined(
    sources.map(({ standing }) => standing),
    MAX_PAYMENTS_A_MATCH,
  );
  return largest.size + added.size;
}

/** Of several payers' payments under one number the one that equals the lines, when there is just one; else none. */
function meantBy({ sources }: Named, listed: Sums): readonly Source[] {
  const ambiguous = ambiguousOf(sources);
  if (ambiguous.size === 0) return sources;
  const alike = [...ambiguous].filter((payment) => equal(payment, listed));
  const areAll = sources.every(({ standing }) => [...standing].every((payment) => ambiguous.has(payment)));
  if (alike.length !== 1 || !areAll) return [];
  return [{ standing: new Set(alike), reversed: [], returned: [], isAmbiguous: false }];
}

function byContent(a: PartnerLine, b: PartnerLine): number {
  return compare(a.on, b.on) || a.amountCents - b.amountCents || a.shareCents - b.shareCents || a.line - b.line;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
