/** An evidence bundle to read: a folder or a zip archive, file by file. */

import { createReadStream, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openPromise, type Entry } from 'yauzl';
import { bundleFiles, FORMAT, FORMAT_VERSION, type BundledBalances, type Manifest } from './bundle-format.js';

/** What was named is no evidence bundle that this version can read. */
export class NotABundle extends Error {
  override readonly name = 'NotABundle';
}

export interface Bundle {
  has(name: string): boolean;
  /** @throws NotABundle when there is no such file */
  open(name: string): AsyncIterable<Buffer>;
  close(): void;
}

/** @throws NotABundle */
export async function openBundle(path: string): Promise<Bundle> {
  if (!existsSync(path)) throw new NotABundle(`${path} does not exist`);
  return statSync(path).isDirectory() ? folderBundle(path) : zipBundle(path);
}

function folderBundle(folder: string): Bundle {
  const has = (name: string) => existsSync(join(folder, name));
  return {
    has,
    open: (name) => {
      if (!has(name)) throw new NotABundle(`${name} is missing`);
      return createReadStream(join(folder, name), { highWaterMark: 1 << 20 });
    },
    close: () => {},
  };
}

async function zipBundle(file: string): Promise<Bundle> {
  const zip = await openPromise(file, { autoClose: false }).catch((error: unknown) => {
    throw new NotABundle(`${file}: ${(error as Error).message}`);
  });
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    // which of the two would be read is not to be guessed
    if (entries.has(entry.fileName)) throw new NotABundle(`${file} holds ${entry.fileName} twice`);
    entries.set(entry.fileName, entry);
  }
  return {
    has: (name) => entries.has(name),
    async *open(name) {
      const entry = entries.get(name);
      if (entry === undefined) throw new NotABundle(`${name} is missing`);
      yield* await zip.openReadStreamPromise(entry);
    },
    close: () => zip.close(),
  };
}

/** The whole of a small file. @throws NotABundle */
export async function textOf(bundle: Bundle, name: string): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of bundle.open(name)) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

async function jsonOf<Value>(bundle: Bundle, name: string, isGood: (value: Value) => boolean): Promise<Value> {
  const text = await textOf(bundle, name);
  try {
    const value = JSON.parse(text) as Value;
    if (isGood(value)) return value;
  } catch {
    // said below
  }
  throw new NotABundle(`${name} cannot be read`);
}

/** @throws NotABundle also for another version of the format */
export async function manifestOf(bundle: Bundle): Promise<Manifest> {
  const manifest = await jsonOf<Manifest>(bundle, bundleFiles.manifest, isManifest);
  if (manifest.version !== FORMAT_VERSION)
    throw new NotABundle(
      `the bundle is of version ${manifest.version} of the format, this ledger reads ${FORMAT_VERSION}`,
    );
  return manifest;
}

function isManifest({ format, version, events, head, writers, files }: Manifest): boolean {
  return (
    format === FORMAT &&
    [version, events, head.treeSize].every(Number.isSafeInteger) &&
    typeof head.rootHash === 'string' &&
    (writers === 'one' || writers === 'several') &&
    Object.values(files).every(({ bytes, sha256 }) => Number.isSafeInteger(bytes) && typeof sha256 === 'string')
  );
}

export async function sealsOf(bundle: Bundle): Promise<readonly unknown[]> {
  return jsonOf<readonly unknown[]>(bundle, bundleFiles.seals, Array.isArray);
}

export async function balancesOf(bundle: Bundle): Promise<BundledBalances> {
  return jsonOf<BundledBalances>(
    bundle,
    bundleFiles.balances,
    ({ position, rows }) => typeof position === 'string' && Array.isArray(rows),
  );
}
