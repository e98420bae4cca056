/**
 * `npm run bench` — what the ledger does a second, each beside the bare work of the same bytes in the same run. Read the
 * ratios: the machine's speed drifts, and both sides of a ratio drift with it.
 */

import { CommandBus } from '@nestjs/cqrs';
import { randomUUID } from 'node:crypto';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { NO_STREAM, type NewEvent } from '#libs/event-store/event-store';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { rebuild } from '#libs/projections/rebuild';
import { readLedgerEvent } from '../../src/catalogue.js';
import { files } from '../../src/folder-files.js';
import { verifyLog } from '../../src/history/verify-log.js';
import { projections } from '../../src/ledger.js';
import {
  importSlip,
  inFlight,
  loadOf,
  Measures,
  newFolder,
  openWithGrants,
  payment,
  PAYMENTS,
  perSecond,
  ROUNDS,
  slipOf,
} from './measure.js';

/** Records through handler, decider, durable log and read models; then appends the very same events to a bare log. */
async function record(width: number, count: number): Promise<{ ledger: number; bare: number; bytes: number }> {
  const dataDir = newFolder();
  const load = loadOf(count);
  const opened = await openWithGrants(dataDir, load);
  const { ledger } = opened;
  const bus = opened.app.get(CommandBus);
  const before = await ledger.store.head();
  const speed = await perSecond(count, async () => {
    await inFlight(width, count, (i) => bus.execute(payment(load, i)));
    await ledger.upToDate();
  });
  const written = await ledger.store.readAll(before, count);
  await opened.close();
  const made = [files.log, files.readModels, files.access];
  const bytes = made.reduce((sum, file) => sum + statSync(join(dataDir, file)).size, 0);

  const bareDir = newFolder();
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

async function importing(count: number): Promise<number> {
  const dataDir = newFolder();
  const load = loadOf(count);
  const opened = await openWithGrants(dataDir, load);
  const slip = slipOf(load);
  const speed = await perSecond(count, () => importSlip(opened, slip));
  const head = await opened.ledger.store.head();
  if (head < count) throw new Error(`only ${head} events for ${count} lines`);
  await opened.close();
  rmSync(dataDir, { recursive: true });
  return speed;
}

/** Rebuilds every read model, verifies, and reads the log bare. */
async function replay(count: number): Promise<{ rebuilt: number; verified: number; read: number }> {
  const dataDir = newFolder();
  const load = loadOf(count);
  const opened = await openWithGrants(dataDir, load);
  const bus = opened.app.get(CommandBus);
  await inFlight(256, count, (i) => bus.execute(payment(load, i)));
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

async function main(): Promise<void> {
  const measures = new Measures();
  let bytes = 0;
  for (let round = 1; round <= ROUNDS; round += 1) {
    console.error(`round ${round} of ${ROUNDS}`);
    for (const width of [1, 64, 256]) {
      const { ledger, bare, ...disk } = await record(width, width === 1 ? Math.ceil(PAYMENTS / 5) : PAYMENTS);
      measures.note(`record, ${width} in flight`, 'payments/s', { ledger, bare });
      bytes = disk.bytes;
      if (width === 256) measures.note('import a slip', 'lines/s', { ledger: await importing(PAYMENTS), bare });
    }
    const { rebuilt, verified, read } = await replay(PAYMENTS);
    measures.note('rebuild every read model', 'events/s', { ledger: rebuilt, bare: read });
    measures.note('verify', 'events/s', { ledger: verified, bare: read });
  }
  console.log(
    `${PAYMENTS} payments, ${ROUNDS} rounds, medians; ${Math.round(bytes)} bytes on disk a payment, grants included\n`,
  );
  measures.print();
  console.log(
    '\nbare: the same events appended to the log alone, as many in flight; for rebuild and verify, the log read alone.',
  );
}

await main();
