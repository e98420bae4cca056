/** The log's seals as their events leave them: the last one, which the next one follows. */

import { CorruptHistory } from '#libs/decider/decider';
import type { Seal, SealEvent } from './seal.events.js';

export type Sealed = { readonly status: 'unsealed' } | { readonly status: 'sealed'; readonly last: Seal };

export const unsealed: Sealed = { status: 'unsealed' };

/** How many events the seals cover. */
export function coveredBy(sealed: Sealed): number {
  return sealed.status === 'sealed' ? sealed.last.treeSize : 0;
}

export function numberOf(sealed: Sealed): number {
  return sealed.status === 'sealed' ? sealed.last.number : 0;
}

export function evolveSealed(sealed: Sealed, { data }: SealEvent): Sealed {
  if (data.number !== numberOf(sealed) + 1)
    throw new CorruptHistory(`seal ${data.number} comes where ${numberOf(sealed) + 1} was due`);
  return { status: 'sealed', last: data };
}
