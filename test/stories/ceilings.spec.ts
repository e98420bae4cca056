/** Ceilings on what funders bear, over HTTP: set, met by payments of every kind, overridden, shown, lifted (R19). */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger } from '../../src/server.js';
import { grant, payment, Person, Story, type List, type Problem } from './kit.js';

interface Shown {
  readonly ceilingId: string;
  readonly exercice: number | null;
  readonly amountCents: number;
  readonly consumedCents: number;
  readonly remainingCents: number;
  readonly consumedThousandths: number;
  readonly near: boolean;
  readonly whyLink: string;
}

let story: Story;

beforeEach(async () => {
  story = await Story.begin('2010-04-01');
  await story.officer.records('/grants', grant(1));
});

afterEach(async () => {
  await story.end();
});

const PAYMENTS = '/grants/G-1/payments';

function budget(ceilingId: string, funderId: string, amountCents: number, other: object = {}) {
  const scope = { kind: 'funder', funderId };
  return { ceilingId, scope, exercice: 2010, amountCents, mode: 'block', act: `BP 2010 ${funderId}`, ...other };
}

function unexplained(paymentId: string, amountCents: number, other: object = {}) {
  return payment(paymentId, { amountCents, overrideReason: undefined, ...other });
}

async function shown(query = ''): Promise<readonly Shown[]> {
  return (await story.auditor.get<List<Shown>>(`/ceilings${query}`)).body.data;
}

async function consumed(ceilingId: string): Promise<number | undefined> {
  return (await shown()).find((ceiling) => ceiling.ceilingId === ceilingId)?.consumedCents;
}

describe('Two funders with ceilings of their own', () => {
  beforeEach(async () => {
    await story.admin.records('/ceilings', budget('BP-region', 'region', 20_000));
    await story.admin.records('/ceilings', budget('BP-eure', 'eure', 10_000, { mode: 'warn' }));
  });

  it('are each held against what that funder bears: one warns, the other blocks and is named', async () => {
    expect(await story.officer.post(PAYMENTS, unexplained('P-1', 30_000))).toMatchObject({ status: 201 });
    const second = await story.officer.post(PAYMENTS, unexplained('P-2', 29_997));
    expect(second).toMatchObject({
      status: 201,
      body: { warnings: [{ code: 'BUDGET_EXCEEDED', ceilingId: 'BP-eure', ceilingCents: 10_000, overByCents: 9_999 }] },
    });
    expect(second.body['explanation']).toMatch(
      /Le plafond BP-eure de la quote-part de .*Eure, 2010 \(100,00.€\) est dépassé de 99,99.€\.$/,
    );
    const third = await story.officer.post<Problem>(PAYMENTS, unexplained('P-3', 6), { 'accept-language': 'en' });
    expect(third).toMatchObject({ status: 409, body: { code: 'FUNDER_CEILING_EXCEEDED' } });
    expect(third.body.detail).toMatch(/BP-region of region, €200\.00, would be exceeded by €0\.01 .* €0\.02/);
    // a cent less fits: 1 + 9 999 + 10 000
    expect(await story.officer.post(PAYMENTS, unexplained('P-4', 3))).toMatchObject({ status: 201 });
  });

  it('block an officer, who may propose with a reason; a controller lets it pass, and that is recorded', async () => {
    const over = payment('P-1', { amountCents: 60_003, overrideReason: 'Décision modificative en cours' });
    expect(await story.officer.post(PAYMENTS, over)).toMatchObject({
      status: 202,
      body: { because: 'over-ceiling', limitCents: 20_000 },
    });
    expect(await story.otherOfficer.post('/approvals/G-1~P-1', { decision: 'approve' })).toMatchObject({
      status: 409,
      body: { code: 'FUNDER_CEILING_EXCEEDED' },
    });
    const approved = await story.controller.post('/approvals/G-1~P-1', { decision: 'approve', reason: 'Vote du 30' });
    expect(approved.status).toBe(201);
    expect(approved.headers['etag']).toBe('"3"');
    const again = await story.controller.post('/approvals/G-1~P-1', { decision: 'approve', reason: 'Vote du 30' });
    expect(again).toMatchObject({ status: 200, body: { paymentId: 'P-1', position: approved.body['position'] } });
    const log = await story.events();
    expect(log.slice(-2)).toMatchObject([
      { type: 'ApprovalReasonGiven.v1', data: { reason: 'Vote du 30', givenBy: story.controller.actor } },
      { type: 'PaymentRecorded.v1', data: { approval: { approvedBy: story.controller.actor } } },
    ]);
    expect(log.at(-1)!.data['warnings']).toMatchObject([
      { ceilingId: 'BP-eure', overByCents: 10_001 },
      { ceilingId: 'BP-region', overByCents: 1 },
    ]);
  });

  it('let an administrator with a reason pass at once', async () => {
    expect(await story.admin.post(PAYMENTS, unexplained('P-1', 60_003))).toMatchObject({ status: 409 });
    expect(await story.admin.post(PAYMENTS, payment('P-1', { amountCents: 60_003 }))).toMatchObject({ status: 201 });
  });

  it('are freed by a reversal, a recovery and a bank return', async () => {
    await story.officer.records(PAYMENTS, unexplained('P-1', 60_000));
    expect(await consumed('BP-region')).toBe(20_000);
    expect(await story.officer.post(PAYMENTS, unexplained('P-2', 3))).toMatchObject({ status: 409 });
    const recovery = { recoveryId: 'R-1', amountCents: 300, recoveredOn: '2010-03-31', reason: 'Trop-perçu' };
    await story.officer.records(`${PAYMENTS}/P-1/recoveries`, recovery);
    expect(await consumed('BP-region')).toBe(19_900);
    await story.officer.records(PAYMENTS, unexplained('P-2', 300));
    expect(await consumed('BP-region')).toBe(20_000);
    await story.officer.records(`${PAYMENTS}/P-2/reversal`, { reversedOn: '2010-03-31', reason: 'Erreur' });
    await story.officer.records(PAYMENTS, unexplained('P-3', 300));
    await story.officer.records(`${PAYMENTS}/P-3/bank-return`, { returnedOn: '2010-04-01', reason: 'RIB' });
    expect(await consumed('BP-region')).toBe(19_900);
  });

  it('hold after a start, on read models made again from the log', async () => {
    await story.officer.records(PAYMENTS, unexplained('P-1', 59_997));
    await story.admin.records('/ceilings', budget('BP-tremplins', 'eure', 5, { exercice: undefined, act: 'DM' }));
    await story.admin.records('/ceilings/BP-tremplins/lifting', { act: 'DM 2', reason: 'Sans objet' });
    const before = await shown();
    await story.opened.close();
    rmSync(join(story.dataDir, 'read-models.db'));
    const again = await openLedger({ dataDir: story.dataDir, logger: false, clock: () => Date.parse('2010-04-02') });
    try {
      const officer = new Person(again.app, story.officer.token);
      expect((await officer.get<List<Shown>>('/ceilings')).body.data).toEqual(before);
      expect(await officer.post(PAYMENTS, unexplained('P-2', 6))).toMatchObject({
        status: 409,
        body: { code: 'FUNDER_CEILING_EXCEEDED' },
      });
      expect(await officer.post(PAYMENTS, unexplained('P-2', 3))).toMatchObject({ status: 201 });
    } finally {
      await again.close();
    }
  });

  it('are met line by line by a slip, in a rehearsal and when it is recorded', async () => {
    const lines = [1, 2, 3, 4].map((i) => `G-1;B-${i};180,0${i};31/03/2010;interim;M-${i}`);
    const payload = `grantId;paymentId;amount;paidOn;instalment;orderNumber\r\n${lines.join('\r\n')}\r\n`;
    const results = async (query: string) => {
      const headers = { 'content-type': 'text/csv' };
      const url = `/api/v1/imports?mode=valid-lines${query}`;
      const { body } = await story.officer.send<{ lines: { result: string; errors?: object[] }[] }>({
        method: 'POST',
        url,
        payload,
        headers,
      });
      return body.lines;
    };
    const wanted = [
      { result: 'recorded' },
      { result: 'recorded' },
      { result: 'recorded' },
      { result: 'rejected', errors: [{ column: 'overrideReason', code: 'FUNDER_CEILING_EXCEEDED' }] },
    ];
    expect(await results('&dryRun=true')).toMatchObject(wanted);
    expect(await consumed('BP-region')).toBe(0);
    expect(await results('')).toMatchObject(wanted);
    expect(await consumed('BP-region')).toBeGreaterThan(18_000 - 3);
  });
});

describe('Ceilings of a funder', () => {
  it('count every scheme, or one, in a year or over all', async () => {
    const association = {
      schemeId: 'emplois-tremplins',
      beneficiary: { name: 'Club (démo)', rna: 'W276000001' },
    };
    await story.officer.records('/grants', grant(2, association));
    await story.admin.records('/ceilings', budget('tout', 'eure', 30_000, { exercice: undefined }));
    const scope = { kind: 'funder-scheme', funderId: 'eure', schemeId: 'insertion' };
    await story.admin.records('/ceilings', budget('insertion', 'eure', 30_000, { scope }));
    await story.officer.records(PAYMENTS, unexplained('P-1', 30_000));
    await story.officer.records('/grants/G-2/payments', unexplained('P-2', 45_000));
    expect(await Promise.all(['tout', 'insertion'].map(consumed))).toEqual([25_000, 10_000]);
    story.onDay('2011-03-01');
    const of2011 = { paidOn: '2011-02-28' };
    expect(await story.officer.post(PAYMENTS, unexplained('P-3', 15_003, of2011))).toMatchObject({
      status: 409,
      body: { code: 'FUNDER_CEILING_EXCEEDED' },
    });
    expect(await story.officer.post(PAYMENTS, unexplained('P-3', 15_000, of2011))).toMatchObject({ status: 201 });
    expect(await Promise.all(['tout', 'insertion'].map(consumed))).toEqual([30_000, 10_000]);
  });

  it('never let a crowd pass: of 64 payments at once, as many as fit', async () => {
    const grants = Array.from({ length: 64 }, (_, i) => story.officer.records('/grants', grant(i + 10)));
    await Promise.all(grants);
    await story.admin.records('/ceilings', budget('BP-eure', 'eure', 30_000));
    const replies = await Promise.all(
      Array.from({ length: 64 }, (_, i) =>
        story.officer.post(`/grants/G-${i + 10}/payments`, unexplained(`C-${i}`, 3_000)),
      ),
    );
    const codes = replies.map(({ status, body }) => (status === 201 ? 'paid' : body['code']));
    expect(codes.filter((code) => code === 'paid')).toHaveLength(30);
    expect(codes.filter((code) => code === 'FUNDER_CEILING_EXCEEDED')).toHaveLength(34);
    expect(await consumed('BP-eure')).toBe(30_000);
  });

  it('are only tried by a dry run', async () => {
    const { status } = await story.admin.post('/ceilings?dryRun=true', budget('BP-eure', 'eure', 1));
    expect(status).toBe(200);
    expect(await shown()).toEqual([]);
    expect(await story.officer.post(PAYMENTS, unexplained('P-1', 30_000))).toMatchObject({ status: 201 });
  });

  it('are set anew by another act, and lifted; an act that comes again changes nothing (R3)', async () => {
    const first = budget('BP-eure', 'eure', 1_000);
    await story.admin.records('/ceilings', first);
    const anew = await story.admin.post('/ceilings', { ...first, amountCents: 2_000, act: 'DM 1' });
    expect(anew).toMatchObject({ status: 201, headers: { etag: '"1"' } });
    const again = await story.admin.post('/ceilings', first);
    expect(again).toMatchObject({
      status: 200,
      headers: { 'idempotency-replayed': 'true' },
      body: { amountCents: 1_000 },
    });
    expect(await shown()).toMatchObject([{ ceilingId: 'BP-eure', amountCents: 2_000, act: 'DM 1' }]);
    expect(await story.admin.post('/ceilings', { ...first, amountCents: 5 })).toMatchObject({
      status: 422,
      body: { code: 'BUDGET_ACT_REUSED' },
    });
    const lifting = { act: 'DM 2', reason: 'Crédits ouverts' };
    expect(await story.admin.post('/ceilings/BP-eure/lifting', lifting)).toMatchObject({ status: 201 });
    expect(await story.admin.post('/ceilings/BP-eure/lifting', lifting)).toMatchObject({ status: 200 });
    expect(await story.admin.post('/ceilings/inconnu/lifting', lifting)).toMatchObject({ status: 404 });
    expect(await shown()).toEqual([]);
    expect(await story.officer.post(PAYMENTS, unexplained('P-1', 30_000))).toMatchObject({ status: 201 });
  });

  it.each([
    [{ kind: 'funder' }, '/scope/funderId', 'FIELD_REQUIRED'],
    [{ kind: 'axis', contractId: 'c' }, '/scope/axisId', 'FIELD_REQUIRED'],
    [{ kind: 'funder', funderId: 'eure', axisId: 'a' }, '/scope/axisId', 'FIELD_UNKNOWN'],
    [{ kind: 'region', funderId: 'eure' }, '/scope/kind', 'CHOICE_INVALID'],
  ])('name what they hold, and nothing else: %j', async (scope, pointer, code) => {
    const { status, body } = await story.admin.post<Problem>('/ceilings', budget('BP', 'eure', 1, { scope }));
    expect({ status, errors: body.errors }).toMatchObject({ status: 400, errors: [{ pointer, code }] });
    expect(await shown()).toEqual([]);
  });
});

describe('The list of ceilings', () => {
  it('shows those of schemes too, with what is left, how near, and why', async () => {
    await story.admin.records('/schemes/insertion/ceilings', {
      exercice: 2010,
      amountCents: 30_000,
      mode: 'warn',
      act: 'BP',
    });
    await story.admin.records('/ceilings', budget('BP-eure', 'eure', 11_112));
    await story.admin.records('/ceilings', budget('BP-region', 'region', 11_111, { exercice: undefined }));
    await story.admin.records('/ceilings', budget('BP-2011', 'eure', 1, { exercice: 2011 }));
    await story.officer.records(PAYMENTS, unexplained('P-1', 30_000));
    expect(await shown('?exercice=2010')).toMatchObject([
      { ceilingId: 'BP-eure', consumedCents: 10_000, remainingCents: 1_112, consumedThousandths: 899, near: false },
      { ceilingId: 'BP-region', exercice: null, consumedThousandths: 900, near: true },
      {
        ceilingId: 'scheme~insertion~2010',
        scope: { kind: 'scheme', schemeId: 'insertion' },
        mode: 'warn',
        act: 'BP',
        consumedCents: 30_000,
        remainingCents: 0,
        consumedThousandths: 1_000,
        near: true,
      },
    ]);
    expect((await shown('?near=true')).map(({ ceilingId }) => ceilingId)).toEqual([
      'BP-region',
      'scheme~insertion~2010',
    ]);
    for (const { whyLink, consumedCents } of await shown()) {
      const why = await story.auditor.get(whyLink.replace('/api/v1', ''));
      expect(why).toMatchObject({ status: 200, body: { figureCents: consumedCents } });
    }
  });

  it('comes in pages', async () => {
    for (const id of ['a', 'b', 'c']) await story.admin.records('/ceilings', budget(id, 'eure', 5, { act: id }));
    const first = (await story.auditor.get<List<Shown>>('/ceilings?size=2')).body;
    const rest = (await story.auditor.get<List<Shown>>(`/ceilings?size=2&cursor=${first.page.next}`)).body;
    expect([...first.data, ...rest.data].map(({ ceilingId }) => ceilingId)).toEqual(['a', 'b', 'c']);
    expect(rest.page.next).toBeNull();
  });
});

async function attach(schemeId: string, axisId: string): Promise<void> {
  const attachment = { schemeId, axisId, splitBy: 'own-key', attachedOn: '2010-01-05', act: 'Annexe' };
  await story.admin.records('/contracts/contrat-276/schemes', attachment);
}

describe('A signed contract', () => {
  const contributions = { region: 50_000, 'seine-maritime': 30_000, eure: 20_000 };
  const CONTRACT = {
    contractId: 'contrat-276',
    name: 'Contrat 276',
    signedOn: '2007-03-01',
    act: 'Délibération 2007',
    period: { from: '2007-01-01', to: '2013-12-31' },
    parties: Object.entries(contributions).map(([funderId, contributionCents]) => ({ funderId, contributionCents })),
    axes: [
      { axisId: 'axe-1', name: 'Axe 1', budgetCents: 50_000 },
      { axisId: 'axe-4', name: 'Axe 4', budgetCents: 50_100 },
    ],
  };
  beforeEach(async () => {
    await story.admin.records('/contracts', CONTRACT);
    await attach('insertion', 'axe-4');
  });

  it('is held by its envelope without anything being set, and an amendment moves it', async () => {
    await story.officer.records(PAYMENTS, unexplained('P-1', 100_000));
    const over = await story.officer.post<Problem>(PAYMENTS, unexplained('P-2', 100));
    expect(over).toMatchObject({ status: 409, body: { code: 'CONTRACT_CEILING_EXCEEDED' } });
    expect(over.body.detail).toContain('envelope~contrat-276 du contrat contrat-276');
    expect(await story.officer.post(PAYMENTS, payment('P-2', { amountCents: 100 }))).toMatchObject({ status: 202 });
    const envelope = {
      ceilingId: 'envelope~contrat-276',
      scope: { kind: 'contract', contractId: 'contrat-276' },
      exercice: null,
      mode: 'block',
      act: 'Délibération 2007',
      amountCents: 100_000,
      consumedCents: 100_000,
      near: true,
    };
    expect(await shown()).toMatchObject([envelope]);
    const parties = CONTRACT.parties.map((party) => ({ ...party, contributionCents: party.contributionCents + 100 }));
    await story.admin.records('/contracts/contrat-276/amendments', {
      amendmentId: 'avenant-1',
      amendedOn: '2010-03-31',
      act: 'Avenant 1',
      period: CONTRACT.period,
      parties,
      axes: CONTRACT.axes,
    });
    expect(await shown()).toMatchObject([{ act: 'Avenant 1', amountCents: 100_300, remainingCents: 300 }]);
    expect(await story.officer.post(PAYMENTS, unexplained('P-3', 100))).toMatchObject({ status: 201 });
  });

  it('may be held lower, and so may an axis: what its schemes pay, whoever bears it', async () => {
    const association = { schemeId: 'emplois-tremplins', beneficiary: { name: 'Club (démo)', rna: 'W276000001' } };
    await story.officer.records('/grants', grant(2, association));
    await attach('emplois-tremplins', 'axe-1');
    const axis = { kind: 'axis', contractId: 'contrat-276', axisId: 'axe-4' };
    const whole = { kind: 'contract', contractId: 'contrat-276' };
    await story.admin.records('/ceilings', budget('axe-4', 'axis', 40_000, { scope: axis }));
    await story.admin.records('/ceilings', budget('contrat', 'all', 60_000, { scope: whole, mode: 'warn' }));
    await story.officer.records(PAYMENTS, unexplained('P-1', 40_000));
    expect(await story.officer.post(PAYMENTS, unexplained('P-2', 1))).toMatchObject({
      status: 409,
      body: { code: 'AXIS_CEILING_EXCEEDED' },
    });
    const elsewhere = await story.officer.post('/grants/G-2/payments', unexplained('P-2', 20_001));
    expect(elsewhere).toMatchObject({ status: 201, body: { warnings: [{ ceilingId: 'contrat', overByCents: 1 }] } });
    expect(elsewhere.body['explanation']).toContain('Le plafond contrat du contrat contrat-276, 2010');
    const figures = (await shown()).map(({ ceilingId, consumedCents }) => [ceilingId, consumedCents]);
    expect(figures).toEqual([
      ['axe-4', 40_000],
      ['contrat', 60_001],
      ['envelope~contrat-276', 60_001],
    ]);
    expect((await shown()).map(({ whyLink }) => whyLink)).toEqual([
      '/api/v1/balances/why?column=shareDueCents&contract=contrat-276&axis=axe-4&exercice=2010',
      '/api/v1/balances/why?column=shareDueCents&contract=contrat-276&exercice=2010',
      '/api/v1/balances/why?column=shareDueCents&contract=contrat-276',
    ]);
    const unknown = { ...axis, axisId: 'axe-9' };
    expect(await story.admin.post('/ceilings', budget('axe-9', 'axis', 1, { scope: unknown }))).toMatchObject({
      status: 409,
      body: { code: 'BUDGET_AXIS_UNKNOWN' },
    });
  });
});

describe('A payment above the threshold that looks like another one by the time it is approved', () => {
  it('passes for the approver’s reason, without being proposed anew (R18)', async () => {
    await story.admin.records('/schemes', {
      schemeId: 'petit-seuil',
      name: 'Petit seuil',
      beneficiaryKind: 'enterprise',
      payer: 'region',
      splitKey: [{ funderId: 'region', weight: 1 }],
      openedOn: '2010-01-01',
      approvalThresholdCents: 9_999,
    });
    await story.officer.records('/grants', grant(2, { schemeId: 'petit-seuil' }));
    const path = '/grants/G-2/payments';
    for (const id of ['P-1', 'P-2'])
      expect(await story.officer.post(path, unexplained(id, 10_000))).toMatchObject({ status: 202 });
    expect(await story.controller.post('/approvals/G-2~P-1', { decision: 'approve' })).toMatchObject({ status: 201 });
    const approve = { decision: 'approve' };
    expect(await story.controller.post('/approvals/G-2~P-2', approve)).toMatchObject({
      status: 409,
      body: { code: 'POSSIBLE_DOUBLE' },
    });
    const reason = 'Deux conventions distinctes';
    const approved = await story.controller.post('/approvals/G-2~P-2', { ...approve, reason });
    expect(approved).toMatchObject({
      status: 201,
      body: { warnings: [{ code: 'POSSIBLE_DOUBLE', paymentId: 'P-1' }] },
    });
    expect(approved.body['explanation']).toMatch(/Ressemble au versement P-1 du dossier G-2, payé par .+\.$/);
    // the officer's own request stays the same request
    expect(await story.officer.post(path, unexplained('P-2', 10_000))).toMatchObject({ status: 200 });
  });
});
