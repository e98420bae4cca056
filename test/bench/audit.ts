/** `npm run bench:audit` — how long a replay under a hypothesis, a sample and the checks take, and how long others wait meanwhile. */

import { CommandBus } from '@nestjs/cqrs';
import { rmSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { OpenedLedger } from '../../src/server.js';
import { inFlight, loadOf, newFolder, openWithGrants, payment, PAYMENTS, ROUNDS } from './measure.js';
import { spentOn } from './processor-time.js';

const KEY = [
  { funderId: 'region', weight: 51 },
  { funderId: 'seine-maritime', weight: 35 },
  { funderId: 'eure', weight: 14 },
];

const QUESTIONS: Readonly<Record<string, { method: 'GET' | 'POST'; path: string; body?: object }>> = {
  'what if, another key': { method: 'POST', path: '/what-if', body: { splitKey: KEY } },
  'what if, another cent rule': { method: 'POST', path: '/what-if', body: { centRule: 'fixed-order' } },
  'sample by chance': { method: 'GET', path: '/audit/sample?method=random&size=100&seed=276' },
  'sample by monetary units': { method: 'GET', path: '/audit/sample?method=monetary-unit&size=100&seed=276' },
  'sample by strata': { method: 'GET', path: '/audit/sample?method=stratified&stratum=scheme&size=100&seed=276' },
  'the largest': { method: 'GET', path: '/audit/sample?method=top&size=100' },
  'every check': { method: 'GET', path: '/audit/checks' },
  'doubles alone': { method: 'GET', path: '/audit/checks?check=possible-double' },
};

async function ask({ app, operatorKey }: OpenedLedger, name: string): Promise<void> {
  const { method, path, body } = QUESTIONS[name]!;
  const headers = { authorization: `Bearer ${operatorKey}` };
  const url = `/api/v1${path}`;
  const { statusCode } = await app.inject({ method, url, headers, ...(body === undefined ? {} : { payload: body }) });
  if (statusCode !== 200) throw new Error(`${name}: ${statusCode}`);
}

const median = (times: readonly number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!;

async function main(): Promise<void> {
  const dataDir = newFolder();
  const load = loadOf(PAYMENTS);
  const opened = await openWithGrants(dataDir, load);
  const bus = opened.app.get(CommandBus);
  await inFlight(256, PAYMENTS, (i) => bus.execute(payment(load, i)));
  await opened.ledger.upToDate();
  console.log(`${PAYMENTS} payments, ${load.grants} grants, median of ${ROUNDS}\n`);
  console.log('| question | ms | of processor time, ms | the event loop was held for at most, ms |\n|---|---|---|---|');
  for (const name of Object.keys(QUESTIONS)) {
    const times: number[] = [];
    const worked: number[] = [];
    const held: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      const { seconds, ownSeconds } = await spentOn(() => ask(opened, name));
      times.push(1_000 * seconds);
      worked.push(1_000 * ownSeconds);
      // what held the loop last is noticed by the next turn of it
      await pause(5);
      delay.disable();
      held.push(delay.max / 1e6);
    }
    console.log(
      `| ${name} | ${Math.round(median(times))} | ${Math.round(median(worked))} | ${Math.round(median(held))} |`,
    );
  }
  await opened.close();
  rmSync(dataDir, { recursive: true });
}

await main();
