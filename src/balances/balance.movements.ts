/** What each event moves, per scheme, exercice and funder: the one source of every balance, statement and explanation. */

import type { Day } from '#libs/calendar/day';
import type { LedgerEvent } from '../catalogue.js';
import type { Share } from '../grants/grant.events.js';

/** The columns of a balance, in the order in which they are shown. */
export const balanceColumns = [
  'grantedShareCents',
  'shareDueCents',
  'disbursedCents',
  'recoveredCents',
  'contributedCents',
  'receivedCents',
  'calledCents',
] as const;

export type BalanceColumn = (typeof balanceColumns)[number];

/** The columns, and the position that they make. */
export const figureColumns = [...balanceColumns, 'positionCents'] as const;

const movers = {
  grantedShareCents: ['GrantAwarded.v1', 'GrantAmended.v1'],
  shareDueCents: [
    'PaymentRecorded.v1',
    'PaymentReissued.v1',
    'PaymentReversed.v1',
    'PaymentReturned.v1',
    'RecoveryRecorded.v1',
  ],
  disbursedCents: ['PaymentRecorded.v1', 'PaymentReissued.v1', 'PaymentReversed.v1', 'PaymentReturned.v1'],
  recoveredCents: ['RecoveryRecorded.v1'],
  contributedCents: ['ContributionRecorded.v1', 'ContributionReversed.v1'],
  receivedCents: ['ContributionRecorded.v1', 'ContributionReversed.v1'],
  calledCents: ['FundingCallIssued.v1', 'FundingCallIssued.v2'],
} as const satisfies Record<BalanceColumn, readonly LedgerEvent['type'][]>;

/** The events that move each column: whoever explains it need not look at others. */
export const movedBy: Readonly<Record<BalanceColumn | 'positionCents', readonly LedgerEvent['type'][]>> = {
  ...movers,
  positionCents: [...movers.shareDueCents, ...movers.contributedCents],
};

export interface Movement {
  readonly schemeId: string;
  readonly exercice: number;
  readonly funderId: string;
  /** The business day. */
  readonly on: Day;
  readonly column: BalanceColumn;
  /** Positive adds to the column, negative takes from it. */
  readonly amountCents: number;
}

/** R20: position = disbursed − recovered + contributions sent − contributions received − share due; all funders' sum to zero. */
export function positionCents(columns: Readonly<Record<BalanceColumn, number>>): number {
  const { disbursedCents, recoveredCents, contributedCents, receivedCents, shareDueCents } = columns;
  return disbursedCents - recoveredCents + contributedCents - receivedCents - shareDueCents;
}

/** The part of a movement that changes the position. */
export function positionChange({ column, amountCents }: Pick<Movement, 'column' | 'amountCents'>): number {
  switch (column) {
    case 'disbursedCents':
    case 'contributedCents':
      return amountCents;
    case 'recoveredCents':
    case 'receivedCents':
    case 'shareDueCents':
      return -amountCents;
    case 'grantedShareCents':
    case 'calledCents':
      return 0;
  }
}

/** What an event moves; nothing for events without money. */
export function movementsOf(event: LedgerEvent): readonly Movement[] {
  switch (event.type) {
    case 'GrantAwarded.v1': {
      const { schemeId, exercice, agreement, plannedShares } = event.data;
      return shares({ schemeId, exercice, on: agreement.signedOn }, 'grantedShareCents', plannedShares, 1);
    }
    case 'GrantAmended.v1': {
      const { schemeId, exercice, amendedOn, plannedShareChanges } = event.data;
      return shares({ schemeId, exercice, on: amendedOn }, 'grantedShareCents', plannedShareChanges, 1);
    }
    case 'PaymentRecorded.v1':
      return payment(event.data, event.data.paidOn, 1);
    case 'PaymentReissued.v1':
      return payment(event.data, event.data.reissuedOn, 1);
    case 'PaymentReversed.v1':
      return payment(event.data, event.data.reversedOn, -1);
    case 'PaymentReturned.v1':
      return payment(event.data, event.data.returnedOn, -1);
    case 'RecoveryRecorded.v1': {
      const { schemeId, exercice, recoveredOn, recoveredBy, amountCents } = event.data;
      const where = { schemeId, exercice, on: recoveredOn };
      const till: Movement = { ...where, funderId: recoveredBy, column: 'recoveredCents', amountCents };
      return [till, ...shares(where, 'shareDueCents', event.data.shares, -1)];
    }
    case 'FundingCallIssued.v1':
    case 'FundingCallIssued.v2': {
      const { schemeId, exercice, issuedOn, called } = event.data;
      return shares({ schemeId, exercice, on: issuedOn }, 'calledCents', called, 1);
    }
    case 'ContributionRecorded.v1':
      return contribution(event.data, event.data.paidOn, 1);
    case 'ContributionReversed.v1':
      return contribution(event.data, event.data.reversedOn, -1);
    default:
      return [];
  }
}

type Where = Pick<Movement, 'schemeId' | 'exercice' | 'on'>;

interface Paid {
  readonly schemeId: string;
  readonly exercice: number;
  readonly paidBy: string;
  readonly amountCents: number;
  readonly shares: readonly Share[];
}

function payment(paid: Paid, on: Day, sign: 1 | -1): readonly Movement[] {
  const { schemeId, exercice, paidBy: funderId } = paid;
  const amountCents = sign * paid.amountCents;
  const till: Movement = { schemeId, exercice, funderId, on, column: 'disbursedCents', amountCents };
  return [till, ...shares({ schemeId, exercice, on }, 'shareDueCents', paid.shares, sign)];
}

interface Contributed {
  readonly schemeId: string;
  readonly exercice: number;
  readonly from: string;
  readonly to: string;
  readonly amountCents: number;
}

function contribution(contributed: Contributed, on: Day, sign: 1 | -1): readonly Movement[] {
  const { schemeId, exercice, from, to } = contributed;
  const amountCents = sign * contributed.amountCents;
  return [
    { schemeId, exercice, funderId: from, on, column: 'contributedCents', amountCents },
    { schemeId, exercice, funderId: to, on, column: 'receivedCents', amountCents },
  ];
}

function shares(
  { schemeId, exercice, on }: Where,
  column: BalanceColumn,
  parts: readonly Share[],
  sign: 1 | -1,
): Movement[] {
  // field by field: this runs for every share of every event
  return parts.map(({ funderId, amountCents }) => ({
    schemeId,
    exercice,
    funderId,
    on,
    column,
    amountCents: sign * amountCents,
  }));
}
