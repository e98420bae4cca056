/** What may be asked of a grant, in parsed form: cents, days, and who asks. */

import type { Day } from '#libs/calendar/day';
import type { Beneficiary, Instalment, OverridingRole, Period } from './grant.events.js';

/** Who asks: the actor's stable pseudonym and the role, if any, in which it may override a ceiling (R19). */
export interface By {
  readonly actor: string;
  readonly overridesAs: OverridingRole | undefined;
}

export interface AwardGrant {
  readonly type: 'AwardGrant';
  readonly grantId: string;
  readonly schemeId: string;
  readonly amountCents: number;
  readonly beneficiary: Beneficiary;
  readonly agreement: { readonly number: string; readonly signedOn: Day };
  readonly period: Period;
  readonly instructedBy: string;
  readonly postId?: string;
  readonly overrideReason?: string;
}

export interface AmendGrant {
  readonly type: 'AmendGrant';
  readonly grantId: string;
  readonly amendmentId: string;
  readonly amountCents?: number;
  readonly period?: Period;
  readonly act: string;
  /** Why an overlap that the new period brings is no double (R27). */
  readonly overrideReason?: string;
}

export interface TransferInstruction {
  readonly type: 'TransferInstruction';
  readonly grantId: string;
  readonly transferId: string;
  readonly to: string;
  readonly transferredOn: Day;
  readonly reason: string;
}

/** Suspends, resumes, cancels or closes. */
export interface ChangeGrantStatus {
  readonly type: 'SuspendGrant' | 'ResumeGrant' | 'CancelGrant' | 'CloseGrant';
  readonly grantId: string;
  readonly on: Day;
  readonly reason: string;
}

export interface RecordPayment {
  readonly type: 'RecordPayment';
  readonly grantId: string;
  readonly paymentId: string;
  readonly amountCents: number;
  readonly paidOn: Day;
  /** The scheme's payer when absent. */
  readonly paidBy?: string;
  readonly instalment: Instalment;
  readonly orderNumber?: string;
  /** The year of `paidOn` when absent; required in January (R16). */
  readonly exercice?: number;
  readonly overrideReason?: string;
  readonly by: By;
}

export interface DecideProposal {
  readonly type: 'DecideProposal';
  readonly grantId: string;
  readonly paymentId: string;
  readonly decision: 'approve' | 'refuse';
  readonly reason?: string;
  readonly by: By;
}

export interface ReversePayment {
  readonly type: 'ReversePayment';
  readonly grantId: string;
  readonly paymentId: string;
  readonly reversedOn: Day;
  readonly reason: string;
}

export interface RecordRecovery {
  readonly type: 'RecordRecovery';
  readonly grantId: string;
  readonly paymentId: string;
  readonly recoveryId: string;
  readonly amountCents: number;
  readonly recoveredOn: Day;
  /** The funder that paid when absent. */
  readonly recoveredBy?: string;
  readonly reason: string;
}

export interface RecordBankReturn {
  readonly type: 'RecordBankReturn';
  readonly grantId: string;
  readonly paymentId: string;
  readonly returnedOn: Day;
  readonly reason: string;
}

export interface ReissuePayment {
  readonly type: 'ReissuePayment';
  readonly grantId: string;
  readonly paymentId: string;
  readonly reissuedOn: Day;
  readonly orderNumber?: string;
}

export type GrantCommand =
  | AwardGrant
  | AmendGrant
  | TransferInstruction
  | ChangeGrantStatus
  | RecordPayment
  | DecideProposal
  | ReversePayment
  | RecordRecovery
  | RecordBankReturn
  | ReissuePayment;
