/** A closing: proposed by one funder, countersigned by the others on the same totals, or refused, or withdrawn (R23). */

import { sameContent } from '#libs/decider/same-content';
import type {
  ClosingCommand,
  CountersignClosing,
  ExerciceTerms,
  ProposeClosing,
  WithdrawClosing,
} from './exercice.commands.js';
import type { ClosingFacts, ExerciceEvent, SetAside, Signatory } from './exercice.events.js';
import { closingObstacles, earlierOpen, reasonOf, sameSignatory, signatoryOf } from './exercice.refusals.js';
import { reject } from './exercice.rejections.js';
import { expectedSignatures, stillExpected, type ClosingExercice, type Exercice } from './exercice.state.js';

export function decideClosing(
  command: ClosingCommand,
  state: Exercice,
  terms: ExerciceTerms,
): readonly ExerciceEvent[] {
  switch (command.type) {
    case 'ProposeClosing':
      return propose(command, state, terms);
    case 'CountersignClosing':
      return countersign(command, state, terms);
    case 'WithdrawClosing':
      return withdraw(command, state, terms);
  }
}

function propose(command: ProposeClosing, state: Exercice, terms: ExerciceTerms): readonly ExerciceEvent[] {
  const { exercice, overrideReason } = command;
  const proposedBy = signatoryOf(command.by, terms);
  if (isProposed(command, proposedBy, state)) return [];
  const ordinal = ordinalOf(command, state);
  for (const obstacle of closingObstacles(command, terms)) throw obstacle;
  // without a reason none would have come so far
  const setAside = terms.bankReturns(exercice).map((row): SetAside => ({ ...row, reason: overrideReason! }));
  const { totals, carriedOver, atPosition } = terms.figures(exercice);
  const data: ClosingFacts = {
    exercice,
    ordinal,
    closedOn: command.closedOn,
    totals,
    carriedOver,
    atPosition: String(atPosition),
    seal: terms.seal(),
    expected: expectedSignatures(totals, proposedBy),
    proposedBy,
    setAside,
  };
  return [{ type: 'ExerciceClosingProposed.v1', data }];
}

/** Of the closing that may be proposed now. */
function ordinalOf({ exercice }: ProposeClosing, state: Exercice): number {
  if (state.status === 'open') return state.closings + 1;
  if (state.status === 'closing-proposed')
    throw reject('CLOSING_ALREADY_PROPOSED', { exercice, funderId: state.proposed.proposedBy.funderId });
  throw reject('EXERCICE_ALREADY_CLOSED', { exercice, closedOn: state.closing.data.closedOn });
}

/** True when this very command was given before (R3). */
function isProposed(command: ProposeClosing, by: Signatory, state: Exercice): boolean {
  if (state.status === 'open') return false;
  if (state.status === 'closing-proposed') return isProposal(state.proposed, command, by);
  const { type, data } = state.closing;
  return type === 'ExerciceClosed.v1' ? data.closedOn === command.closedOn : isProposal(data, command, by);
}

function countersign(command: CountersignClosing, state: Exercice, terms: ExerciceTerms): readonly ExerciceEvent[] {
  const { exercice, decision, reason, rootHash: shown } = command;
  const by = signatoryOf(command.by, terms);
  if (state.status !== 'closing-proposed') {
    if (isDecided(command, by, state)) return [];
    throw reject('CLOSING_NOT_PROPOSED', { exercice });
  }
  const { proposed, signatures } = state;
  const { ordinal, atPosition, seal, expected, proposedBy } = proposed;
  const isOwn =
    by.actor === proposedBy.actor || (by.funderId === proposedBy.funderId && !expected.includes(by.funderId));
  if (isOwn) throw reject('CLOSING_SELF_COUNTERSIGNED', { exercice, funderId: proposedBy.funderId });
  if (!expected.includes(by.funderId))
    throw reject('CLOSING_SIGNATURE_UNEXPECTED', { exercice, funderId: by.funderId, expected: expected.join(', ') });
  // withdrawn and made anew since it was read: what was not read is not decided on
  if (shown !== undefined && shown.toLowerCase() !== seal.rootHash)
    throw reject('CLOSING_PROPOSAL_STALE', { exercice, rootHash: shown, current: seal.rootHash });
  if (decision === 'refuse') {
    const data = { exercice, ordinal, refusedBy: by, reason: reasonOf(reason, exercice) };
    return [{ type: 'ExerciceClosingRefused.v1', data }];
  }
  if (signatures.some((signature) => signature.funderId === by.funderId)) return [];
  for (const obstacle of earlierOpen(exercice, terms)) throw obstacle;
  refuseChanged(proposed, terms);
  const data = { exercice, ordinal, atPosition, rootHash: seal.rootHash, countersignedBy: by };
  const signed: ExerciceEvent = { type: 'ExerciceClosingCountersigned.v1', data };
  if (stillExpected(state).length > 1) return [signed];
  return [signed, { type: 'ExerciceClosed.v2', data: { ...proposed, signatures: [...signatures, by] } }];
}

/** True when the closing was signed, or refused, by this very command before (R3). */
function isDecided(
  { decision, reason }: CountersignClosing,
  by: Signatory,
  state: Exclude<Exercice, ClosingExercice>,
): boolean {
  if (state.status !== 'open') {
    const { type, data } = state.closing;
    const isSigned = type === 'ExerciceClosed.v2' && data.signatures.some((known) => known.funderId === by.funderId);
    return decision === 'sign' && isSigned;
  }
  if (decision !== 'refuse' || state.last?.type !== 'ExerciceClosingRefused.v1') return false;
  const { refusedBy, reason: known } = state.last.data;
  return known === reason && sameSignatory(refusedBy, by);
}

function withdraw(command: WithdrawClosing, state: Exercice, terms: ExerciceTerms): readonly ExerciceEvent[] {
  const { exercice, reason } = command;
  const by = signatoryOf(command.by, terms);
  if (state.status !== 'closing-proposed') {
    const last = state.status === 'open' ? state.last : undefined;
    if (last?.type === 'ExerciceClosingWithdrawn.v1') {
      const { withdrawnBy, reason: known } = last.data;
      if (known === reason && sameSignatory(withdrawnBy, by)) return [];
    }
    throw reject('CLOSING_NOT_PROPOSED', { exercice });
  }
  const { ordinal, proposedBy } = state.proposed;
  if (by.funderId !== proposedBy.funderId) throw reject('CLOSING_NOT_OWN', { exercice, funderId: proposedBy.funderId });
  return [{ type: 'ExerciceClosingWithdrawn.v1', data: { exercice, ordinal, withdrawnBy: by, reason } }];
}

/** R3: the same day, funder and reason; a reason for nothing is not kept. */
function isProposal(
  { closedOn, proposedBy, setAside }: ClosingFacts,
  command: ProposeClosing,
  { funderId }: Signatory,
): boolean {
  const [first] = setAside;
  const sameReason = first === undefined || first.reason === command.overrideReason;
  return closedOn === command.closedOn && proposedBy.funderId === funderId && sameReason;
}

/** What came in since it was proposed, from another server, has to be in the totals that are signed. */
function refuseChanged({ exercice, atPosition, totals, carriedOver }: ClosingFacts, terms: ExerciceTerms): void {
  const now = terms.figures(exercice);
  if (!sameContent({ totals, carriedOver }, { totals: now.totals, carriedOver: now.carriedOver }))
    throw reject('CLOSING_TOTALS_CHANGED', { exercice, atPosition });
}
