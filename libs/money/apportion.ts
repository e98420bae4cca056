/**
 * Splitting cents among parties without losing one. All arrays are aligned: index i is the same party everywhere.
 * Equal weights follow R9, unequal weights R10, recoveries R11.
 */

/** A split: what each party gets, and the parties' indices in the order in which extra cents went to them. */
export interface Apportionment {
  readonly sharesCents: readonly number[];
  readonly order: readonly number[];
}

/**
 * Splits a payment by weights so that whoever has borne least so far takes the extra cents.
 *
 * @param amountCents what is split, 0 or more
 * @param weights positive integers, one a party
 * @param netCents what each party has borne so far under these weights (payments less what came back)
 * @param tieRank each party's rank when two are level; all different
 * @returns shares that are each ≥ 0 and sum to the amount exactly (R6)
 */
export function apportion(
  amountCents: number,
  weights: readonly number[],
  netCents: readonly number[],
  tieRank: readonly number[],
): Apportionment {
  return weights.every((weight) => weight === weights[0])
    ? apportionEqually(amountCents, netCents, tieRank)
    : apportionByWeight(amountCents, weights, netCents, tieRank);
}

/** R9: the party at rank k, counted from the one that has borne least, pays floor((amount + n − 1 − k) / n). */
function apportionEqually(amountCents: number, netCents: readonly number[], tieRank: readonly number[]): Apportionment {
  const n = netCents.length;
  const order = netCents.map((_, party) => party);
  order.sort((a, b) => netCents[a]! - netCents[b]! || tieRank[a]! - tieRank[b]!);
  const quotient = Math.floor(amountCents / n);
  const extra = amountCents - quotient * n;
  const sharesCents = netCents.map(() => quotient);
  for (const party of order.slice(0, extra)) sharesCents[party]! += 1;
  return { sharesCents, order };
}

/**
 * R10: everyone takes floor(amount · weight / W); the left-over cents go one each to the largest cumulative deficit,
 * Σ(weight · amount) − W · Σ(share), this payment included, among the parties whose exact part is not whole.
 */
function apportionByWeight(
  amountCents: number,
  weights: readonly number[],
  netCents: readonly number[],
  tieRank: readonly number[],
): Apportionment {
  const amount = BigInt(amountCents);
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  const netTotal = netCents.reduce((sum, net) => sum + BigInt(net), 0n);
  const parts = weights.map((weight, party) => {
    const floor = (amount * BigInt(weight)) / total;
    return {
      party,
      floor,
      whole: floor * total === amount * BigInt(weight),
      deficit: BigInt(weight) * (netTotal + amount) - total * (BigInt(netCents[party]!) + floor),
    };
  });
  const ranked = parts.toSorted((a, b) => descending(a.deficit, b.deficit) || tieRank[a.party]! - tieRank[b.party]!);
  let extra = amount - parts.reduce((sum, part) => sum + part.floor, 0n);
  const sharesCents = parts.map((part) => Number(part.floor));
  for (const part of ranked) {
    if (extra === 0n) break;
    if (part.whole) continue;
    sharesCents[part.party]! += 1;
    extra -= 1n;
  }
  return { sharesCents, order: ranked.map((part) => part.party) };
}

/**
 * R11: gives back a recovered amount in proportion to what each party still bears; the left-over cents go to the
 * largest remainders, ties by the payment's own order.
 *
 * @param amountCents what came back, at most the sum of what remains
 * @param remainingCents what each party still bears of the payment
 * @param order the payment's own order of parties
 * @returns what each party gets back: never negative, never more than it bears, summing to the amount exactly
 */
export function apportionRecovery(
  amountCents: number,
  remainingCents: readonly number[],
  order: readonly number[],
): readonly number[] {
  const amount = BigInt(amountCents);
  const total = remainingCents.reduce((sum, remaining) => sum + BigInt(remaining), 0n);
  if (amount > total) throw new RangeError(`${amount} cents cannot come back of ${total}`);
  if (amount === 0n) return remainingCents.map(() => 0);
  const rank = new Map(order.map((party, k) => [party, k]));
  const parts = remainingCents.map((remaining, party) => {
    const exact = amount * BigInt(remaining);
    return { party, floor: exact / total, remainder: exact % total };
  });
  const back = parts.map((part) => Number(part.floor));
  let extra = Number(amount - parts.reduce((sum, part) => sum + part.floor, 0n));
  const ranked = parts.toSorted(
    (a, b) => descending(a.remainder, b.remainder) || rank.get(a.party)! - rank.get(b.party)!,
  );
  for (const part of ranked) {
    if (extra === 0) break;
    back[part.party]! += 1;
    extra -= 1;
  }
  return back;
}

function descending(a: bigint, b: bigint): number {
  return a > b ? -1 : a < b ? 1 : 0;
}
