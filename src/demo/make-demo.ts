/** Makes the demonstration's ledger in a folder of its own, and beside it a copy that somebody tampered with. */

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataFolder } from '#libs/event-store/data-folder';
import type { StoredEvent } from '#libs/event-store/event-store';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { files } from '../folder-files.js';
import { play } from './play.js';
import { scenario } from './scenario.js';
import { tamperedCopy } from './tampered-copy.js';

/** Grows whenever the scenario changes: a demonstration of another version is made anew. */
const VERSION = 5;

/** Marks a folder as the demonstration's. */
const MARKER = 'demo.json';

/** Where the tampered copy is, inside the folder. */
const TAMPERED = 'tampered';

interface Marker {
  readonly seed: number;
  readonly version: number;
  /** Anything but `ready` was interrupted. */
  readonly state: 'making' | 'ready';
}

/** The folder holds a ledger that is not a demonstration. */
export class NotADemo extends Error {
  override readonly name = 'NotADemo';
}

/**
 * Makes the folder when it is missing. A finished demonstration of this seed and version is left as it is, with what has
 * been recorded since; any other demonstration is replaced.
 *
 * @throws NotADemo FolderInUse FolderUnusable
 */
export async function makeDemo(
  dataDir: string,
  seed: number,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<void> {
  const found = markerOf(dataDir);
  if (found?.seed === seed && found.version === VERSION && found.state === 'ready') return;
  if (found === undefined && existsSync(join(dataDir, files.log)))
    throw new NotADemo(`${dataDir} holds a ledger that is not a demonstration; choose another folder`);
  const folder = DataFolder.take(dataDir);
  try {
    mark(dataDir, { seed, version: VERSION, state: 'making' });
    for (const name of [files.log, files.readModels])
      for (const suffix of ['', '-wal', '-shm']) rmSync(folder.file(name + suffix), { force: true });
    rmSync(folder.file(TAMPERED), { recursive: true, force: true });
    const events = await play(folder.file(files.readModels), seed, scenario(seed), onProgress);
    await writeLog(folder.file(files.log), events);
    mkdirSync(folder.file(TAMPERED));
    tamperedCopy(folder.file(files.log), join(folder.file(TAMPERED), files.log));
    mark(dataDir, { seed, version: VERSION, state: 'ready' });
  } finally {
    folder.release();
  }
}

/** Appended all at once, the events share a few commits; each keeps the instant at which it was played. */
async function writeLog(file: string, events: readonly StoredEvent[]): Promise<void> {
  const instants = events.values();
  const store = new SqliteEventStore(file, { clock: () => instants.next().value!.recordedAt });
  try {
    await Promise.all(events.map((event) => store.append(event.stream, event.revision - 1, [event])));
  } finally {
    await store.close();
  }
}

function markerOf(dataDir: string): Marker | undefined {
  const file = join(dataDir, MARKER);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Marker) : undefined;
}

function mark(dataDir: string, marker: Marker): void {
  writeFileSync(join(dataDir, MARKER), `${JSON.stringify(marker)}\n`);
}
