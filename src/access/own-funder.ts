/** An authority's people record what is its own: an officer of one funder does not record for another (0029). */

import type { Asking } from '#libs/event-store/receipt';
import { reject } from './access.rejections.js';
import type { Actor } from './tokens.js';

export interface Bound {
  /** The funder whose matters alone the asker records; null: an administrator, who is bound to none. */
  readonly boundTo: string | null;
}

/** Who asks of a matter that belongs to somebody. */
export type BoundAsking = Asking & Bound;

export function boundTo({ role, funderId }: Pick<Actor, 'role' | 'funderId'>): string | null {
  return role === 'admin' ? null : funderId;
}

/**
 * @param concerned whose matter it is: any one of them may record it
 * @throws Rejection OTHER_FUNDER
 */
export function refuseOtherFunder({ boundTo: own }: Bound, concerned: readonly string[]): void {
  if (own === null || concerned.includes(own)) return;
  throw reject('OTHER_FUNDER', { funderId: own, concerned: [...new Set(concerned)].join(', ') });
}
