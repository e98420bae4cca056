/** The rules of a framework contract: what it promises on which axis, how it changes, how it ends. */

import type { Decider } from '#libs/decider/decider';
import { sameContent } from '#libs/decider/same-content';
import { sumCents } from '#libs/money/cents';
import { keyAtAward } from '../schemes/scheme.state.js';
import { attachScheme, detachScheme } from './attachment.decider.js';
import type {
  AmendContract,
  ConcludeSubContract,
  ContractCommand,
  DenounceContract,
  SignContract,
} from './contract.commands.js';
import type { ContractEvent, ContractTerms } from './contract.events.js';
import { axisOf, refuseBackwards, refuseEarlierThan, refuseEnded, refuseFuture } from './contract.refusals.js';
import { reject } from './contract.rejections.js';
import {
  evolveContract,
  followsContributions,
  unknownContract,
  type Contract,
  type SignedContract,
} from './contract.state.js';
import type { ContractDecisionTerms } from './contract.terms.js';
import { noteCperPart } from './cper-part.decider.js';

/** Each axis is rounded to 0,1 M€: so much of the gap is explained by each. */
export const ROUNDING_OF_AN_AXIS_CENTS = 5_000_000;

export const contractDecider: Decider<Contract, ContractCommand, ContractEvent, ContractDecisionTerms> = {
  initial: unknownContract,

  decide(command, contract, terms) {
    if (command.type === 'SignContract') return sign(command, contract, terms);
    const { contractId } = command;
    if (contract.status === 'unknown') throw reject('CONTRACT_UNKNOWN', { contractId });
    switch (command.type) {
      case 'AmendContract':
        return amend(command, contract, terms);
      case 'DenounceContract':
        return denounce(command, contract, terms);
      case 'ConcludeSubContract':
        return concludeSubContract(command, contract, terms);
      case 'AttachScheme':
        return attachScheme(command, contract, terms);
      case 'DetachScheme':
        return detachScheme(command, contract, terms);
      case 'NoteCperPart':
        return noteCperPart(command, contract, terms);
    }
  },

  evolve: evolveContract,
};

function sign(
  { type: _, ...asked }: SignContract,
  contract: Contract,
  terms: ContractDecisionTerms,
): readonly ContractEvent[] {
  if (contract.status !== 'unknown') {
    const { envelopeCents: _e, axesGapCents: _g, ...content } = contract.signed;
    if (sameContent(content, asked)) return [];
    throw reject('CONTRACT_ID_REUSED', { contractId: asked.contractId });
  }
  refuseFuture(asked.signedOn, terms);
  return [{ type: 'ContractSigned.v1', data: { ...asked, ...agreed(asked, terms) } }];
}

function amend(
  { type: _, ...asked }: AmendContract,
  contract: SignedContract,
  terms: ContractDecisionTerms,
): readonly ContractEvent[] {
  const { contractId, amendmentId, amendedOn } = asked;
  const known = contract.amendments.find((amendment) => amendment.amendmentId === amendmentId);
  if (known !== undefined) {
    const { envelopeCents: _e, axesGapCents: _g, ...content } = known;
    if (sameContent(content, asked)) return [];
    throw reject('CONTRACT_AMENDMENT_ID_REUSED', { contractId, amendmentId });
  }
  refuseFuture(amendedOn, terms);
  refuseEarlierThan(contract.amendments.at(-1)?.amendedOn ?? contract.signed.signedOn, amendedOn);
  refuseEnded(contract, amendedOn);
  const amended = agreed(asked, terms);
  if (sameContent(amended, contract.terms)) throw reject('CONTRACT_AMENDMENT_EMPTY', { contractId });
  refuseAxisInUse(contract, amended);
  refuseKeysThatDiffer(contract, asked, terms);
  return [{ type: 'ContractAmended.v1', data: { ...asked, ...amended } }];
}

function denounce(
  { type: _, ...asked }: DenounceContract,
  contract: SignedContract,
  terms: ContractDecisionTerms,
): readonly ContractEvent[] {
  const { contractId, denouncedBy, denouncedOn, effectiveOn } = asked;
  if (contract.denounced !== undefined) {
    if (sameContent(contract.denounced, asked)) return [];
    const { denouncedBy: by, denouncedOn: on } = contract.denounced;
    throw reject('CONTRACT_ALREADY_DENOUNCED', { contractId, denouncedBy: by, denouncedOn: on });
  }
  if (contract.terms.parties.every((party) => party.funderId !== denouncedBy))
    throw reject('CONTRACT_DENOUNCED_BY_OUTSIDER', { contractId, denouncedBy });
  refuseFuture(denouncedOn, terms);
  refuseEarlierThan(contract.signed.signedOn, denouncedOn);
  refuseEarlierThan(denouncedOn, effectiveOn);
  return [{ type: 'ContractDenounced.v1', data: asked }];
}

function concludeSubContract(
  { type: _, ...asked }: ConcludeSubContract,
  contract: SignedContract,
  terms: ContractDecisionTerms,
): readonly ContractEvent[] {
  const { contractId, subContractId, axisId, signedOn, period, amountCents } = asked;
  const known = contract.subContracts.get(subContractId);
  if (known !== undefined) {
    if (sameContent(known, asked)) return [];
    throw reject('SUB_CONTRACT_ID_REUSED', { contractId, subContractId });
  }
  const { budgetCents } = axisOf(contract, axisId);
  refuseBackwards(period);
  refuseFuture(signedOn, terms);
  refuseEarlierThan(contract.signed.signedOn, signedOn);
  refuseEnded(contract, signedOn);
  const subContractedCents = subContractedIn(contract, axisId) + amountCents;
  if (subContractedCents > budgetCents)
    throw reject('SUB_CONTRACTS_EXCEED_AXIS', { axisId, budgetCents, subContractedCents });
  return [{ type: 'SubContractConcluded.v1', data: asked }];
}

/** What the parties agree, with its envelope and its gap; refused when it does not hold together. */
function agreed(
  { period, parties, axes }: Pick<SignContract, 'period' | 'parties' | 'axes'>,
  terms: ContractDecisionTerms,
): ContractTerms {
  refuseBackwards(period);
  refuseTwice(
    parties.map((party) => party.funderId),
    'CONTRACT_PARTY_TWICE',
  );
  refuseTwice(
    parties.flatMap((party) => party.departement ?? []),
    'CONTRACT_DEPARTEMENT_TWICE',
  );
  refuseTwice(
    axes.map((axis) => axis.axisId),
    'CONTRACT_AXIS_TWICE',
  );
  for (const { funderId } of parties)
    if (!terms.isFunder(funderId)) throw reject('CONTRACT_FUNDER_UNKNOWN', { funderId });
  const envelopeCents = sumCents(parties.map((party) => party.contributionCents));
  const axesCents = sumCents(axes.map((axis) => axis.budgetCents));
  const axesGapCents = axesCents - envelopeCents;
  const explainedCents = axes.length * ROUNDING_OF_AN_AXIS_CENTS;
  if (Math.abs(axesGapCents) > explainedCents)
    throw reject('AXES_DO_NOT_MATCH', { axesCents, envelopeCents, explainedCents });
  return { period, parties, axes, envelopeCents, axesGapCents };
}

function refuseTwice(
  ids: readonly string[],
  code: 'CONTRACT_PARTY_TWICE' | 'CONTRACT_DEPARTEMENT_TWICE' | 'CONTRACT_AXIS_TWICE',
): void {
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) throw reject(code, { id: twice });
}

/** An axis stays while something stands on it, and keeps room for its sub-contracts. */
function refuseAxisInUse(contract: SignedContract, amended: ContractTerms): void {
  const { contractId } = contract.signed;
  const used = [...contract.attached.values(), ...contract.subContracts.values()].map(({ axisId }) => axisId);
  for (const axisId of new Set(used)) {
    const axis = amended.axes.find((each) => each.axisId === axisId);
    if (axis === undefined) throw reject('CONTRACT_AXIS_IN_USE', { contractId, axisId });
    const { budgetCents } = axis;
    const subContractedCents = subContractedIn(contract, axisId);
    if (subContractedCents > budgetCents)
      throw reject('SUB_CONTRACTS_EXCEED_AXIS', { axisId, budgetCents, subContractedCents });
  }
}

/** What is split as the contributions are still is so afterwards: a scheme that takes another key is detached first. */
function refuseKeysThatDiffer(
  { signed, attached }: SignedContract,
  { parties, amendedOn }: Pick<AmendContract, 'parties' | 'amendedOn'>,
  terms: ContractDecisionTerms,
): void {
  for (const { schemeId, splitBy } of attached.values()) {
    const scheme = terms.scheme(schemeId);
    if (splitBy === 'own-key' || scheme.status === 'unknown') continue;
    if (!followsContributions(keyAtAward(scheme, amendedOn).parts, parties))
      throw reject('SPLIT_KEY_DIFFERS', { schemeId, contractId: signed.contractId });
  }
}

function subContractedIn({ subContracts }: SignedContract, axisId: string): number {
  const within = Array.from(subContracts.values()).filter((each) => each.axisId === axisId);
  return sumCents(within.map((each) => each.amountCents));
}
