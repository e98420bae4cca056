/** The rules of a referral: one answer a grant, given by an authority that funds, revised with a reason and never rewritten (R4). */

import type { Day } from '#libs/calendar/day';
import type { Decider } from '#libs/decider/decider';
import { sameContent } from '#libs/decider/same-content';
import type { ReferralAnswered, ReferralEvent, ReferralRevised, ReferralSubject } from './referral.events.js';
import { reject } from './referral.rejections.js';
import { evolveReferral, lastAnsweredOn, unknownReferral, type Referral } from './referral.state.js';

export type AnswerReferral = { readonly type: 'AnswerReferral' } & ReferralAnswered['data'];

export type ReviseReferral = { readonly type: 'ReviseReferral' } & ReferralRevised['data'];

export type ReferralCommand = AnswerReferral | ReviseReferral;

/** What a decision uses from elsewhere. */
export interface ReferralTerms {
  readonly today: Day;
  isFunder(funderId: string): boolean;
  isScheme(schemeId: string): boolean;
  isGrant(grantId: string): boolean;
  /** The referral that answered for this grant, if any. */
  referralOfGrant(grantId: string): string | undefined;
}

export const referralDecider: Decider<Referral, ReferralCommand, ReferralEvent, ReferralTerms> = {
  initial: unknownReferral,

  decide(command, referral, terms) {
    switch (command.type) {
      case 'AnswerReferral':
        return answer(command, referral, terms);
      case 'ReviseReferral':
        return revise(command, referral, terms);
    }
  },

  evolve: evolveReferral,
};

function answer({ type: _, ...asked }: AnswerReferral, referral: Referral, terms: ReferralTerms) {
  const { referralId, subject, instructedBy, answeredOn } = asked;
  if (referral.status === 'answered') {
    if (sameAnswer(referral.answered, asked)) return [];
    throw reject('REFERRAL_ID_REUSED', { referralId });
  }
  checkSubject(subject, terms);
  if (!terms.isFunder(instructedBy)) throw reject('REFERRAL_FUNDER_UNKNOWN', { funderId: instructedBy });
  refuseFuture(answeredOn, terms);
  return [{ type: 'ReferralAnswered.v1', data: asked } as const];
}

function revise({ type: _, ...asked }: ReviseReferral, referral: Referral, terms: ReferralTerms) {
  const { referralId, revisionId, revisedOn } = asked;
  if (referral.status === 'unknown') throw reject('REFERRAL_UNKNOWN', { referralId });
  const known = referral.revisions.find((revision) => revision.revisionId === revisionId);
  if (known !== undefined) {
    if (sameAnswer(known, asked)) return [];
    throw reject('REFERRAL_REVISION_ID_REUSED', { referralId, revisionId });
  }
  refuseFuture(revisedOn, terms);
  const lastOn = lastAnsweredOn(referral);
  if (revisedOn < lastOn) throw reject('REFERRAL_OUT_OF_ORDER', { referralId, revisedOn, lastOn });
  return [{ type: 'ReferralRevised.v1', data: asked } as const];
}

function checkSubject(subject: ReferralSubject, terms: ReferralTerms): void {
  if (subject.kind === 'grant') {
    const { grantId } = subject;
    if (!terms.isGrant(grantId)) throw reject('REFERRAL_GRANT_UNKNOWN', { grantId });
    const referralId = terms.referralOfGrant(grantId);
    if (referralId !== undefined) throw reject('GRANT_ALREADY_REFERRED', { grantId, referralId });
    return;
  }
  const { schemeId } = subject;
  if (schemeId !== undefined && !terms.isScheme(schemeId)) throw reject('REFERRAL_SCHEME_UNKNOWN', { schemeId });
}

/** R3: whoever sends it again, and for whichever funder, it is the same answer. */
function sameAnswer(
  { answeredFor: _, revisedFor: __, ...known }: Answered,
  { answeredFor: ___, revisedFor: ____, ...asked }: Answered,
): boolean {
  return sameContent(known, asked);
}

interface Answered {
  readonly answeredFor?: string;
  readonly revisedFor?: string;
}

function refuseFuture(on: Day, { today }: ReferralTerms): void {
  if (on > today) throw reject('REFERRAL_DATED_IN_FUTURE', { on, today });
}
