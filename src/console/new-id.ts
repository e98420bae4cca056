/** The id of a recording, made once when its form is shown: sent twice, it is recorded once (R3). */

import { randomBytes } from 'node:crypto';

/** @param prefix says what it names: `P` a payment, `R` a recovery */
export function newId(prefix: string): string {
  return `${prefix}-${randomBytes(9).toString('hex')}`;
}
