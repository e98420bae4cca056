/** What stands on the axes of a framework contract: a scheme belongs to one contract at a time, on one of its axes. */

import { sameContent } from '#libs/decider/same-content';
import { keyAtAward } from '../schemes/scheme.state.js';
import type { AttachScheme, DetachScheme } from './contract.commands.js';
import type { ContractEvent } from './contract.events.js';
import { axisOf, refuseEarlierThan, refuseEnded, refuseFuture } from './contract.refusals.js';
import { reject } from './contract.rejections.js';
import { followsContributions, termsOn, type SignedContract } from './contract.state.js';
import type { ContractDecisionTerms } from './contract.terms.js';

export function attachScheme(
  { type: _, ...asked }: AttachScheme,
  contract: SignedContract,
  terms: ContractDecisionTerms,
): readonly ContractEvent[] {
  const { contractId, schemeId, axisId, subContractId, splitBy, attachedOn, act } = asked;
  const ofScheme = contract.attachments.filter(({ attached }) => attached.schemeId === schemeId);
  const known = ofScheme.find(({ attached }) => attached.act === act);
  if (known !== undefined) {
    const { keyVersion: _k, ...content } = known.attached;
    if (sameContent(content, asked)) return [];
    throw reject('CONTRACT_ACT_REUSED', { contractId, act });
  }
  const scheme = terms.scheme(schemeId);
  if (scheme.status === 'unknown') throw reject('ATTACHED_SCHEME_UNKNOWN', { schemeId });
  const holder = terms.contractOfScheme(schemeId);
  if (holder !== undefined) throw reject('SCHEME_ALREADY_ATTACHED', { schemeId, contractId: holder });
  axisOf(contract, axisId);
  const subContract = subContractId === undefined ? undefined : contract.subContracts.get(subContractId);
  if (subContractId !== undefined && subContract?.axisId !== axisId)
    throw reject('SUB_CONTRACT_UNKNOWN', { contractId, subContractId, axisId });
  refuseFuture(attachedOn, terms);
  refuseEarlierThan(contract.signed.signedOn, attachedOn);
  if (subContract !== undefined) refuseEarlierThan(subContract.signedOn, attachedOn);
  refuseEarlierThan(ofScheme.at(-1)?.detached?.detachedOn ?? '', attachedOn);
  refuseEnded(contract, attachedOn);
  const key = keyAtAward(scheme, attachedOn);
  if (splitBy === 'contract-key' && !followsContributions(key.parts, termsOn(contract, attachedOn).parties))
    throw reject('SPLIT_KEY_DIFFERS', { schemeId, contractId });
  return [{ type: 'SchemeAttached.v1', data: { ...asked, keyVersion: key.version } }];
}

/** Allowed after a denunciation too: it corrects, and agrees nothing new. */
export function detachScheme(
  { type: _, ...asked }: DetachScheme,
  contract: SignedContract,
  terms: ContractDecisionTerms,
): readonly ContractEvent[] {
  const { contractId, schemeId, detachedOn, act } = asked;
  const known = contract.attachments.find(({ detached }) => detached?.schemeId === schemeId && detached.act === act);
  if (known?.detached !== undefined) {
    if (sameContent(known.detached, asked)) return [];
    throw reject('CONTRACT_ACT_REUSED', { contractId, act });
  }
  const attached = contract.attached.get(schemeId);
  if (attached === undefined) throw reject('SCHEME_NOT_ATTACHED', { schemeId, contractId });
  refuseFuture(detachedOn, terms);
  refuseEarlierThan(attached.attachedOn, detachedOn);
  return [{ type: 'SchemeDetached.v1', data: asked }];
}
