/** The tree over a log proves from its file what the standard's own tree says; a file of another log is made anew. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { MemoryEventStore } from '#libs/event-store/memory';
import type { NewEvent, StoredEvent } from '#libs/event-store/event-store';
import { canonicalEvent } from './canonical-event.js';
import { LogAltered, LogTree } from './log-tree.js';
import { MerkleTree } from './merkle.js';
import { continues, includes } from './verifier.examples.js';

/** Some blocks of 64, and a part of one. */
const EVENTS = 270;
/** At, before and behind the ends of blocks. */
const SIZES = [1, 2, 3, 63, 64, 65, 100, 127, 128, 129, 192, 256, 269, 270];

/** A store in which somebody may change what is stored. */
class ForgedStore extends MemoryEventStore {
  forge: (event: StoredEvent) => StoredEvent = (event) => event;
  override async readAll(after: number, limit: number): Promise<readonly StoredEvent[]> {
    return (await super.readAll(after, limit)).map((event) => this.forge(event));
  }
}

function counted(i: number): NewEvent {
  return { id: randomUUID(), type: 'Counted.v1', data: { i }, metadata: {} };
}

async function filled(count: number): Promise<ForgedStore> {
  const store = new ForgedStore(() => 1_270_000_000_000);
  await store.append(
    'count-1',
    -1,
    Array.from({ length: count }, (_, i) => counted(i)),
  );
  return store;
}

/** The root after each event. */
async function rootsOf(store: MemoryEventStore): Promise<string[]> {
  const tree = new MerkleTree();
  const roots = [tree.head.rootHash];
  for (const event of await store.readAll(0, EVENTS)) {
    tree.add(canonicalEvent(event));
    roots.push(tree.head.rootHash);
  }
  return roots;
}

let folder: string;
let file: string;
let store: ForgedStore;
let roots: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tree-'));
  file = join(folder, 'tree.db');
  store = await filled(EVENTS);
  roots = await rootsOf(store);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

afterEach(() => {
  store.forge = (event) => event;
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
});

describe('The tree over a log', () => {
  it('has every root, and proves what is proved from them', async () => {
    const tree = new LogTree(store, file);
    expect(await tree.advance(EVENTS)).toEqual({ size: EVENTS, position: EVENTS });
    for (const treeSize of SIZES) {
      const rootHash = await tree.rootAt(treeSize);
      expect(rootHash).toBe(roots[treeSize]);
      for (const leafIndex of [0, Math.floor(treeSize / 2), treeSize - 1]) {
        const { event, leafHash, auditPath } = await tree.inclusion(leafIndex, treeSize);
        expect(event.revision).toBe(leafIndex);
        expect(await tree.leafOf(event.id)).toBe(leafIndex);
        expect(includes({ leafIndex, leafHash, treeSize, rootHash, auditPath })).toBe(true);
      }
      for (const second of SIZES.filter((size) => size >= treeSize)) {
        const path = await tree.consistency(treeSize, second);
        const proof = { first: treeSize, firstHash: rootHash, second, secondHash: roots[second]!, path };
        expect(continues(proof)).toBe(true);
      }
    }
    await tree.close();
  });

  it('goes on where it stood, however far it was asked to go and whoever asked', async () => {
    for (const upTo of [1, 63, 64, 200]) {
      const tree = new LogTree(store, file);
      await Promise.all([tree.advance(upTo), tree.advance(upTo - 1)]);
      expect(await tree.advance(0)).toEqual({ size: upTo, position: upTo });
      expect(await tree.rootAt(upTo)).toBe(roots[upTo]);
      await tree.close();
    }
  });

  it('is made anew when its file is of another log, or none', async () => {
    const tree = new LogTree(store, file);
    await tree.advance(EVENTS);
    await tree.close();
    const other = await filled(EVENTS);
    const ofOther = new LogTree(other, file);
    expect(await ofOther.advance(0)).toEqual({ size: 0, position: 0 });
    await ofOther.advance(EVENTS);
    expect(await ofOther.rootAt(EVENTS)).toBe((await rootsOf(other))[EVENTS]);
    await ofOther.close();
    writeFileSync(file, 'no database');
    const anew = new LogTree(store, file);
    await anew.advance(3);
    expect(await anew.rootAt(3)).toBe(roots[3]);
    await anew.close();
  });

  it.each([10, 70, 269])('proves nothing of a block in which event %i was changed', async (leaf) => {
    const tree = new LogTree(store, file);
    await tree.advance(EVENTS);
    store.forge = (event) => (event.revision === leaf ? { ...event, data: { i: -1 } } : event);
    await expect(tree.inclusion(leaf, EVENTS)).rejects.toThrow(LogAltered);
    store.forge = (event) => event;
    await expect(tree.inclusion(leaf, EVENTS)).resolves.toMatchObject({ event: { revision: leaf } });
    await tree.close();
  });

  it('pauses between pages as it is told', async () => {
    const tree = new LogTree(store, file);
    let pauses = 0;
    await tree.advance(EVENTS, async () => {
      pauses += 1;
    });
    expect(pauses).toBe(5);
    await tree.close();
    await expect(tree.rootAt(1)).rejects.toThrow('the tree is closed');
  });
});
