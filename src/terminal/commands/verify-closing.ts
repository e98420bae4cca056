/** `ledger verify-closing` — replays the log and compares the closings of an exercice with it, to the cent and to the byte (R23). */

import { verifyClosings, type ReplayedClosing } from '../../history/verify-closing.js';
import { Misused, type Command } from '../command.js';
import { progressOf } from '../progress.js';
import { readLog } from '../read-log.js';

export const verifyClosing: Command = {
  usage: 'verify-closing <exercice>',
  summary: 'rejoue le journal et compare les clôtures d’un exercice : totaux, reports et scellement',
  options: {},
  words: 1,

  run: async ({ config, json, words }) => {
    const [year] = words;
    if (!/^(19|20|21)\d{2}$/.test(year!)) throw new Misused(`${year} n’est pas un exercice`);
    const exercice = Number(year);
    const store = await readLog(config);
    const progress = progressOf('Vérification');
    const closings = await verifyClosings(store, exercice, (done, total) => progress.show(done, total));
    progress.end();
    await store.close();
    console.log(json ? JSON.stringify({ exercice, closings }) : print(exercice, closings));
    return closings.length > 0 && closings.every(({ differences }) => differences.length === 0) ? 0 : 1;
  },
};

function print(exercice: number, closings: readonly ReplayedClosing[]): string {
  if (closings.length === 0) return `✗ L’exercice ${exercice} n’a jamais été clos.`;
  return closings.map((closing) => printOne(exercice, closing)).join('\n');
}

function printOne(exercice: number, { ordinal, closedOn, atPosition, seal, differences }: ReplayedClosing): string {
  const [first, ...more] = differences;
  const title = `Exercice ${exercice}, clôture n° ${ordinal} du ${closedOn}, en position ${atPosition}`;
  if (first !== undefined)
    return `${title}\n✗ ${first}${more.length > 0 ? `\n✗ et ${more.length} autre(s) différence(s)` : ''}`;
  return `${title}\n✓ Totaux et reports rejoués au centime ; ${seal.treeSize} événements, empreinte ${seal.rootHash}`;
}
