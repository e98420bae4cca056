/** `ledger demo` — makes the demonstration's history in a folder of its own, and serves it. */

import { resolve } from 'node:path';
import { roles } from '../../access/roles.js';
import { Misused, option, type Command } from '../command.js';
import { progressOf } from '../progress.js';

const FOLDER = './demo-data';
const SEED = '276';

export const demo: Command = {
  usage: 'demo [--seed <entier>] [--serve]',
  summary: 'crée l’historique de démonstration 2007–2016 dans ./demo-data, et le sert',
  options: { seed: { type: 'string' }, serve: { type: 'boolean' } },
  words: 0,

  run: async (given) => {
    const seed = option(given, 'seed') ?? SEED;
    if (!/^\d{1,9}$/.test(seed)) throw new Misused('--seed est un nombre entier');
    const dataDir = process.env['LEDGER_DATA_DIR'] === undefined ? resolve(FOLDER) : given.config.dataDir;
    const { makeDemo } = await import('../../demo/make-demo.js');
    const progress = progressOf('Démonstration');
    await makeDemo(dataDir, Number(seed), (done, total) => progress.show(done, total));
    progress.end();
    console.log(given.json ? JSON.stringify({ dataDir, seed: Number(seed) }) : `Démonstration prête dans ${dataDir}`);
    if (given.values['serve'] !== true) return 0;
    const { ServerLog } = await import('../../server-log.js');
    const { serve } = await import('../../serve.js');
    // the demonstration has a log of its own
    const { eventStoreUrl: _, ...config } = given.config;
    const { access, app } = await serve({ ...config, dataDir, demo: true }, new ServerLog(given.config.logLevel));
    console.log(`Ouvrez ${await app.getUrl()} : un clic suffit pour entrer, dans le rôle de votre choix.`);
    for (const role of roles) {
      const { token } = access.tokens.issue(role, 'region', `demo-${role}`, 1);
      console.log(`jeton de démonstration, ${role}, un jour : ${token}`);
    }
    await new Promise(() => {});
    return 0;
  },
};
