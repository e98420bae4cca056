/** What lies between the funders, followed by the verifier: calls that agree with their lines, reversals of what was contributed (R21, R22). */

import { reconcile } from '../settlement/call-reconciliation.movements.js';
import type { SettlementEvent } from '../settlement/settlement.events.js';

/** The code of what may be wrong with a call or a contribution. */
export type SettlementCode = 'SETTLEMENT';

/** What a reversal gives back whole. */
interface Contribution {
  readonly schemeId: string;
  readonly from: string;
  readonly to: string;
  readonly amountCents: number;
}

export class SettlementChecks {
  private readonly contributions = new Map<string, Contribution>();

  check(event: SettlementEvent, wrong: (code: SettlementCode, detail: string) => void): void {
    switch (event.type) {
      case 'FundingCallIssued.v1':
      case 'FundingCallIssued.v2':
        for (const { funderId, calledCents, agrees } of reconcile(event.data))
          if (!agrees)
            wrong(
              'SETTLEMENT',
              `${event.data.callId}: calls ${calledCents} of ${funderId}, which its lines do not lead to`,
            );
        return;
      case 'ContributionRecorded.v1': {
        const { contributionId, schemeId, from, to, amountCents } = event.data;
        this.contributions.set(contributionId, { schemeId, from, to, amountCents });
        return;
      }
      case 'ContributionReversed.v1':
        return this.checkReversal(event.data, wrong);
    }
  }

  private checkReversal(
    { contributionId, schemeId, from, to, amountCents }: Contribution & { readonly contributionId: string },
    wrong: (code: SettlementCode, detail: string) => void,
  ): void {
    const given = this.contributions.get(contributionId);
    if (given === undefined) return wrong('SETTLEMENT', `${contributionId} is reversed and was not contributed`);
    this.contributions.delete(contributionId);
    if (given.schemeId !== schemeId || given.from !== from || given.to !== to || given.amountCents !== amountCents)
      wrong(
        'SETTLEMENT',
        `${contributionId}: ${amountCents} reversed from ${from} to ${to}; contributed were ${given.amountCents} from ${given.from} to ${given.to}`,
      );
  }
}
