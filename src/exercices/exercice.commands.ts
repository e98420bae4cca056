/** What may be asked of an exercice, and what a decision on it uses from elsewhere. */

import type { Day } from '#libs/calendar/day';
import type { CarriedOver, ExerciceTotals, Seal, SetAside } from './exercice.events.js';

/** Who asks: the operator of the machine works for no funder. */
export interface AskedFor {
  readonly actor: string;
  readonly funderId: string | null;
}

export interface ProposeClosing {
  readonly type: 'ProposeClosing';
  readonly exercice: number;
  readonly closedOn: Day;
  /** Why unposted bank returns are left aside. */
  readonly overrideReason?: string;
  readonly by: AskedFor;
}

export interface CountersignClosing {
  readonly type: 'CountersignClosing';
  readonly exercice: number;
  readonly decision: 'sign' | 'refuse';
  readonly reason?: string;
  /** The root hash of the proposal that was shown: no other is signed or refused. A condition, no part of the content. */
  readonly rootHash?: string;
  readonly by: AskedFor;
}

export interface WithdrawClosing {
  readonly type: 'WithdrawClosing';
  readonly exercice: number;
  readonly reason: string;
  readonly by: AskedFor;
}

export interface ProposeReopening {
  readonly type: 'ProposeReopening';
  readonly exercice: number;
  readonly reason: string;
  readonly by: AskedFor;
}

export interface CountersignReopening {
  readonly type: 'CountersignReopening';
  readonly exercice: number;
  readonly decision: 'sign' | 'refuse';
  readonly reason?: string;
  /** Of the proposal that was read. */
  readonly proposalReason?: string;
  readonly by: AskedFor;
}

export type ClosingCommand = ProposeClosing | CountersignClosing | WithdrawClosing;
export type ReopeningCommand = ProposeReopening | CountersignReopening;
export type ExerciceCommand = ClosingCommand | ReopeningCommand;

/** What the ledger shows of an exercice at a position, everything that is on its way included. */
export interface ExerciceFigures {
  readonly totals: readonly ExerciceTotals[];
  readonly carriedOver: readonly CarriedOver[];
  readonly atPosition: number;
}

/** What a decision uses from elsewhere. */
export interface ExerciceTerms {
  readonly today: Day;
  isFunder(funderId: string): boolean;
  /** The first exercice before this one that has balances and is not closed, if any. */
  earlierOpen(exercice: number): number | undefined;
  /** An exercice after this one that is closed or about to be, if any. */
  laterClosed(exercice: number): number | undefined;
  /** Payments of the exercice that the bank returned and that are still to be paid. */
  bankReturns(exercice: number): readonly Omit<SetAside, 'reason'>[];
  /** Proposals of payments of the exercice that nobody has decided. */
  awaitingApproval(exercice: number): readonly string[];
  figures(exercice: number): ExerciceFigures;
  /** Over the events up to the position of the figures. */
  seal(): Seal;
}
