/** How far the cents rule has let the funders of one key drift apart: shares less exact parts, in thousandths of a cent (R9, R10, R12). */

export interface WeighedShare {
  readonly weight: number;
  /** Borne under the key, net of what came back. */
  readonly shareCents: number;
}

export interface CentGap {
  /** What all bear. */
  readonly netCents: number;
  /** Each one's share less its exact part, in the order given; positive: it has paid more. Rounded down. */
  readonly aheadMillicents: readonly number[];
  /** From the one furthest behind to the one furthest ahead, rounded down. */
  readonly gapMillicents: number;
}

export function centGapOf(shares: readonly WeighedShare[]): CentGap {
  const weights = shares.reduce((sum, { weight }) => sum + BigInt(weight), 0n);
  const net = shares.reduce((sum, { shareCents }) => sum + BigInt(shareCents), 0n);
  // all over the sum of the weights: nothing is rounded before the end
  const ahead = shares.map(({ weight, shareCents }) => BigInt(shareCents) * weights - BigInt(weight) * net);
  const [least, most] = [ahead.reduce(smaller, 0n), ahead.reduce(larger, 0n)];
  return {
    netCents: Number(net),
    aheadMillicents: ahead.map((each) => Number(floorOf(each * 1_000n, weights))),
    gapMillicents: weights === 0n ? 0 : Number(floorOf((most - least) * 1_000n, weights)),
  };
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function floorOf(value: bigint, by: bigint): bigint {
  return value / by - (value < 0n && value % by !== 0n ? 1n : 0n);
}
