/** The rules between the funders of a scheme: funding calls (R21) and contributions (R22), in open exercices only (R23). */

import { yearOf, type Day } from '#libs/calendar/day';
import type { Decider } from '#libs/decider/decider';
import { sameContent } from '#libs/decider/same-content';
import { addCents } from '#libs/money/cents';
import { fundersOf, type OpenedScheme, type Scheme } from '../schemes/scheme.state.js';
import type { PayerLine } from './call-lines.movements.js';
import type { CalledLine, ContributionFacts, Credit, FundingCallIssued, SettlementEvent } from './settlement.events.js';
import { reject } from './settlement.rejections.js';
import { accountOf, evolveSettlement, nothingSettled, type Settlement } from './settlement.state.js';

export interface IssueFundingCall {
  readonly type: 'IssueFundingCall';
  readonly schemeId: string;
  readonly callId: string;
  readonly exercice: number;
  /** The scheme's payer when absent. */
  readonly payer?: string;
  /** Calls what is dated this day or earlier. */
  readonly issuedOn: Day;
  /** The digest of the draft that was shown: nothing else is issued. A condition, no part of the call's content. */
  readonly draft?: string;
}

export interface RecordContribution extends ContributionFacts {
  readonly type: 'RecordContribution';
}

export interface ReverseContribution {
  readonly type: 'ReverseContribution';
  readonly schemeId: string;
  readonly contributionId: string;
  readonly reversedOn: Day;
  readonly reason: string;
}

export type SettlementCommand = IssueFundingCall | RecordContribution | ReverseContribution;

/** What a decision uses from elsewhere. */
export interface SettlementTerms {
  readonly today: Day;
  scheme(schemeId: string): Scheme;
  /** Nothing goes into it: it is closed, or its closing is proposed. */
  isExerciceClosed(exercice: number): boolean;
  /** Of these: its closing is proposed, and it may come back. */
  isExerciceClosing(exercice: number): boolean;
  /**
   * What this funder paid and recovered in the call's scheme, called already or not: all of the call's exercice, and of
   * earlier ones at least what no call has taken.
   */
  linesOf(payer: string): readonly PayerLine[];
  /** The digest by which a draft is known again. */
  draftOf(call: FundingCallIssued['data']): string;
  /** The scheme that has a call of this id, if any. */
  schemeOfCall(callId: string): string | undefined;
  /** The scheme that has a contribution of this id, if any. */
  schemeOfContribution(contributionId: string): string | undefined;
}

export const settlementDecider: Decider<Settlement, SettlementCommand, SettlementEvent, SettlementTerms> = {
  initial: nothingSettled,

  decide(command, settlement, terms) {
    const scheme = terms.scheme(command.schemeId);
    if (scheme.status === 'unknown') throw reject('SETTLEMENT_SCHEME_UNKNOWN', { schemeId: command.schemeId });
    switch (command.type) {
      case 'IssueFundingCall':
        return issueCall(command, settlement, scheme, terms);
      case 'RecordContribution':
        return recordContribution(command, settlement, scheme, terms);
      case 'ReverseContribution':
        return reverseContribution(command, settlement, terms);
    }
  },

  evolve: evolveSettlement,
};

function issueCall(
  { schemeId, callId, exercice, issuedOn, ...asked }: IssueFundingCall,
  settlement: Settlement,
  scheme: OpenedScheme,
  terms: SettlementTerms,
): readonly SettlementEvent[] {
  const payer = asked.payer ?? scheme.opened.payer;
  const known = settlement.calls.get(callId);
  if (known?.exercice === exercice && known.payer === payer && known.issuedOn === issuedOn) return [];
  if (known !== undefined || isElsewhere(terms.schemeOfCall(callId), schemeId))
    throw reject('FUNDING_CALL_ID_REUSED', { callId });
  refuseOutsider(payer, scheme);
  refuseFuture(issuedOn, terms);
  refuseClosed(exercice, terms);
  const account = accountOf(settlement, exercice, payer);
  if (account.issuedOn !== undefined && issuedOn < account.issuedOn)
    throw reject('FUNDING_CALL_OUT_OF_ORDER', { issuedOn, number: account.number, lastOn: account.issuedOn });
  const covered = { payer, exercice, issuedOn };
  const lines = linesToCall(covered, settlement, terms);
  const broughtForward = creditsToTake(covered, settlement, terms);
  const settled = settle(lines, broughtForward, payer, scheme);
  // what only gives back waits for the next call: nobody is asked for less than nothing
  if (settled.called.length === 0) throw reject('FUNDING_CALL_EMPTY', { schemeId, exercice, payer, issuedOn });
  const number = account.number + 1;
  const { called, carriedForward } = settled;
  const data = { callId, schemeId, exercice, payer, number, issuedOn, lines, called, broughtForward, carriedForward };
  if (asked.draft !== undefined && asked.draft !== terms.draftOf(data))
    throw reject('FUNDING_CALL_DRAFT_STALE', { callId, draft: asked.draft });
  return [{ type: 'FundingCallIssued.v2', data }];
}

/** What a call is asked to cover. */
type Covered = Pick<FundingCallIssued['data'], 'payer' | 'exercice' | 'issuedOn'>;

/** R21, R23: what no call has taken, of the exercice and, with its year of origin, of earlier ones that are closed. */
function linesToCall(
  { payer, exercice, issuedOn }: Covered,
  settlement: Settlement,
  terms: SettlementTerms,
): readonly CalledLine[] {
  const lines: CalledLine[] = [];
  for (const { exercice: year, ...line } of terms.linesOf(payer)) {
    if (line.on > issuedOn || accountOf(settlement, year, payer).calledLines.has(line.lineId)) continue;
    if (year === exercice) lines.push(line);
    else if (year < exercice && isOver(year, terms)) lines.push({ ...line, originExercice: year });
  }
  return lines;
}

/** R22: what the payer's last call left to each funder; of an earlier exercice when it is closed and its call not later. */
function creditsToTake(
  { payer, exercice, issuedOn }: Covered,
  settlement: Settlement,
  terms: SettlementTerms,
): readonly Credit[] {
  const accounts = Array.from(settlement.accounts.get(payer) ?? []).toSorted(([a], [b]) => a - b);
  return accounts.flatMap(([year, account]) => {
    const credits = Array.from(account.creditCents, ([funderId, amountCents]) => ({ funderId, amountCents }));
    if (year === exercice) return credits;
    const isLeft = year < exercice && isOver(year, terms) && (account.issuedOn ?? '') <= issuedOn;
    return isLeft ? credits.map((credit) => ({ ...credit, originExercice: year })) : [];
  });
}

/** R21: each other funder's part of the lines, less the credit that earlier lines left it; what is left of that is carried on. */
function settle(lines: readonly CalledLine[], credits: readonly Credit[], payer: string, scheme: OpenedScheme) {
  const owedCents = new Map<string, number>();
  const owe = (funderId: string, cents: number) => {
    owedCents.set(funderId, addCents(owedCents.get(funderId) ?? 0, cents));
  };
  for (const { sign, shares } of lines) for (const share of shares) owe(share.funderId, sign * share.amountCents);
  for (const { funderId, amountCents } of credits) owe(funderId, -amountCents);
  const others = fundersOf(scheme).filter((funderId) => funderId !== payer);
  const positive = (sign: 1 | -1) =>
    others
      .map((funderId) => ({ funderId, amountCents: sign * (owedCents.get(funderId) ?? 0) }))
      .filter((share) => share.amountCents > 0);
  return { called: positive(1), carriedForward: positive(-1) };
}

/** Closed by everybody: while its closing is only proposed it may come back, and keeps its lines and credits until then. */
function isOver(exercice: number, terms: SettlementTerms): boolean {
  return terms.isExerciceClosed(exercice) && !terms.isExerciceClosing(exercice);
}

function recordContribution(
  { type: _, ...asked }: RecordContribution,
  settlement: Settlement,
  scheme: OpenedScheme,
  terms: SettlementTerms,
): readonly SettlementEvent[] {
  const { contributionId, schemeId, exercice, from, to, paidOn } = asked;
  const known = settlement.contributions.get(contributionId);
  if (known !== undefined) {
    const { originExercice: __, ...facts } = known.recorded;
    if (sameContent(facts, asked)) return [];
  }
  if (known !== undefined || isElsewhere(terms.schemeOfContribution(contributionId), schemeId))
    throw reject('CONTRIBUTION_ID_REUSED', { contributionId });
  if (from === to) throw reject('CONTRIBUTION_TO_ITSELF', { funderId: from });
  refuseOutsider(from, scheme);
  refuseOutsider(to, scheme);
  refuseFuture(paidOn, terms);
  refuseClosed(exercice, terms);
  const originExercice = exerciceOfCall(asked, settlement, terms);
  const origin = originExercice === undefined || originExercice === exercice ? {} : { originExercice };
  return [{ type: 'ContributionRecorded.v1', data: { ...asked, ...origin } }];
}

/** R23: a contribution counts in its call's exercice, or in a later one once that is closed. Undefined without a call. */
function exerciceOfCall(
  { callId, exercice, from, to }: ContributionFacts,
  settlement: Settlement,
  terms: SettlementTerms,
): number | undefined {
  if (callId === undefined) return undefined;
  const call = settlement.calls.get(callId);
  if (call === undefined) throw reject('FUNDING_CALL_UNKNOWN', { callId });
  const isAsked = call.payer === to && call.called.some((share) => share.funderId === from);
  const countsThere = call.exercice === exercice || (call.exercice < exercice && terms.isExerciceClosed(call.exercice));
  if (!isAsked || !countsThere) throw reject('CONTRIBUTION_NOT_CALLED', { callId, from, to, exercice });
  return call.exercice;
}

function reverseContribution(
  { contributionId, reversedOn, reason }: ReverseContribution,
  settlement: Settlement,
  terms: SettlementTerms,
): readonly SettlementEvent[] {
  const known = settlement.contributions.get(contributionId);
  if (known === undefined) throw reject('CONTRIBUTION_UNKNOWN', { contributionId });
  const { recorded, reversed } = known;
  if (reversed?.reversedOn === reversedOn && reversed.reason === reason) return [];
  if (reversed !== undefined)
    throw reject('CONTRIBUTION_ALREADY_REVERSED', { contributionId, reversedOn: reversed.reversedOn });
  const { schemeId, from, to, amountCents, callId, paidOn } = recorded;
  refuseFuture(reversedOn, terms);
  if (reversedOn < paidOn) throw reject('CONTRIBUTION_REVERSED_TOO_EARLY', { contributionId, reversedOn, paidOn });
  // R23: in the contribution's own exercice while it is open, afterwards in the year of the reversal
  const exercice = terms.isExerciceClosed(recorded.exercice) ? yearOf(reversedOn) : recorded.exercice;
  refuseClosed(exercice, terms);
  const origin = exercice === recorded.exercice ? {} : { originExercice: recorded.exercice };
  const call = callId === undefined ? {} : { callId };
  const data = { contributionId, schemeId, exercice, ...origin, from, to, amountCents, ...call, reversedOn, reason };
  return [{ type: 'ContributionReversed.v1', data }];
}

function isElsewhere(found: string | undefined, schemeId: string): boolean {
  return found !== undefined && found !== schemeId;
}

function refuseOutsider(funderId: string, scheme: OpenedScheme): void {
  if (!fundersOf(scheme).includes(funderId))
    throw reject('SETTLEMENT_FUNDER_UNKNOWN', { funderId, schemeId: scheme.opened.schemeId });
}

function refuseFuture(on: Day, { today }: SettlementTerms): void {
  if (on > today) throw reject('SETTLEMENT_DATED_IN_FUTURE', { on, today });
}

function refuseClosed(exercice: number, terms: SettlementTerms): void {
  if (terms.isExerciceClosing(exercice)) throw reject('SETTLEMENT_EXERCICE_CLOSING', { exercice });
  if (terms.isExerciceClosed(exercice)) throw reject('SETTLEMENT_EXERCICE_CLOSED', { exercice });
}
