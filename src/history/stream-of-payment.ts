/** In which stream a payment is: recorded, or only proposed. */

import type { Ledger } from '../ledger.js';

export function streamOfPayment({ rows }: Ledger): (paymentId: string) => string | undefined {
  return (paymentId) => {
    const row =
      rows.get<{ grantId: string }>('SELECT grant_id AS grantId FROM payments WHERE payment_id = ?', paymentId) ??
      rows.get<{ grantId: string }>('SELECT grant_id AS grantId FROM proposals WHERE payment_id = ?', paymentId);
    return row === undefined ? undefined : `grant-${row.grantId}`;
  };
}
