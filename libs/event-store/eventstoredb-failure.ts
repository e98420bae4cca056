/** What an error of EventStoreDB's client means for whoever asked. */

import {
  AccessDeniedError,
  InvalidArgumentError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
} from '@eventstore/db-client';

export type Failure =
  /** The store may have done it or not: ask again with the same ids at the same expected revision. */
  | 'unknown-outcome'
  /** As before, and the client has learnt where the leader is. */
  | 'not-leader'
  /** The user or its password is wrong, or it lacks the right. */
  | 'denied'
  /** More bytes than the server takes in one append. */
  | 'too-large'
  /** A read from a place where no event begins. */
  | 'unknown-position'
  /** The request itself cannot be served; asking again changes nothing. */
  | 'refused';

/** gRPC's status codes, as far as they decide something here. */
const INVALID_ARGUMENT = 3;
const PERMISSION_DENIED = 7;
const RESOURCE_EXHAUSTED = 8;
const UNIMPLEMENTED = 12;
const UNAUTHENTICATED = 16;

/** Whatever is no clear refusal has an unknown outcome: a lost connection shows in many ways, some without any code. */
export function failureOf(error: unknown): Failure {
  if (error instanceof NotLeaderError) return 'not-leader';
  if (error instanceof AccessDeniedError) return 'denied';
  if (error instanceof MaxAppendSizeExceededError) return 'too-large';
  const { code, message = '' } = error as { code?: unknown; message?: string };
  // servers before 24 say `ReadAllResult: InvalidPosition`, those after `an invalid position`; any other result is a fault
  if (/invalid ?position/i.test(message)) return 'unknown-position';
  if (error instanceof StreamDeletedError || error instanceof InvalidArgumentError) return 'refused';
  switch (code) {
    case UNAUTHENTICATED:
    case PERMISSION_DENIED:
      return 'denied';
    case RESOURCE_EXHAUSTED:
      // a message over the limit was not read; any other exhaustion may come after the work was done
      return /message.*(larger|exceeds)/i.test(message) ? 'too-large' : 'unknown-outcome';
    case INVALID_ARGUMENT:
    case UNIMPLEMENTED:
      return 'refused';
    default:
      return 'unknown-outcome';
  }
}

/** True when no patience helps: the other side's certificate is not one this side trusts, or it speaks no TLS. */
export function isTlsFailure(error: unknown): boolean {
  return /certificate|SSL routines|wrong version number|EPROTO/i.test((error as Error).message);
}
