/**
 * `npm run bench:pages` — how long every page of the console takes at BENCH_PAYMENTS payments (200,000 unless said otherwise), to
 * whom it is shown to, and how much it sends: itself, and with its style, scripts and font to a browser that has never been here.
 */

import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { roles, type Role } from '../../src/access/roles.js';
import { navigationOf } from '../../src/console/navigation.js';
import { files } from '../../src/folder-files.js';
import { openLedger, type OpenedLedger } from '../../src/server.js';
import { writeLongHistory } from './long-history.js';
import { median, newFolder, rowOf, whole } from './measure.js';

const PAYMENTS = Number(process.env['BENCH_PAYMENTS'] ?? 200_000);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 7);
const KEPT = process.env['BENCH_FOLDER'];

/** Pages that no way leads to without something being chosen first. */
const SHEETS: Readonly<Partial<Record<Role, readonly string[]>>> = {
  officer: ['/grants/G-100', '/grants?q=100', '/payments?sort=amount', '/grants/G-100/payments/new'],
  controller: [
    '/balances?scheme=dispositif-1&exercice=2013',
    '/balances/why?column=shareDueCents&funder=eure&scheme=dispositif-1&exercice=2013',
    '/exercices/2013',
    '/exercices/2013/closing',
  ],
  auditor: ['/balances/why?column=shareDueCents&funder=eure'],
};

async function visit(app: OpenedLedger['app'], url: string, cookie: string) {
  const begun = performance.now();
  const headers = { cookie, accept: 'text/html', 'accept-encoding': 'gzip' };
  const { statusCode, rawPayload, headers: answered } = await app.inject({ method: 'GET', url, headers });
  const ms = performance.now() - begun;
  if (statusCode !== 200) throw new Error(`${url}: ${statusCode}`);
  return { ms, bytes: rawPayload.length, isPage: String(answered['content-type']).startsWith('text/html') };
}

/** Bytes of all that a page names, once each; a style's font and a script's neighbours too. */
async function namedBy(app: OpenedLedger['app'], url: string, cookie: string): Promise<number> {
  const seen = new Map<string, number>();
  const collect = async (path: string): Promise<void> => {
    if (seen.has(path)) return;
    const wanted = { method: 'GET', url: path, headers: { cookie, accept: '*/*' } } as const;
    const [plain, sent] = await Promise.all([
      app.inject(wanted),
      app.inject({ ...wanted, headers: { ...wanted.headers, 'accept-encoding': 'gzip, br' } }),
    ]);
    seen.set(path, path === url ? 0 : sent.rawPayload.length);
    if (/woff|svg/.test(String(plain.headers['content-type']))) return;
    for (const [address] of plain.body.matchAll(/\/assets\/[\w./-]+/g)) await collect(address);
  };
  await collect(url);
  return [...seen.values()].reduce((sum, bytes) => sum + bytes, 0);
}

async function main(): Promise<void> {
  const folder = KEPT ?? newFolder();
  mkdirSync(folder, { recursive: true });
  const log = join(folder, files.log);
  if (!existsSync(log)) await writeLongHistory(log, PAYMENTS);
  const opened = await openLedger({ dataDir: folder, logger: false });
  const { app, access } = opened;
  console.log(`${whole(PAYMENTS)} payments, ${ROUNDS} rounds\n`);
  console.log(rowOf(['role', 'page', 'median ms', 'most ms', 'kB sent', 'kB at a first visit']));
  console.log('|---|---|---:|---:|---:|---:|');
  for (const role of roles) {
    if (!access.accounts.list().some(({ name }) => name === role))
      await access.accounts.create(role, role, 'region', null);
    const cookie = `ledger276-session=${access.sessions.begin(role)}`;
    const places = navigationOf(role).flatMap(({ places: inGroup }) => inGroup.map(({ href }) => href));
    for (const url of [...places, ...(SHEETS[role] ?? [])]) {
      const visits = [];
      for (let round = 0; round < ROUNDS; round += 1) visits.push(await visit(app, url, cookie));
      const { bytes, isPage } = visits[0]!;
      const assets = isPage ? await namedBy(app, url, cookie) : 0;
      const times = visits.map(({ ms }) => ms);
      const kilobytes = [bytes, bytes + assets].map((size) => (size / 1_000).toFixed(1));
      console.log(rowOf([role, url, median(times).toFixed(0), Math.max(...times).toFixed(0), ...kilobytes]));
    }
  }
  await opened.close();
  if (KEPT === undefined) rmSync(folder, { recursive: true });
}

await main();
