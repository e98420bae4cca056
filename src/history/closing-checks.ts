/** The life of each exercice, followed by the verifier: what was closed on, who signed, what came in too late (R23). */

import { sameContent } from '#libs/decider/same-content';
import type {
  ExerciceClosed,
  ExerciceClosingCountersigned,
  ExerciceEvent,
  ExerciceReopened,
} from '../exercices/exercice.events.js';
import { evolveExercice, expectedSignatures, openExercice, type Exercice } from '../exercices/exercice.state.js';
import type { BalancesFold } from './balances-fold.js';
import { closingDifferences } from './closing-differences.js';

/** The codes of what may be wrong with a closing. */
export type ClosingCode = 'CLOSING' | 'CLOSING_LIFE' | 'SIGNATURES';

export class ClosingChecks {
  private readonly exercices = new Map<number, Exercice>();

  constructor(private readonly balances: BalancesFold) {}

  check(event: ExerciceEvent, wrong: (code: ClosingCode, detail: string) => void): void {
    const { exercice } = event.data;
    const before = this.exercices.get(exercice) ?? openExercice;
    try {
      this.exercices.set(exercice, evolveExercice(before, event));
    } catch (error) {
      wrong('CLOSING_LIFE', (error as Error).message);
    }
    switch (event.type) {
      case 'ExerciceClosed.v1':
      case 'ExerciceClosed.v2':
        for (const difference of closingDifferences(event, this.balances)) wrong('CLOSING', difference);
        if (event.type === 'ExerciceClosed.v2') checkSignatures(event, before, wrong);
        return;
      case 'ExerciceClosingCountersigned.v1':
        return checkSigned(event, before, wrong);
      case 'ExerciceReopened.v1':
        return checkReopened(event, wrong);
      case 'ExerciceClosingProposed.v1':
      case 'ExerciceClosingRefused.v1':
      case 'ExerciceClosingWithdrawn.v1':
      case 'ExerciceReopeningProposed.v1':
      case 'ExerciceReopeningRefused.v1':
        return undefined;
    }
  }

  /** Nothing may come into it: it is closed and was not reopened since. */
  isClosed(exercice: number): boolean {
    const { status } = this.exercices.get(exercice) ?? openExercice;
    return status === 'closed' || status === 'reopening-proposed';
  }
}

/** Closed on what was proposed, signed for every funder that the totals concern, each by its own people, never by the proposer. */
function checkSignatures(
  { data }: ExerciceClosed,
  before: Exercice,
  wrong: (code: ClosingCode, detail: string) => void,
): void {
  const { signatures, ...closed } = data;
  const { exercice, expected, proposedBy, totals } = closed;
  const signedBy = signatures.map((signature) => signature.funderId);
  for (const funderId of expected)
    if (!signedBy.includes(funderId)) wrong('SIGNATURES', `exercice ${exercice} is closed without ${funderId}`);
  const due = expectedSignatures(totals, proposedBy);
  if (!sameContent(expected, due))
    wrong('SIGNATURES', `exercice ${exercice} expected the signatures of ${named(expected)}, not of ${named(due)}`);
  for (const { funderId, actor } of [proposedBy, ...signatures])
    if (!actor.startsWith(`${funderId}/`)) wrong('SIGNATURES', `exercice ${exercice}: ${actor} signed for ${funderId}`);
  for (const { actor } of signatures)
    if (actor === proposedBy.actor)
      wrong('SIGNATURES', `exercice ${exercice} is countersigned by its proposer ${actor}`);
  if (before.status !== 'closing-proposed') return;
  if (!sameContent(closed, before.proposed))
    wrong('CLOSING', `exercice ${exercice} is closed on something else than what was proposed`);
  if (!sameContent(signatures, before.signatures))
    wrong('SIGNATURES', `exercice ${exercice}: the closing lists other signatures than were given`);
}

function named(funderIds: readonly string[]): string {
  return funderIds.join(', ') || 'nobody';
}

/** A signature is for the very proposal that waits. */
function checkSigned(
  { data }: ExerciceClosingCountersigned,
  before: Exercice,
  wrong: (code: ClosingCode, detail: string) => void,
): void {
  if (before.status !== 'closing-proposed') return;
  const { proposed, signatures } = before;
  const { exercice, atPosition, rootHash, countersignedBy } = data;
  const { funderId } = countersignedBy;
  if (atPosition !== proposed.atPosition || rootHash !== proposed.seal.rootHash)
    wrong('SIGNATURES', `exercice ${exercice}: ${funderId} signed another proposal`);
  if (!proposed.expected.includes(funderId))
    wrong('SIGNATURES', `exercice ${exercice}: ${funderId} signed and was not expected`);
  if (signatures.some((signature) => signature.funderId === funderId))
    wrong('SIGNATURES', `exercice ${exercice}: ${funderId} signed twice`);
}

function checkReopened({ data }: ExerciceReopened, wrong: (code: ClosingCode, detail: string) => void): void {
  const { exercice, proposedBy, countersignedBy } = data;
  if (proposedBy.actor === countersignedBy.actor)
    wrong('SIGNATURES', `exercice ${exercice} is reopened by ${proposedBy.actor} alone`);
}
