/** The rules of an exercice: one closes for all when all have signed; two people reopen it, with a reason (R23). */

import type { Decider } from '#libs/decider/decider';
import { decideClosing } from './closing.decider.js';
import type { ExerciceCommand, ExerciceTerms } from './exercice.commands.js';
import type { ExerciceEvent } from './exercice.events.js';
import { evolveExercice, openExercice, type Exercice } from './exercice.state.js';
import { decideReopening } from './reopening.decider.js';

export const exerciceDecider: Decider<Exercice, ExerciceCommand, ExerciceEvent, ExerciceTerms> = {
  initial: openExercice,

  decide(command, state, terms) {
    switch (command.type) {
      case 'ProposeClosing':
      case 'CountersignClosing':
      case 'WithdrawClosing':
        return decideClosing(command, state, terms);
      case 'ProposeReopening':
      case 'CountersignReopening':
        return decideReopening(command, state, terms);
    }
  },

  evolve: evolveExercice,
};
