/** What was and what would have been, side by side: per scheme, exercice and funder, and payment by payment. */

import type { Day } from '#libs/calendar/day';
import { movementsOf, positionChange } from '../balances/balance.movements.js';
import type { LedgerEvent } from '../catalogue.js';
import type { PaymentRecorded } from '../grants/grant.events.js';

/** A figure as it is, and as it would have been. */
export interface Compared {
  actualCents: number;
  hypotheticalCents: number;
}

export interface DifferenceRow {
  readonly schemeId: string;
  readonly exercice: number;
  readonly funderId: string;
  readonly shareDue: Compared;
  readonly position: Compared;
  readonly grantedShare: Compared;
}

export interface PaymentDifferences {
  /** All that were looked at. */
  count: number;
  /** Those that the hypothesis has a say in. */
  concerned: number;
  /** Those of which a funder's share would be another. */
  different: number;
  /** The most by which one funder's share of one payment differs, and of which payment, the first of its kind. */
  largestCents: number;
  largestPaymentId: string | null;
}

export class Differences {
  readonly payments: PaymentDifferences = {
    count: 0,
    concerned: 0,
    different: 0,
    largestCents: 0,
    largestPaymentId: null,
  };
  private readonly byKey = new Map<string, DifferenceRow>();

  /** @param asOf only what is dated this day or earlier */
  constructor(private readonly asOf: Day = '9999-12-31') {}

  /** Adds an event and what it would have been. */
  take(event: LedgerEvent, supposed: LedgerEvent): void {
    this.add(event, 'actualCents');
    this.add(supposed, 'hypotheticalCents');
  }

  /** Adds a payment to what is said of payments. */
  compare(event: PaymentRecorded, supposed: PaymentRecorded, isConcerned: boolean): void {
    if (event.data.paidOn > this.asOf) return;
    const { payments } = this;
    payments.count += 1;
    if (!isConcerned) return;
    payments.concerned += 1;
    const largest = largestDifference(event.data.shares, supposed.data.shares);
    if (largest === 0) return;
    payments.different += 1;
    if (largest <= payments.largestCents) return;
    payments.largestCents = largest;
    payments.largestPaymentId = event.data.paymentId;
  }

  /** By scheme, exercice and funder. */
  rows(): readonly DifferenceRow[] {
    return Array.from(this.byKey.values()).toSorted(
      (a, b) => order(a.schemeId, b.schemeId) || a.exercice - b.exercice || order(a.funderId, b.funderId),
    );
  }

  private add(event: LedgerEvent, side: keyof Compared): void {
    for (const movement of movementsOf(event)) {
      if (movement.on > this.asOf) continue;
      const row = this.row(movement);
      row.position[side] += positionChange(movement);
      if (movement.column === 'shareDueCents') row.shareDue[side] += movement.amountCents;
      if (movement.column === 'grantedShareCents') row.grantedShare[side] += movement.amountCents;
    }
  }

  private row({ schemeId, exercice, funderId }: Pick<DifferenceRow, 'schemeId' | 'exercice' | 'funderId'>) {
    const key = `${schemeId} ${exercice} ${funderId}`;
    let row = this.byKey.get(key);
    if (row === undefined) {
      row = { schemeId, exercice, funderId, shareDue: nothing(), position: nothing(), grantedShare: nothing() };
      this.byKey.set(key, row);
    }
    return row;
  }
}

/** Several rows as one. */
export function sumOfRows(rows: readonly DifferenceRow[]): Omit<DifferenceRow, 'schemeId' | 'exercice' | 'funderId'> {
  const sum = { shareDue: nothing(), position: nothing(), grantedShare: nothing() };
  for (const row of rows)
    for (const figure of Object.keys(sum) as (keyof typeof sum)[])
      for (const side of ['actualCents', 'hypotheticalCents'] as const) sum[figure][side] += row[figure][side];
  return sum;
}

type Shares = PaymentRecorded['data']['shares'];

function largestDifference(shares: Shares, supposed: Shares): number {
  const cents = new Map(shares.map(({ funderId, amountCents }) => [funderId, -amountCents]));
  for (const { funderId, amountCents } of supposed) cents.set(funderId, (cents.get(funderId) ?? 0) + amountCents);
  return Math.max(0, ...Array.from(cents.values(), Math.abs));
}

function nothing(): Compared {
  return { actualCents: 0, hypotheticalCents: 0 };
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
