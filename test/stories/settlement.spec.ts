/** A year of settlement over HTTP: quarterly calls, a reversal between them, contributions, and the balances they leave. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLedger, type OpenedLedger } from '../../src/server.js';

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Body;
}

interface Amount {
  readonly funderId: string;
  readonly amountCents: number;
}

/** What the answers below hold, each some of it. */
interface Body {
  readonly code: string;
  readonly token: string;
  readonly lines: readonly { readonly lineId: string }[];
  readonly called: readonly Amount[];
  readonly shares: readonly Amount[];
  readonly funders: readonly Figures[];
  readonly calls: readonly { readonly called: readonly Amount[] }[];
  readonly contributions: readonly object[];
  readonly data: readonly object[];
  readonly page: { readonly next: string | null };
  readonly originExercice: number;
  readonly sumOfPositionsCents: number;
}

let dataDir: string;
let opened: OpenedLedger;

const NOON = Date.parse('2011-02-28T11:00:00Z');

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'settlement-story-'));
  opened = await openLedger({ dataDir, logger: false, clock: () => NOON });
});

afterAll(async () => {
  await opened.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function ask(method: 'GET' | 'POST', url: string, payload?: object, token = opened.operatorKey): Promise<Reply> {
  const response = await opened.app.inject({
    method,
    url: `/api/v1${url}`,
    headers: { authorization: `Bearer ${token}` },
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: response.statusCode, headers: response.headers, body: response.json<Body>() };
}

const get = (url: string, token?: string) => ask('GET', url, undefined, token);
const post = (url: string, payload: object, token?: string) => ask('POST', url, payload, token);

const amounts = (of: readonly Amount[]) =>
  Object.fromEntries(of.map(({ funderId, amountCents }) => [funderId, amountCents]));

interface Figures {
  readonly funderId: string;
  readonly calledCents: number;
  readonly contributedCents: number;
  readonly receivedCents: number;
  readonly positionCents: number;
}

async function balances(exercice: number) {
  const { body } = await get(`/balances?scheme=insertion&exercice=${exercice}`);
  const columns = (body.data as readonly Figures[]).map(
    ({ funderId, calledCents, contributedCents, receivedCents, positionCents }) => [
      funderId,
      [calledCents, contributedCents, receivedCents, positionCents],
    ],
  );
  return { columns: Object.fromEntries(columns) as object, sum: body.sumOfPositionsCents };
}

/** The events behind a figure, as words and amounts. */
const why = async (funder: string, column: string) => {
  const { body } = await get(`/balances/why?funder=${funder}&scheme=insertion&exercice=2010&column=${column}`);
  return (body.data as readonly { label: string; amountCents: number }[]).map((line) => [line.label, line.amountCents]);
};

const call = (callId: string, issuedOn: string) => ({ callId, schemeId: 'insertion', exercice: 2010, issuedOn });
const contribution = (contributionId: string, from: string, amountCents: number, paidOn: string) => ({
  contributionId,
  schemeId: 'insertion',
  exercice: 2010,
  from,
  to: 'region',
  amountCents,
  paidOn,
});

describe('the settlement of 2010', () => {
  it('starts with what the region paid', async () => {
    const grant = {
      grantId: 'G-1',
      schemeId: 'insertion',
      amountCents: 1_000_000,
      beneficiary: { name: 'Menuiserie du Bec (démo)', siret: '00027600600012' },
      agreement: { number: 'C-2010-1', signedOn: '2010-01-15' },
      period: { from: '2010-01-01', to: '2011-12-31' },
      instructedBy: 'region',
    };
    expect((await post('/grants', grant)).status).toBe(201);
    const payments = [
      { paymentId: 'P-1', amountCents: 30_000, paidOn: '2010-02-10' },
      { paymentId: 'P-2', amountCents: 6_000, paidOn: '2010-03-31' },
      { paymentId: 'P-3', amountCents: 90_000, paidOn: '2010-05-20' },
    ];
    for (const payment of payments)
      expect((await post('/grants/G-1/payments', { instalment: 'interim', ...payment })).status).toBe(201);
  });

  it('drafts the first call without recording it', async () => {
    const draft = await post('/settlement/calls?dryRun=true', call('AF-2010-1', '2010-03-31'));
    expect(draft.status).toBe(200);
    expect(draft.body).toMatchObject({ dryRun: true, number: 1, payer: 'region' });
    expect((await get('/settlement/calls/AF-2010-1')).status).toBe(404);
  });

  it('calls the first quarter: what is dated until its end', async () => {
    const issued = await post('/settlement/calls', call('AF-2010-1', '2010-03-31'));
    expect(issued.status).toBe(201);
    expect(issued.headers['etag']).toBe('"0"');
    expect(issued.body.lines.map((line) => line.lineId)).toEqual(['P-1', 'P-2']);
    expect(amounts(issued.body.called)).toEqual({ 'seine-maritime': 12_000, eure: 12_000 });
  });

  it('answers the same request with the same call, and refuses another under its id (R3)', async () => {
    const again = await post('/settlement/calls', { ...call('AF-2010-1', '2010-03-31'), payer: 'region' });
    expect(again.status).toBe(200);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(amounts(again.body.called)).toEqual({ 'seine-maritime': 12_000, eure: 12_000 });
    expect((await post('/settlement/calls', call('AF-2010-1', '2010-04-01'))).body.code).toBe('FUNDING_CALL_ID_REUSED');
    const elsewhere = { ...call('AF-2010-1', '2010-03-31'), schemeId: 'emplois-tremplins' };
    expect((await post('/settlement/calls', elsewhere)).body.code).toBe('FUNDING_CALL_ID_REUSED');
  });

  it('calls nothing twice (R21)', async () => {
    const empty = await post('/settlement/calls', call('AF-2010-1b', '2010-03-31'));
    expect(empty.status).toBe(409);
    expect(empty.body.code).toBe('FUNDING_CALL_EMPTY');
  });

  it('takes a reversal of what was called into the second quarter’s call (R21)', async () => {
    const reversal = { reversedOn: '2010-04-15', reason: 'Versement en double' };
    expect((await post('/grants/G-1/payments/P-2/reversal', reversal)).status).toBe(201);
    const issued = await post('/settlement/calls', call('AF-2010-2', '2010-06-30'));
    expect(issued.body).toMatchObject({ number: 2, broughtForward: [], carriedForward: [] });
    expect(issued.body.lines.map((line) => line.lineId)).toEqual(['P-2/reversal', 'P-3']);
    expect(amounts(issued.body.called)).toEqual({ 'seine-maritime': 28_000, eure: 28_000 });
  });

  it('shows the payment statement that a call stands on, in pages', async () => {
    const { body } = await get('/settlement/calls/AF-2010-2?size=1');
    expect(body).toMatchObject({ callId: 'AF-2010-2', lineCount: 2, totalCents: 84_000 });
    expect(amounts(body.shares)).toEqual({ region: 28_000, 'seine-maritime': 28_000, eure: 28_000 });
    expect(body.data).toMatchObject([{ lineId: 'P-2/reversal', kind: 'reversal', sign: -1, amountCents: 6_000 }]);
    const rest = await get(`/settlement/calls/AF-2010-2?size=1&cursor=${body.page.next}`);
    expect(rest.body.data).toMatchObject([{ lineId: 'P-3', kind: 'payment', sign: 1 }]);
    expect(rest.body.page.next).toBeNull();
  });

  it('takes a contribution for a call, more than it asks, and one that nobody asked for (R22)', async () => {
    const forCall = { ...contribution('C-1', 'seine-maritime', 13_000, '2010-05-03'), callId: 'AF-2010-1' };
    expect((await post('/settlement/contributions', forCall)).status).toBe(201);
    expect((await post('/settlement/contributions', forCall)).status).toBe(200);
    const provision = { ...contribution('C-2', 'eure', 50_000, '2010-07-12'), reference: 'VIR-77' };
    expect((await post('/settlement/contributions', provision)).status).toBe(201);
    const elsewhere = { ...provision, schemeId: 'emplois-tremplins' };
    expect((await post('/settlement/contributions', elsewhere)).body.code).toBe('CONTRIBUTION_ID_REUSED');
  });

  it('moves the balances, whose positions sum to zero (R20)', async () => {
    expect(await balances(2010)).toEqual({
      columns: {
        region: [0, 0, 63_000, 17_000],
        'seine-maritime': [40_000, 13_000, 0, -27_000],
        eure: [40_000, 50_000, 0, 10_000],
      },
      sum: 0,
    });
  });

  it('shows who owes whom, with the calls and what was paid for them', async () => {
    const { body } = await get('/settlement?scheme=insertion&exercice=2010');
    const positions = body.funders.map((funder) => [funder.funderId, funder.positionCents]);
    expect(Object.fromEntries(positions)).toEqual({ region: 17_000, 'seine-maritime': -27_000, eure: 10_000 });
    expect(body).toMatchObject({ sumOfPositionsCents: 0, callCount: 2, contributionCount: 2 });
    expect(body.calls).toMatchObject([
      {
        schemeId: 'insertion',
        callId: 'AF-2010-2',
        exercice: 2010,
        payer: 'region',
        number: 2,
        issuedOn: '2010-06-30',
        lineCount: 2,
        called: [
          {
            funderId: 'eure',
            amountCents: 28_000,
            contributedCents: 0,
            contributedLaterCents: 0,
            creditedCents: 28_000,
            unpaidCents: 0,
          },
          {
            funderId: 'seine-maritime',
            amountCents: 28_000,
            contributedCents: 0,
            contributedLaterCents: 0,
            creditedCents: 1_000,
            unpaidCents: 27_000,
          },
        ],
      },
      {
        callId: 'AF-2010-1',
        called: [
          {
            funderId: 'eure',
            amountCents: 12_000,
            contributedCents: 0,
            contributedLaterCents: 0,
            creditedCents: 12_000,
            unpaidCents: 0,
          },
          {
            funderId: 'seine-maritime',
            amountCents: 12_000,
            contributedCents: 13_000,
            contributedLaterCents: 0,
            creditedCents: 0,
            unpaidCents: 0,
          },
        ],
      },
    ]);
    expect(body.contributions).toMatchObject([
      { contributionId: 'C-2', from: 'eure', to: 'region', callId: null, reference: 'VIR-77', reversedOn: null },
      { contributionId: 'C-1', callId: 'AF-2010-1' },
    ]);
    const next = (await get('/settlement?scheme=insertion&exercice=2011')).body;
    expect(next).toMatchObject({ calls: [], sumOfPositionsCents: 0 });
    expect(next.funders.map((funder) => [funder.funderId, funder.positionCents])).toEqual([
      ['eure', 0],
      ['region', 0],
      ['seine-maritime', 0],
    ]);
  });

  it('explains the figures by their events', async () => {
    expect(await why('eure', 'calledCents')).toEqual([
      ['Appel de fonds émis', 12_000],
      ['Appel de fonds émis', 28_000],
    ]);
    expect(await why('region', 'receivedCents')).toEqual([
      ['Contribution enregistrée', 13_000],
      ['Contribution enregistrée', 50_000],
    ]);
  });

  it('takes a contribution back whole', async () => {
    const reversal = { reversedOn: '2010-07-20', reason: 'Virement rejeté' };
    const reversed = await post('/settlement/contributions/C-1/reversal', reversal);
    expect(reversed.status).toBe(201);
    expect(reversed.body).toMatchObject({ amountCents: 13_000, from: 'seine-maritime', exercice: 2010 });
    expect((await post('/settlement/contributions/C-1/reversal', reversal)).status).toBe(200);
    expect((await post('/settlement/contributions/C-9/reversal', reversal)).status).toBe(404);
    expect(await balances(2010)).toEqual({
      columns: {
        region: [0, 0, 50_000, 30_000],
        'seine-maritime': [40_000, 0, 0, -40_000],
        eure: [40_000, 50_000, 0, 10_000],
      },
      sum: 0,
    });
    const { body } = await get('/settlement?scheme=insertion&exercice=2010');
    expect(body.calls[1]?.called[1]).toMatchObject({ funderId: 'seine-maritime', contributedCents: 0 });
  });

  it('is a controller’s to write, and everybody’s to read', async () => {
    const tokenOf = async (role: string) =>
      (await post('/tokens', { role, funderId: 'region', name: role })).body.token;
    const next = call('AF-2010-3', '2010-12-31');
    for (const role of ['officer', 'auditor']) {
      const token = await tokenOf(role);
      expect((await post('/settlement/calls', next, token)).status).toBe(403);
      expect(
        (await post('/settlement/contributions', contribution('C-3', 'eure', 1, '2010-08-01'), token)).status,
      ).toBe(403);
      expect((await post('/settlement/contributions/C-2/reversal', {}, token)).status).toBe(403);
      expect((await get('/settlement?scheme=insertion', token)).status).toBe(200);
      expect((await get('/settlement/calls/AF-2010-1', token)).status).toBe(200);
    }
    const controller = await tokenOf('controller');
    const recorded = await post('/settlement/contributions', contribution('C-3', 'eure', 1, '2010-08-01'), controller);
    expect(recorded.status).toBe(201);
  });

  it('records nothing into a closed exercice, and a late contribution in the next one with its year of origin (R23)', async () => {
    const tokenOf = async (funderId: string) =>
      (await post('/tokens', { role: 'controller', funderId, name: 'controle-1' })).body.token;
    const closing = await post('/exercices/2010/closing', { closedOn: '2011-02-15' }, await tokenOf('region'));
    expect(closing.status).toBe(201);
    const pending = { ...contribution('C-4', 'seine-maritime', 40_000, '2011-02-20'), callId: 'AF-2010-2' };
    expect((await post('/settlement/contributions', pending)).body.code).toBe('SETTLEMENT_EXERCICE_CLOSING');
    for (const funderId of ['eure', 'seine-maritime']) {
      const signature = { decision: 'sign' };
      const token = await tokenOf(funderId);
      expect((await post('/exercices/2010/closing/countersignatures', signature, token)).status).toBe(201);
    }
    const late = { ...contribution('C-4', 'seine-maritime', 40_000, '2011-02-20'), callId: 'AF-2010-2' };
    expect((await post('/settlement/contributions', late)).body.code).toBe('SETTLEMENT_EXERCICE_CLOSED');
    const recorded = await post('/settlement/contributions', { ...late, exercice: 2011 });
    expect(recorded.status).toBe(201);
    expect(recorded.body.originExercice).toBe(2010);
    expect((await balances(2011)).columns).toEqual({
      region: [0, 0, 40_000, -40_000],
      'seine-maritime': [0, 40_000, 0, 40_000],
    });
  });

  it('stands the same in read models made from zero (R30)', async () => {
    const before = await Promise.all([get('/settlement?scheme=insertion'), balances(2010)]);
    await opened.close();
    rmSync(join(dataDir, 'read-models.db'));
    opened = await openLedger({ dataDir, logger: false, clock: () => NOON });
    const after = await Promise.all([get('/settlement?scheme=insertion'), balances(2010)]);
    expect([after[0].body, after[1]]).toEqual([before[0].body, before[1]]);
  });

  it('takes one of two calls that come at once', async () => {
    expect(
      (
        await post('/grants/G-1/payments', {
          paymentId: 'P-11',
          amountCents: 300,
          paidOn: '2011-02-01',
          instalment: 'interim',
        })
      ).status,
    ).toBe(201);
    const ofFebruary = { schemeId: 'insertion', exercice: 2011, issuedOn: '2011-02-28' };
    const replies = await Promise.all(
      ['AF-2011-1', 'AF-2011-2'].map((callId) => post('/settlement/calls', { callId, ...ofFebruary })),
    );
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
  });

  it('takes one of two contributions that come at once under one id in two schemes (R3)', async () => {
    const twice = { ...contribution('C-5', 'eure', 100, '2011-02-01'), exercice: 2011 };
    const replies = await Promise.all(
      ['insertion', 'emplois-tremplins'].map((schemeId) => post('/settlement/contributions', { ...twice, schemeId })),
    );
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 422]);
  });
});
