/**
 * Who takes the left-over cents of a split, by other rules than the ledger's own: for asking what they would have given.
 * All arrays are aligned, as in `apportion.ts`.
 */

import { apportion, type Apportionment } from './apportion.js';

/** The ledger's own rule first. */
export const centRules = ['least-paid', 'fixed-order', 'payer-takes-rest', 'largest-remainder'] as const;

export type CentRule = (typeof centRules)[number];

/** What a split is made of. */
export interface Split {
  readonly amountCents: number;
  /** Positive integers, one a party. */
  readonly weights: readonly number[];
  /** What each party has borne so far under these weights. */
  readonly netCents: readonly number[];
  /** Each party's rank in the fixed order; all different. */
  readonly tieRank: readonly number[];
  /** The party that pays; undefined when it is none of these. */
  readonly payer: number | undefined;
}

/**
 * Every rule gives each party the whole cents of its exact part; they differ in whom the left-over cents go to:
 * `least-paid` R9 and R10; `fixed-order` one each in the fixed order; `payer-takes-rest` all to the payer, or to the first
 * in order where the payer is no party; `largest-remainder` one each to the largest fractions, ties in the fixed order.
 *
 * @returns shares that are each ≥ 0 and sum to the amount exactly
 */
export function apportionBy(rule: CentRule, split: Split): Apportionment {
  const { amountCents, weights, netCents, tieRank, payer } = split;
  if (rule === 'least-paid') return apportion(amountCents, weights, netCents, tieRank);
  const parts = exactParts(amountCents, weights);
  const sharesCents = parts.map(({ whole }) => Number(whole));
  const inOrder = weights.map((_, party) => party).toSorted((a, b) => tieRank[a]! - tieRank[b]!);
  let extra = amountCents - sharesCents.reduce((sum, cents) => sum + cents, 0);
  if (rule === 'payer-takes-rest') {
    const first = payer ?? inOrder[0]!;
    sharesCents[first]! += extra;
    return { sharesCents, order: [first, ...inOrder.filter((party) => party !== first)] };
  }
  const order =
    rule === 'fixed-order'
      ? inOrder
      : inOrder.toSorted((a, b) => Number(parts[b]!.remainder - parts[a]!.remainder) || tieRank[a]! - tieRank[b]!);
  for (const party of order) {
    if (extra === 0) break;
    // whoever's part is whole has nothing left over
    if (parts[party]!.remainder === 0n) continue;
    sharesCents[party]! += 1;
    extra -= 1;
  }
  return { sharesCents, order };
}

/** amount · weight / W as whole cents and what remains of W. */
function exactParts(amountCents: number, weights: readonly number[]): { whole: bigint; remainder: bigint }[] {
  const amount = BigInt(amountCents);
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  return weights.map((weight) => {
    const exact = amount * BigInt(weight);
    return { whole: exact / total, remainder: exact % total };
  });
}
