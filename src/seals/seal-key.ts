/** The private key that seals are signed with: a PEM file of this server alone, made at its first use; never shown. */

import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { fingerprintOf, publicKeyOf } from './seal-bytes.js';

/** Its owner reads and writes it, nobody else does anything. */
const OWNER_ONLY = 0o600;

/** The file holds no key that seals can be signed with; says where, never what. */
export class UnusableSealKey extends Error {
  override readonly name = 'UnusableSealKey';
}

export class SealKey {
  private key: KeyObject | undefined;

  constructor(private readonly file: string) {}

  /** Read from its file, or made. @throws UnusableSealKey */
  get privateKey(): KeyObject {
    if (!existsSync(this.file)) make(this.file);
    return this.readKey();
  }

  /** By which people recognise it; undefined before it is made. @throws UnusableSealKey */
  get fingerprint(): string | undefined {
    return existsSync(this.file) ? fingerprintOf(publicKeyOf(this.readKey())) : undefined;
  }

  private readKey(): KeyObject {
    this.key ??= readSealKey(this.file);
    return this.key;
  }
}

/** @throws UnusableSealKey */
export function readSealKey(file: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(readFileSync(file, 'utf8'));
  } catch {
    // what was read stays out of the message
    throw new UnusableSealKey(`${file} holds no private key`);
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new UnusableSealKey(`${file} holds no Ed25519 key`);
  return key;
}

function make(file: string): void {
  const { privateKey } = generateKeyPairSync('ed25519');
  const opened = openSync(file, 'wx', OWNER_ONLY);
  try {
    writeSync(opened, privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
    // a seal whose key is lost could be checked, but not followed by another of the same hand
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
