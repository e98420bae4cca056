/** Reconciles a funding call, funder by funder: what its lines share out leads to what it calls, by the credit taken and left. */

import type { FundingCallIssued, FundingCallIssuedV1 } from './settlement.events.js';
import type { Share } from '../grants/grant.events.js';

export interface ReconciledFunder {
  readonly funderId: string;
  /** Its part of the lines; negative: given back. */
  readonly sharesCents: number;
  readonly broughtForwardCents: number;
  readonly carriedForwardCents: number;
  readonly calledCents: number;
  /** shares − brought forward + carried forward = called; the payer's own shares are called of nobody. */
  readonly agrees: boolean;
}

/** In the order in which the lines name the funders, then the credits, then what is called. */
export function reconcile(call: FundingCallIssued['data'] | FundingCallIssuedV1['data']): ReconciledFunder[] {
  const sharesCents = new Map<string, number>();
  for (const { sign, shares } of call.lines)
    for (const { funderId, amountCents } of shares)
      sharesCents.set(funderId, (sharesCents.get(funderId) ?? 0) + sign * amountCents);
  for (const { funderId } of [...call.broughtForward, ...call.carriedForward, ...call.called])
    sharesCents.set(funderId, sharesCents.get(funderId) ?? 0);
  return Array.from(sharesCents, ([funderId, cents]) => {
    const broughtForwardCents = partOf(call.broughtForward, funderId);
    const carriedForwardCents = partOf(call.carriedForward, funderId);
    const calledCents = partOf(call.called, funderId);
    const leadsTo = funderId === call.payer ? 0 : cents - broughtForwardCents + carriedForwardCents;
    return {
      funderId,
      sharesCents: cents,
      broughtForwardCents,
      carriedForwardCents,
      calledCents,
      agrees: leadsTo === calledCents,
    };
  });
}

function partOf(parts: readonly Share[], funderId: string): number {
  return parts.reduce((sum, part) => (part.funderId === funderId ? sum + part.amountCents : sum), 0);
}
