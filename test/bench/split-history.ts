/**
 * What the payments of a log were split on, and what became of it. Each says what it saw of the totals (R7); a server sees
 * all that it decided itself and, of the others, the beginning of the log that has been delivered to it. So what was
 * still on its way can be counted afterwards, payment by payment. Decision record 0005.
 */

/** A payment under an equal key, as its event has it. */
export interface Split {
  readonly writer: string;
  /** One a funder, in the key's order. */
  readonly sharesCents: readonly number[];
  readonly seenCents: readonly number[];
}

export interface SplitHistory {
  /** For each payment, how many it did not see that stand before it, and saw that stand after it. */
  readonly inFlight: readonly number[];
  /** Between the funders' net shares, at any point of the log. */
  readonly widestGapCents: number;
  readonly lastGapCents: number;
  /** Points of the log with a wider gap than 1 + the most that was in flight up to there. */
  readonly beyondBound: number;
  /** Payments that saw totals which no such beginning of the log explains. */
  readonly unexplained: number;
}

/** @param splits every payment of one scheme and key, in the log's order; nothing was given back */
export function splitHistory(splits: readonly Split[]): SplitHistory {
  const inFlight = splits.map(() => 0);
  let unexplained = 0;
  for (const writer of new Set(splits.map((split) => split.writer))) {
    const own = splits.flatMap((split, at) => (split.writer === writer ? at : []));
    const others = splits.flatMap((split, at) => (split.writer === writer ? [] : at));
    // each decision sees one more of its own than the one before it
    const decided = own.toSorted((a, b) => sum(splits[a]!.seenCents) - sum(splits[b]!.seenCents));
    let [seen, delivered] = [nothing(splits), 0];
    for (const [turn, at] of decided.entries()) {
      const { seenCents, sharesCents } = splits[at]!;
      while (sum(seen) < sum(seenCents) && delivered < others.length) {
        seen = plus(seen, splits[others[delivered]!]!.sharesCents);
        delivered += 1;
      }
      if (seen.some((cents, i) => cents !== seenCents[i])) unexplained += 1;
      const before = others.findIndex((other, i) => i >= delivered && other > at);
      const late = (before === -1 ? others.length : before) - delivered;
      inFlight[at] = late + overtakings(decided, turn);
      seen = plus(seen, sharesCents);
    }
  }
  return { inFlight, unexplained, ...gapsOf(splits, inFlight) };
}

/** How many of the same writer's payments stand on the other side of this one than they were decided. */
function overtakings(decided: readonly number[], turn: number): number {
  const at = decided[turn]!;
  return decided.filter((other, i) => (i < turn && other > at) || (i > turn && other < at)).length;
}

function gapsOf(splits: readonly Split[], inFlight: readonly number[]) {
  let net = nothing(splits);
  let [widestGapCents, lastGapCents, beyondBound, mostInFlight] = [0, 0, 0, 0];
  for (const [at, { sharesCents }] of splits.entries()) {
    net = plus(net, sharesCents);
    mostInFlight = Math.max(mostInFlight, inFlight[at]!);
    lastGapCents = Math.max(...net) - Math.min(...net);
    widestGapCents = Math.max(widestGapCents, lastGapCents);
    if (lastGapCents > 1 + mostInFlight) beyondBound += 1;
  }
  return { widestGapCents, lastGapCents, beyondBound };
}

/** Between what the funders have borne. */
export function gapCents(splits: readonly Split[]): number {
  const net = splits.reduce((borne, { sharesCents }) => plus(borne, sharesCents), nothing(splits));
  return Math.max(...net) - Math.min(...net);
}

function nothing(splits: readonly Split[]): readonly number[] {
  return splits[0]?.sharesCents.map(() => 0) ?? [];
}

function plus(one: readonly number[], other: readonly number[]): readonly number[] {
  return one.map((cents, i) => cents + other[i]!);
}

function sum(cents: readonly number[]): number {
  return cents.reduce((total, one) => total + one, 0);
}
