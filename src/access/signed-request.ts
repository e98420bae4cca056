/** Finds out who asks before a body is read: nothing is taken in from nobody, and no form from another site. */

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { TransportError } from '#libs/nest/problem';
import type { Access } from './access.js';
import { actorOf } from './accounts.js';
import { cookieOf } from './cookies.js';
import { FORM_TOKEN_FIELD, FORM_TOKEN_HEADER, isFormToken, isSameOrigin } from './form-token.js';
import type { Actor } from './tokens.js';

/** A request to a door behind which somebody must be known. */
export interface SignedRequest extends FastifyRequest {
  asker: Actor;
}

/** Where nobody is signed in yet. */
const SIGN_IN = '/sign-in';

/** What is no page of the console. */
const NO_PAGE = /^\/(api|api-yaml|health|metrics|assets)(\/|$)/;

/** True for the routes of the console, whose cookies say who asks; no cookie opens the API. */
export function isPageRoute(url: string): boolean {
  return !NO_PAGE.test(url);
}

/**
 * Every route of the API asks for a token first; every page looks for a session, and every form of one for its token.
 * @param more routes outside the API that ask for a token too
 * @throws TransportError TOKEN_REQUIRED SIGN_IN_REQUIRED FORM_FOREIGN, to the asker
 */
export function askWhoAsks(server: FastifyInstance, access: Access, more: readonly string[]): void {
  server.decorateRequest('asker', null);
  server.addHook('onRequest', async (request) => {
    const { url = '' } = request.routeOptions;
    if (url.startsWith('/api/v1/') || more.includes(url)) (request as SignedRequest).asker = holderOf(request, access);
    else if (isPageRoute(url)) visit(request, access, url);
  });
  server.addHook('preValidation', async (request) => {
    const { url = '' } = request.routeOptions;
    if (url === '' || !isPageRoute(url) || isSafe(request)) return;
    const secret = cookieOf(request, (request as Partial<SignedRequest>).asker ? 'session' : 'visit');
    const fields = request.body as Readonly<Record<string, unknown>> | null | undefined;
    const token = request.headers[FORM_TOKEN_HEADER] ?? fields?.[FORM_TOKEN_FIELD];
    if (secret === undefined || !isFormToken(token, secret)) throw new TransportError('FORM_FOREIGN');
  });
}

function visit(request: FastifyRequest, access: Access, url: string): void {
  const asker = visitorOf(request, access);
  if (asker !== undefined) (request as SignedRequest).asker = asker;
  // an address that is none has nothing to refuse
  if (url === '' || isSafe(request)) return;
  if (!isSameOrigin(request)) throw new TransportError('FORM_FOREIGN');
  if (asker === undefined && !url.startsWith(SIGN_IN)) throw new TransportError('SIGN_IN_REQUIRED');
}

function visitorOf(request: FastifyRequest, { sessions, accounts }: Access): Actor | undefined {
  const secret = cookieOf(request, 'session');
  const session =
    secret === undefined ? undefined : isAskedByItself(request) ? sessions.peek(secret) : sessions.find(secret);
  const account = session && accounts.open(session.name);
  return account && actorOf(account);
}

/**
 * True when an open page asks for itself anew, with nobody at the keyboard: it keeps no session awake and takes no message.
 * A stream of events that was cut off is one that a browser opens again by itself.
 */
export function isAskedByItself({ headers }: FastifyRequest): boolean {
  return headers['x-live'] !== undefined || headers.accept === 'text/event-stream';
}

function holderOf(request: FastifyRequest, access: Access): Actor {
  const asker = tokenHolderOf(request, access);
  if (asker === undefined) throw new TransportError('TOKEN_REQUIRED');
  return asker;
}

function tokenHolderOf({ headers }: FastifyRequest, { tokens, vouchers }: Access): Actor | undefined {
  const token = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(headers.authorization ?? '')?.[1];
  return token === undefined ? undefined : (vouchers.actorOf(token) ?? tokens.actorOf(token));
}

/** Who asks, as far as a key that opens something says so; of a page by its session, elsewhere by its token. */
export function knownAsker(request: FastifyRequest, access: Access): Actor | undefined {
  const isPage = isPageRoute(request.routeOptions.url ?? '');
  return isPage ? visitorOf(request, access) : tokenHolderOf(request, access);
}

function isSafe({ method }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}
