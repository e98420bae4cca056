/** The tree over a bundle's leaves has, at every size that somebody vouches for, the root that is vouched for (RFC 6962). */

import type { StoredEvent } from '#libs/event-store/event-store';
import { MerkleTree } from '#libs/seals/merkle';
import type { Seal } from '../seals/seal.events.js';
import { bundleFiles, type Manifest } from './bundle-format.js';
import { leafOf, placed, type CheckedEvents, type Leaf } from './check-events.js';
import type { Findings } from './findings.js';
import { linesOf } from './lines.js';
import type { Bundle } from './open-bundle.js';

/** An event of the log, by its line. */
export interface Placed {
  readonly line: number;
  readonly event: StoredEvent;
}

/** Somebody says what the first events of the log hash to. */
type Point = {
  readonly size: number;
  readonly rootHash: string;
} & (
  | { readonly by: 'seal'; readonly placed: Placed | undefined }
  | { readonly by: 'closing'; readonly placed: Placed }
  | { readonly by: 'manifest' | 'held' }
);

interface Judged {
  readonly point: Point;
  readonly good: boolean;
  /** Of the last of those events. */
  readonly position: number;
}

export interface Vouched {
  readonly manifest: Manifest;
  /** Those that are signed and chained, with the event that holds each. */
  readonly seals: readonly { readonly seal: Seal; readonly placed: Placed | undefined }[];
  /** Closings whose seal may be right. */
  readonly closings: readonly (Placed & { readonly size: number; readonly rootHash: string })[];
  readonly held: Seal | undefined;
}

export async function checkLeaves(
  bundle: Bundle,
  vouched: Vouched,
  events: CheckedEvents,
  { integrity, completeness }: { readonly integrity: Findings; readonly completeness: Findings },
): Promise<void> {
  const { head } = vouched.manifest;
  const points = pointsOf(vouched);
  const tree = new MerkleTree();
  const judged: Judged[] = [];
  const judge = (position: number) => {
    const { size, rootHash } = tree.head;
    while (points[0]?.size === size) {
      const point = points.shift()!;
      judged.push({ point, good: point.rootHash === rootHash, position });
    }
  };
  let last: Leaf | undefined;
  let { misplaced } = events;
  let count = 0;
  if (points[0]?.size === 0) judge(0);
  for await (const line of linesOf(bundle.open(bundleFiles.leaves))) {
    last = leafOf(line);
    if (last === undefined) {
      integrity.add('LEAVES_UNREADABLE', count + 1);
      break;
    }
    tree.addHash(Buffer.from(last.hash, 'hex'));
    count += 1;
    if (last.hash === misplaced?.hash) {
      const otherwise = placed(misplaced, count);
      if (otherwise !== undefined) integrity.replace('ALTERED', misplaced.line, otherwise);
      misplaced = undefined;
    }
    if (points[0]?.size === count) judge(last.position);
  }
  tell(judged, integrity, completeness);
  const beyond = points.filter(({ by }) => by !== 'closing');
  if (events.count < count && events.lastHash !== last?.hash)
    completeness.add('TAIL_CUT', events.count + 1, undefined, { expected: count });
  else if (beyond.length > 0) completeness.add('TAIL_CUT', count + 1, undefined, { expected: beyond.at(-1)!.size });
  if (vouched.manifest.events !== head.treeSize) integrity.add('MANIFEST_HEAD', null);
}

function pointsOf({ manifest, seals, closings, held }: Vouched): Point[] {
  const { treeSize, rootHash } = manifest.head;
  const points: Point[] = [
    ...seals.map(({ seal, placed: at }) => ({
      size: seal.treeSize,
      rootHash: seal.rootHash,
      by: 'seal' as const,
      placed: at,
    })),
    ...closings.map(({ size, rootHash: root, ...at }) => ({
      size,
      rootHash: root,
      by: 'closing' as const,
      placed: at,
    })),
    { size: treeSize, rootHash, by: 'manifest' },
  ];
  if (held !== undefined) points.push({ size: held.treeSize, rootHash: held.rootHash, by: 'held' });
  return points.toSorted((a, b) => a.size - b.size);
}

function tell(judged: readonly Judged[], integrity: Findings, completeness: Findings): void {
  // a signed seal that holds vouches for all before it: then whoever says otherwise is wrong
  const holding = judged.filter(({ point, good }) => good && (point.by === 'seal' || point.by === 'held'));
  const vouched = Math.max(0, ...holding.map(({ point }) => point.size));
  let goodBefore = 0;
  let told = false;
  for (const { point, good, position } of judged) {
    const at = 'placed' in point ? point.placed : undefined;
    if (good) {
      if (point.by !== 'manifest') goodBefore = Math.max(goodBefore, point.size);
      if (point.by === 'closing' && (at!.event.data as { atPosition?: unknown }).atPosition !== String(position))
        integrity.add('CLOSING_SEAL', at!.line, at!.event);
    } else if (point.by === 'manifest') integrity.add('MANIFEST_HEAD', null);
    else if (point.by === 'held')
      completeness.add('HISTORY_REWRITTEN', goodBefore + 1, undefined, { lastLine: point.size });
    else if (point.size <= vouched)
      integrity.add(point.by === 'closing' ? 'CLOSING_SEAL' : 'SEAL_ROOT', at?.line ?? null, at?.event);
    else if (!told) {
      told = true;
      integrity.add('LEAVES_DIFFER', goodBefore + 1, undefined, { lastLine: point.size });
    }
  }
}
