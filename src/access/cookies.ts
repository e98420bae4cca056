/** The cookies of the console: the session's secret, a visitor's before sign-in, and two preferences. */

import type { FastifyReply, FastifyRequest } from 'fastify';

/** `visit` is to sign-in what `session` is afterwards: what the forms' tokens are bound to. */
export type CookieName = 'session' | 'visit' | 'language' | 'theme';

const YEAR_S = 31_536_000;

/** Seconds a cookie lives; absent: until the browser is closed. */
const LIVES: Readonly<Partial<Record<CookieName, number>>> = { language: YEAR_S, theme: YEAR_S };

export function cookieOf(request: FastifyRequest, name: CookieName): string | undefined {
  const wanted = `${fullName(request, name)}=`;
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const cookie = part.trim();
    if (cookie.startsWith(wanted)) return /^[\w.-]{1,100}$/.exec(cookie.slice(wanted.length))?.[0];
  }
  return undefined;
}

/** @param value undefined: the cookie is taken back */
export function setCookie(request: FastifyRequest, reply: FastifyReply, name: CookieName, value?: string): void {
  const life = value === undefined ? 0 : LIVES[name];
  const attributes = [
    `${fullName(request, name)}=${value ?? ''}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    ...(life === undefined ? [] : [`Max-Age=${life}`]),
    ...(isHttps(request) ? ['Secure'] : []),
  ];
  // appended to what was set already
  void reply.header('Set-Cookie', attributes.join('; '));
}

/** A browser keeps a `__Host-` cookie from everybody but this very host; it takes one over https only. */
function fullName(request: FastifyRequest, name: CookieName): string {
  return `${isHttps(request) ? '__Host-' : ''}ledger276-${name}`;
}

/** Whoever claims https falsely only makes their own cookies stricter. */
function isHttps({ headers, protocol }: FastifyRequest): boolean {
  return protocol === 'https' || headers['x-forwarded-proto'] === 'https';
}
