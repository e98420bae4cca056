/** Opens a data folder's log to read only: no lock is taken, a running server is not disturbed. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { files } from '../folder-files.js';
import { Misused } from './command.js';

/** @throws Misused when the folder holds no log */
export function openLogToRead(dataDir: string): SqliteEventStore {
  const file = join(dataDir, files.log);
  if (!existsSync(file)) throw new Misused(`${dataDir} ne contient aucun journal`);
  return new SqliteEventStore(file, { readOnly: true });
}
