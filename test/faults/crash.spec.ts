/** The built server is killed, started twice, and run into a full disk: what it has answered for stays, exactly once. */

import Database from 'better-sqlite3';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, endAll, failToServe, ledger, serve, type Answered, type Running } from '../product.js';

const CLIENTS = 8;

let root: string;
let dataDir: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'crash-'));
  dataDir = join(root, 'data');
});

afterEach(async () => {
  await endAll();
  rmSync(root, { recursive: true, force: true });
});

function grant(number: number) {
  return {
    grantId: `G-${number}`,
    schemeId: 'emplois-tremplins',
    amountCents: 1_000_000_000,
    beneficiary: { name: `Foyer ${number}`, rna: `W27600${String(number).padStart(4, '0')}` },
    agreement: { number: 'C-1', signedOn: '2010-01-04' },
    period: { from: '2010-01-01', to: '2012-12-31' },
    instructedBy: 'eure',
  };
}

async function pay(server: Running, client: number, paymentId: string): Promise<Answered> {
  const facts = {
    amountCents: 10_001,
    paidOn: '2010-03-31',
    instalment: 'interim',
    overrideReason: 'acompte distinct',
  };
  return ask(server, `/grants/G-${client}/payments`, { paymentId, ...facts });
}

/** What became of the payments that were sent, by id. */
interface Sent {
  /** Answered 201. */
  readonly acknowledged: Map<string, number>;
  /** Sent, and never answered. */
  readonly unanswered: Map<string, number>;
}

/** Clients that pay one after another, each on a grant of its own, until the server is gone; `enough` is told of each answer. */
async function payUntilItEnds(
  server: Running,
  turn: number,
  sent: Sent,
  enough: (count: number) => void,
): Promise<void> {
  let count = 0;
  const client = async (number: number) => {
    for (let i = 0; ; i += 1) {
      const paymentId = `P-${turn}-${number}-${i}`;
      try {
        const { status } = await pay(server, number, paymentId);
        if (status !== 201) throw new TypeError(`${paymentId}: ${status}`);
        sent.acknowledged.set(paymentId, number);
        count += 1;
        enough(count);
      } catch {
        sent.unanswered.set(paymentId, number);
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, i) => client(i + 1)));
}

/** How often each payment is in the log. */
async function recorded(server: Running): Promise<Map<string, number>> {
  const { text } = await ask(server, '/events?limit=100000');
  const times = new Map<string, number>();
  for (const line of text.split('\n').filter((each) => each.includes('PaymentRecorded.v1'))) {
    const { paymentId } = (JSON.parse(line) as { data: { paymentId: string } }).data;
    times.set(paymentId, (times.get(paymentId) ?? 0) + 1);
  }
  return times;
}

const once = (ids: Iterable<string>) => new Map(Array.from(ids, (id): [string, number] => [id, 1]));

function inOrder(times: ReadonlyMap<string, number>) {
  return Array.from(times).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

describe('A server killed while eight clients record payments', () => {
  it('has every payment it has acknowledged, and takes the others again, each exactly once', async () => {
    const all = new Set<string>();
    for (let turn = 1; turn <= 3; turn += 1) {
      const server = await serve(dataDir);
      if (turn === 1) for (let number = 1; number <= CLIENTS; number += 1) await ask(server, '/grants', grant(number));
      const sent: Sent = { acknowledged: new Map(), unanswered: new Map() };
      await payUntilItEnds(server, turn, sent, (count) => {
        if (count === 40 + turn * 13) void server.end('SIGKILL');
      });
      expect(sent.unanswered.size).toBe(CLIENTS);

      const again = await serve(dataDir);
      const kept = await recorded(again);
      for (const id of sent.acknowledged.keys()) expect([id, kept.get(id)]).toEqual([id, 1]);
      for (const [id, client] of sent.unanswered)
        expect([id, (await pay(again, client, id)).status]).toEqual([id, kept.has(id) ? 200 : 201]);
      for (const id of [...sent.acknowledged.keys(), ...sent.unanswered.keys()]) all.add(id);
      expect(inOrder(await recorded(again))).toEqual(inOrder(once(all)));
      await again.end();
      expect(await ledger(dataDir, ['verify'])).toMatchObject({ code: 0, err: '' });
    }
  }, 60_000);
});

describe('A server told to stop while eight clients record payments', () => {
  it('ends in order, with every payment it has acknowledged', async () => {
    const server = await serve(dataDir);
    for (let number = 1; number <= CLIENTS; number += 1) await ask(server, '/grants', grant(number));
    const sent: Sent = { acknowledged: new Map(), unanswered: new Map() };
    let ended = Promise.resolve();
    await payUntilItEnds(server, 1, sent, (count) => {
      if (count === 50) ended = server.end();
    });
    await ended;
    expect(server.child.exitCode).toBe(0);
    const again = await serve(dataDir);
    const kept = await recorded(again);
    for (const id of sent.acknowledged.keys()) expect([id, kept.get(id)]).toEqual([id, 1]);
  }, 30_000);
});

/** What a server that cannot start says, in one line. */
async function why(environment = {}): Promise<string> {
  const { code, err } = await failToServe(dataDir, environment);
  expect({ code, lines: err.trimEnd().split('\n').length }).toEqual({ code: 1, lines: 1 });
  return err;
}

function sinceOf(): string {
  return (JSON.parse(readFileSync(join(dataDir, 'holder.json'), 'utf8')) as { since: string }).since;
}

describe('A server does not start, and says why in one line,', () => {
  it('where another one has the folder', async () => {
    const first = await serve(dataDir);
    expect(await why()).toBe(
      `ledger-276 cannot start: the data folder ${dataDir} is in use by process ${first.child.pid} ` +
        `(since ${sinceOf()}); one process at a time may write it\n`,
    );
    expect(await ask(first, '/balances')).toMatchObject({ status: 200 });
    const { code, err } = await ledger(dataDir, ['balances', '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  }, 20_000);

  it('where another one has the port', async () => {
    const first = await serve(dataDir);
    const { port } = new URL(first.url);
    dataDir = join(root, 'other');
    expect(await why({ PORT: port })).toMatch(/^ledger-276 cannot start: .*EADDRINUSE/);
    // and leaves its folder to the next
    await serve(dataDir);
  }, 20_000);

  it('where the folder is a file, or below one', async () => {
    const file = join(root, 'file');
    writeFileSync(file, 'no folder');
    for (const folder of [file, join(file, 'data')]) {
      dataDir = folder;
      expect(await why()).toMatch(
        new RegExp(`^ledger-276 cannot start: the data folder ${folder} cannot be written: `),
      );
    }
    expect(readFileSync(file, 'utf8')).toBe('no folder');
  }, 20_000);

  it('where the log was written by a newer version', async () => {
    await (await serve(dataDir)).end();
    const db = new Database(join(dataDir, 'ledger.db'));
    db.pragma('user_version = 99');
    db.close();
    expect(await why()).toBe(
      `ledger-276 cannot start: ${dataDir}/ledger.db was written by a newer version of the ledger (format 99, this one reads 1)\n`,
    );
    expect(await ledger(dataDir, ['verify'])).toMatchObject({ code: 1, err: expect.stringContaining('format 99') });
  }, 20_000);

  it('where the log is something else', async () => {
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, 'ledger.db'), 'Ceci n’est pas une base de données. '.repeat(100));
    expect(await why()).toMatch(/^ledger-276 cannot start: .*ledger\.db cannot be opened: file is not a database/);
    const db = new Database(join(root, 'other.db'));
    db.exec('CREATE TABLE recipes (name TEXT)');
    db.close();
    writeFileSync(join(dataDir, 'ledger.db'), readFileSync(join(root, 'other.db')));
    expect(await why()).toMatch(/ledger\.db is a database, but not a log of this ledger$/m);
  }, 20_000);
});

describe('A server on a full disk', () => {
  /** No file may grow beyond this, as if the disk were full; in kilobytes. */
  const LIMIT = 'ulimit -f 700';

  it('refuses what it cannot keep, goes on answering, and has lost nothing once there is room again', async () => {
    const server = await serve(dataDir, {}, LIMIT);
    await ask(server, '/grants', grant(1));
    const acknowledged: string[] = [];
    let refused: Answered | undefined;
    for (let i = 0; refused === undefined; i += 1) {
      const answer = await pay(server, 1, `P-${i}`);
      if (answer.status === 201) acknowledged.push(`P-${i}`);
      else refused = answer;
    }
    expect(refused).toMatchObject({ status: 503, body: { code: 'STORE_UNAVAILABLE' } });
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(acknowledged.length).toBeGreaterThan(10);
    expect(await pay(server, 1, 'P-next')).toMatchObject({ status: 503 });
    // what was recorded is still known, and a retry of it still answered
    expect(await pay(server, 1, 'P-0')).toMatchObject({ status: 200 });
    expect(inOrder(await recorded(server))).toEqual(inOrder(once(acknowledged)));
    expect((await ask(server, '/grants/G-1')).body['payments']).toHaveLength(acknowledged.length);
    await server.end();
    expect(server.child.exitCode).toBe(0);

    const roomy = await serve(dataDir);
    expect(inOrder(await recorded(roomy))).toEqual(inOrder(once(acknowledged)));
    expect(await pay(roomy, 1, 'P-next')).toMatchObject({ status: 201 });
    expect(await pay(roomy, 1, acknowledged.at(-1)!)).toMatchObject({ status: 200 });
    expect((await ask(roomy, '/balances')).status).toBe(200);
    await roomy.end();
    expect(await ledger(dataDir, ['verify'])).toMatchObject({ code: 0, err: '' });
  }, 30_000);

  it('tells a question whose tables it cannot write to come back, and answers it once there is room', async () => {
    const server = await serve(dataDir, {}, LIMIT);
    await ask(server, '/grants', grant(1));
    let asked = await ask(server, '/balances');
    // each question has its rows written at once: the tables fill the disk before the log does
    for (let i = 0; asked.status === 200; i += 1) {
      expect(await pay(server, 1, `P-${i}`)).toMatchObject({ status: 201 });
      asked = await ask(server, '/balances');
    }
    expect(asked).toMatchObject({ status: 503, body: { code: 'READ_MODEL_BEHIND' } });
    expect(asked.headers.get('retry-after')).toBe('1');
    expect(await pay(server, 1, 'P-next')).toMatchObject({ status: 201 });
    await server.end();
    const roomy = await serve(dataDir);
    expect((await ask<{ data: object[] }>(roomy, '/payments?size=1')).body.data).toMatchObject([
      { paymentId: 'P-next' },
    ]);
    expect(await ledger(dataDir, ['verify'])).toMatchObject({ code: 0, err: '' });
  }, 30_000);
});
