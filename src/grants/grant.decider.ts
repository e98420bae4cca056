/** The rules of a grant. Each branch is one command; the rule numbers are those of the domain's text. */

import { yearOf, type Day } from '#libs/calendar/day';
import type { Decider } from '#libs/decider/decider';
import { sameContent } from '#libs/decider/same-content';
import { apportion } from '#libs/money/apportion';
import { keyAtAward, type OpenedScheme, type SplitKey } from '../schemes/scheme.state.js';
import { recordBankReturn, recordRecovery, reissuePayment, reversePayment } from './correction.decider.js';
import type { AmendGrant, AwardGrant, ChangeGrantStatus, GrantCommand, TransferInstruction } from './grant.commands.js';
import type { Beneficiary, GrantEvent, Share } from './grant.events.js';
import { reject } from './grant.rejections.js';
import { evolveGrant, netPaidCents, type AwardedGrant, type Grant } from './grant.state.js';
import type { GrantTerms } from './grant.terms.js';
import {
  identifiersOf,
  refuseClosedExercice,
  refuseFuture,
  refuseInactive,
  refuseOutsider,
  refuseSchemeClosed,
  schemeOf,
} from './grant.refusals.js';
import { decideProposal, recordPayment } from './payment.decider.js';

export const grantDecider: Decider<Grant, GrantCommand, GrantEvent, GrantTerms> = {
  initial: { status: 'unknown' },

  decide(command, grant, terms) {
    if (command.type === 'AwardGrant') return award(command, grant, terms);
    if (grant.status === 'unknown') throw reject('GRANT_UNKNOWN', { grantId: command.grantId });
    switch (command.type) {
      case 'AmendGrant':
        return amend(command, grant, terms);
      case 'TransferInstruction':
        return transferInstruction(command, grant, terms);
      case 'SuspendGrant':
      case 'ResumeGrant':
      case 'CancelGrant':
      case 'CloseGrant':
        return changeStatus(command, grant, terms);
      case 'RecordPayment':
        return recordPayment(command, grant, terms);
      case 'DecideProposal':
        return decideProposal(command, grant, terms);
      case 'ReversePayment':
        return reversePayment(command, grant, terms);
      case 'RecordRecovery':
        return recordRecovery(command, grant, terms);
      case 'RecordBankReturn':
        return recordBankReturn(command, grant, terms);
      case 'ReissuePayment':
        return reissuePayment(command, grant, terms);
    }
  },

  evolve: evolveGrant,
};

function award({ type: _, ...asked }: AwardGrant, grant: Grant, terms: GrantTerms): readonly GrantEvent[] {
  const { grantId, schemeId, beneficiary, agreement, period, amountCents } = asked;
  if (grant.status !== 'unknown') {
    const { exercice: _e, keyVersion: _k, plannedShares: _p, overlap: _o, ...content } = grant.awarded;
    if (sameContent(content, asked)) return [];
    throw reject('GRANT_ID_REUSED', { grantId });
  }
  const scheme = schemeOf(schemeId, terms);
  refuseSchemeClosed(scheme, agreement.signedOn);
  refuseDenounced(schemeId, agreement.signedOn, terms);
  refuseOtherKind(beneficiary, scheme);
  refuseFuture(agreement.signedOn, terms, 'AGREEMENT_IN_FUTURE');
  refuseBackwards(period);
  const key = keyAtAward(scheme, agreement.signedOn);
  refuseOutsider(asked.instructedBy, scheme, key);
  const overlap = terms.overlappingGrant(grantId, identifiersOf(beneficiary), schemeId, period);
  if (overlap !== undefined && asked.overrideReason === undefined)
    throw reject('GRANT_OVERLAP', { otherGrantId: overlap.grantId, instructedBy: overlap.instructedBy });
  const exercice = yearOf(agreement.signedOn);
  refuseClosedExercice(exercice, terms);
  return [
    {
      type: 'GrantAwarded.v1',
      data: {
        ...asked,
        exercice,
        keyVersion: key.version,
        plannedShares: plannedShares(amountCents, key),
        ...(overlap === undefined ? {} : { overlap }),
      },
    },
  ];
}

function amend({ type: _, ...asked }: AmendGrant, grant: AwardedGrant, terms: GrantTerms): readonly GrantEvent[] {
  const { grantId, amendmentId, act } = asked;
  const change = {
    ...(asked.amountCents === undefined ? {} : { amountCents: asked.amountCents }),
    ...(asked.period === undefined ? {} : { period: asked.period }),
  };
  const known = grant.amendments.get(amendmentId);
  if (known !== undefined) {
    if (known.act === act && sameContent(known.asked, change)) return [];
    throw reject('AMENDMENT_ID_REUSED', { amendmentId });
  }
  refuseInactive(grant);
  const amountCents = asked.amountCents ?? grant.amountCents;
  const period = asked.period ?? grant.period;
  refuseBackwards(period);
  if (amountCents === grant.amountCents && sameContent(period, grant.period)) throw reject('AMENDMENT_EMPTY');
  const { beneficiary, schemeId } = grant.awarded;
  const overlap = asked.period && terms.overlappingGrant(grantId, identifiersOf(beneficiary), schemeId, asked.period);
  if (overlap !== undefined && asked.overrideReason === undefined)
    throw reject('GRANT_OVERLAP', { otherGrantId: overlap.grantId, instructedBy: overlap.instructedBy });
  const paidCents = netPaidCents(grant);
  if (amountCents < paidCents) throw reject('AMENDMENT_BELOW_PAID', { grantId, amountCents, netPaidCents: paidCents });
  const cperCents = terms.cperCents(grantId, schemeId);
  if (amountCents < cperCents) throw reject('AMENDMENT_BELOW_CPER', { grantId, amountCents, cperCents });
  const { keyVersion, exercice } = grant.awarded;
  const key = schemeOf(schemeId, terms).keys[keyVersion - 1]!;
  const planned = plannedShares(amountCents, key);
  return [
    {
      type: 'GrantAmended.v1',
      data: {
        amendmentId,
        grantId,
        schemeId,
        exercice: openExercice(exercice, terms),
        amendedOn: terms.today,
        amountCents,
        period,
        act,
        asked: change,
        ...(overlap === undefined ? {} : { overlap, overrideReason: asked.overrideReason! }),
        plannedShares: planned,
        plannedShareChanges: planned.map(({ funderId, amountCents: cents }, i) => ({
          funderId,
          amountCents: cents - grant.plannedShares[i]!.amountCents,
        })),
      },
    },
  ];
}

function transferInstruction(
  { type: _, ...asked }: TransferInstruction,
  grant: AwardedGrant,
  terms: GrantTerms,
): readonly GrantEvent[] {
  const { grantId, transferId, to } = asked;
  const known = grant.transfers.get(transferId);
  if (known !== undefined) {
    const { from: _f, ...content } = known;
    if (sameContent(content, asked)) return [];
    throw reject('TRANSFER_ID_REUSED', { transferId });
  }
  refuseFuture(asked.transferredOn, terms);
  const scheme = schemeOf(grant.awarded.schemeId, terms);
  refuseOutsider(to, scheme, scheme.keys.at(-1)!);
  if (to === grant.instructedBy) throw reject('TRANSFER_TO_ITSELF', { grantId, funderId: to });
  return [{ type: 'InstructionTransferred.v1', data: { ...asked, from: grant.instructedBy } }];
}

const STATUS_CHANGES = {
  SuspendGrant: { event: 'GrantSuspended.v1', status: 'suspended' },
  ResumeGrant: { event: 'GrantResumed.v1', status: 'active' },
  CancelGrant: { event: 'GrantCancelled.v1', status: 'cancelled' },
  CloseGrant: { event: 'GrantClosed.v1', status: 'closed' },
} as const;

function changeStatus(
  { type, grantId, on, reason }: ChangeGrantStatus,
  grant: AwardedGrant,
  terms: GrantTerms,
): readonly GrantEvent[] {
  const { event, status } = STATUS_CHANGES[type];
  const asked = { to: status, on, reason };
  if (grant.statusChanges.some((known) => sameContent(known, asked))) {
    if (sameContent(grant.statusChanges.at(-1)!, asked)) return [];
    throw reject('REPEAT_OVERTAKEN', { on });
  }
  refuseFuture(on, terms);
  if (type === 'ResumeGrant') {
    if (grant.status !== 'suspended') throw reject('GRANT_NOT_SUSPENDED', { grantId });
  } else if (!(grant.status === 'suspended' && type !== 'SuspendGrant')) refuseInactive(grant);
  return [{ type: event, data: { grantId, on, reason } }];
}

/** The exercice of the award while it is open, else the one after the last closed. */
function openExercice(exercice: number, terms: GrantTerms): number {
  let open = exercice;
  while (terms.isExerciceClosed(open)) open += 1;
  return open;
}

function plannedShares(amountCents: number, key: SplitKey): readonly Share[] {
  const { sharesCents } = apportion(
    amountCents,
    key.weights,
    key.weights.map(() => 0),
    key.tieRank,
  );
  return key.parts.map(({ funderId }, i) => ({ funderId, amountCents: sharesCents[i]! }));
}

/** R14: an association has an RNA, a SIRET or both; an enterprise or a public body a SIRET and never an RNA. */
function refuseOtherKind({ siret, rna }: Beneficiary, { opened }: OpenedScheme): void {
  const { schemeId, beneficiaryKind } = opened;
  const fits =
    beneficiaryKind === 'association' ? (siret ?? rna) !== undefined : siret !== undefined && rna === undefined;
  if (!fits) throw reject('BENEFICIARY_KIND_MISMATCH', { schemeId, beneficiaryKind });
}

/** What was awarded before is paid on. */
function refuseDenounced(schemeId: string, signedOn: Day, terms: GrantTerms): void {
  const denunciation = terms.denunciation(schemeId);
  if (denunciation === undefined || signedOn <= denunciation.effectiveOn) return;
  const { contractId, effectiveOn } = denunciation;
  throw reject('CONTRACT_DENOUNCED', { contractId, schemeId, effectiveOn, signedOn });
}

function refuseBackwards({ from, to }: { readonly from: Day; readonly to: Day }): void {
  if (from > to) throw reject('PERIOD_BACKWARDS', { fromOn: from, toOn: to });
}
