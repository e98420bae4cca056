/** A reconciliation as its events leave it: the lines, who stands for whom, what was undone, the sign-off. */

import { CorruptHistory } from '#libs/decider/decider';
import type {
  BadLine,
  LedgerCompared,
  Match,
  PartnerLine,
  ReconciliationClosed,
  ReconciliationEvent,
  ReconciliationOpened,
} from './reconciliation.events.js';

export type Reconciliation =
  | { readonly status: 'unknown' }
  /** incomplete: the recording of the list stopped; the same list sent again completes it. */
  | (Taken & { readonly status: 'incomplete' | 'open' })
  | (Taken & { readonly status: 'closed'; readonly closing: ReconciliationClosed['data'] });

export type OpenedReconciliation = Exclude<Reconciliation, { status: 'unknown' }>;

export interface Taken {
  readonly opened: ReconciliationOpened['data'];
  readonly lines: ReadonlyMap<number, PartnerLine>;
  readonly badLines: ReadonlyMap<number, BadLine>;
  /** Every match ever made, undone ones too: an id is never used again. */
  readonly matches: ReadonlyMap<string, KnownMatch>;
  /** By line, the match it is in. */
  readonly matchOfLine: ReadonlyMap<number, string>;
  readonly matchOfPayment: ReadonlyMap<string, string>;
  /** Lines of matches that were undone: nothing but a hand matches them again. */
  readonly byHandOnly: ReadonlySet<number>;
  /** In the order in which they were done. */
  readonly comparisons: ReadonlyMap<string, LedgerCompared['data']>;
}

export interface KnownMatch extends Match {
  /** Why a controller made it; undefined when its references did. */
  readonly reason: string | undefined;
  /** Why it was undone. */
  readonly undone: string | undefined;
}

export const unknownReconciliation: Reconciliation = { status: 'unknown' };

export function evolveReconciliation(state: Reconciliation, event: ReconciliationEvent): Reconciliation {
  if (event.type === 'ReconciliationOpened.v1') {
    if (state.status !== 'unknown') throw new CorruptHistory(`${event.data.reconciliationId} is opened twice`);
    return { status: 'incomplete', opened: event.data, ...NOTHING };
  }
  if (state.status === 'unknown' || state.status === 'closed')
    throw new CorruptHistory(`${event.type} comes to ${event.data.reconciliationId}, which is ${state.status}`);
  switch (event.type) {
    case 'PartnerLinesTaken.v1':
      return {
        ...state,
        lines: withAll(state.lines, event.data.lines),
        badLines: withAll(state.badLines, event.data.badLines),
      };
    case 'LinesMatched.v1':
      return withMatches(
        state,
        event.data.matches.map((match) => ({ ...match, reason: undefined, undone: undefined })),
      );
    case 'LedgerCompared.v1':
      return {
        ...state,
        status: 'open',
        comparisons: new Map(state.comparisons).set(event.data.comparisonId, event.data),
      };
    case 'MatchMade.v1': {
      const { reconciliationId: _, ...match } = event.data;
      return withMatches(state, [{ ...match, undone: undefined }]);
    }
    case 'MatchUndone.v1':
      return withoutMatch(state, event.data.matchId, event.data.reason);
    case 'ReconciliationClosed.v1':
      return { ...state, status: 'closed', closing: event.data };
  }
}

const NOTHING: Omit<Taken, 'opened'> = {
  lines: new Map(),
  badLines: new Map(),
  matches: new Map(),
  matchOfLine: new Map(),
  matchOfPayment: new Map(),
  byHandOnly: new Set(),
  comparisons: new Map(),
};

type Live = Taken & { readonly status: 'incomplete' | 'open' };

function withMatches(state: Live, made: readonly KnownMatch[]): Live {
  const matches = new Map(state.matches);
  const matchOfLine = new Map(state.matchOfLine);
  const matchOfPayment = new Map(state.matchOfPayment);
  for (const match of made) {
    const { matchId } = match;
    if (matches.has(matchId)) throw new CorruptHistory(`the match ${matchId} is made twice`);
    matches.set(matchId, match);
    for (const line of match.lines) {
      if (matchOfLine.has(line)) throw new CorruptHistory(`the line ${line} is matched twice`);
      matchOfLine.set(line, matchId);
    }
    for (const paymentId of match.payments) {
      if (matchOfPayment.has(paymentId)) throw new CorruptHistory(`the payment ${paymentId} is matched twice`);
      matchOfPayment.set(paymentId, matchId);
    }
  }
  return { ...state, matches, matchOfLine, matchOfPayment };
}

function withoutMatch(state: Live, matchId: string, reason: string): Live {
  const known = state.matches.get(matchId);
  if (known === undefined || known.undone !== undefined)
    throw new CorruptHistory(`the match ${matchId} is undone but does not stand`);
  const matches = new Map(state.matches).set(matchId, { ...known, undone: reason });
  const matchOfLine = new Map(state.matchOfLine);
  const matchOfPayment = new Map(state.matchOfPayment);
  for (const line of known.lines) matchOfLine.delete(line);
  for (const paymentId of known.payments) matchOfPayment.delete(paymentId);
  return { ...state, matches, matchOfLine, matchOfPayment, byHandOnly: new Set([...state.byHandOnly, ...known.lines]) };
}

function withAll<Line extends { readonly line: number }>(
  known: ReadonlyMap<number, Line>,
  added: readonly Line[],
): ReadonlyMap<number, Line> {
  const lines = new Map(known);
  for (const line of added) lines.set(line.line, line);
  return lines;
}
