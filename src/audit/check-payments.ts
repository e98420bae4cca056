/** What one payment alone can show an auditor: its amount, its days, its approval. Goes through the log once. */

import { addDays, daysBetween, type Day } from '#libs/calendar/day';
import { dayOff } from '#libs/calendar/days-off';
import { addCents } from '#libs/money/cents';
import type { Ledger } from '../ledger.js';
import { recordingDays } from '../views/view.js';
import type { Findings } from './findings.js';
import { firstDigitOf } from './first-digits.js';
import { populationPages, type Asked, type AuditedPayment } from './population.js';

/** An amount is just below a threshold when it is within so many hundredths of it. */
export const NEAR_PERCENT = 5;
/** 1 000,00 €. */
export const ROUND_CENTS = 100_000;

export interface Seen {
  count: number;
  totalCents: number;
  /** How many amounts begin with 1, 2, … 9. */
  readonly digits: number[];
}

/** @param asked a payment is late when it was recorded more than so many days after it was paid */
export async function checkEachPayment(
  ledger: Ledger,
  asked: Asked & { readonly lateDays: number },
  findings: Findings,
): Promise<Seen> {
  const seen: Seen = { count: 0, totalCents: 0, digits: [0, 0, 0, 0, 0, 0, 0, 0, 0] };
  const recordedOn = recordingDayFinder(ledger);
  for await (const page of populationPages(ledger, asked)) {
    const periods = findings.asksFor('outside-period') ? periodsOf(ledger, page) : new Map<string, Agreement>();
    for (const payment of page) {
      const { amountCents, paidOn, grantId, position } = payment;
      seen.totalCents = addCents(seen.totalCents, amountCents);
      seen.digits[firstDigitOf(amountCents) - 1]! += 1;
      checkThreshold(ledger, payment, findings);
      checkPeriod(ledger, payment, periods.get(grantId), findings);
      const { day, off } = recordedOn(position);
      if (off !== undefined) findings.add('recorded-on-day-off', payment, { recordedOn: day, dayOff: off });
      const days = day > paidOn ? daysBetween(paidOn, day) : 0;
      if (days > asked.lateDays) findings.add('recorded-late', payment, { paidOn, recordedOn: day, days });
      if (amountCents % ROUND_CENTS === 0) findings.add('round-amount', payment, { roundCents: ROUND_CENTS });
    }
    seen.count += page.length;
  }
  return seen;
}

function checkThreshold(ledger: Ledger, payment: AuditedPayment, findings: Findings): void {
  const scheme = ledger.scheme(payment.schemeId);
  const thresholdCents = scheme.status === 'unknown' ? undefined : scheme.opened.approvalThresholdCents;
  if (thresholdCents === undefined) return;
  const belowCents = thresholdCents - payment.amountCents;
  if (belowCents >= 0) {
    if (belowCents * 100 <= thresholdCents * NEAR_PERCENT)
      findings.add('near-threshold', payment, { thresholdCents, belowCents });
    return;
  }
  const approved = ledger.rows.get(
    "SELECT 1 FROM proposals WHERE proposal_id = ? AND status = 'approved'",
    `${payment.grantId}~${payment.paymentId}`,
  );
  if (approved === undefined) findings.add('approval-missing', payment, { thresholdCents });
}

interface Agreement {
  readonly firstOn: Day;
  readonly periodTo: Day;
}

/** As the agreements are now: an amendment may have moved a period away from what was paid in it. */
function periodsOf({ rows }: Ledger, page: readonly AuditedPayment[]): Map<string, Agreement> {
  const grantIds = [...new Set(page.map(({ grantId }) => grantId))];
  const found = rows.all<Agreement & { grantId: string }>(
    `SELECT grant_id AS grantId, max(signed_on, period_from) AS firstOn, period_to AS periodTo FROM grants
     WHERE grant_id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(grantIds),
  );
  return new Map(found.map(({ grantId, ...agreement }) => [grantId, agreement]));
}

function checkPeriod(
  ledger: Ledger,
  payment: AuditedPayment,
  agreement: Agreement | undefined,
  findings: Findings,
): void {
  if (agreement === undefined) return;
  const { paidOn, schemeId } = payment;
  const { firstOn, periodTo } = agreement;
  if (firstOn <= paidOn && paidOn <= periodTo) return;
  const scheme = ledger.scheme(schemeId);
  const lastOn = scheme.status === 'unknown' ? periodTo : addDays(periodTo, scheme.opened.graceDays);
  if (paidOn < firstOn || paidOn > lastOn) findings.add('outside-period', payment, { paidOn, firstOn, lastOn });
}

/** The day on which what stands at a position was recorded, and why nobody works on it; asked in the order of the log. */
function recordingDayFinder(ledger: Ledger) {
  const days = recordingDays(ledger).map((each) => ({ ...each, off: dayOff(each.day) }));
  let at = 0;
  return (position: number) => {
    while (at + 1 < days.length && days[at + 1]!.firstPosition <= position) at += 1;
    return days[at]!;
  };
}
