/** The log sealed anew up to every closing that stored a seal, and compared with it to the byte (R23). Reads only. */

import { START, type EventStore } from '#libs/event-store/event-store';
import { canonicalEvent } from '#libs/seals/canonical-event';
import { MerkleTree } from '#libs/seals/merkle';
import { logEvents } from './log-events.js';
import { closingsOf, sealDifferences, type Closing } from './verify-closing.js';
import type { Difference } from './verify-log.js';

const YEARS = { first: 1990, last: 2199 };

/** One pass over the log, up to the last position that a closing stands on; none where nothing was ever closed. */
export async function* sealsThatDiffer(
  store: EventStore,
  onProgress: (done: number, total: number) => void = () => {},
): AsyncGenerator<Difference> {
  const waiting = new Map<number, Closing[]>();
  for (let exercice = YEARS.first; exercice <= YEARS.last; exercice += 1)
    for (const closing of await closingsOf(store, exercice)) {
      const at = Number(closing.data.atPosition);
      waiting.set(at, [...(waiting.get(at) ?? []), closing]);
    }
  const end = Math.max(START, ...waiting.keys());
  const tree = new MerkleTree();
  for await (const event of logEvents(store, START, end)) {
    tree.add(canonicalEvent(event));
    const here = waiting.get(event.position) ?? [];
    waiting.delete(event.position);
    const { size: treeSize, rootHash } = tree.head;
    for (const closing of here)
      for (const detail of sealDifferences(closing, { treeSize, rootHash })) yield differenceOf(closing, detail);
    onProgress(event.position, end);
  }
  for (const closing of Array.from(waiting.values()).flat())
    yield differenceOf(closing, `the log has no event at position ${closing.data.atPosition}`);
}

function differenceOf({ data: { exercice, atPosition } }: Closing, detail: string): Difference {
  return { position: Number(atPosition), stream: `exercice-${exercice}`, code: 'CLOSING_SEAL', detail };
}
