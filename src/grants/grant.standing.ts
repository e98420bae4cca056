/** The terms of a decision on a grant as the ledger stands at this moment. */

import { limitsMet } from '../ceilings/ceiling.state.js';
import { contractOfScheme } from '../contract/contract.state.js';
import type { Ledger } from '../ledger.js';
import type { RunningTotals } from '../schemes/running-totals.js';
import type { GrantTerms } from './grant.terms.js';
import type { Register } from './payment-register.js';

/**
 * @param totals the ledger's own, or a rehearsal's on top of it
 * @param register likewise
 */
export function grantTerms(ledger: Ledger, totals: RunningTotals, register: Register): GrantTerms {
  const { today } = ledger;
  return {
    today,
    scheme: (schemeId) => ledger.scheme(schemeId),
    isExerciceClosed: (exercice) => ledger.taking(exercice, today) !== 'takes',
    isExerciceClosing: (exercice) => ledger.taking(exercice, today) === 'closing',
    netShareCents: (schemeId, keyVersion, funderId) => totals.netShareCents(schemeId, keyVersion, funderId),
    netPaidCents: (schemeId, exercice) => totals.netPaidCents(schemeId, exercice),
    limits: (schemeId, exercice) =>
      limitsMet(schemeId, exercice, ledger.ceilings.states(), ledger.contracts.states(), totals),
    denunciation: (schemeId) => contractOfScheme(ledger.contracts.states(), schemeId)?.denounced,
    cperCents: (grantId, schemeId) =>
      contractOfScheme(ledger.contracts.states(), schemeId)?.cperParts.get(grantId)?.cperCents ?? 0,
    grantOfPayment: (paymentId) => register.grantOfPayment(paymentId),
    paymentOfOrder: (payer, exercice, orderNumber) => register.paymentOfOrder(payer, exercice, orderNumber),
    similarPayment: (beneficiaryId, schemeId, amountCents, paidOn) =>
      register.similarPayment(beneficiaryId, schemeId, amountCents, paidOn),
    overlappingGrant: (grantId, beneficiaryIds, schemeId, period) =>
      register.overlappingGrant(grantId, beneficiaryIds, schemeId, period),
  };
}
