/** What happens to an exercice: it is closed with the totals it stood on (R23). */

import type { Day } from '#libs/calendar/day';

/** One funder's totals in one scheme and exercice, in cents. */
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

export interface ExerciceClosed {
  readonly type: 'ExerciceClosed.v1';
  readonly data: {
    readonly exercice: number;
    readonly closedOn: Day;
    readonly totals: readonly ClosingTotals[];
    /** The position in the log that the totals stand on, as text. */
    readonly atPosition: string;
  };
}

export type ExerciceEvent = ExerciceClosed;
