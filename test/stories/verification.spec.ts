/** An auditor has the ledger verified beside itself: one at a time, followed while it runs, kept when it is done. */

import Database from 'better-sqlite3';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { endAll, ledger, serve, ask } from '../product.js';
import { grant, payment, Story } from './kit.js';

interface Run {
  readonly verificationId: string;
  readonly status: string;
  readonly startedBy: string;
  readonly progress: { readonly step: string } | null;
  readonly failure: string | null;
  readonly result: {
    readonly differenceCount: number;
    readonly tablesAt: number;
    readonly payments: number;
    readonly differences: readonly { readonly code: string; readonly stream: string; readonly detail: string }[];
  } | null;
}

let story: Story;

beforeEach(async () => {
  story = await Story.begin('2010-04-01');
  await story.officer.records('/grants', grant(1));
  await story.officer.records('/grants/G-1/payments', payment('P-1'));
});

afterEach(async () => {
  await endAll();
  await story.end();
});

/** Asks until it is done. */
async function ended(verificationId: string): Promise<Run> {
  for (;;) {
    const { body } = await story.auditor.get<Run>(`/verifications/${verificationId}`);
    if (body.status !== 'running') return body;
    await pause(50);
  }
}

describe('A verification', () => {
  it('is started by an auditor, writes nothing to the log, and finds that all is right', async () => {
    const before = await story.events();
    const started = await story.auditor.post<Run>('/verifications');
    expect(started).toMatchObject({ status: 202, body: { status: 'running', startedBy: story.auditor.actor } });
    const second = await story.controller.post<Run>('/verifications');
    expect(second).toMatchObject({ status: 200, body: { verificationId: started.body.verificationId } });
    const run = await ended(started.body.verificationId);
    expect(run).toMatchObject({ status: 'ended', failure: null, progress: null });
    expect(run.result).toMatchObject({ differenceCount: 0, payments: 1, tablesAt: before.length });
    expect(await story.events()).toEqual(before);
    expect((await story.admin.get('/verifications')).body).toEqual({ data: [run] });
    expect(readdirSync(story.dataDir).filter((name) => name.startsWith('verifying-'))).toEqual([]);
    expect(await story.auditor.get('/verifications/V-0')).toMatchObject({ status: 404 });
  });

  it('is of the log that the server is on, wherever the server was told of it', async () => {
    const aside = { EVENTSTORE_URL: 'esdb://127.0.0.1:1?tls=false', EVENTSTORE_URL_FILE: '/nowhere/url' };
    Object.assign(process.env, aside);
    try {
      const { body } = await story.auditor.post<Run>('/verifications');
      expect(await ended(body.verificationId)).toMatchObject({ status: 'ended', result: { payments: 1 } });
    } finally {
      for (const name of Object.keys(aside)) delete process.env[name];
    }
  });

  it('that is broken off by the end of the server says so', async () => {
    const { body } = await story.auditor.post<Run>('/verifications');
    await story.opened.app.close();
    const kept = readdirSync(join(story.dataDir, 'verifications'));
    expect(kept).toEqual([`${body.verificationId}.json`]);
  });
});

describe('ledger verify', () => {
  it('beside a running server compares every table that it shows, from a copy that it gives', async () => {
    const { dataDir } = story;
    await story.opened.close();
    const db = new Database(join(dataDir, 'read-models.db'));
    db.exec("UPDATE grants SET beneficiary_name = 'Autre (démo)'");
    db.close();
    const server = await serve(dataDir);
    expect((await ask(server, '/grants')).text).toContain('Autre (démo)');
    const { code, out } = await ledger(dataDir, ['verify', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      comparedWithShown: true,
      differenceCount: 1,
      differences: [{ code: 'SHOWN_TABLE', stream: 'grants' }],
    });
    expect(readdirSync(dataDir).filter((name) => name.startsWith('verifying-'))).toEqual([]);
    expect((await ledger(dataDir, ['verify', '--read-models', join(dataDir, 'none.db')])).code).toBe(2);
    const told = await ledger(dataDir, ['trail', 'P-1']);
    expect(told.code).toBe(0);
    expect(told.out).toContain('Versement enregistré');
    await server.end();
  });
});
