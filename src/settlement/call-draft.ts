/** The digest by which the draft of a funding call is known again when it is issued. */

import { createHash } from 'node:crypto';
import { canonicalJson } from '#libs/seals/canonical-json';
import type { FundingCallIssued } from './settlement.events.js';

const DIGITS = 16;

/** Over everything that would be issued but the id, which is the caller's own word for it: 16 hexadecimal digits. */
export function draftOf({ callId: _, ...issued }: FundingCallIssued['data']): string {
  return createHash('sha256').update(canonicalJson(issued)).digest('hex').slice(0, DIGITS);
}
