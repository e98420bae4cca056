/** Finds payments that look like doubles (R18), going through them beneficiary by beneficiary. */

import { setImmediate } from 'node:timers/promises';
import { daysBetween, type Day } from '#libs/calendar/day';
import type { Ledger } from '../ledger.js';
import { areNear, doublesIn } from './doubles.js';
import type { Findings } from './findings.js';
import { EVERYTHING, paymentsAt, type Asked, type AuditedPayment } from './population.js';

/** What only shows beside other payments of the same beneficiary. */
export async function checkDoubles(ledger: Ledger, { filter, upTo }: Asked, findings: Findings): Promise<void> {
  for await (const positions of runsOfLookAlikes(ledger, upTo)) {
    const all = paymentsAt(ledger, EVERYTHING, positions);
    const counted = new Set(paymentsAt(ledger, filter, positions).map(({ position }) => position));
    const standing = standingOf(ledger, positions);
    for (const alike of groupsOf(all.filter(({ position }) => standing.has(position))))
      for (const { payment, others } of doublesIn(alike)) {
        if (!counted.has(payment.position)) continue;
        findings.add('possible-double', payment, { others: namesOf(others), reason: '' }, others);
      }
  }
}

/** Positions of payments of one beneficiary and amount that follow each other within days, several such runs at a time. */
async function* runsOfLookAlikes({ rows }: Ledger, upTo: number): AsyncGenerator<readonly number[]> {
  let last: Place = { beneficiaryId: '', amountCents: 0, paidOn: '', position: 0 };
  let run: Place[] = [];
  for (;;) {
    const page = rows.all<Place>(
      `SELECT beneficiary_id AS beneficiaryId, amount_cents AS amountCents, paid_on AS paidOn, position FROM payments
       WHERE (beneficiary_id, amount_cents, paid_on, position) > (?, ?, ?, ?)
       ORDER BY beneficiary_id, amount_cents, paid_on, position LIMIT ${PAGE}`,
      last.beneficiaryId,
      last.amountCents,
      last.paidOn,
      last.position,
    );
    const found: number[] = [];
    for (const place of page) {
      if (place.position > upTo) continue;
      const previous = run.at(-1);
      const goesOn =
        previous !== undefined &&
        previous.beneficiaryId === place.beneficiaryId &&
        previous.amountCents === place.amountCents &&
        areNear(previous.paidOn, place.paidOn);
      if (!goesOn) {
        if (run.length > 1) found.push(...run.map(({ position }) => position));
        run = [];
      }
      run.push(place);
    }
    const isLast = page.length < PAGE;
    if (isLast && run.length > 1) found.push(...run.map(({ position }) => position));
    if (found.length > 0) yield found;
    if (isLast) return;
    last = page.at(-1)!;
    await setImmediate();
  }
}

interface Place {
  readonly beneficiaryId: string;
  readonly amountCents: number;
  readonly paidOn: Day;
  readonly position: number;
}

/** Looked up at once in the index of beneficiaries. */
const PAGE = 2_000;

/** R18: a reversed payment is no double. */
function standingOf({ rows }: Ledger, positions: readonly number[]): ReadonlySet<number> {
  const found = rows.all<{ position: number }>(
    "SELECT position FROM payments WHERE position IN (SELECT value FROM json_each(?)) AND status <> 'reversed'",
    JSON.stringify(positions),
  );
  return new Set(found.map(({ position }) => position));
}

/** By beneficiary and amount, each in the order of its days. */
function groupsOf(payments: readonly AuditedPayment[]): readonly (readonly AuditedPayment[])[] {
  const groups = new Map<string, AuditedPayment[]>();
  for (const payment of payments) {
    const key = `${payment.beneficiaryId} ${payment.amountCents}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [payment]);
    else group.push(payment);
  }
  return Array.from(groups.values(), (group) => group.toSorted((a, b) => daysBetween(b.paidOn, a.paidOn)));
}

function namesOf(payments: readonly Pick<AuditedPayment, 'paymentId'>[]): string {
  return payments.map(({ paymentId }) => paymentId).join(', ');
}
