/** The Merkle tree hash of RFC 6962 §2.1 (SHA-256): one hash over a log, made as the log grows. */

import { createHash } from 'node:crypto';

/** What a log of this size hashes to. */
export interface TreeHead {
  /** Leaves. */
  readonly size: number;
  /** SHA-256, 64 hexadecimal digits in lower case. */
  readonly rootHash: string;
}

/** Before a leaf and before two hashes: so that no leaf can pass for a node. */
const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

/** Takes leaf after leaf and keeps the hashes of the complete subtrees only: as many as the size has ones in binary. */
export class MerkleTree {
  private size = 0;
  /** Of the complete subtrees from left to right, each smaller than the one before it. */
  private readonly subtrees: Buffer[] = [];

  /** Adds one leaf. */
  add(leaf: Uint8Array): void {
    this.addHash(leafHash(leaf));
  }

  /** Adds a leaf by its hash. */
  addHash(ofLeaf: Buffer): void {
    let hash = ofLeaf;
    // as many subtrees end in this leaf as the size, in binary, has ones at its end; a number of 53 bits outgrows `&`
    for (let { size } = this; size % 2 === 1; size = (size - 1) / 2) hash = nodeHash(this.subtrees.pop()!, hash);
    this.subtrees.push(hash);
    this.size += 1;
  }

  /** Of all the leaves so far. */
  get head(): TreeHead {
    return { size: this.size, rootHash: rootOf(this.subtrees).toString('hex') };
  }
}

/** Of complete subtrees from left to right, each smaller than the one before it. */
export function rootOf(subtrees: readonly Buffer[]): Buffer {
  const root = subtrees.reduceRight<Buffer | undefined>(
    (right, left) => (right === undefined ? left : nodeHash(left, right)),
    undefined,
  );
  return root ?? sha256();
}

export function leafHash(leaf: Uint8Array): Buffer {
  return sha256(LEAF, leaf);
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(NODE, left, right);
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
