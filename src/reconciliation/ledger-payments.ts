/** The payments of the ledger that a partner bears a share of, as the read models have them. */

import type { Ledger } from '../ledger.js';
import type { LedgerPayment, LedgerSide, Scope } from './reconciliation.terms.js';

type Row = Omit<LedgerPayment, 'shareCents' | 'orderNumbers'> & {
  readonly orderNumber: string | null;
  readonly shares: string;
  readonly place: number;
};

/** Read at one stroke with the position it stands on. */
export function ledgerSideOf(
  { rows, projector }: Ledger,
  { funderId, exercice, schemeId = null }: Omit<Scope, 'schemeId'> & { readonly schemeId?: string | null },
): LedgerSide {
  const found = rows.all<Row>(
    `SELECT p.payment_id AS paymentId, p.grant_id AS grantId, p.scheme_id AS schemeId, p.paid_on AS paidOn, p.amount_cents AS amountCents,
       p.order_number AS orderNumber, p.status, p.recovered_cents AS recoveredCents, p.position, p.shares, k.place
     FROM split_key_parts k CROSS JOIN payments p
       ON p.scheme_id = k.scheme_id AND p.exercice = ? AND p.key_version = k.version
     WHERE k.funder_id = ? AND k.scheme_id = coalesce(?, k.scheme_id)`,
    exercice,
    funderId,
    schemeId,
  );
  const reissues = new Map<string, string[]>();
  for (const { paymentId, orderNumber } of rows.all<{ paymentId: string; orderNumber: string }>(
    `SELECT r.payment_id AS paymentId, r.order_number AS orderNumber
     FROM reissue_orders r JOIN payments p ON p.payment_id = r.payment_id WHERE p.exercice = ?`,
    exercice,
  ))
    reissues.set(paymentId, [...(reissues.get(paymentId) ?? []), orderNumber]);
  const payments = found.map(({ orderNumber, shares, place, ...payment }) => ({
    ...payment,
    shareCents: Number(shares.split(',')[place]),
    orderNumbers: [...(orderNumber === null ? [] : [orderNumber]), ...(reissues.get(payment.paymentId) ?? [])],
  }));
  return { atPosition: projector.checkpoint, payments };
}
