/** What a decision on a grant uses from elsewhere, read at the moment of deciding; what it used goes into the event. */

import type { Day } from '#libs/calendar/day';
import type { MetLimit } from '../ceilings/ceiling.state.js';
import type { Scheme } from '../schemes/scheme.state.js';
import type { Period } from './grant.events.js';

export interface PaymentElsewhere {
  readonly paymentId: string;
  readonly grantId: string;
  readonly paidBy: string;
  readonly paidOn: Day;
}

export interface GrantTerms {
  readonly today: Day;
  scheme(schemeId: string): Scheme;
  /** Nothing goes into it: it is closed, or its closing is proposed. */
  isExerciceClosed(exercice: number): boolean;
  /** Of these: its closing is proposed, and it may come back. */
  isExerciceClosing(exercice: number): boolean;
  /** What a funder has borne so far under a version of the scheme's key, net of what came back (R9). */
  netShareCents(schemeId: string, keyVersion: number, funderId: string): number;
  /** What was paid in a scheme and exercice so far, net of what came back (R19). */
  netPaidCents(schemeId: string, exercice: number): number;
  /** The ceilings beside the scheme's own that a payment counts in, with what is taken from each so far (R19). */
  limits(schemeId: string, exercice: number): readonly MetLimit[];
  /** The denunciation of the framework contract that a scheme is attached to, if any. */
  denunciation(schemeId: string): { readonly contractId: string; readonly effectiveOn: Day } | undefined;
  /** What a grant's framework contract leaves to the State–Région contract (CPER); 0 where nothing is noted. */
  cperCents(grantId: string, schemeId: string): number;
  /** The grant that already has a payment of this id, if any (R3). */
  grantOfPayment(paymentId: string): string | undefined;
  /** The payment that an order number of a payer and exercice already carries, if any (R18). */
  paymentOfOrder(payer: string, exercice: number, orderNumber: string): PaymentElsewhere | undefined;
  /** A standing payment of the same beneficiary, scheme and amount paid within 30 days, if any (R18). */
  similarPayment(
    beneficiaryId: string,
    schemeId: string,
    amountCents: number,
    paidOn: Day,
  ): PaymentElsewhere | undefined;
  /** Another open grant of one of these identifiers, in the scheme, whose period overlaps, if any (R27). */
  overlappingGrant(
    grantId: string,
    beneficiaryIds: readonly string[],
    schemeId: string,
    period: Period,
  ): { readonly grantId: string; readonly instructedBy: string } | undefined;
}
