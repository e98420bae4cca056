/** What a decision on a framework contract uses from elsewhere. */

import type { Day } from '#libs/calendar/day';
import type { Grant } from '../grants/grant.state.js';
import type { Scheme } from '../schemes/scheme.state.js';

export interface ContractDecisionTerms {
  readonly today: Day;
  isFunder(funderId: string): boolean;
  scheme(schemeId: string): Scheme;
  /** The contract that a scheme is attached to, if any. */
  contractOfScheme(schemeId: string): string | undefined;
  /** The grant that the command names. */
  readonly grant: Grant;
}
