/** What happens to a grant and its payments. Everything a reader needs is in the event: nothing is divided again (R7). */

import type { Day } from '#libs/calendar/day';
import type { BudgetScope } from '../ceilings/ceiling.events.js';

export interface Share {
  readonly funderId: string;
  readonly amountCents: number;
}

export interface Beneficiary {
  readonly name: string;
  readonly siret?: string;
  readonly rna?: string;
  readonly commune?: string;
}

export interface Period {
  readonly from: Day;
  readonly to: Day;
}

export type Instalment = 'advance' | 'interim' | 'balance';

/** A warning that a stated reason let through. */
/** Of whoever lets a payment pass a ceiling that blocks: with its reason the event says in which role (R19). */
export type OverridingRole = 'controller' | 'admin';

export type PaymentWarning =
  | {
      readonly code: 'POSSIBLE_DOUBLE';
      readonly paymentId: string;
      readonly grantId: string;
      readonly recordedBy: string;
    }
  /** The ceiling of the payment's scheme and exercice. */
  | {
      readonly code: 'CEILING_EXCEEDED';
      /** Not said of payments recorded before it was kept. */
      readonly mode?: 'block' | 'warn';
      readonly ceilingCents: number;
      readonly overByCents: number;
      readonly overriddenAs?: OverridingRole;
    }
  /** A ceiling on an axis, a contract or a funder, or the envelope of a contract. */
  | {
      readonly code: 'BUDGET_EXCEEDED';
      readonly ceilingId: string;
      readonly scope: BudgetScope;
      /** Null: over all years together. */
      readonly exercice: number | null;
      /** What it does when it is passed: what blocks was overridden, with the payment's reason. */
      readonly mode: 'block' | 'warn';
      readonly ceilingCents: number;
      readonly overByCents: number;
      readonly overriddenAs?: OverridingRole;
    };

export interface GrantAwarded {
  readonly type: 'GrantAwarded.v1';
  readonly data: {
    readonly grantId: string;
    readonly schemeId: string;
    readonly amountCents: number;
    readonly beneficiary: Beneficiary;
    readonly agreement: { readonly number: string; readonly signedOn: Day };
    readonly period: Period;
    /** The funder that handles the file: exactly one at a time (R27). */
    readonly instructedBy: string;
    /** Pseudonym of the post, never a person (R5). */
    readonly postId?: string;
    /** The year the agreement was signed. */
    readonly exercice: number;
    /** The split key of the grant, which its payments follow unless a later key is for all payments. */
    readonly keyVersion: number;
    /** What each funder is expected to bear of the whole grant; the payments decide the cents. */
    readonly plannedShares: readonly Share[];
    readonly overlap?: { readonly grantId: string; readonly instructedBy: string };
    readonly overrideReason?: string;
  };
}

export interface GrantAmended {
  readonly type: 'GrantAmended.v1';
  readonly data: {
    readonly amendmentId: string;
    readonly grantId: string;
    readonly schemeId: string;
    readonly exercice: number;
    /** The day it was recorded. */
    readonly amendedOn: Day;
    /** After the amendment. */
    readonly amountCents: number;
    readonly period: Period;
    readonly act: string;
    /** What was asked: absent means unchanged. */
    readonly asked: { readonly amountCents?: number; readonly period?: Period };
    /** Another open grant of the beneficiary that the new period meets, and why it is no double (R27). */
    readonly overlap?: { readonly grantId: string; readonly instructedBy: string };
    readonly overrideReason?: string;
    readonly plannedShares: readonly Share[];
    /** By how much each funder's planned share changes; may be negative. */
    readonly plannedShareChanges: readonly Share[];
  };
}

export interface InstructionTransferred {
  readonly type: 'InstructionTransferred.v1';
  readonly data: {
    readonly transferId: string;
    readonly grantId: string;
    readonly from: string;
    readonly to: string;
    readonly transferredOn: Day;
    readonly reason: string;
  };
}

interface GrantStatusChange {
  readonly grantId: string;
  readonly on: Day;
  readonly reason: string;
}

export interface GrantSuspended {
  readonly type: 'GrantSuspended.v1';
  readonly data: GrantStatusChange;
}

export interface GrantResumed {
  readonly type: 'GrantResumed.v1';
  readonly data: GrantStatusChange;
}

export interface GrantCancelled {
  readonly type: 'GrantCancelled.v1';
  readonly data: GrantStatusChange;
}

export interface GrantClosed {
  readonly type: 'GrantClosed.v1';
  readonly data: GrantStatusChange;
}

/** The facts of a payment, as an officer states them; the payer and the exercice made explicit. */
export interface PaymentFacts {
  readonly paymentId: string;
  readonly amountCents: number;
  readonly paidOn: Day;
  /** The funder that pays the beneficiary in full. */
  readonly paidBy: string;
  readonly instalment: Instalment;
  readonly orderNumber?: string;
  readonly exercice: number;
  readonly overrideReason?: string;
}

export interface PaymentProposed {
  readonly type: 'PaymentProposed.v1';
  readonly data: PaymentFacts & {
    readonly proposalId: string;
    readonly grantId: string;
    readonly schemeId: string;
    /** The actor, who may not approve it (R28). */
    readonly proposedBy: string;
    /** Why a second person is needed: the scheme's threshold (R28) or a ceiling that blocks (R19). */
    readonly because: 'above-threshold' | 'over-ceiling';
    /** That threshold or ceiling. */
    readonly limitCents: number;
  };
}

/** Why whoever approves lets a warning through, or a ceiling that blocks; the payment recorded with it follows at once. */
export interface ApprovalReasonGiven {
  readonly type: 'ApprovalReasonGiven.v1';
  readonly data: {
    readonly proposalId: string;
    readonly grantId: string;
    readonly paymentId: string;
    readonly givenBy: string;
    readonly reason: string;
  };
}

export interface PaymentRefused {
  readonly type: 'PaymentRefused.v1';
  readonly data: {
    readonly proposalId: string;
    readonly grantId: string;
    readonly paymentId: string;
    readonly refusedBy: string;
    readonly reason: string;
  };
}

/** How the shares came about: enough to compute them again (R7). */
export interface SplitRecord {
  readonly keyVersion: number;
  /** 1: R9 and R10 of 2026. */
  readonly ruleVersion: 1;
  /** Who took extra cents first. */
  readonly order: readonly string[];
  /** Each funder's net share under this key before the payment, in the order of the shares. */
  readonly seenCents: readonly number[];
}

export interface PaymentRecorded {
  readonly type: 'PaymentRecorded.v1';
  readonly data: PaymentFacts & {
    readonly grantId: string;
    readonly schemeId: string;
    /** SIRET, or RNA where there is no SIRET. */
    readonly beneficiaryId: string;
    readonly shares: readonly Share[];
    readonly split: SplitRecord;
    readonly warnings?: readonly PaymentWarning[];
    readonly approval?: { readonly proposalId: string; readonly proposedBy: string; readonly approvedBy: string };
  };
}

/** What every event that takes from, or gives back to, a payment repeats of it. */
interface PaymentReference {
  readonly paymentId: string;
  readonly grantId: string;
  readonly schemeId: string;
  readonly keyVersion: number;
  /** The exercice that the event counts in. */
  readonly exercice: number;
  /** The payment's own exercice, when the event is too late for it. */
  readonly originExercice?: number;
}

export interface PaymentReversed {
  readonly type: 'PaymentReversed.v1';
  readonly data: PaymentReference & {
    readonly amountCents: number;
    readonly paidBy: string;
    readonly reversedOn: Day;
    readonly reason: string;
    /** Given back: exactly the payment's stored shares (R11). */
    readonly shares: readonly Share[];
  };
}

export interface RecoveryRecorded {
  readonly type: 'RecoveryRecorded.v1';
  readonly data: PaymentReference & {
    readonly recoveryId: string;
    readonly amountCents: number;
    /** The funder whose till received the cash. */
    readonly recoveredBy: string;
    readonly recoveredOn: Day;
    readonly reason: string;
    /** Given back, in proportion to what each funder still bore of the payment (R11). */
    readonly shares: readonly Share[];
    /** What each funder still bore before, in the order of the shares. */
    readonly seenCents: readonly number[];
  };
}

export interface PaymentReturned {
  readonly type: 'PaymentReturned.v1';
  readonly data: PaymentReference & {
    readonly amountCents: number;
    readonly paidBy: string;
    readonly returnedOn: Day;
    readonly reason: string;
    /** Withdrawn until the reissue (R25). */
    readonly shares: readonly Share[];
  };
}

export interface PaymentReissued {
  readonly type: 'PaymentReissued.v1';
  readonly data: PaymentReference & {
    readonly amountCents: number;
    readonly paidBy: string;
    readonly reissuedOn: Day;
    readonly orderNumber?: string;
    /** The same shares as before the bank return (R25). */
    readonly shares: readonly Share[];
  };
}

export type GrantEvent =
  | GrantAwarded
  | GrantAmended
  | InstructionTransferred
  | GrantSuspended
  | GrantResumed
  | GrantCancelled
  | GrantClosed
  | PaymentProposed
  | ApprovalReasonGiven
  | PaymentRefused
  | PaymentRecorded
  | PaymentReversed
  | RecoveryRecorded
  | PaymentReturned
  | PaymentReissued;
