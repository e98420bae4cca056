/** The rules of a reconciliation: a list is taken once, compared, matched by hand where need be, and signed off with what remains. */

import type { Decider } from '#libs/decider/decider';
import { matchLines, matchOf } from './matching.movements.js';
import { freeLines, outcomesOf, type Outcomes } from './outcomes.movements.js';
import { PaymentIndex, stands } from './payment-index.movements.js';
import type {
  CloseReconciliation,
  CompareAgain,
  MakeMatch,
  OpenReconciliation,
  ReconciliationCommand,
  UndoMatch,
} from './reconciliation.commands.js';
import type { BadLine, PartnerLine, ReconciliationClosed, ReconciliationEvent } from './reconciliation.events.js';
import { reject } from './reconciliation.rejections.js';
import {
  evolveReconciliation,
  unknownReconciliation,
  type OpenedReconciliation,
  type Reconciliation,
} from './reconciliation.state.js';
import { scopeOf, type LedgerSide, type ReconciliationTerms } from './reconciliation.terms.js';

/** The first comparison's id. */
export const OPENING = 'opening';

/** Lines of a list at most. */
export const MAX_LINES = 5_000;

/** Payments that one sign-off may leave missing from the list: they are named in one event. */
const MAX_MISSING_THERE = 5_000;
/** Lines or matches of one event at most. */
const AT_ONCE = 1_000;
/** Of one event's lines, and of one append: a store takes 1 MiB, what it adds to each event included. */
const EVENT_BYTES = 400_000;
const APPEND_BYTES = 800_000;

/** Ids that comparisons give their matches. */
const GIVEN_ID = /^auto-\d+$/;

/**
 * A long list is recorded in several appends: each decision gives the next ones that fit, so the command is given again
 * until nothing is left; and a list whose recording stopped is completed by sending it again.
 */
export const reconciliationDecider: Decider<
  Reconciliation,
  ReconciliationCommand,
  ReconciliationEvent,
  ReconciliationTerms
> = {
  initial: unknownReconciliation,

  decide(command, state, terms) {
    if (command.type === 'OpenReconciliation') return open(command, state, terms);
    if (state.status === 'unknown')
      throw reject('RECONCILIATION_UNKNOWN', { reconciliationId: command.reconciliationId });
    if (state.status === 'incomplete')
      throw reject('RECONCILIATION_INCOMPLETE', { reconciliationId: command.reconciliationId });
    switch (command.type) {
      case 'CompareAgain':
        return compareAgain(command, state, terms);
      case 'MakeMatch':
        return makeMatch(command, state, terms);
      case 'UndoMatch':
        return undoMatch(command, state);
      case 'CloseReconciliation':
        return close(command, state, terms);
    }
  },

  evolve: evolveReconciliation,
};

function open(
  command: OpenReconciliation,
  state: Reconciliation,
  terms: ReconciliationTerms,
): readonly ReconciliationEvent[] {
  const { reconciliationId, funderId, exercice, schemeId, receivedOn, listName, sha256, lines } = command;
  if (state.status !== 'unknown') {
    const { opened } = state;
    const same = opened.funderId === funderId && opened.exercice === exercice && opened.schemeId === schemeId;
    // the day it came and its name are its first sender's to say: the same list is the same file
    if (!same || opened.list.sha256 !== sha256) throw reject('RECONCILIATION_ID_REUSED', { reconciliationId });
    if (state.status !== 'incomplete') return [];
  }
  if (!terms.isFunder(funderId)) throw reject('RECONCILIATION_FUNDER_UNKNOWN', { funderId });
  if (schemeId !== undefined && !terms.isScheme(schemeId)) throw reject('RECONCILIATION_SCHEME_UNKNOWN', { schemeId });
  if (receivedOn > terms.today) throw reject('RECONCILIATION_DATED_IN_FUTURE', { receivedOn, today: terms.today });
  const scope = scopeOf(command);
  const ledger = terms.ledgerFor(scope);
  const badLineCount = lines.filter(isBad).length;
  const list = { ...(listName === undefined ? {} : { name: listName }), sha256, lineCount: lines.length, badLineCount };
  const data = { reconciliationId, ...scope, receivedOn, list, atPosition: String(ledger.atPosition) };
  const opening: ReconciliationEvent = { type: 'ReconciliationOpened.v1', data };
  const begun = state.status === 'unknown' ? [opening] : [];
  const opened = after(state, begun);
  const taken = takenEvents(command, opened);
  return comparison([...begun, ...taken], after(opened, taken), OPENING, ledger);
}

/** The lines that are not recorded yet. */
function takenEvents(
  { reconciliationId, lines }: OpenReconciliation,
  { lines: known, badLines }: OpenedReconciliation,
): readonly ReconciliationEvent[] {
  const waiting = lines.filter(({ line }) => !known.has(line) && !badLines.has(line));
  return chunksOf(waiting).map((chunk) => ({
    type: 'PartnerLinesTaken.v1',
    data: {
      reconciliationId,
      lines: chunk.filter((line): line is PartnerLine => !isBad(line)),
      badLines: chunk.filter(isBad),
    },
  }));
}

function compareAgain(
  { comparisonId }: CompareAgain,
  state: OpenedReconciliation,
  terms: ReconciliationTerms,
): readonly ReconciliationEvent[] {
  if (state.comparisons.has(comparisonId)) return [];
  refuseClosed(state);
  return comparison([], state, comparisonId, terms.ledgerFor(scopeOf(state.opened)));
}

/**
 * Matches what is free by its references, and says what list and ledger come to then.
 * @param before what is recorded first; where that fills the append, the comparison waits for the next one
 */
function comparison(
  before: readonly ReconciliationEvent[],
  state: OpenedReconciliation,
  comparisonId: string,
  ledger: LedgerSide,
): readonly ReconciliationEvent[] {
  if (!fit(before)) return asFits(before);
  const { reconciliationId } = state.opened;
  const atPosition = String(ledger.atPosition);
  const index = new PaymentIndex(ledger.payments);
  const found = matchLines(freeLines(state), index, (paymentId) => state.matchOfPayment.has(paymentId));
  const matched = chunksOf(found).map((matches): ReconciliationEvent => {
    return { type: 'LinesMatched.v1', data: { reconciliationId, comparisonId, atPosition, matches } };
  });
  const events = [...before, ...matched];
  if (!fit(events)) return asFits(events);
  const { totals } = outcomesOf(after(state, matched), ledger, ledger.atPosition, index);
  const data = { reconciliationId, comparisonId, atPosition, totals };
  return asFits([...events, { type: 'LedgerCompared.v1', data }]);
}

function makeMatch(
  { reconciliationId, matchId, reason, ...asked }: MakeMatch,
  state: OpenedReconciliation,
  terms: ReconciliationTerms,
): readonly ReconciliationEvent[] {
  const lineNumbers = [...new Set(asked.lines)].toSorted((a, b) => a - b);
  const paymentIds = [...new Set(asked.payments)].toSorted();
  if (GIVEN_ID.test(matchId)) throw reject('MATCH_ID_RESERVED', { matchId });
  const known = state.matches.get(matchId);
  if (known !== undefined) {
    const same = String(known.lines) === String(lineNumbers) && String(known.payments) === String(paymentIds);
    if (same && known.reason === reason) return [];
    throw reject('MATCH_ID_REUSED', { matchId });
  }
  refuseClosed(state);
  const lines = lineNumbers.map((line) => freeLine(line, state));
  const { payments } = terms.ledgerFor(scopeOf(state.opened));
  const byId = new Map(payments.map((payment) => [payment.paymentId, payment]));
  const free = paymentIds.map((paymentId) => {
    const payment = byId.get(paymentId);
    if (payment === undefined) throw reject('MATCH_PAYMENT_UNKNOWN', { paymentId });
    if (!stands(payment)) throw reject('MATCH_PAYMENT_FALLEN', { paymentId });
    const taken = state.matchOfPayment.get(paymentId);
    if (taken !== undefined) throw reject('MATCH_PAYMENT_TAKEN', { paymentId, matchId: taken });
    return payment;
  });
  return [{ type: 'MatchMade.v1', data: { reconciliationId, ...matchOf(lines, free, matchId), reason } }];
}

function freeLine(line: number, { lines, badLines, matchOfLine }: OpenedReconciliation): PartnerLine {
  if (badLines.has(line)) throw reject('MATCH_LINE_BAD', { listLine: line });
  const found = lines.get(line);
  if (found === undefined) throw reject('MATCH_LINE_UNKNOWN', { listLine: line });
  const taken = matchOfLine.get(line);
  if (taken !== undefined) throw reject('MATCH_LINE_TAKEN', { listLine: line, matchId: taken });
  return found;
}

function undoMatch({ reconciliationId, matchId, reason }: UndoMatch, state: OpenedReconciliation) {
  const known = state.matches.get(matchId);
  if (known === undefined) throw reject('MATCH_UNKNOWN', { matchId });
  if (known.undone === reason) return [];
  if (known.undone !== undefined) throw reject('MATCH_ALREADY_UNDONE', { matchId });
  refuseClosed(state);
  const { lines, payments, listed, recorded } = known;
  const data = { reconciliationId, matchId, lines, payments, listed, recorded, reason };
  return [{ type: 'MatchUndone.v1', data } as const];
}

function close(
  { reconciliationId, reason }: CloseReconciliation,
  state: OpenedReconciliation,
  terms: ReconciliationTerms,
): readonly ReconciliationEvent[] {
  if (state.status === 'closed') {
    if (state.closing.reason === reason) return [];
    throw reject('RECONCILIATION_CLOSED', { reconciliationId, closedOn: state.closing.closedOn });
  }
  const ledger = terms.ledgerFor(scopeOf(state.opened));
  const shown = outcomesOf(state, ledger, ledger.atPosition);
  const remaining = remainingOf(shown);
  const { bad, missingHere, missingThere, differentAmount } = remaining;
  if (missingThere.length > MAX_MISSING_THERE)
    throw reject('RECONCILIATION_TOO_MANY_DIFFERENCES', { count: missingThere.length, atMost: MAX_MISSING_THERE });
  const counts = {
    bad: bad.length,
    missingHere: missingHere.length,
    missingThere: missingThere.length,
    differentAmount: differentAmount.length,
  };
  if (reason === undefined && Object.values(counts).some((count) => count > 0))
    throw reject('RECONCILIATION_DIFFERENCES_REMAIN', counts);
  const why = reason === undefined ? {} : { reason };
  const atPosition = String(ledger.atPosition);
  const data = { reconciliationId, closedOn: terms.today, atPosition, totals: shown.totals, remaining, ...why };
  return [{ type: 'ReconciliationClosed.v1', data }];
}

function remainingOf({ rows }: Outcomes): ReconciliationClosed['data']['remaining'] {
  const linesOf = (outcome: 'bad' | 'missing-here') =>
    rows.flatMap((row) => (row.outcome === outcome && row.line !== undefined ? [row.line] : []));
  const differing = new Map(
    rows.flatMap(({ outcome, match, difference }) =>
      outcome === 'different-amount' ? [[match!.matchId, difference!] as const] : [],
    ),
  );
  return {
    bad: linesOf('bad'),
    missingHere: linesOf('missing-here'),
    missingThere: rows.flatMap((row) => (row.outcome === 'missing-there' ? [row.payments[0]!.paymentId] : [])),
    differentAmount: Array.from(differing, ([matchId, difference]) => ({ matchId, ...difference })),
  };
}

function refuseClosed(state: OpenedReconciliation): void {
  if (state.status !== 'closed') return;
  const { reconciliationId, closedOn } = state.closing;
  throw reject('RECONCILIATION_CLOSED', { reconciliationId, closedOn });
}

function isBad(line: PartnerLine | BadLine): line is BadLine {
  return 'errors' in line;
}

function after(state: Reconciliation, events: readonly ReconciliationEvent[]): OpenedReconciliation {
  return events.reduce(evolveReconciliation, state) as OpenedReconciliation;
}

/** Some at a time, in order: so many, and so large, that an event of them stays small. */
function chunksOf<Item extends object>(items: readonly Item[]): readonly (readonly Item[])[] {
  const chunks: Item[][] = [];
  let bytes = 0;
  for (const item of items) {
    const more = bytesOf(item);
    const chunk = chunks.at(-1);
    if (chunk === undefined || chunk.length === AT_ONCE || bytes + more > EVENT_BYTES) {
      chunks.push([item]);
      bytes = more;
    } else {
      chunk.push(item);
      bytes += more;
    }
  }
  return chunks;
}

/** True when one append takes them all. */
function fit(events: readonly ReconciliationEvent[]): boolean {
  return asFits(events).length === events.length;
}

/** The first of the events, as many as one append takes. */
function asFits(events: readonly ReconciliationEvent[]): readonly ReconciliationEvent[] {
  let bytes = 0;
  const beyond = events.findIndex(({ data }, i) => {
    bytes += bytesOf(data);
    return i > 0 && bytes > APPEND_BYTES;
  });
  return beyond === -1 ? events : events.slice(0, beyond);
}

/** At most so many, as JSON in UTF-8. */
function bytesOf(value: object): number {
  const text = JSON.stringify(value);
  // oxlint-disable-next-line no-control-regex -- what is not ASCII has three bytes at most, a pair of surrogates four
  return text.length + 2 * (text.match(/[^\u0000-\u007f]/g)?.length ?? 0);
}
