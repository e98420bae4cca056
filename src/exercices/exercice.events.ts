/** What happens to an exercice: its closing is proposed, countersigned and done; by two people it is reopened (R23). */

import type { Day } from '#libs/calendar/day';

/** One funder's totals in one scheme and exercice, in cents, as the first closings stored them. */
export interface ClosingTotals {
  readonly schemeId: string;
  readonly funderId: string;
  readonly shareDueCents: number;
  readonly disbursedCents: number;
  readonly recoveredCents: number;
  readonly contributedCents: number;
  readonly receivedCents: number;
  readonly positionCents: number;
}

/** The same with what was granted and called. */
export interface ExerciceTotals extends ClosingTotals {
  readonly grantedShareCents: number;
  readonly calledCents: number;
}

/** What opens the next year: a funder's position in a scheme, summed over this exercice and all before it. */
export interface CarriedOver {
  readonly schemeId: string;
  readonly funderId: string;
  readonly positionCents: number;
}

/** The tree head (RFC 6962) over the canonical bytes of the log's events up to a position. */
export interface Seal {
  /** Events. */
  readonly treeSize: number;
  /** SHA-256, 64 hexadecimal digits in lower case. */
  readonly rootHash: string;
}

/** Who acted, and for which funder. */
export interface Signatory {
  readonly funderId: string;
  /** Stable pseudonym, `funder/name`. */
  readonly actor: string;
}

/** A bank return that is still to be paid, set aside with a reason. */
export interface SetAside {
  readonly paymentId: string;
  readonly grantId: string;
  readonly schemeId: string;
  readonly amountCents: number;
  readonly reason: string;
}

export interface ClosingFacts {
  readonly exercice: number;
  /** 1 for the first closing, 2 after a reopening. */
  readonly ordinal: number;
  readonly closedOn: Day;
  readonly totals: readonly ExerciceTotals[];
  readonly carriedOver: readonly CarriedOver[];
  /** The position in the log that all this stands on, as text. */
  readonly atPosition: string;
  readonly seal: Seal;
  /** The funders that must countersign; the proposer's own when no other has a balance. */
  readonly expected: readonly string[];
  readonly proposedBy: Signatory;
  readonly setAside: readonly SetAside[];
}

/** From here on the exercice takes nothing: a closing that is announced misses nothing another server had on its way. */
export interface ExerciceClosingProposed {
  readonly type: 'ExerciceClosingProposed.v1';
  readonly data: ClosingFacts;
}

export interface ExerciceClosingCountersigned {
  readonly type: 'ExerciceClosingCountersigned.v1';
  readonly data: {
    readonly exercice: number;
    readonly ordinal: number;
    /** Which proposal is signed: its position and root hash. */
    readonly atPosition: string;
    readonly rootHash: string;
    readonly countersignedBy: Signatory;
  };
}

/** The exercice takes entries again. */
export interface ExerciceClosingRefused {
  readonly type: 'ExerciceClosingRefused.v1';
  readonly data: {
    readonly exercice: number;
    readonly ordinal: number;
    readonly refusedBy: Signatory;
    readonly reason: string;
  };
}

/** Likewise, by its proposer. */
export interface ExerciceClosingWithdrawn {
  readonly type: 'ExerciceClosingWithdrawn.v1';
  readonly data: {
    readonly exercice: number;
    readonly ordinal: number;
    readonly withdrawnBy: Signatory;
    readonly reason: string;
  };
}

/** A closing by one person, as it was done before closings were countersigned; read for ever, written no more. */
export interface ExerciceClosedAlone {
  readonly type: 'ExerciceClosed.v1';
  readonly data: {
    readonly exercice: number;
    readonly closedOn: Day;
    readonly totals: readonly ClosingTotals[];
    /** The position in the log that the totals stand on, as text. */
    readonly atPosition: string;
  };
}

export interface ExerciceClosed {
  readonly type: 'ExerciceClosed.v2';
  readonly data: ClosingFacts & {
    /** In the order in which they were given. */
    readonly signatures: readonly Signatory[];
  };
}

export interface ExerciceReopeningProposed {
  readonly type: 'ExerciceReopeningProposed.v1';
  readonly data: {
    readonly exercice: number;
    /** Of the closing that is to be reopened. */
    readonly ordinal: number;
    readonly reason: string;
    readonly proposedBy: Signatory;
  };
}

export interface ExerciceReopeningRefused {
  readonly type: 'ExerciceReopeningRefused.v1';
  readonly data: {
    readonly exercice: number;
    readonly ordinal: number;
    readonly refusedBy: Signatory;
    readonly reason: string;
  };
}

export interface ExerciceReopened {
  readonly type: 'ExerciceReopened.v1';
  readonly data: ExerciceReopeningProposed['data'] & {
    readonly countersignedBy: Signatory;
  };
}

export type ExerciceEvent =
  | ExerciceClosingProposed
  | ExerciceClosingCountersigned
  | ExerciceClosingRefused
  | ExerciceClosingWithdrawn
  | ExerciceClosedAlone
  | ExerciceClosed
  | ExerciceReopeningProposed
  | ExerciceReopeningRefused
  | ExerciceReopened;
