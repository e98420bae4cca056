/**
 * The payments, what became of those that were corrected, the order numbers of reissues, and the payments that wait for a
 * second person.
 */

import type { Day } from '#libs/calendar/day';
import type { Projection, Rows } from '#libs/projections/projection';
import type { StoredLedgerEvent } from '../catalogue.js';

export const paymentsProjection: Projection<StoredLedgerEvent> = {
  name: 'payments',
  version: 3,
  tables: `
    CREATE TABLE payments (position INTEGER PRIMARY KEY, payment_id TEXT NOT NULL, grant_id TEXT NOT NULL, scheme_id TEXT NOT NULL,
      exercice INTEGER NOT NULL, paid_on TEXT NOT NULL, paid_by TEXT NOT NULL, amount_cents INTEGER NOT NULL, instalment TEXT NOT NULL,
      order_number TEXT, beneficiary_id TEXT NOT NULL, key_version INTEGER NOT NULL, shares TEXT NOT NULL, status TEXT NOT NULL,
      recovered_cents INTEGER NOT NULL);
    CREATE UNIQUE INDEX payments_by_id ON payments (payment_id);
    CREATE TABLE payment_changes (payment_position INTEGER, position INTEGER, changed_on TEXT NOT NULL, status TEXT,
      recovered_cents INTEGER NOT NULL, PRIMARY KEY (payment_position, position)) WITHOUT ROWID;
    CREATE TABLE reissue_orders (payer TEXT, exercice INTEGER, order_number TEXT, payment_id TEXT NOT NULL,
      PRIMARY KEY (payer, exercice, order_number)) WITHOUT ROWID;
    CREATE TABLE proposals (proposal_id TEXT PRIMARY KEY, position INTEGER NOT NULL, status TEXT NOT NULL, grant_id TEXT NOT NULL,
      scheme_id TEXT NOT NULL, payment_id TEXT NOT NULL, amount_cents INTEGER NOT NULL, paid_on TEXT NOT NULL,
      exercice INTEGER NOT NULL, because TEXT NOT NULL, limit_cents INTEGER NOT NULL, proposed_by TEXT NOT NULL, decided_by TEXT, reason TEXT,
      decided_at_position INTEGER) WITHOUT ROWID;
  `,
  indices: `
    CREATE INDEX payments_of_beneficiary ON payments (beneficiary_id, amount_cents, paid_on);
    CREATE INDEX payments_by_order ON payments (order_number, exercice, paid_by) WHERE order_number IS NOT NULL;
    CREATE INDEX payments_of_grant ON payments (grant_id);
    CREATE INDEX payments_by_day ON payments (paid_on, position);
    CREATE INDEX payments_of_exercice ON payments (scheme_id, exercice, paid_on);
    CREATE INDEX payments_of_payer ON payments (scheme_id, exercice, paid_by, paid_on);
  `,

  apply(event, rows) {
    switch (event.type) {
      case 'PaymentProposed.v1': {
        const {
          proposalId,
          grantId,
          schemeId,
          paymentId,
          amountCents,
          paidOn,
          exercice,
          because,
          limitCents,
          proposedBy,
        } = event.data;
        rows.run(
          "INSERT INTO proposals VALUES (?, ?, 'awaiting-approval', ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL)",
          proposalId,
          event.position,
          grantId,
          schemeId,
          paymentId,
          amountCents,
          paidOn,
          exercice,
          because,
          limitCents,
          proposedBy,
        );
        return;
      }
      case 'PaymentRefused.v1': {
        const { proposalId, refusedBy, reason } = event.data;
        rows.run(
          `UPDATE proposals SET status = 'refused', decided_by = ?, reason = ?, decided_at_position = ?
           WHERE proposal_id = ?`,
          refusedBy,
          reason,
          event.position,
          proposalId,
        );
        return;
      }
      case 'PaymentRecorded.v1': {
        const { data } = event;
        rows.run(
          "INSERT INTO payments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'paid', 0)",
          event.position,
          data.paymentId,
          data.grantId,
          data.schemeId,
          data.exercice,
          data.paidOn,
          data.paidBy,
          data.amountCents,
          data.instalment,
          data.orderNumber ?? null,
          data.beneficiaryId,
          data.split.keyVersion,
          data.shares.map((share) => share.amountCents).join(','),
        );
        if (data.approval !== undefined)
          rows.run(
            "UPDATE proposals SET status = 'approved', decided_by = ? WHERE proposal_id = ?",
            data.approval.approvedBy,
            data.approval.proposalId,
          );
        return;
      }
      case 'PaymentReversed.v1':
        change(rows, event, event.data.reversedOn, 'reversed');
        return;
      case 'PaymentReturned.v1':
        change(rows, event, event.data.returnedOn, 'returned');
        return;
      case 'RecoveryRecorded.v1':
        change(rows, event, event.data.recoveredOn, null, event.data.amountCents);
        return;
      case 'PaymentReissued.v1': {
        const { paymentId, orderNumber, paidBy, exercice, reissuedOn } = event.data;
        change(rows, event, reissuedOn, 'paid');
        if (orderNumber !== undefined)
          rows.run(
            'INSERT OR IGNORE INTO reissue_orders VALUES (?, ?, ?, ?)',
            paidBy,
            exercice,
            orderNumber,
            paymentId,
          );
      }
    }
  },
};

/** @param status null where it stays as it is */
function change(
  rows: Rows,
  { position, data: { paymentId } }: { readonly position: number; readonly data: { readonly paymentId: string } },
  changedOn: Day,
  status: string | null,
  recoveredCents = 0,
): void {
  rows.run(
    'UPDATE payments SET status = coalesce(?, status), recovered_cents = recovered_cents + ? WHERE payment_id = ?',
    status,
    recoveredCents,
    paymentId,
  );
  rows.run(
    'INSERT INTO payment_changes SELECT position, ?, ?, ?, ? FROM payments WHERE payment_id = ?',
    position,
    changedOn,
    status,
    recoveredCents,
    paymentId,
  );
}
