/** What happens between the funders of a scheme: one calls funds by a statement of payments, the others contribute (R21, R22). */

import type { Day } from '#libs/calendar/day';
import type { Share } from '../grants/grant.events.js';

export type CallLineKind = 'payment' | 'reversal' | 'recovery' | 'bank-return' | 'reissue';

/** What one event of a payment brings to a funding call. */
export interface CallLine {
  /** The same in every copy of the log: `P-1`, `P-1/reversal`, `P-1/recovery/R-1`, `P-1/return/2010-05-02`. */
  readonly lineId: string;
  readonly paymentId: string;
  readonly grantId: string;
  readonly kind: CallLineKind;
  readonly on: Day;
  /** Always positive (R1). */
  readonly amountCents: number;
  /** −1 when the amount came back and its shares are given back. */
  readonly sign: 1 | -1;
  /** As the event holds them, never divided again (R7). */
  readonly shares: readonly Share[];
}

/** As calls were stored before they took what earlier exercices had left; still read (R4). */
export interface FundingCallIssuedV1 {
  readonly type: 'FundingCallIssued.v1';
  readonly data: {
    readonly callId: string;
    readonly schemeId: string;
    readonly exercice: number;
    readonly payer: string;
    /** 1, 2, … per payer and exercice within the scheme. */
    readonly number: number;
    readonly issuedOn: Day;
    readonly lines: readonly CallLine[];
    /** What each other funder is asked for: its part of the lines less its credit; only those that are asked for something. */
    readonly called: readonly Share[];
    /** What the lines of earlier calls had given back to a funder beyond what they asked of it: taken off this call. */
    readonly broughtForward: readonly Share[];
    /** The same after this call: it will be taken off the next one (R21). */
    readonly carriedForward: readonly Share[];
  };
}

/** Where something of an earlier exercice, closed by now, comes from (R23); absent for what is the call's own. */
interface Origin {
  readonly originExercice?: number;
}

export type CalledLine = CallLine & Origin;

/** A credit left by the payer's last call of that exercice, taken whole. */
export type Credit = Share & Origin;

/** As v1; lines and credits of closed exercices come into the next open one's call with their year of origin. */
export interface FundingCallIssued {
  readonly type: 'FundingCallIssued.v2';
  readonly data: Omit<FundingCallIssuedV1['data'], 'lines' | 'broughtForward'> & {
    readonly lines: readonly CalledLine[];
    readonly broughtForward: readonly Credit[];
  };
}

/** The facts of a contribution, as a controller states them. */
export interface ContributionFacts {
  readonly contributionId: string;
  readonly schemeId: string;
  /** The exercice it counts in. */
  readonly exercice: number;
  readonly from: string;
  readonly to: string;
  readonly amountCents: number;
  readonly paidOn: Day;
  /** The call it answers; absent for a provision (R22). */
  readonly callId?: string;
  readonly reference?: string;
}

export interface ContributionRecorded {
  readonly type: 'ContributionRecorded.v1';
  readonly data: ContributionFacts & {
    /** The call's own exercice, closed by now (R23). */
    readonly originExercice?: number;
  };
}

export interface ContributionReversed {
  readonly type: 'ContributionReversed.v1';
  readonly data: {
    readonly contributionId: string;
    readonly schemeId: string;
    /** The exercice it counts in. */
    readonly exercice: number;
    /** The contribution's own exercice, closed by now (R23). */
    readonly originExercice?: number;
    readonly from: string;
    readonly to: string;
    readonly amountCents: number;
    readonly callId?: string;
    readonly reversedOn: Day;
    readonly reason: string;
  };
}

export type SettlementEvent = FundingCallIssuedV1 | FundingCallIssued | ContributionRecorded | ContributionReversed;
