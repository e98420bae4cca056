/** `ledger import-log` — an exported log into an empty ledger: ids, order, recording times and metadata as they were. */

import { existsSync } from 'node:fs';
import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { bundleFiles, type Manifest } from '../../evidence/bundle-format.js';
import { NotAnEvent } from '../../evidence/event-of-line.js';
import { ExportedLog } from '../../evidence/exported-log.js';
import { manifestOf, NotABundle, openBundle } from '../../evidence/open-bundle.js';
import { copyLog, type CopyOutcome } from '../../history/copy-log.js';
import { Misused, type Command, type ExitCode, type Given } from '../command.js';
import { copyProgress, stoppable, withTarget } from '../log-target.js';

const AGAIN = 'La même commande reprend là où l’import s’est arrêté.';

export const importLog: Command = {
  usage: 'import-log <journal.ndjson|dossier de preuves>',
  summary: 'reprend un journal exporté dans un registre vide, et vérifie que l’empreinte est la même',
  options: {},
  words: 1,

  run: async (given) => {
    const source = await sourceOf(given.words[0]!);
    try {
      return await withTarget(given.config, async (to) =>
        stoppable(AGAIN, async (signal) => {
          const progress = copyProgress();
          const outcome = await copyLog(source.log, to, { signal, onProgress: progress.show }).finally(progress.end);
          return told(given, outcome, source.manifest);
        }),
      );
    } catch (error) {
      if (!(error instanceof NotAnEvent)) throw error;
      console.error(`Le journal ne se lit pas jusqu’au bout : ${error.message}`);
      return 1;
    } finally {
      await source.close();
    }
  },
};

interface Source {
  readonly log: ExportedLog;
  /** Of an evidence bundle. */
  readonly manifest: Manifest | undefined;
  close(): Promise<void>;
}

/** @throws Misused */
async function sourceOf(word: string): Promise<Source> {
  const path = resolve(word);
  if (!existsSync(path)) throw new Misused(`${word} n’existe pas`);
  if (path.endsWith('.ndjson')) {
    const log = new ExportedLog(() => createReadStream(path, { highWaterMark: 1 << 20 }));
    return { log, manifest: undefined, close: () => log.close() };
  }
  try {
    const bundle = await openBundle(path);
    const manifest = await manifestOf(bundle);
    const log = new ExportedLog(() => bundle.open(bundleFiles.events));
    const close = async () => {
      await log.close();
      bundle.close();
    };
    return { log, manifest, close };
  } catch (error) {
    if (error instanceof NotABundle) throw new Misused(error.message);
    throw error;
  }
}

function told({ json }: Given, outcome: CopyOutcome, manifest: Manifest | undefined): ExitCode {
  if (outcome.outcome !== 'copied') {
    const { index, stream, revision, what } = outcome.difference;
    const where = `événement ${index + 1} (${stream}, révision ${revision}), ${what}`;
    const why =
      outcome.outcome === 'refused'
        ? `le registre n’est pas vide et n’est pas le début de ce journal : ${where}. Rien n’a été écrit.`
        : `ce qui est relu n’est pas le journal : ${where}.`;
    console.log(json ? JSON.stringify(outcome) : `✗ ${why}`);
    return 1;
  }
  const { copied, already, heads, position } = outcome;
  const { size, rootHash } = heads.copy;
  const due = manifest?.head.rootHash ?? heads.source.rootHash;
  const same = rootHash === due;
  if (json)
    console.log(JSON.stringify({ copied, already, size, rootHash, expectedRootHash: due, position: String(position) }));
  else
    console.log(
      [
        `${copied} événements repris${already === 0 ? '' : `, ${already} déjà là`} ; le journal est en position ${position}.`,
        `Empreinte attendue : ${due}`,
        `Empreinte obtenue  : ${rootHash} (${size} événements)`,
        same ? '✓ Tout concorde.' : '✗ Le journal repris n’a pas l’empreinte attendue.',
      ].join('\n'),
    );
  return same ? 0 : 1;
}
