/** Writes an evidence bundle, file after file: the log is read once, and never held in memory. */

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { carriedFile, carriedFiles } from '#libs/evidence/bundle-files';
import { START, type EventStore, type StoredEvent } from '#libs/event-store/event-store';
import { canonicalEvent } from '#libs/seals/canonical-event';
import { leafHash, MerkleTree } from '#libs/seals/merkle';
import { positionCents } from '../balances/balance.movements.js';
import { knownEvent } from '../catalogue.js';
import { BalancesFold } from '../history/balances-fold.js';
import { eventLine } from '../history/event-line.js';
import { logEvents } from '../history/log-events.js';
import type { ShownBalances } from '../history/verify-log.js';
import type { Seal } from '../seals/seal.events.js';
import { fingerprintOf } from '../seals/seal-bytes.js';
import {
  bundleFiles,
  FORMAT,
  FORMAT_VERSION,
  type BundledBalances,
  type FileMark,
  type Manifest,
  type Writers,
} from './bundle-format.js';

export type Content = Iterable<string | Buffer> | AsyncIterable<string | Buffer>;

/** Takes the files of a bundle, one after the other. */
export interface BundleSink {
  /** Resolves when all of it is taken. */
  add(name: string, content: AsyncIterable<string | Buffer>): Promise<void>;
}

export interface Exported {
  readonly store: EventStore;
  readonly writers: Writers;
  /** What is shown to people; folded from the log when nothing is shown. */
  readonly shown: ShownBalances | undefined;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
}

/** Up to the log's head of now. @throws NotCanonical StoreUnavailable */
export async function writeBundle(
  { store, writers, shown, at }: Exported,
  sink: BundleSink,
  onProgress: (position: number, end: number) => void = () => {},
): Promise<Manifest> {
  const files: Record<string, FileMark> = {};
  const add = async (name: string, content: Content) => {
    const measure = new Measure();
    await sink.add(name, measure.of(content));
    files[name] = measure.mark;
  };
  const scratch = mkdtempSync(join(tmpdir(), 'ledger-evidence-'));
  try {
    for (const name of carriedFiles) await add(name, [carriedFile(name)]);
    // the leaves wait on disk: an archive takes one file at a time
    const log = new LogLines(store, Math.max(await store.head(), shown?.position ?? START), join(scratch, 'leaves'));
    await add(bundleFiles.events, log.lines(onProgress));
    await add(bundleFiles.leaves, createReadStream(log.leavesFile));
    await add(bundleFiles.seals, [json(log.seals)]);
    await add(bundleFiles.balances, [json(balancesOf(shown, log))]);
    const keys = [...new Set(log.seals.map((seal) => seal.publicKey))];
    await add(bundleFiles.keys, [keys.map((key) => `${key}\n`).join('')]);
    const { size: treeSize, rootHash } = log.tree.head;
    const manifest: Manifest = {
      format: FORMAT,
      version: FORMAT_VERSION,
      createdAt: new Date(at).toISOString(),
      events: treeSize,
      position: String(log.position),
      head: { treeSize, rootHash },
      seals: log.seals.length,
      keyFingerprints: keys.map(fingerprintOf),
      writers,
      files,
    };
    await sink.add(bundleFiles.manifest, new Measure().of([json(manifest)]));
    return manifest;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The log's lines on their way out; what they say about the log is kept. */
class LogLines {
  readonly tree = new MerkleTree();
  readonly seals: Seal[] = [];
  readonly balances = new BalancesFold();
  position = START;

  constructor(
    private readonly store: EventStore,
    private readonly end: number,
    readonly leavesFile: string,
  ) {}

  async *lines(onProgress: (position: number, end: number) => void): AsyncGenerator<string> {
    const leaves = createWriteStream(this.leavesFile);
    try {
      for await (const event of logEvents(this.store, START, this.end)) {
        const leaf = this.take(event);
        if (!leaves.write(`${event.position} ${leaf.toString('hex')}\n`)) await once(leaves, 'drain');
        yield eventLine(event);
        onProgress(this.position, this.end);
      }
    } finally {
      leaves.end();
      await finished(leaves);
    }
  }

  private take(event: StoredEvent): Buffer {
    const leaf = leafHash(canonicalEvent(event));
    this.tree.addHash(leaf);
    this.position = event.position;
    const known = knownEvent(event);
    if (known.type === 'LogSealed.v1') this.seals.push(known.data);
    this.balances.add(known);
    return leaf;
  }
}

function balancesOf(shown: ShownBalances | undefined, { balances, position }: LogLines): BundledBalances {
  const rows = shown?.rows ?? balances.all();
  return {
    position: String(shown?.position ?? position),
    rows: rows.map((row) => ({ ...row, positionCents: positionCents(row) })),
  };
}

/** Counts and hashes what goes by. */
class Measure {
  private readonly hash = createHash('sha256');
  private bytes = 0;

  async *of(content: Content): AsyncGenerator<string | Buffer> {
    for await (const part of content) {
      this.hash.update(part);
      this.bytes += Buffer.byteLength(part);
      yield part;
    }
  }

  get mark(): FileMark {
    return { bytes: this.bytes, sha256: this.hash.digest('hex') };
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
