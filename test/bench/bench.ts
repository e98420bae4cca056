/**
 * `npm run bench` — what the ledger does a second, each beside the bare work of the same bytes in the same run. Read the
 * ratios: the machine's speed drifts, and both sides of a ratio drift with it.
 */

import { CommandBus } from '@nestjs/cqrs';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NO_STREAM, type NewEvent } from '#libs/event-store/event-store';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { rebuild } from '#libs/projections/rebuild';
import { readLedgerEvent } from '../../src/catalogue.js';
import { files } from '../../src/folder-files.js';
import { HandleGrant } from '../../src/grants/grant.handler.js';
import { verifyLog } from '../../src/history/verify-log.js';
import { projections } from '../../src/ledger.js';
import { openLedger, type OpenedLedger } from '../../src/server.js';
import { withLuhnKey } from '#libs/identifiers/siret';

const PAYMENTS = Number(process.env['BENCH_PAYMENTS'] ?? 10_000);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
const PAYMENTS_A_GRANT = 10;
const asking = { actor: 'region/bench', correlationId: randomUUID(), dryRun: false };

interface Measure {
  readonly what: string;
  readonly unit: string;
  readonly ledger: number[];
  readonly bare: number[];
}

const folder = () => mkdtempSync(join(tmpdir(), 'ledger-bench-'));

/** A second's worth of work: how many a second. */
async function perSecond(count: number, work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return count / (Number(process.hrtime.bigint() - start) / 1e9);
}

/** Runs all, keeping so many under way. */
async function inFlight(width: number, count: number, one: (i: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const i = next;
      next += 1;
      await one(i);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
}

async function open(dataDir: string, payments: number): Promise<OpenedLedger> {
  const opened = await openLedger({ dataDir, logger: false });
  const bus = opened.app.get(CommandBus);
  const grants = Math.ceil(payments / PAYMENTS_A_GRANT);
  await inFlight(256, grants, (i) => {
    const siren = withLuhnKey(`000${String(i).padStart(5, '0')}`);
    return bus.execute(
      new HandleGrant(
        {
          type: 'AwardGrant',
          grantId: `G-${i}`,
          schemeId: 'insertion',
          amountCents: 100_000_000,
          beneficiary: { name: `Entreprise ${i} (démo)`, siret: withLuhnKey(`${siren}0001`) },
          agreement: { number: `C-${i}`, signedOn: '2010-01-05' },
          period: { from: '2010-01-01', to: '2012-12-31' },
          instructedBy: 'region',
        },
        asking,
      ),
    );
  });
  await opened.ledger.upToDate();
  return opened;
}

function payment(i: number, grants: number) {
  return new HandleGrant(
    {
      type: 'RecordPayment',
      grantId: `G-${i % grants}`,
      paymentId: `P-2010-${String(i).padStart(6, '0')}`,
      amountCents: 10_000 + i,
      paidOn: '2010-03-31',
      instalment: 'interim',
      orderNumber: String(i),
      by: { actor: asking.actor, mayOverride: false },
    },
    asking,
  );
}

/** Records through handler, decider, durable log and read models; then appends the very same events to a bare log. */
async function record(width: number, count: number): Promise<{ ledger: number; bare: number; bytes: number }> {
  const dataDir = folder();
  const opened = await open(dataDir, count);
  const { ledger } = opened;
  const bus = opened.app.get(CommandBus);
  const grants = Math.ceil(count / PAYMENTS_A_GRANT);
  const before = await ledger.store.head();
  const speed = await perSecond(count, async () => {
    await inFlight(width, count, (i) => bus.execute(payment(i, grants)));
    await ledger.upToDate();
  });
  const written = await ledger.store.readAll(before, count);
  await opened.close();
  const bytes = Object.values(files).reduce((sum, file) => sum + statSync(join(dataDir, file)).size, 0);

  const bareDir = folder();
  const store = new SqliteEventStore(join(bareDir, 'bare.db'));
  const revisions = new Map<string, number>();
  const bare = await perSecond(count, () =>
    inFlight(width, count, (i) => {
      const { stream, type, data, metadata } = written[i]!;
      const expected = revisions.get(stream) ?? NO_STREAM;
      revisions.set(stream, expected + 1);
      const event: NewEvent = { id: randomUUID(), type, data, metadata };
      return store.append(stream, expected, [event]);
    }),
  );
  await store.close();
  for (const used of [dataDir, bareDir]) rmSync(used, { recursive: true });
  return { ledger: speed, bare, bytes: bytes / count };
}

/** Imports a slip over the application's own door, without a port. */
async function importing(count: number): Promise<number> {
  const dataDir = folder();
  const opened = await open(dataDir, count);
  const grants = Math.ceil(count / PAYMENTS_A_GRANT);
  const lines = Array.from(
    { length: count },
    (_, i) => `G-${i % grants};P-2010-${String(i).padStart(6, '0')};${100 + i},00;31/03/2010;interim;${i}`,
  );
  const payload = `grantId;paymentId;amount;paidOn;instalment;orderNumber\r\n${lines.join('\r\n')}\r\n`;
  const speed = await perSecond(count, async () => {
    const answer = await opened.app.inject({
      method: 'POST',
      url: '/api/v1/imports?mode=valid-lines',
      headers: { authorization: `Bearer ${opened.operatorKey}`, 'content-type': 'text/csv' },
      payload,
    });
    if (answer.statusCode >= 300) throw new Error(answer.body);
  });
  const head = await opened.ledger.store.head();
  if (head < count) throw new Error(`only ${head} events for ${count} lines`);
  await opened.close();
  rmSync(dataDir, { recursive: true });
  return speed;
}

/** Rebuilds every read model, verifies, and reads the log bare. */
async function replay(count: number): Promise<{ rebuilt: number; verified: number; read: number }> {
  const dataDir = folder();
  const opened = await open(dataDir, count);
  const bus = opened.app.get(CommandBus);
  const grants = Math.ceil(count / PAYMENTS_A_GRANT);
  await inFlight(256, count, (i) => bus.execute(payment(i, grants)));
  await opened.close();
  const store = new SqliteEventStore(join(dataDir, files.log), { readOnly: true });
  const events = await store.head();
  const read = await perSecond(events, async () => {
    let position = 0;
    for (;;) {
      const page = await store.readAll(position, 2_000);
      if (page.length === 0) return;
      position = page.at(-1)!.position;
    }
  });
  const file = join(dataDir, 'again.db');
  const rebuilt = await perSecond(events, () => rebuild(store, { file, projections, read: readLedgerEvent }));
  const verified = await perSecond(events, () => verifyLog(store, undefined));
  await store.close();
  rmSync(dataDir, { recursive: true });
  return { rebuilt, verified, read };
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function main(): Promise<void> {
  const measures = new Map<string, Measure>();
  const note = (what: string, unit: string, ledger: number, bare: number) => {
    const measure = measures.get(what) ?? { what, unit, ledger: [], bare: [] };
    measure.ledger.push(ledger);
    measure.bare.push(bare);
    measures.set(what, measure);
  };
  let bytes = 0;
  for (let round = 1; round <= ROUNDS; round += 1) {
    console.error(`round ${round} of ${ROUNDS}`);
    for (const width of [1, 64, 256]) {
      const done = await record(width, width === 1 ? Math.ceil(PAYMENTS / 5) : PAYMENTS);
      note(`record, ${width} in flight`, 'payments/s', done.ledger, done.bare);
      bytes = done.bytes;
      if (width === 256) note('import a slip', 'lines/s', await importing(PAYMENTS), done.bare);
    }
    const { rebuilt, verified, read } = await replay(PAYMENTS);
    note('rebuild every read model', 'events/s', rebuilt, read);
    note('verify', 'events/s', verified, read);
  }
  console.log(
    `${PAYMENTS} payments, ${ROUNDS} rounds, medians; ${Math.round(bytes)} bytes on disk a payment, grants included\n`,
  );
  console.log('| work | ledger | bare | ratio |\n|---|---:|---:|---:|');
  for (const { what, unit, ledger, bare } of measures.values()) {
    const ratio = median(ledger.map((speed, i) => speed / bare[i]!));
    const speeds = [median(ledger), median(bare)].map((speed) => Math.floor(speed).toLocaleString('en-US'));
    console.log(`| ${what} (${unit}) | ${speeds[0]} | ${speeds[1]} | ${Math.floor(ratio * 100)} % |`);
  }
  console.log(
    '\nbare: the same events appended to the log alone, as many in flight; for rebuild and verify, the log read alone.',
  );
}

await main();
