/** Seals over HTTP: made, kept, proved with the standards alone; a tail that is cut off and an event that is changed show. */

import { createHash, createPublicKey, verify } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { continues, includes } from '#libs/seals/verifier.examples';
import { openLedger } from '../../src/server.js';
import { endAll, ledger } from '../product.js';
import { grant, payment, Person, Story, type List, type LoggedEvent, type Reply } from './kit.js';

interface Seal {
  readonly number: number;
  readonly treeSize: number;
  readonly rootHash: string;
  readonly previousSealHash: string | null;
  readonly sealedAt: string;
  readonly publicKey: string;
  readonly signature: string;
}
interface ShownSeal extends Seal {
  readonly sealHash: string;
  readonly keyFingerprint: string;
}
interface KeptSeal extends ShownSeal {
  readonly howToCheck: readonly string[];
}
interface Inclusion {
  readonly leafIndex: number;
  readonly leafHash: string;
  readonly auditPath: readonly string[];
  readonly treeSize: number;
  readonly rootHash: string;
  readonly event: LoggedEvent;
}
interface Consistency {
  readonly from: number;
  readonly to: number;
  readonly hashes: readonly string[];
}
interface Status {
  readonly events: number;
  readonly unsealedEvents: number;
  readonly lastSeal: ShownSeal | null;
  readonly keyFingerprint: string | null;
}

let story: Story;

afterAll(endAll);

beforeEach(async () => {
  story = await Story.begin('2010-04-01');
  await story.officer.records('/grants', grant(1));
});

afterEach(async () => {
  await story.end();
});

const pay = async (id: string) =>
  story.officer.records('/grants/G-1/payments', payment(id, { amountCents: 100 + Number(id.slice(2)) }));
const seal = async () => story.controller.records<ShownSeal>('/seals', {});
const status = async () => (await story.auditor.get<Status>('/seals/status')).body;
const codeOf = ({ status: answered, body }: Reply) => [answered, body['code']];

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** RFC 8785 for what events hold: integers, plain keys, text. */
function jcs(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jcs).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${jcs(member)}`).join(',')}}`;
}

/** The leaf hash of an exported event, as docs/seals.md says. */
function leafOf({ id, stream, revision, type, recordedAt, data, metadata }: LoggedEvent): string {
  const instant = String(Date.parse(recordedAt));
  const fields = ['stored-event.v1', id, stream, String(revision), type, instant, jcs(data), jcs(metadata)];
  const parts = fields.flatMap((field) => {
    const bytes = Buffer.from(field, 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return [length, bytes];
  });
  return sha256(Buffer.concat([Buffer.of(0), ...parts]));
}

/** MTH of RFC 6962 §2.1 over leaf hashes. */
function rootOf(leaves: readonly string[]): string {
  if (leaves.length === 0) return sha256('');
  if (leaves.length === 1) return leaves[0]!;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return sha256(Buffer.from(`01${rootOf(leaves.slice(0, k))}${rootOf(leaves.slice(k))}`, 'hex'));
}

/** Checks a seal that somebody kept, with the standards alone. */
function isSigned({ number, treeSize, rootHash, previousSealHash, sealedAt, publicKey, signature }: Seal): boolean {
  const text = jcs({ number, treeSize, rootHash, previousSealHash, sealedAt, publicKey });
  const x = Buffer.from(publicKey, 'base64').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, Buffer.from(`ledger-276 seal v1\n${text}`), key, Buffer.from(signature, 'base64'));
}

/** Whether a log is, or goes on from, what a kept seal says. */
function holds(kept: Seal, log: readonly LoggedEvent[]): boolean {
  return log.length >= kept.treeSize && rootOf(log.slice(0, kept.treeSize).map(leafOf)) === kept.rootHash;
}

describe('A seal', () => {
  it('covers the log as it stands, is signed, chained, and kept as a document', async () => {
    expect(codeOf(await story.auditor.get('/seals/latest'))).toEqual([404, 'SEAL_NONE']);
    expect(await status()).toMatchObject({ events: 6, unsealedEvents: 6, lastSeal: null, keyFingerprint: null });
    const first = await seal();
    await pay('P-1');
    const second = await seal();
    const log = await story.events();
    expect([first, second].map(({ number, treeSize }) => [number, treeSize])).toEqual([
      [1, 6],
      // the first seal is covered too
      [2, 8],
    ]);
    for (const made of [first, second]) {
      expect(isSigned(made)).toBe(true);
      expect(holds(made, log)).toBe(true);
    }
    const { sealHash, keyFingerprint, position: _, ...signed } = first as ShownSeal & { position: string };
    expect(sealHash).toBe(sha256(jcs(signed)));
    expect(keyFingerprint).toBe(sha256(Buffer.from(first.publicKey, 'base64')));
    expect([first.previousSealHash, second.previousSealHash]).toEqual([null, sealHash]);

    const { body: kept } = await story.auditor.get<KeptSeal>('/seals/1', { 'accept-language': 'fr' });
    expect(kept).toMatchObject({ ...signed, sealHash });
    expect(kept.howToCheck.join()).toContain('des 6 premiers événements');
    expect((await story.auditor.get('/seals/latest')).body).toMatchObject({ number: 2 });
    expect(await status()).toMatchObject({ events: 9, unsealedEvents: 0, keyFingerprint, lastSeal: { number: 2 } });
  });

  it('is made once while nothing is new, and lists go from the last one back', async () => {
    const first = await seal();
    const again = await story.controller.post<ShownSeal>('/seals');
    expect([again.status, again.headers['idempotency-replayed'], again.body]).toEqual([200, 'true', first]);
    for (const id of ['P-1', 'P-2', 'P-3']) {
      await pay(id);
      await seal();
    }
    const page = (await story.auditor.get<List<ShownSeal>>('/seals?size=3')).body;
    expect(page.data.map(({ number }) => number)).toEqual([4, 3, 2]);
    const rest = (await story.auditor.get<List<ShownSeal>>(`/seals?size=3&cursor=${page.page.next}`)).body;
    expect(rest.data.map(({ number }) => number)).toEqual([1]);
    expect(rest.page.next).toBeNull();
  });

  it('is rehearsed without a signature', async () => {
    const rehearsed = await story.controller.post<ShownSeal>('/seals?dryRun=true');
    expect([rehearsed.status, rehearsed.body]).toMatchObject([200, { number: 1, signature: '', dryRun: true }]);
    expect(codeOf(await story.auditor.get('/seals/1'))).toEqual([404, 'SEAL_UNKNOWN']);
  });

  it('is for who closes to make (R29)', async () => {
    for (const person of [story.auditor, story.officer])
      expect(codeOf(await person.post('/seals'))).toEqual([403, 'ROLE_REQUIRED']);
    expect(codeOf(await story.admin.post('/seals', { number: 3 }))).toEqual([400, 'REQUEST_INVALID']);
    // nothing has to be said with it
    expect((await story.admin.send({ method: 'POST', url: '/api/v1/seals' })).status).toBe(201);
  });

  it('is signed with a key of its own that only its owner reads', async () => {
    await seal();
    const file = join(story.dataDir, 'seal-key.pem');
    expect(readFileSync(file, 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});

describe('A proof', () => {
  it('of inclusion: each payment is among what a seal covers', async () => {
    for (const id of ['P-1', 'P-2', 'P-3']) await pay(id);
    const { number, rootHash, treeSize } = await seal();
    for (const id of ['P-1', 'P-2', 'P-3']) {
      const { body } = await story.auditor.get<Inclusion>(`/seals/${number}/inclusion?payment=${id}`);
      expect(body.event.data).toMatchObject({ paymentId: id });
      expect(body).toMatchObject({ rootHash, treeSize, leafHash: leafOf(body.event) });
      expect(includes(body)).toBe(true);
      const byEvent = await story.auditor.get<Inclusion>(
        `/seals/${number}/inclusion?event=${body.event.id.toUpperCase()}`,
      );
      expect(byEvent.body).toEqual(body);
    }
  });

  it('of consistency: each seal continues every one before it', async () => {
    const seals = [await seal()];
    for (let i = 1; i <= 6; i += 1) {
      await pay(`P-${i}`);
      seals.push(await seal());
    }
    for (const older of seals)
      for (const newer of seals.filter(({ number }) => number >= older.number)) {
        const path = `/seals/consistency?from=${older.number}&to=${newer.number}`;
        const { body } = await story.auditor.get<Consistency>(path);
        const proof = {
          first: older.treeSize,
          firstHash: older.rootHash,
          second: newer.treeSize,
          secondHash: newer.rootHash,
          path: body.hashes,
        };
        expect([older.number, newer.number, continues(proof)]).toEqual([body.from, body.to, true]);
      }
  });

  it('says why there is none', async () => {
    await seal();
    await pay('P-1');
    await seal();
    const { id } = (await story.events()).find(({ type }) => type === 'PaymentRecorded.v1')!;
    const refusals = {
      '/seals/3/inclusion?payment=P-1': [404, 'SEAL_UNKNOWN'],
      '/seals/1/inclusion?payment=P-1': [409, 'EVENT_NOT_SEALED'],
      [`/seals/1/inclusion?event=${id}`]: [409, 'EVENT_NOT_SEALED'],
      '/seals/1/inclusion?payment=P-9': [404, 'SEALED_EVENT_UNKNOWN'],
      '/seals/1/inclusion?event=00000000-0000-4000-8000-000000000000': [404, 'SEALED_EVENT_UNKNOWN'],
      '/seals/1/inclusion': [400, 'REQUEST_INVALID'],
      '/seals/1/inclusion?payment=P-1&event=x': [400, 'REQUEST_INVALID'],
      '/seals/1/inclusion?grant=G-1': [400, 'REQUEST_INVALID'],
      '/seals/0/inclusion?payment=P-1': [400, 'REQUEST_INVALID'],
      '/seals/first': [400, 'REQUEST_INVALID'],
      '/seals/consistency?from=1': [400, 'REQUEST_INVALID'],
      '/seals/consistency?from=2&to=1': [409, 'SEALS_BACKWARDS'],
      '/seals/consistency?from=1&to=3': [404, 'SEAL_UNKNOWN'],
      '/seals?cursor=x': [400, 'REQUEST_INVALID'],
    };
    for (const [path, refusal] of Object.entries(refusals))
      expect([path, codeOf(await story.auditor.get(path))]).toEqual([path, refusal]);
  });
});

/** The ledger again, on a copy of the log in which somebody has run a statement. */
async function forged(sql: string, ask: (auditor: Person) => Promise<void>, others: readonly string[] = []) {
  const elsewhere = mkdtempSync(join(tmpdir(), 'forged-'));
  for (const file of ['ledger.db', ...others]) cpSync(join(story.dataDir, file), join(elsewhere, file));
  const db = new Database(join(elsewhere, 'ledger.db'));
  db.exec(sql);
  db.close();
  const opened = await openLedger({ dataDir: elsewhere, logger: false, clock: () => Date.parse('2010-04-02') });
  try {
    await ask(new Person(opened.app, opened.operatorKey));
  } finally {
    await opened.close();
    rmSync(elsewhere, { recursive: true });
  }
}

async function logOf(person: Person): Promise<LoggedEvent[]> {
  const { text } = await person.get('/events?limit=1000');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as LoggedEvent);
}

describe('A kept seal', () => {
  beforeEach(async () => {
    for (const id of ['P-1', 'P-2']) await pay(id);
    await seal();
    await pay('P-3');
    await seal();
    // so that the file of the log holds everything
    const db = new Database(join(story.dataDir, 'ledger.db'));
    db.pragma('wal_checkpoint(FULL)');
    db.close();
  });

  it('shows that the tail of the log was cut off, though what is left is sound', async () => {
    const kept = (await story.auditor.get<KeptSeal>('/seals/latest')).body;
    expect(holds(kept, await story.events())).toBe(true);
    await forged(`DELETE FROM events WHERE position > 9`, async (auditor) => {
      const log = await logOf(auditor);
      const left = (await auditor.get<KeptSeal>('/seals/latest')).body;
      expect([log.length, left.number, holds(left, log), isSigned(left)]).toEqual([9, 1, true, true]);
      expect(holds(kept, log)).toBe(false);
      expect(codeOf(await auditor.get(`/seals/${kept.number}`))).toEqual([404, 'SEAL_UNKNOWN']);
    });
  });

  it('shows that an event was changed; the ledger proves nothing of it and seals it no more', async () => {
    const kept = (await story.auditor.get<KeptSeal>('/seals/1')).body;
    const change = `UPDATE events SET metadata = json_set(metadata, '$.actor', 'autrui') WHERE position = 7`;
    for (const files of [[], ['seal-tree.db']])
      await forged(
        change,
        async (operator) => {
          expect(holds(kept, await logOf(operator))).toBe(false);
          for (const path of ['/seals/1/inclusion?payment=P-1', '/seals/consistency?from=1&to=2'])
            expect(codeOf(await operator.get(path))).toEqual([409, 'SEALED_LOG_ALTERED']);
          await operator.records('/funders', { funderId: 'calvados', name: 'Calvados', kind: 'departement' });
          expect(codeOf(await operator.post('/seals'))).toEqual([409, 'SEALED_LOG_ALTERED']);
        },
        files,
      );
  });
});

describe('The command line', () => {
  it('seals, says so when there is nothing new, and verifies what it sealed', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'sealed-'));
    const first = await ledger(dataDir, ['seal']);
    expect(first).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Scellement n° 1, du .*\n5 événements, racine [0-9a-f]{64}\nClé [0-9a-f]{64}\n$/),
    });
    const again = await ledger(dataDir, ['seal', '--json']);
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('"number":1,"treeSize":5,') });
    const { keyFingerprint } = JSON.parse(again.out) as ShownSeal;
    const verified = await ledger(dataDir, ['verify']);
    expect(verified).toMatchObject({
      code: 0,
      out: expect.stringContaining(`1 scellement vérifié ; clé ${keyFingerprint}.`),
    });
    rmSync(dataDir, { recursive: true });
  });
});
