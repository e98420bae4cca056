/** What happens to a ceiling on an axis, a contract or a funder: an act sets it, sets it anew, lifts it (R19). */

export type BudgetMode = 'block' | 'warn';

/** What the schemes attached to a contract, or to one of its axes, pay. */
export type ContractScope =
  | { readonly kind: 'axis'; readonly contractId: string; readonly axisId: string }
  | { readonly kind: 'contract'; readonly contractId: string };

/** Whose spending is held within the ceiling. */
export type BudgetScope =
  | ContractScope
  /** The funder's own share, in all schemes. */
  | { readonly kind: 'funder'; readonly funderId: string }
  | { readonly kind: 'funder-scheme'; readonly funderId: string; readonly schemeId: string };

export interface BudgetSet {
  readonly type: 'BudgetSet.v1';
  readonly data: {
    readonly ceilingId: string;
    readonly scope: BudgetScope;
    /** Null: over all years together. */
    readonly exercice: number | null;
    readonly amountCents: number;
    readonly mode: BudgetMode;
    readonly act: string;
  };
}

export interface BudgetLifted {
  readonly type: 'BudgetLifted.v1';
  readonly data: {
    readonly ceilingId: string;
    readonly act: string;
    readonly reason: string;
  };
}

export type CeilingEvent = BudgetSet | BudgetLifted;
