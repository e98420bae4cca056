/** A reopening: by two people, with a reason, and only of the last exercice that is closed (R23). */

import type { CountersignReopening, ExerciceTerms, ProposeReopening, ReopeningCommand } from './exercice.commands.js';
import type { ExerciceEvent, Signatory } from './exercice.events.js';
import { laterClosed, reasonOf, sameSignatory, signatoryOf } from './exercice.refusals.js';
import { reject } from './exercice.rejections.js';
import type { Exercice } from './exercice.state.js';

export function decideReopening(
  command: ReopeningCommand,
  state: Exercice,
  terms: ExerciceTerms,
): readonly ExerciceEvent[] {
  const by = signatoryOf(command.by, terms);
  return command.type === 'ProposeReopening'
    ? propose(command, by, state, terms)
    : countersign(command, by, state, terms);
}

function propose(
  { exercice, reason }: ProposeReopening,
  by: Signatory,
  state: Exercice,
  terms: ExerciceTerms,
): readonly ExerciceEvent[] {
  const known = reopeningOf(state);
  if (known?.reason === reason && sameSignatory(known.proposedBy, by)) return [];
  if (state.status === 'reopening-proposed')
    throw reject('REOPENING_ALREADY_PROPOSED', { exercice, reason: state.proposed.reason });
  if (state.status !== 'closed') throw reject('EXERCICE_NOT_CLOSED', { exercice });
  for (const obstacle of laterClosed(exercice, terms)) throw obstacle;
  const data = { exercice, ordinal: state.closings, reason, proposedBy: by };
  return [{ type: 'ExerciceReopeningProposed.v1', data }];
}

function countersign(
  { exercice, decision, reason, proposalReason }: CountersignReopening,
  by: Signatory,
  state: Exercice,
  terms: ExerciceTerms,
): readonly ExerciceEvent[] {
  if (state.status === 'open' && state.last?.type === 'ExerciceReopened.v1')
    if (decision === 'sign' && sameSignatory(state.last.data.countersignedBy, by)) return [];
  if (state.status === 'closed' && state.refused !== undefined && decision === 'refuse')
    if (state.refused.reason === reason && sameSignatory(state.refused.refusedBy, by)) return [];
  if (state.status !== 'reopening-proposed') throw reject('REOPENING_NOT_PROPOSED', { exercice });
  const { proposed } = state;
  if (proposed.proposedBy.actor === by.actor) throw reject('REOPENING_ALONE', { exercice });
  // refused and made anew since it was read: what was not read is not decided on
  if (proposalReason !== undefined && proposalReason !== proposed.reason)
    throw reject('REOPENING_PROPOSAL_STALE', { exercice, reason: proposed.reason });
  if (decision === 'refuse') {
    const data = { exercice, ordinal: proposed.ordinal, refusedBy: by, reason: reasonOf(reason, exercice) };
    return [{ type: 'ExerciceReopeningRefused.v1', data }];
  }
  for (const obstacle of laterClosed(exercice, terms)) throw obstacle;
  return [{ type: 'ExerciceReopened.v1', data: { ...proposed, countersignedBy: by } }];
}

/** The reopening that is proposed or that it was just reopened by. */
function reopeningOf(state: Exercice) {
  if (state.status === 'reopening-proposed') return state.proposed;
  return state.status === 'open' && state.last?.type === 'ExerciceReopened.v1' ? state.last.data : undefined;
}
