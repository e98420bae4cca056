/** Slips over HTTP: a bordereau of payments recorded like single payments, judged line by line, safe to send again. */

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreUnavailable } from '#libs/event-store/event-store';
import type { Role } from '../../src/access/roles.js';
import { slipRejections } from '../../src/imports/slip.rejections.js';
import { openLedger, type OpenedLedger } from '../../src/server.js';
import { siret } from './kit.js';

const TODAY = Date.parse('2011-02-28T12:00:00Z');
const HEADER = 'grantId;paymentId;amount;paidOn;instalment;orderNumber';

interface LineOfReport {
  line: number;
  grantId: string;
  paymentId: string;
  result: string;
  shares?: { funderId: string; amountCents: number }[];
  proposalId?: string;
  errors?: { column?: string; code: string; detail: string }[];
}

interface Report {
  mode: string;
  dryRun: boolean;
  outcome: string;
  counts: Record<string, number>;
  lines: LineOfReport[];
  position: string;
}

interface Problem {
  status: number;
  code: string;
  detail: string;
  errors?: { line?: number; column?: string; code: string }[];
}

const folders: string[] = [];
const ledgers: OpenedLedger[] = [];
let opened: OpenedLedger;
let officer: string;

function tokenOf(role: Role): string {
  return opened.access.tokens.issue(role, 'region', `${role}-${opened.access.tokens.list().length}`, 30).token;
}

async function newLedger(dataDir = mkdtempSync(join(tmpdir(), 'import-story-'))): Promise<OpenedLedger> {
  folders.push(dataDir);
  const ledger = await openLedger({ dataDir, logger: false, clock: () => TODAY });
  ledgers.push(ledger);
  return ledger;
}

async function openOne(): Promise<void> {
  opened = await newLedger();
  officer = tokenOf('officer');
}

async function closeAll(): Promise<void> {
  for (const ledger of ledgers.splice(0)) await ledger.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

function ledgerForEach(): void {
  beforeEach(openOne);
  afterEach(closeAll);
}

function ledgerForAll(): void {
  beforeAll(openOne);
  afterAll(closeAll);
}

function expectNothingLeftOnDisk(): void {
  for (const { folder } of ledgers) expect(readdirSync(folder.file('slips'))).toEqual([]);
}

async function post(
  url: string,
  payload: object,
  { ledger = opened, token = ledger.operatorKey }: { ledger?: OpenedLedger; token?: string } = {},
) {
  const reply = await ledger.app.inject({
    method: 'POST',
    url: `/api/v1${url}`,
    headers: { authorization: `Bearer ${token}` },
    payload,
  });
  return { status: reply.statusCode, body: reply.json<Record<string, unknown>>() };
}

async function get<Body>(url: string, ledger = opened): Promise<Body> {
  const headers = { authorization: `Bearer ${ledger.operatorKey}` };
  return (await ledger.app.inject({ url: `/api/v1${url}`, headers })).json<Body>();
}

interface Sent {
  readonly query?: string;
  readonly token?: string;
  readonly accept?: string;
  readonly 'accept-language'?: string;
}

/** Sends a slip; the report, or the problem. */
async function send(slip: string | Buffer, { query = '', token = officer, ...headers }: Sent = {}) {
  const reply = await opened.app.inject({
    method: 'POST',
    url: `/api/v1/imports${query}`,
    headers: { 'content-type': 'text/csv', authorization: `Bearer ${token}`, ...headers },
    payload: slip,
  });
  // the file of a report goes when the report is out
  await sleep(5);
  return {
    status: reply.statusCode,
    text: reply.body,
    replayed: reply.headers['idempotency-replayed'] === 'true',
    type: reply.headers['content-type'],
    report: () => reply.json<Report>(),
    problem: () => reply.json<Problem>(),
  };
}

async function award(
  n: number,
  { ledger = opened, ...other }: { ledger?: OpenedLedger; [field: string]: unknown } = {},
) {
  const { status } = await post(
    '/grants',
    {
      grantId: `G-${n}`,
      schemeId: 'insertion',
      amountCents: 100_000_000,
      beneficiary: { name: `Entreprise ${n} (démo)`, siret: siret(n) },
      agreement: { number: `C-${n}`, signedOn: '2010-01-15' },
      period: { from: '2010-01-01', to: '2011-12-31' },
      instructedBy: 'region',
      ...other,
    },
    { ledger },
  );
  expect(status).toBe(201);
}

interface Line {
  readonly grantId: string;
  readonly paymentId: string;
  readonly amountCents: number;
  readonly orderNumber: string;
}

/** Payments of different amounts over some grants. */
function payments(count: number, grants: number): Line[] {
  return Array.from({ length: count }, (_, i) => ({
    grantId: `G-${(i % grants) + 1}`,
    paymentId: `P-${i + 1}`,
    amountCents: 100 + ((i * 7_919) % 99_991),
    orderNumber: `M-${i + 1}`,
  }));
}

const euros = (cents: number) => `${Math.floor(cents / 100)},${String(cents % 100).padStart(2, '0')}`;
const slipOf = (...lines: readonly string[]) => [HEADER, ...lines, ''].join('\r\n');
const officeLine = ({ grantId, paymentId, amountCents, orderNumber }: Line) =>
  `${grantId};${paymentId};${euros(amountCents)};31/03/2010;interim;${orderNumber}`;
const pay = (paymentId: string, other: { grantId?: string; amount?: string; orderNumber?: string } = {}) =>
  `${other.grantId ?? 'G-1'};${paymentId};${other.amount ?? '10,00'};31/03/2010;interim;${other.orderNumber ?? ''}`;

const head = (ledger = opened) => ledger.ledger.store.head();
const resultsOf = ({ lines }: Report) => lines.map(({ result }) => result);
const errorsOf = ({ lines }: Report) =>
  lines.flatMap(({ line, errors = [] }) => errors.map(({ column, code }) => [line, column, code]));

describe('A slip', () => {
  ledgerForEach();
  afterEach(expectNothingLeftOnDisk);

  it('of 500 lines leads to the very shares and balances of 500 single payments', async () => {
    const single = await newLedger();
    for (const ledger of [opened, single]) for (let n = 1; n <= 50; n += 1) await award(n, { ledger });
    const lines = payments(500, 50);

    const { status, report } = await send(slipOf(...lines.map(officeLine)));
    expect(status).toBe(201);
    expect(report()).toMatchObject({ mode: 'all-or-nothing', dryRun: false, outcome: 'recorded' });
    expect(report().counts).toEqual({
      recorded: 500,
      alreadyRecorded: 0,
      awaitingApproval: 0,
      rejected: 0,
      notRecorded: 0,
    });
    expect(report().lines.map(({ line }) => line)).toEqual(lines.map((_, i) => i + 2));

    const shares: unknown[] = [];
    for (const { grantId, ...line } of lines) {
      const content = { ...line, paidOn: '2010-03-31', instalment: 'interim' };
      const { status: recorded, body } = await post(`/grants/${grantId}/payments`, content, { ledger: single });
      expect(recorded).toBe(201);
      shares.push(body['shares']);
    }
    expect(report().lines.map((line) => line.shares)).toEqual(shares);
    const balances = await get<{ position: string }>('/balances');
    expect(balances).toEqual(await get('/balances', single));
    expect(balances.position).toBe(report().position);
  }, 30_000);

  it('sent twice records nothing twice', async () => {
    for (let n = 1; n <= 5; n += 1) await award(n);
    const slip = slipOf(...payments(50, 5).map(officeLine));
    const first = await send(slip);
    const position = await head();

    for (const query of ['', '?mode=valid-lines']) {
      const again = await send(slip, { query });
      expect(again).toMatchObject({ status: 200, replayed: true });
      expect(again.report()).toMatchObject({
        outcome: 'already-recorded',
        counts: { alreadyRecorded: 50, recorded: 0 },
      });
      expect(again.report().lines).toEqual(
        first.report().lines.map((line) => ({ ...line, result: 'already-recorded' })),
      );
      expect(await head()).toBe(position);
    }
  });

  it('is all or nothing by default: one bad line and nothing is recorded', async () => {
    await award(1);
    const position = await head();
    const { status, report } = await send(
      slipOf(pay('P-1'), pay('P-2', { amount: '1.234' }), pay('P-3', { amount: '9,00' })),
    );
    expect(status).toBe(200);
    expect(report()).toMatchObject({
      outcome: 'nothing-recorded',
      counts: { recorded: 0, rejected: 1, notRecorded: 2 },
    });
    expect(resultsOf(report())).toEqual(['not-recorded', 'rejected', 'not-recorded']);
    expect(await head()).toBe(position);
  });

  it('is judged with its own earlier lines: the last euro is not paid twice', async () => {
    await award(1, { amountCents: 1_500 });
    const { report } = await send(slipOf(pay('P-1'), pay('P-2', { amount: '6,00' })));
    expect(errorsOf(report())).toEqual([[3, 'amount', 'PAYMENT_EXCEEDS_GRANT']]);
    expect(report().lines[1]!.errors![0]!.detail).toContain('5,00');
  });

  it('of valid lines records these and no others', async () => {
    await award(1);
    const slip = slipOf(pay('P-1'), pay('P-2', { grantId: 'G-9' }), pay('P-3', { amount: '11,00' }));
    const { status, report } = await send(slip, { query: '?mode=valid-lines' });
    expect(status).toBe(201);
    expect(report()).toMatchObject({ mode: 'valid-lines', outcome: 'partly-recorded' });
    expect(resultsOf(report())).toEqual(['recorded', 'rejected', 'recorded']);
    expect(errorsOf(report())).toEqual([[3, 'grantId', 'GRANT_UNKNOWN']]);
    const { data } = await get<{ data: { paymentId: string }[] }>('/payments');
    expect(data.map(({ paymentId }) => paymentId).toSorted()).toEqual(['P-1', 'P-3']);
  });

  it('says of every line what is wrong with which cell, in order and in the reader’s language', async () => {
    await award(1);
    const slip = [
      `${HEADER};paidBy;exercice;overrideReason`,
      'G-1;P-1;10,00;31/03/2010;interim;M-1;;;',
      'G 1;;1.234;2010-03-31;prime;;;;',
      'G-1;P-1;11,00;31/03/2010;interim;M-1;;;',
      'G-1;P-3;12,00;31/03/2010;interim;M-1;;;',
      'G-1;P-4;10,00;15/04/2010;interim;;;;',
      'G-1;P-5;10,00;15/04/2010;interim;;;;Deux postes',
      'G-1;P-6;13,00;15/01/2011;interim;;;;',
      'G-1;P-7;13,00;15/01/2011;interim;;;2010;',
      'G-1;P-8;14,00;31/12/2011;interim;;;;',
      'G-1;P-9;15,00;01/01/2010;interim;;;2010;',
      'G-1;P-10;16,00;31/03/2010;avance;;;;',
      'G-1;P-11;17,00;31/03/2010;solde;;paris;;',
      'G-1;P-12;18,00;31/03/2010;interim;1850578006084;;;',
      '',
    ].join('\n');
    const { report } = await send(slip, { query: '?mode=valid-lines', 'accept-language': 'en' });
    expect(errorsOf(report())).toEqual([
      [3, 'grantId', 'ID_INVALID'],
      [3, 'paymentId', 'FIELD_REQUIRED'],
      [3, 'amount', 'AMOUNT_INVALID'],
      [3, 'paidOn', 'DAY_INVALID'],
      [3, 'instalment', 'CHOICE_INVALID'],
      [4, 'paymentId', 'PAYMENT_ID_REUSED'],
      [5, 'orderNumber', 'ORDER_NUMBER_REUSED'],
      [6, 'overrideReason', 'POSSIBLE_DOUBLE'],
      [8, 'exercice', 'EXERCICE_REQUIRED'],
      [10, 'paidOn', 'DATED_IN_FUTURE'],
      [11, 'paidOn', 'PAID_BEFORE_AGREEMENT'],
      [12, 'instalment', 'ADVANCE_NOT_FIRST'],
      [13, 'paidBy', 'GRANT_FUNDER_UNKNOWN'],
      [14, 'orderNumber', 'PERSONAL_NUMBER'],
    ]);
    expect(report().lines[1]).toMatchObject({ line: 3, grantId: 'G 1', paymentId: '' });
    expect(report().lines[1]!.errors![2]!.detail).toContain('ambiguous');
    expect(report().counts).toMatchObject({ recorded: 3, rejected: 10 });
    const french = await send(slip, { query: '?mode=valid-lines' });
    expect(french.report().lines[1]!.errors![2]!.detail).toContain('ambigu');
  });

  it('rehearsed records nothing and says what it would', async () => {
    await award(1);
    const slip = slipOf(pay('P-1'), pay('P-2', { amount: '11,00' }), pay('P-1'));
    const position = await head();
    for (const mode of ['all-or-nothing', 'valid-lines']) {
      const { status, report } = await send(slip, { query: `?dryRun=true&mode=${mode}` });
      expect(status).toBe(200);
      expect(report()).toMatchObject({ mode, dryRun: true, outcome: 'recorded', position: String(position) });
      expect(resultsOf(report())).toEqual(['recorded', 'recorded', 'already-recorded']);
    }
    expect(await head()).toBe(position);
    const rehearsed = (await send(slip, { query: '?dryRun=true' })).report();
    const recorded = (await send(slip)).report();
    expect(recorded.lines).toEqual(rehearsed.lines);
  });

  it('rehearsed with a bad line says that nothing would be recorded, or only the rest', async () => {
    await award(1);
    const slip = slipOf(pay('P-1'), pay('P-2', { grantId: 'G-9' }));
    const whole = (await send(slip, { query: '?dryRun=true' })).report();
    expect([whole.outcome, ...resultsOf(whole)]).toEqual(['nothing-recorded', 'not-recorded', 'rejected']);
    const part = (await send(slip, { query: '?dryRun=true&mode=valid-lines' })).report();
    expect([part.outcome, ...resultsOf(part)]).toEqual(['partly-recorded', 'recorded', 'rejected']);
  });

  it('of 10,000 lines is recorded to the last cent, or not at all for one bad byte', async () => {
    for (let n = 1; n <= 500; n += 1) await award(n);
    const lines = payments(10_000, 500);
    const slip = slipOf(...lines.map(officeLine));
    const position = await head();
    // one byte that is a letter in Windows-1252 only, and no letter of an id
    const damaged = (await send(Buffer.from(slip.replace('P-6000;', 'P\xff6000;'), 'latin1'))).report();
    expect(damaged).toMatchObject({ outcome: 'nothing-recorded', counts: { rejected: 1, notRecorded: 9_999 } });
    expect(errorsOf(damaged)).toEqual([[6_001, 'paymentId', 'ID_INVALID']]);
    expect(await head()).toBe(position);

    const { status, report } = await send(slip);
    expect(status).toBe(201);
    expect(report()).toMatchObject({ outcome: 'recorded', counts: { recorded: 10_000, rejected: 0 } });
    const totals = new Map<string, number>();
    for (const { shares } of report().lines)
      for (const { funderId, amountCents } of shares!) totals.set(funderId, (totals.get(funderId) ?? 0) + amountCents);
    const sum = lines.reduce((total, { amountCents }) => total + amountCents, 0);
    expect([...totals.values()].reduce((total, cents) => total + cents, 0)).toBe(sum);
    expect(Math.max(...totals.values()) - Math.min(...totals.values())).toBeLessThanOrEqual(1);
    const { data } = await get<{ data: { funderId: string; shareDueCents: number }[] }>('/balances');
    expect(new Map(data.map(({ funderId, shareDueCents }) => [funderId, shareDueCents]))).toEqual(totals);
  }, 60_000);

  it('waits for the slip before it when both are all or nothing', async () => {
    await award(1, { amountCents: 1_500 });
    const [one, two] = await Promise.all([send(slipOf(pay('P-1'))), send(slipOf(pay('P-2', { amount: '9,00' })))]);
    expect([one.report().outcome, two.report().outcome].toSorted()).toEqual(['nothing-recorded', 'recorded']);
  });

  it('leaves nothing behind on disk, not even of a process that died', async () => {
    const dataDir = opened.folder.path;
    await opened.close();
    writeFileSync(join(dataDir, 'slips', 'half-a-slip'), 'x');
    ledgers.splice(0);
    opened = await newLedger(dataDir);
    expect(readdirSync(join(dataDir, 'slips'))).toEqual([]);
  });
});

describe('The two ways of writing a slip', () => {
  ledgerForEach();

  it('are read alike: office with French words, and open data', async () => {
    await award(1);
    const office = Buffer.from(
      '\ufeffDossier;Versement;Montant;Payé le;Nature;Mandat;Motif\r\nG-1;P-1;1\u202f234,56 €;31/03/2010;Acompte;n° 1;"reçu ; tard"\r\n',
    );
    expect((await send(office)).report()).toMatchObject({ outcome: 'recorded' });
    const openData =
      'overrideReason,orderNumber,instalment,paidOn,amount,paymentId,grantId\nreçu ; tard,n° 1,interim,2010-03-31,1234.56,P-1,G-1\n';
    expect((await send(openData)).report()).toMatchObject({ outcome: 'already-recorded' });
    const windows = Buffer.from(office.toString().replace('\u202f', '\u00a0').replace('€', '').slice(1), 'latin1');
    expect((await send(windows)).report()).toMatchObject({ outcome: 'already-recorded' });
  });

  it('give the report as an office CSV that is corrected and sent again', async () => {
    await award(1);
    await award(2);
    const slip = [
      'overrideReason,orderNumber,instalment,paidOn,amount,paymentId,grantId',
      ',-12,interim,2010-03-31,1234.5,P-1,G-1',
      '"a, ""b"" é",=1+1,interim,2010-03-32,0.5,P-2,G-2',
      ',,interim,2010-03-31,3.00,P-3,G-9',
      '',
    ].join('\n');
    const first = await send(slip, { query: '?mode=valid-lines', accept: 'text/csv' });
    expect(first).toMatchObject({ status: 201, type: 'text/csv; charset=utf-8' });
    const [header, ...lines] = first.text.split('\r\n');
    expect(header).toBe(
      '\ufeffoverrideReason;orderNumber;instalment;paidOn;amount;paymentId;grantId;result;code;detail',
    );
    expect(lines).toEqual([
      ";'-12;interim;31/03/2010;1234,50;P-1;G-1;recorded;;region 411,50 + seine-maritime 411,50 + eure 411,50",
      `"a, ""b"" é";'=1+1;interim;2010-03-32;0,50;P-2;G-2;rejected;DAY_INVALID;paidOn : Un jour qui existe est attendu, AAAA-MM-JJ.`,
      ';;interim;31/03/2010;3,00;P-3;G-9;rejected;GRANT_UNKNOWN;grantId : Aucun dossier ne porte l’identifiant G-9.',
      '',
    ]);

    const corrected = first.text.replace('2010-03-32', '30/03/2010').replace('P-3;G-9', 'P-3;G-2');
    const second = await send(corrected);
    expect(second.report()).toMatchObject({ outcome: 'recorded' });
    expect(resultsOf(second.report())).toEqual(['already-recorded', 'recorded', 'recorded']);
    const { data } = await get<{ data: { paymentId: string; orderNumber?: string }[] }>('/payments');
    expect(data.find(({ paymentId }) => paymentId === 'P-2')).toMatchObject({ orderNumber: '=1+1' });

    const third = await send(corrected, { accept: 'text/csv' });
    expect(third.text.split('\r\n')[0]).toBe(header);
    expect((await send(third.text)).report().outcome).toBe('already-recorded');
  });

  it.each([
    ['application/json', 'application/json; charset=utf-8'],
    ['*/*', 'application/json; charset=utf-8'],
    ['application/json, text/csv', 'application/json; charset=utf-8'],
    ['text/csv;q=0.9, application/json;q=0.1', 'text/csv; charset=utf-8'],
  ])('give the report as %s asks', async (accept, type) => {
    expect(await send(slipOf(pay('P-1')), { accept })).toMatchObject({ type });
  });
});

describe('Approval', () => {
  ledgerForEach();

  it('is awaited by a line above the threshold (R28)', async () => {
    const splitKey = ['region', 'seine-maritime', 'eure'].map((funderId) => ({ funderId, weight: 1 }));
    const scheme = { schemeId: 'grands', name: 'Grands projets', beneficiaryKind: 'enterprise', payer: 'region' };
    await post('/schemes', { ...scheme, splitKey, openedOn: '2004-01-01', approvalThresholdCents: 50_000 });
    await award(1, { schemeId: 'grands' });
    const slip = slipOf(pay('P-1'), pay('P-2', { amount: '600,00' }), pay('P-3', { amount: '700,00' }));
    const first = await send(slip);
    expect(first.status).toBe(201);
    expect(resultsOf(first.report())).toEqual(['recorded', 'awaiting-approval', 'awaiting-approval']);
    expect(first.report().counts).toMatchObject({ recorded: 1, awaitingApproval: 2 });
    expect(first.report().lines[1]!.proposalId).toBe('G-1~P-2');

    const again = await send(slip);
    expect(again).toMatchObject({ status: 200 });
    expect(again.report().outcome).toBe('already-recorded');
    expect(resultsOf(again.report())).toEqual(['already-recorded', 'awaiting-approval', 'awaiting-approval']);

    const other = tokenOf('controller');
    const { status } = await post('/approvals/G-1~P-2', { decision: 'approve' }, { token: other });
    expect(status).toBe(201);
    await post('/approvals/G-1~P-3', { decision: 'refuse', reason: 'En double' }, { token: other });
    const last = (await send(slip)).report();
    expect(resultsOf(last)).toEqual(['already-recorded', 'already-recorded', 'rejected']);
    expect(last.lines[1]!.shares).toHaveLength(3);
    expect(errorsOf(last)).toEqual([[4, 'paymentId', 'SLIP_LINE_REFUSED_EARLIER']]);
    provoked.add('SLIP_LINE_REFUSED_EARLIER');
  });
});

/** The codes that this file has seen. */
const provoked = new Set<string>();

describe('A slip is refused as a whole, and nothing recorded,', () => {
  ledgerForAll();
  beforeAll(() => award(1));
  afterEach(expectNothingLeftOnDisk);

  const good = Array.from({ length: 1_000 }, (_, i) => pay(`P-${i}`, { amount: `${i + 1},00` }));

  it.each([
    ['SLIP_EMPTY', '', undefined],
    ['SLIP_WITHOUT_LINES', `${HEADER}\r\n`, undefined],
    ['SLIP_DELIMITER_MISSING', 'bonjour', { line: 1 }],
    ['SLIP_COLUMN_MISSING', `${HEADER.replace('amount;', '')}\n${pay('P-1')}`, { column: 'amount' }],
    ['SLIP_COLUMN_UNKNOWN', `${HEADER};ville\n${pay('P-1')};Rouen`, { column: 'ville' }],
    ['SLIP_COLUMN_REPEATED', `${HEADER};Montant\n${pay('P-1')};1`, { column: 'amount' }],
    ['SLIP_QUOTES_INVALID', slipOf(...good, 'G-1;"P-9"9;1,00;31/03/2010;interim;'), { line: 1_002 }],
    ['SLIP_LINE_TOO_LONG', slipOf(...good, `G-1;"P-9${' '.repeat(70_000)}`), { line: 1_002 }],
    ['SLIP_ENCODING_INVALID', Buffer.from(slipOf(...good, pay('P\x81'), ...good), 'latin1'), { line: 1_002 }],
  ])('with %s', async (code, slip, place) => {
    const position = await head();
    for (const query of ['', '?mode=valid-lines', '?dryRun=true']) {
      const { status, problem, type } = await send(slip, { query });
      expect(problem()).toMatchObject({ status: 400, code });
      expect(problem().errors?.map(({ line, column }) => ({ line, column })) ?? []).toEqual(
        place === undefined ? [] : [place],
      );
      expect(status).toBe(400);
      expect(type).toContain('application/problem+json');
    }
    expect(await head()).toBe(position);
    provoked.add(code);
  });

  it('with SLIP_TOO_LONG', async () => {
    const lines = Array.from({ length: 100_001 }, (_, i) => `G-1;P ${i};1,00;31/03/2010;interim;`);
    const position = await head();
    for (const query of ['', '?mode=valid-lines&dryRun=true']) {
      const { problem } = await send(slipOf(...lines), { query });
      expect(problem()).toMatchObject({ code: 'SLIP_TOO_LONG', status: 400 });
    }
    expect(await head()).toBe(position);
    provoked.add('SLIP_TOO_LONG');
  }, 60_000);
});

describe('A line is refused', () => {
  ledgerForEach();

  it('when its cells are not those of the header', async () => {
    await award(1);
    const slip = slipOf(pay('P-1'), 'G-1;P-2;10,00', `${pay('P-3')};surplus`);
    const { report } = await send(slip);
    expect(errorsOf(report())).toEqual([
      [3, undefined, 'SLIP_LINE_CELLS_MISSING'],
      [4, undefined, 'SLIP_LINE_CELLS_SURPLUS'],
    ]);
    expect(report().lines[2]!.errors![0]!.detail).toContain('surplus');
    for (const [, , code] of errorsOf(report())) provoked.add(String(code));
  });
});

/** Lets the log take some appends, then no more: as when a commit fails, with all that wait for it. */
function failAfter(appends: number): () => void {
  const { store } = opened.ledger;
  const append = store.append.bind(store);
  let left = appends;
  store.append = async (...given) => {
    if ((left -= 1) >= 0) return append(...given);
    await sleep(5);
    throw new StoreUnavailable('the disk is full');
  };
  return () => {
    store.append = append;
  };
}

describe('When somebody else records something between the judgement and the recording', () => {
  ledgerForEach();
  afterEach(expectNothingLeftOnDisk);

  it('a slip that is all or nothing stops at the line that is refused now', async () => {
    await award(1, { amountCents: 10_000_000_000 });
    const { store } = opened.ledger;
    const append = store.append.bind(store);
    let other: Promise<unknown> | undefined;
    store.append = (...given) => {
      const done = append(...given);
      const content = { paymentId: 'P-1500', amountCents: 1, paidOn: '2010-03-31', instalment: 'interim' };
      other ??= done.then(() => post('/grants/G-1/payments', content));
      return done;
    };
    const { report } = await send(slipOf(...payments(2_000, 1).map(officeLine)));
    expect(report().outcome).toBe('interrupted');
    expect(errorsOf(report())[0]).toEqual([1_501, 'paymentId', 'PAYMENT_ID_REUSED']);
    expect(report().lines.at(-1)).toMatchObject({ result: 'not-recorded', errors: [{ code: 'SLIP_LINE_STOPPED' }] });
    const { recorded, notRecorded } = report().counts;
    expect(recorded! + notRecorded!).toBe(1_999);
  });
});

describe('When the store fails', () => {
  ledgerForEach();
  afterEach(expectNothingLeftOnDisk);

  it('amid a slip, the report says where, and the same slip completes it', async () => {
    for (let n = 1; n <= 10; n += 1) await award(n);
    const slip = slipOf(...payments(1_000, 10).map(officeLine));
    const mend = failAfter(100);
    const { status, report } = await send(slip);
    expect(status).toBe(201);
    expect(report()).toMatchObject({ outcome: 'interrupted', counts: { recorded: 100, notRecorded: 900 } });
    expect(report().lines[100]!.errors).toMatchObject([{ code: 'SLIP_LINE_STOPPED' }]);
    provoked.add('SLIP_LINE_STOPPED');
    mend();
    const again = (await send(slip)).report();
    expect(again).toMatchObject({ outcome: 'recorded', counts: { recorded: 900, alreadyRecorded: 100 } });
  });

  it('because the ledger is closed, the same slip completes it after the next start', async () => {
    for (let n = 1; n <= 10; n += 1) await award(n);
    const slip = slipOf(...payments(5_000, 10).map(officeLine));
    const position = await head();
    const sent = send(slip, { query: '?mode=valid-lines' });
    while ((await head()) === position) await sleep(1);
    await opened.close();
    const first = (await sent).report();
    expect(first.outcome).toBe('interrupted');
    expect(first.counts['recorded']).toBeGreaterThan(0);
    expect(first.counts['notRecorded']).toBeGreaterThan(0);

    const dataDir = opened.folder.path;
    ledgers.splice(0);
    opened = await newLedger(dataDir);
    const again = (await send(slip, { token: opened.operatorKey })).report();
    expect(again).toMatchObject({
      outcome: 'recorded',
      counts: { recorded: first.counts['notRecorded'], alreadyRecorded: first.counts['recorded'] },
    });
  });

  it('from the start, it is the store’s problem', async () => {
    await award(1);
    failAfter(0);
    for (const query of ['', '?mode=valid-lines'])
      expect((await send(slipOf(pay('P-1')), { query })).problem()).toMatchObject({
        status: 503,
        code: 'STORE_UNAVAILABLE',
      });
  });
});

describe('The door of slips', () => {
  ledgerForAll();

  it('is for those who record', async () => {
    for (const role of ['auditor', 'controller'] as const)
      expect((await send(slipOf(pay('P-1')), { token: tokenOf(role) })).problem()).toMatchObject({
        status: 403,
        code: 'ROLE_REQUIRED',
      });
    expect((await send(slipOf(pay('P-1')), { token: 'nobody' })).problem()).toMatchObject({ status: 401 });
  });

  it.each(['application/json', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/plain'])(
    'takes no %s',
    async (type) => {
      const reply = await opened.app.inject({
        method: 'POST',
        url: '/api/v1/imports',
        headers: { 'content-type': type, authorization: `Bearer ${officer}` },
        payload: '{}',
      });
      expect(reply.json<Problem>()).toMatchObject({ status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' });
    },
  );

  it('is the only one that takes CSV', async () => {
    const reply = await opened.app.inject({
      method: 'POST',
      url: '/api/v1/grants',
      headers: { 'content-type': 'text/csv', authorization: `Bearer ${officer}` },
      payload: slipOf(pay('P-1')),
    });
    expect(reply.json<Problem>()).toMatchObject({ status: 415, code: 'MEDIA_TYPE_UNSUPPORTED' });
  });

  it.each(['?mode=some', '?dryRun=yes', '?limit=3'])('takes no question it does not know: %s', async (query) => {
    expect((await send(slipOf(pay('P-1')), { query })).problem()).toMatchObject({
      status: 400,
      code: 'REQUEST_INVALID',
    });
  });

  it('records nothing of an upload that breaks off', async () => {
    await award(1);
    await opened.app.listen(0, '127.0.0.1');
    const position = await head();
    const slip = slipOf(pay('P-1'), pay('P-2', { amount: '11,00' }));
    const socket = connect(Number(new URL(await opened.app.getUrl()).port), '127.0.0.1');
    socket.write(
      `POST /api/v1/imports?mode=valid-lines HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${officer}\r\n` +
        `Content-Type: text/csv\r\nContent-Length: ${slip.length + 100}\r\n\r\n${slip}`,
    );
    const slips = opened.folder.file('slips');
    for (let tries = 0; readdirSync(slips).length === 0 && tries < 200; tries += 1) await sleep(5);
    expect(readdirSync(slips)).toHaveLength(1);
    socket.destroy();
    for (let tries = 0; readdirSync(slips).length > 0 && tries < 200; tries += 1) await sleep(5);
    expect(readdirSync(slips)).toEqual([]);
    expect(await head()).toBe(position);
  });

  it('is in the OpenAPI document', async () => {
    const document = (await opened.app.inject({ url: '/api/openapi.json' })).json<{
      paths: Record<string, { post: { parameters: { name: string }[]; requestBody: { content: object } } }>;
    }>();
    const { parameters, requestBody } = document.paths['/api/v1/imports']!.post;
    expect(parameters.map(({ name }) => name).toSorted()).toEqual(['dryRun', 'mode']);
    expect(Object.keys(requestBody.content)).toEqual(['text/csv']);
  });
});

describe('The table of rejections', () => {
  it('was provoked to the last code', () => {
    expect(Object.keys(slipRejections).filter((code) => !provoked.has(code))).toEqual([]);
  });
});
