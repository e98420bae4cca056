/** `ledger export-log` — the whole log as NDJSON, read from the data folder beside a running server or without one. */

import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { eventLine } from '../../history/event-line.js';
import type { Command } from '../command.js';
import { noteExport } from '../note-export.js';
import { progressOf } from '../progress.js';
import { readLog } from '../read-log.js';

const PAGE = 1_000;

export const exportLog: Command = {
  usage: 'export-log <fichier.ndjson>',
  summary: 'écrit le journal entier, un événement par ligne',
  options: {},
  words: 1,

  run: async ({ config, words, json }) => {
    const store = await readLog(config);
    const file = words[0]!;
    const total = await store.head();
    noteExport(config.dataDir, {
      what: 'ledger export-log',
      parameters: {},
      format: 'application/x-ndjson',
      position: total,
    });
    const out = createWriteStream(file);
    const progress = progressOf('Export');
    let position = 0;
    let events = 0;
    for (;;) {
      const page = await store.readAll(position, PAGE);
      if (page.length === 0) break;
      if (!out.write(page.map(eventLine).join(''))) await once(out, 'drain');
      position = page.at(-1)!.position;
      events += page.length;
      progress.show(position, total);
    }
    out.end();
    await finished(out);
    progress.end();
    await store.close();
    console.log(
      json ? JSON.stringify({ file, events, position: String(position) }) : `${events} événements écrits dans ${file}`,
    );
    return 0;
  },
};
