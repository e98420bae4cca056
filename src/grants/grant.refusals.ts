/** What several commands on a grant ask before they go on. */

import type { Day } from '#libs/calendar/day';
import type { OpenedScheme, SplitKey } from '../schemes/scheme.state.js';
import type { Beneficiary } from './grant.events.js';
import { reject } from './grant.rejections.js';
import type { AwardedGrant } from './grant.state.js';
import type { GrantTerms } from './grant.terms.js';

export function schemeOf(schemeId: string, terms: GrantTerms): OpenedScheme {
  const scheme = terms.scheme(schemeId);
  if (scheme.status === 'unknown') throw reject('GRANT_SCHEME_UNKNOWN', { schemeId });
  return scheme;
}

/** R23: it is closed, or about to be. */
export function refuseClosedExercice(exercice: number, terms: GrantTerms): void {
  if (terms.isExerciceClosing(exercice)) throw reject('EXERCICE_CLOSING', { exercice });
  if (terms.isExerciceClosed(exercice)) throw reject('EXERCICE_CLOSED', { exercice });
}

export function refuseInactive(grant: AwardedGrant): void {
  if (grant.status === 'active') return;
  const { grantId } = grant.awarded;
  const { to: status, on: since, reason } = grant.statusChanges.at(-1)!;
  throw reject('GRANT_NOT_ACTIVE', { grantId, status, since, reason });
}

export function refuseSchemeClosed({ opened, closing }: OpenedScheme, on: Day): void {
  if (closing !== undefined && on > closing.closedOn)
    throw reject('GRANT_SCHEME_CLOSED', { schemeId: opened.schemeId, closedOn: closing.closedOn, on });
}

export function refuseFuture(
  on: Day,
  { today }: GrantTerms,
  code: 'DATED_IN_FUTURE' | 'AGREEMENT_IN_FUTURE' = 'DATED_IN_FUTURE',
): void {
  if (on <= today) return;
  throw code === 'DATED_IN_FUTURE' ? reject(code, { on, today }) : reject(code, { signedOn: on, today });
}

export function refuseOutsider(funderId: string, scheme: OpenedScheme, key: SplitKey): void {
  if (key.parts.every((part) => part.funderId !== funderId))
    throw reject('GRANT_FUNDER_UNKNOWN', { funderId, schemeId: scheme.opened.schemeId });
}

export function identifiersOf({ siret, rna }: Beneficiary): readonly string[] {
  return [siret, rna].filter((id) => id !== undefined);
}

export function beneficiaryIdOf(beneficiary: Beneficiary): string {
  return identifiersOf(beneficiary)[0]!;
}

/** R18: an order number carries one payment; its reissue may keep it. */
export function refuseOrderTaken(
  paymentId: string,
  payer: string,
  exercice: number,
  orderNumber: string,
  terms: GrantTerms,
): void {
  const taken = terms.paymentOfOrder(payer, exercice, orderNumber);
  if (taken === undefined || taken.paymentId === paymentId) return;
  const { paymentId: otherPaymentId, grantId: otherGrantId } = taken;
  throw reject('ORDER_NUMBER_REUSED', { orderNumber, payer, exercice, otherPaymentId, otherGrantId });
}
