/** What happens to a framework contract: signed, amended, denounced; what is attached to its axes; what the CPER counts too. */

import type { Day } from '#libs/calendar/day';
import type { Share } from '../grants/grant.events.js';

/** One of the contract's parties and what it contributes over the whole period. */
export interface Party {
  readonly funderId: string;
  readonly contributionCents: number;
  /** The département it governs, as in INSEE codes (`27`); absent for who governs none. */
  readonly departement?: string;
}

export interface Axis {
  readonly axisId: string;
  readonly name: string;
  readonly budgetCents: number;
}

/** What the parties agreed; an amendment states it whole. */
export interface ContractTerms {
  readonly period: { readonly from: Day; readonly to: Day };
  readonly parties: readonly Party[];
  readonly axes: readonly Axis[];
  /** The sum of the contributions: the hard limit. */
  readonly envelopeCents: number;
  /** The sum of the axes less the envelope, positive or negative: each axis is rounded, the gap is a line of its own. */
  readonly axesGapCents: number;
}

export interface ContractSigned {
  readonly type: 'ContractSigned.v1';
  readonly data: ContractTerms & {
    readonly contractId: string;
    readonly name: string;
    readonly signedOn: Day;
    /** The reference of the act. */
    readonly act: string;
  };
}

export interface ContractAmended {
  readonly type: 'ContractAmended.v1';
  readonly data: ContractTerms & {
    readonly contractId: string;
    readonly amendmentId: string;
    readonly amendedOn: Day;
    readonly act: string;
  };
}

export interface ContractDenounced {
  readonly type: 'ContractDenounced.v1';
  readonly data: {
    readonly contractId: string;
    /** The party that ends it. */
    readonly denouncedBy: string;
    readonly denouncedOn: Day;
    /** The last day on which an agreement under the contract may be signed. */
    readonly effectiveOn: Day;
    readonly act: string;
    readonly reason: string;
  };
}

/** A contract under the contract: with a pays or an agglomération, within one axis. */
export interface SubContractConcluded {
  readonly type: 'SubContractConcluded.v1';
  readonly data: {
    readonly contractId: string;
    readonly subContractId: string;
    readonly kind: SubContractKind;
    readonly name: string;
    readonly axisId: string;
    readonly signedOn: Day;
    readonly period: { readonly from: Day; readonly to: Day };
    readonly amountCents: number;
    readonly act: string;
  };
}

/** Split as the contributions are, or by a key of the scheme's own. */
export type SplitBy = 'contract-key' | 'own-key';

export type SubContractKind = 'pays' | 'agglomeration';

/** A scheme counts in an axis from now on, whole: what it granted and paid before included. */
export interface SchemeAttached {
  readonly type: 'SchemeAttached.v1';
  readonly data: {
    readonly contractId: string;
    readonly schemeId: string;
    readonly axisId: string;
    readonly subContractId?: string;
    readonly splitBy: SplitBy;
    /** The version of the scheme's key that was in force on that day. */
    readonly keyVersion: number;
    readonly attachedOn: Day;
    readonly act: string;
  };
}

export interface SchemeDetached {
  readonly type: 'SchemeDetached.v1';
  readonly data: {
    readonly contractId: string;
    readonly schemeId: string;
    readonly detachedOn: Day;
    readonly reason: string;
    readonly act: string;
  };
}

/** The part of a grant that the State–Région contract (CPER) counts; it replaces what was noted before. */
export interface CperPartNoted {
  readonly type: 'CperPartNoted.v1';
  readonly data: {
    readonly contractId: string;
    readonly schemeId: string;
    readonly grantId: string;
    /** The exercice in which the grant was awarded. */
    readonly exercice: number;
    /** 0: no part of it any more. */
    readonly cperCents: number;
    /** The part, split in proportion to what each funder plans to bear of the grant. */
    readonly shares: readonly Share[];
    readonly notedOn: Day;
    readonly act: string;
  };
}

export type ContractEvent =
  | ContractSigned
  | ContractAmended
  | ContractDenounced
  | SubContractConcluded
  | SchemeAttached
  | SchemeDetached
  | CperPartNoted;
