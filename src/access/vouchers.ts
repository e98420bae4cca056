/** How a page asks the API as the person before it: a secret that is good for one call inside this process. */

import { randomBytes } from 'node:crypto';
import type { Actor } from './tokens.js';

export class Vouchers {
  private readonly actors = new Map<string, Actor>();

  /** Lets `call` ask as the actor; the voucher is void when it has ended. */
  async with<Answer>(actor: Actor, call: (voucher: string) => Promise<Answer>): Promise<Answer> {
    const voucher = `page_${randomBytes(32).toString('base64url')}`;
    this.actors.set(voucher, actor);
    try {
      return await call(voucher);
    } finally {
      this.actors.delete(voucher);
    }
  }

  /** @param authorization the header of a request */
  isVoucher(authorization = ''): boolean {
    return this.actors.has(authorization.replace(/^Bearer /i, ''));
  }

  actorOf(voucher: string): Actor | undefined {
    return this.actors.get(voucher);
  }
}
