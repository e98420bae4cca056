/** History, on the demonstration's ten years: any filter of the log, the trail of any payment, and tables that a replay gives again. */

import Database from 'better-sqlite3';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandBus } from '@nestjs/cqrs';
import type { StoredEvent } from '#libs/event-store/event-store';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { tableDifferences } from '#libs/projections/compare-tables';
import { ReadModel } from '#libs/projections/read-model';
import { rebuild } from '#libs/projections/rebuild';
import { readLedgerEvent, type StoredLedgerEvent } from '../src/catalogue.js';
import { DEMO_SEED } from '../src/demo/scenario.js';
import { makeDemo } from '../src/demo/make-demo.js';
import { HandleFunder } from '../src/funders/funder.handler.js';
import { factsOf } from '../src/history/event-facts.movements.js';
import { filterOf } from '../src/history/log-filter.js';
import { searchLog } from '../src/history/log-search.js';
import { verifyLedger } from '../src/history/verify-ledger.js';
import { projections } from '../src/ledger.js';
import { openLedger, type OpenedLedger } from '../src/server.js';
import { linesOf, Person, type List } from './stories/kit.js';

interface Logged {
  readonly position: string;
  readonly type: string;
  readonly label: string;
  readonly actor: string;
  readonly causationId: string | null;
}

interface Step extends Logged {
  readonly kind: string;
  readonly sentence: string;
  readonly eventId: string;
  readonly keyVersion: number | null;
  readonly ruleVersion: number | null;
  readonly shares: readonly { readonly funderId: string; readonly amountCents: number }[];
  readonly seal: { readonly treeSize: number; readonly rootHash: string } | null;
  readonly link: string;
}

let folder: string;
let events: readonly StoredLedgerEvent[];
let opened: OpenedLedger;
let operator: Person;
/** As the demonstration's own projector made it, event by event, while it was played. */
let longLived: string;
let again: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'history-spec-'));
  await makeDemo(folder, DEMO_SEED);
  longLived = join(folder, 'long-lived.db');
  again = join(folder, 'again.db');
  copyFileSync(join(folder, 'read-models.db'), longLived);
  opened = await openLedger({ dataDir: folder, logger: false });
  operator = new Person(opened.app, opened.operatorKey);
  events = (await opened.ledger.store.readAll(0, 100_000)).map(readLedgerEvent);
  await rebuild(opened.ledger.store, { file: again, projections, read: readLedgerEvent });
});

afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true });
});

const byPosition = (found: readonly { readonly position: number | string }[]) =>
  found.map(({ position }) => Number(position));
const metadataOf = (event: StoredEvent) => event.metadata as Readonly<Record<string, string>>;

/** What each filter means, said once more without the index. */
const FILTERS: readonly [string, (event: StoredLedgerEvent) => boolean][] = [
  [
    'recordedFrom=2010-01-01T00:00:00Z&recordedTo=2010-06-30T23:59:59.999Z',
    ({ recordedAt }) => recordedAt >= Date.parse('2010-01-01') && recordedAt < Date.parse('2010-07-01'),
  ],
  [
    'from=2010-12-01&to=2011-01-31',
    ({ data }) => (factsOf(data).on ?? '') >= '2010-12-01' && (factsOf(data).on ?? '9') <= '2011-01-31',
  ],
  ['actor=eure/poste-1', (event) => metadataOf(event)['actor'] === 'eure/poste-1'],
  [
    'type=PaymentReversed.v1,RecoveryRecorded.v1',
    ({ type }) => type === 'PaymentReversed.v1' || type === 'RecoveryRecorded.v1',
  ],
  ['category=settlement&scheme=insertion', ({ stream }) => stream === 'settlement-insertion'],
  ['stream=exercice-2012', ({ stream }) => stream === 'exercice-2012'],
  [
    'funder=seine-maritime&type=ContributionRecorded.v1',
    ({ type, data }) => type === 'ContributionRecorded.v1' && [data.from, data.to].includes('seine-maritime'),
  ],
  [
    'minCents=1000000&maxCents=2000000',
    ({ data }) => (factsOf(data).amountCents ?? 0) >= 1_000_000 && (factsOf(data).amountCents ?? 0) <= 2_000_000,
  ],
  ['grant=ET-2009-005', ({ stream }) => stream === 'grant-ET-2009-005'],
  ['payment=VEH-2012-001-V02', ({ data }) => 'paymentId' in data && data.paymentId === 'VEH-2012-001-V02'],
  ['payment=nowhere', () => false],
  ['grant=ET-2009-005&stream=grant-other', () => false],
  ['funder=nobody', () => false],
];

async function everyPage(path: string, size: number): Promise<Logged[]> {
  const found: Logged[] = [];
  for (let cursor = ''; ;) {
    const { body } = await operator.get<List<Logged>>(`${path}&size=${size}${cursor}`);
    found.push(...body.data);
    if (body.page.next === null) return found;
    cursor = `&cursor=${body.page.next}`;
  }
}

describe('The log', () => {
  it.each(FILTERS)('filtered by %s holds exactly what is meant', async (query, isMeant) => {
    const meant = byPosition(events.filter(isMeant));
    expect(byPosition(await everyPage(`/log?${query}`, 40))).toEqual(meant.toReversed());
    expect(byPosition(await everyPage(`/log?${query}&sort=recorded`, 500))).toEqual(meant);
    const { text, headers } = await operator.get(`/events?${query}&limit=100000`);
    expect(byPosition(linesOf(text))).toEqual(meant);
    expect(headers['ledger-position']).toBe(String(events.length));
  });

  it('is looked through in parts of any size, with the same result', async () => {
    const { ledger } = opened;
    const filter = filterOf({ funder: 'eure', minCents: '500000' }, () => undefined)!;
    const found = async (order: 'oldest-first' | 'newest-first', rowsAtOnce: number) => {
      const positions: number[] = [];
      for await (const { position } of searchLog(ledger, { filter, order, upTo: events.length }, rowsAtOnce))
        positions.push(position);
      return positions;
    };
    const whole = await found('oldest-first', 50_000);
    expect(whole.length).toBeGreaterThan(100);
    for (const rowsAtOnce of [7, 2_000]) {
      expect(await found('oldest-first', rowsAtOnce)).toEqual(whole);
      expect(await found('newest-first', rowsAtOnce)).toEqual(whole.toReversed());
    }
  });

  it('is fed filtered, each line with its own position; who got fewer lines than asked goes on where the answer stood', async () => {
    const seen: number[] = [];
    let stood = '';
    for (let after = 0; ;) {
      const { text, headers } = await operator.get(`/events?type=GrantClosed.v1&after=${after}&limit=10`);
      const lines = linesOf(text);
      seen.push(...byPosition(lines));
      stood = String(headers['ledger-position']);
      if (lines.length < 10) break;
      after = Number(lines.at(-1)!.position);
    }
    expect(stood).toBe(String(events.length));
    expect(seen).toEqual(byPosition(events.filter(({ type }) => type === 'GrantClosed.v1')));
  });

  it.each([
    ['type=Nothing.v1', '/type'],
    ['type=', '/type'],
    ['minCents=1.5', '/minCents'],
    ['from=2010-02-30', '/from'],
    ['recordedFrom=yesterday', '/recordedFrom'],
    ['category=payments', '/category'],
    ['sort=amount', '/sort'],
    ['cursor=x', '/cursor'],
    ['colour=red', '/colour'],
  ])('refuses %s', async (query, pointer) => {
    expect(await operator.get(`/log?${query}`)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });

  it('does not take a cursor for another order', async () => {
    const { body } = await operator.get<List>('/log?size=1');
    expect(await operator.get(`/log?sort=recorded&cursor=${body.page.next}`)).toMatchObject({ status: 400 });
  });
});

async function trail(paymentId: string, language = 'fr'): Promise<readonly Step[]> {
  const { body } = await operator.get<{ steps: Step[] }>(`/payments/${paymentId}/trail`, {
    'accept-language': language,
  });
  return body.steps;
}

function idOf(steps: readonly Step[], kind: string): string {
  return steps.find((step) => step.kind === kind)!.eventId;
}

function causeOf(steps: readonly Step[], kind: string): string | null {
  return steps.find((step) => step.kind === kind)!.causationId;
}

function sumOf(shares: Step['shares'], funderId: string): number {
  return shares.filter((share) => share.funderId === funderId).reduce((sum, share) => sum + share.amountCents, 0);
}

/** A payment to which something particular happened. */
function paymentWith(type: StoredLedgerEvent['type']): string {
  const event = events.find((each) => each.type === type)!;
  return (event.data as { readonly paymentId: string }).paymentId;
}

describe('The trail of a payment', () => {
  it('goes from the decision to the closing, in order, and knows who, when, under which key and rule', async () => {
    const matched = events.find((event) => event.type === 'MatchMade.v1')!.data.payments[0]!;
    const steps = await trail(matched);
    const kinds = steps.map(({ kind }) => kind);
    for (const kind of [
      'referral',
      'split-key',
      'grant',
      'payment',
      'funding-call',
      'contribution',
      'reconciliation',
      'closing',
    ])
      expect(kinds).toContain(kind);
    expect(byPosition(steps)).toEqual(byPosition(steps).toSorted((a, b) => a - b));
    const payment = steps.find(({ kind }) => kind === 'payment')!;
    expect(payment).toMatchObject({ keyVersion: 1, ruleVersion: 1, link: `/api/v1/payments/${matched}/why` });
    const recorded = events.find((event) => event.type === 'PaymentRecorded.v1' && event.data.paymentId === matched)!;
    expect(payment).toMatchObject({ eventId: recorded.id, actor: metadataOf(recorded)['actor'] });
    expect(payment.shares).toMatchObject((recorded.data as unknown as { shares: object[] }).shares);
    const closing = steps.find(({ kind }) => kind === 'closing')!;
    expect(closing.sentence).toContain(closing.seal!.rootHash);
  });

  it('holds a recovery in three parts, each in the call that took it, and the contributions to these calls', async () => {
    const paymentId = paymentWith('RecoveryRecorded.v1');
    const steps = await trail(paymentId);
    expect(steps.filter(({ kind }) => kind === 'recovery')).toHaveLength(3);
    const calls = events.filter(
      (event) => event.type === 'FundingCallIssued.v2' && event.data.lines.some((line) => line.paymentId === paymentId),
    );
    expect(byPosition(steps.filter(({ kind }) => kind === 'funding-call'))).toEqual(byPosition(calls));
    const callIds = calls.map(({ data }) => ('callId' in data ? data.callId : undefined));
    const contributions = events.filter(
      (event) => event.type === 'ContributionRecorded.v1' && callIds.includes(event.data.callId),
    );
    expect(byPosition(steps.filter(({ kind }) => kind === 'contribution'))).toEqual(byPosition(contributions));
    // what all calls together ask for this payment is what is left of it
    const called = steps.filter(({ kind }) => kind === 'funding-call').flatMap(({ shares }) => shares);
    const borne = steps.filter(({ kind }) => kind === 'payment' || kind === 'recovery').flatMap(({ shares }) => shares);
    for (const funderId of ['region', 'eure', 'seine-maritime'])
      expect(sumOf(called, funderId)).toBe(sumOf(borne, funderId));
  });

  it('says what caused what: an approval its proposal, a reissue the bank return, a closing the last signature', async () => {
    const approved = await trail(paymentWith('ApprovalReasonGiven.v1'));
    expect(causeOf(approved, 'approval')).toBe(idOf(approved, 'proposal'));
    expect(causeOf(approved, 'payment')).toBe(idOf(approved, 'approval'));
    const refused = await trail(paymentWith('PaymentRefused.v1'));
    expect(causeOf(refused, 'refusal')).toBe(idOf(refused, 'proposal'));
    const reissued = await trail(paymentWith('PaymentReissued.v1'));
    expect(causeOf(reissued, 'reissue')).toBe(idOf(reissued, 'bank-return'));
    for (const closing of events.filter(({ type }) => type === 'ExerciceClosed.v2')) {
      const cause = events.find(({ id }) => id === metadataOf(closing)['$causationId'])!;
      expect(cause).toMatchObject({ type: 'ExerciceClosingCountersigned.v1', stream: closing.stream });
      expect(events.find(({ id }) => id === metadataOf(cause)['$causationId'])?.type).toBe(
        'ExerciceClosingProposed.v1',
      );
    }
    for (const event of events) expect(metadataOf(event)['$correlationId']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('leaves out what happened to other payments of the grant', async () => {
    const paymentId = paymentWith('RecoveryRecorded.v1');
    const told = (await trail(paymentId)).map(({ eventId }) => events.find(({ id }) => id === eventId)!);
    const named = told.flatMap(({ data }) => ('paymentId' in data ? data.paymentId : []));
    expect([...new Set(named)]).toEqual([paymentId]);
  });

  it('of every payment can be told, in both languages', async () => {
    const payments = events.filter((event) => event.type === 'PaymentRecorded.v1').filter((_, i) => i % 25 === 0);
    for (const { data } of payments) {
      const [fr, en] = [await trail(data.paymentId), await trail(data.paymentId, 'en')];
      expect(en.map(({ eventId }) => eventId)).toEqual(fr.map(({ eventId }) => eventId));
      for (const [i, { sentence, label }] of fr.entries()) {
        expect(`${sentence} ${label}`).not.toMatch(/undefined|NaN/);
        expect(en[i]!.sentence).not.toBe(sentence.length > 0 && en[i]!.kind !== 'payment' ? sentence : '');
      }
    }
  });

  it('is not found for a payment that is none', async () => {
    expect(await operator.get('/payments/nowhere/trail')).toMatchObject({ status: 404 });
  });
});

/** Read models that take one event after another. */
function growing(file: string) {
  ReadModel.create(file, projections).finish();
  return ReadModel.open(file, projections)!;
}

describe('The tables', () => {
  it('of a long-lived ledger hold, byte for byte, what a rebuild gives', () => {
    expect(Array.from(tableDifferences(longLived, again))).toEqual([]);
  });

  it('are the same grown one event at a time, or broken off and gone on with', () => {
    const file = join(folder, 'grown.db');
    let model = growing(file);
    for (const [i, event] of events.entries()) {
      // nothing but its file is left of a process that dies
      if (i % 500 === 499) {
        model.close();
        model = ReadModel.open(file, projections)!;
      }
      model.apply([event]);
    }
    model.close();
    expect(Array.from(tableDifferences(file, again))).toEqual([]);
  });

  it('differ by name wherever one value, one row or one table is another', () => {
    const changed = join(folder, 'changed.db');
    copyFileSync(again, changed);
    const db = new Database(changed);
    const names = db
      .prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'checkpoint'",
      )
      .all() as { name: string }[];
    const expected: string[] = [];
    for (const { name } of names) {
      const columns = db.prepare('SELECT name, pk FROM pragma_table_info(?)').all(name) as {
        name: string;
        pk: number;
      }[];
      const rows = db.prepare(`SELECT count(*) AS count FROM ${name}`).get() as { count: number };
      const column = columns.find(({ pk }) => pk === 0)?.name;
      if (rows.count === 0) continue;
      const key = columns.filter(({ pk }) => pk > 0).map((each) => each.name);
      const first = `(${key.join(', ')}) IN (SELECT ${key.join(', ')} FROM ${name} ORDER BY ${key.join(', ')} LIMIT 1)`;
      if (column === undefined) db.exec(`DELETE FROM ${name} WHERE ${first}`);
      else db.exec(`UPDATE ${name} SET ${column} = 987654321 WHERE ${first}`);
      expected.push(`${name} ${column ?? ''}`);
    }
    db.exec('DROP INDEX payments_by_day; CREATE TRIGGER sly AFTER INSERT ON payments BEGIN DELETE FROM noted; END');
    db.close();
    const found = Array.from(tableDifferences(changed, again));
    expect(expected.length).toBeGreaterThan(35);
    expect(new Set(found.map(({ table, column }) => `${table} ${column}`))).toEqual(
      new Set([...expected, 'payments_by_day ', 'sly ']),
    );
    expect(found).toHaveLength(expected.length + 2);
  });
});

/** @param where the log's folder, inside the demonstration's */
async function verified(where: string, shownFile: string) {
  const store = new SqliteEventStore(join(folder, where, 'ledger.db'), { readOnly: true });
  try {
    return await verifyLedger(store, { shownFile, scratchFile: join(folder, 'scratch.db'), writers: 'one' });
  } finally {
    await store.close();
  }
}

describe('Verification', () => {
  it('finds nothing wrong with what is right: log, closings, seals, every table', async () => {
    expect(await verified('.', again)).toMatchObject({ differenceCount: 0, tablesAt: events.length });
  });

  it('names the table, the row, the column and both values of what is shown wrongly', async () => {
    const wrong = join(folder, 'wrong.db');
    copyFileSync(again, wrong);
    const db = new Database(wrong);
    const { grant_id: id, beneficiary_name: name } = db
      .prepare('SELECT * FROM grants ORDER BY position LIMIT 1')
      .get() as Record<string, string>;
    db.prepare("UPDATE grants SET beneficiary_name = 'Autre (démo)' WHERE grant_id = ?").run(id);
    db.prepare("UPDATE checkpoint SET event_id = 'another'").run();
    db.close();
    const { differences, differenceCount } = await verified('.', wrong);
    expect(differenceCount).toBe(2);
    expect(differences[0]).toMatchObject({ code: 'CHECKPOINT', position: events.length });
    expect(differences[1]).toMatchObject({ code: 'SHOWN_TABLE', stream: 'grants' });
    expect(differences[1]!.detail).toContain(
      `beneficiary_name: shown "Autre (démo)", replayed ${JSON.stringify(name)}`,
    );
  });

  it('finds the closings whose seal is not of this log, beside the event that somebody changed', async () => {
    const { differences } = await verified('tampered', again);
    expect(differences[0]!.code).not.toBe('SHOWN_TABLE');
    expect(differences.some(({ code }) => code === 'CLOSING_SEAL')).toBe(true);
    expect(differences.some(({ code }) => code === 'SHOWN_TABLE')).toBe(true);
  });
});

describe('Two requests whose ids have one fingerprint', () => {
  it('are told apart all the same', async () => {
    const commands = opened.app.get(CommandBus);
    for (const correlationId of ['costarring', 'liquid'])
      await commands.execute(
        new HandleFunder(
          {
            type: 'RegisterFunder',
            funderId: correlationId,
            name: `Collectivité ${correlationId} (démo)`,
            kind: 'autre',
          },
          { actor: 'region/poste-9', correlationId, dryRun: false },
        ),
      );
    const found = await everyPage('/log?correlation=liquid', 50);
    expect(found).toMatchObject([{ type: 'FunderRegistered.v1', data: { funderId: 'liquid' } }]);
  });
});
