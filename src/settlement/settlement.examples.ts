/** Where the specs of the settlement start from: one scheme, paid by the region, a call and a contribution of 2010. */

import { given } from '#libs/decider/given';
import { sumCents } from '#libs/money/cents';
import { closedExercices, schemeOf, schemeOpened, shares } from '../grants/grant.examples.js';
import { draftOf } from './call-draft.js';
import type { PayerLine } from './call-lines.movements.js';
import {
  settlementDecider,
  type IssueFundingCall,
  type RecordContribution,
  type ReverseContribution,
  type SettlementCommand,
  type SettlementTerms,
} from './settlement.decider.js';
import type {
  CallLine,
  ContributionRecorded,
  ContributionReversed,
  FundingCallIssued,
  SettlementEvent,
} from './settlement.events.js';

export const TODAY = '2011-02-28';

/** A payment of 1.00 € on 2010-03-15 if nothing else is said. */
export const line = (
  lineId: string,
  sharesCents: readonly number[] = [34, 33, 33],
  other: Partial<CallLine> = {},
): CallLine => ({
  lineId,
  paymentId: lineId,
  grantId: 'G-1',
  kind: 'payment',
  on: '2010-03-15',
  amountCents: sumCents(sharesCents),
  sign: 1,
  shares: shares(...sharesCents),
  ...other,
});
export const back = (lineId: string, sharesCents: readonly number[], on: string) =>
  line(lineId, sharesCents, { kind: 'reversal', sign: -1, on });

const CALL = { schemeId: 'insertion', callId: 'AF-1', exercice: 2010, issuedOn: '2010-03-31' } as const;
const CONTRIBUTION = {
  schemeId: 'insertion',
  contributionId: 'C-1',
  exercice: 2010,
  from: 'eure',
  to: 'region',
  amountCents: 33,
  paidOn: '2010-05-03',
} as const;

export const call = (other: Partial<IssueFundingCall> = {}): IssueFundingCall => ({
  type: 'IssueFundingCall',
  ...CALL,
  ...other,
});
export const contribute = (other: Partial<RecordContribution> = {}): RecordContribution => ({
  type: 'RecordContribution',
  ...CONTRIBUTION,
  ...other,
});
export const reverse = (other: Partial<ReverseContribution> = {}): ReverseContribution => ({
  type: 'ReverseContribution',
  schemeId: 'insertion',
  contributionId: 'C-1',
  reversedOn: '2010-06-01',
  reason: 'Versée deux fois',
  ...other,
});

/** Call no. 1 of the region, of P-1. */
export const called = (other: Partial<FundingCallIssued['data']> = {}): FundingCallIssued => ({
  type: 'FundingCallIssued.v2',
  data: {
    ...CALL,
    payer: 'region',
    number: 1,
    lines: [line('P-1')],
    called: [
      { funderId: 'seine-maritime', amountCents: 33 },
      { funderId: 'eure', amountCents: 33 },
    ],
    broughtForward: [],
    carriedForward: [],
    ...other,
  },
});
export const contributed = (other: Partial<ContributionRecorded['data']> = {}): ContributionRecorded => ({
  type: 'ContributionRecorded.v1',
  data: { ...CONTRIBUTION, ...other },
});
export const reversed = (other: Partial<ContributionReversed['data']> = {}): ContributionReversed => {
  const { paidOn: _, ...repeated } = CONTRIBUTION;
  return {
    type: 'ContributionReversed.v1',
    data: { ...repeated, reversedOn: '2010-06-01', reason: 'Versée deux fois', ...other },
  };
};

/** One scheme, paid by the region; nothing paid, nothing closed. */
export const terms = (other: Partial<SettlementTerms> = {}): SettlementTerms => ({
  today: TODAY,
  ...schemeOf(schemeOpened()),
  ...closedExercices(),
  linesOf: () => [],
  draftOf,
  schemeOfCall: () => undefined,
  schemeOfContribution: () => undefined,
  ...other,
});
/** Lines that count in an exercice. */
export const within = (exercice: number, ...some: readonly CallLine[]): readonly PayerLine[] =>
  some.map((each) => ({ ...each, exercice }));
/** Terms in which the region has these lines of 2010. */
export const lines = (...ofRegion: readonly CallLine[]): Pick<SettlementTerms, 'linesOf'> => ({
  linesOf: (payer) => (payer === 'region' ? within(2010, ...ofRegion) : []),
});

export const givenSettlement = (...history: readonly SettlementEvent[]) => ({
  when: (command: SettlementCommand, other: Partial<SettlementTerms> = {}) =>
    given(settlementDecider, ...history).when(command, terms(other)),
});
