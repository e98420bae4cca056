/** A ceiling as its events leave it, which ones a payment counts in, and what is taken from them so far (R19). */

import { CorruptHistory } from '#libs/decider/decider';
import { unknownContract, type Contract, type SignedContract } from '../contract/contract.state.js';
import type { BudgetLifted, BudgetScope, ContractScope, BudgetSet, CeilingEvent } from './ceiling.events.js';

export type Ceiling = { readonly status: 'unknown' } | KnownCeiling;

export interface KnownCeiling {
  readonly status: 'in-force' | 'lifted';
  /** What was set last. */
  readonly set: BudgetSet['data'];
  /** Everything ever set, in order: an act that comes again late must not bring its amount back (R3). */
  readonly everSet: readonly BudgetSet['data'][];
  readonly liftings: readonly BudgetLifted['data'][];
}

export const unknownCeiling: Ceiling = { status: 'unknown' };

export function evolveCeiling(ceiling: Ceiling, event: CeilingEvent): Ceiling {
  switch (event.type) {
    case 'BudgetSet.v1': {
      const before = ceiling.status === 'unknown' ? { everSet: [], liftings: [] } : ceiling;
      return { ...before, status: 'in-force', set: event.data, everSet: [...before.everSet, event.data] };
    }
    case 'BudgetLifted.v1': {
      if (ceiling.status === 'unknown')
        throw new CorruptHistory(`${event.data.ceilingId} was lifted before it was set`);
      return { ...ceiling, status: 'lifted', liftings: [...ceiling.liftings, event.data] };
    }
  }
}

/** A ceiling in force: one that was set, or the envelope of a contract. */
export type Limit = Omit<BudgetSet['data'], 'act'>;

/** A ceiling that a payment counts in, with what is taken from it so far. */
export interface MetLimit {
  readonly limit: Limit;
  readonly consumedCents: number;
}

/** What payments have taken so far, net of what came back; `null` for all years, all schemes. */
export interface Consumption {
  netPaidCents(schemeId: string, exercice: number | null): number;
  netBorneCents(funderId: string, schemeId: string | null, exercice: number | null): number;
}

/** The contributions' total holds a signed contract by itself; `~` is in no ceiling's own id. */
export function envelopeOf({ signed, terms }: SignedContract): Limit {
  const { contractId } = signed;
  const scope: BudgetScope = { kind: 'contract', contractId };
  return {
    ceilingId: `envelope~${contractId}`,
    scope,
    exercice: null,
    amountCents: terms.envelopeCents,
    mode: 'block',
  };
}

/** The schemes whose payments count in an axis or a contract. */
export function attachedIn(scope: ContractScope, contract: Contract): readonly string[] {
  const schemes: string[] = [];
  if (contract.status === 'unknown') return schemes;
  for (const { schemeId, axisId } of contract.attached.values())
    if (scope.kind === 'contract' || scope.axisId === axisId) schemes.push(schemeId);
  return schemes;
}

/** @param contract the one that an axis or a contract is held by; any other scope needs none */
function consumedCents(
  { scope, exercice }: Pick<Limit, 'scope' | 'exercice'>,
  contract: Contract,
  consumption: Consumption,
): number {
  switch (scope.kind) {
    case 'funder':
      return consumption.netBorneCents(scope.funderId, null, exercice);
    case 'funder-scheme':
      return consumption.netBorneCents(scope.funderId, scope.schemeId, exercice);
    case 'axis':
    case 'contract': {
      let sum = 0;
      for (const schemeId of attachedIn(scope, contract)) sum += consumption.netPaidCents(schemeId, exercice);
      return sum;
    }
  }
}

/** The ceilings that a payment of this scheme and exercice counts in, each with what is taken so far. */
export function limitsMet(
  schemeId: string,
  exercice: number,
  ceilings: Iterable<Ceiling>,
  contracts: Iterable<Contract>,
  consumption: Consumption,
): readonly MetLimit[] {
  const met: MetLimit[] = [];
  const meet = (limit: Limit, contract: Contract = unknownContract) => {
    // not spread: every payment comes by here, and a copy costs ten times the sum
    met.push({ limit, consumedCents: consumedCents(limit, contract, consumption) });
  };
  const attachedTo: SignedContract[] = [];
  for (const contract of contracts) {
    if (contract.status === 'unknown' || !contract.attached.has(schemeId)) continue;
    attachedTo.push(contract);
    meet(envelopeOf(contract), contract);
  }
  for (const ceiling of ceilings) {
    if (ceiling.status !== 'in-force') continue;
    const limit = ceiling.set;
    const { scope } = limit;
    if (limit.exercice !== null && limit.exercice !== exercice) continue;
    switch (scope.kind) {
      case 'funder':
        meet(limit);
        break;
      case 'funder-scheme':
        if (scope.schemeId === schemeId) meet(limit);
        break;
      case 'axis':
      case 'contract': {
        const contract = attachedTo.find(({ signed }) => signed.contractId === scope.contractId);
        if (contract === undefined) break;
        if (scope.kind === 'contract' || contract.attached.get(schemeId)!.axisId === scope.axisId)
          meet(limit, contract);
      }
    }
  }
  return met;
}
