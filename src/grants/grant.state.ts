/** A grant as its events leave it: what was awarded, and each payment with what every funder still bears of it. */

import type { Day } from '#libs/calendar/day';
import { CorruptHistory } from '#libs/decider/decider';
import type {
  GrantAmended,
  GrantAwarded,
  GrantEvent,
  InstructionTransferred,
  PaymentProposed,
  PaymentRecorded,
  PaymentReissued,
  PaymentReturned,
  PaymentReversed,
  Period,
  RecoveryRecorded,
  Share,
} from './grant.events.js';

export type Grant = { readonly status: 'unknown' } | AwardedGrant;

export type GrantStatus = 'active' | 'suspended' | 'cancelled' | 'closed';

export interface StatusChange {
  readonly to: GrantStatus;
  readonly on: Day;
  readonly reason: string;
}

export interface AwardedGrant {
  readonly status: GrantStatus;
  /** In order; all of them, so that one that is asked again late changes nothing (R3). */
  readonly statusChanges: readonly StatusChange[];
  readonly awarded: GrantAwarded['data'];
  readonly amountCents: number;
  readonly period: Period;
  readonly plannedShares: readonly Share[];
  readonly instructedBy: string;
  /** By id. */
  readonly amendments: ReadonlyMap<string, GrantAmended['data']>;
  readonly transfers: ReadonlyMap<string, InstructionTransferred['data']>;
  readonly payments: ReadonlyMap<string, Payment>;
  /** By payment id; approved ones are payments and no longer here. */
  readonly proposals: ReadonlyMap<string, Proposal>;
  /** Why approvers let a warning pass, by payment id. */
  readonly approvalReasons: ReadonlyMap<string, string>;
}

export interface Payment {
  readonly recorded: PaymentRecorded['data'];
  readonly status: PaymentStatus;
  /** What each funder still bears, in the order of the recorded shares. Zero while returned or reversed. */
  readonly remainingCents: readonly number[];
  readonly recoveries: ReadonlyMap<string, RecoveryRecorded['data']>;
  readonly returns: readonly PaymentReturned['data'][];
  readonly reissues: readonly PaymentReissued['data'][];
}

export type PaymentStatus =
  | { readonly is: 'paid' }
  | { readonly is: 'returned' }
  | { readonly is: 'reversed'; readonly reversed: PaymentReversed['data'] };

export interface Proposal {
  readonly proposed: PaymentProposed['data'];
  readonly status: 'awaiting-approval' | 'refused';
  /** Why it was refused. */
  readonly refusedFor?: string;
}

/** The proposal's id says whose it is: the grant's id, `~`, the payment's. */
export function proposalIdOf(grantId: string, paymentId: string): string {
  return `${grantId}~${paymentId}`;
}

/** What has been paid and neither reversed nor recovered; a returned payment is still to be paid and counts (R15, R25). */
export function netPaidCents(grant: AwardedGrant): number {
  let net = 0;
  for (const payment of grant.payments.values()) {
    if (payment.status.is === 'reversed') continue;
    net += payment.recorded.amountCents - recoveredCents(payment);
  }
  return net;
}

export function recoveredCents(payment: Payment): number {
  let recovered = 0;
  for (const recovery of payment.recoveries.values()) recovered += recovery.amountCents;
  return recovered;
}

/** Most payments are never corrected: they share what is empty. */
const NO_RECOVERIES: Payment['recoveries'] = new Map();
const NOTHING: readonly never[] = [];

export function evolveGrant(grant: Grant, event: GrantEvent): Grant {
  if (event.type === 'GrantAwarded.v1') {
    const { data } = event;
    return {
      status: 'active',
      statusChanges: [],
      awarded: data,
      amountCents: data.amountCents,
      period: data.period,
      plannedShares: data.plannedShares,
      instructedBy: data.instructedBy,
      amendments: new Map(),
      transfers: new Map(),
      payments: new Map(),
      proposals: new Map(),
      approvalReasons: new Map(),
    };
  }
  if (grant.status === 'unknown')
    throw new CorruptHistory(`${event.type} before the grant ${event.data.grantId} was awarded`);
  switch (event.type) {
    case 'GrantAmended.v1': {
      const { amountCents, period, plannedShares, amendmentId } = event.data;
      const amendments = new Map(grant.amendments).set(amendmentId, event.data);
      return { ...grant, amountCents, period, plannedShares, amendments };
    }
    case 'InstructionTransferred.v1': {
      const { transferId, to } = event.data;
      return { ...grant, instructedBy: to, transfers: new Map(grant.transfers).set(transferId, event.data) };
    }
    case 'GrantSuspended.v1':
      return withStatus(grant, 'suspended', event.data);
    case 'GrantResumed.v1':
      return withStatus(grant, 'active', event.data);
    case 'GrantCancelled.v1':
      return withStatus(grant, 'cancelled', event.data);
    case 'GrantClosed.v1':
      return withStatus(grant, 'closed', event.data);
    case 'PaymentProposed.v1': {
      const proposal: Proposal = { proposed: event.data, status: 'awaiting-approval' };
      return { ...grant, proposals: new Map(grant.proposals).set(event.data.paymentId, proposal) };
    }
    case 'ApprovalReasonGiven.v1': {
      // the payment that follows it takes the proposal's place
      const { paymentId, reason } = event.data;
      return { ...grant, approvalReasons: new Map(grant.approvalReasons).set(paymentId, reason) };
    }
    case 'PaymentRefused.v1': {
      const proposal = grant.proposals.get(event.data.paymentId);
      if (proposal === undefined)
        throw new CorruptHistory(`${event.data.proposalId} was refused before it was proposed`);
      const refused: Proposal = { ...proposal, status: 'refused', refusedFor: event.data.reason };
      return { ...grant, proposals: new Map(grant.proposals).set(event.data.paymentId, refused) };
    }
    case 'PaymentRecorded.v1': {
      const { data } = event;
      if (grant.payments.has(data.paymentId)) throw new CorruptHistory(`payment ${data.paymentId} was recorded twice`);
      const payment: Payment = {
        recorded: data,
        status: { is: 'paid' },
        remainingCents: data.shares.map((share) => share.amountCents),
        recoveries: NO_RECOVERIES,
        returns: NOTHING,
        reissues: NOTHING,
      };
      const proposals = grant.proposals.has(data.paymentId)
        ? without(grant.proposals, data.paymentId)
        : grant.proposals;
      return { ...withPayment(grant, payment), proposals };
    }
    case 'PaymentReversed.v1': {
      const payment = paymentOf(grant, event.data.paymentId);
      return withPayment(grant, {
        ...payment,
        status: { is: 'reversed', reversed: event.data },
        remainingCents: zeroes(payment),
      });
    }
    case 'RecoveryRecorded.v1': {
      const payment = paymentOf(grant, event.data.paymentId);
      const remainingCents = payment.remainingCents.map((cents, i) => cents - event.data.shares[i]!.amountCents);
      if (remainingCents.some((cents) => cents < 0))
        throw new CorruptHistory(`${event.data.recoveryId} gave back more than was borne`);
      const recoveries = new Map(payment.recoveries).set(event.data.recoveryId, event.data);
      return withPayment(grant, { ...payment, remainingCents, recoveries });
    }
    case 'PaymentReturned.v1': {
      const payment = paymentOf(grant, event.data.paymentId);
      return withPayment(grant, {
        ...payment,
        status: { is: 'returned' },
        remainingCents: zeroes(payment),
        returns: [...payment.returns, event.data],
      });
    }
    case 'PaymentReissued.v1': {
      const payment = paymentOf(grant, event.data.paymentId);
      const remainingCents = event.data.shares.map((share) => share.amountCents);
      const reissues = [...payment.reissues, event.data];
      return withPayment(grant, { ...payment, status: { is: 'paid' }, remainingCents, reissues });
    }
  }
}

function paymentOf(grant: AwardedGrant, paymentId: string): Payment {
  const payment = grant.payments.get(paymentId);
  if (payment === undefined) throw new CorruptHistory(`payment ${paymentId} was corrected before it was recorded`);
  return payment;
}

function withStatus(grant: AwardedGrant, to: GrantStatus, { on, reason }: Omit<StatusChange, 'to'>): AwardedGrant {
  return { ...grant, status: to, statusChanges: [...grant.statusChanges, { to, on, reason }] };
}

function withPayment(grant: AwardedGrant, payment: Payment): AwardedGrant {
  return { ...grant, payments: new Map(grant.payments).set(payment.recorded.paymentId, payment) };
}

function without<Value>(map: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> {
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}

function zeroes(payment: Payment): readonly number[] {
  return payment.remainingCents.map(() => 0);
}
