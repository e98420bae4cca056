/** What of the log is not sealed yet. */

import { coveredBy, type Sealed } from './seal.state.js';

/** The one stream of seals is `seal-log`: this is its id in the category `seal`. */
export const SEAL_LOG = 'log';

/** Events that no seal covers; the last seal itself, which stands behind what it covers, is not one of them. */
export function unsealedOf(sealed: Sealed, logSize: number): number {
  return Math.max(0, logSize - coveredBy(sealed) - (sealed.status === 'sealed' ? 1 : 0));
}
