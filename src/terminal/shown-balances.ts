/** The balances that people see: a running server's, else those in the data folder. */

import { join } from 'node:path';
import { ReadModel } from '#libs/projections/read-model';
import { balanceColumns } from '../balances/balance.movements.js';
import { files } from '../folder-files.js';
import type { ShownBalances } from '../history/verify-log.js';
import { projections } from '../ledger.js';
import { remote, servingAt } from './client.js';

/** With the position they stand on; undefined when there are none. */
export async function shownBalances(dataDir: string): Promise<ShownBalances | undefined> {
  return (await balancesServed(dataDir)) ?? balancesKept(join(dataDir, files.readModels));
}

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
