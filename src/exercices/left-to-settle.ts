/** What is left to call, to pay and to reconcile in an exercice before it is closed (R21, R22). */

import { sumCents } from '#libs/money/cents';
import { moneyEvents } from '../balances/money-events.js';
import type { LedgerEvent } from '../catalogue.js';
import type { Ledger } from '../ledger.js';
import { callLinesOf, type PayerLine } from '../settlement/call-lines.movements.js';
import { settledCallsOf } from '../settlement/settled-calls.js';
import type { SettledCall } from '../settlement/settled-calls.movements.js';
import { accountOf } from '../settlement/settlement.state.js';
import { uncalledCounts } from '../settlement/uncalled.js';

/** Lines listed at most; all of them are counted. */
export const LISTED_LINES = 200;

export interface UncalledLines {
  readonly schemeId: string;
  readonly payer: string;
  readonly lineCount: number;
  /** What the payer paid less what came back, over all lines. */
  readonly amountCents: number;
  /** The others' part of it: what a call would ask for, before credits. */
  readonly othersCents: number;
  readonly lines: readonly UncalledLine[];
}

/** Negative: it came back. */
export interface UncalledLine {
  readonly lineId: string;
  readonly paymentId: string;
  readonly grantId: string;
  readonly on: string;
  readonly amountCents: number;
  readonly othersCents: number;
}

/** Per payer and scheme, what no call has taken. */
export async function uncalledOf(ledger: Ledger, exercice: number): Promise<UncalledLines[]> {
  const accounts = uncalledCounts(ledger, { upTo: exercice }).filter((account) => account.exercice === exercice);
  const uncalled: UncalledLines[] = [];
  for (const schemeId of new Set(accounts.map((account) => account.schemeId))) {
    const { state } = await ledger.settlements.loadDurable(schemeId);
    const events: LedgerEvent[] = [];
    for await (const { event } of moneyEvents(ledger, { scheme: schemeId, exercice })) events.push(event);
    const linesOf = callLinesOf(events);
    for (const { payer } of accounts.filter((account) => account.schemeId === schemeId)) {
      const { calledLines } = accountOf(state, exercice, payer);
      const lines = (linesOf.get(payer) ?? []).filter(({ lineId }) => !calledLines.has(lineId));
      if (lines.length > 0) uncalled.push(summed(schemeId, payer, lines));
    }
  }
  return uncalled;
}

function summed(schemeId: string, payer: string, lines: readonly PayerLine[]): UncalledLines {
  const signed = lines.map(({ lineId, paymentId, grantId, on, sign, amountCents, shares }): UncalledLine => {
    const others = shares.filter((share) => share.funderId !== payer);
    const othersCents = sign * sumCents(others.map((share) => share.amountCents));
    return { lineId, paymentId, grantId, on, amountCents: sign * amountCents, othersCents };
  });
  return {
    schemeId,
    payer,
    lineCount: lines.length,
    amountCents: sumCents(signed.map(({ amountCents }) => amountCents)),
    othersCents: sumCents(signed.map(({ othersCents }) => othersCents)),
    lines: signed.slice(0, LISTED_LINES),
  };
}

/** What funders were called for and have not paid, by funder and then call by call. */
export function unpaidCallsOf(ledger: Ledger, exercice: number): SettledCall[] {
  return settledCallsOf(ledger, {})
    .filter((call) => call.exercice === exercice && call.unpaidCents > 0)
    .map(({ exercice: _e, issuedOn: _i, ...call }) => call)
    .toSorted((a, b) => (a.funderId === b.funderId ? 0 : a.funderId < b.funderId ? -1 : 1));
}

export interface OpenReconciliation {
  readonly reconciliationId: string;
  readonly funderId: string;
  readonly schemeId: string | null;
  readonly receivedOn: string;
  readonly lineCount: number;
  readonly matchedLineCount: number;
}

/** Partners' lists of the exercice that nobody has signed off. */
export function openReconciliationsOf({ rows }: Ledger, exercice: number): OpenReconciliation[] {
  return rows.all<OpenReconciliation>(
    `SELECT reconciliation_id AS reconciliationId, funder_id AS funderId, scheme_id AS schemeId, received_on AS receivedOn,
       line_count AS lineCount, matched_line_count AS matchedLineCount
     FROM reconciliations WHERE exercice = ? AND status <> 'closed' ORDER BY position`,
    exercice,
  );
}
