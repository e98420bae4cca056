/** A framework contract as its events leave it, now and as it stood on a day. */

import type { Day } from '#libs/calendar/day';
import { CorruptHistory } from '#libs/decider/decider';
import type { KeyPart } from '../schemes/scheme.events.js';
import type {
  ContractAmended,
  ContractDenounced,
  ContractEvent,
  ContractSigned,
  ContractTerms,
  CperPartNoted,
  Party,
  SchemeAttached,
  SchemeDetached,
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
  /** What is attached now, by scheme. */
  readonly attached: ReadonlyMap<string, SchemeAttached['data']>;
  /** Every attachment there ever was, in order: an act that comes again late must not bring it back (R3). */
  readonly attachments: readonly Attachment[];
  /** By grant; what was noted last. */
  readonly cperParts: ReadonlyMap<string, CperPartNoted['data']>;
  /** Every part ever noted, in order, for the same reason. */
  readonly cperNotes: readonly CperPartNoted['data'][];
}

export interface Attachment {
  readonly attached: SchemeAttached['data'];
  readonly detached: SchemeDetached['data'] | undefined;
}

export const unknownContract: Contract = { status: 'unknown' };

export function evolveContract(contract: Contract, event: ContractEvent): Contract {
  if (event.type === 'ContractSigned.v1') {
    const { data } = event;
    return {
      status: 'in-force',
      signed: data,
      terms: termsIn(data),
      amendments: [],
      denounced: undefined,
      subContracts: new Map(),
      attached: new Map(),
      attachments: [],
      cperParts: new Map(),
      cperNotes: [],
    };
  }
  if (contract.status === 'unknown') throw new CorruptHistory(`${event.type} before the contract was signed`);
  switch (event.type) {
    case 'ContractAmended.v1':
      return { ...contract, terms: termsIn(event.data), amendments: [...contract.amendments, event.data] };
    case 'ContractDenounced.v1':
      return { ...contract, status: 'denounced', denounced: event.data };
    case 'SubContractConcluded.v1':
      return { ...contract, subContracts: new Map(contract.subContracts).set(event.data.subContractId, event.data) };
    case 'SchemeAttached.v1':
      return {
        ...contract,
        attached: new Map(contract.attached).set(event.data.schemeId, event.data),
        attachments: [...contract.attachments, { attached: event.data, detached: undefined }],
      };
    case 'SchemeDetached.v1': {
      const { schemeId } = event.data;
      const attached = new Map(contract.attached);
      if (!attached.delete(schemeId)) throw new CorruptHistory(`${schemeId} was not attached`);
      const last = contract.attachments.findLastIndex((attachment) => attachment.attached.schemeId === schemeId);
      const attachments = contract.attachments.map((attachment, i) =>
        i === last ? { ...attachment, detached: event.data } : attachment,
      );
      return { ...contract, attached, attachments };
    }
    case 'CperPartNoted.v1':
      return {
        ...contract,
        cperParts: new Map(contract.cperParts).set(event.data.grantId, event.data),
        cperNotes: [...contract.cperNotes, event.data],
      };
  }
}

/** What was agreed on a day: as signed, or as amended by then. */
export function termsOn({ signed, amendments }: SignedContract, day: Day): ContractTerms {
  return termsIn(amendments.findLast((amendment) => amendment.amendedOn <= day) ?? signed);
}

/** What was attached on a day, in the order of the attachments; a scheme is no longer attached on the day it is detached. */
export function attachedOn({ attachments }: SignedContract, day: Day): readonly SchemeAttached['data'][] {
  return attachments
    .filter(
      ({ attached, detached }) => attached.attachedOn <= day && (detached === undefined || day < detached.detachedOn),
    )
    .map(({ attached }) => attached);
}

/** The CPER parts as noted by a day, by grant. */
export function cperPartsOn({ cperNotes }: SignedContract, day: Day): ReadonlyMap<string, CperPartNoted['data']> {
  return new Map(cperNotes.filter((note) => note.notedOn <= day).map((note) => [note.grantId, note]));
}

/** The contract that a scheme is attached to now, if any. */
export function contractOfScheme(contracts: Iterable<Contract>, schemeId: string): SignedContract | undefined {
  for (const contract of contracts)
    if (contract.status !== 'unknown' && contract.attached.has(schemeId)) return contract;
  return undefined;
}

/** What the contract itself is split by: its contributions, as small as they go; usable as a scheme's split key (R8). */
export function keyOfContributions(parties: readonly Party[]): readonly KeyPart[] {
  const weights = reduced(parties.map((party) => party.contributionCents));
  return parties.map(({ funderId }, i) => ({ funderId, weight: weights[i]! }));
}

/** True when a key gives the same funders the same parts as the contributions do, whatever the order. */
export function followsContributions(key: readonly KeyPart[], parties: readonly Party[]): boolean {
  if (key.length !== parties.length) return false;
  const weights = reduced(key.map((part) => part.weight));
  const wanted = new Map(keyOfContributions(parties).map(({ funderId, weight }) => [funderId, weight]));
  return key.every(({ funderId }, i) => wanted.get(funderId) === weights[i]);
}

/** The contract, if any, whose contributions bind a scheme's key from a day on: by attachment, until its denunciation takes effect. */
export function contributionsBinding(
  contracts: Iterable<Contract>,
  schemeId: string,
  from: Day,
): ContributionsBinding | undefined {
  const contract = contractOfScheme(contracts, schemeId);
  const attached = contract?.attached.get(schemeId);
  if (contract === undefined || attached?.splitBy !== 'contract-key') return undefined;
  const { signed, amendments, denounced } = contract;
  if (denounced !== undefined && from > denounced.effectiveOn) return undefined;
  const since = from < attached.attachedOn ? attached.attachedOn : from;
  // a key that begins before an amendment is in effect after it too
  const agreed = [termsOn(contract, since), ...amendments.filter(({ amendedOn }) => amendedOn > since)];
  return {
    contractId: signed.contractId,
    isFollowedBy: (key) => agreed.every(({ parties }) => followsContributions(key, parties)),
  };
}

export interface ContributionsBinding {
  readonly contractId: string;
  isFollowedBy(key: readonly KeyPart[]): boolean;
}

function termsIn({ period, parties, axes, envelopeCents, axesGapCents }: ContractTerms): ContractTerms {
  return { period, parties, axes, envelopeCents, axesGapCents };
}

function reduced(numbers: readonly number[]): readonly number[] {
  const divisor = numbers.reduce(greatestCommonDivisor);
  return numbers.map((number) => number / divisor);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
