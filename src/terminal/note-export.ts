/** Notes an export of the command line in the journal of its data folder, before anything is written. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ExportJournal, type Leaving } from '../access/export-journal.js';
import { files } from '../folder-files.js';

export function noteExport(dataDir: string, leaving: Omit<Leaving, 'by'>): void {
  mkdirSync(dataDir, { recursive: true });
  const journal = new ExportJournal(join(dataDir, files.access));
  try {
    journal.note({ by: { actor: 'operator', role: 'admin' }, ...leaving });
  } finally {
    journal.close();
  }
}
