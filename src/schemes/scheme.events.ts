/** What happens to a scheme: opened with its split key, keys agreed later, ceilings set, scales (barèmes) agreed, closed. */

import type { Day } from '#libs/calendar/day';

export type BeneficiaryKind = 'enterprise' | 'association' | 'public-body';

/** One funder's part of a split key: a positive integer weight (R8). */
export interface KeyPart {
  readonly funderId: string;
  readonly weight: number;
}

/** Whom a new key concerns: grants of agreements signed from its date on, or every payment from its date on. */
export type KeyScope = 'new-grants' | 'all-payments';

export type CeilingMode = 'block' | 'warn';

export interface SchemeOpened {
  readonly type: 'SchemeOpened.v1';
  readonly data: {
    readonly schemeId: string;
    readonly name: string;
    readonly beneficiaryKind: BeneficiaryKind;
    /** The funder that pays unless a payment says otherwise. */
    readonly payer: string;
    /** Version 1 of the key. */
    readonly splitKey: readonly KeyPart[];
    /** Who comes first when net shares are level (R9). */
    readonly tieOrder: readonly string[];
    readonly openedOn: Day;
    readonly axisId?: string;
    /** A payment above it needs a second person (R28). */
    readonly approvalThresholdCents?: number;
    /** Days after the agreement's period in which a payment is still taken (R16). */
    readonly graceDays: number;
  };
}

export interface SplitKeyAgreed {
  readonly type: 'SplitKeyAgreed.v1';
  readonly data: {
    readonly schemeId: string;
    /** 2, 3, … */
    readonly version: number;
    readonly splitKey: readonly KeyPart[];
    /** The scheme's order, followed by the funders that this key brings in. */
    readonly tieOrder: readonly string[];
    readonly effectiveFrom: Day;
    readonly appliesTo: KeyScope;
    readonly act: string;
  };
}

export interface CeilingSet {
  readonly type: 'CeilingSet.v1';
  readonly data: {
    readonly schemeId: string;
    readonly exercice: number;
    readonly amountCents: number;
    readonly mode: CeilingMode;
    readonly act: string;
  };
}

export interface SchemeClosed {
  readonly type: 'SchemeClosed.v1';
  readonly data: {
    readonly schemeId: string;
    /** The last day on which a payment may be dated. */
    readonly closedOn: Day;
    readonly reason: string;
  };
}

/** What a scale grants: an amount, or a rate in thousandths (750 for 75 %). */
export type ScaleLine =
  | { readonly label: string; readonly amountCents: number }
  | { readonly label: string; readonly rateThousandths: number };

/** The scale (barème) of a scheme from a day on: it states every line, and replaces the version before. */
export interface ScaleAgreed {
  readonly type: 'ScaleAgreed.v1';
  readonly data: {
    readonly schemeId: string;
    /** 1, 2, … */
    readonly version: number;
    readonly act: string;
    readonly effectiveFrom: Day;
    readonly label: string;
    readonly lines: readonly ScaleLine[];
  };
}

export type SchemeEvent = SchemeOpened | SplitKeyAgreed | CeilingSet | SchemeClosed | ScaleAgreed;
