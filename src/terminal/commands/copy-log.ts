/** `ledger copy-log` — copies the whole log from one place to another: a data folder, or EventStoreDB. */

import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { LogDifference, RaisedTimes } from '../../history/compare-logs.js';
import { copyLog as copy, type CopiedLog, type CopyOutcome } from '../../history/copy-log.js';
import type { LogPlace } from '../../log-store.js';
import { Misused, required, type Command, type ExitCode, type Given } from '../command.js';
import { copyProgress, stoppable, withTarget } from '../log-target.js';
import { noteExport } from '../note-export.js';
import { readLog } from '../read-log.js';

/** The word that stands for the store that EVENTSTORE_URL names: a password never goes on a command line. */
const EVENTSTORE = 'eventstore';
const GO_ON = 'La même commande reprend là où la copie s’est arrêtée.';

export const copyLog: Command = {
  usage: 'copy-log --from <dossier|eventstore> --to <dossier|eventstore>',
  summary:
    'copie le journal entier vers un autre dossier ou vers EventStoreDB, reprend après un arrêt, vérifie à la fin',
  options: { from: { type: 'string' }, to: { type: 'string' } },
  words: 0,

  run: async (given) => {
    const source = placeOf(given, 'from');
    const target = placeOf(given, 'to');
    if (nameOf(source) === nameOf(target)) throw new Misused('--from et --to désignent le même journal');
    const from = await readLog(source);
    try {
      // folders and addresses may name somebody: which store it went to is told in two words
      const kind = target.eventStoreUrl === undefined ? 'folder' : EVENTSTORE;
      noteExport(source.dataDir, {
        what: 'ledger copy-log',
        parameters: { to: kind },
        format: 'log',
        position: await from.head(),
      });
      return await withTarget(target, (to) =>
        stoppable(GO_ON, async (signal) => {
          const progress = copyProgress();
          const outcome = await copy(from, to, { signal, onProgress: progress.show }).finally(progress.end);
          return told(given, outcome);
        }),
      );
    } finally {
      await from.close();
    }
  },
};

/** @throws Misused */
function placeOf(given: Given, name: 'from' | 'to'): LogPlace {
  const word = required(given, name);
  if (word === '') throw new Misused(`--${name} est un dossier, ou ${EVENTSTORE}`);
  if (word !== EVENTSTORE) return { dataDir: resolve(word) };
  const { dataDir, eventStoreUrl } = given.config;
  if (eventStoreUrl === undefined) throw new Misused(`--${name} ${EVENTSTORE} : EVENTSTORE_URL manque`);
  return { dataDir, eventStoreUrl };
}

function nameOf({ dataDir, eventStoreUrl }: LogPlace): string {
  if (eventStoreUrl !== undefined) return EVENTSTORE;
  return existsSync(dataDir) ? realpathSync(dataDir) : dataDir;
}

function told({ json }: Given, outcome: CopyOutcome): ExitCode {
  if (json) console.log(JSON.stringify(asJson(outcome)));
  else console.log(outcome.outcome === 'copied' ? printed(outcome) : differing(outcome));
  return outcome.outcome === 'copied' && same(outcome) ? 0 : 1;
}

function same({ heads }: CopiedLog): boolean {
  return heads.source.rootHash === heads.copy.rootHash;
}

function asJson(outcome: CopyOutcome): object {
  if (outcome.outcome !== 'copied') return outcome;
  const { copied, already, heads, position, raisedTimes, sourceGrew } = outcome;
  const { size, rootHash } = heads.copy;
  const sourceRootHash = heads.source.rootHash;
  return { copied, already, size, rootHash, sourceRootHash, position: String(position), raisedTimes, sourceGrew };
}

function printed(copied: CopiedLog): string {
  const { heads, position, raisedTimes, sourceGrew } = copied;
  const lines = [
    copied.copied === 0
      ? `Rien à copier : ${copied.already} événements étaient déjà là ; la copie est en position ${position}.`
      : `${copied.copied} événements copiés, ${copied.already} déjà là ; la copie est en position ${position}.`,
    `Empreinte de la source : ${heads.source.size} événements, ${heads.source.rootHash}`,
    `Empreinte de la copie  : ${heads.copy.size} événements, ${heads.copy.rootHash}`,
  ];
  if (sourceGrew)
    lines.push('La source a reçu d’autres événements pendant la copie : relancez la même commande pour les copier.');
  lines.push(same(copied) ? '✓ Tout concorde.' : `✗ La copie n’est pas identique à la source.${raised(raisedTimes)}`);
  return lines.join('\n');
}

function raised({ count, first }: RaisedTimes): string {
  if (first === undefined) return '';
  const { index, stream, revision, recordedAt, kept } = first;
  return [
    `\n${count} événements y portent une heure antérieure à celle de l’événement précédent, que la copie leur donne :`,
    'l’heure d’un journal ne recule pas. Tout le reste concorde.',
    `Le premier est l’événement ${index + 1} (${stream}, révision ${revision}) : ${instant(recordedAt)}, copié avec ${instant(kept)}.`,
  ].join('\n');
}

function instant(at: number): string {
  return new Date(at).toISOString();
}

function differing(outcome: Exclude<CopyOutcome, CopiedLog>): string {
  const { index, stream, revision, what } = outcome.difference;
  const where = `événement ${index + 1} (${stream}, révision ${revision})`;
  const why = `${where} : ${OTHERWISE[what] ?? `le champ ${what} diffère`}`;
  return outcome.outcome === 'failed'
    ? `✗ ${outcome.copied} événements écrits, mais ce qui est relu n’est pas la source : ${why}.`
    : `✗ La destination n’est pas le début de la source : ${why}. Rien n’a été écrit.`;
}

const OTHERWISE: Readonly<Partial<Record<LogDifference['what'], string>>> = {
  missing: 'il manque dans la copie',
  'too-many': 'la source ne l’a pas',
};
