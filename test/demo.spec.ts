/** The demonstration: the same bytes everywhere, every rule shown once, sizes as promised, and figures that are known. */

import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dayOf } from '#libs/calendar/day';
import type { EventStore } from '#libs/event-store/event-store';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { isCommune } from '#libs/identifiers/commune';
import { isRna } from '#libs/identifiers/rna';
import { isSiret } from '#libs/identifiers/siret';
import { canonicalEvent } from '#libs/seals/canonical-event';
import { MerkleTree } from '#libs/seals/merkle';
import { sumCents } from '#libs/money/cents';
import type { SignedContract } from '../src/contract/contract.state.js';
import { consumptionOf } from '../src/contract/consumption.js';
import { crossTerritoryOf } from '../src/contract/cross-territory.js';
import { eventTypes, readLedgerEvent, type LedgerEvent, type StoredLedgerEvent } from '../src/catalogue.js';
import { balancesOf, sumOf } from '../src/balances/balance-figures.js';
import { makeDemo, NotADemo } from '../src/demo/make-demo.js';
import { DEMO_SEED, scenario } from '../src/demo/scenario.js';
import { demoSlip } from '../src/demo/slip.js';
import { eventLine } from '../src/history/event-line.js';
import { verifyClosings } from '../src/history/verify-closing.js';
import { SealKey } from '../src/seals/seal-key.js';
import { verifyLog } from '../src/history/verify-log.js';
import { openLedger, type OpenedLedger } from '../src/server.js';
import { totalsChangeOf } from '../src/schemes/totals.movements.js';

/** What is known of the demonstration. `UPDATE_GOLDEN=1 npx jest test/demo.spec.ts` writes it anew. */
const GOLDEN = 'test/fixtures/demo-276.json';

interface Golden {
  readonly seed: number;
  readonly events: Readonly<Record<string, number>>;
  /** Of the log as NDJSON lines. */
  readonly sha256: string;
  readonly slipSha256: string;
  /** Per scheme, exercice and funder: granted, due, disbursed, recovered, contributed, received, called, position. */
  readonly balances: Readonly<Record<string, readonly number[]>>;
  readonly sumOfPositionsCents: number;
}

// a demonstration is made in a second or two, on a busy machine in more
jest.setTimeout(60_000);

const folders: string[] = [];
let demo: string;
let events: readonly StoredLedgerEvent[];
let opened: OpenedLedger;
/** Why read models were made anew when the demonstration was opened. */
const rebuilt: string[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'demo-spec-'));
  folders.push(folder);
  return folder;
}

/** Reads a log beside whoever writes it. */
async function withLog<Result>(folder: string, use: (store: EventStore) => Promise<Result>): Promise<Result> {
  const store = new SqliteEventStore(join(folder, 'ledger.db'), { readOnly: true });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

async function eventsIn(folder: string): Promise<readonly StoredLedgerEvent[]> {
  return withLog(folder, async (store) => (await store.readAll(0, 100_000)).map(readLedgerEvent));
}

/** What has a later version is read for ever and written no more. */
function isWritten(type: string): boolean {
  const [name, version] = type.split('.v');
  return !Object.hasOwn(eventTypes, `${name}.v${Number(version) + 1}`);
}

function sha256(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text);
  return hash.digest('hex');
}

function logDigest(log: readonly StoredLedgerEvent[]): string {
  return sha256(log.map(eventLine));
}

function ofType<Type extends LedgerEvent['type']>(type: Type) {
  return events.filter(
    (event): event is StoredLedgerEvent & Extract<LedgerEvent, { type: Type }> => event.type === type,
  );
}

function countBy(keys: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys.toSorted()) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

beforeAll(async () => {
  demo = join(newFolder(), 'made', 'when-missing');
  await makeDemo(demo, DEMO_SEED);
  events = await eventsIn(demo);
  const copy = newFolder();
  cpSync(demo, copy, { recursive: true });
  opened = await openLedger({ dataDir: copy, logger: false, onRebuild: (why) => rebuilt.push(why) });
});

afterAll(async () => {
  await opened.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const replayed = async (folder: string, exercice: number) =>
  withLog(folder, async (store) => verifyClosings(store, exercice));

describe('the log', () => {
  it('is what is known of it, to the byte and to the cent', async () => {
    const balances = await balancesOf(opened.ledger, {});
    const found: Golden = {
      seed: DEMO_SEED,
      events: countBy(events.map((event) => event.type)),
      sha256: logDigest(events),
      slipSha256: sha256([demoSlip(DEMO_SEED).csv]),
      balances: Object.fromEntries(
        balances.map(({ schemeId, exercice, funderId, ...figures }) => [
          `${schemeId} ${exercice} ${funderId}`,
          Object.values(figures),
        ]),
      ),
      sumOfPositionsCents: sumOf(balances).positionCents,
    };
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(GOLDEN, `${JSON.stringify(found, undefined, 2)}\n`);
    expect(found).toEqual(JSON.parse(readFileSync(GOLDEN, 'utf8')));
    expect(found.sumOfPositionsCents).toBe(0);
  });

  it('has the same bytes when it is made again, and others for another seed', async () => {
    const again = newFolder();
    await makeDemo(again, DEMO_SEED);
    expect(logDigest(await eventsIn(again))).toBe(logDigest(events));
    await makeDemo(again, 2_007);
    expect(logDigest(await eventsIn(again))).not.toBe(logDigest(events));
  });

  it('holds every type of event', () => {
    const seen = new Set(events.map((event) => event.type));
    const written = Object.keys(eventTypes).filter((type) => isWritten(type));
    expect(written.filter((type) => !seen.has(type as LedgerEvent['type']))).toEqual([]);
  });

  it('is found right by the verifier, closings included', async () => {
    const verification = await withLog(demo, (store) => verifyLog(store, undefined));
    expect(verification).toMatchObject({ events: events.length, differences: [], differenceCount: 0, lateTotals: 0 });
  });

  it('has closings that a replay gives again to the cent and to the byte; in the tampered copy the later ones do not', async () => {
    expect(await replayed(demo, 2012)).toMatchObject([
      { ordinal: 1, differences: [] },
      { ordinal: 2, differences: [] },
    ]);
    expect(await replayed(demo, 2014)).toMatchObject([{ ordinal: 1, differences: [] }]);
    expect(await replayed(demo, 2015)).toEqual([]);
    const [last] = await replayed(join(demo, 'tampered'), 2014);
    expect(last!.differences.at(-1)).toMatch(/^seal: closed on root hash /);
  });

  it('is found altered by the verifier in its tampered copy, at one payment of which a cent has moved', async () => {
    const tampered = await eventsIn(join(demo, 'tampered'));
    const altered = tampered.filter((event, i) => eventLine(event) !== eventLine(events[i]!));
    expect(altered).toMatchObject([{ type: 'PaymentRecorded.v1' }]);
    const { differences } = await withLog(join(demo, 'tampered'), (store) => verifyLog(store, undefined));
    const { position } = altered[0]!;
    expect(differences).toContainEqual(expect.objectContaining({ code: 'SHARES_RULE', position }));
    expect(differences.filter((difference) => difference.code === 'SHARES_SUM')).toEqual([]);
    // whoever keeps a seal from before knows that it is older than the change
    const broken = differences.find((difference) => difference.code === 'SEAL_ROOT')!.position;
    const sealedAt = ofType('LogSealed.v1').map((seal) => seal.position);
    expect(broken).toBe(sealedAt.find((at) => at > position));
    expect(broken).toBeGreaterThan(sealedAt[0]!);
  });

  it('is sealed every year with a key that says it is known to everybody', async () => {
    const { seals, sealKeys } = await withLog(demo, (store) => verifyLog(store, undefined));
    const key = readFileSync(join(demo, 'seal-key.pem'), 'utf8');
    expect(key).toMatch(/^Clé de démonstration \(graine 276\) : tout le monde la connaît/);
    expect({ seals, sealKeys }).toEqual({ seals: 11, sealKeys: [new SealKey(join(demo, 'seal-key.pem')).fingerprint] });
  });
});

describe('the sizes', () => {
  it('are those promised', () => {
    expect(ofType('GrantAwarded.v1')).toHaveLength(120);
    expect(ofType('PaymentRecorded.v1').length).toBeGreaterThanOrEqual(950);
    expect(ofType('PaymentRecorded.v1').length).toBeLessThanOrEqual(1_050);
    expect(events.length).toBeLessThanOrEqual(10_000);
  });

  it('put 35 to 45 % of each exercice’s payments between 15 November and 31 January', () => {
    const payments = ofType('PaymentRecorded.v1').map((event) => event.data);
    const all = countBy(payments.map(({ exercice }) => String(exercice)));
    const late = countBy(
      payments.filter(({ paidOn, exercice }) => paidOn >= `${exercice}-11-15`).map(({ exercice }) => String(exercice)),
    );
    for (const [exercice, count] of Object.entries(all)) {
      const percent = (late[exercice]! * 100) / count;
      expect([exercice, percent >= 35 && percent <= 45]).toEqual([exercice, true]);
    }
    expect(Object.keys(all)).toEqual(Array.from({ length: 10 }, (_, i) => String(2_007 + i)));
  });
});

describe('the story', () => {
  it('is recorded on the days on which it happens', () => {
    for (const { data, recordedAt } of ofType('PaymentRecorded.v1')) {
      const on = dayOf(recordedAt);
      expect(data.paidOn <= on).toBe(true);
      expect(Date.parse(on) - Date.parse(data.paidOn)).toBeLessThan(40 * 86_400_000);
    }
    expect(dayOf(events[0]!.recordedAt)).toBe('2007-01-02');
    expect(dayOf(events.at(-1)!.recordedAt).slice(0, 4)).toBe('2016');
  });

  it('is told no by each of these rules', () => {
    const refused = scenario(DEMO_SEED)
      .map((step) => step.expect)
      .filter((answer) => answer !== 'recorded');
    expect(countBy(refused)).toEqual({
      'already-recorded': 1,
      CEILING_EXCEEDED: 1,
      CLOSING_SELF_COUNTERSIGNED: 1,
      CONTRACT_AXIS_IN_USE: 1,
      CONTRACT_DENOUNCED: 1,
      EXERCICE_CLOSED: 1,
      EXERCICE_REQUIRED: 1,
      FUNDING_CALL_EMPTY: 1,
      GRANT_NOT_ACTIVE: 2,
      GRANT_OVERLAP: 1,
      GRANT_SCHEME_CLOSED: 1,
      ORDER_NUMBER_REUSED: 1,
      PAYMENT_EXCEEDS_GRANT: 2,
      POSSIBLE_DOUBLE: 2,
      REOPENING_ALONE: 1,
      SELF_APPROVAL: 1,
      SETTLEMENT_EXERCICE_CLOSED: 1,
      SETTLEMENT_EXERCICE_CLOSING: 1,
      SPLIT_KEY_DIFFERS: 1,
      SPLIT_KEY_RETROACTIVE: 1,
    });
  });

  it('lets a double and an exceeded ceiling through with a warning', () => {
    const warnings = ofType('PaymentRecorded.v1').flatMap(({ data }) =>
      (data.warnings ?? []).map((warning) => `${warning.code} ${data.schemeId}`),
    );
    expect(new Set(warnings)).toEqual(
      new Set([
        'POSSIBLE_DOUBLE emplois-tremplins',
        'BUDGET_EXCEEDED operations-axe-4',
        'BUDGET_EXCEEDED emplois-tremplins',
        'CEILING_EXCEEDED vehicules-sportifs',
      ]),
    );
  });

  it('splits emplois-tremplins 51/35/14 from April 2011 on, grants of before included', () => {
    const payments = ofType('PaymentRecorded.v1').filter(({ data }) => data.schemeId === 'emplois-tremplins');
    for (const { data } of payments) expect(data.split.keyVersion).toBe(data.paidOn < '2011-04-01' ? 1 : 2);
    expect(payments.some(({ data }) => data.grantId.startsWith('ET-2009') && data.split.keyVersion === 2)).toBe(true);
  });

  it('recovers an overpayment in three parts', () => {
    const parts = ofType('RecoveryRecorded.v1').map(({ data }) => data);
    expect(parts).toHaveLength(3);
    expect(new Set(parts.map(({ paymentId }) => paymentId)).size).toBe(1);
  });

  it('has a département pay a body of the other one', () => {
    const grants = ofType('GrantAwarded.v1').filter(({ data }) => data.schemeId === 'bases-de-loisirs');
    for (const { data } of grants) {
      expect(data.beneficiary.commune).toMatch(/^27/);
      expect(data.instructedBy).toBe('seine-maritime');
    }
  });

  it('signs the contract with its real figures, and consumes it to the cent of the balances', async () => {
    const contract = opened.ledger.contracts.remembered('contrat-276') as SignedContract;
    expect(contract.signed).toMatchObject({ envelopeCents: 96_618_000_000, axesGapCents: 2_000_000 });
    expect(contract).toMatchObject({ status: 'denounced', terms: { period: { to: '2015-12-31' } } });
    const { envelope, axes, funders, subContracts } = await consumptionOf(opened.ledger, contract, {});
    const balances = (await balancesOf(opened.ledger, {})).filter(({ schemeId }) => schemeId !== 'insertion');
    expect(envelope.paidCents).toBe(sumOf(balances).shareDueCents);
    expect(envelope.grantedCents).toBe(sumOf(balances).grantedShareCents);
    for (const rows of [axes, funders])
      for (const column of ['grantedCents', 'cperCents', 'countedCents', 'paidCents'] as const)
        expect(sumCents(rows.map((row) => row[column]))).toBe(envelope[column]);
    expect([envelope.cperCents > 0, axes[1]!.cperCents]).toEqual([true, envelope.cperCents]);
    expect(subContracts[0]!.remainingCents).toBeGreaterThan(0);
  });

  it('shows what each département paid in the other', async () => {
    const contract = opened.ledger.contracts.remembered('contrat-276') as SignedContract;
    const { rows, totals } = await crossTerritoryOf(opened.ledger, contract, {});
    const departements = totals.filter(({ departement }) => departement !== null);
    for (const { insideCents, outsideCents, unknownCents, shareDueCents } of departements) {
      expect(insideCents! + outsideCents! + unknownCents).toBe(shareDueCents);
      expect(Math.min(insideCents!, outsideCents!)).toBeGreaterThan(0);
    }
    const leisure = rows.filter((row) => row.schemeId === 'bases-de-loisirs' && row.funderId === 'seine-maritime');
    expect(leisure.length).toBeGreaterThan(5);
    for (const { outsideCents, shareDueCents } of leisure) expect(outsideCents).toBe(shareDueCents);
  });

  it('closes all schemes but one with the contract, and gives the region its new name', () => {
    const closed = ofType('SchemeClosed.v1').map(({ data }) => data);
    expect(closed.map(({ closedOn }) => closedOn)).toEqual(closed.map(() => '2015-12-31'));
    expect(closed).toHaveLength(ofType('SchemeOpened.v1').length - 1);
    const after = ofType('PaymentRecorded.v1').filter(({ data }) => data.paidOn > '2015-12-31');
    expect(new Set(after.map(({ data }) => data.schemeId))).toEqual(new Set(['insertion']));
    expect(ofType('FunderRenamed.v1')).toMatchObject([
      { data: { funderId: 'region', name: 'Région Normandie', siret: '20005340300057', effectiveFrom: '2016-01-01' } },
    ]);
  });

  it('closes the exercices 2007 to 2014 with their totals, signed by all; 2012 twice', () => {
    const closings = ofType('ExerciceClosed.v2').map(({ data }) => data);
    expect(closings.map(({ exercice, ordinal }) => [exercice, ordinal])).toEqual([
      ...[2007, 2008, 2009, 2010, 2011, 2012].map((exercice) => [exercice, 1]),
      [2012, 2],
      [2013, 1],
      [2014, 1],
    ]);
    for (const { totals, proposedBy, signatures } of closings) {
      expect(totals.length).toBeGreaterThan(10);
      expect(proposedBy.funderId).toBe('region');
      expect(signatures.map(({ funderId }) => funderId)).toEqual(['seine-maritime', 'eure']);
    }
  });

  it('seals each closing with the tree head of the log it stands on', () => {
    const tree = new MerkleTree();
    const heads = new Map(
      events.map((event) => {
        tree.add(canonicalEvent(event));
        return [String(event.position), tree.head];
      }),
    );
    for (const { data } of ofType('ExerciceClosed.v2'))
      expect(data.seal).toEqual({
        treeSize: heads.get(data.atPosition)!.size,
        rootHash: heads.get(data.atPosition)!.rootHash,
      });
  });

  it('keeps the funders of an equal key together at every point of history (R12)', () => {
    const equal = new Set<string>();
    const nets = new Map<string, Map<string, number>>();
    const given = new Map<string, number>();
    const keys = [...ofType('SchemeOpened.v1'), ...ofType('SplitKeyAgreed.v1')];
    for (const { type, data } of keys) {
      const version = type === 'SchemeOpened.v1' ? 1 : data.version;
      if (new Set(data.splitKey.map((part) => part.weight)).size > 1) continue;
      equal.add(`${data.schemeId} ${version}`);
      nets.set(`${data.schemeId} ${version}`, new Map(data.splitKey.map((part) => [part.funderId, 0])));
    }
    expect(equal.size).toBe(5);
    for (const event of events) {
      const change = totalsChangeOf(event);
      if (change === undefined || !equal.has(`${change.schemeId} ${change.keyVersion}`)) continue;
      const key = `${change.schemeId} ${change.keyVersion}`;
      const net = nets.get(key)!;
      if (change.sign < 0) given.set(key, (given.get(key) ?? 0) + 1);
      for (const { funderId, amountCents } of change.shares)
        net.set(funderId, net.get(funderId)! + change.sign * amountCents);
      const totals = Array.from(net.values());
      expect(Math.max(...totals) - Math.min(...totals)).toBeLessThanOrEqual(1 + (given.get(key) ?? 0));
    }
    expect(given.get('emplois-tremplins 1')).toBeGreaterThanOrEqual(5);
  });

  it('names nobody: fictive bodies whose identifiers validate', () => {
    const { awards } = demoSlip(DEMO_SEED);
    for (const { beneficiary, postId } of [...ofType('GrantAwarded.v1').map(({ data }) => data), ...awards]) {
      const { name, siret, rna, commune } = beneficiary;
      expect(name).toMatch(/ \(démo\)$/);
      expect(isCommune(commune) && /^(27|76)/.test(commune)).toBe(true);
      expect(siret === undefined || (isSiret(siret) && siret.startsWith('000'))).toBe(true);
      expect(rna === undefined || (isRna(rna) && /^W(276|761)/.test(rna))).toBe(true);
      expect(postId ?? 'POSTE-2010-00042').toMatch(/^POSTE-\d{4}-\d{5}$/);
    }
  });
});

describe('the folder', () => {
  it('has read models that stand on its log', () => {
    expect(rebuilt).toEqual([]);
  });

  it('is left as it is when the demonstration is there', async () => {
    const log = readFileSync(join(demo, 'ledger.db'));
    const progress: number[] = [];
    await makeDemo(demo, DEMO_SEED, (done) => progress.push(done));
    expect(progress).toEqual([]);
    expect(readFileSync(join(demo, 'ledger.db')).equals(log)).toBe(true);
  });

  it('is made anew after an interruption', async () => {
    const folder = newFolder();
    cpSync(demo, folder, { recursive: true });
    writeFileSync(join(folder, 'demo.json'), '{"seed":276,"version":4,"state":"making"}');
    await makeDemo(folder, DEMO_SEED);
    expect(logDigest(await eventsIn(folder))).toBe(logDigest(events));
  });

  it('is refused when it holds another ledger', async () => {
    const folder = newFolder();
    await (await openLedger({ dataDir: folder, logger: false })).close();
    await expect(makeDemo(folder, DEMO_SEED)).rejects.toThrow(NotADemo);
    expect(existsSync(join(folder, 'demo.json'))).toBe(false);
    expect(await eventsIn(folder)).toHaveLength(5);
  });
});

describe('the slip', () => {
  it('is recorded line by line once its grants are awarded', async () => {
    const { awards, csv } = demoSlip(DEMO_SEED);
    const authorization = `Bearer ${opened.operatorKey}`;
    for (const { type: _, ...payload } of awards) {
      const reply = await opened.app.inject({
        method: 'POST',
        url: '/api/v1/grants',
        headers: { authorization },
        payload,
      });
      expect([reply.statusCode, reply.body]).toEqual([201, expect.anything()]);
    }
    const reply = await opened.app.inject({
      method: 'POST',
      url: '/api/v1/imports',
      headers: { authorization, 'content-type': 'text/csv' },
      payload: csv,
    });
    const { counts } = reply.json<{ counts: Record<string, number> }>();
    expect(counts).toMatchObject({ recorded: 500, rejected: 0 });
  });

  it('is an office CSV', () => {
    const lines = demoSlip(DEMO_SEED).csv.split('\r\n');
    expect(lines[0]).toBe('\uFEFFgrantId;paymentId;amount;paidOn;instalment;orderNumber');
    expect(lines.slice(1, -1)).toHaveLength(500);
    for (const line of lines.slice(1, -1))
      expect(line).toMatch(
        /^(INS|ET)-2015-\d{3};[^;]+;\d+,\d{2};\d{2}\/\d{2}\/2015;(advance|interim|balance);2015-B-\d{5}$/,
      );
    expect(lines.at(-1)).toBe('');
  });
});
