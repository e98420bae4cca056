/** Finds out who asks before a body is read: nothing is taken in from nobody. */

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { TransportError } from '#libs/nest/problem';
import type { Actor, Tokens } from './tokens.js';

/** A request to a door behind which somebody must be known. */
export interface SignedRequest extends FastifyRequest {
  asker: Actor;
}

/**
 * Every route of the API asks for a token first.
 * @param more routes outside the API that ask too
 * @throws TransportError TOKEN_REQUIRED, to the asker
 */
export function askWhoAsks(server: FastifyInstance, tokens: Tokens, more: readonly string[]): void {
  server.decorateRequest('asker', null);
  server.addHook('onRequest', async (request) => {
    const { url = '' } = request.routeOptions;
    if (url.startsWith('/api/v1/') || more.includes(url)) (request as SignedRequest).asker = askerOf(request, tokens);
  });
}

function askerOf({ headers }: FastifyRequest, tokens: Tokens): Actor {
  const token = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(headers.authorization ?? '')?.[1];
  const asker = token === undefined ? undefined : tokens.actorOf(token);
  if (asker === undefined) throw new TransportError('TOKEN_REQUIRED');
  return asker;
}
