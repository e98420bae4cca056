/** A partner's list over HTTP: planted errors are found with their lines, matched and undone by hand, signed off. */

import { StoreUnavailable } from '#libs/event-store/event-store';
import { everyPage, grant, payment, Story, type List, type Person, type Problem, type Reply } from './kit.js';

interface Sums {
  readonly amountCents: number;
  readonly shareCents: number;
}

interface Total {
  readonly outcome: string;
  readonly lineCount: number;
  readonly paymentCount: number;
  readonly listed: Sums;
  readonly recorded: Sums;
  readonly difference: Sums;
  readonly why: string;
}

interface Row {
  readonly outcome: string;
  readonly line: number | null;
  readonly reference: string | null;
  readonly matchId: string | null;
  readonly matchedBy: string | null;
  readonly lines: readonly number[];
  readonly payments: readonly { readonly paymentId: string }[];
  readonly recorded: Sums | null;
  readonly difference: Sums | null;
  readonly remarks: readonly { readonly code: string; readonly detail: string; readonly payments: readonly string[] }[];
  readonly errors: readonly { readonly column?: string; readonly code: string }[];
}

interface Shown extends List<Row> {
  readonly status: string;
  readonly comparedAtPosition: string;
  readonly totals: readonly Total[];
  readonly movedOn: object;
  readonly closing: { readonly reason: string | null; readonly totals: readonly Total[] } | null;
}

interface Opened {
  readonly status: string;
  readonly totals: readonly Total[];
  readonly badLines: readonly { readonly line: number; readonly errors: readonly object[] }[];
  readonly columnsPassedOver: readonly string[];
  readonly differences?: readonly Row[];
  readonly comparedAtPosition: string;
}

/**
 * Eure's own list of 2010. Planted: line 3 is not in the ledger, P-2 is not on the list, line 4 has another share, line 5
 * cannot be read. Line 6 is a slip of two payments, lines 7 and 8 are one payment, line 9 has another day.
 */
const LIST = [
  'Mandat;Date;Bénéficiaire;Montant;Quote-part',
  'M-1;31/03/2010;Atelier 1;100,00;33,33',
  'M-404;31/03/2010;Atelier 1;250,00;83,33',
  'M-3;31/03/2010;Atelier 1;300,00;90,00',
  'M-1;le 31 mars;Atelier 1;1.234;33,33',
  'B-12;31/03/2010;Atelier 1;150,00;50,00',
  'P-6;31/03/2010;Atelier 1;400,00;133,33',
  'P-6;31/03/2010;Atelier 1;200,00;66,67',
  'm-7;01/04/2010;Atelier 1;30,00;10,00',
].join('\r\n');

const QUERY = 'reconciliationId=R-1&funder=eure&exercice=2010&scheme=insertion&receivedOn=2011-01-20';

let story: Story;
let controller: Person;

async function send(list: string | Buffer, query = QUERY, by = controller): Promise<Reply<Opened & Problem>> {
  return by.send({
    method: 'POST',
    url: `/api/v1/reconciliations?${query}`,
    headers: { 'content-type': 'text/csv' },
    payload: list,
  });
}

const show = async (query = '') => (await story.auditor.get<Shown>(`/reconciliations/R-1${query}`)).body;

const byOutcome = (totals: readonly Total[]) =>
  Object.fromEntries(totals.map(({ outcome, lineCount, paymentCount }) => [outcome, [lineCount, paymentCount]]));

/** Line, outcome and payments of each row. */
const said = (rows: readonly Row[]) =>
  rows.map(({ line, outcome, payments }) => [line, outcome, payments.map(({ paymentId }) => paymentId).join(' ')]);

async function begin(): Promise<void> {
  story = await Story.begin('2010-04-01');
  ({ controller } = story);
  await story.officer.records('/grants', grant(1));
  // region, Seine-Maritime and Eure in turn bear the cent that is over
  const paid: [string, string, number][] = [
    ['P-1', 'M-1', 10_000],
    ['P-2', 'M-2', 20_000],
    ['P-3', 'M-3', 30_000],
    ['P-4', 'B-12/1', 6_000],
    ['P-5', 'B-12/2', 9_000],
    ['P-6', 'M-6', 60_000],
    ['P-7', 'M-7', 3_000],
  ];
  for (const [paymentId, orderNumber, amountCents] of paid)
    await story.officer.records('/grants/G-1/payments', payment(paymentId, { orderNumber, amountCents }));
  story.onDay('2011-01-20');
}

describe('A partner’s list', () => {
  beforeAll(begin);
  let answered: Opened;
  afterAll(async () => {
    await story.end();
  });

  const EXPECTED = {
    matched: [5, 5],
    'different-amount': [1, 1],
    'missing-here': [1, 0],
    'missing-there': [0, 1],
    bad: [1, 0],
  };

  it('is rehearsed: everything is shown, nothing is recorded', async () => {
    const before = await story.events();
    const { status, body } = await send(LIST, `${QUERY}&dryRun=true`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ dryRun: true, columnsPassedOver: ['Bénéficiaire'] });
    expect(byOutcome(body.totals)).toEqual(EXPECTED);
    expect(said(body.differences!)).toEqual([
      [3, 'missing-here', ''],
      [4, 'different-amount', 'P-3'],
      [5, 'bad', ''],
      [null, 'missing-there', 'P-2'],
    ]);
    expect(await story.events()).toEqual(before);
    expect((await story.auditor.get('/reconciliations/R-1')).status).toBe(404);
  });

  it('is taken and compared; the bad line blocks nothing', async () => {
    const { status, body, headers } = await send(LIST);
    answered = body;
    expect([status, headers['etag']]).toEqual([201, '"3"']);
    expect(byOutcome(body.totals)).toEqual(EXPECTED);
    expect(body.badLines).toEqual([
      {
        line: 5,
        errors: [
          { column: 'date', code: 'DAY_INVALID', detail: expect.any(String) },
          { column: 'amount', code: 'AMOUNT_INVALID', detail: expect.any(String) },
        ],
      },
    ]);
    expect(body.differences).toBeUndefined();
  });

  it('shows each line with what it stands for and what differs', async () => {
    const { data, totals, movedOn, status } = await show();
    expect(status).toBe('open');
    expect(said(data)).toEqual([
      [2, 'matched', 'P-1'],
      [3, 'missing-here', ''],
      [4, 'different-amount', 'P-3'],
      [5, 'bad', ''],
      [6, 'matched', 'P-4 P-5'],
      [7, 'matched', 'P-6'],
      [8, 'matched', 'P-6'],
      [9, 'matched', 'P-7'],
      [null, 'missing-there', 'P-2'],
    ]);
    expect(data[2]).toMatchObject({
      recorded: { amountCents: 30_000, shareCents: 10_000 },
      difference: { amountCents: 0, shareCents: -1_000 },
    });
    expect(data[5]!.lines).toEqual([7, 8]);
    expect(data[7]!.remarks.map(({ code }) => code)).toEqual(['other-day']);
    expect(movedOn).toEqual({ paymentsSince: 0, matchesChanged: 0, linesThatWouldMatch: 0 });
    const matched = totals.find(({ outcome }) => outcome === 'matched')!;
    expect(matched.listed).toEqual(matched.recorded);
    expect(matched.listed).toEqual({ amountCents: 88_000, shareCents: 29_333 });
    for (const total of totals) {
      const { body } = await story.auditor.get<Shown>(total.why.replace('/api/v1', ''));
      expect(body.data.map(({ outcome }) => outcome)).toEqual(
        Array(total.outcome === 'missing-there' ? total.paymentCount : total.lineCount).fill(total.outcome),
      );
    }
  });

  it('is shown page by page as in one', async () => {
    const pages = await everyPage<Shown>(story.auditor, '/reconciliations/R-1', 4);
    expect(pages.map(({ data }) => data.length)).toEqual([4, 4, 1]);
    expect(pages.flatMap(({ data }) => data)).toEqual((await show()).data);
  });

  it('sent again, and rehearsed again, records nothing and is answered as before', async () => {
    const before = await story.events();
    const again = await send(LIST);
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([200, 'true']);
    const other = await send(LIST.replace('100,00', '100,01'));
    expect([other.status, other.body.code]).toEqual([422, 'RECONCILIATION_ID_REUSED']);
    expect((await send(LIST, QUERY.replace('eure', 'region'))).body.code).toBe('RECONCILIATION_ID_REUSED');
    expect(await story.events()).toEqual(before);
  });

  it('is sent to the partner as an office CSV', async () => {
    const { text, headers } = await story.auditor.get('/reconciliations/R-1', { accept: 'text/csv' });
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    const lines = text.split('\r\n');
    expect(lines[0]).toMatch(/^\ufeffligne;référence;date;montant;quote-part;résultat;/);
    expect(lines).toContain('2;M-1;31/03/2010;100,00;33,33;rapproché;P-1;M-1;100,00;33,33;;;;;');
    expect(lines).toContain('4;M-3;31/03/2010;300,00;90,00;montant différent;P-3;M-3;300,00;100,00;;;;10,00;');
    expect(lines).toContain(';;;;;absent de votre liste;P-2;M-2;200,00;66,67;;;;;');
  });

  it('has a match undone alone, and matched by hand', async () => {
    const { data } = await show();
    const matchId = data[2]!.matchId!;
    const undoing = { reason: 'Mandat rectifié par le partenaire' };
    const undone = await controller.post(`/reconciliations/R-1/matches/${matchId}/undoing`, undoing);
    expect([undone.status, undone.body]).toEqual([201, expect.objectContaining({ lines: [4], payments: ['P-3'] })]);
    expect((await controller.post(`/reconciliations/R-1/matches/${matchId}/undoing`, undoing)).status).toBe(200);
    const apart = await show();
    expect(said(apart.data).filter(([, outcome]) => outcome !== 'matched')).toEqual([
      [3, 'missing-here', ''],
      [4, 'missing-here', ''],
      [5, 'bad', ''],
      [null, 'missing-there', 'P-2'],
      [null, 'missing-there', 'P-3'],
    ]);
    const match = { matchId: 'H-1', lines: [3, 4], payments: ['P-3', 'P-2'], reason: 'M-404 est notre M-2' };
    const rehearsed = await controller.post('/reconciliations/R-1/matches?dryRun=true', match);
    expect([rehearsed.status, (await show()).data]).toEqual([200, apart.data]);
    const made = await controller.post('/reconciliations/R-1/matches', match);
    expect([made.status, made.body]).toEqual([
      201,
      expect.objectContaining({
        listed: { amountCents: 55_000, shareCents: 17_333 },
        recorded: { amountCents: 50_000, shareCents: 16_667 },
      }),
    ]);
    expect((await controller.post('/reconciliations/R-1/matches', match)).headers['idempotency-replayed']).toBe('true');
    expect((await show('?outcome=different-amount')).data).toMatchObject([
      { line: 3, matchId: 'H-1', matchedBy: 'hand', difference: { amountCents: 5_000, shareCents: 666 } },
      { line: 4, matchId: 'H-1', matchedBy: 'hand', difference: { amountCents: 5_000, shareCents: 666 } },
    ]);
  });

  it('sees what the ledger recorded since, and compares it when asked', async () => {
    await controller.records('/reconciliations/R-1/matches/H-1/undoing', { reason: 'M-404 est arrivé' });
    const late = payment('P-404', { orderNumber: 'M-404', amountCents: 25_000, paidOn: '2010-12-31', exercice: 2010 });
    await story.officer.records('/grants/G-1/payments', late);
    await story.officer.records('/grants/G-1/payments/P-1/reversal', { reversedOn: '2011-01-20', reason: 'erreur' });
    await story.officer.records('/grants/G-1/payments/P-6/recoveries', {
      recoveryId: 'T-1',
      amountCents: 100,
      recoveredOn: '2011-01-20',
      reason: 'trop-perçu',
    });
    const { movedOn, data, comparedAtPosition } = await show();
    expect(movedOn).toEqual({ paymentsSince: 1, matchesChanged: 1, linesThatWouldMatch: 0 });
    expect(data[0]).toMatchObject({ outcome: 'different-amount', recorded: { amountCents: 0, shareCents: 0 } });
    expect(data[0]!.remarks[0]).toMatchObject({ code: 'payment-reversed', payments: ['P-1'] });
    // a recovery is a remark: the payment is compared as it was recorded
    expect(data[5]).toMatchObject({ outcome: 'matched' });
    expect(data[5]!.remarks.map(({ code }) => code)).toEqual(['payment-recovered']);
    // line 3 was in a match that was undone: a hand decides
    expect(data[1]!.remarks.map(({ code }) => code)).toEqual(['match-undone']);
    const compared = await controller.post<Opened>('/reconciliations/R-1/rematch', { comparisonId: 'C-2' });
    expect(compared.status).toBe(201);
    expect(Number(compared.body.comparedAtPosition)).toBeGreaterThan(Number(comparedAtPosition));
    expect((await controller.post('/reconciliations/R-1/rematch', { comparisonId: 'C-2' })).status).toBe(200);
    expect((await show()).movedOn).toMatchObject({ paymentsSince: 0 });
  });

  it('is closed with what remains, and why; then nothing changes any more', async () => {
    const bare = await controller.post<Problem>('/reconciliations/R-1/closing', {});
    expect([bare.status, bare.body.code]).toEqual([409, 'RECONCILIATION_DIFFERENCES_REMAIN']);
    const closing = { reason: 'Écarts reconnus par le partenaire' };
    const closed = await controller.post('/reconciliations/R-1/closing', closing);
    expect([closed.status, closed.body]).toEqual([
      201,
      expect.objectContaining({
        closedOn: '2011-01-20',
        remaining: {
          bad: [5],
          missingHere: [3, 4],
          missingThere: ['P-2', 'P-3', 'P-404'],
          differentAmount: [{ matchId: 'auto-2', amountCents: 10_000, shareCents: 3_333 }],
        },
      }),
    ]);
    expect((await controller.post('/reconciliations/R-1/closing', closing)).status).toBe(200);
    const after = await story.events();
    const refused = [
      await controller.post<Problem>('/reconciliations/R-1/closing', { reason: 'autre' }),
      await controller.post<Problem>('/reconciliations/R-1/rematch', { comparisonId: 'C-3' }),
      await controller.post<Problem>('/reconciliations/R-1/matches/auto-2/undoing', { reason: 'x' }),
    ];
    expect(refused.map(({ body }) => body.code)).toEqual(Array(3).fill('RECONCILIATION_CLOSED'));
    expect(await story.events()).toEqual(after);
    expect(await show()).toMatchObject({ status: 'closed', closing: closing });
    const { body } = await story.auditor.get<List>('/reconciliations?funder=eure&exercice=2010&status=closed');
    expect(body.data).toMatchObject([{ reconciliationId: 'R-1', lineCount: 8, badLineCount: 1, matchedLineCount: 5 }]);
    expect((await story.auditor.get<List>('/reconciliations?status=open')).body.data).toEqual([]);
    const again = await send(LIST);
    expect([again.status, again.body]).toEqual([200, answered]);
  });
});

describe('A long list', () => {
  beforeAll(begin);
  afterAll(async () => {
    await story.end();
  });

  it('whose recording stops half-way is said to be incomplete, and completed by sending it again', async () => {
    const note = 'bordereau '.repeat(25);
    const many = Array.from({ length: 4_000 }, (_, i) => `${note}${i};31/03/2010;X;1,00;0,33`);
    const long = [LIST, ...many].join('\r\n');
    const { store } = story.opened.ledger;
    const append = store.append.bind(store);
    let appends = 0;
    store.append = async (...given) => {
      appends += 1;
      if (appends > 1) throw new StoreUnavailable('the disk is full');
      return append(...given);
    };
    const stopped = await send(long);
    expect([stopped.status, stopped.body.code]).toEqual([503, 'RECORDED_IN_PART']);
    store.append = append;
    const half = await show();
    expect([half.status, half.comparedAtPosition]).toEqual(['incomplete', null]);
    const early = await controller.post<Problem>('/reconciliations/R-1/closing', { reason: 'x' });
    expect([early.status, early.body.code]).toEqual([409, 'RECONCILIATION_INCOMPLETE']);
    const completed = await send(long);
    expect(completed.status).toBe(201);
    expect(byOutcome(completed.body.totals)).toMatchObject({
      matched: [5, 5],
      'missing-here': [4_001, 0],
      bad: [1, 0],
    });
    const kept = await story.events();
    expect((await send(long)).body).toEqual(completed.body);
    expect(await story.events()).toEqual(kept);
    const taken = kept.filter(({ type }) => type === 'PartnerLinesTaken.v1');
    const lines = taken.flatMap(({ data }) => data['lines'] as { line: number }[]);
    expect(lines.map(({ line }) => line)).toEqual([2, 3, 4, ...Array.from({ length: 4_004 }, (_, i) => i + 6)]);
  });
});

describe('What is wrong with a request', () => {
  beforeAll(begin);
  afterAll(async () => {
    await story.end();
  });

  it('is said with its code, and leaves nothing behind', async () => {
    expect((await send(LIST, QUERY.replace('R-1', 'R-2'))).status).toBe(201);
    const before = await story.events();
    const lists: [string | Buffer, string, number, string][] = [
      ['', QUERY, 400, 'LIST_EMPTY'],
      [LIST.split('\r\n')[0]!, QUERY, 400, 'LIST_EMPTY'],
      ['référence\tdate', QUERY, 400, 'LIST_DELIMITER_MISSING'],
      [LIST.replace('Quote-part', 'Part due'), QUERY, 400, 'LIST_COLUMN_MISSING'],
      [LIST.replace('Bénéficiaire', 'montant'), QUERY, 400, 'LIST_COLUMN_REPEATED'],
      [Buffer.from([0x61, 0x3b, 0x00]), QUERY, 400, 'LIST_ENCODING_INVALID'],
      [`${LIST}\r\n${'M-9;31/03/2010;A;1,00;0,33\r\n'.repeat(5_000)}`, QUERY, 400, 'LIST_TOO_LONG'],
      [LIST, QUERY.replace('eure', 'calvados'), 409, 'RECONCILIATION_FUNDER_UNKNOWN'],
      [LIST, QUERY.replace('insertion', 'inconnu'), 409, 'RECONCILIATION_SCHEME_UNKNOWN'],
      [LIST, QUERY.replace('2011-01-20', '2011-01-21'), 409, 'RECONCILIATION_DATED_IN_FUTURE'],
      [LIST, QUERY.replace('2010', '10'), 400, 'REQUEST_INVALID'],
      [LIST, `${QUERY}&list=x`, 400, 'REQUEST_INVALID'],
      ['x'.repeat(8_400_000), QUERY, 413, 'BODY_TOO_LARGE'],
    ];
    for (const [list, query, status, code] of lists) {
      const reply = await send(list, query);
      expect([code, reply.status, reply.body.code]).toEqual([code, status, code]);
    }
    const json = await controller.post<Problem>(`/reconciliations?${QUERY}`, {});
    expect([json.status, json.body.code]).toEqual([415, 'MEDIA_TYPE_UNSUPPORTED']);
    const match = { matchId: 'H-1', lines: [3], payments: ['P-2'], reason: 'x' };
    const posts: [string, object, number, string][] = [
      ['R-404/matches', match, 404, 'RECONCILIATION_UNKNOWN'],
      ['R-2/matches', { ...match, lines: [2] }, 409, 'MATCH_LINE_TAKEN'],
      ['R-2/matches', { ...match, lines: [5] }, 409, 'MATCH_LINE_BAD'],
      ['R-2/matches', { ...match, lines: [3, 3] }, 400, 'REQUEST_INVALID'],
      ['R-2/matches', { ...match, lines: [] }, 400, 'REQUEST_INVALID'],
      ['R-2/matches', { ...match, payments: ['P-1'] }, 409, 'MATCH_PAYMENT_TAKEN'],
      ['R-2/matches', { ...match, payments: ['P-404'] }, 409, 'MATCH_PAYMENT_UNKNOWN'],
      ['R-2/matches', { ...match, matchId: 'auto-3' }, 409, 'MATCH_ID_RESERVED'],
      ['R-2/matches', { ...match, why: 'x' }, 400, 'REQUEST_INVALID'],
      ['R-2/matches/H-404/undoing', { reason: 'x' }, 404, 'MATCH_UNKNOWN'],
      ['R-2/matches/auto-2/undoing', {}, 400, 'REQUEST_INVALID'],
      ['R-2/rematch', {}, 400, 'REQUEST_INVALID'],
      ['R-2/closing', {}, 409, 'RECONCILIATION_DIFFERENCES_REMAIN'],
    ];
    for (const [path, body, status, code] of posts) {
      const reply = await controller.post<Problem>(`/reconciliations/${path}`, body);
      expect([path, code, reply.status, reply.body.code]).toEqual([path, code, status, code]);
    }
    const stale = await controller.post<Problem>('/reconciliations/R-2/matches', match, { 'if-match': '"0"' });
    expect([stale.status, stale.body.code]).toEqual([412, 'STALE_REVISION']);
    expect((await send(LIST, QUERY, story.officer)).status).toBe(403);
    expect((await story.auditor.get('/reconciliations/R-2?cursor=x')).status).toBe(400);
    expect(await story.events()).toEqual(before);
  });
});
