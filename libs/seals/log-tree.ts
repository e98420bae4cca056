/**
 * The Merkle tree over a log, in a disposable file: the hashes of complete subtrees from a block of leaves upwards, and
 * where each event is. A proof hashes the events of a block or two again, whatever the size of the log.
 */

import { setImmediate } from 'node:timers/promises';
import { type EventStore, type StoredEvent } from '#libs/event-store/event-store';
import { InTurn } from '#libs/event-store/in-turn';
import { canonicalEvent } from './canonical-event.js';
import { leafHash, nodeHash, rootOf } from './merkle.js';
import { consistencyPath, inclusionPath, subtreesOf, type Part, type Subtree } from './merkle-paths.js';
import { BLOCK, BLOCK_LEVEL, TreeFile } from './tree-file.js';

export interface Inclusion {
  readonly event: StoredEvent;
  /** SHA-256 in hexadecimal, as all hashes here. */
  readonly leafHash: string;
  /** From the leaf up (RFC 6962 §2.1.1). */
  readonly auditPath: readonly string[];
}

/** The log no longer holds the events that the tree was made of. */
export class LogAltered extends Error {
  override readonly name = 'LogAltered';
}

export class LogTree {
  private readonly turns = new InTurn();
  private opened: TreeFile | undefined;
  /** Hashes of the leaves of the last block, while it is not complete. */
  private tail: Buffer[] = [];
  private closed = false;

  /** Opened at its first use. @param file made when missing, and made again when it is of another log */
  constructor(
    private readonly store: EventStore,
    private readonly file: string,
  ) {}

  /**
   * Takes in the events up to a position, page by page, at most one page at a time whoever asks.
   * @param pause between two pages; lets others work when absent
   * @returns how many events it holds now, and the position of the last one
   * @throws NotCanonical StoreUnavailable
   */
  async advance(
    upTo: number,
    pause: () => Promise<unknown> = setImmediate,
  ): Promise<{ size: number; position: number }> {
    for (;;) {
      const { taken, ...at } = await this.turn((tree) => this.takePage(tree, upTo));
      if (taken === 0) return at;
      await pause();
    }
  }

  /** The root of the first `size` leaves. @throws LogAltered */
  async rootAt(size: number): Promise<string> {
    return this.turn(async (tree) => this.hashesOf(tree, [{ start: 0, end: size }]).then(([root]) => root!));
  }

  /** @throws LogAltered */
  async inclusion(leaf: number, size: number): Promise<Inclusion> {
    return this.turn(async (tree) => {
      const block = Math.floor(leaf / BLOCK);
      const { events, hashes } = await this.blockOf(tree, block);
      const auditPath = await this.hashesOf(tree, inclusionPath(leaf, size), new Map([[block, hashes]]));
      return { event: events[leaf % BLOCK]!, leafHash: hashes[leaf % BLOCK]!.toString('hex'), auditPath };
    });
  }

  /** RFC 6962 §2.1.2. @throws LogAltered */
  async consistency(from: number, to: number): Promise<readonly string[]> {
    return this.turn((tree) => this.hashesOf(tree, consistencyPath(from, to)));
  }

  /** The place of an event from 0 on; undefined when the tree has not taken it in. */
  async leafOf(eventId: string): Promise<number | undefined> {
    return this.turn((tree) => tree.leafOf(eventId));
  }

  async close(): Promise<void> {
    await this.turns.run(async () => {
      this.closed = true;
      this.opened?.close();
    });
  }

  private async turn<Answer>(work: (tree: TreeFile) => Answer | Promise<Answer>): Promise<Answer> {
    return this.turns.run(async () => {
      if (this.closed) throw new Error('the tree is closed');
      this.opened ??= await this.open();
      return work(this.opened);
    });
  }

  private async open(): Promise<TreeFile> {
    const tree = TreeFile.open(this.file);
    const { position, eventId, size } = tree.checkpoint;
    const [last] = size === 0 ? [] : await this.store.readAt(position);
    if (last?.id !== eventId && size > 0) tree.clear();
    this.tail = [];
    const left = tree.checkpoint.size % BLOCK;
    if (left > 0) {
      const events = await this.store.readAll(tree.before(Math.floor(size / BLOCK)), left);
      this.tail = events.map((event) => leafHash(canonicalEvent(event)));
    }
    return tree;
  }

  private async takePage(tree: TreeFile, upTo: number): Promise<{ taken: number; size: number; position: number }> {
    const { size, position } = tree.checkpoint;
    if (position >= upTo) return { taken: 0, size, position };
    const page = await this.store.readAll(position, BLOCK - this.tail.length);
    const events = page.filter((event) => event.position <= upTo);
    const hashes = events.map((event) => leafHash(canonicalEvent(event)));
    const tail = [...this.tail, ...hashes];
    tree.add(events, tail.length === BLOCK ? perfectRoot(tail) : undefined);
    this.tail = tail.length === BLOCK ? [] : tail;
    return { taken: events.length, size: size + events.length, position: events.at(-1)?.position ?? position };
  }

  /** Of each part, in hexadecimal. @param blocks the leaves of those that were read already */
  private async hashesOf(
    tree: TreeFile,
    parts: readonly Part[],
    blocks = new Map<number, readonly Buffer[]>(),
  ): Promise<string[]> {
    const hashOf = async ({ level, index }: Subtree): Promise<Buffer> => {
      if (level >= BLOCK_LEVEL) return tree.node(level, index);
      const first = index * 2 ** level;
      const block = Math.floor(first / BLOCK);
      const known = blocks.get(block) ?? (await this.leavesOf(tree, block));
      blocks.set(block, known);
      return perfectRoot(known.slice(first % BLOCK, (first % BLOCK) + 2 ** level));
    };
    const hashes: string[] = [];
    for (const part of parts) {
      const subtrees: Buffer[] = [];
      for (const subtree of subtreesOf(part)) subtrees.push(await hashOf(subtree));
      hashes.push(rootOf(subtrees).toString('hex'));
    }
    return hashes;
  }

  private async leavesOf(tree: TreeFile, block: number): Promise<readonly Buffer[]> {
    if (block === Math.floor(tree.checkpoint.size / BLOCK)) return this.tail;
    return (await this.blockOf(tree, block)).hashes;
  }

  /** The events of a block as the log has them now; they are those that the tree was made of. @throws LogAltered */
  private async blockOf(
    tree: TreeFile,
    block: number,
  ): Promise<{ readonly events: readonly StoredEvent[]; readonly hashes: readonly Buffer[] }> {
    const isLast = block === Math.floor(tree.checkpoint.size / BLOCK);
    const events = await this.store.readAll(tree.before(block), isLast ? this.tail.length : BLOCK);
    const hashes = events.map((event) => leafHash(canonicalEvent(event)));
    const whole = isLast
      ? hashes.length === this.tail.length && hashes.every((hash, i) => hash.equals(this.tail[i]!))
      : hashes.length === BLOCK && perfectRoot(hashes).equals(tree.node(BLOCK_LEVEL, block));
    if (!whole) throw new LogAltered(`events ${block * BLOCK} to ${block * BLOCK + BLOCK - 1} are not what they were`);
    return { events, hashes };
  }
}

/** Of as many leaf hashes as a power of two. */
function perfectRoot(hashes: readonly Buffer[]): Buffer {
  let level = hashes;
  while (level.length > 1)
    level = Array.from({ length: level.length / 2 }, (_, i) => nodeHash(level[2 * i]!, level[2 * i + 1]!));
  return level[0]!;
}
