/** `ledger export-evidence` — the evidence bundle of the whole log, beside a running server or without one. */

import { TargetTaken, writeTo } from '../../evidence/bundle-sinks.js';
import type { Manifest } from '../../evidence/bundle-format.js';
import { writeBundle } from '../../evidence/write-bundle.js';
import { Misused, type Command } from '../command.js';
import { noteExport } from '../note-export.js';
import { progressOf } from '../progress.js';
import { readLog } from '../read-log.js';
import { shownBalances } from '../shown-balances.js';

export const exportEvidence: Command = {
  usage: 'export-evidence <dossier|fichier.zip>',
  summary: 'écrit le dossier de preuves : journal, scellements, soldes, et le vérificateur qui s’en passe du serveur',
  options: {},
  words: 1,

  run: async ({ config, words, json }) => {
    const path = words[0]!;
    const shown = await shownBalances(config.dataDir);
    const store = await readLog(config);
    const writers = config.eventStoreUrl === undefined ? 'one' : 'several';
    noteExport(config.dataDir, {
      what: 'ledger export-evidence',
      parameters: {},
      format: 'evidence',
      position: await store.head(),
    });
    const progress = progressOf('Export');
    const at = Date.now();
    try {
      const manifest = await writeTo(path, at, (sink) =>
        writeBundle({ store, writers, shown, at }, sink, (position, end) => progress.show(position, end)),
      );
      progress.end();
      console.log(json ? JSON.stringify({ path, ...manifest }) : printed(path, manifest));
      return 0;
    } catch (error) {
      if (!(error instanceof TargetTaken)) throw error;
      throw new Misused(`${path} existe déjà et n’est pas vide`);
    } finally {
      await store.close();
    }
  },
};

function printed(path: string, { events, head, seals, keyFingerprints }: Manifest): string {
  return [
    `${events} événements et ${seals} scellements écrits dans ${path}`,
    `Empreinte du journal : ${head.treeSize} événements, ${head.rootHash}`,
    keyFingerprints.length === 0
      ? 'Le journal n’est pas scellé : rien ne prouvera que le dossier n’a pas été refait.'
      : `Empreinte de la clé de scellement : ${keyFingerprints.join(', ')}`,
    'Vérifier sans ce serveur : python3 verify.py, dans le dossier (voir README.fr.md).',
  ].join('\n');
}
