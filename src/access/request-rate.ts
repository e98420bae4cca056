/** How much one holder of a token or a session, or one address of nobody known, may ask in a minute (0029). */

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { TransportError } from '#libs/nest/problem';
import type { Access } from './access.js';
import { knownAsker } from './signed-request.js';

/** Whoever watches, and files that a browser keeps, are not counted. */
const UNCOUNTED = /^\/(health|metrics|assets)(\/|$)/;

/**
 * Refuses what is too much before anything else is done for it. A holder is counted by its name, not by the text it sends:
 * another token, another session or a forged one gives nobody a new count.
 * @throws TransportError TOO_MANY_REQUESTS, to the asker, with the seconds to wait
 */
export function limitRequests(server: FastifyInstance, access: Access, requestsAMinute: number): void {
  const asked = server.createRateLimit({
    max: requestsAMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => keyOf(request, access),
    allowList: (request) => isUncounted(request, access),
  });
  server.addHook('onRequest', async (request, reply) => {
    const count = await asked(request);
    if (count.isAllowed || !count.isExceeded) return;
    void reply.header('Retry-After', String(count.ttlInSeconds));
    throw new TransportError('TOO_MANY_REQUESTS');
  });
}

function keyOf(request: FastifyRequest, access: Access): string {
  const asker = knownAsker(request, access);
  return asker === undefined ? `from ${request.ip}` : `by ${asker.actor}`;
}

/** What a page asks inside this process was counted with the page; the operator of this machine may do anything anyway. */
function isUncounted(request: FastifyRequest, access: Access): boolean {
  if (UNCOUNTED.test(request.routeOptions.url ?? '')) return true;
  const asker = knownAsker(request, access);
  return (
    asker !== undefined && (asker.actor === 'operator' || access.vouchers.isVoucher(request.headers.authorization))
  );
}
