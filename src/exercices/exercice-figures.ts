/** What the read models show of an exercice: its totals, what it carries over, and what stands in the way of closing it. */

import { balanceColumns, positionCents } from '../balances/balance.movements.js';
import type { Ledger } from '../ledger.js';
import type { CarriedOver, ExerciceTotals, SetAside } from './exercice.events.js';
import { openExercice, type Exercice } from './exercice.state.js';

const COLUMNS = balanceColumns.join(', ');
const SUMS = balanceColumns.map((column) => `sum(${column}) AS ${column}`).join(', ');
const HAS_MOVED = `(${balanceColumns.map((column) => `${column} <> 0`).join(' OR ')})`;

type Row = Omit<ExerciceTotals, 'positionCents'>;

export function totalsOf({ rows }: Ledger, exercice: number): ExerciceTotals[] {
  const moved = rows.all<Row>(
    `SELECT scheme_id AS schemeId, funder_id AS funderId, ${COLUMNS} FROM balances
     WHERE exercice = ? AND ${HAS_MOVED} ORDER BY scheme_id, funder_id`,
    exercice,
  );
  return moved.map((row) => ({ ...row, positionCents: positionCents(row) }));
}

/** Positions over this exercice and all before it; those that are not zero. */
export function carriedOverFrom({ rows }: Ledger, exercice: number): CarriedOver[] {
  const sums = rows.all<Row>(
    `SELECT scheme_id AS schemeId, funder_id AS funderId, ${SUMS} FROM balances
     WHERE exercice <= ? GROUP BY scheme_id, funder_id ORDER BY scheme_id, funder_id`,
    exercice,
  );
  return sums
    .map((row) => ({ schemeId: row.schemeId, funderId: row.funderId, positionCents: positionCents(row) }))
    .filter((row) => row.positionCents !== 0);
}

/** Payments of the exercice that the bank returned and nobody has issued again. */
export function bankReturnsOf({ rows }: Ledger, exercice: number): Omit<SetAside, 'reason'>[] {
  return rows.all<Omit<SetAside, 'reason'>>(
    `SELECT payment_id AS paymentId, grant_id AS grantId, scheme_id AS schemeId, amount_cents AS amountCents
     FROM payments WHERE exercice = ? AND status = 'returned' ORDER BY position`,
    exercice,
  );
}

export interface AwaitingApproval {
  readonly proposalId: string;
  readonly grantId: string;
  readonly schemeId: string;
  readonly paymentId: string;
  readonly amountCents: number;
  readonly proposedBy: string;
}

export function awaitingApprovalOf({ rows }: Ledger, exercice: number): AwaitingApproval[] {
  return rows.all<AwaitingApproval>(
    `SELECT proposal_id AS proposalId, grant_id AS grantId, scheme_id AS schemeId, payment_id AS paymentId,
       amount_cents AS amountCents, proposed_by AS proposedBy
     FROM proposals WHERE exercice = ? AND status = 'awaiting-approval' ORDER BY position`,
    exercice,
  );
}

/** The first exercice before this one that has balances and is not closed. */
export function earlierOpenOf(ledger: Ledger, exercice: number): number | undefined {
  const earlier = ledger.rows.all<{ year: number }>(
    `SELECT DISTINCT exercice AS year FROM balances WHERE exercice < ? AND ${HAS_MOVED} ORDER BY exercice`,
    exercice,
  );
  return earlier.find(({ year }) => !isClosed(stateOf(ledger, year)))?.year;
}

/** The first exercice after this one that is closed or whose closing is proposed. */
export function laterClosedOf(ledger: Ledger, exercice: number): number | undefined {
  const later = ledger.rows.all<{ year: number }>(
    'SELECT exercice AS year FROM exercices WHERE exercice > ? ORDER BY exercice',
    exercice,
  );
  return later.find(({ year }) => stateOf(ledger, year).status !== 'open')?.year;
}

export function stateOf(ledger: Ledger, exercice: number): Exercice {
  return ledger.exercices.remembered(String(exercice)) ?? openExercice;
}

function isClosed({ status }: Exercice): boolean {
  return status === 'closed' || status === 'reopening-proposed';
}

/** Where in the log its closing stands; null while it is not closed. */
export function closedAtPositionOf({ rows }: Ledger, exercice: number): string | null {
  const sql = 'SELECT CAST(position AS TEXT) AS position FROM closed_exercices WHERE exercice = ?';
  return rows.get<{ position: string }>(sql, exercice)?.position ?? null;
}
