/** A log moves from one place to another through the built command: whole, also when it is killed on the way. */

import Database from 'better-sqlite3';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeDemo } from '../../src/demo/make-demo.js';
import { DEMO_SEED } from '../../src/demo/scenario.js';
import { startTestServer, type TestServer } from '../eventstoredb/test-server.js';
import { ask, endAll, ledger, serve, type Ended } from '../product.js';

/** The demonstration's. */
const golden = JSON.parse(readFileSync('test/fixtures/demo-276.json', 'utf8')) as { events: Record<string, number> };
const EVENTS = Object.values(golden.events).reduce((sum, count) => sum + count, 0);
const EXACT = '✓ Tout concorde.\n';
const GO_ON = 'La même commande reprend là où la copie s’est arrêtée.\n';

let root: string;
let demo: string;
/** Its log, exported, and its balances. */
let lines: string;
let balances: unknown;
let target: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'copy-log-'));
  demo = join(root, 'demo');
  await makeDemo(demo, DEMO_SEED);
  lines = await exported(demo);
  balances = await balancesIn(demo);
});

beforeEach(() => {
  target = join(mkdtempSync(join(root, 'test-')), 'copy');
});

afterAll(async () => {
  await endAll();
  rmSync(root, { recursive: true, force: true });
});

async function copy(from: string, to: string, environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return ledger(join(root, 'none'), ['copy-log', '--from', from, '--to', to], environment);
}

/** The copy as a program reads it. */
async function copyAsJson(from: string, to: string, environment = {}): Promise<unknown> {
  const { out } = await ledger(join(root, 'none'), ['copy-log', '--from', from, '--to', to, '--json'], environment);
  return JSON.parse(out);
}

function eventsIn(folder: string): number {
  const file = join(folder, 'ledger.db');
  if (!existsSync(file)) return 0;
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare<[], { count: number }>('SELECT count(*) AS count FROM events').get()!.count;
  } catch {
    // it is just being made
    return 0;
  } finally {
    db.close();
  }
}

interface Interrupted extends Ended {
  /** What had been copied by then. */
  readonly events: number;
}

/** Where a copy goes, and how many events are there. */
interface Place {
  readonly to: string;
  readonly events: () => number;
  readonly environment?: Readonly<Record<string, string>>;
}

function folderAt(to: string): Place {
  return { to, events: () => eventsIn(to) };
}

/** Starts a copy, ends it with a signal when some of it is there, and gives what it left; undefined when it was faster. */
async function interrupted(signal: NodeJS.Signals, place: Place): Promise<Interrupted | undefined> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['dist/src/cli.js', 'copy-log', '--from', demo, '--to', place.to], {
    env: { PATH, HOME, ...place.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  const closed = once(child, 'close');
  const before = place.events();
  while (isRunning(child) && place.events() === before) await pause(1);
  child.kill(signal);
  const [code] = (await closed) as [number | null];
  const events = place.events();
  return events > before && events < EVENTS ? { code, ...said, events } : undefined;
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

/** Tries until a copy is caught on its way, each time into a folder of its own. */
async function caught(signal: NodeJS.Signals): Promise<Interrupted> {
  for (let attempt = 1; attempt <= 20; attempt += 1) {
    target = join(mkdtempSync(join(root, 'test-')), 'copy');
    const left = await interrupted(signal, folderAt(target));
    if (left !== undefined) return left;
  }
  throw new Error('every copy was finished before it was told to stop');
}

async function exported(folder: string): Promise<string> {
  const file = join(mkdtempSync(join(root, 'export-')), 'log.ndjson');
  expect(await ledger(folder, ['export-log', file])).toMatchObject({ code: 0, err: '' });
  return readFileSync(file, 'utf8');
}

async function balancesIn(folder: string): Promise<unknown> {
  const { code, out } = await ledger(folder, ['balances', '--json']);
  expect(code).toBe(0);
  return JSON.parse(out);
}

/** The same events to the byte, found right, and the same balances. */
async function expectExactCopy(folder: string): Promise<void> {
  expect(await exported(folder)).toBe(lines);
  const verified = await ledger(folder, ['verify']);
  expect(verified).toMatchObject({ code: 0, err: '' });
  expect(verified.out.endsWith(EXACT)).toBe(true);
  expect(await balancesIn(folder)).toEqual(balances);
}

describe('From folder to folder', () => {
  it('the log is copied to the byte; again, there is nothing to copy', async () => {
    const first = await copy(demo, target);
    expect(first.code).toBe(0);
    expect(first.out.split('\n')[0]).toBe(
      `${EVENTS} événements copiés, 0 déjà là ; la copie est en position ${EVENTS}.`,
    );
    expect(first.out.endsWith(EXACT)).toBe(true);
    const [, source, copied] = /^Empreinte de la source : (.*)\nEmpreinte de la copie {2}: (.*)$/m.exec(first.out)!;
    expect(source).toMatch(/^\d+ événements, [0-9a-f]{64}$/);
    expect(Number.parseInt(source!, 10)).toBe(EVENTS);
    expect(copied).toBe(source);
    await expectExactCopy(target);
    const second = await copy(demo, target);
    expect(second.code).toBe(0);
    expect(second.out).toContain(`Rien à copier : ${EVENTS} événements étaient déjà là`);
    const rootHash = source!.split(', ')[1];
    expect(await copyAsJson(demo, target)).toEqual({
      copied: 0,
      already: EVENTS,
      size: EVENTS,
      rootHash,
      sourceRootHash: rootHash,
      position: String(EVENTS),
      raisedTimes: { count: 0 },
      sourceGrew: false,
    });
  });

  it('a copy that is killed again and again goes on where it was', async () => {
    expect(await caught('SIGKILL')).toMatchObject({ code: null });
    await interrupted('SIGKILL', folderAt(target));
    const already = eventsIn(target);
    expect(await copyAsJson(demo, target)).toMatchObject({ copied: EVENTS - already, already, size: EVENTS });
    await expectExactCopy(target);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'a copy that gets %s stops, says how to go on, and goes on',
    async (signal) => {
      const { code, out, err, events } = await caught(signal);
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err.endsWith(`Arrêté (${signal}). ${GO_ON}`)).toBe(true);
      expect(await copyAsJson(demo, target)).toMatchObject({ copied: EVENTS - events, already: events, size: EVENTS });
      expect(await exported(target)).toBe(lines);
    },
  );

  it('a copy whose disk is full says so, and goes on when there is room', async () => {
    const words = ['dist/src/cli.js', 'copy-log', '--from', demo, '--to', target];
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn('bash', ['-c', 'ulimit -f 700; exec "$0" "$@"', process.execPath, ...words], {
      env: { PATH, HOME },
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    const [code] = (await once(child, 'close')) as [number | null];
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/^the log took nothing: /m) as string });
    expect(err.endsWith(`\n${GO_ON}`)).toBe(true);
    expect(await copy(demo, target)).toMatchObject({ code: 0 });
    expect(await exported(target)).toBe(lines);
  });

  it('a log that is being served is copied up to now; a folder that is being served is no target', async () => {
    expect(await copy(demo, target)).toMatchObject({ code: 0 });
    const server = await serve(target);
    const further = join(root, 'further');
    expect(await copy(target, further)).toMatchObject({ code: 0 });
    const refused = await copy(demo, target);
    expect(refused).toEqual({ code: 1, out: '', err: expect.stringMatching(/ is in use by process \d+ .*\n$/) });
    const { body } = await ask(server, '/balances');
    expect(body).toMatchObject({ position: String(EVENTS), sumOfPositionsCents: 0 });
    const funder = { funderId: 'commune', name: 'Commune (démo)', kind: 'autre' };
    expect(await ask(server, '/funders', funder)).toMatchObject({ status: 201 });
    // what the copy has recorded since is no part of what it was copied from, and comes along when it is the source
    await server.end();
    expect(await copyAsJson(demo, target)).toEqual({
      outcome: 'refused',
      difference: { index: EVENTS, stream: 'funder-commune', revision: 0, what: 'too-many' },
    });
    expect(await copyAsJson(target, further)).toMatchObject({ copied: 1, already: EVENTS });
  });

  it('a target that holds something else is refused and left as it was', async () => {
    expect(await copy(demo, target)).toMatchObject({ code: 0 });
    const refused = await copy(join(demo, 'tampered'), target);
    expect(refused.code).toBe(1);
    expect(refused.out).toMatch(
      /^✗ La destination n’est pas le début de la source : événement \d+ \(grant-ET-2009-004, révision 8\) : le champ data diffère\. Rien n’a été écrit\.\n$/,
    );
    expect(await exported(target)).toBe(lines);
  });
});

describe('Misused', () => {
  beforeAll(() => {
    symlinkSync(demo, join(root, 'same'));
    mkdirSync(join(root, 'empty'));
  });

  it.each([
    ['without a source', ['--to', 'copy'], /^--from manque$/m],
    ['without a target', ['--from', 'demo'], /^--to manque$/m],
    ['from a folder to itself', ['--from', 'demo', '--to', 'demo/.'], /désignent le même journal$/m],
    ['from a folder to itself by another name', ['--from', 'demo', '--to', 'same'], /désignent le même journal$/m],
    ['from nowhere', ['--from', 'nowhere', '--to', 'copy'], /nowhere ne contient aucun journal$/m],
    ['from an empty folder', ['--from', 'empty', '--to', 'copy'], /empty ne contient aucun journal$/m],
    ['to EventStoreDB that no setting names', ['--from', 'demo', '--to', 'eventstore'], /EVENTSTORE_URL manque$/m],
    ['with a word too many', ['demo', 'copy'], /^usage : ledger copy-log --from <dossier\|eventstore>/m],
  ])('%s, it says so, makes nothing and ends with 2', async (_, words, told) => {
    const places = words.map((word) => (/^(demo.*|same|nowhere|empty|copy)$/.test(word) ? join(root, word) : word));
    const { code, out, err } = await ledger(join(root, 'none'), ['copy-log', ...places]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(told);
    for (const made of ['none', 'copy', 'nowhere']) expect(existsSync(join(root, made))).toBe(false);
    expect(readdirSync(join(root, 'empty'))).toEqual([]);
  });
});

describe('To EventStoreDB and back', () => {
  let server: TestServer;
  let environment: { readonly EVENTSTORE_URL: string };

  beforeEach(async () => {
    server = await startTestServer();
    environment = { EVENTSTORE_URL: server.url };
  });

  afterEach(async () => {
    await server.stop();
  });

  it('every event comes back to the byte, though the copy was killed, and the store, and answers were lost', async () => {
    await interrupted('SIGKILL', { to: 'eventstore', environment, events: () => server.events().length });
    const already = server.events().length;
    expect(already).toBeGreaterThan(0);
    // the answer is lost, the event is not: it is there when it is asked for again
    await server.loseReplies('cut', { times: 5 });
    const rest = copyAsJson(demo, 'eventstore', environment);
    while (server.events().length < already + 300) await pause(20);
    await server.restart();
    expect(await rest).toMatchObject({ copied: EVENTS - already, already, size: EVENTS });
    expect(server.events()).toHaveLength(EVENTS);
    expect(await copyAsJson(demo, 'eventstore', environment)).toMatchObject({ copied: 0, already: EVENTS });
    expect(await copyAsJson('eventstore', target, environment)).toMatchObject({ copied: EVENTS, size: EVENTS });
    await expectExactCopy(target);
  });
});
