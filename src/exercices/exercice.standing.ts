/** The terms of a decision on an exercice as the ledger stands at this moment. */

import type { Ledger } from '../ledger.js';
import {
  awaitingApprovalOf,
  bankReturnsOf,
  carriedOverFrom,
  earlierOpenOf,
  laterClosedOf,
  totalsOf,
} from './exercice-figures.js';
import type { ExerciceTerms } from './exercice.commands.js';

/** All but the seal, which takes reading the log. */
export function exerciceTerms(ledger: Ledger): Omit<ExerciceTerms, 'seal'> {
  return {
    today: ledger.today,
    isFunder: (funderId) => ledger.isFunder(funderId),
    earlierOpen: (exercice) => earlierOpenOf(ledger, exercice),
    laterClosed: (exercice) => laterClosedOf(ledger, exercice),
    bankReturns: (exercice) => bankReturnsOf(ledger, exercice),
    awaitingApproval: (exercice) => awaitingApprovalOf(ledger, exercice).map(({ proposalId }) => proposalId),
    figures: (exercice) => ({
      totals: totalsOf(ledger, exercice),
      carriedOver: carriedOverFrom(ledger, exercice),
      atPosition: ledger.projector.checkpoint,
    }),
  };
}
