/** `ledger verify` — folds the log from zero, computes every share again, compares with what is shown (R30). */

import { join } from 'node:path';
import { ReadModel } from '#libs/projections/read-model';
import { balanceColumns } from '../../balances/balance.movements.js';
import { verifyLog, type ShownBalances, type Verification } from '../../history/verify-log.js';
import { projections } from '../../ledger.js';
import { files } from '../../folder-files.js';
import { remote, servingAt } from '../client.js';
import type { Command } from '../command.js';
import { progressOf } from '../progress.js';
import { readLog } from '../read-log.js';

export const verify: Command = {
  usage: 'verify',
  summary: 'rejoue tout le journal, recalcule chaque quote-part et compare avec ce qui est montré',
  options: {},
  words: 0,

  run: async ({ config, json }) => {
    const store = await readLog(config);
    const progress = progressOf('Vérification');
    const shown = (await balancesServed(config.dataDir)) ?? balancesKept(join(config.dataDir, files.readModels));
    const writers = config.eventStoreUrl === undefined ? 'one' : 'several';
    const verification = await verifyLog(store, shown, (done, total) => progress.show(done, total), writers);
    progress.end();
    await store.close();
    console.log(
      json ? JSON.stringify({ ...verification, comparedWithShown: shown !== undefined }) : print(verification, shown),
    );
    return verification.differenceCount === 0 ? 0 : 1;
  },
};

/** What a running server shows; undefined when none serves the folder. */
async function balancesServed(dataDir: string): Promise<ShownBalances | undefined> {
  const serving = await servingAt(dataDir);
  if (serving === undefined) return undefined;
  const reply = await remote(serving, 'fr').call({ method: 'GET', path: '/balances' });
  if (reply.status !== 200) throw new Error(`le serveur ${serving.url} ne montre pas ses soldes (${reply.status})`);
  const { data, position } = JSON.parse(reply.text) as { data: ShownBalances['rows']; position: string };
  return { rows: data, position: Number(position) };
}

/** What the read models show, and at which position; undefined when there are none to compare with. */
function balancesKept(file: string): ShownBalances | undefined {
  const model = ReadModel.open(file, projections, 'read-only');
  if (model === undefined) return undefined;
  const { position } = model.checkpoint;
  const rows = model.all<ShownBalances['rows'][number]>(
    `SELECT scheme_id AS schemeId, exercice, funder_id AS funderId, ${balanceColumns.join(', ')} FROM balances`,
  );
  model.close();
  return { position, rows };
}

function print(verification: Verification, shown: ShownBalances | undefined): string {
  const { events, payments, seals, sealKeys, differences, differenceCount, lateTotals, widestGapCents, position } =
    verification;
  const lines = [
    `${events} événements rejoués jusqu’à la position ${position}, ${payments} versements recalculés.`,
    shown === undefined
      ? 'Aucune table à comparer : elles seront refaites au prochain démarrage.'
      : `Comparé aux tables montrées, en position ${shown.position}.`,
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
