/** `ledger verify` — folds the log from zero, seals it anew, makes every table anew, compares with what is shown (R30). */

import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { removeFile } from '#libs/projections/read-model';
import { verifyLedger, type LedgerVerification, type VerificationStep } from '../../history/verify-ledger.js';
import { copiedFile, scratchFileOf } from '../../folder-files.js';
import { files } from '../../folder-files.js';
import { remote, servingAt } from '../client.js';
import { Misused, option, type Command } from '../command.js';
import { progressOf, type ProgressBar } from '../progress.js';
import { readLog } from '../read-log.js';

const STEPS: Readonly<Record<VerificationStep, string>> = {
  log: 'Vérification du journal',
  closings: 'Vérification des clôtures',
  tables: 'Vérification des tables',
};

export const verify: Command = {
  usage: 'verify [--read-models <fichier>]',
  summary: 'rejoue tout le journal, recalcule chaque quote-part, refait chaque table et compare avec ce qui est montré',
  options: { 'read-models': { type: 'string' } },
  words: 0,

  run: async (given) => {
    const { config, json } = given;
    const { dataDir } = config;
    const named = option(given, 'read-models');
    if (named !== undefined && !existsSync(named)) throw new Misused(`--read-models : ${named} n’existe pas`);
    const store = await readLog(config);
    const copy = named === undefined ? await copyServed(dataDir) : undefined;
    const progress = progressOfSteps();
    try {
      const verification = await verifyLedger(store, {
        shownFile: named === undefined ? (copy ?? join(dataDir, files.readModels)) : resolve(named),
        scratchFile: scratchFileOf(dataDir, randomUUID()),
        writers: config.eventStoreUrl === undefined ? 'one' : 'several',
        onProgress: progress.show,
      });
      progress.end();
      console.log(json ? JSON.stringify(asJson(verification)) : print(verification));
      return verification.differenceCount === 0 ? 0 : 1;
    } finally {
      if (copy !== undefined) removeFile(copy);
      await store.close();
    }
  },
};

/** A copy of what a running server shows; undefined when none serves the folder. */
async function copyServed(dataDir: string): Promise<string | undefined> {
  const serving = await servingAt(dataDir);
  if (serving === undefined) return undefined;
  const reply = await remote(serving, 'fr').call({ method: 'POST', path: '/read-models/copies' });
  if (reply.status !== 201) throw new Error(`le serveur ${serving.url} ne donne pas ses tables (${reply.status})`);
  return copiedFile(dataDir, (JSON.parse(reply.text) as { copyId: string }).copyId);
}

function progressOfSteps() {
  let bar: ProgressBar | undefined;
  let shown: VerificationStep | undefined;
  return {
    show: (step: VerificationStep, done: number, total: number): void => {
      if (step !== shown) {
        bar?.end();
        bar = progressOf(STEPS[step]);
        shown = step;
      }
      bar!.show(done, total);
      // whoever started this command as a process of its own follows it
      process.send?.({ step, done, total });
    },
    end: (): void => bar?.end(),
  };
}

function asJson({ tablesAt, ...verification }: LedgerVerification): object {
  return { ...verification, tablesAt, comparedWithShown: tablesAt !== null };
}

function print(verification: LedgerVerification): string {
  const { events, payments, seals, sealKeys, position, tablesAt } = verification;
  const { differences, differenceCount, lateTotals, widestGapCents } = verification;
  const lines = [
    `${events} événements rejoués jusqu’à la position ${position}, ${payments} versements recalculés.`,
    tablesAt === null
      ? 'Aucune table à comparer : elles seront refaites au prochain démarrage.'
      : `Comparé à toutes les tables montrées, en position ${tablesAt}.`,
    `Plus grand écart entre collectivités sous une clé égale : ${widestGapCents} c.`,
  ];
  if (seals > 0)
    lines.push(`${seals} ${seals === 1 ? 'scellement vérifié' : 'scellements vérifiés'} ; clé ${sealKeys.join(', ')}.`);
  if (lateTotals > 0)
    lines.push(`${lateTotals} versements répartis sur des totaux en retard sur le journal (plusieurs serveurs).`);
  for (const { position: at, stream, code, detail } of differences)
    lines.push(`✗ position ${at}, ${stream}, ${code} : ${detail}`);
  lines.push(differenceCount === 0 ? '✓ Tout concorde.' : `✗ ${differenceCount} différence(s).`);
  return lines.join('\n');
}
