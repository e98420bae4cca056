/** The order in which collectivities stand side by side: who paid most first, the same on every page of the balances. */

import type { BalancesAnswer } from './show-balances.js';

export interface NamedFunder {
  readonly funderId: string;
  readonly name: string;
}

export function inPayingOrder(
  funders: readonly NamedFunder[],
  balances: Pick<BalancesAnswer, 'funders'>,
): readonly NamedFunder[] {
  const disbursed = new Map(balances.funders.map((funder) => [funder.funderId, funder.disbursedCents]));
  return funders.toSorted((a, b) => (disbursed.get(b.funderId) ?? 0) - (disbursed.get(a.funderId) ?? 0));
}
