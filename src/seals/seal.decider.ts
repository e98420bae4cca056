/** The rules of the log's seals: each follows the last one, covers more, and names it by its hash. */

import type { Decider } from '#libs/decider/decider';
import { sameContent } from '#libs/decider/same-content';
import type { Seal, SealEvent } from './seal.events.js';
import { reject } from './seal.rejections.js';
import { coveredBy, evolveSealed, numberOf, unsealed, type Sealed } from './seal.state.js';

/** A finished seal: the tree was made and signed before. */
export interface SealLog {
  readonly type: 'SealLog';
  readonly seal: Seal;
}

export interface SealTerms {
  /** By which the next seal names a seal. */
  readonly hashOf: (seal: Seal) => string;
}

export const sealDecider: Decider<Sealed, SealLog, SealEvent, SealTerms> = {
  initial: unsealed,

  decide({ seal }, sealed, { hashOf }) {
    const last = sealed.status === 'sealed' ? sealed.last : undefined;
    if (last !== undefined && sameContent(last, seal)) return [];
    const due = last === undefined ? null : hashOf(last);
    const { number, treeSize, previousSealHash } = seal;
    if (number !== numberOf(sealed) + 1 || treeSize <= coveredBy(sealed) || previousSealHash !== due)
      throw reject('SEAL_DOES_NOT_FOLLOW', { number, treeSize, last: numberOf(sealed), covered: coveredBy(sealed) });
    return [{ type: 'LogSealed.v1', data: seal }];
  },

  evolve: evolveSealed,
};
