/** The rules of an exercice: closed once it is over, with the totals it stands on (R23). */

import { yearOf, type Day } from '#libs/calendar/day';
import type { Decider } from '#libs/decider/decider';
import type { ClosingTotals, ExerciceClosed, ExerciceEvent } from './exercice.events.js';
import { reject } from './exercice.rejections.js';

export interface CloseExercice {
  readonly type: 'CloseExercice';
  readonly exercice: number;
  readonly closedOn: Day;
}

export type ExerciceCommand = CloseExercice;

export type Exercice =
  { readonly status: 'open' } | { readonly status: 'closed'; readonly closing: ExerciceClosed['data'] };

export interface ExerciceTerms {
  readonly today: Day;
  /** What the ledger shows for the exercice, and the position it stands on. */
  readonly totals: readonly ClosingTotals[];
  readonly atPosition: number;
}

export const exerciceDecider: Decider<Exercice, ExerciceCommand, ExerciceEvent, ExerciceTerms> = {
  initial: { status: 'open' },

  decide({ exercice, closedOn }, state, { today, totals, atPosition }) {
    if (state.status === 'closed') {
      if (state.closing.closedOn === closedOn) return [];
      throw reject('EXERCICE_ALREADY_CLOSED', { exercice, closedOn: state.closing.closedOn });
    }
    if (yearOf(closedOn) <= exercice) throw reject('EXERCICE_NOT_OVER', { exercice });
    if (closedOn > today) throw reject('EXERCICE_CLOSING_IN_FUTURE', { exercice, closedOn, today });
    return [{ type: 'ExerciceClosed.v1', data: { exercice, closedOn, totals, atPosition: String(atPosition) } }];
  },

  evolve(_, event) {
    return { status: 'closed', closing: event.data };
  },
};
