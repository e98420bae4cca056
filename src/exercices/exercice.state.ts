/** An exercice as its events leave it, and whether it takes entries (R23). */

import { yearOf, type Day } from '#libs/calendar/day';
import { CorruptHistory } from '#libs/decider/decider';
import type {
  ClosingFacts,
  ExerciceClosed,
  ExerciceClosedAlone,
  ExerciceClosingRefused,
  ExerciceClosingWithdrawn,
  ExerciceEvent,
  ExerciceReopened,
  ExerciceReopeningProposed,
  ExerciceReopeningRefused,
  ExerciceTotals,
  Signatory,
} from './exercice.events.js';

export interface OpenExercice {
  readonly status: 'open';
  /** Closings done so far: each was reopened. */
  readonly closings: number;
  /** What it came back by. */
  readonly last?: ExerciceClosingRefused | ExerciceClosingWithdrawn | ExerciceReopened;
}

export interface ClosingExercice {
  readonly status: 'closing-proposed';
  readonly proposed: ClosingFacts;
  readonly signatures: readonly Signatory[];
}

export interface ClosedExercice {
  readonly status: 'closed';
  readonly closings: number;
  readonly closing: ExerciceClosed | ExerciceClosedAlone;
  readonly refused?: ExerciceReopeningRefused['data'];
}

export interface ReopeningExercice {
  readonly status: 'reopening-proposed';
  readonly closings: number;
  readonly closing: ExerciceClosed | ExerciceClosedAlone;
  readonly proposed: ExerciceReopeningProposed['data'];
}

export type Exercice = OpenExercice | ClosingExercice | ClosedExercice | ReopeningExercice;

export const openExercice: OpenExercice = { status: 'open', closings: 0 };

/** Whether a fact may be recorded into an exercice. */
export type Taking = 'takes' | 'closing' | 'closed';

/**
 * R23: nothing goes into an exercice that is closed or whose closing is proposed; nor into one before it, which would
 * change the balances that it carries over.
 * @param stateOf what is remembered of an exercice
 */
export function takingOf(exercice: number, today: Day, stateOf: (exercice: number) => Exercice | undefined): Taking {
  let taking: Taking = 'takes';
  // later ones cannot be over: there is nothing to find behind this year
  for (let year = exercice; year <= yearOf(today); year += 1) {
    const { status } = stateOf(year) ?? openExercice;
    if (status === 'closed' || status === 'reopening-proposed') return 'closed';
    if (status === 'closing-proposed') taking = 'closing';
  }
  return taking;
}

/** The first day on which an exercice may be closed: the complementary period is over (R16). */
export function overOn(exercice: number): Day {
  return `${exercice + 1}-02-01`;
}

export type ExerciceStatus =
  'open' | 'complementary' | 'over' | 'reopened' | 'closing-proposed' | 'closed' | 'reopening-proposed';

/** Where an exercice stands in its life on a day. */
export function statusOn(exercice: number, { status, ...state }: Exercice, today: Day): ExerciceStatus {
  if (status !== 'open') return status;
  if ('closings' in state && state.closings > 0) return 'reopened';
  if (today >= overOn(exercice)) return 'over';
  return yearOf(today) > exercice ? 'complementary' : 'open';
}

/** Every other funder that has a balance; when there is none, somebody else of the proposer's own. */
export function expectedSignatures(totals: readonly ExerciceTotals[], { funderId: own }: Signatory): readonly string[] {
  const others = totals.filter(({ schemeId: _, funderId, ...cents }) => funderId !== own && hasMoved(cents));
  const funderIds = [...new Set(others.map((row) => row.funderId))].toSorted();
  return funderIds.length === 0 ? [own] : funderIds;
}

function hasMoved(cents: Readonly<Record<string, number>>): boolean {
  return Object.values(cents).some((value) => value !== 0);
}

/** The funders whose signature a proposed closing still waits for. */
export function stillExpected({ proposed, signatures }: ClosingExercice): readonly string[] {
  return proposed.expected.filter((funderId) => !signatures.some((signature) => signature.funderId === funderId));
}

export function evolveExercice(exercice: Exercice, event: ExerciceEvent): Exercice {
  switch (event.type) {
    case 'ExerciceClosingProposed.v1':
      if (exercice.status !== 'open' || event.data.ordinal !== exercice.closings + 1) throw impossible(exercice, event);
      return { status: 'closing-proposed', proposed: event.data, signatures: [] };
    case 'ExerciceClosingCountersigned.v1':
      if (exercice.status !== 'closing-proposed') throw impossible(exercice, event);
      return { ...exercice, signatures: [...exercice.signatures, event.data.countersignedBy] };
    case 'ExerciceClosingRefused.v1':
    case 'ExerciceClosingWithdrawn.v1':
      if (exercice.status !== 'closing-proposed') throw impossible(exercice, event);
      return { status: 'open', closings: event.data.ordinal - 1, last: event };
    case 'ExerciceClosed.v1':
      if (exercice.status !== 'open') throw impossible(exercice, event);
      return { status: 'closed', closings: exercice.closings + 1, closing: event };
    case 'ExerciceClosed.v2':
      if (exercice.status !== 'closing-proposed') throw impossible(exercice, event);
      return { status: 'closed', closings: event.data.ordinal, closing: event };
    case 'ExerciceReopeningProposed.v1': {
      if (exercice.status !== 'closed') throw impossible(exercice, event);
      const { closings, closing } = exercice;
      return { status: 'reopening-proposed', closings, closing, proposed: event.data };
    }
    case 'ExerciceReopeningRefused.v1': {
      if (exercice.status !== 'reopening-proposed') throw impossible(exercice, event);
      const { closings, closing } = exercice;
      return { status: 'closed', closings, closing, refused: event.data };
    }
    case 'ExerciceReopened.v1':
      if (exercice.status !== 'reopening-proposed') throw impossible(exercice, event);
      return { status: 'open', closings: exercice.closings, last: event };
  }
}

function impossible({ status }: Exercice, { type, data }: ExerciceEvent): CorruptHistory {
  return new CorruptHistory(`${type} comes while exercice ${data.exercice} is ${status}`);
}
