/** The evidence leaves the ledger, is checked without it, and comes back: through the built commands and over HTTP. */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDemo } from '../../src/demo/make-demo.js';
import { DEMO_SEED } from '../../src/demo/scenario.js';
import { startTestServer } from '../eventstoredb/test-server.js';
import { pythonIsThere } from '../evidence/offline-verifier.js';
import { endAll, ledger, serve, type Ended } from '../product.js';

let root: string;
let demo: string;
let bundle: string;
let sealed: Record<string, unknown>;

function read(name: string, folder = bundle): string {
  return readFileSync(join(folder, name), 'utf8');
}

/** The verifier that the bundle carries, run as an auditor runs it. */
function verified(folder: string, ...words: string[]) {
  const { status, stdout, stderr } = spawnSync('python3', [join(bundle, 'verify.py'), folder, ...words], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '' },
  });
  return { code: status, out: stdout, err: stderr };
}

async function balancesIn(folder: string): Promise<unknown> {
  return JSON.parse((await ledger(folder, ['balances', '--json'])).out);
}

/** Both verifiers, with their codes. */
async function bothCheck(path: string, ...words: string[]): Promise<Ended> {
  const checked = await ledger(join(root, 'none'), ['check-evidence', path, ...words]);
  expect(verified(path, ...words)).toMatchObject({ code: checked.code });
  return checked;
}

const withPython = pythonIsThere() ? describe : describe.skip;

withPython('The evidence', () => {
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'evidence-'));
    demo = join(root, 'demo');
    bundle = join(root, 'bundle');
    await makeDemo(demo, DEMO_SEED);
    await ledger(demo, ['seal']);
    await ledger(demo, ['export-evidence', bundle]);
    [sealed] = JSON.parse(read('seals.json')) as [Record<string, unknown>];
  });

  afterAll(async () => {
    await endAll();
    rmSync(root, { recursive: true, force: true });
  });

  it('is good as it left, and complete for whoever kept a seal and the key', async () => {
    expect(verified(bundle).out).toContain('Complétude : NON ÉTABLIE');
    const held = join(root, 'kept-seal.json');
    writeFileSync(held, JSON.stringify(sealed));
    const { code, out } = await bothCheck(bundle, '--seal', held, '--public-key', join(bundle, 'public-keys.txt'));
    expect(code).toBe(0);
    for (const verdict of ['✓ Intégrité : BON', '✓ Complétude : BON', '✓ Arithmétique : BON'])
      expect(out).toContain(verdict);
  });

  it('carries its own verifier, and says in two languages what it proves', () => {
    for (const name of ['verify.py', 'README.fr.md', 'README.en.md'])
      expect(read(name)).toBe(readFileSync(join('libs/evidence', name), 'utf8'));
  });

  it('comes back into an empty ledger with the same head and the same balances', async () => {
    const folder = join(root, 'back');
    const { head } = JSON.parse(read('manifest.json')) as { head: { treeSize: number; rootHash: string } };
    const { out, code } = await ledger(folder, ['import-log', bundle, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ copied: head.treeSize, size: head.treeSize, rootHash: head.rootHash });
    expect(await balancesIn(folder)).toEqual(await balancesIn(demo));
    // what is there already is not written twice; another log is refused
    expect((await ledger(folder, ['import-log', join(bundle, 'events.ndjson')])).out).toContain('0 événements repris');
    const other = join(root, 'other.ndjson');
    writeFileSync(other, read('events.ndjson').split('\n').slice(1, 2).join('\n'));
    const refused = await ledger(folder, ['import-log', other]);
    expect([refused.code, refused.out]).toEqual([1, expect.stringContaining('n’est pas vide') as string]);
  });

  it('comes back into an empty EventStoreDB with the same head and the same balances', async () => {
    const store = await startTestServer();
    try {
      const environment = { EVENTSTORE_URL: store.url };
      const { head } = JSON.parse(read('manifest.json')) as { head: { treeSize: number; rootHash: string } };
      const { out, code } = await ledger(join(root, 'none'), ['import-log', bundle, '--json'], environment);
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ copied: head.treeSize, size: head.treeSize, rootHash: head.rootHash });
      const shown = await ledger(join(root, 'shown'), ['balances', '--json'], environment);
      const { position: _, ...balances } = JSON.parse(shown.out) as Record<string, unknown>;
      expect(await balancesIn(demo)).toMatchObject(balances);
    } finally {
      await store.stop();
    }
  });

  it('tells of the demonstration’s tampered copy', async () => {
    const tampered = join(demo, 'tampered');
    const path = join(root, 'tampered');
    await ledger(tampered, ['export-evidence', path]);
    // whoever exports a log that was tampered with makes its hashes anew: the arithmetic tells, and the event is named
    const { out, code } = await bothCheck(path, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      verdicts: { arithmetic: { verdict: 'bad' } },
      first: { code: 'SHARES_RULE', type: 'PaymentRecorded.v1' },
    });
    // put in the place of the log that left, its hash tells
    const swapped = join(root, 'swapped');
    mkdirSync(swapped);
    for (const name of ['manifest.json', 'leaves.txt', 'seals.json', 'balances.json', 'public-keys.txt'])
      writeFileSync(join(swapped, name), read(name));
    writeFileSync(join(swapped, 'events.ndjson'), read('events.ndjson', path));
    expect((await bothCheck(swapped)).out).toMatch(
      /✗ ligne \d+, position \d+, grant-\S+, révision \d+ : l’événement a été modifié/,
    );
  });

  it('is sent by a running server as an archive, to those who may look', async () => {
    const running = await serve(demo);
    const response = await fetch(`${running.url}/api/v1/evidence`, {
      headers: { authorization: `Bearer ${running.key}` },
    });
    const file = join(root, 'sent.zip');
    writeFileSync(file, Buffer.from(await response.arrayBuffer()));
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/zip']);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="preuves-276-\d+\.zip"$/);
    expect((await bothCheck(file)).code).toBe(0);
    // beside the server the command says the same of the log
    const beside = join(root, 'beside.zip');
    expect((await ledger(demo, ['export-evidence', beside])).code).toBe(0);
    expect(verified(beside).code).toBe(0);
    await running.end();
  });

  it('is written nowhere where something is, and read nowhere where nothing is', async () => {
    const taken = await ledger(demo, ['export-evidence', bundle]);
    expect([taken.code, taken.err]).toEqual([2, expect.stringContaining('existe déjà') as string]);
    for (const words of [
      ['check-evidence', demo],
      ['check-evidence', bundle, '--seal', join(bundle, 'manifest.json')],
      ['import-log', demo],
    ])
      expect(await ledger(join(root, 'none'), words)).toMatchObject({ code: 2, out: '' });
    expect(verified(demo).code).toBe(2);
    expect(verified(bundle, '--seal', join(bundle, 'manifest.json')).code).toBe(2);
    expect(verified(bundle, '--public-key', 'abc').code).toBe(2);
    expect(existsSync(join(root, 'none', 'ledger.db'))).toBe(false);
  });
});
