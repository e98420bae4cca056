/**
 * Replays the log from zero and compares every closing of an exercice with it: totals and carried-over balances to the
 * cent, the seal to the byte, at the position that the closing stands on (R23, R30). Reads only.
 */

import { START, type EventStore } from '#libs/event-store/event-store';
import { canonicalEvent } from '#libs/seals/canonical-event';
import { MerkleTree } from '#libs/seals/merkle';
import { knownEvent, readLedgerEvent } from '../catalogue.js';
import type { ExerciceClosed, ExerciceClosedAlone } from '../exercices/exercice.events.js';
import { BalancesFold } from './balances-fold.js';
import { closingDifferences } from './closing-differences.js';
import { logEvents } from './log-events.js';

export type Closing = ExerciceClosed | ExerciceClosedAlone;

export interface ReplayedClosing {
  /** 1 for the first closing, 2 after a reopening. */
  readonly ordinal: number;
  readonly closedOn: string;
  /** The position that it stands on. */
  readonly atPosition: string;
  /** Of the log up to there, made anew; the closings of before countersigning stored none to compare with. */
  readonly seal: { readonly treeSize: number; readonly rootHash: string };
  /** In words, the first one first. */
  readonly differences: readonly string[];
}

/** @returns one for each time the exercice was closed; none when it never was */
export async function verifyClosings(
  store: EventStore,
  exercice: number,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<readonly ReplayedClosing[]> {
  const closings = await closingsOf(store, exercice);
  const end = await store.head();
  const balances = new BalancesFold();
  const tree = new MerkleTree();
  const replayed: ReplayedClosing[] = [];
  const waiting = closings.map((closing, i) => ({ closing, ordinal: i + 1 }));
  for await (const stored of closings.length === 0 ? [] : logEvents(store, START, end)) {
    const event = readLedgerEvent(stored);
    balances.add(event);
    tree.add(canonicalEvent(stored));
    for (const { closing, ordinal } of waiting.filter(
      (one) => one.closing.data.atPosition === String(event.position),
    )) {
      const { size: treeSize, rootHash } = tree.head;
      const seal = { treeSize, rootHash };
      const { closedOn, atPosition } = closing.data;
      const differences = [...closingDifferences(closing, balances), ...sealDifferences(closing, seal)];
      replayed.push({ ordinal, closedOn, atPosition, seal, differences });
    }
    onProgress(event.position, end);
  }
  const found = new Set(replayed.map(({ ordinal }) => ordinal));
  const lost = waiting.filter(({ ordinal }) => !found.has(ordinal));
  return [...replayed, ...lost.map(({ closing, ordinal }) => nowhere(closing, ordinal))];
}

export async function closingsOf(store: EventStore, exercice: number): Promise<readonly Closing[]> {
  const history = await store.readStream(`exercice-${exercice}`);
  return history
    .map(knownEvent)
    .filter((event) => event.type === 'ExerciceClosed.v1' || event.type === 'ExerciceClosed.v2');
}

export function* sealDifferences({ type, data }: Closing, made: ReplayedClosing['seal']): Generator<string> {
  if (type === 'ExerciceClosed.v1') return;
  const { treeSize, rootHash } = data.seal;
  if (treeSize !== made.treeSize) yield `seal: closed on ${treeSize} events, replayed ${made.treeSize}`;
  if (rootHash !== made.rootHash) yield `seal: closed on root hash ${rootHash}, replayed ${made.rootHash}`;
}

/** The log has no event at the position that the closing stands on: it cannot be what was closed on. */
function nowhere({ data }: Closing, ordinal: number): ReplayedClosing {
  const { closedOn, atPosition } = data;
  const seal = { treeSize: 0, rootHash: new MerkleTree().head.rootHash };
  return { ordinal, closedOn, atPosition, seal, differences: [`the log has no event at position ${atPosition}`] };
}
