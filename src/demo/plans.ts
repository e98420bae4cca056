/** The grants of the demonstration as planned: their payments spread over their years with the year-end peak. */

import { addDays, type Day } from '#libs/calendar/day';
import { sumCents } from '#libs/money/cents';
import type { AwardGrant, By, RecordPayment } from '../grants/grant.commands.js';
import type { Instalment } from '../grants/grant.events.js';
import { CONTROLLER, officerOf } from './actors.js';
import type { Random } from './random.js';
import { DENOUNCED_ON, LIVES_ON, payerOf, thresholdOf } from './schemes.js';
import type { Sketch } from './sketches.js';
import { workingDayAfter, workingDays } from './working-days.js';

/** The last working day of the story. */
export const LAST_DAY: Day = '2016-12-30';

export interface PaymentPlan {
  readonly paymentId: string;
  readonly exercice: number;
  readonly amountCents: number;
  readonly instalment: Instalment;
  readonly paidOn: Day;
  readonly recordedOn: Day;
  readonly orderNumber: string;
  /** The scheme's payer when absent. */
  readonly paidBy?: string;
  readonly overrideReason?: string;
  /** Who says yes to it, and when. */
  readonly approval?: { readonly by: By; readonly on: Day };
}

export interface GrantPlan {
  readonly award: AwardGrant;
  readonly awardedOn: Day;
  readonly payments: readonly PaymentPlan[];
  /** The officers who handle it, from a day on. */
  readonly handledBy: readonly { readonly from: Day; readonly by: By }[];
  readonly closing: 'when-paid' | 'never' | 'cancelled';
}

/** Share of an exercice's payments that fall between 15 November and 31 January. */
const PEAK_PERCENT = 40;
/** And of these in January, in the complementary period. */
const JANUARY_PERCENT = 18;
/** The third and fourth payments that the authority that handles the file makes instead of the scheme's payer. */
const ANOTHER_PAYER_PERCENT = 20;
/** Grants that are closed once they are paid. */
const CLOSED_PERCENT = 85;

export function planGrants(sketches: readonly Sketch[], random: Random): readonly GrantPlan[] {
  const peaks = peakCounts(sketches, random);
  return numbered(sketches.map((sketch, file) => planGrant(sketch, file, peaks, random)));
}

/** The command that records a planned payment. */
export function recordPayment({ award, handledBy }: GrantPlan, payment: PaymentPlan): RecordPayment {
  const { recordedOn, approval: _, exercice, ...facts } = payment;
  const { by } = handledBy.findLast(({ from }) => from <= recordedOn)!;
  // outside January the exercice goes without saying
  const said = facts.paidOn.slice(5, 7) === '01' ? { exercice } : {};
  return { type: 'RecordPayment', grantId: award.grantId, ...facts, ...said, by };
}

function planGrant({ award, years }: Sketch, file: number, peaks: Peaks, random: Random): GrantPlan {
  const { grantId, schemeId, agreement, instructedBy } = award;
  const awardedOn = workingDayAfter(agreement.signedOn, random.between(1, 3));
  const count = years.reduce((total, year) => total + year.amountsCents.length, 0);
  const payments: PaymentPlan[] = [];
  let recordedOn = awardedOn;
  for (const { exercice, amountsCents } of years) {
    const days = spread(amountsCents.length, peaks.get(keyOf(grantId, exercice)) ?? 0, exercice, award, random);
    for (const [i, amountCents] of amountsCents.entries()) {
      const paidOn = days[i]!;
      // never before an earlier payment: the advance is recorded first, the balance last (R17)
      recordedOn = [recordedOn, workingDayAfter(paidOn, random.below(3))].toSorted()[1]!;
      const number = payments.length + 1;
      const isAnothers = random.below(100) < ANOTHER_PAYER_PERCENT && (number === 3 || number === 4);
      const paidBy = isAnothers ? instructedBy : payerOf(schemeId);
      payments.push({
        paymentId: `${grantId}-V${String(number).padStart(2, '0')}`,
        exercice,
        amountCents,
        instalment: number === 1 ? 'advance' : number === count ? 'balance' : 'interim',
        paidOn,
        recordedOn,
        orderNumber: '',
        ...(paidBy !== payerOf(schemeId) && { paidBy }),
        ...(amountCents > thresholdOf(schemeId) && {
          approval: { by: CONTROLLER, on: workingDayAfter(recordedOn, 1) },
        }),
      });
    }
  }
  return {
    award: { ...award, amountCents: sumCents(payments.map((payment) => payment.amountCents)) },
    awardedOn,
    payments,
    handledBy: [{ from: awardedOn, by: officerOf(instructedBy, file) }],
    closing: random.below(100) < CLOSED_PERCENT ? 'when-paid' : 'never',
  };
}

/** By grant and exercice, how many of its last payments fall in the peak. */
type Peaks = ReadonlyMap<string, number>;

function keyOf(grantId: string, exercice: number): string {
  return `${grantId} ${exercice}`;
}

/** Puts so many payments in each exercice's peak that all together reach their share. */
function peakCounts(sketches: readonly Sketch[], random: Random): Peaks {
  const lots = new Map<number, { key: string; payments: number }[]>();
  for (const { award, years } of sketches)
    for (const { exercice, amountsCents } of years) {
      const lot = { key: keyOf(award.grantId, exercice), payments: amountsCents.length };
      lots.set(exercice, [...(lots.get(exercice) ?? []), lot]);
    }
  const counts = new Map<string, number>();
  for (const ofExercice of lots.values()) {
    const payments = ofExercice.reduce((total, lot) => total + lot.payments, 0);
    let left = Math.floor((payments * PEAK_PERCENT) / 100);
    // the last payment of each grant first, then the one before
    for (let round = 1; left > 0; round += 1)
      for (const lot of random.shuffled(ofExercice)) {
        if (left === 0 || lot.payments < round) continue;
        counts.set(lot.key, round);
        left -= 1;
      }
  }
  return counts;
}

/** The days of one grant's payments in one exercice, in order. */
function spread(
  payments: number,
  inPeak: number,
  exercice: number,
  { agreement, period, schemeId }: Sketch['award'],
  random: Random,
): readonly Day[] {
  const [, from] = [addDays(agreement.signedOn, 30), `${exercice}-02-01`].toSorted();
  const regular = inStretches(workingDays(from!, `${exercice}-11-14`), payments - inPeak, random);
  const schemeEnds = schemeId === LIVES_ON ? addDays(LAST_DAY, -7) : DENOUNCED_ON;
  const [lastOn] = [`${exercice + 1}-01-31`, schemeEnds, period.to].toSorted();
  const december = workingDays(`${exercice}-11-15`, [`${exercice}-12-31`, lastOn!].toSorted()[0]!);
  const january = workingDays(`${exercice + 1}-01-01`, lastOn!);
  const peak = new Set<Day>();
  while (peak.size < inPeak) {
    const isLate = january.length > 0 && random.below(100) < JANUARY_PERCENT;
    peak.add(random.pick(isLate ? january : december));
  }
  return [...regular, ...Array.from(peak).toSorted()];
}

/** One day out of each of so many equal stretches: a grant is paid at even pace. */
function inStretches(days: readonly Day[], count: number, random: Random): Day[] {
  return Array.from({ length: count }, (_, i) => {
    const first = Math.floor((days.length * i) / count);
    const next = Math.floor((days.length * (i + 1)) / count);
    return days[random.between(first, next - 1)]!;
  });
}

/** Order numbers run per payer and exercice, in the order of the days paid. */
function numbered(plans: readonly GrantPlan[]): GrantPlan[] {
  const payments = plans.flatMap((plan) =>
    plan.payments.map((payment) => ({ ...payment, schemeId: plan.award.schemeId })),
  );
  const runs = new Map<string, number>();
  const numbers = new Map<string, string>();
  for (const { paymentId, schemeId, exercice, paidBy = payerOf(schemeId) } of payments.toSorted(byDayPaid)) {
    const run = `${paidBy} ${exercice}`;
    const number = (runs.get(run) ?? 0) + 1;
    runs.set(run, number);
    numbers.set(paymentId, `${exercice}-${String(number).padStart(5, '0')}`);
  }
  return plans.map((plan) => ({
    ...plan,
    payments: plan.payments.map((payment) => ({ ...payment, orderNumber: numbers.get(payment.paymentId)! })),
  }));
}

function byDayPaid(a: { readonly paidOn: Day }, b: { readonly paidOn: Day }): number {
  return a.paidOn < b.paidOn ? -1 : a.paidOn > b.paidOn ? 1 : 0;
}
