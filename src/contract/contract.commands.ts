/** What may be asked of a framework contract. */

import type { Day } from '#libs/calendar/day';
import type { Axis, Party, SplitBy, SubContractKind } from './contract.events.js';

export interface SignContract {
  readonly type: 'SignContract';
  readonly contractId: string;
  readonly name: string;
  readonly signedOn: Day;
  readonly period: { readonly from: Day; readonly to: Day };
  readonly parties: readonly Party[];
  readonly axes: readonly Axis[];
  readonly act: string;
}

export interface AmendContract {
  readonly type: 'AmendContract';
  readonly contractId: string;
  readonly amendmentId: string;
  readonly amendedOn: Day;
  readonly period: { readonly from: Day; readonly to: Day };
  readonly parties: readonly Party[];
  readonly axes: readonly Axis[];
  readonly act: string;
}

export interface DenounceContract {
  readonly type: 'DenounceContract';
  readonly contractId: string;
  readonly denouncedBy: string;
  readonly denouncedOn: Day;
  /** The last day on which an agreement under the contract may be signed. */
  readonly effectiveOn: Day;
  readonly act: string;
  readonly reason: string;
}

export interface ConcludeSubContract {
  readonly type: 'ConcludeSubContract';
  readonly contractId: string;
  readonly subContractId: string;
  readonly kind: SubContractKind;
  readonly name: string;
  readonly axisId: string;
  readonly signedOn: Day;
  readonly period: { readonly from: Day; readonly to: Day };
  readonly amountCents: number;
  readonly act: string;
}

export interface AttachScheme {
  readonly type: 'AttachScheme';
  readonly contractId: string;
  readonly schemeId: string;
  readonly axisId: string;
  readonly subContractId?: string;
  readonly splitBy: SplitBy;
  readonly attachedOn: Day;
  readonly act: string;
}

export interface DetachScheme {
  readonly type: 'DetachScheme';
  readonly contractId: string;
  readonly schemeId: string;
  /** The first day on which it counts no longer. */
  readonly detachedOn: Day;
  readonly reason: string;
  readonly act: string;
}

export interface NoteCperPart {
  readonly type: 'NoteCperPart';
  readonly contractId: string;
  readonly grantId: string;
  /** 0 takes back what was noted. */
  readonly cperCents: number;
  readonly notedOn: Day;
  readonly act: string;
}

export type ContractCommand =
  SignContract | AmendContract | DenounceContract | ConcludeSubContract | AttachScheme | DetachScheme | NoteCperPart;
