/** An older backup of EventStoreDB is put back: no ledger shows what its log no longer holds, and each says why. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openLedger, type OpenedLedger } from '../../src/server.js';
import { startTestServer, type TestServer } from '../eventstoredb/test-server.js';
import { grant, payment, Person } from '../stories/kit.js';

let store: TestServer;
let dataDir: string;
let opened: OpenedLedger | undefined;
let whys: string[];

beforeEach(async () => {
  store = await startTestServer();
  dataDir = mkdtempSync(join(tmpdir(), 'ledger-restored-'));
  await start();
});

afterEach(async () => {
  await opened?.close();
  await store.stop();
  rmSync(dataDir, { recursive: true });
});

/** Starts the ledger; gives its operator. */
async function start(): Promise<Person> {
  await opened?.close();
  opened = undefined;
  whys = [];
  opened = await openLedger({
    dataDir,
    eventStoreUrl: store.url,
    logger: false,
    clock: () => Date.parse('2010-04-01T08:00:00Z'),
    onRebuild: (why) => whys.push(why),
  });
  return new Person(opened.app, opened.operatorKey);
}

async function recordedIn(operator: Person): Promise<string[]> {
  const { body } = await operator.get<{ data: { paymentId: string }[] }>('/payments');
  return body.data.map(({ paymentId }) => paymentId).toSorted();
}

/** Records a payment, and waits until the tables show it. */
async function pay(operator: Person, paymentId: string): Promise<void> {
  await operator.records('/grants/G-1/payments', payment(paymentId, { amountCents: 100 + paymentId.length }));
  expect(await recordedIn(operator)).toContain(paymentId);
}

describe('A ledger whose EventStoreDB was put back to an older backup', () => {
  it('keeps its tables when nothing was put back', async () => {
    const operator = await start();
    await operator.records('/grants', grant(1));
    await pay(operator, 'P-1');
    expect(await recordedIn(await start())).toEqual(['P-1']);
    expect(whys).toEqual([]);
  });

  it('makes its tables anew at its start, and says that they were ahead of the log', async () => {
    const operator = await start();
    await operator.records('/grants', grant(1));
    await pay(operator, 'P-1');
    const backup = store.backup();
    await pay(operator, 'P-2');
    await opened!.close();
    opened = undefined;
    await store.restore(backup);
    const again = await start();
    expect(whys[0]).toContain('ahead of the log');
    expect(await recordedIn(again)).toEqual(['P-1']);
    await pay(again, 'P-2');
    expect(await recordedIn(again)).toEqual(['P-1', 'P-2']);
  });

  it('makes its tables anew when the log has gone another way since, beyond where they stood', async () => {
    const operator = await start();
    await operator.records('/grants', grant(1));
    const backup = store.backup();
    await pay(operator, 'P-1');
    await opened!.close();
    opened = undefined;
    await store.restore(backup);
    for (let i = 0; i < 20; i += 1) await store.writeSystemEvent('stats');
    const elsewhere = mkdtempSync(join(tmpdir(), 'ledger-elsewhere-'));
    const other = await openLedger({ dataDir: elsewhere, eventStoreUrl: store.url, logger: false });
    await pay(new Person(other.app, other.operatorKey), 'P-9');
    await other.close();
    rmSync(elsewhere, { recursive: true });
    const again = await start();
    expect(whys[0]).toContain('another log');
    expect(await recordedIn(again)).toEqual(['P-9']);
  });

  it('shows nothing more while it runs, until it is started again', async () => {
    const operator = await start();
    await operator.records('/grants', grant(1));
    const backup = store.backup();
    await pay(operator, 'P-1');
    expect(await recordedIn(operator)).toEqual(['P-1']);
    await store.restore(backup);
    const healthy = async () => (await operator.send({ method: 'GET', url: '/health' })).status === 200;
    for (let look = 0; look < 200 && (await healthy()); look += 1) await pause(50);
    expect(await healthy()).toBe(false);
    // somebody else goes on in the log that was put back, to the very place where this server's last event was
    const elsewhere = mkdtempSync(join(tmpdir(), 'ledger-elsewhere-'));
    const other = await openLedger({ dataDir: elsewhere, eventStoreUrl: store.url, logger: false });
    const others = new Person(other.app, other.operatorKey);
    for (const id of ['P-8', 'P-9']) await pay(others, id);
    await other.close();
    rmSync(elsewhere, { recursive: true });
    await pause(2_500);
    expect(await healthy()).toBe(false);
    expect((await operator.get('/payments')).status).toBe(503);
    const refused = await operator.post('/grants/G-1/payments', payment('P-2', { amountCents: 7 }));
    expect(refused).toMatchObject({ status: 503, body: { code: 'STORE_UNAVAILABLE' } });
    await store.restore(backup);
    expect(await recordedIn(await start())).toEqual([]);
    expect(whys[0]).toContain('ahead of the log');
  });
});

describe('A data folder that comes to another EventStoreDB', () => {
  it('makes its tables anew from that one', async () => {
    const operator = await start();
    await operator.records('/grants', grant(1));
    await pay(operator, 'P-1');
    await opened!.close();
    opened = undefined;
    await store.stop();
    store = await startTestServer({ firstPosition: 70_000 });
    const again = await start();
    expect(whys).not.toEqual([]);
    expect(await recordedIn(again)).toEqual([]);
  });
});
