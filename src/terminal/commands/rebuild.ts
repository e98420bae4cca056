/** `ledger rebuild` — makes the read models again from zero, without a server or beside a running one. */

import { join, resolve } from 'node:path';
import { DataFolder, FolderInUse } from '#libs/event-store/data-folder';
import type { EventStore } from '#libs/event-store/event-store';
import { rebuild as rebuildReadModels } from '#libs/projections/rebuild';
import { readLedgerEvent } from '../../catalogue.js';
import { projections, rebuiltFileOf } from '../../ledger.js';
import { files } from '../../folder-files.js';
import { openLog } from '../../log-store.js';
import { option, refused, withClient, type Command, type ExitCode, type Given } from '../command.js';
import { progressOf } from '../progress.js';
import { readLog } from '../read-log.js';

export const rebuild: Command = {
  usage: 'rebuild [--to <fichier>]',
  summary: 'refait les tables depuis le premier événement, serveur en marche ou non',
  options: { to: { type: 'string' } },
  words: 0,

  run: async (given) => {
    const readModels = join(given.config.dataDir, files.readModels);
    const aside = option(given, 'to');
    if (aside !== undefined) return intoFile(given, resolve(aside));
    let folder: DataFolder;
    try {
      folder = DataFolder.take(given.config.dataDir);
    } catch (error) {
      if (!(error instanceof FolderInUse)) throw error;
      return besideServer(given, rebuiltFileOf(readModels));
    }
    try {
      const store = await openLog(given.config);
      await make(store, readModels);
      const head = await store.head();
      await store.close();
      return done(given, head);
    } finally {
      folder.release();
    }
  },
};

/** Into a file beside those that are shown: whoever asked for it puts it in place. */
async function intoFile(given: Given, file: string): Promise<ExitCode> {
  const store = await readLog(given.config);
  await make(store, file);
  const head = await store.head();
  await store.close();
  return done(given, head);
}

/** The server keeps working; at the end it is asked to change over. */
async function besideServer(given: Given, file: string): Promise<ExitCode> {
  const store = await readLog(given.config);
  await make(store, file);
  await store.close();
  return withClient(given, async (client) => {
    const reply = await client.call({ method: 'POST', path: '/read-models/replacement' });
    if (reply.status >= 400) return refused(reply.text, given.json);
    return done(given, Number((JSON.parse(reply.text) as { position: string }).position));
  });
}

async function make(store: EventStore, file: string): Promise<void> {
  const progress = progressOf('Tables refaites');
  const onProgress = ({ done: read, total }: { done: number; total: number }) => {
    progress.show(read, total);
    // whoever started this command as a process of its own follows it
    process.send?.({ done: read, total });
  };
  await rebuildReadModels(store, { file, projections, read: readLedgerEvent, onProgress });
  progress.end();
}

function done({ json }: Given, position: number): ExitCode {
  console.log(
    json ? JSON.stringify({ position: String(position) }) : `Tables refaites jusqu’à la position ${position}.`,
  );
  return 0;
}
