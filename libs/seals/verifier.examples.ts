/** Whoever checks a proof with nothing but the standard: RFC 9162 §2.1.3.2 and §2.1.4.2, step by step. */

import { createHash } from 'node:crypto';

/** SHA-256 of a node, from two hashes in hexadecimal. */
function node(left: string, right: string): string {
  return createHash('sha256')
    .update(Buffer.from(`01${left}${right}`, 'hex'))
    .digest('hex');
}

const isOdd = (n: number) => n % 2 === 1;
const half = (n: number) => Math.floor(n / 2);

export interface InclusionProof {
  readonly leafIndex: number;
  readonly leafHash: string;
  readonly treeSize: number;
  readonly rootHash: string;
  readonly auditPath: readonly string[];
}

export function includes({ leafIndex, leafHash, treeSize, rootHash, auditPath }: InclusionProof): boolean {
  if (leafIndex >= treeSize) return false;
  let [fn, sn, r] = [leafIndex, treeSize - 1, leafHash];
  for (const p of auditPath) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      r = node(p, r);
      if (!isOdd(fn))
        do {
          fn = half(fn);
          sn = half(sn);
        } while (!isOdd(fn) && fn !== 0);
    } else r = node(r, p);
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 && r === rootHash;
}

export interface ConsistencyProof {
  readonly first: number;
  readonly firstHash: string;
  readonly second: number;
  readonly secondHash: string;
  readonly path: readonly string[];
}

export function continues({ first, firstHash, second, secondHash, path }: ConsistencyProof): boolean {
  if (first === second) return path.length === 0 && firstHash === secondHash;
  if (first > second || path.length === 0) return false;
  const isPowerOfTwo = Number.isInteger(Math.log2(first));
  const [start, ...rest] = isPowerOfTwo ? [firstHash, ...path] : path;
  let [fn, sn] = [first - 1, second - 1];
  while (isOdd(fn)) [fn, sn] = [half(fn), half(sn)];
  let [fr, sr] = [start!, start!];
  for (const c of rest) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      fr = node(c, fr);
      sr = node(c, sr);
      if (!isOdd(fn))
        do {
          fn = half(fn);
          sn = half(sn);
        } while (!isOdd(fn) && fn !== 0);
    } else sr = node(sr, c);
    fn = half(fn);
    sn = half(sn);
  }
  return fr === firstHash && sr === secondHash && sn === 0;
}
