/** How much of a whole something is, `29,5 %`, rounded down; a dash where there is no whole. */

import { percentOf } from './axis.js';
import { useLanguage } from './reading.js';

/** @param props in cents, or in any other integer unit */
export function PartOf({ part, whole }: { readonly part: number; readonly whole: number | null }) {
  const language = useLanguage();
  // a thousand times a sum may leave the exact integers
  return (
    <>{whole === null || whole <= 0 ? '–' : percentOf(Number((BigInt(part) * 1_000n) / BigInt(whole)), language)}</>
  );
}
