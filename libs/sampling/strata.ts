/** How many of a sample each stratum gets: one each, and the rest in proportion to what is left of it. */

import { apportionRecovery } from '#libs/money/apportion';

/**
 * @param size at least one a stratum; more than all strata hold gives all they hold
 * @param counts how many each stratum holds, at least 1
 * @returns per stratum, never more than it holds; largest remainders first, ties in the strata's order
 */
export function allocate(size: number, counts: readonly number[]): readonly number[] {
  if (size < counts.length) throw new RangeError(`${size} cannot be shared among ${counts.length} strata`);
  const held = counts.reduce((sum, count) => sum + count, 0);
  const left = Math.min(size, held) - counts.length;
  const more = apportionRecovery(
    left,
    counts.map((count) => count - 1),
    counts.map((_, stratum) => stratum),
  );
  return more.map((count) => count + 1);
}
