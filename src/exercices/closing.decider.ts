/** A closing: proposed by one funder, countersigned by the others on the same totals, or refused, or withdrawn (R23). */

import { sameContent } from '#libs/decider/same-content';
import { sumCents } from '#libs/money/cents';
import type {
  ClosingCommand,
  CountersignClosing,
  ExerciceFigures,
  ExerciceTerms,
  ProposeClosing,
  WithdrawClosing,
} from './exercice.commands.js';
import type { ClosingFacts, ExerciceEvent, ExerciceTotals, SetAside, Signatory } from './exercice.events.js';
import { reasonOf, refuseEarlierOpen, refuseLaterClosed, sameSignatory, signatoryOf } from './exercice.refusals.js';
import { reject } from './exercice.rejections.js';
import { overOn, stillExpected, type ClosingExercice, type Exercice, type OpenExercice } from './exercice.state.js';

/** Named in a refusal at most. */
const NAMED_AT_MOST = 20;

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
  const { exercice, closedOn } = command;
  const proposedBy = signatoryOf(command.by, terms);
  if (state.status === 'closing-proposed') {
    if (isProposal(state.proposed, command, proposedBy)) return [];
    throw reject('CLOSING_ALREADY_PROPOSED', { exercice, funderId: state.proposed.proposedBy.funderId });
  }
  if (state.status !== 'open') {
    const { type, data } = state.closing;
    if (type === 'ExerciceClosed.v1' ? data.closedOn === closedOn : isProposal(data, command, proposedBy)) return [];
    throw reject('EXERCICE_ALREADY_CLOSED', { exercice, closedOn: data.closedOn });
  }
  refuseTooEarly(command, terms);
  refuseEarlierOpen(exercice, terms);
  refuseLaterClosed(exercice, terms);
  const setAside = setAsideOf(command, terms);
  refuseAwaiting(exercice, terms);
  const figures = terms.figures(exercice);
  refuseUnbalanced(exercice, figures);
  return [{ type: 'ExerciceClosingProposed.v1', data: facts(command, state, figures, proposedBy, setAside, terms) }];
}

function facts(
  { exercice, closedOn }: ProposeClosing,
  { closings }: OpenExercice,
  { totals, carriedOver, atPosition }: ExerciceFigures,
  proposedBy: Signatory,
  setAside: readonly SetAside[],
  terms: ExerciceTerms,
): ClosingFacts {
  return {
    exercice,
    ordinal: closings + 1,
    closedOn,
    totals,
    carriedOver,
    atPosition: String(atPosition),
    seal: terms.seal(),
    expected: expectedOf(totals, proposedBy),
    proposedBy,
    setAside,
  };
}

/** Every other funder that has a balance; when there is none, somebody else of the proposer's own. */
function expectedOf(totals: readonly ExerciceTotals[], { funderId: own }: Signatory): readonly string[] {
  const others = totals.filter(({ schemeId: _, funderId, ...cents }) => funderId !== own && hasMoved(cents));
  const funderIds = [...new Set(others.map((row) => row.funderId))].toSorted();
  return funderIds.length === 0 ? [own] : funderIds;
}

function countersign(command: CountersignClosing, state: Exercice, terms: ExerciceTerms): readonly ExerciceEvent[] {
  const { exercice, decision, reason } = command;
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
  if (decision === 'refuse') {
    const data = { exercice, ordinal, refusedBy: by, reason: reasonOf(reason, exercice) };
    return [{ type: 'ExerciceClosingRefused.v1', data }];
  }
  if (signatures.some((signature) => signature.funderId === by.funderId)) return [];
  refuseEarlierOpen(exercice, terms);
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

function refuseTooEarly({ exercice, closedOn }: ProposeClosing, { today }: ExerciceTerms): void {
  const firstOn = overOn(exercice);
  if (closedOn < firstOn) throw reject('EXERCICE_NOT_OVER', { exercice, firstOn });
  if (closedOn > today) throw reject('EXERCICE_CLOSING_IN_FUTURE', { exercice, closedOn, today });
}

function setAsideOf({ exercice, overrideReason }: ProposeClosing, terms: ExerciceTerms): readonly SetAside[] {
  const bankReturns = terms.bankReturns(exercice);
  if (bankReturns.length === 0) return [];
  if (overrideReason === undefined) {
    const payments = named(bankReturns.map(({ paymentId }) => paymentId));
    throw reject('CLOSING_BANK_RETURNS', { exercice, count: bankReturns.length, payments });
  }
  return bankReturns.map((bankReturn) => ({ ...bankReturn, reason: overrideReason }));
}

function refuseAwaiting(exercice: number, terms: ExerciceTerms): void {
  const waiting = terms.awaitingApproval(exercice);
  if (waiting.length > 0)
    throw reject('CLOSING_AWAITING_APPROVAL', { exercice, count: waiting.length, proposals: named(waiting) });
}

/** R20, per scheme: of the year, and of what is carried over. */
function refuseUnbalanced(exercice: number, { totals, carriedOver }: ExerciceFigures): void {
  for (const rows of [totals, carriedOver])
    for (const schemeId of new Set(rows.map((row) => row.schemeId))) {
      const positions = rows.filter((row) => row.schemeId === schemeId).map((row) => row.positionCents);
      const sumOfCents = sumCents(positions);
      if (sumOfCents !== 0) throw reject('CLOSING_UNBALANCED', { exercice, schemeId, sumOfCents });
    }
}

/** What came in since it was proposed, from another server, has to be in the totals that are signed. */
function refuseChanged({ exercice, atPosition, totals, carriedOver }: ClosingFacts, terms: ExerciceTerms): void {
  const now = terms.figures(exercice);
  if (!sameContent({ totals, carriedOver }, { totals: now.totals, carriedOver: now.carriedOver }))
    throw reject('CLOSING_TOTALS_CHANGED', { exercice, atPosition });
}

function hasMoved(cents: Readonly<Record<string, number>>): boolean {
  return Object.values(cents).some((value) => value !== 0);
}

function named(ids: readonly string[]): string {
  const more = ids.length > NAMED_AT_MOST ? ', …' : '';
  return ids.slice(0, NAMED_AT_MOST).join(', ') + more;
}
