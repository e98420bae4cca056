/** What leaves the ledger is noted before it leaves: who, when, which export, of what, and where the log stood. */

import Database from 'better-sqlite3';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { endAll, ledger } from '../product.js';
import { everyPage, grant, payment, Story, type List } from './kit.js';

interface Noted {
  readonly number: number;
  readonly at: string;
  readonly actor: string;
  readonly role: string;
  readonly what: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly format: string;
  readonly position: string;
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

async function journal(query = ''): Promise<readonly Noted[]> {
  return (await story.auditor.get<List<Noted>>(`/exports-journal${query}`)).body.data;
}

describe('The journal of exports', () => {
  it('holds every answer that is a file, with who asked, for what, and the position it stands on', async () => {
    const head = String(await story.opened.ledger.store.head());
    await story.auditor.get('/events?after=2&limit=3');
    await story.controller.get('/events?type=PaymentRecorded.v1');
    await story.officer.get('/streams/grant-G-1');
    await story.controller.get('/reports/bilan?from=2010-01-01&to=2010-12-31', { accept: 'text/csv' });
    const noted = await journal();
    expect(noted.toReversed()).toMatchObject([
      {
        number: 1,
        actor: story.auditor.actor,
        role: 'auditor',
        what: 'GET /events',
        parameters: { after: '2', limit: '3' },
        format: 'application/x-ndjson',
        position: head,
      },
      {
        number: 2,
        actor: story.controller.actor,
        role: 'controller',
        what: 'GET /events',
        parameters: { type: 'PaymentRecorded.v1' },
        position: head,
      },
      { number: 3, what: 'GET /streams/:stream', parameters: { stream: 'grant-G-1' }, format: 'application/x-ndjson' },
      { number: 4, what: 'GET /reports/bilan', format: 'text/csv', position: head },
    ]);
    expect(noted[0]!.at.slice(0, 10)).toBe('2010-04-01');
  });

  it('leaves out what is read as JSON, an answer without a line, a refused request, and writes', async () => {
    await story.auditor.get('/balances');
    await story.auditor.get('/events?after=100000');
    await story.auditor.get('/events?type=GrantClosed.v1');
    await story.auditor.get('/events?colour=red');
    await story.nobody.get('/events');
    await story.officer.post('/grants', grant(2));
    expect(await journal()).toEqual([]);
  });

  it('never holds a token', async () => {
    await story.auditor.get('/events');
    expect(JSON.stringify(await journal())).not.toContain(story.auditor.token);
  });

  it('is read page by page, by actor, by auditors and administrators', async () => {
    for (let i = 1; i <= 5; i += 1) await story.auditor.get(`/events?limit=${i}`);
    await story.controller.get('/events');
    const pages = await everyPage<List<Noted>>(story.admin, `/exports-journal?actor=${story.auditor.actor}`, 2);
    expect(pages.flatMap(({ data }) => data.map(({ number }) => number))).toEqual([5, 4, 3, 2, 1]);
    expect(await story.officer.get('/exports-journal')).toMatchObject({ status: 403 });
    expect(await story.auditor.get('/exports-journal?colour=red')).toMatchObject({ status: 400 });
    expect(await story.auditor.get('/exports-journal?cursor=x')).toMatchObject({ status: 400 });
  });

  it('is append only: nothing in it can be changed or taken out', async () => {
    await story.auditor.get('/events');
    const db = new Database(join(story.dataDir, 'access.db'));
    expect(() => db.exec("UPDATE exports SET actor = 'somebody'")).toThrow('append only');
    expect(() => db.exec('DELETE FROM exports')).toThrow('append only');
    db.close();
    expect(await journal()).toHaveLength(1);
  });

  it('comes first: what cannot be noted does not leave', async () => {
    const db = new Database(join(story.dataDir, 'access.db'));
    db.exec("CREATE TRIGGER full BEFORE INSERT ON exports BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
    db.close();
    const { status, body, text } = await story.auditor.get('/events');
    expect([status, body['code']]).toEqual([503, 'STORE_UNAVAILABLE']);
    expect(text).not.toContain('PaymentRecorded');
  });

  it('holds the exports of the command line beside a server too', async () => {
    const file = join(story.dataDir, 'log.ndjson');
    expect(await ledger(story.dataDir, ['export-log', file])).toMatchObject({ code: 0 });
    const copied = join(story.dataDir, 'copy');
    expect(await ledger(story.dataDir, ['copy-log', '--from', story.dataDir, '--to', copied])).toMatchObject({
      code: 0,
    });
    rmSync(copied, { recursive: true });
    expect(await journal()).toMatchObject([
      { what: 'ledger copy-log', actor: 'operator', role: 'admin', parameters: { to: 'folder' } },
      { what: 'ledger export-log', actor: 'operator', role: 'admin', parameters: {}, format: 'application/x-ndjson' },
    ]);
  });
});
