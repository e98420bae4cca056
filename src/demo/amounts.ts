/** Amounts that never repeat: two equal ones within 30 days would look like a double (R18). */

import { sumCents } from '#libs/money/cents';
import type { Random } from './random.js';

export class Amounts {
  private readonly used = new Set<number>();

  constructor(private readonly random: Random) {}

  /** Parts that sum to the total, each within some 12 % of the others. */
  split(totalCents: number, parts: number): number[] {
    const weights = Array.from({ length: parts }, () => this.random.between(88, 112));
    const total = sumCents(weights);
    const first = weights.slice(1).map((weight) => Math.floor((totalCents * weight) / total));
    for (;;) {
      const amounts = [...first, totalCents - sumCents(first)];
      const taken = amounts.findIndex((amount, i) => this.used.has(amount) || amounts.indexOf(amount) < i);
      if (taken === -1) {
        for (const amount of amounts) this.used.add(amount);
        return amounts;
      }
      first[taken % first.length]! += 1;
    }
  }
}
