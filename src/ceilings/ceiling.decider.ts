/** The rules of a ceiling on an axis, a contract or a funder: an act sets it, another one sets it anew or lifts it (R19). */

import type { Decider } from '#libs/decider/decider';
import { sameContent } from '#libs/decider/same-content';
import type { Contract } from '../contract/contract.state.js';
import type { Scheme } from '../schemes/scheme.state.js';
import type { BudgetLifted, BudgetScope, BudgetSet, CeilingEvent } from './ceiling.events.js';
import { reject } from './ceiling.rejections.js';
import { evolveCeiling, unknownCeiling, type Ceiling, type KnownCeiling } from './ceiling.state.js';

export type SetBudget = { readonly type: 'SetBudget' } & BudgetSet['data'];

export type LiftBudget = { readonly type: 'LiftBudget' } & BudgetLifted['data'];

export type CeilingCommand = SetBudget | LiftBudget;

/** What a decision uses from elsewhere. */
export interface CeilingTerms {
  isFunder(funderId: string): boolean;
  scheme(schemeId: string): Scheme;
  contract(contractId: string): Contract;
}

export const ceilingDecider: Decider<Ceiling, CeilingCommand, CeilingEvent, CeilingTerms> = {
  initial: unknownCeiling,

  decide(command, ceiling, terms) {
    if (command.type === 'SetBudget') return setBudget(command, ceiling, terms);
    if (ceiling.status === 'unknown') throw reject('BUDGET_UNKNOWN', { ceilingId: command.ceilingId });
    return liftBudget(command, ceiling);
  },

  evolve: evolveCeiling,
};

function setBudget({ type: _, ...asked }: SetBudget, ceiling: Ceiling, terms: CeilingTerms): readonly CeilingEvent[] {
  const { ceilingId, scope, exercice, act } = asked;
  if (ceiling.status !== 'unknown') {
    const { set, everSet } = ceiling;
    if (set.exercice !== exercice || !sameContent(set.scope, scope)) throw reject('BUDGET_ID_REUSED', { ceilingId });
    const known = everSet.find((budget) => budget.act === act);
    if (known !== undefined) {
      if (sameContent(known, asked)) return [];
      throw reject('BUDGET_ACT_REUSED', { ceilingId, act });
    }
  }
  refuseUnknown(scope, terms);
  return [{ type: 'BudgetSet.v1', data: asked }];
}

function liftBudget({ type: _, ...asked }: LiftBudget, ceiling: KnownCeiling): readonly CeilingEvent[] {
  const { ceilingId, act } = asked;
  const known = ceiling.liftings.find((lifting) => lifting.act === act);
  if (known !== undefined) {
    if (sameContent(known, asked)) return [];
    throw reject('BUDGET_ACT_REUSED', { ceilingId, act });
  }
  if (ceiling.status === 'lifted')
    throw reject('BUDGET_ALREADY_LIFTED', { ceilingId, act: ceiling.liftings.at(-1)!.act });
  return [{ type: 'BudgetLifted.v1', data: asked }];
}

/** A ceiling holds what exists: a funder, a scheme that it funds, an axis of a signed contract. */
function refuseUnknown(scope: BudgetScope, terms: CeilingTerms): void {
  switch (scope.kind) {
    case 'funder':
      if (!terms.isFunder(scope.funderId)) throw reject('BUDGET_FUNDER_UNKNOWN', { funderId: scope.funderId });
      return;
    case 'funder-scheme': {
      const { funderId, schemeId } = scope;
      const scheme = terms.scheme(schemeId);
      if (scheme.status === 'unknown') throw reject('BUDGET_SCHEME_UNKNOWN', { schemeId });
      if (!scheme.tieOrder.includes(funderId)) throw reject('BUDGET_FUNDER_OUTSIDE_SCHEME', { funderId, schemeId });
      return;
    }
    case 'contract':
    case 'axis': {
      const { contractId } = scope;
      const contract = terms.contract(contractId);
      if (contract.status === 'unknown') throw reject('BUDGET_CONTRACT_UNKNOWN', { contractId });
      if (scope.kind === 'axis' && contract.terms.axes.every((axis) => axis.axisId !== scope.axisId))
        throw reject('BUDGET_AXIS_UNKNOWN', { axisId: scope.axisId, contractId });
    }
  }
}
