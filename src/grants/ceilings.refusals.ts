/** The ceilings that a payment passes, and the no to one that blocks (R19). */

import { passedCeilings, type CeilingWarning, type PassedCeiling } from '../ceilings/passed-ceilings.movements.js';
import type { OpenedScheme } from '../schemes/scheme.state.js';
import type { PaymentFacts, Share } from './grant.events.js';
import { reject } from './grant.rejections.js';
import type { GrantTerms } from './grant.terms.js';

const NONE: readonly PassedCeiling[] = [];

export function ceilingsPassedBy(
  { amountCents, exercice }: PaymentFacts,
  shares: readonly Share[],
  { opened: { schemeId }, ceilings }: OpenedScheme,
  terms: GrantTerms,
): readonly PassedCeiling[] {
  const limits = terms.limits(schemeId, exercice);
  const ceiling = ceilings.get(exercice);
  if (ceiling === undefined && limits.length === 0) return NONE;
  const netPaidCents = ceiling === undefined ? 0 : terms.netPaidCents(schemeId, exercice);
  return passedCeilings({ amountCents, shares }, ceiling, netPaidCents, limits);
}

/** The first ceiling passed that blocks. */
export function blockingOf(passed: readonly PassedCeiling[]): CeilingWarning | undefined {
  return passed.find(({ mode }) => mode === 'block')?.warning;
}

/** Names the ceiling, by how much it would be passed, and whose share does it. */
export function refuseBlocked(
  passed: readonly PassedCeiling[],
  { exercice }: PaymentFacts,
  shares: readonly Share[],
  { opened: { schemeId } }: OpenedScheme,
): void {
  const blocking = blockingOf(passed);
  if (blocking === undefined) return;
  const { ceilingCents, overByCents } = blocking;
  if (blocking.code === 'CEILING_EXCEEDED')
    throw reject('CEILING_EXCEEDED', { schemeId, exercice, ceilingCents, overByCents });
  const { ceilingId, scope } = blocking;
  const over = { ceilingId, ceilingCents, overByCents };
  if (scope.kind === 'contract') throw reject('CONTRACT_CEILING_EXCEEDED', { ...over, contractId: scope.contractId });
  if (scope.kind === 'axis')
    throw reject('AXIS_CEILING_EXCEEDED', { ...over, contractId: scope.contractId, axisId: scope.axisId });
  const { funderId } = scope;
  const shareCents = shares.find((share) => share.funderId === funderId)!.amountCents;
  throw reject('FUNDER_CEILING_EXCEEDED', { ...over, funderId, shareCents });
}
