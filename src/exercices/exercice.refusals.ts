/** What closings and reopenings both ask. */

import type { AskedFor, ExerciceTerms } from './exercice.commands.js';
import type { Signatory } from './exercice.events.js';
import { reject } from './exercice.rejections.js';

/** Only who works for a funder of the ledger signs: not the operator of the machine. */
export function signatoryOf({ actor, funderId }: AskedFor, terms: ExerciceTerms): Signatory {
  if (funderId === null || !terms.isFunder(funderId)) throw reject('SIGNING_FUNDER_REQUIRED');
  return { funderId, actor };
}

export function refuseLaterClosed(exercice: number, terms: ExerciceTerms): void {
  const later = terms.laterClosed(exercice);
  if (later !== undefined) throw reject('LATER_EXERCICE_CLOSED', { exercice, later });
}

export function refuseEarlierOpen(exercice: number, terms: ExerciceTerms): void {
  const earlier = terms.earlierOpen(exercice);
  if (earlier !== undefined) throw reject('EARLIER_EXERCICE_OPEN', { exercice, earlier });
}

export function reasonOf(reason: string | undefined, exercice: number): string {
  if (reason === undefined) throw reject('SIGNING_REASON_REQUIRED', { exercice });
  return reason;
}

export function sameSignatory(a: Signatory, b: Signatory): boolean {
  return a.actor === b.actor && a.funderId === b.funderId;
}
