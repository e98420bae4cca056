/** What became of one line of a slip. */

import type { Rejection } from '#libs/decider/rejection';
import type { Language } from '#libs/money/euros';
import { rejectionText } from '#libs/nest/rejection-text';
import type { GrantEvent, Share } from '../grants/grant.events.js';
import { proposalIdOf, type Grant } from '../grants/grant.state.js';
import type { Column } from './slip-header.js';
import { lineError, type LineError, type PaymentLine } from './slip-line.js';

export const results = ['recorded', 'already-recorded', 'awaiting-approval', 'rejected', 'not-recorded'] as const;

export type Result = (typeof results)[number];

export interface Outcome {
  readonly result: Result;
  /** This line led to something new, or would have. */
  readonly fresh?: true;
  readonly shares?: readonly Share[];
  readonly proposalId?: string;
  readonly errors?: readonly LineError[];
}

export interface LineResult extends Outcome {
  readonly line: number;
  readonly grantId: string;
  readonly paymentId: string;
  /** As the slip has them. */
  readonly cells: readonly string[];
}

/** What an event that answers a payment says of it. A proposal that is not fresh may have been decided since. */
export function answered(event: GrantEvent, fresh: boolean): Outcome {
  const { type, data } = event;
  if (type === 'PaymentProposed.v1')
    return { result: 'awaiting-approval', ...(fresh ? { fresh } : {}), proposalId: data.proposalId };
  if (type !== 'PaymentRecorded.v1') throw new TypeError(`${type} does not answer a payment`);
  return fresh
    ? { result: 'recorded', fresh, shares: data.shares }
    : { result: 'already-recorded', shares: data.shares };
}

/** How a payment that is known to its grant stands there. */
export function standing({ grantId, paymentId }: PaymentLine, grant: Grant, language: Language): Outcome {
  const payment = grant.status === 'unknown' ? undefined : grant.payments.get(paymentId);
  if (payment !== undefined) return { result: 'already-recorded', shares: payment.recorded.shares };
  if (grant.status !== 'unknown' && grant.proposals.get(paymentId)?.status === 'refused')
    return rejected([lineError('SLIP_LINE_REFUSED_EARLIER', { paymentId }, language, 'paymentId')]);
  return { result: 'awaiting-approval', proposalId: proposalIdOf(grantId, paymentId) };
}

export function rejected(errors: readonly LineError[]): Outcome {
  return { result: 'rejected', errors };
}

/** A rule's no, at the cell that would have to change. */
export function rejectedByRule(rejection: Rejection, language: Language): Outcome {
  const { code } = rejection;
  return rejected([
    { column: columnOfRule[code] ?? 'paymentId', code, detail: rejectionText(rejection, language).detail },
  ]);
}

/** The recording stopped before this line. */
export function stopped(language: Language): Outcome {
  return { result: 'not-recorded', errors: [lineError('SLIP_LINE_STOPPED', {}, language)] };
}

/** By rejection of a payment, the cell that a correction would change. */
export const columnOfRule: Readonly<Record<string, Column>> = {
  GRANT_UNKNOWN: 'grantId',
  GRANT_NOT_ACTIVE: 'grantId',
  OTHER_FUNDER: 'grantId',
  GRANT_SCHEME_UNKNOWN: 'grantId',
  GRANT_SCHEME_CLOSED: 'paidOn',
  GRANT_FUNDER_UNKNOWN: 'paidBy',
  DATED_IN_FUTURE: 'paidOn',
  PAID_BEFORE_AGREEMENT: 'paidOn',
  PAID_AFTER_AGREEMENT: 'paidOn',
  EXERCICE_REQUIRED: 'exercice',
  EXERCICE_MISMATCH: 'exercice',
  EXERCICE_CLOSED: 'exercice',
  EXERCICE_CLOSING: 'exercice',
  PAYMENT_ID_REUSED: 'paymentId',
  ADVANCE_NOT_FIRST: 'instalment',
  ADVANCE_ALREADY_PAID: 'instalment',
  BALANCE_ALREADY_PAID: 'instalment',
  PAYMENT_EXCEEDS_GRANT: 'amount',
  ORDER_NUMBER_REUSED: 'orderNumber',
  POSSIBLE_DOUBLE: 'overrideReason',
  CEILING_EXCEEDED: 'overrideReason',
  AXIS_CEILING_EXCEEDED: 'overrideReason',
  CONTRACT_CEILING_EXCEEDED: 'overrideReason',
  FUNDER_CEILING_EXCEEDED: 'overrideReason',
};
