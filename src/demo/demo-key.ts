/** The key that the demonstration is sealed with: drawn from its seed, the same on every machine, and so known to everybody. */

import { Random } from './random.js';

/** PKCS#8 of an Ed25519 key (RFC 8410), up to its 32 bytes. */
const PKCS8 = '302e020100300506032b657004220420';
const BYTES = 32;

/** A PEM file; what stands before the key in it says what it is. */
export function demoKey(seed: number): string {
  const draws = new Random(seed, 'seal key');
  const secret = Uint8Array.from({ length: BYTES }, () => draws.below(256));
  const key = Buffer.concat([Buffer.from(PKCS8, 'hex'), secret]);
  return [
    `Clé de démonstration (graine ${seed}) : tout le monde la connaît. Demonstration key: everybody knows it.`,
    '-----BEGIN PRIVATE KEY-----',
    key.toString('base64'),
    '-----END PRIVATE KEY-----',
    '',
  ].join('\n');
}
