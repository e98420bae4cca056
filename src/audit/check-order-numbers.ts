/** Finds the gaps in payment-order numbers, payer by payer and year by year, reissues included. */

import { setImmediate } from 'node:timers/promises';
import { funderNameOn } from '../funders/funder.state.js';
import type { Ledger } from '../ledger.js';
import type { Findings } from './findings.js';
import { gapsOf, orderOf, type Gap } from './order-series.js';
import { EVERYTHING, paymentsAt, populationPages, type Asked } from './population.js';

interface Order {
  readonly payer: string;
  readonly exercice: number;
  readonly orderNumber: string;
  /** Of the payment that bears it. */
  readonly position: number;
}

/** Named at once. */
const PAGE = 500;

/** @returns how many series are none, and were left out */
export async function checkOrderNumbers(ledger: Ledger, { filter, upTo }: Asked, findings: Findings): Promise<number> {
  const { payer, exercice } = filter;
  const series = new Map<string, Map<number, Order>>();
  const take = (order: Order) => {
    const found = orderOf(order.orderNumber);
    if (found === undefined) return;
    const key = `${order.payer} ${order.exercice} ${found.series}`;
    const numbers = series.get(key) ?? new Map<number, Order>();
    series.set(key, numbers);
    numbers.set(found.number, order);
  };
  for await (const page of populationPages(ledger, { filter: { ...EVERYTHING, payer, exercice }, upTo }))
    for (const { paidBy, exercice: year, orderNumber, position } of page)
      if (orderNumber !== null) take({ payer: paidBy, exercice: year, orderNumber, position });
  const reissued = ledger.rows.all<Order>(
    `SELECT r.payer, r.exercice, r.order_number AS orderNumber, p.position FROM reissue_orders r
       JOIN payments p ON p.payment_id = r.payment_id
     WHERE r.payer = coalesce(?, r.payer) AND r.exercice = coalesce(?, r.exercice) AND p.position <= ?`,
    payer,
    exercice,
    upTo,
  );
  reissued.forEach(take);
  let leftOut = 0;
  for (const numbers of series.values()) {
    const gaps = gapsOf([...numbers.keys()]);
    if (gaps === undefined) leftOut += 1;
    for (let i = 0; i < (gaps ?? []).length; i += PAGE) noteGaps(ledger, gaps!.slice(i, i + PAGE), numbers, findings);
    // a year's orders never hold up the others
    await setImmediate();
  }
  return leftOut;
}

function noteGaps(ledger: Ledger, gaps: readonly Gap[], numbers: ReadonlyMap<number, Order>, findings: Findings): void {
  const followed = gaps.map((gap) => ({ ...gap, order: numbers.get(gap.before)! }));
  const positions = followed.map(({ order }) => order.position);
  const payments = new Map(paymentsAt(ledger, EVERYTHING, positions).map((payment) => [payment.position, payment]));
  for (const { from, to, order } of followed) {
    const { orderNumber, payer, exercice, position } = order;
    const missing = from === to ? String(from) : `${from}–${to}`;
    const payment = payments.get(position)!;
    const name = funderNameOn(ledger.funders.remembered(payer), payer, payment.paidOn);
    findings.add('order-number-gap', payment, { orderNumber, payer: name, exercice, missing });
  }
}
