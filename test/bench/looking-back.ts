/**
 * `npm run bench:past` — how long it takes to look back, over the application's own doors, at BENCH_PAYMENTS payments
 * (200,000 unless said otherwise). BENCH_FOLDER keeps the log and the tables for the next run.
 */

import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { files } from '../../src/folder-files.js';
import { openLedger } from '../../src/server.js';
import { writeLongHistory } from './long-history.js';
import { median, newFolder, rowOf, whole } from './measure.js';
import { spentOn } from './processor-time.js';

const PAYMENTS = Number(process.env['BENCH_PAYMENTS'] ?? 200_000);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const KEPT = process.env['BENCH_FOLDER'];
/** In the middle of the fullest months: the most that is ever added or taken off day by day. */
const BUSY_DAY = '2013-12-16';
const BUSY_INSTANT = '2014-01-16T12:00:00Z';

const QUESTIONS = [
  '/balances',
  '/balances?asOf=2012-12-31',
  `/balances?asOf=${BUSY_DAY}`,
  `/balances?knownAt=${BUSY_INSTANT}`,
  `/balances?asOf=${BUSY_DAY}&knownAt=${BUSY_INSTANT}`,
  `/balances?asOf=${BUSY_DAY}&scheme=dispositif-1&exercice=2013`,
  `/balances/why?column=shareDueCents&funder=eure&asOf=${BUSY_DAY}&knownAt=${BUSY_INSTANT}`,
  `/balances/difference?beforeAsOf=2012-11-20&afterAsOf=${BUSY_DAY}&afterKnownAt=${BUSY_INSTANT}`,
  `/balances/difference?beforeKnownAt=2013-12-15T12:00:00Z&afterKnownAt=${BUSY_INSTANT}`,
  `/balances/difference?beforeKnownAt=2009-12-15T12:00:00Z&scheme=dispositif-1&exercice=2010&funder=eure`,
  `/payments?asOf=${BUSY_DAY}&knownAt=${BUSY_INSTANT}`,
  `/payments?asOf=${BUSY_DAY}&sort=amount`,
  `/payments?asOf=2013-12-20&status=returned`,
  `/payments?asOf=${BUSY_DAY}&status=paid&scheme=dispositif-1&sort=paidOn`,
  `/grants?asOf=${BUSY_DAY}&knownAt=${BUSY_INSTANT}&size=500`,
  `/grants?knownAt=${BUSY_INSTANT}&status=suspended`,
  `/grants/G-100?asOf=${BUSY_DAY}`,
  `/schemes?knownAt=${BUSY_INSTANT}`,
  `/funders/eure/statement?from=2013-12-15&knownAt=${BUSY_INSTANT}`,
];

async function main(): Promise<void> {
  const folder = KEPT ?? newFolder();
  mkdirSync(folder, { recursive: true });
  const log = join(folder, files.log);
  if (!existsSync(log)) {
    console.error(`writing ${whole(PAYMENTS)} payments`);
    console.error(`${whole(await writeLongHistory(log, PAYMENTS))} events`);
  }
  let told = 0;
  const opened = await openLedger({
    dataDir: folder,
    logger: false,
    onRebuild: (_, { done, total }) => {
      if (done - told < total / 10) return;
      told = done;
      console.error(`tables: ${whole(done)} of ${whole(total)} events`);
    },
  });
  const { app, operatorKey } = opened;
  const headers = { authorization: `Bearer ${operatorKey}` };
  console.log(`${whole(PAYMENTS)} payments, milliseconds, ${ROUNDS} rounds\n`);
  console.log(rowOf(['question', 'median', 'most', 'processor, median']));
  console.log('|---|---:|---:|---:|');
  for (const url of QUESTIONS) {
    const took: number[] = [];
    const ofProcessor: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const { seconds, ownSeconds } = await spentOn(async () => {
        const { statusCode, body } = await app.inject({ method: 'GET', url: `/api/v1${url}`, headers });
        if (statusCode !== 200) throw new Error(`${url}: ${body}`);
      });
      took.push(seconds * 1_000);
      ofProcessor.push(ownSeconds * 1_000);
    }
    const shown = [median(took), Math.max(...took), median(ofProcessor)].map((ms) => String(Math.round(ms)));
    console.log(rowOf([`\`${url}\``, ...shown]));
  }
  await opened.close();
  sizes(folder);
  if (KEPT === undefined) rmSync(folder, { recursive: true });
}

/** What the tables that are looked back with take on disk. */
function sizes(folder: string): void {
  const file = join(folder, files.readModels);
  const db = new Database(file, { readonly: true });
  const rows = (table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
  const tables = ['balance_months', 'money_events', 'payment_changes', 'grant_changes', 'recorded_hours'];
  console.log(`\nrows: ${tables.map((table) => `${table} ${whole(rows(table))}`).join(', ')}`);
  db.close();
  const bytes = [files.log, files.readModels].map((name) => statSync(join(folder, name)).size / PAYMENTS);
  console.log(`bytes a payment, grants and corrections included: log ${whole(bytes[0]!)}, tables ${whole(bytes[1]!)}`);
}

await main();
