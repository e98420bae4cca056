/** Inclusion and consistency proofs of RFC 6962 §2.1.1 and §2.1.2, as the parts of a tree whose hashes they list. */

/** The leaves from `start` up to, not with, `end`. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

/** A complete subtree: 2^level leaves, the index-th of its level from the left. */
export interface Subtree {
  readonly level: number;
  readonly index: number;
}

/** PATH(leaf, D[size]): from the leaf up. @param leaf from 0, below size */
export function inclusionPath(leaf: number, size: number): readonly Part[] {
  const path: Part[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + split(end - start);
    if (leaf < middle) {
      path.push({ start: middle, end });
      end = middle;
    } else {
      path.push({ start, end: middle });
      start = middle;
    }
  }
  return path.toReversed();
}

/** PROOF(from, D[to]): from below up; empty for one tree and itself. @param from 1 or more, at most `to` */
export function consistencyPath(from: number, to: number): readonly Part[] {
  const path: Part[] = [];
  let [start, end] = [0, to];
  while (from < end) {
    const middle = start + split(end - start);
    if (from <= middle) {
      path.push({ start: middle, end });
      end = middle;
    } else {
      path.push({ start, end: middle });
      start = middle;
    }
  }
  // a tree that is whole in the other one is known to whoever holds its root
  return start === 0 ? path.toReversed() : [{ start, end }, ...path.toReversed()];
}

/** The complete subtrees of a part from left to right: the part's hash is that of its leaves as a tree of their own. */
export function subtreesOf({ start, end }: Part): readonly Subtree[] {
  const subtrees: Subtree[] = [];
  for (let at = start; at < end;) {
    let [level, width] = [0, 1];
    while (width * 2 <= end - at && at % (width * 2) === 0) [level, width] = [level + 1, width * 2];
    subtrees.push({ level, index: at / width });
    at += width;
  }
  return subtrees;
}

/** The largest power of two below n, which is 2 or more. */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}
