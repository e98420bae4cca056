/** How often amounts begin with each digit, beside what Benford's law expects. Counts are integers; only the statistic is none. */

import { apportionBy } from '#libs/money/cent-rules';

export interface FirstDigits {
  readonly count: number;
  readonly digits: readonly { readonly digit: number; readonly observed: number; readonly expected: number }[];
  /** Of the deviations, in thousandths, cut off; null without amounts. */
  readonly chiSquaredThousandths: number | null;
  /** Null when there are too few to say. */
  readonly isWithin: boolean | null;
}

/** log10(1 + 1/d) in millionths; their sum is one million. */
const EXPECTED_MILLIONTHS = [301_030, 176_091, 124_939, 96_910, 79_181, 66_947, 57_992, 51_153, 45_757];

/** Chi-squared with 8 degrees of freedom is above this in one case of twenty. */
export const CRITICAL_THOUSANDTHS = 15_507;

/** Fewer, and the rarest digit is expected less than five times: the statistic says nothing. */
export const FEWEST = 110;

/** The first digit of an amount: the same in cents as in euros. */
export function firstDigitOf(amountCents: number): number {
  return Number(String(amountCents)[0]);
}

/** @param observed how many amounts begin with 1, 2, … 9 */
export function firstDigits(observed: readonly number[]): FirstDigits {
  const count = observed.reduce((sum, times) => sum + times, 0);
  const { sharesCents: expected } = apportionBy('largest-remainder', {
    amountCents: count,
    weights: EXPECTED_MILLIONTHS,
    netCents: observed.map(() => 0),
    tieRank: observed.map((_, i) => i),
    payer: undefined,
  });
  const chiSquaredThousandths = count === 0 ? null : Math.trunc(1_000 * chiSquared(observed, count));
  return {
    count,
    digits: observed.map((times, i) => ({ digit: i + 1, observed: times, expected: expected[i]! })),
    chiSquaredThousandths,
    isWithin: chiSquaredThousandths === null || count < FEWEST ? null : chiSquaredThousandths <= CRITICAL_THOUSANDTHS,
  };
}

function chiSquared(observed: readonly number[], count: number): number {
  return observed.reduce((sum, times, i) => {
    const expected = (count * EXPECTED_MILLIONTHS[i]!) / 1_000_000;
    return sum + (times - expected) ** 2 / expected;
  }, 0);
}
