/** The frozen log of each version of the ledger: it must replay for ever. */

import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import type { Files } from './bundles.js';

const FOLDER = 'test/fixtures/golden';
/** The frozen versions, oldest first. */
export const goldenVersions = ['0.1.0'] as const;

/** The evidence bundle of a frozen log, without the files that every bundle carries. */
export function goldenLog(version: (typeof goldenVersions)[number] = '0.1.0'): Files {
  const texts = JSON.parse(
    brotliDecompressSync(readFileSync(`${FOLDER}/${version}.json.br`)).toString('utf8'),
  ) as Record<string, string>;
  return new Map(Object.entries(texts).map(([name, text]) => [name, Buffer.from(text)]));
}
