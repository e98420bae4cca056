/** What may be asked of a reconciliation. */

import type { Day } from '#libs/calendar/day';
import type { BadLine, PartnerLine } from './reconciliation.events.js';

export interface OpenReconciliation {
  readonly type: 'OpenReconciliation';
  readonly reconciliationId: string;
  readonly funderId: string;
  readonly exercice: number;
  readonly schemeId?: string;
  readonly receivedOn: Day;
  readonly listName?: string;
  readonly sha256: string;
  /** In the order of the file. */
  readonly lines: readonly (PartnerLine | BadLine)[];
}

export interface CompareAgain {
  readonly type: 'CompareAgain';
  readonly reconciliationId: string;
  readonly comparisonId: string;
}

export interface MakeMatch {
  readonly type: 'MakeMatch';
  readonly reconciliationId: string;
  readonly matchId: string;
  readonly lines: readonly number[];
  readonly payments: readonly string[];
  readonly reason: string;
}

export interface UndoMatch {
  readonly type: 'UndoMatch';
  readonly reconciliationId: string;
  readonly matchId: string;
  readonly reason: string;
}

export interface CloseReconciliation {
  readonly type: 'CloseReconciliation';
  readonly reconciliationId: string;
  readonly reason?: string;
}

export type ReconciliationCommand = OpenReconciliation | CompareAgain | MakeMatch | UndoMatch | CloseReconciliation;
