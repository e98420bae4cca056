/** Opens the log that the settings name to read only. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EventStore } from '#libs/event-store/event-store';
import { files } from '../folder-files.js';
import { openLogToRead, type LogPlace } from '../log-store.js';
import { Misused } from './command.js';

/** @throws Misused when the data folder holds no log */
export async function readLog(place: LogPlace): Promise<EventStore> {
  if (place.eventStoreUrl === undefined && !existsSync(join(place.dataDir, files.log)))
    throw new Misused(`${place.dataDir} ne contient aucun journal`);
  return openLogToRead(place);
}
