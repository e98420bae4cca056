/** A referral as its events leave it: the first answer and what revised it. */

import type { Day } from '#libs/calendar/day';
import { CorruptHistory } from '#libs/decider/decider';
import type { ReferralAnswered, ReferralEvent, ReferralRevised } from './referral.events.js';

export type Referral = { readonly status: 'unknown' } | AnsweredReferral;

export interface AnsweredReferral {
  readonly status: 'answered';
  readonly answered: ReferralAnswered['data'];
  /** In order; the last one stands. */
  readonly revisions: readonly ReferralRevised['data'][];
}

export const unknownReferral: Referral = { status: 'unknown' };

export function evolveReferral(referral: Referral, event: ReferralEvent): Referral {
  if (event.type === 'ReferralAnswered.v1') return { status: 'answered', answered: event.data, revisions: [] };
  if (referral.status === 'unknown')
    throw new CorruptHistory(`${event.data.referralId} was revised before it was answered`);
  return { ...referral, revisions: [...referral.revisions, event.data] };
}

/** The day of the answer that stands. */
export function lastAnsweredOn({ answered, revisions }: AnsweredReferral): Day {
  return revisions.at(-1)?.revisedOn ?? answered.answeredOn;
}
