/** Makes a read model from zero: into a fresh file, which takes the old one's place only when it is complete. */

import { renameSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { EventStore, StoredEvent } from '#libs/event-store/event-store';
import type { Projection } from './projection.js';
import { ReadModel, removeFile, type ProjectedEvent } from './read-model.js';

const PAGE = 2_000;

export interface Progress {
  readonly done: number;
  readonly total: number;
}

export interface RebuildOptions<Event> {
  readonly file: string;
  readonly projections: readonly Projection<Event>[];
  readonly read: (stored: StoredEvent) => Event;
  /** The position behind which nothing counts. */
  readonly upTo?: number;
  readonly onProgress?: (progress: Progress) => void;
}

/** Reads the log and writes the file anew, up to its end or the position asked for. Whoever has the old file open keeps it. */
export async function rebuild<Event extends ProjectedEvent>(
  store: EventStore,
  { file, projections, read, upTo = Number.POSITIVE_INFINITY, onProgress = () => {} }: RebuildOptions<Event>,
): Promise<void> {
  const aside = `${file}.new`;
  const model = ReadModel.create(aside, projections);
  const total = Math.min(await store.head(), upTo);
  let position = 0;
  onProgress({ done: position, total });
  for (;;) {
    const page = (await store.readAll(position, PAGE)).filter((event) => event.position <= upTo);
    if (page.length === 0) break;
    model.applyRebuilding(page.map(read));
    position = page.at(-1)!.position;
    onProgress({ done: Math.min(position, total), total });
    // others have their turn between two pages
    await setImmediate();
  }
  model.finish();
  model.close();
  removeFile(file);
  renameSync(aside, file);
}
