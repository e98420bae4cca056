/** The log that the settings name: the embedded one in the data folder, or EventStoreDB's. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EventStore } from '#libs/event-store/event-store';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { categories } from './catalogue.js';
import type { Config } from './config.js';
import { files } from './folder-files.js';

export type LogPlace = Pick<Config, 'dataDir' | 'eventStoreUrl'>;

export interface LogOptions {
  /** Milliseconds since 1970 UTC; EventStoreDB stamps events with its own when absent. */
  readonly clock?: () => number;
  /** Told of what a store beyond a network made good. */
  readonly onTrouble?: (what: string) => void;
}

/**
 * Opens the log to write; the embedded one belongs to whoever holds the data folder.
 * @throws UnreadableLog StoreUnusable
 */
export async function openLog({ dataDir, eventStoreUrl }: LogPlace, options: LogOptions = {}): Promise<EventStore> {
  if (eventStoreUrl === undefined) return new SqliteEventStore(join(dataDir, files.log), options);
  // its client is loaded only where it is used
  const { EventStoreDb } = await import('#libs/event-store/eventstoredb');
  return EventStoreDb.open(eventStoreUrl, { categories, ...options });
}

/**
 * Opens the log to read only: no lock is taken, a running server is not disturbed.
 * @throws UnreadableLog StoreUnusable
 */
export async function openLogToRead(place: LogPlace): Promise<EventStore> {
  if (place.eventStoreUrl !== undefined) return openLog(place);
  return new SqliteEventStore(join(place.dataDir, files.log), { readOnly: true });
}

/** True when the folder holds an embedded log that is left aside, because the settings name another store. */
export function leavesLogAside({ dataDir, eventStoreUrl }: LogPlace): boolean {
  return eventStoreUrl !== undefined && existsSync(join(dataDir, files.log));
}
