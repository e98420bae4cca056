/** What payments and grants were in a view of the past, from the few changes that the tables keep of those that changed. */

import type { Value } from '#libs/projections/projection';
import type { Ledger } from '../ledger.js';
import { boundsOf, type View } from '../views/view.js';

/** SQL that is true or not, and the values it names. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly Value[];
}

export interface PastPayment {
  readonly status: string;
  readonly recoveredCents: number;
}

export interface PastGrant {
  readonly status: string;
  readonly amountCents: number;
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly instructedBy: string;
  readonly netPaidCents: number;
}

const CHANGES = {
  payment: { table: 'payment_changes', of: 'payment_position', unchanged: 'paid', row: 'p.position' },
  grant: { table: 'grant_changes', of: 'grant_position', unchanged: 'active', row: 'grants.position' },
} as const;

/** @param position the payment's own */
export function pastPayment({ rows }: Ledger, view: View, position: number): PastPayment {
  const { asOf, atPosition } = boundsOf(view);
  const changes = rows.all<{ status: string | null; recoveredCents: number }>(
    `SELECT status, recovered_cents AS recoveredCents FROM payment_changes
     WHERE payment_position = ? AND position <= ? AND changed_on <= ? ORDER BY position`,
    position,
    atPosition,
    asOf,
  );
  return {
    status: changes.findLast(({ status }) => status !== null)?.status ?? CHANGES.payment.unchanged,
    recoveredCents: changes.reduce((sum, { recoveredCents }) => sum + recoveredCents, 0),
  };
}

/** What changed of a grant until then; nothing for one that never changed: its row says what it always was. */
export function pastGrant(ledger: Ledger, view: View, grant: { place: number; grantId: string }): Partial<PastGrant> {
  const { asOf, atPosition } = boundsOf(view);
  const changes = ledger.rows.all<Record<string, Value>>(
    `SELECT status, amount_cents AS amountCents, period_from AS periodFrom, period_to AS periodTo, instructed_by AS instructedBy
     FROM grant_changes WHERE grant_position = ? AND position <= ? AND changed_on <= ? ORDER BY position`,
    grant.place,
    atPosition,
    asOf,
  );
  const was: Record<string, Value> = { netPaidCents: netPaidCents(ledger, view, grant.grantId) };
  for (const change of changes)
    for (const [name, value] of Object.entries(change)) if (value !== null) was[name] = value;
  return was;
}

/** True of the rows that had this status then. */
export function hadStatus(what: 'payment' | 'grant', view: View, status: string): Condition {
  const { table, of, unchanged, row } = CHANGES[what];
  const { asOf, atPosition } = boundsOf(view);
  const then = `coalesce((SELECT status FROM ${table} WHERE ${of} = ${row} AND position <= ? AND changed_on <= ?
    AND status IS NOT NULL ORDER BY position DESC LIMIT 1), '${unchanged}') = ?`;
  if (status === unchanged) return { sql: then, values: [atPosition, asOf, status] };
  // few ever had another one: nothing else is looked at
  const ever = `${row} IN (SELECT ${of} FROM ${table} WHERE status = ?)`;
  return { sql: `${ever} AND ${then}`, values: [status, atPosition, asOf, status] };
}

function netPaidCents(ledger: Ledger, view: View, grantId: string): number {
  const { asOf, atPosition } = boundsOf(view);
  const payments = ledger.rows.all<{ place: number; amountCents: number }>(
    `SELECT position AS place, amount_cents AS amountCents FROM payments
     WHERE grant_id = ? AND position <= ? AND paid_on <= ?`,
    grantId,
    atPosition,
    asOf,
  );
  return payments.reduce((sum, { place, amountCents }) => {
    const { status, recoveredCents } = pastPayment(ledger, view, place);
    return status === 'reversed' ? sum : sum + amountCents - recoveredCents;
  }, 0);
}
