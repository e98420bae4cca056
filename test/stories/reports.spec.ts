/** The sheet of the directors general and the Bilan: figures computed by hand, and those of the demonstration adding up. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addMonths } from '#libs/calendar/day';
import { DEMO_SEED } from '../../src/demo/scenario.js';
import { makeDemo } from '../../src/demo/make-demo.js';
import { openLedger, type OpenedLedger } from '../../src/server.js';
import { sheetPage, type SheetAnswer } from '../../src/terminal/commands/dgs-sheet.js';
import { everyPage, grant, payment, Person, Story, type List } from './kit.js';

type Figures = Record<string, number>;
type Links = Record<string, string>;

interface Sheet {
  readonly funders: readonly {
    readonly funderId: string;
    readonly before: Figures;
    readonly at: Figures;
    readonly change: Figures;
    readonly why: Links;
    readonly whyChange: Links;
  }[];
  readonly totals: { readonly at: Figures };
  readonly sumOfPositionsCents: number;
  readonly unpaidCalls: readonly { callId: string; funderId: string; missingCents: number; ageDays: number }[];
  readonly ceilings: readonly { readonly ceilingId: string; readonly consumedCents: number; readonly why: string }[];
  readonly instruction: readonly { funderId: string; grants: number; grantedCents: number; newGrantedCents: number }[];
  readonly noted: { readonly counts: readonly { readonly why: string }[]; readonly list: readonly object[] };
  readonly unsettled: readonly { positionCents: number; why: string }[];
  readonly openReconciliations: readonly object[];
  readonly exercicesToClose: readonly object[];
  readonly position: string;
}

interface Territory {
  readonly departement: string | null;
  readonly schemeId?: string;
  readonly grantedCents: number;
  readonly disbursedCents: number;
  readonly recoveredCents: number;
  readonly shareDueCents: number;
  readonly shares?: readonly { funderId: string; amountCents: number }[];
  readonly why: Links;
}

interface Bilan {
  readonly territory: {
    readonly rows: readonly Territory[];
    readonly departements: readonly Territory[];
    readonly totals: Omit<Territory, 'departement' | 'why'>;
    readonly why: Links;
  };
  readonly services: readonly { schemeId: string; grants: number }[];
  readonly population: { readonly jobs: readonly { jobs: number }[]; readonly jobsTotal: number };
}

interface Balances {
  readonly funders: readonly (Figures & { readonly funderId: string })[];
  readonly totals: Figures;
}

/** What a link of a report answers; it begins where every address does. */
async function figureAt(reader: Person, link: string): Promise<number> {
  const { status, body } = await reader.get<{ figureCents: number }>(link.replace('/api/v1', ''));
  expect({ link, status }).toEqual({ link, status: 200 });
  return body.figureCents;
}

describe('The reports', () => {
  let story: Story;

  beforeEach(async () => {
    story = await Story.begin('2010-01-11');
    const { officer, controller, admin } = story;
    const ceiling = { exercice: 2010, amountCents: 21_000, mode: 'warn', act: 'Plafond 2010' };
    await admin.records('/schemes/insertion/ceilings', ceiling);
    const enterprise = grant(1, { beneficiary: { ...grant(1).beneficiary, commune: '27229' } });
    const association = grant(2, {
      schemeId: 'emplois-tremplins',
      beneficiary: { name: 'Foyer (démo)', rna: 'W276000002', commune: '76540' },
      postId: 'POSTE-2010-00001',
    });
    await officer.records('/grants', enterprise);
    await officer.records('/grants', association);
    story.onDay('2010-03-31');
    await officer.records('/grants/G-1/payments', payment('P-1', { paidOn: '2010-02-10' }));
    await officer.records('/grants/G-1/payments', payment('P-3', { paidOn: '2010-02-12' }));
    await officer.records('/grants/G-2/payments', payment('P-2', { paidOn: '2010-02-20', amountCents: 30_000 }));
    const scope = { kind: 'funder', funderId: 'eure' };
    const budget = { ceilingId: 'eure-2010', scope, amountCents: 16_000, mode: 'warn', act: 'Budget' };
    await admin.records('/ceilings', budget);
    const call = { callId: 'AF-1', schemeId: 'insertion', exercice: 2010, issuedOn: '2010-03-01' };
    await controller.records('/settlement/calls', call);
    await controller.records('/settlement/contributions', contribution('C-1', 5_000, '2010-03-20'));
  });

  afterEach(async () => {
    await story.end();
  });

  /** What happens after the meeting of 31 March, some of it to what that meeting saw. */
  async function april(): Promise<void> {
    const { officer, controller } = story;
    story.onDay('2010-04-20');
    await (
      await story.hire('officer', 'poste-7', 'eure')
    ).records('/grants', grant(3, { agreement: { number: 'C-3', signedOn: '2010-04-01' }, instructedBy: 'eure' }));
    await officer.records('/grants/G-2/instruction-transfers', {
      transferId: 'T-1',
      to: 'seine-maritime',
      transferredOn: '2010-04-02',
      reason: 'éviter les doublons',
    });
    await controller.records('/settlement/contributions', contribution('C-2', 1_667, '2010-04-05'));
    await officer.records('/grants/G-1/payments/P-3/reversal', { reversedOn: '2010-04-06', reason: 'payé deux fois' });
    await controller.records('/settlement/contributions/C-1/reversal', { reversedOn: '2010-04-10', reason: 'rejet' });
  }

  async function sheet(on: string, since: string): Promise<Sheet> {
    const { status, body } = await story.auditor.get<Sheet>(`/reports/dgs?on=${on}&since=${since}`);
    expect(status).toBe(200);
    return body;
  }

  it('show the directors each position at both dates, and what changed', async () => {
    const { funders, sumOfPositionsCents } = await sheet('2010-03-31', '2010-02-11');
    const shown = funders.map(({ funderId, before, at, change }) => [
      funderId,
      before['positionCents'],
      at['positionCents'],
      change['positionCents'],
      change['shareDueCents'],
      change['disbursedCents'],
      change['contributedCents'],
    ]);
    // P-1 is split 3334 / 3333 / 3333, P-3 3333 / 3334 / 3333, P-2 10000 each
    expect(shown).toEqual([
      ['eure', -3_333, -16_666, -13_333, 13_333, 0, 0],
      ['region', 6_666, 28_333, 21_667, 13_333, 40_000, 0],
      ['seine-maritime', -3_333, -11_667, -8_334, 13_334, 0, 5_000],
    ]);
    expect(sumOfPositionsCents).toBe(0);
  });

  it('name the calls that wait, the ceilings that are near, whose files they are, and what was let through', async () => {
    const { unpaidCalls, ceilings, instruction, noted, unsettled, exercicesToClose } = await sheet(
      '2010-03-31',
      '2010-02-11',
    );
    expect(
      unpaidCalls.map(({ callId, funderId, missingCents, ageDays }) => [callId, funderId, missingCents, ageDays]),
    ).toEqual([
      ['AF-1', 'eure', 6_666, 30],
      ['AF-1', 'seine-maritime', 1_667, 30],
    ]);
    expect(ceilings).toMatchObject([
      {
        ceilingId: 'eure-2010',
        exercice: null,
        amountCents: 16_000,
        consumedCents: 16_666,
        percent: 104,
        state: 'passed',
      },
      { ceilingId: 'scheme~insertion~2010', exercice: 2010, amountCents: 21_000, consumedCents: 20_000, percent: 95 },
    ]);
    for (const { consumedCents, why } of ceilings) expect(await figureAt(story.auditor, why)).toBe(consumedCents);
    expect(instruction).toMatchObject([
      { funderId: 'region', grants: 2, grantedCents: 2_000_000, newGrants: 0, newGrantedCents: 0 },
    ]);
    expect(noted.counts).toMatchObject([{ kind: 'possible-double', count: 1, amountCents: 10_000 }]);
    expect(noted.list).toMatchObject([
      { kind: 'possible-double', on: '2010-02-12', paymentId: 'P-3', otherId: 'P-1', reason: 'acompte distinct' },
    ]);
    // what is dated on the day of the meeting before was seen there
    expect((await sheet('2010-03-31', '2010-02-12')).noted).toEqual({ counts: [], list: [] });
    expect({ unsettled, exercicesToClose }).toEqual({ unsettled: [], exercicesToClose: [] });
  });

  it('show the past as it was: what came later changes nothing of it', async () => {
    const asked = await sheet('2010-03-31', '2010-02-11');
    await april();
    const again = await sheet('2010-03-31', '2010-02-11');
    expect({ ...again, position: '' }).toEqual({ ...asked, position: '' });
  });

  it('show at the next meeting what happened since, and once the year is over what is left of it', async () => {
    await april();
    const next = await sheet('2010-04-30', '2010-03-31');
    expect(next.unpaidCalls.map(({ funderId, missingCents }) => [funderId, missingCents])).toEqual([
      ['eure', 6_666],
      ['seine-maritime', 5_000],
    ]);
    expect(next.ceilings).toEqual([]);
    expect(next.instruction).toMatchObject([
      { funderId: 'eure', grants: 1, grantedCents: 1_000_000, newGrants: 1, newGrantedCents: 1_000_000 },
      { funderId: 'region', grants: 1, grantedCents: 1_000_000, newGrants: 0, newGrantedCents: 0 },
      { funderId: 'seine-maritime', grants: 1, grantedCents: 1_000_000, newGrants: 0, newGrantedCents: 0 },
    ]);
    expect(next.noted.list).toMatchObject([
      { kind: 'reversal', on: '2010-04-06', paymentId: 'P-3', amountCents: 10_000, reason: 'payé deux fois' },
      { kind: 'instruction-transferred', grantId: 'G-2', funderId: 'seine-maritime', otherId: 'region' },
    ]);
    story.onDay('2011-02-01');
    const later = await sheet('2011-02-01', '2010-12-01');
    expect(later.exercicesToClose).toEqual([{ exercice: 2010, since: '2011-02-01' }]);
    // 40000 paid, 13334 due by the Région and 1667 received; 13333 by each other
    expect(later.unsettled).toMatchObject([
      { exercice: 2010, funderId: 'eure', positionCents: -13_333 },
      { exercice: 2010, funderId: 'region', positionCents: 24_999 },
      { exercice: 2010, funderId: 'seine-maritime', positionCents: -11_666 },
    ]);
    await story.closes(2010, '2011-02-01');
    expect((await sheet('2011-02-01', '2010-12-01')).exercicesToClose).toEqual([]);
  });

  /** Which exercices wait for their closing, and which ceilings are near. */
  async function openOn(on: string): Promise<unknown[]> {
    const { ceilings, exercicesToClose } = await sheet(on, '2010-12-01');
    return [exercicesToClose, ceilings.map(({ ceilingId }) => ceilingId)];
  }

  it('show an exercice as closed on the days on which it was, though it was reopened later', async () => {
    story.onDay('2011-02-10');
    const toClose = [[{ exercice: 2010, since: '2011-02-01' }], ['eure-2010', 'scheme~insertion~2010']];
    const closed = [[], ['eure-2010']];
    await story.closes(2010, '2011-02-10');
    expect([await openOn('2011-02-09'), await openOn('2011-03-31')]).toEqual([toClose, closed]);

    story.onDay('2011-05-02');
    const eure = await story.hire('controller', 'controle-1', 'eure');
    await story.controller.records('/exercices/2010/reopening', { reason: 'versement omis' });
    await eure.records('/exercices/2010/reopening/countersignatures', { decision: 'sign' });
    const seen = [
      await openOn('2011-02-09'),
      await openOn('2011-03-31'),
      await openOn('2011-05-01'),
      await openOn('2011-05-02'),
    ];
    expect(seen).toEqual([toClose, closed, closed, toClose]);

    story.onDay('2011-06-01');
    await story.closes(2010, '2011-06-01');
    expect([await openOn('2011-05-01'), await openOn('2011-05-02'), await openOn('2011-06-01')]).toEqual([
      closed,
      toClose,
      closed,
    ]);
  });

  it('leave out of what is to close a year all of whose figures are back at zero', async () => {
    const { officer } = story;
    story.onDay('2011-04-15');
    await officer.records('/grants/G-1/payments', payment('P-4', { paidOn: '2011-04-01' }));
    await officer.records('/grants/G-1/payments/P-4/reversal', { reversedOn: '2011-04-02', reason: 'payé deux fois' });
    story.onDay('2012-03-01');
    const { exercicesToClose } = await sheet('2012-03-01', '2010-12-01');
    expect(exercicesToClose).toEqual([{ exercice: 2010, since: '2011-02-01' }]);
  });

  it('count each ceiling that a payment passed, and add its amount once', async () => {
    const over = payment('P-4', { paidOn: '2010-03-30', amountCents: 10_001 });
    await story.officer.records('/grants/G-1/payments', over);
    const { counts, list } = (await sheet('2010-03-31', '2010-03-29')).noted;
    expect(counts).toMatchObject([{ kind: 'ceiling-passed', count: 2, amountCents: 10_001 }]);
    const [address] = counts.map(({ why }) => why.replace('/api/v1', ''));
    const pages = await everyPage<List<{ otherId: string; countedCents: number }>>(story.auditor, address!, 1);
    expect(pages.flatMap(({ data }) => data.map(({ otherId, countedCents }) => [otherId, countedCents]))).toEqual([
      ['scheme~insertion~2010', 10_001],
      ['eure-2010', 0],
    ]);
    const passed = { kind: 'ceiling-passed', paymentId: 'P-4', amountCents: 10_001, reason: 'acompte distinct' };
    expect(list).toMatchObject([
      { ...passed, otherId: 'scheme~insertion~2010' },
      { ...passed, otherId: 'eure-2010' },
    ]);
  });

  it('hold a contract and its axes against the schemes that were attached on the day', async () => {
    const { admin, auditor } = story;
    await admin.records('/contracts', {
      contractId: 'contrat-276',
      name: 'Contrat 276',
      signedOn: '2010-01-15',
      act: 'Contrat',
      period: { from: '2010-01-01', to: '2013-12-31' },
      parties: [{ funderId: 'region', contributionCents: 20_000 }],
      axes: [{ axisId: 'axe-4', name: 'Solidarité', budgetCents: 20_000 }],
    });
    const attachment = {
      schemeId: 'insertion',
      axisId: 'axe-4',
      splitBy: 'own-key',
      attachedOn: '2010-03-01',
      act: 'Annexe',
    };
    await admin.records('/contracts/contrat-276/schemes', attachment);
    const scope = { kind: 'axis', contractId: 'contrat-276', axisId: 'axe-4' };
    await admin.records('/ceilings', { ceilingId: 'axe-4', scope, amountCents: 20_000, mode: 'warn', act: 'Budget' });
    const held = async (on: string) => {
      const { ceilings } = await sheet(on, '2010-01-11');
      for (const { consumedCents, why } of ceilings) expect(await figureAt(auditor, why)).toBe(consumedCents);
      return ceilings.map(({ ceilingId }) => ceilingId);
    };
    const all = ['axe-4', 'envelope~contrat-276', 'eure-2010', 'scheme~insertion~2010'];
    expect([await held('2010-02-28'), await held('2010-03-31')]).toEqual([['scheme~insertion~2010'], all]);

    story.onDay('2010-05-03');
    const detachment = { detachedOn: '2010-05-01', reason: 'fin de l’annexe', act: 'Avenant 1' };
    await admin.records('/contracts/contrat-276/schemes/insertion/detachment', detachment);
    const apart = ['eure-2010', 'scheme~insertion~2010'];
    expect([await held('2010-03-31'), await held('2010-05-01')]).toEqual([all, apart]);
  });

  it('say on the directors’ page one or several, and an amount only where there is one', async () => {
    await april();
    const page = async (since: string) =>
      sheetPage((await story.auditor.get<SheetAnswer>(`/reports/dgs?on=2010-04-30&since=${since}`)).body, 'fr');
    const since = await page('2010-03-31');
    expect(since).toMatch(/^1 instruction transférée$/mu);
    expect(since).toMatch(/^1 versement annulé \(100,00\s€\)$/mu);
    const transfer = { transferId: 'T-2', to: 'eure', transferredOn: '2010-04-03', reason: 'guichet unique' };
    await (
      await story.hire('officer', 'poste-8', 'seine-maritime')
    ).records('/grants/G-2/instruction-transfers', transfer);
    expect(await page('2010-03-31')).toMatch(/^2 instructions transférées$/mu);
  });

  it('answer two months when nothing else is asked, and never a period that ends before it begins', async () => {
    const { body } = await story.auditor.get('/reports/dgs');
    expect(body).toMatchObject({ on: '2010-03-31', since: '2010-01-31' });
    for (const path of ['/reports/dgs?on=2010-01-01&since=2010-01-02', '/reports/bilan?from=2010-01-02&to=2010-01-01'])
      expect(await story.auditor.get(path)).toMatchObject({
        status: 400,
        body: { code: 'REQUEST_INVALID', errors: [{ code: 'PERIOD_INVALID' }] },
      });
    expect(await story.auditor.get('/reports/dgs?le=2010-01-01')).toMatchObject({ status: 400 });
  });

  it('draw the Bilan: territory, services, population', async () => {
    await april();
    const { body } = await story.auditor.get<Bilan>('/reports/bilan?from=2010-01-01&to=2010-03-31');
    const { territory, services, population } = body;
    expect(territory.rows).toMatchObject([
      {
        departement: '27',
        schemeId: 'insertion',
        grantedCents: 1_000_000,
        disbursedCents: 20_000,
        recoveredCents: 0,
        shareDueCents: 20_000,
        shares: [
          { funderId: 'eure', amountCents: 6_666 },
          { funderId: 'region', amountCents: 6_667 },
          { funderId: 'seine-maritime', amountCents: 6_667 },
        ],
      },
      { departement: '76', schemeId: 'emplois-tremplins', grantedCents: 1_000_000, disbursedCents: 30_000 },
    ]);
    expect(territory.totals).toMatchObject({ grantedCents: 2_000_000, disbursedCents: 50_000, shareDueCents: 50_000 });
    expect(services).toMatchObject([
      { schemeId: 'emplois-tremplins', grants: 1, instructedOnce: 1, transfers: 0, medianDelayDays: 47 },
      { schemeId: 'insertion', grants: 1, instructedOnce: 1, transfers: 0, medianDelayDays: 37 },
    ]);
    expect(population).toEqual({
      jobs: [
        { schemeId: 'emplois-tremplins', departement: '76', jobs: 1 },
        { schemeId: 'insertion', departement: '27', jobs: 1 },
      ],
      jobsTotal: 2,
      beneficiaries: [
        { kind: 'association', beneficiaries: 1, grants: 1 },
        { kind: 'enterprise', beneficiaries: 1, grants: 1 },
      ],
      beneficiariesTotal: 2,
    });
    const whole = (await story.auditor.get<Bilan>('/reports/bilan')).body;
    expect(whole.territory.departements.map(({ departement }) => departement)).toEqual([null, '27', '76']);
    expect(whole.services).toMatchObject([{ transfers: 1 }, { grants: 2 }]);
  });

  it('name the partners’ lists that are not signed off by the day', async () => {
    story.onDay('2011-01-25');
    const sent = await story.controller.send({
      method: 'POST',
      url: '/api/v1/reconciliations?reconciliationId=R-1&funder=eure&exercice=2010&scheme=insertion&receivedOn=2011-01-20',
      headers: { 'content-type': 'text/csv' },
      payload: 'Mandat;Date;Bénéficiaire;Montant;Quote-part\r\nM-404;31/03/2010;Atelier;250,00;83,33\r\n',
    });
    expect(sent.status).toBe(201);
    expect((await sheet('2011-01-19', '2010-12-01')).openReconciliations).toEqual([]);
    expect((await sheet('2011-01-25', '2010-12-01')).openReconciliations).toMatchObject([
      { reconciliationId: 'R-1', funderId: 'eure', exercice: 2010, ageDays: 5, list: '/api/v1/reconciliations/R-1' },
    ]);
    const closing = { reason: 'vu avec le partenaire' };
    expect(await story.controller.post('/reconciliations/R-1/closing', closing)).toMatchObject({ status: 201 });
    expect((await sheet('2011-01-25', '2010-12-01')).openReconciliations).toEqual([]);
    expect((await sheet('2011-01-24', '2010-12-01')).openReconciliations).toHaveLength(1);
  });

  it('count a post once however many grants name it, and a grant that met another not as instructed once', async () => {
    const { officer } = story;
    const post = { postId: 'POSTE-2010-00001', overrideReason: 'suite du même poste' };
    const again = grant(4, {
      schemeId: 'emplois-tremplins',
      beneficiary: { name: 'Foyer (démo)', rna: 'W276000002', commune: '76540' },
      ...post,
    });
    await officer.records('/grants', again);
    const { body } = await story.auditor.get<Bilan>('/reports/bilan');
    expect(body.services[0]).toMatchObject({ grants: 2, instructedOnce: 1, overlapping: 1 });
    expect(body.population).toMatchObject({ jobsTotal: 2, beneficiariesTotal: 2 });
    const overlap = (await sheet('2010-03-31', '2010-01-01')).noted.list.at(-1);
    expect(overlap).toMatchObject({ kind: 'overlap', grantId: 'G-4', otherId: 'G-2', reason: 'suite du même poste' });
  });

  it('count a grant as met by another from the day of the amendment on that made them meet', async () => {
    const { officer } = story;
    const { beneficiary } = grant(5);
    await officer.records('/grants', grant(5, { period: { from: '2010-01-01', to: '2010-12-31' } }));
    await officer.records('/grants', grant(6, { beneficiary, period: { from: '2011-06-01', to: '2012-12-31' } }));
    const insertion = async (to: string) =>
      (await story.auditor.get<Bilan>(`/reports/bilan?to=${to}`)).body.services[1];
    const apart = { schemeId: 'insertion', grants: 3, instructedOnce: 3, overlapping: 0 };
    expect(await insertion('2010-12-31')).toMatchObject(apart);
    story.onDay('2011-02-01');
    const period = { from: '2010-01-01', to: '2011-12-31' };
    const amendment = { amendmentId: 'A-1', act: 'Avenant', period, overrideReason: 'deux actions distinctes' };
    await officer.records('/grants/G-5/amendments', amendment);
    expect(await insertion('2010-12-31')).toMatchObject(apart);
    expect(await insertion('2011-01-31')).toMatchObject(apart);
    expect(await insertion('2011-02-01')).toMatchObject({ grants: 3, instructedOnce: 2, overlapping: 1 });
  });

  it('come as an office CSV too, one figure a line', async () => {
    const { headers, text } = await story.auditor.get('/reports/bilan?to=2010-03-31', { accept: 'text/csv' });
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(text.startsWith('\uFEFFpartie;objet;collectivité ou territoire;indicateur;unité;valeur\r\n')).toBe(true);
    expect(text).toContain('\r\nTerritoire;insertion;27;versé;EUR;200,00\r\n');
    const dgs = await story.auditor.get('/reports/dgs?on=2010-03-31&since=2010-02-11', { accept: 'text/csv' });
    expect(dgs.text).toContain('Appels impayés;AF-1;eure;reste dû;EUR;66,66\r\n');
    // what begins with a sign is no formula: a spreadsheet shows it as it is written
    expect(dgs.text).toMatch(/Soldes;position;Département de l’Eure;au 31\/03\/2010;EUR;-166,66\r\n/);
  });
});

function contribution(contributionId: string, amountCents: number, paidOn: string) {
  const between = { schemeId: 'insertion', exercice: 2010, from: 'seine-maritime', to: 'region', callId: 'AF-1' };
  return { contributionId, ...between, amountCents, paidOn };
}

describe('The reports of the demonstration', () => {
  let folder: string;
  let opened: OpenedLedger;
  let reader: Person;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'reports-'));
    await makeDemo(join(folder, 'demo'), DEMO_SEED);
    opened = await openLedger({ dataDir: join(folder, 'demo'), logger: false });
    reader = new Person(opened.app, opened.operatorKey);
  }, 60_000);

  afterAll(async () => {
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(['2008-06-30', '2011-03-15', '2013-03-12', '2016-11-01'])('agree with the balances on %s', async (on) => {
    const since = addMonths(on, -2);
    const { body: sheet } = await reader.get<Sheet>(`/reports/dgs?on=${on}`);
    const { body: at } = await reader.get<Balances>(`/balances?asOf=${on}`);
    const { body: before } = await reader.get<Balances>(`/balances?asOf=${since}`);
    for (const funder of sheet.funders) {
      expect(at.funders).toContainEqual({ funderId: funder.funderId, ...funder.at });
      expect(before.funders).toContainEqual({ funderId: funder.funderId, ...funder.before });
      for (const [column, link] of Object.entries(funder.why))
        expect(await figureAt(reader, link)).toBe(funder.at[column]);
      for (const [column, link] of Object.entries(funder.whyChange))
        expect(await figureAt(reader, link)).toBe(funder.change[column]);
    }
    expect(sheet.sumOfPositionsCents).toBe(0);
    const granted = (of: (row: Sheet['instruction'][number]) => number) =>
      sheet.instruction.reduce((sum, row) => sum + of(row), 0);
    expect(granted((row) => row.grantedCents)).toBe(at.totals['grantedShareCents']);
    expect(granted((row) => row.newGrantedCents)).toBe(
      at.totals['grantedShareCents']! - before.totals['grantedShareCents']!,
    );
    for (const { positionCents, why } of sheet.unsettled) expect(await figureAt(reader, why)).toBe(positionCents);
    for (const { consumedCents, why } of sheet.ceilings) expect(await figureAt(reader, why)).toBe(consumedCents);
  });

  it('fit the directors’ page at every meeting of ten years', async () => {
    const pages: string[] = [];
    for (let on = '2007-02-15'; on < '2017-01-01'; on = addMonths(on, 2))
      pages.push(sheetPage((await reader.get<SheetAnswer>(`/reports/dgs?on=${on}`)).body, 'fr'));
    const sizes = pages.map((text) => {
      const lines = text.split('\n');
      return { lines: lines.length, columns: Math.max(...lines.map((line) => Array.from(line).length)) };
    });
    expect(Math.max(...sizes.map(({ lines }) => lines))).toBeLessThanOrEqual(66);
    expect(Math.max(...sizes.map(({ columns }) => columns))).toBeLessThanOrEqual(100);
    expect(pages.filter((text) => text.includes('DOUBLONS ET CORRECTIONS\n')).length).toBeGreaterThan(3);
  });

  it('add up to the balances in the Bilan, place by place and link by link', async () => {
    const { body: bilan } = await reader.get<Bilan>('/reports/bilan');
    const { body: balances } = await reader.get<Balances>('/balances');
    const { territory } = bilan;
    const columns = {
      grantedCents: 'grantedShareCents',
      disbursedCents: 'disbursedCents',
      recoveredCents: 'recoveredCents',
      shareDueCents: 'shareDueCents',
    } as const;
    for (const [column, balance] of Object.entries(columns) as [keyof typeof columns, string][]) {
      const sum = (rows: readonly Territory[]) => rows.reduce((total, row) => total + row[column], 0);
      expect(territory.totals[column]).toBe(balances.totals[balance]);
      expect(sum(territory.rows)).toBe(balances.totals[balance]);
      expect(sum(territory.departements)).toBe(balances.totals[balance]);
      const known = [...territory.rows, ...territory.departements].filter(({ departement }) => departement !== null);
      for (const row of known) expect(await figureAt(reader, row.why[column]!)).toBe(row[column]);
    }
    for (const { funderId, shareDueCents } of balances.funders) {
      const borne = territory.rows.flatMap(({ shares = [] }) => shares.filter((share) => share.funderId === funderId));
      expect(borne.reduce((sum, share) => sum + share.amountCents, 0)).toBe(shareDueCents);
    }
    expect(bilan.services.reduce((sum, row) => sum + row.grants, 0)).toBe(120);
    expect(bilan.population.jobs.reduce((sum, row) => sum + row.jobs, 0)).toBe(bilan.population.jobsTotal);
  });
});
