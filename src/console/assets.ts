/** The files that pages are made with: our style and scripts, one font. Read once, compressed once, named by their content. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

export interface Asset {
  readonly type: string;
  readonly plain: Buffer;
  /** Absent for what is compressed in itself. */
  readonly br?: Buffer;
  readonly gzip?: Buffer;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const FONT = '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2';

const found: ReadonlyMap<string, Asset> = new Map([
  ...readdirSync(folder()).map((name): [string, Asset] => [name, assetOf(name, readFileSync(join(folder(), name)))]),
  ['inter.woff2', assetOf('inter.woff2', readFileSync(createRequire(import.meta.url).resolve(FONT)))],
]);

/** All files have one version, so that a script may import its neighbour by a relative path. */
const version = hashOf(found);

/** The address of a file, for pages. */
export function assetPath(name: string): string {
  if (!found.has(name)) throw new RangeError(`no asset ${name}`);
  return `/assets/${version}/${name}`;
}

/** @param asked the version in the address; a page that was open during an update asks for an older one */
export function assetAt(asked: string, name: string): Asset | undefined {
  return asked === version ? found.get(name) : undefined;
}

function folder(): string {
  return join(import.meta.dirname, 'assets');
}

function assetOf(name: string, plain: Buffer): Asset {
  const type = TYPES[extname(name)];
  if (type === undefined) throw new RangeError(`an asset of unknown type: ${name}`);
  if (extname(name) === '.woff2') return { type, plain };
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
  return { type, plain, br: brotliCompressSync(plain, { params }), gzip: gzipSync(plain) };
}

function hashOf(assets: ReadonlyMap<string, Asset>): string {
  const hash = createHash('sha256');
  for (const [name, { plain }] of assets) hash.update(name).update(plain);
  return hash.digest('hex').slice(0, 16);
}
