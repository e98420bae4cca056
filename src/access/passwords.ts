/** Passwords, kept as scrypt hashes that carry their own cost, so that the cost may grow while old ones still open. */

import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

/** 32 MB and some 0.2 s of one core for each try: OWASP's second choice of parameters. */
const COST = { log2N: 15, r: 8, p: 3 };
const BYTES = 32;

const PASSWORD_AT_LEAST = 12;
export const PASSWORD_AT_MOST = 200;

/** Long enough, not too long to hash, and not the holder's own name. */
export function isStrongPassword(password: string, name: string): boolean {
  const { length } = password.normalize('NFC');
  if (length < PASSWORD_AT_LEAST || length > PASSWORD_AT_MOST) return false;
  return new Set(password).size >= 5 && !password.toLowerCase().includes(name.toLowerCase());
}

/** `scrypt$15$8$3$<salt>$<hash>`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, COST);
  return ['scrypt', COST.log2N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** What is compared with where there is no account: it costs the same, and nothing is equal to it. */
const NOBODY = ['scrypt', COST.log2N, COST.r, COST.p, 'AAAAAAAAAAAAAAAAAAAAAA', ''].join('$');

/** @param kept the hash; undefined when there is none, which takes as long to say no to */
export async function isPassword(password: string, kept: string | undefined): Promise<boolean> {
  const [, log2N, r, p, salt = '', hash = ''] = (kept ?? NOBODY).split('$');
  const cost = { log2N: Number(log2N), r: Number(r), p: Number(p) };
  const derived = await derive(password.slice(0, PASSWORD_AT_MOST), Buffer.from(salt, 'base64url'), cost);
  const wanted = Buffer.from(hash, 'base64url');
  return wanted.length === derived.length && timingSafeEqual(derived, wanted);
}

async function derive(password: string, salt: Buffer, { log2N, r, p }: typeof COST): Promise<Buffer> {
  const options: ScryptOptions = { N: 2 ** log2N, r, p, maxmem: 256 * 2 ** log2N * r };
  return new Promise((resolve, fail) => {
    scrypt(password.normalize('NFC'), salt, BYTES, options, (error, key) => (error ? fail(error) : resolve(key)));
  });
}
