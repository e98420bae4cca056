/** What happens to a referral, the question “est-ce à voir en 276 ?” about a grant or an operation: answered, answered anew. */

import type { Day } from '#libs/calendar/day';

/** What the question is about: a grant of this ledger, or an operation that is none yet. */
export type ReferralSubject =
  | { readonly kind: 'grant'; readonly grantId: string }
  | { readonly kind: 'operation'; readonly name: string; readonly schemeId?: string };

export type SeenIn276 = 'yes' | 'no';

export interface ReferralAnswered {
  readonly type: 'ReferralAnswered.v1';
  readonly data: {
    readonly referralId: string;
    readonly subject: ReferralSubject;
    readonly seenIn276: SeenIn276;
    readonly reason: string;
    /** The funder that instructs the file. */
    readonly instructedBy: string;
    readonly answeredOn: Day;
    /** The funder for which it was answered; absent for the operator of the machine. Who answered is the event's actor. */
    readonly answeredFor?: string;
  };
}

/** The answer given before no longer stands; it stays in history (R4). */
export interface ReferralRevised {
  readonly type: 'ReferralRevised.v1';
  readonly data: {
    readonly referralId: string;
    readonly revisionId: string;
    readonly seenIn276: SeenIn276;
    readonly reason: string;
    readonly revisedOn: Day;
    readonly revisedFor?: string;
  };
}

export type ReferralEvent = ReferralAnswered | ReferralRevised;
