/** The tree is that of RFC 6962: the published heads, and its recursive definition for every size. */

import * as fc from 'fast-check';
import { createHash } from 'node:crypto';
import { MerkleTree } from './merkle.js';

/** The inputs with which implementations of Certificate Transparency are tested, in hexadecimal. */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
/** The heads of the first 0, 1, … 8 of them. */
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

function sha256(...parts: readonly Uint8Array[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}

/** MTH of RFC 6962 §2.1, as it is defined. */
function mth(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return sha256(Buffer.of(0), leaves[0]!);
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return sha256(Buffer.of(1), mth(leaves.slice(0, k)), mth(leaves.slice(k)));
}

describe('A Merkle tree', () => {
  it('has the published heads', () => {
    const tree = new MerkleTree();
    const heads = [tree.head];
    for (const leaf of LEAVES) {
      tree.add(Buffer.from(leaf, 'hex'));
      heads.push(tree.head);
    }
    expect(heads).toEqual(ROOTS.map((rootHash, size) => ({ size, rootHash })));
  });

  it('has, leaf after leaf, the head that the definition gives', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 70 }), (leaves) => {
        const tree = new MerkleTree();
        for (const [i, leaf] of leaves.entries()) {
          tree.add(leaf);
          expect(tree.head).toEqual({ size: i + 1, rootHash: mth(leaves.slice(0, i + 1)).toString('hex') });
        }
      }),
    );
  });

  it('keeps no more hashes than its size has binary digits', () => {
    const tree = new MerkleTree();
    for (let i = 0; i < 1_000; i += 1) tree.add(Buffer.of(i % 256));
    const { subtrees } = tree as unknown as { subtrees: unknown[] };
    expect(subtrees.length).toBeLessThanOrEqual(10);
  });
});
