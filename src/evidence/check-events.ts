/** Holds every event of a bundle against the hash of its leaf, up to the first that is not what its leaf says. */

import type { StoredEvent } from '#libs/event-store/event-store';
import { canonicalEvent } from '#libs/seals/canonical-event';
import { NotCanonical } from '#libs/seals/canonical-json';
import { leafHash } from '#libs/seals/merkle';
import { bundleFiles } from './bundle-format.js';
import { eventOfLine, NotAnEvent } from './event-of-line.js';
import type { Finding, Findings } from './findings.js';
import { linesOf } from './lines.js';
import type { Bundle } from './open-bundle.js';

/** A line of `leaves.txt`. */
export interface Leaf {
  readonly position: number;
  /** In hexadecimal. */
  readonly hash: string;
}

/** An event and the hash of its leaf; neither where the line is none. */
interface Read {
  readonly event?: StoredEvent;
  readonly hash?: string;
}

export interface CheckedEvents {
  /** Lines. */
  readonly count: number;
  /** Of the last line; undefined where it is no event. */
  readonly lastHash: string | undefined;
  /** No event differs from its leaf. */
  readonly whole: boolean;
  /** An event on a line that is not its own: its leaf may stand further down. */
  readonly misplaced: Misplaced | undefined;
}

export interface Misplaced {
  readonly hash: string;
  readonly line: number;
  readonly event: StoredEvent;
  /** The next event stands where it belongs. */
  readonly follows: boolean;
  /** Where another event was due. */
  readonly duePosition: number;
}

/** @param onEvent told of each event that is what its leaf says */
export async function checkEvents(
  bundle: Bundle,
  findings: Findings,
  onEvent: (event: StoredEvent, line: number) => void,
): Promise<CheckedEvents> {
  const lines = linesOf(bundle.open(bundleFiles.events));
  const leaves = linesOf(bundle.open(bundleFiles.leaves));
  const revisions = new Map<string, number>();
  const ids = new Set<string>();
  let twice: number | undefined;
  let count = 0;
  let last: Read = {};
  let misplaced: Misplaced | undefined;
  let whole = true;
  for (;;) {
    const { value: line } = await lines.next();
    if (line === undefined) break;
    count += 1;
    last = read(line);
    const { value: leafLine } = await leaves.next();
    const leaf = leafOf(leafLine);
    const { event, hash } = last;
    if (event === undefined || hash !== leaf?.hash) {
      const { value: nextLine } = await lines.next();
      const following = nextLine === undefined ? {} : read(nextLine);
      const nextLeaf = leafOf((await leaves.next()).value);
      whole = false;
      if (leaf === undefined && leafLine !== undefined) findings.add('LEAVES_UNREADABLE', count, event);
      else misplaced = nameDifference(findings, { line: count, read: last, leaf, following, nextLeaf });
      if (nextLine !== undefined) [count, last] = [count + 1, following];
      break;
    }
    const due = (revisions.get(event.stream) ?? -1) + 1;
    if (event.position !== leaf!.position) findings.add('POSITION', count, event, { expected: leaf!.position });
    else if (event.revision !== due) findings.add('REVISION', count, event, { expected: due });
    revisions.set(event.stream, event.revision);
    if (ids.has(event.id)) twice ??= count;
    ids.add(event.id);
    onEvent(event, count);
  }
  if (twice !== undefined) findings.add('ID_TWICE', twice);
  for await (const line of lines) [count, last] = [count + 1, read(line)];
  await leaves.return(undefined);
  return { count, lastHash: last.hash, whole, misplaced };
}

interface Situation {
  readonly line: number;
  readonly read: Read;
  readonly leaf: Leaf | undefined;
  readonly following: Read;
  readonly nextLeaf: Leaf | undefined;
}

/** What happened at a line: altered, dropped, swapped with another, or inserted. */
function nameDifference(
  findings: Findings,
  { line, read: { event, hash }, leaf, following, nextLeaf }: Situation,
): Misplaced | undefined {
  const belongsNext = hash !== undefined && hash === nextLeaf?.hash;
  if (leaf === undefined) findings.add('INSERTED', line, event);
  else if (following.hash === leaf.hash && belongsNext) findings.add('SWAPPED', line, event, { otherLine: line + 1 });
  else if (following.hash === leaf.hash) findings.add('INSERTED', line, event);
  else if (belongsNext) findings.add('DROPPED', line, undefined, { lastLine: line, position: leaf.position });
  else {
    findings.add(event === undefined ? 'UNREADABLE' : 'ALTERED', line, event);
    if (event === undefined || hash === undefined) return undefined;
    const follows = following.hash !== undefined && following.hash === nextLeaf?.hash;
    return { hash, line, event, follows, duePosition: leaf.position };
  }
  return undefined;
}

/** What an event on a wrong line comes to, once its leaf was found. */
export function placed(misplaced: Misplaced, foundAt: number): Finding | undefined {
  const { line, event, follows, duePosition } = misplaced;
  if (foundAt <= line) return undefined;
  if (!follows) return { code: 'DROPPED', line, lastLine: foundAt - 1, position: duePosition };
  const { position, stream, revision, type } = event;
  return { code: 'SWAPPED', line, position, stream, revision, type, otherLine: foundAt };
}

const LEAF = /^([1-9][0-9]{0,15}) ([0-9a-f]{64})$/;

export function leafOf(line: Buffer | undefined): Leaf | undefined {
  const [, position, hash] = (line === undefined ? null : LEAF.exec(line.toString('latin1'))) ?? [];
  return hash === undefined ? undefined : { position: Number(position), hash };
}

function read(line: Buffer): Read {
  try {
    const event = eventOfLine(line);
    return { event, hash: leafHash(canonicalEvent(event)).toString('hex') };
  } catch (error) {
    if (error instanceof NotAnEvent || error instanceof NotCanonical) return {};
    throw error;
  }
}
