/** What becomes of each line of a list and of each payment of the ledger, as both stand now: the outcomes and their totals. */

import { matchLines, MAX_PAYMENTS_A_MATCH } from './matching.movements.js';
import { ambiguousOf, firstOf, PaymentIndex, stands, type Source } from './payment-index.movements.js';
import {
  outcomes,
  type BadCell,
  type Match,
  type Outcome,
  type OutcomeTotal,
  type PartnerLine,
  type Sums,
} from './reconciliation.events.js';
import type { KnownMatch, Taken } from './reconciliation.state.js';
import type { LedgerPayment, LedgerSide } from './reconciliation.terms.js';
import { byWorth, differenceOf, equal, sumsOf, worthOf } from './sums.movements.js';
import { Untaken } from './untaken.movements.js';

export type RemarkCode =
  | 'other-day'
  | 'payment-reversed'
  | 'payment-returned'
  | 'payment-recovered'
  | 'already-matched'
  | 'ambiguous-reference'
  | 'unknown-part'
  | 'too-many-payments'
  | 'match-undone'
  | 'recorded-since'
  | 'would-match'
  | 'same-amount';

/** What a reader should know beside the outcome. */
export interface Remark {
  readonly code: RemarkCode;
  /** The payments it is about, the first few. */
  readonly payments: readonly string[];
  /** The parts of the reference it is about. */
  readonly parts: readonly string[];
}

/** One line of the list, or one payment that is not on it. */
export interface OutcomeRow {
  readonly outcome: Outcome;
  /** Undefined for a payment that is missing there. */
  readonly line: number | undefined;
  readonly listed: PartnerLine | undefined;
  readonly errors: readonly BadCell[];
  /** The match that holds the line, as it was made. */
  readonly match: KnownMatch | undefined;
  readonly payments: readonly LedgerPayment[];
  /** What the match's payments come to now; of a payment that is missing there, itself. */
  readonly recorded: Sums | undefined;
  /** What the list has more than the ledger, over the whole match. */
  readonly difference: Sums | undefined;
  readonly remarks: readonly Remark[];
}

export interface Outcomes {
  /** The lines in the order of the file, then the payments missing there in the order of the log. */
  readonly rows: readonly OutcomeRow[];
  readonly totals: readonly OutcomeTotal[];
  /** What the ledger has recorded since the last comparison, and what comparing anew would bring. */
  readonly movedOn: {
    readonly paymentsSince: number;
    readonly matchesChanged: number;
    readonly linesThatWouldMatch: number;
  };
}

/** Payments that one remark names. */
const NAMED_AT_MOST = 3;

/** The lines that a comparison may match. */
export function freeLines({ lines, matchOfLine, byHandOnly }: Taken): PartnerLine[] {
  return Array.from(lines.values()).filter(({ line }) => !matchOfLine.has(line) && !byHandOnly.has(line));
}

/**
 * @param comparedAt where the last comparison stood in the log
 * @param index of the ledger's payments
 */
export function outcomesOf(
  taken: Taken,
  { payments }: LedgerSide,
  comparedAt: number,
  index = new PaymentIndex(payments),
): Outcomes {
  const byId = new Map(payments.map((payment) => [payment.paymentId, payment]));
  const isTaken = (paymentId: string) => taken.matchOfPayment.has(paymentId);
  const proposed = matchLines(freeLines(taken), index, isTaken);
  const proposalOf = new Map(proposed.flatMap((match) => match.lines.map((line) => [line, match] as const)));
  const missing = payments.filter((payment) => stands(payment) && !isTaken(payment.paymentId));
  const alike = byWorth(missing);
  const untaken = new Untaken(isTaken);

  /** By match, what its payments come to now. */
  const stateOf = new Map<string, MatchState>();
  const matchRow = (listed: PartnerLine, matchId: string): OutcomeRow => {
    const match = taken.matches.get(matchId)!;
    const now = stateOf.get(matchId) ?? matchStateOf(match, byId, taken);
    stateOf.set(matchId, now);
    const { difference, payments: matched, recorded } = now;
    const outcome = isNothing(difference) ? 'matched' : 'different-amount';
    const parts = outcome === 'matched' ? [] : index.named(listed.reference).unknownParts;
    const remarks = [...now.remarks, ...remarkOn('unknown-part', [], parts)];
    return { outcome, line: listed.line, listed, errors: [], match, payments: matched, recorded, difference, remarks };
  };
  const missingHere = (listed: PartnerLine): OutcomeRow => {
    const { sources, unknownParts } = index.named(listed.reference);
    const proposal = proposalOf.get(listed.line);
    const freeCount = sources.length === 0 ? 0 : untaken.counted(sources, MAX_PAYMENTS_A_MATCH).count;
    const free = untaken.first(sources, NAMED_AT_MOST);
    const standing = firstOf(
      sources.map((source) => source.standing),
      NAMED_AT_MOST,
    );
    const ambiguous = [...ambiguousOf(sources)];
    const isByHandOnly = taken.byHandOnly.has(listed.line);
    const isTooMany = freeCount > MAX_PAYMENTS_A_MATCH;
    const remarks = [
      ...(isByHandOnly ? remarkOn('match-undone', free, [], 'always') : []),
      ...(proposal === undefined
        ? []
        : remarkOn(
            'would-match',
            proposal.payments.slice(0, NAMED_AT_MOST).map((id) => byId.get(id)!),
          )),
      ...remarksOnFallen(sources),
      ...remarkOn('ambiguous-reference', ambiguous),
      ...(freeCount > 0 || ambiguous.length > 0 ? [] : remarkOn('already-matched', standing)),
      ...(proposal === undefined && ambiguous.length === 0 && !isByHandOnly && isTooMany
        ? remarkOn('too-many-payments', free)
        : []),
      ...(standing.length > 0 ? remarkOn('unknown-part', [], unknownParts) : []),
      ...(freeCount === 0 ? remarkOn('same-amount', alike.get(worthOf(listed)) ?? []) : []),
    ];
    return { ...EMPTY, outcome: 'missing-here', line: listed.line, listed, remarks };
  };
  const rowOf = (line: number): OutcomeRow => {
    const bad = taken.badLines.get(line);
    if (bad !== undefined) return { ...EMPTY, outcome: 'bad', line, errors: bad.errors };
    const listed = taken.lines.get(line)!;
    const matchId = taken.matchOfLine.get(line);
    return matchId === undefined ? missingHere(listed) : matchRow(listed, matchId);
  };

  const lineRows = [...taken.lines.keys(), ...taken.badLines.keys()].toSorted((a, b) => a - b).map(rowOf);
  const paymentRows = missing
    .toSorted((a, b) => a.position - b.position)
    .map((payment): OutcomeRow => {
      const remarks = [
        ...(payment.position > comparedAt ? remarkOn('recorded-since', [payment]) : []),
        ...(payment.recoveredCents > 0 ? remarkOn('payment-recovered', [payment]) : []),
      ];
      return { ...EMPTY, outcome: 'missing-there', payments: [payment], recorded: payment, remarks };
    });
  const changed = Array.from(stateOf, ([matchId, now]) => !equal(now.recorded, taken.matches.get(matchId)!.recorded));
  return {
    rows: [...lineRows, ...paymentRows],
    totals: totalsOf(lineRows, paymentRows, stateOf),
    movedOn: {
      paymentsSince: payments.filter(({ position }) => position > comparedAt).length,
      matchesChanged: changed.filter(Boolean).length,
      linesThatWouldMatch: proposalOf.size,
    },
  };
}

const EMPTY = {
  line: undefined,
  listed: undefined,
  errors: [],
  match: undefined,
  payments: [],
  recorded: undefined,
  difference: undefined,
  remarks: [],
} as const;

/** A match as the ledger has it now: of a payment that was reversed or came back nothing counts. */
interface MatchState {
  readonly payments: readonly LedgerPayment[];
  readonly recorded: Sums;
  readonly difference: Sums;
  readonly remarks: readonly Remark[];
}

function matchStateOf(match: Match, byId: ReadonlyMap<string, LedgerPayment>, { lines }: Taken): MatchState {
  const payments = match.payments.map((paymentId) => byId.get(paymentId)!);
  const recorded = sumsOf(payments.filter(stands));
  const days = new Set(payments.map(({ paidOn }) => paidOn));
  const otherDay = match.lines.some((line) => !days.has(lines.get(line)!.on));
  const remarks = [
    ...(otherDay ? remarkOn('other-day', payments) : []),
    ...remarksOnFallen([
      {
        reversed: payments.filter(({ status }) => status === 'reversed'),
        returned: payments.filter(({ status }) => status === 'returned'),
      },
    ]),
    ...remarkOn(
      'payment-recovered',
      payments.filter(({ recoveredCents }) => recoveredCents > 0),
    ),
  ];
  return { payments, recorded, difference: differenceOf(match.listed, recorded), remarks };
}

function totalsOf(
  lineRows: readonly OutcomeRow[],
  paymentRows: readonly OutcomeRow[],
  stateOf: ReadonlyMap<string, MatchState>,
): readonly OutcomeTotal[] {
  return outcomes.map((outcome) => {
    const rows = lineRows.filter((row) => row.outcome === outcome);
    const matchIds = new Set(rows.flatMap(({ match }) => match?.matchId ?? []));
    const missing = outcome === 'missing-there' ? paymentRows : [];
    const matched = [...matchIds].map((matchId) => stateOf.get(matchId)!);
    return {
      outcome,
      lineCount: rows.length,
      paymentCount: missing.length + matched.reduce((count, { payments }) => count + payments.length, 0),
      listed: sumsOf(rows.flatMap(({ listed }) => listed ?? [])),
      recorded: sumsOf([...missing.map(({ recorded }) => recorded!), ...matched.map(({ recorded }) => recorded)]),
    };
  });
}

function remarksOnFallen(sources: readonly Pick<Source, 'reversed' | 'returned'>[]): readonly Remark[] {
  const first = (fallen: 'reversed' | 'returned') =>
    firstOf(
      sources.map((source) => source[fallen]),
      NAMED_AT_MOST,
    );
  return [...remarkOn('payment-reversed', first('reversed')), ...remarkOn('payment-returned', first('returned'))];
}

/** None when there is nothing to name, unless it is to be said always. */
function remarkOn(
  code: RemarkCode,
  payments: readonly LedgerPayment[],
  parts: readonly string[] = [],
  when: 'always' | 'named' = 'named',
): readonly Remark[] {
  if (when === 'named' && payments.length === 0 && parts.length === 0) return [];
  return [{ code, payments: payments.slice(0, NAMED_AT_MOST).map(({ paymentId }) => paymentId), parts }];
}

function isNothing({ amountCents, shareCents }: Sums): boolean {
  return amountCents === 0 && shareCents === 0;
}
