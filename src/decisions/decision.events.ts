/** What happens to a decision of several authorities: opened, and each authority's délibération on it, until all concur. */

import type { Day } from '#libs/calendar/day';
import type { Concern } from './concern.events.js';

export interface DecisionOpened {
  readonly type: 'DecisionOpened.v1';
  readonly data: {
    readonly decisionId: string;
    readonly title: string;
    /** The authorities whose délibérations it takes. */
    readonly expected: readonly string[];
    readonly concerns: readonly Concern[];
    /** What every authority is to adopt; absent where the decision has no amount. */
    readonly amountCents?: number;
  };
}

export type DeliberationOutcome = 'adopted' | 'rejected' | 'adjourned';

export interface DeliberationRecorded {
  readonly type: 'DeliberationRecorded.v1';
  readonly data: {
    readonly decisionId: string;
    readonly funderId: string;
    /** As the authority numbers it; unique within the decision. */
    readonly reference: string;
    readonly takenOn: Day;
    readonly outcome: DeliberationOutcome;
    readonly amountCents?: number;
    /** In the register of documents. */
    readonly documentId?: string;
  };
}

export interface DeliberationWithdrawn {
  readonly type: 'DeliberationWithdrawn.v1';
  readonly data: {
    readonly decisionId: string;
    readonly funderId: string;
    readonly reference: string;
    readonly withdrawnOn: Day;
    readonly reason: string;
  };
}

export type DecisionEvent = DecisionOpened | DeliberationRecorded | DeliberationWithdrawn;
