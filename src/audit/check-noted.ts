/** What was noted when a payment was recorded: the ceilings it passed, who approved it, why it was let through. */

import type { Ledger } from '../ledger.js';
import type { Findings } from './findings.js';
import { paymentsAt, type Asked, type AuditedPayment } from './population.js';

export function checkNoted(ledger: Ledger, { filter, upTo }: Asked, findings: Findings): void {
  const passed = new Map(
    ledger.rows
      .all<{ position: number; ceilings: string }>(
        `SELECT position, group_concat(other_id, ', ') AS ceilings FROM noted WHERE kind = 'ceiling-passed' AND position <= ?
         GROUP BY position`,
        upTo,
      )
      .map(({ position, ceilings }) => [position, ceilings]),
  );
  for (const payment of paymentsAt(ledger, filter, [...passed.keys()]))
    findings.add('ceiling-passed', payment, { ceilings: passed.get(payment.position)!, reason: '' });
  const approved = new Map(
    ledger.rows
      .all<{ position: number; actor: string }>(
        `SELECT p.position, a.decided_by AS actor FROM proposals a JOIN payments p ON p.payment_id = a.payment_id
         WHERE a.status = 'approved' AND a.proposed_by = a.decided_by AND p.position <= ?`,
        upTo,
      )
      .map(({ position, actor }) => [position, actor]),
  );
  for (const payment of paymentsAt(ledger, filter, [...approved.keys()]))
    findings.add('approved-by-recorder', payment, { actor: approved.get(payment.position)! });
}

/** The reason with which something noted was let through; null when its payment states none. */
export function reasonOf({ rows }: Ledger, { position, paidOn }: AuditedPayment, kind: string): string | null {
  const noted = rows.get<{ reason: string | null }>(
    'SELECT reason FROM noted WHERE on_day = ? AND position = ? AND kind = ? ORDER BY ordinal LIMIT 1',
    paidOn,
    position,
    kind,
  );
  return noted?.reason ?? null;
}
