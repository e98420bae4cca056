/** Payments that look like doubles: one beneficiary, one scheme, one amount, few days apart (R18). */

import { daysBetween, type Day } from '#libs/calendar/day';

export const DOUBLE_WITHIN_DAYS = 30;

/** Of payments that are all alike only the nearest are named: a list of hundreds helps nobody. */
const NAMED_AT_MOST = 20;

export interface LookAlike {
  readonly position: number;
  readonly paymentId: string;
  readonly schemeId: string;
  readonly paidOn: Day;
}

/**
 * The later recorded of each pair, with those recorded before it.
 * @param alike of one beneficiary and amount, in the order of their days
 */
export function doublesIn<Payment extends LookAlike>(
  alike: readonly Payment[],
): readonly { readonly payment: Payment; readonly others: readonly Payment[] }[] {
  const others = new Map<Payment, Payment[]>();
  for (const [i, payment] of alike.entries())
    for (let k = i - 1; k >= Math.max(0, i - NAMED_AT_MOST) && areNear(alike[k]!.paidOn, payment.paidOn); k -= 1) {
      const other = alike[k]!;
      if (other.schemeId !== payment.schemeId) continue;
      const [first, later] = other.position < payment.position ? [other, payment] : [payment, other];
      const found = others.get(later);
      if (found === undefined) others.set(later, [first]);
      else found.push(first);
    }
  return Array.from(others, ([payment, found]) => ({
    payment,
    others: found.toSorted((a, b) => a.position - b.position),
  }));
}

export function areNear(first: Day, second: Day): boolean {
  return daysBetween(first, second) <= DOUBLE_WITHIN_DAYS;
}
