/** Which events are between two funders: the calls of one to the other and what one contributes to the other (R21, R22). */

import type { LedgerEvent } from '../catalogue.js';

/** The events that are between funders. */
export const movedBetween = [
  'FundingCallIssued.v1',
  'FundingCallIssued.v2',
  'ContributionRecorded.v1',
  'ContributionReversed.v1',
] as const satisfies readonly LedgerEvent['type'][];

/** What is asked of such events; with nothing asked every event will do. */
export interface Between {
  /** Whose part is looked at. */
  readonly funder?: string;
  /** Who is at the other end: who calls, who gets what the funder contributes, who contributes what it gets. */
  readonly counterpart?: string;
  /** This call and the contributions for it. */
  readonly call?: string;
  /** Contributions for a call, or without one. */
  readonly forCall?: boolean;
}

export function isBetween(event: LedgerEvent, { funder, counterpart, call, forCall }: Between): boolean {
  if (counterpart === undefined && call === undefined && forCall === undefined) return true;
  switch (event.type) {
    case 'FundingCallIssued.v1':
    case 'FundingCallIssued.v2': {
      const { payer, callId } = event.data;
      return forCall === undefined && (counterpart ?? payer) === payer && (call ?? callId) === callId;
    }
    case 'ContributionRecorded.v1':
    case 'ContributionReversed.v1': {
      const { from, to, callId } = event.data;
      const others = [from, to].filter((end) => end !== funder);
      const isWithOther = counterpart === undefined || others.includes(counterpart);
      return isWithOther && (call ?? callId) === callId && (forCall ?? callId !== undefined) === (callId !== undefined);
    }
    default:
      return false;
  }
}
