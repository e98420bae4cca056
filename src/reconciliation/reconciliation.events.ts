/** What happens to a reconciliation: a partner's list is taken, compared with the ledger, matched by hand, signed off. */

import type { Day } from '#libs/calendar/day';

/** One line of a partner's list that can be compared. */
export interface PartnerLine {
  /** Where it begins in the file; the header is usually 1. */
  readonly line: number;
  /** As the partner writes it: an order number, a payment id, a slip, or several joined by `+`. */
  readonly reference: string;
  readonly on: Day;
  readonly amountCents: number;
  /** The partner's own share of it; may be 0 (R6). */
  readonly shareCents: number;
}

/** A line that cannot be compared, and why. Its cells stay out of the log: nobody knows what they hold (R5). */
export interface BadLine {
  readonly line: number;
  readonly errors: readonly BadCell[];
}

export interface BadCell {
  /** Absent when it is the whole line. */
  readonly column?: string;
  readonly code: string;
}

/** An amount and the partner's share of it. */
export interface Sums {
  readonly amountCents: number;
  readonly shareCents: number;
}

/** Lines of the list that stand for payments of the ledger, with what both came to when they were matched. */
export interface Match {
  readonly matchId: string;
  /** In ascending order. */
  readonly lines: readonly number[];
  /** Their ids, in alphabetical order. */
  readonly payments: readonly string[];
  readonly listed: Sums;
  readonly recorded: Sums;
}

export const outcomes = ['matched', 'different-amount', 'missing-here', 'missing-there', 'bad'] as const;

/** missing-here: on the list and not in the ledger. missing-there: in the ledger and not on the list. */
export type Outcome = (typeof outcomes)[number];

/** What lines and payments of one outcome add up to. */
export interface OutcomeTotal {
  readonly outcome: Outcome;
  readonly lineCount: number;
  readonly paymentCount: number;
  readonly listed: Sums;
  readonly recorded: Sums;
}

export interface ReconciliationOpened {
  readonly type: 'ReconciliationOpened.v1';
  readonly data: {
    readonly reconciliationId: string;
    /** The partner whose list it is. */
    readonly funderId: string;
    readonly exercice: number;
    /** Every scheme when absent. */
    readonly schemeId?: string;
    readonly receivedOn: Day;
    readonly list: {
      readonly name?: string;
      /** Of the file's bytes, in hexadecimal. */
      readonly sha256: string;
      readonly lineCount: number;
      /** Of these, how many cannot be compared. */
      readonly badLineCount: number;
    };
    /** The position of the log when the list was taken, as text. */
    readonly atPosition: string;
  };
}

/** The lines in the order of the file, some at a time: a store takes only so much at once. */
export interface PartnerLinesTaken {
  readonly type: 'PartnerLinesTaken.v1';
  readonly data: {
    readonly reconciliationId: string;
    readonly lines: readonly PartnerLine[];
    readonly badLines: readonly BadLine[];
  };
}

/** What a comparison matched by references, some at a time. */
export interface LinesMatched {
  readonly type: 'LinesMatched.v1';
  readonly data: {
    readonly reconciliationId: string;
    readonly comparisonId: string;
    readonly atPosition: string;
    readonly matches: readonly Match[];
  };
}

/** A comparison is done: what the list and the ledger came to at a position of the log. */
export interface LedgerCompared {
  readonly type: 'LedgerCompared.v1';
  readonly data: {
    readonly reconciliationId: string;
    /** `opening` for the first one. */
    readonly comparisonId: string;
    readonly atPosition: string;
    readonly totals: readonly OutcomeTotal[];
  };
}

/** A controller says that lines stand for payments. */
export interface MatchMade {
  readonly type: 'MatchMade.v1';
  readonly data: Match & { readonly reconciliationId: string; readonly reason: string };
}

export interface MatchUndone {
  readonly type: 'MatchUndone.v1';
  readonly data: Match & { readonly reconciliationId: string; readonly reason: string };
}

export interface ReconciliationClosed {
  readonly type: 'ReconciliationClosed.v1';
  readonly data: {
    readonly reconciliationId: string;
    readonly closedOn: Day;
    /** The position of the log that the differences stand on, as text. */
    readonly atPosition: string;
    readonly totals: readonly OutcomeTotal[];
    readonly remaining: {
      readonly bad: readonly number[];
      readonly missingHere: readonly number[];
      /** Payments. */
      readonly missingThere: readonly string[];
      /** Matches, with what the list has more than the ledger; negative where it has less. */
      readonly differentAmount: readonly ({ readonly matchId: string } & Sums)[];
    };
    /** Why it is signed off all the same; always there when something remains. */
    readonly reason?: string;
  };
}

export type ReconciliationEvent =
  | ReconciliationOpened
  | PartnerLinesTaken
  | LinesMatched
  | LedgerCompared
  | MatchMade
  | MatchUndone
  | ReconciliationClosed;
