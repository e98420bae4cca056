/** What payments take, per scheme, exercice and funder, net of what came back: what every ceiling is held against (R19). */

import type { TotalsChange } from '../schemes/totals.movements.js';
import type { Consumption } from './ceiling.state.js';

/** Cents of one year, or of all. */
interface Sum {
  cents: number;
}

class YearSums {
  private readonly whole: Sum = { cents: 0 };
  private readonly years = new Map<number, Sum>();

  add(exercice: number, cents: number): void {
    this.whole.cents += cents;
    const year = this.years.get(exercice);
    if (year === undefined) this.years.set(exercice, { cents });
    else year.cents += cents;
  }

  cents(exercice: number | null): number {
    return (exercice === null ? this.whole : this.years.get(exercice))?.cents ?? 0;
  }
}

/** Sums that are counted up and down by the events; every payment comes by here, so nothing is copied. */
export class ConsumptionTotals implements Consumption {
  private readonly paid = new Map<string, YearSums>();
  private readonly borne = new Map<string, YearSums>();
  private readonly borneInScheme = new Map<string, Map<string, YearSums>>();

  /** @param direction −1 takes the change back */
  count({ schemeId, exercice, sign, amountCents, shares }: TotalsChange, direction: 1 | -1 = 1): void {
    this.addPaid(schemeId, exercice, sign * direction * amountCents);
    for (const share of shares) this.addBorne(share.funderId, schemeId, exercice, sign * direction * share.amountCents);
  }

  addPaid(schemeId: string, exercice: number, cents: number): void {
    sumsOf(this.paid, schemeId).add(exercice, cents);
  }

  addBorne(funderId: string, schemeId: string, exercice: number, cents: number): void {
    sumsOf(this.borne, funderId).add(exercice, cents);
    let ofScheme = this.borneInScheme.get(schemeId);
    if (ofScheme === undefined) {
      ofScheme = new Map();
      this.borneInScheme.set(schemeId, ofScheme);
    }
    sumsOf(ofScheme, funderId).add(exercice, cents);
  }

  netPaidCents(schemeId: string, exercice: number | null): number {
    return this.paid.get(schemeId)?.cents(exercice) ?? 0;
  }

  netBorneCents(funderId: string, schemeId: string | null, exercice: number | null): number {
    const sums = schemeId === null ? this.borne : this.borneInScheme.get(schemeId);
    return sums?.get(funderId)?.cents(exercice) ?? 0;
  }
}

function sumsOf(all: Map<string, YearSums>, key: string): YearSums {
  let sums = all.get(key);
  if (sums === undefined) {
    sums = new YearSums();
    all.set(key, sums);
  }
  return sums;
}
