/** What deciding on a reconciliation uses from elsewhere: the payments that the ledger has for the partner. */

import type { Day } from '#libs/calendar/day';

/** Which payments a list is compared with. */
export interface Scope {
  readonly funderId: string;
  readonly exercice: number;
  /** Every scheme when absent. */
  readonly schemeId?: string;
}

export function scopeOf({ funderId, exercice, schemeId }: Scope): Scope {
  return { funderId, exercice, ...(schemeId === undefined ? {} : { schemeId }) };
}

/** A payment of the ledger that the partner bears a share of. */
export interface LedgerPayment {
  readonly paymentId: string;
  readonly grantId: string;
  readonly schemeId: string;
  readonly paidOn: Day;
  /** As recorded, whatever came back since. */
  readonly amountCents: number;
  /** The partner's share, as recorded. */
  readonly shareCents: number;
  /** Its own, and those of its reissues. */
  readonly orderNumbers: readonly string[];
  /** Only what is paid counts as there: not what was reversed or is with the bank. */
  readonly status: 'paid' | 'returned' | 'reversed';
  readonly recoveredCents: number;
  /** Its place in the log. */
  readonly position: number;
}

/** The ledger at one moment. */
export interface LedgerSide {
  readonly atPosition: number;
  readonly payments: readonly LedgerPayment[];
}

export interface ReconciliationTerms {
  readonly today: Day;
  isFunder(funderId: string): boolean;
  isScheme(schemeId: string): boolean;
  /** The same for the whole of one command. */
  ledgerFor(scope: Scope): LedgerSide;
}
