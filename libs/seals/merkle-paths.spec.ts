/** Proofs are those of RFC 6962: the published ones, and for every size each proof is taken and no other byte is. */

import * as fc from 'fast-check';
import { leafHash, MerkleTree } from './merkle.js';
import { consistencyPath, inclusionPath, type Part } from './merkle-paths.js';
import { continues, includes, type ConsistencyProof, type InclusionProof } from './verifier.examples.js';

/** The inputs with which implementations of Certificate Transparency are tested, in hexadecimal. */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];

function rootOf(leaves: readonly Uint8Array[], { start, end }: Part = { start: 0, end: leaves.length }): string {
  const tree = new MerkleTree();
  for (const leaf of leaves.slice(start, end)) tree.add(leaf);
  return tree.head.rootHash;
}

/** A hash in which one bit is another. */
function bit(hash: string, at: number): string {
  const bytes = Buffer.from(hash, 'hex');
  bytes[at % 32]! ^= 1 << (at >> 5);
  return bytes.toString('hex');
}

describe('The published proofs', () => {
  const leaves = LEAVES.map((leaf) => Buffer.from(leaf, 'hex'));
  const hashed = (parts: readonly Part[]) => parts.map((part) => rootOf(leaves, part));
  const A = '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e';
  const B = 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b';
  const C = 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0';
  const D = 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7';
  const E = '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7';
  const F = '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4';

  it.each<[leaf: number, size: number, path: string[]]>([
    [0, 1, []],
    [0, 8, [E, A, F]],
    [5, 8, [B, C, D]],
    [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
    [1, 5, ['6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d', A, B]],
  ])('of leaf %i in %i leaves', (leaf, size, path) => {
    expect(hashed(inclusionPath(leaf, size))).toEqual(path);
  });

  it.each<[from: number, to: number, path: string[]]>([
    [1, 1, []],
    [1, 8, [E, A, F]],
    [6, 8, ['0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a', C, D]],
    [2, 5, [A, B]],
  ])('of %i leaves in %i', (from, to, path) => {
    expect(hashed(consistencyPath(from, to))).toEqual(path);
  });
});

describe('A proof', () => {
  /** Leaves of one byte pair each, so that no two are alike. */
  const leaves = Array.from({ length: 300 }, (_, i) => Buffer.of(i >> 8, i & 255));
  const roots = [rootOf([])];
  const tree = new MerkleTree();
  for (const leaf of leaves) {
    tree.add(leaf);
    roots.push(tree.head.rootHash);
  }
  const hashed = (parts: readonly Part[]) => parts.map((part) => rootOf(leaves, part));
  const sizes = fc.integer({ min: 1, max: leaves.length });
  const changes = fc.record({ what: fc.nat(12), at: fc.nat(255) });

  it('of inclusion is taken, and not with anything changed in it', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), changes, (treeSize, draw, { what, at }) => {
        const leafIndex = draw % treeSize;
        const proof: InclusionProof = {
          leafIndex,
          leafHash: leafHash(leaves[leafIndex]!).toString('hex'),
          treeSize,
          rootHash: roots[treeSize]!,
          auditPath: hashed(inclusionPath(leafIndex, treeSize)),
        };
        const { auditPath } = proof;
        expect(includes(proof)).toBe(true);
        const bent = auditPath.map((hash, i) => (i === what % auditPath.length ? bit(hash, at) : hash));
        const wrong: InclusionProof[] = [
          { ...proof, leafHash: bit(proof.leafHash, at) },
          { ...proof, rootHash: bit(proof.rootHash, at) },
          { ...proof, auditPath: [...auditPath, proof.leafHash] },
          ...(auditPath.length > 0
            ? [
                { ...proof, auditPath: bent },
                { ...proof, auditPath: auditPath.slice(1) },
              ]
            : []),
          ...(treeSize > 1 ? [{ ...proof, leafIndex: (leafIndex + 1) % treeSize }] : []),
        ];
        for (const one of wrong) expect(includes(one)).toBe(false);
      }),
    );
  });

  it('of consistency is taken, and not with anything changed in it', () => {
    fc.assert(
      fc.property(sizes, sizes, changes, (one, other, { what, at }) => {
        const [first, second] = [Math.min(one, other), Math.max(one, other)];
        const path = hashed(consistencyPath(first, second));
        const proof: ConsistencyProof = {
          first,
          firstHash: roots[first]!,
          second,
          secondHash: roots[second]!,
          path,
        };
        expect(continues(proof)).toBe(true);
        const bent = path.map((hash, i) => (i === what % path.length ? bit(hash, at) : hash));
        const wrong: ConsistencyProof[] = [
          { ...proof, firstHash: bit(proof.firstHash, at) },
          { ...proof, secondHash: bit(proof.secondHash, at) },
          { ...proof, path: [...path, proof.firstHash] },
          ...(path.length > 0
            ? [
                { ...proof, path: bent },
                { ...proof, path: path.slice(1) },
              ]
            : []),
        ];
        for (const changed of wrong) expect(continues(changed)).toBe(false);
      }),
    );
  });
});
