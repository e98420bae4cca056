/** A framework contract as its events leave it. */

import { CorruptHistory } from '#libs/decider/decider';
import type {
  ContractAmended,
  ContractDenounced,
  ContractEvent,
  ContractSigned,
  ContractTerms,
  CperPartNoted,
  SchemeAttached,
  SubContractConcluded,
} from './contract.events.js';

export type Contract = { readonly status: 'unknown' } | SignedContract;

export interface SignedContract {
  readonly status: 'in-force' | 'denounced';
  readonly signed: ContractSigned['data'];
  /** What is agreed now: as signed, or as last amended. */
  readonly terms: ContractTerms;
  readonly amendments: readonly ContractAmended['data'][];
  readonly denounced: ContractDenounced['data'] | undefined;
  readonly subContracts: ReadonlyMap<string, SubContractConcluded['data']>;
  /** By scheme. */
  readonly attached: ReadonlyMap<string, SchemeAttached['data']>;
  /** By grant; what was noted last. */
  readonly cperParts: ReadonlyMap<string, CperPartNoted['data']>;
}

export const unknownContract: Contract = { status: 'unknown' };

export function evolveContract(contract: Contract, event: ContractEvent): Contract {
  if (event.type === 'ContractSigned.v1') {
    const { data } = event;
    const { period, parties, axes, envelopeCents, axesGapCents } = data;
    const terms = { period, parties, axes, envelopeCents, axesGapCents };
    const nothing = {
      amendments: [],
      denounced: undefined,
      subContracts: new Map<string, SubContractConcluded['data']>(),
    };
    const none = {
      attached: new Map<string, SchemeAttached['data']>(),
      cperParts: new Map<string, CperPartNoted['data']>(),
    };
    return { status: 'in-force', signed: data, terms, ...nothing, ...none };
  }
  if (contract.status === 'unknown') throw new CorruptHistory(`${event.type} before the contract was signed`);
  switch (event.type) {
    case 'ContractAmended.v1': {
      const { period, parties, axes, envelopeCents, axesGapCents } = event.data;
      const terms = { period, parties, axes, envelopeCents, axesGapCents };
      return { ...contract, terms, amendments: [...contract.amendments, event.data] };
    }
    case 'ContractDenounced.v1':
      return { ...contract, status: 'denounced', denounced: event.data };
    case 'SubContractConcluded.v1':
      return { ...contract, subContracts: new Map(contract.subContracts).set(event.data.subContractId, event.data) };
    case 'SchemeAttached.v1':
      return { ...contract, attached: new Map(contract.attached).set(event.data.schemeId, event.data) };
    case 'SchemeDetached.v1': {
      const attached = new Map(contract.attached);
      if (!attached.delete(event.data.schemeId)) throw new CorruptHistory(`${event.data.schemeId} was not attached`);
      return { ...contract, attached };
    }
    case 'CperPartNoted.v1':
      return { ...contract, cperParts: new Map(contract.cperParts).set(event.data.grantId, event.data) };
  }
}
