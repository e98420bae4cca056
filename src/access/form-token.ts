/** The token in every form of the console: bound to the session, another text in every page, and checked before any door. */

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

/** The field of a form, and the header of a script's request, that carry it. */
export const FORM_TOKEN_FIELD = 'formToken';
export const FORM_TOKEN_HEADER = 'x-form-token';

const BYTES = 32;

/** @param secret of the session, or of the visit before sign-in */
export function formTokenOf(secret: string): string {
  // masked: a compressed page must not tell it by its length
  const mask = randomBytes(BYTES);
  return Buffer.concat([mask, xor(mask, tokenOf(secret))]).toString('base64url');
}

export function isFormToken(text: unknown, secret: string): boolean {
  if (typeof text !== 'string') return false;
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== 2 * BYTES) return false;
  return timingSafeEqual(xor(bytes.subarray(0, BYTES), bytes.subarray(BYTES)), tokenOf(secret));
}

/** False for a request that a page of another site sends, as browsers tell it; and for one that tells nothing. */
export function isSameOrigin({ headers, host }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  try {
    return new URL(headers.origin ?? '').host === host;
  } catch {
    return false;
  }
}

function tokenOf(secret: string): Buffer {
  return createHash('sha256').update(`form of ${secret}`).digest();
}

function xor(a: Buffer, b: Buffer): Buffer {
  return Buffer.from(a.map((byte, i) => byte ^ b[i]!));
}
