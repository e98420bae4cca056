/** What several commands on a framework contract ask before they go on. */

import type { Day } from '#libs/calendar/day';
import type { Axis } from './contract.events.js';
import { reject } from './contract.rejections.js';
import type { SignedContract } from './contract.state.js';
import type { ContractDecisionTerms } from './contract.terms.js';

export function refuseFuture(on: Day, { today }: ContractDecisionTerms): void {
  if (on > today) throw reject('CONTRACT_DATED_IN_FUTURE', { on, today });
}

/** What a contract is made of comes in the order of its days: looking back at any of them then shows one state. */
export function refuseEarlierThan(earliestOn: Day, on: Day): void {
  if (on < earliestOn) throw reject('CONTRACT_DATED_TOO_EARLY', { on, earliestOn });
}

export function refuseBackwards({ from, to }: { readonly from: Day; readonly to: Day }): void {
  if (from > to) throw reject('CONTRACT_PERIOD_BACKWARDS', { fromOn: from, toOn: to });
}

/** After the denunciation has taken effect nothing new is agreed. */
export function refuseEnded({ signed, denounced }: SignedContract, on: Day): void {
  if (denounced === undefined || on <= denounced.effectiveOn) return;
  const { contractId } = signed;
  throw reject('CONTRACT_NO_LONGER_IN_FORCE', { contractId, effectiveOn: denounced.effectiveOn, on });
}

export function axisOf({ signed, terms }: SignedContract, axisId: string): Axis {
  const axis = terms.axes.find((each) => each.axisId === axisId);
  if (axis === undefined) throw reject('CONTRACT_AXIS_UNKNOWN', { contractId: signed.contractId, axisId });
  return axis;
}
