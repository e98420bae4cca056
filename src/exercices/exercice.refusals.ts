/** What closings and reopenings ask before they go on, and what stands in the way of a closing. */

import type { Rejection } from '#libs/decider/rejection';
import { sumCents } from '#libs/money/cents';
import type { AskedFor, ExerciceTerms, ProposeClosing } from './exercice.commands.js';
import type { Signatory } from './exercice.events.js';
import { reject } from './exercice.rejections.js';
import { overOn } from './exercice.state.js';

/** Named in a refusal at most. */
const NAMED_AT_MOST = 20;

/** Only who works for a funder of the ledger signs: not the operator of the machine. */
export function signatoryOf({ actor, funderId }: AskedFor, terms: ExerciceTerms): Signatory {
  if (funderId === null || !terms.isFunder(funderId)) throw reject('SIGNING_FUNDER_REQUIRED');
  return { funderId, actor };
}

export function reasonOf(reason: string | undefined, exercice: number): string {
  if (reason === undefined) throw reject('SIGNING_REASON_REQUIRED', { exercice });
  return reason;
}

export function sameSignatory(a: Signatory, b: Signatory): boolean {
  return a.actor === b.actor && a.funderId === b.funderId;
}

/** What stands in the way is known without the seal. */
type ObstacleTerms = Omit<ExerciceTerms, 'seal'>;

/** Everything a proposal would be refused for, one after the other: the first is the refusal, all are the checklist. */
export function* closingObstacles(
  command: Pick<ProposeClosing, 'exercice' | 'closedOn' | 'overrideReason'>,
  terms: ObstacleTerms,
): Generator<Rejection, undefined> {
  const { exercice } = command;
  yield* tooEarly(command, terms);
  yield* earlierOpen(exercice, terms);
  yield* laterClosed(exercice, terms);
  yield* unpostedReturns(command, terms);
  yield* awaitingApproval(exercice, terms);
  yield* unbalanced(exercice, terms);
}

function* tooEarly(
  { exercice, closedOn }: Pick<ProposeClosing, 'exercice' | 'closedOn'>,
  { today }: ObstacleTerms,
): Generator<Rejection, undefined> {
  const firstOn = overOn(exercice);
  if (closedOn < firstOn) yield reject('EXERCICE_NOT_OVER', { exercice, firstOn });
  else if (closedOn > today) yield reject('EXERCICE_CLOSING_IN_FUTURE', { exercice, closedOn, today });
}

export function* earlierOpen(exercice: number, terms: ObstacleTerms): Generator<Rejection, undefined> {
  const earlier = terms.earlierOpen(exercice);
  if (earlier !== undefined) yield reject('EARLIER_EXERCICE_OPEN', { exercice, earlier });
}

export function* laterClosed(exercice: number, terms: ObstacleTerms): Generator<Rejection, undefined> {
  const later = terms.laterClosed(exercice);
  if (later !== undefined) yield reject('LATER_EXERCICE_CLOSED', { exercice, later });
}

/** R25: what is still to be paid is set aside only with a reason. */
function* unpostedReturns(
  { exercice, overrideReason }: Pick<ProposeClosing, 'exercice' | 'overrideReason'>,
  terms: ObstacleTerms,
): Generator<Rejection, undefined> {
  const returned = terms.bankReturns(exercice).map(({ paymentId }) => paymentId);
  if (returned.length > 0 && overrideReason === undefined)
    yield reject('CLOSING_BANK_RETURNS', { exercice, count: returned.length, payments: named(returned) });
}

function* awaitingApproval(exercice: number, terms: ObstacleTerms): Generator<Rejection, undefined> {
  const waiting = terms.awaitingApproval(exercice);
  if (waiting.length > 0)
    yield reject('CLOSING_AWAITING_APPROVAL', { exercice, count: waiting.length, proposals: named(waiting) });
}

/** R20, per scheme: of the year, and of what is carried over. */
function* unbalanced(exercice: number, terms: ObstacleTerms): Generator<Rejection, undefined> {
  const { totals, carriedOver } = terms.figures(exercice);
  for (const rows of [totals, carriedOver])
    for (const schemeId of new Set(rows.map((row) => row.schemeId))) {
      const positions = rows.filter((row) => row.schemeId === schemeId).map((row) => row.positionCents);
      const sumOfCents = sumCents(positions);
      if (sumOfCents !== 0) yield reject('CLOSING_UNBALANCED', { exercice, schemeId, sumOfCents });
    }
}

function named(ids: readonly string[]): string {
  const more = ids.length > NAMED_AT_MOST ? ', …' : '';
  return ids.slice(0, NAMED_AT_MOST).join(', ') + more;
}
