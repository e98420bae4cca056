/** How the store stands, and read models made anew beside those that are shown. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { RebuildAnswer } from '../../src/history/rebuild-read-models.js';
import type { StoreAnswer } from '../../src/history/show-store.js';
import { Browsing } from './browsing.js';
import { grant, payment, Story } from './kit.js';

let story: Story;

beforeAll(async () => {
  story = await Story.begin('2010-04-01');
  await story.officer.records('/grants', grant(1));
  await story.officer.records('/grants/G-1/payments', payment('P-1'));
});

afterAll(() => story.end());

async function ended(): Promise<RebuildAnswer> {
  for (;;) {
    const { body } = await story.admin.get<RebuildAnswer>('/read-models/rebuilds/latest');
    if (body.status !== 'running') return body;
    await pause(50);
  }
}

/** An administrator before a screen. */
async function browser(): Promise<Browsing> {
  const { accounts, sessions } = story.opened.access;
  if (accounts.open('admin-1') === undefined) await accounts.create('admin-1', 'admin', 'region', null);
  const browsing = new Browsing(story.opened.app);
  browsing.cookies.set('ledger276-session', sessions.begin('admin-1'));
  await browsing.open('/account');
  return browsing;
}

describe('The store', () => {
  it('says where the log lies and stands, how far the tables are, what the files take', async () => {
    const { body } = await story.admin.get<StoreAnswer>('/store');
    const head = String(await story.opened.ledger.store.head());
    expect(body).toMatchObject({ kind: 'embedded', head, faulted: false, node: process.version });
    expect(body.files.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['ledger.db', 'read-models.db', 'access.db']),
    );
    expect(body.files.every(({ bytes }) => bytes > 0) && body.freeBytes > 0).toBe(true);
  });
});

describe('The read models', () => {
  it('were not made anew by this server at first', async () => {
    expect(await story.admin.get('/read-models/rebuilds/latest')).toMatchObject({ status: 404 });
    expect((await (await browser()).open('/store')).html).toContain('action="/store/rebuild"');
  });

  it('are made anew by one button while the server goes on, and say the same', async () => {
    const admin = await browser();
    expect(await admin.submit('/store/rebuild', {})).toMatchObject({ status: 303, location: '/store' });
    // another one does not begin while this one is under way
    expect(await story.admin.post('/read-models/rebuilds')).toMatchObject({ status: 200, body: { status: 'running' } });
    expect((await admin.open('/store')).html).toContain('<progress');
    await story.officer.records('/grants', grant(2));
    const before = await story.auditor.get('/balances');
    const { status, position } = await ended();
    expect([status, Number(position) > 0]).toEqual(['ended', true]);
    expect((await story.auditor.get<{ data: object[] }>('/balances')).body['data']).toEqual(before.body['data']);
    expect((await story.auditor.get('/grants/G-2')).status).toBe(200);
    expect(existsSync(join(story.dataDir, 'verifying-rebuilt.db'))).toBe(false);
    expect((await admin.open('/store')).html).toContain(`jusqu’à la position ${position}`);
  });

  it('stay as they are when what makes them anew fails, and it says why', async () => {
    const broken = await Story.begin('2010-04-01', { commandLine: '/no/such/program.js' });
    await broken.officer.records('/grants', grant(1));
    await broken.admin.post('/read-models/rebuilds');
    let latest: RebuildAnswer | undefined;
    do {
      await pause(50);
      latest = (await broken.admin.get<RebuildAnswer>('/read-models/rebuilds/latest')).body;
    } while (latest.status === 'running');
    expect(latest).toMatchObject({ status: 'failed', position: null });
    expect(latest.failure).not.toBe('');
    expect((await broken.auditor.get('/grants/G-1')).status).toBe(200);
    await broken.end();
  });
});
