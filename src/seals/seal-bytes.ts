/** The bytes of a seal: what is signed (Ed25519), what the next seal chains, how a signature is checked (docs/seals.md). */

import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { canonicalJson } from '#libs/seals/canonical-json';
import type { Seal, UnsignedSeal } from './seal.events.js';

/** Before what is signed: so that a signature of something else can never pass for that of a seal. */
const CONTEXT = 'ledger-276 seal v1\n';
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

/** @throws NotCanonical */
export function signedBytes(seal: UnsignedSeal): Buffer {
  return Buffer.from(CONTEXT + canonicalJson(seal), 'utf8');
}

/** What the next seal names as the one before: SHA-256 of the whole seal, in hexadecimal. @throws NotCanonical */
export function sealHash(seal: Seal): string {
  return createHash('sha256').update(canonicalJson(seal)).digest('hex');
}

/** The public half of a key, as a seal holds it. */
export function publicKeyOf(privateKey: KeyObject): string {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  return Buffer.from(x!, 'base64url').toString('base64');
}

/** By which people recognise a key: SHA-256 of its 32 bytes, in hexadecimal. */
export function fingerprintOf(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex');
}

export function signSeal(seal: Omit<UnsignedSeal, 'publicKey'>, privateKey: KeyObject): Seal {
  const unsigned = { ...seal, publicKey: publicKeyOf(privateKey) };
  return { ...unsigned, signature: sign(null, signedBytes(unsigned), privateKey).toString('base64') };
}

/** Whether the key that the seal names has signed it. */
export function isSigned({ signature, ...unsigned }: Seal): boolean {
  const key = bytesOf(unsigned.publicKey, KEY_BYTES);
  const signed = bytesOf(signature, SIGNATURE_BYTES);
  if (key === undefined || signed === undefined) return false;
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: key.toString('base64url') };
  return verify(null, signedBytes(unsigned), createPublicKey({ key: jwk, format: 'jwk' }), signed);
}

/** One text for each value: base64 that says it otherwise is refused. */
function bytesOf(base64: string, length: number): Buffer | undefined {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.length === length && bytes.toString('base64') === base64 ? bytes : undefined;
}

export function isPublicKey(base64: string): boolean {
  return bytesOf(base64, KEY_BYTES) !== undefined;
}
