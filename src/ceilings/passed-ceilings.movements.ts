/** Which ceilings a payment passes, as its event says it and as verification finds it again (R19). */

import type { PaymentWarning, Share } from '../grants/grant.events.js';
import type { CeilingSet } from '../schemes/scheme.events.js';
import type { BudgetMode } from './ceiling.events.js';
import type { MetLimit } from './ceiling.state.js';

export type CeilingWarning = Exclude<PaymentWarning, { readonly code: 'POSSIBLE_DOUBLE' }>;

export interface PassedCeiling {
  readonly mode: BudgetMode;
  readonly warning: CeilingWarning;
}

export interface CountedPayment {
  readonly amountCents: number;
  readonly shares: readonly Share[];
}

/**
 * The scheme's own first, then by id.
 * @param ceiling the one of the payment's scheme and exercice
 * @param netPaidCents what that scheme has paid in that exercice before
 * @param limits every other one that the payment counts in
 */
export function passedCeilings(
  payment: CountedPayment,
  ceiling: CeilingSet['data'] | undefined,
  netPaidCents: number,
  limits: readonly MetLimit[],
): readonly PassedCeiling[] {
  const own: PassedCeiling[] = [];
  if (ceiling !== undefined) {
    const { mode, amountCents: ceilingCents } = ceiling;
    const overByCents = netPaidCents + payment.amountCents - ceilingCents;
    if (overByCents > 0) own.push({ mode, warning: { code: 'CEILING_EXCEEDED', mode, ceilingCents, overByCents } });
  }
  const others: (PassedCeiling & { readonly warning: { readonly ceilingId: string } })[] = [];
  for (const { limit, consumedCents } of limits) {
    const { ceilingId, scope, exercice, amountCents: ceilingCents, mode } = limit;
    const takenCents = takenFrom(scope, payment);
    const overByCents = consumedCents + takenCents - ceilingCents;
    // whoever bears nothing of a payment passes nothing by it
    if (takenCents === 0 || overByCents <= 0) continue;
    others.push({
      mode,
      warning: { code: 'BUDGET_EXCEEDED', ceilingId, scope, exercice, mode, ceilingCents, overByCents },
    });
  }
  // the same order whichever was used last
  others.sort((a, b) => (a.warning.ceilingId < b.warning.ceilingId ? -1 : 1));
  return [...own, ...others];
}

/** The whole payment, or the share of the funder whose ceiling it is. */
function takenFrom(scope: MetLimit['limit']['scope'], { amountCents, shares }: CountedPayment): number {
  if (scope.kind === 'axis' || scope.kind === 'contract') return amountCents;
  return shares.find((share) => share.funderId === scope.funderId)?.amountCents ?? 0;
}
