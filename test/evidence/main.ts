/** `npm run evidence -- <mode>` — the long proofs of the evidence bundle; each prints what it found. */

import { freezeLog } from './freeze-log.js';
import { manyHistories, manyMutations } from './long-proofs.js';
import { millionEvents } from './million.js';

const [mode = '', word = ''] = process.argv.slice(2);
const modes: Readonly<Record<string, () => Promise<void>>> = {
  mutations: () => manyMutations(Number(word || 10_000)),
  histories: () => manyHistories(Number(word || 2_000)),
  million: () => millionEvents(Number(word || 1_000_000)),
  freeze: () => freezeLog(word),
};
const run = modes[mode];
if (run === undefined) throw new Error(`the modes are ${Object.keys(modes).join(', ')}`);
await run();
