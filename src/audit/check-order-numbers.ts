/** Finds the gaps in payment-order numbers, payer by payer and year by year, reissues included. */

import type { Ledger } from '../ledger.js';
import type { Findings } from './findings.js';
import { gapsOf, orderOf } from './order-series.js';
import { EVERYTHING, paymentsAt, type Asked } from './population.js';

/** @returns how many series are none, and were left out */
export function checkOrderNumbers(ledger: Ledger, { filter, upTo }: Asked, findings: Findings): number {
  const orders = ledger.rows.all<{ payer: string; exercice: number; orderNumber: string; position: number }>(
    `SELECT paid_by AS payer, exercice, order_number AS orderNumber, position FROM payments
       WHERE order_number IS NOT NULL AND position <= ?
     UNION ALL SELECT r.payer, r.exercice, r.order_number, p.position FROM reissue_orders r
       JOIN payments p ON p.payment_id = r.payment_id WHERE p.position <= ?`,
    upTo,
    upTo,
  );
  const series = new Map<string, { payer: string; exercice: number; at: Map<number, (typeof orders)[number]> }>();
  for (const order of orders) {
    const { payer, exercice, orderNumber } = order;
    const found = orderOf(orderNumber);
    if (found === undefined || payer !== (filter.payer ?? payer) || exercice !== (filter.exercice ?? exercice))
      continue;
    const key = `${payer} ${exercice} ${found.series}`;
    const of = series.get(key) ?? { payer, exercice, at: new Map() };
    series.set(key, of);
    of.at.set(found.number, order);
  }
  let leftOut = 0;
  for (const { payer, exercice, at } of series.values()) {
    const gaps = gapsOf([...at.keys()]);
    if (gaps === undefined) leftOut += 1;
    for (const { from, to, before } of gaps ?? []) {
      const { orderNumber, position } = at.get(before)!;
      const missing = from === to ? String(from) : `${from}–${to}`;
      const [payment] = paymentsAt(ledger, EVERYTHING, [position]);
      findings.add('order-number-gap', payment!, { orderNumber, payer, exercice, missing });
    }
  }
  return leftOut;
}
