/** The contrat 276 over HTTP, with its real figures: signed, consumed, counted once beside the CPER, seen by territory, denounced. */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger } from '../../src/server.js';
import { grant, payment, Person, siret, Story, type Problem, type Reply, type List } from './kit.js';

const CONTRACT = '/contracts/contrat-276';

/** In cents; the axes add up to 20 000 € more than the contributions. */
const AGREED = {
  period: { from: '2007-01-01', to: '2013-12-31' },
  parties: [
    { funderId: 'region', contributionCents: 49_100_000_000 },
    { funderId: 'seine-maritime', contributionCents: 33_684_000_000, departement: '76' },
    { funderId: 'eure', contributionCents: 13_834_000_000, departement: '27' },
  ],
  axes: [
    { axisId: 'axe-1', name: 'Un territoire régional riche de nombreux atouts', budgetCents: 15_500_000_000 },
    { axisId: 'axe-2', name: 'Un territoire régional à rendre plus accessible', budgetCents: 33_500_000_000 },
    { axisId: 'axe-3', name: 'Un territoire régional à gérer de manière durable', budgetCents: 14_350_000_000 },
    { axisId: 'axe-4', name: 'Un territoire régional solidaire et attractif', budgetCents: 33_270_000_000 },
  ],
};

const SIGNING = {
  contractId: 'contrat-276',
  name: 'Contrat 276 2007-2013',
  signedOn: '2007-03-01',
  act: 'Contrat du 1er mars 2007',
  ...AGREED,
};

interface Figures {
  readonly plannedCents: number | null;
  readonly grantedCents: number;
  readonly cperCents: number;
  readonly countedCents: number;
  readonly paidCents: number;
  readonly remainingCents: number | null;
  readonly grantedWhyLink: string;
  readonly paidWhyLink: string;
}

interface Consumption {
  readonly envelope: Figures;
  readonly funders: readonly (Figures & { readonly funderId: string })[];
  readonly axes: readonly (Figures & {
    readonly axisId: string;
    readonly schemes: string[];
    readonly funders: Figures[];
  })[];
  readonly axesGap: Pick<Figures, 'plannedCents' | 'remainingCents'>;
  readonly subContracts: readonly (Figures & { readonly subContractId: string })[];
  readonly cperParts: readonly { readonly grantId: string; readonly cperCents: number }[];
}

interface Territory {
  readonly schemeId: string;
  readonly exercice: number;
  readonly funderId: string;
  readonly shareDueCents: number;
  readonly whyLink: string;
  readonly insideCents: number | null;
  readonly insideWhyLink: string | null;
  readonly outsideCents: number | null;
  readonly outsideWhyLink: string | null;
  readonly unknownCents: number;
  readonly unknownWhyLink: string;
  readonly territories: readonly {
    readonly departement: string;
    readonly amountCents: number;
    readonly whyLink: string;
  }[];
  readonly elsewhereCents: number;
}

interface CrossTerritory {
  readonly rows: readonly Territory[];
  readonly totals: readonly Territory[];
}

let story: Story;

beforeEach(async () => {
  story = await Story.begin('2010-04-01');
  await story.admin.records('/contracts', SIGNING);
});

afterEach(async () => {
  await story.end();
});

const scheme = (schemeId: string, splitKey: readonly object[], other: object = {}) => ({
  schemeId,
  name: `Dispositif ${schemeId}`,
  beneficiaryKind: 'public-body',
  payer: 'region',
  splitKey,
  openedOn: '2007-01-01',
  ...other,
});

const attachment = (schemeId: string, axisId: string, other: object = {}) => ({
  schemeId,
  axisId,
  splitBy: 'own-key',
  attachedOn: '2007-03-01',
  act: `Annexe, ${schemeId}`,
  ...other,
});

const paymentOf = (number: number) => `/grants/G-${number}/payments/P-${number}`;

/** Grants of the communes 27229, 76540, 14118 and of none, in schemes of three keys, with payments that partly came back. */
async function live({ admin, officer }: Story): Promise<void> {
  await admin.records('/schemes', scheme('operations-axe-2', await contractKey(admin)));
  const leisure = [
    { funderId: 'seine-maritime', weight: 51 },
    { funderId: 'region', weight: 35 },
    { funderId: 'eure', weight: 14 },
  ];
  await admin.records('/schemes', scheme('bases-de-loisirs', leisure, { payer: 'seine-maritime' }));
  await admin.records(`${CONTRACT}/sub-contracts`, {
    subContractId: 'pays-1',
    kind: 'pays',
    name: 'Contrat de pays (démo)',
    axisId: 'axe-4',
    signedOn: '2008-02-11',
    period: { from: '2008-01-01', to: '2013-12-31' },
    amountCents: 250_000_000,
    act: 'Délibération 2008-14',
  });
  const attachments = [
    attachment('operations-axe-2', 'axe-2', { splitBy: 'contract-key' }),
    attachment('bases-de-loisirs', 'axe-1'),
    attachment('insertion', 'axe-4', { subContractId: 'pays-1', attachedOn: '2008-02-11' }),
    attachment('emplois-tremplins', 'axe-4'),
  ];
  for (const each of attachments) await admin.records(`${CONTRACT}/schemes`, each);
  const communes = ['27229', '76540', '14118', undefined];
  const beneficiary = (number: number) => ({
    name: `Organisme ${number} (démo)`,
    siret: siret(number),
    ...(communes[number % 4] === undefined ? {} : { commune: communes[number % 4] }),
  });
  const schemes = ['operations-axe-2', 'bases-de-loisirs', 'insertion', 'emplois-tremplins'];
  for (const [i, schemeId] of schemes.entries())
    for (let n = 0; n < 4; n += 1) {
      const number = 10 * (i + 1) + n;
      const amountCents = 1_000_001 + 10_007 * number;
      await officer.records('/grants', grant(number, { schemeId, amountCents, beneficiary: beneficiary(n) }));
      const paid = payment(`P-${number}`, { amountCents: 200_003 + number, orderNumber: `M-${number}` });
      await officer.records(`/grants/G-${number}/payments`, paid);
    }
  await officer.records(`${paymentOf(10)}/recoveries`, {
    recoveryId: 'R-1',
    amountCents: 77_777,
    recoveredOn: '2010-04-01',
    reason: 'trop-perçu',
  });
  await officer.records(`${paymentOf(21)}/reversal`, { reversedOn: '2010-04-01', reason: 'erreur' });
  await officer.records(`${paymentOf(30)}/bank-return`, { returnedOn: '2010-04-01', reason: 'compte clos' });
  await officer.records(`${paymentOf(30)}/reissue`, { reissuedOn: '2010-04-01' });
  story.onDay('2011-02-15');
  const later = { amountCents: 30_001, paidOn: '2011-02-14', orderNumber: 'M-2011' };
  await officer.records('/grants/G-11/payments', payment('P-2011', later));
}

async function contractKey(reader: Person): Promise<{ funderId: string; weight: number }[]> {
  const { body } = await reader.get<{ parties: { funderId: string; weight: number }[] }>(CONTRACT);
  return body.parties.map(({ funderId, weight }) => ({ funderId, weight }));
}

const consumption = async (query = '') =>
  (await story.auditor.get<Consumption>(`${CONTRACT}/consumption${query}`)).body;
const crossTerritory = async (query = '') =>
  (await story.auditor.get<CrossTerritory>(`${CONTRACT}/cross-territory${query}`)).body;

/** What the explanation of a figure says it is, and what its lines add up to. */
async function explained(link: string): Promise<readonly [number, number]> {
  const { body, status, text } = await story.auditor.send<{ figureCents: number; data: { amountCents: number }[] }>({
    method: 'GET',
    url: `${link}&size=500`,
  });
  if (status !== 200) throw new Error(`${link}: ${text}`);
  return [body.figureCents, body.data.reduce((sum, line) => sum + line.amountCents, 0)];
}

const sum = <Row>(rows: readonly Row[], cents: (row: Row) => number | null) =>
  rows.reduce((total, row) => total + (cents(row) ?? 0), 0);

const COLUMNS = ['grantedCents', 'cperCents', 'countedCents', 'paidCents'] as const;

function codeOf({ status, body }: Reply<Partial<Problem>>): readonly [number, string | undefined] {
  return [status, body.code];
}

/** What is granted to the four grants of each ten. */
const grantedOf = (tens: readonly number[]) =>
  sum(
    tens.flatMap((ten) => [0, 1, 2, 3].map((n) => ten + n)),
    (number) => 1_000_001 + 10_007 * number,
  );

/** Every column adds up across funders and across axes, and counts nothing twice. */
function expectConsistent(shown: Consumption): void {
  for (const column of COLUMNS) {
    const whole = shown.envelope[column];
    expect([column, sum(shown.funders, (row) => row[column])]).toEqual([column, whole]);
    expect([column, sum(shown.axes, (row) => row[column])]).toEqual([column, whole]);
    for (const axis of shown.axes) expect(sum(axis.funders, (row) => row[column])).toBe(axis[column]);
  }
  for (const { grantedCents, cperCents, countedCents } of [shown.envelope, ...shown.funders, ...shown.axes])
    expect(grantedCents - cperCents).toBe(countedCents);
}

describe('The contract of 2007', () => {
  it('has an envelope of 966 180 000 € and a gap of 20 000 €, and is shown with its key', async () => {
    const { body } = await story.auditor.get(CONTRACT);
    expect(body).toMatchObject({
      status: 'in-force',
      envelopeCents: 96_618_000_000,
      axesCents: 96_620_000_000,
      axesGapCents: 2_000_000,
      denunciation: null,
    });
    expect(await contractKey(story.auditor)).toEqual([
      { funderId: 'region', weight: 24_550 },
      { funderId: 'seine-maritime', weight: 16_842 },
      { funderId: 'eure', weight: 6_917 },
    ]);
    expect((await story.auditor.get('/contracts')).body).toMatchObject({
      data: [{ contractId: 'contrat-276', signedOn: '2007-03-01', status: 'in-force' }],
    });
    expect(codeOf(await story.auditor.get('/contracts/contrat-77'))).toEqual([404, 'CONTRACT_UNKNOWN']);
  });

  it('again is the first answer, with other content refused, off by more than the roundings refused (R3)', async () => {
    const again = await story.admin.post('/contracts', SIGNING);
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([200, 'true']);
    expect(codeOf(await story.admin.post('/contracts', { ...SIGNING, name: 'Autre' }))).toEqual([
      422,
      'CONTRACT_ID_REUSED',
    ]);
    const axes = AGREED.axes.map((axis, i) => ({
      ...axis,
      budgetCents: axis.budgetCents + (i === 0 ? 18_000_001 : 0),
    }));
    const other = { ...SIGNING, contractId: 'autre', axes };
    const refused = await story.admin.post<Problem>('/contracts', other);
    expect(codeOf(refused)).toEqual([409, 'AXES_DO_NOT_MATCH']);
    expect(refused.body.detail).toMatch(/966.380.000,01.€.*966.180.000,00.€.*200.000,00.€/);
    const misspelt = { ...SIGNING, contractId: 'autre', parties: [{ ...AGREED.parties[0], departement: '7' }] };
    expect((await story.admin.post<Problem>('/contracts', misspelt)).body.errors).toMatchObject([
      { pointer: '/parties/0/departement', code: 'DEPARTEMENT_INVALID' },
    ]);
    expect((await story.events()).filter((event) => event.type === 'ContractSigned.v1')).toHaveLength(1);
  });

  it('may be rehearsed, and insists on the revision that was seen', async () => {
    const rehearsed = await story.admin.post('/contracts?dryRun=true', { ...SIGNING, contractId: 'autre' });
    expect(rehearsed).toMatchObject({ status: 200, body: { dryRun: true, axesGapCents: 2_000_000 } });
    expect((await story.auditor.get('/contracts/autre')).status).toBe(404);
    const attached = attachment('insertion', 'axe-4');
    const stale = await story.admin.post<Problem>(`${CONTRACT}/schemes`, attached, { 'if-match': '"4"' });
    expect(codeOf(stale)).toEqual([412, 'STALE_REVISION']);
    expect((await story.admin.post(`${CONTRACT}/schemes`, attached, { 'if-match': '"0"' })).status).toBe(201);
  });

  it('holds a scheme on one axis, by its own key where that is another; an amendment keeps the axis', async () => {
    const byContract = attachment('insertion', 'axe-4', { splitBy: 'contract-key' });
    expect(codeOf(await story.admin.post(`${CONTRACT}/schemes`, byContract))).toEqual([409, 'SPLIT_KEY_DIFFERS']);
    await story.admin.records(`${CONTRACT}/schemes`, attachment('insertion', 'axe-4'));
    await story.admin.records('/contracts', { ...SIGNING, contractId: 'contrat-277' });
    expect(codeOf(await story.admin.post('/contracts/contrat-277/schemes', attachment('insertion', 'axe-4')))).toEqual([
      409,
      'SCHEME_ALREADY_ATTACHED',
    ]);
    const axes = AGREED.axes
      .slice(0, 3)
      .map((axis, i) => ({ ...axis, budgetCents: axis.budgetCents + (i === 0 ? 33_270_000_000 : 0) }));
    const amendment = { amendmentId: 'avenant-1', amendedOn: '2010-04-01', act: 'Avenant n° 1', ...AGREED };
    expect(codeOf(await story.admin.post(`${CONTRACT}/amendments`, { ...amendment, axes }))).toEqual([
      409,
      'CONTRACT_AXIS_IN_USE',
    ]);
    await story.admin.records(`${CONTRACT}/schemes/insertion/detachment`, {
      detachedOn: '2010-04-01',
      reason: 'change de contrat',
      act: 'Avenant n° 1',
    });
    await story.admin.records('/contracts/contrat-277/schemes', attachment('insertion', 'axe-4'));
    await story.admin.records(`${CONTRACT}/amendments`, { ...amendment, axes });
    expect((await story.auditor.get(CONTRACT)).body).toMatchObject({
      schemes: [],
      amendments: [{ amendmentId: 'avenant-1' }],
    });
  });
});

describe('A scheme that is split as the contributions are', () => {
  it('agrees no other key until it is detached; one with its own key may', async () => {
    await story.admin.records('/schemes', scheme('operations', await contractKey(story.admin)));
    await story.admin.records(`${CONTRACT}/schemes`, attachment('operations', 'axe-2', { splitBy: 'contract-key' }));
    await story.admin.records(`${CONTRACT}/schemes`, attachment('insertion', 'axe-4'));
    const splitKey = ['region', 'seine-maritime', 'eure'].map((funderId, i) => ({ funderId, weight: 3 - i }));
    const key = { splitKey, effectiveFrom: '2010-06-01', appliesTo: 'all-payments', act: 'Avenant n° 1' };
    const refused = await story.admin.post<Problem>('/schemes/operations/split-keys', key);
    expect(codeOf(refused)).toEqual([409, 'SPLIT_KEY_NOT_THE_CONTRACTS']);
    expect(refused.body.detail).toContain('contrat-276');
    await story.admin.records('/schemes/insertion/split-keys', key);
    await story.admin.records(`${CONTRACT}/schemes/operations/detachment`, {
      detachedOn: '2010-04-01',
      reason: 'prend sa propre clé',
      act: 'Avenant n° 1',
    });
    await story.admin.records('/schemes/operations/split-keys', key);
  });
});

describe('What is consumed of it', () => {
  beforeEach(async () => {
    await live(story);
  });

  it('adds up across funders and across axes; the gap of the axes is a row of its own', async () => {
    const shown = await consumption();
    expectConsistent(shown);
    for (const column of ['plannedCents', 'remainingCents'] as const) {
      const whole = shown.envelope[column]!;
      expect(sum(shown.funders, (row) => row[column])).toBe(whole);
      expect(sum([...shown.axes, shown.axesGap], (row) => row[column])).toBe(whole);
    }
    expect(shown.axesGap.plannedCents).toBe(-2_000_000);
    expect(shown.envelope.grantedCents).toBe(grantedOf([10, 20, 30, 40]));
    expect(shown.axes.map((axis) => [axis.axisId, axis.grantedCents > 0, axis.schemes])).toEqual([
      ['axe-1', true, ['bases-de-loisirs']],
      ['axe-2', true, ['operations-axe-2']],
      ['axe-3', false, []],
      ['axe-4', true, ['insertion', 'emplois-tremplins']],
    ]);
    expect(shown.subContracts).toMatchObject([
      { subContractId: 'pays-1', plannedCents: 250_000_000, grantedCents: grantedOf([30]) },
    ]);
    expect(shown.axes[3]!.grantedCents).toBe(grantedOf([30, 40]));
  });

  it('opens the events behind every figure', async () => {
    const shown = await consumption();
    const rows: readonly Figures[] = [
      shown.envelope,
      ...shown.funders,
      ...shown.axes,
      ...shown.axes.flatMap((axis) => axis.funders),
      ...shown.subContracts,
    ];
    for (const row of rows) {
      expect(await explained(row.grantedWhyLink)).toEqual([row.grantedCents, row.grantedCents]);
      expect(await explained(row.paidWhyLink)).toEqual([row.paidCents, row.paidCents]);
    }
    const looking = await consumption('?exercice=2010&asOf=2010-03-31');
    for (const row of [looking.envelope, ...looking.axes])
      expect(await explained(row.paidWhyLink)).toEqual([row.paidCents, row.paidCents]);
    expect(looking.envelope.paidCents).toBeGreaterThan(shown.envelope.paidCents);
  });

  it('in one exercice plans nothing and adds up to the whole with the others', async () => {
    const whole = await consumption();
    const years = [await consumption('?exercice=2010'), await consumption('?exercice=2011')];
    for (const year of years) {
      expectConsistent(year);
      expect([year.envelope.plannedCents, year.envelope.remainingCents, year.axesGap.plannedCents]).toEqual([
        null,
        null,
        null,
      ]);
    }
    expect(years[1]!.envelope.paidCents).toBe(30_001);
    for (const column of COLUMNS) expect(sum(years, (year) => year.envelope[column])).toBe(whole.envelope[column]);
  });

  it('counts no euro that the CPER counts', async () => {
    const before = await consumption();
    const { shares } = await story.controller.records<{ shares: { funderId: string; amountCents: number }[] }>(
      `${CONTRACT}/cper-parts`,
      { grantId: 'G-11', cperCents: 500_003, notedOn: '2011-02-15', act: 'CPER 2007-2013, fiche 12' },
    );
    const shown = await consumption();
    expectConsistent(shown);
    expect(shown.envelope).toMatchObject({
      grantedCents: before.envelope.grantedCents,
      cperCents: 500_003,
      countedCents: before.envelope.grantedCents - 500_003,
      remainingCents: before.envelope.remainingCents! + 500_003,
      paidCents: before.envelope.paidCents,
    });
    expect(shown.axes.map((axis) => axis.cperCents)).toEqual([0, 500_003, 0, 0]);
    expect(shown.funders.map(({ funderId, cperCents }) => ({ funderId, amountCents: cperCents }))).toEqual(shares);
    expect(shown.cperParts).toMatchObject([{ grantId: 'G-11', cperCents: 500_003 }]);
    expect((await consumption('?asOf=2011-02-14')).envelope.cperCents).toBe(0);
    const years = [await consumption('?exercice=2010'), await consumption('?exercice=2011')];
    expect(years.map((year) => year.envelope.cperCents)).toEqual([500_003, 0]);
    const lower = { amendmentId: 'A-1', amountCents: 500_002, act: 'Avenant' };
    expect(codeOf(await story.officer.post('/grants/G-11/amendments', lower))).toEqual([409, 'AMENDMENT_BELOW_CPER']);
    expect((await story.officer.post('/grants/G-11/amendments', { ...lower, amountCents: 500_003 })).status).toBe(201);
    const none = { grantId: 'G-11', cperCents: 0, notedOn: '2011-02-15', act: 'CPER, fiche 12 retirée' };
    await story.controller.records(`${CONTRACT}/cper-parts`, none);
    expect(await consumption()).toMatchObject({ envelope: { cperCents: 0 }, cperParts: [] });
  });

  it('is, looking back, what was agreed and attached on that day', async () => {
    await story.admin.records(`${CONTRACT}/schemes/insertion/detachment`, {
      detachedOn: '2011-02-15',
      reason: 'sortie du contrat',
      act: 'Avenant n° 1',
    });
    const axes = AGREED.axes.map((axis, i) => ({ ...axis, budgetCents: axis.budgetCents + (i === 2 ? 1_000_000 : 0) }));
    await story.admin.records(`${CONTRACT}/amendments`, {
      amendmentId: 'avenant-1',
      amendedOn: '2011-02-15',
      act: 'Avenant n° 1',
      ...AGREED,
      axes,
    });
    const now = await consumption();
    const before = await consumption('?asOf=2011-02-14');
    expect([before.axes[2]!.plannedCents, now.axes[2]!.plannedCents]).toEqual([14_350_000_000, 14_351_000_000]);
    expect(before.axes[3]!.paidCents).toBeGreaterThan(now.axes[3]!.paidCents);
    expect(await explained(before.axes[3]!.paidWhyLink)).toEqual([
      before.axes[3]!.paidCents,
      before.axes[3]!.paidCents,
    ]);
    expect((await consumption('?asOf=2008-02-10')).subContracts).toEqual([]);
    expect((await story.auditor.get(`${CONTRACT}/consumption?asOf=2007-02-28`)).status).toBe(404);
  });
});

describe('The solidarity across territories', () => {
  beforeEach(async () => {
    await live(story);
  });

  it('is inside, outside and unknown, and adds up to the share due, corrections included', async () => {
    const { rows, totals } = await crossTerritory();
    expect(rows.length).toBe(15);
    for (const row of [...rows, ...totals]) {
      const { shareDueCents, insideCents, outsideCents, unknownCents, territories, elsewhereCents } = row;
      expect(sum(territories, (each) => each.amountCents) + elsewhereCents + unknownCents).toBe(shareDueCents);
      const isRegion = row.funderId === 'region';
      expect([insideCents, outsideCents].map((cents) => cents === null)).toEqual([isRegion, isRegion]);
      const located = isRegion ? shareDueCents - unknownCents : insideCents! + outsideCents!;
      expect(located + unknownCents).toBe(shareDueCents);
    }
    const eure = totals.find((row) => row.funderId === 'eure')!;
    expect(eure.outsideCents).toBe(
      eure.territories.find((each) => each.departement === '76')!.amountCents + eure.elsewhereCents,
    );
    const { data } = (
      await story.auditor.get<{
        data: { schemeId: string; exercice: number; funderId: string; shareDueCents: number }[];
      }>('/balances')
    ).body;
    for (const { schemeId, exercice, funderId, shareDueCents } of rows)
      expect(
        data.find((row) => row.schemeId === schemeId && row.exercice === exercice && row.funderId === funderId)!
          .shareDueCents,
      ).toBe(shareDueCents);
    for (const total of totals)
      expect(
        sum(
          rows.filter((row) => row.funderId === total.funderId),
          (row) => row.shareDueCents,
        ),
      ).toBe(total.shareDueCents);
  });

  it('shows to the cent what one département paid in the other', async () => {
    const { rows } = await crossTerritory('?scheme=bases-de-loisirs&exercice=2010');
    // G-20 is in the Eure and was paid 2 000,23 €, of which 51 % of Seine-Maritime; G-21 in Seine-Maritime was reversed
    const seineMaritime = rows.find((row) => row.funderId === 'seine-maritime')!;
    expect(seineMaritime.insideCents).toBe(0);
    const inEure = seineMaritime.territories.find((each) => each.departement === '27')!.amountCents;
    expect(Math.abs(inEure - (200_023 * 51) / 100)).toBeLessThan(1);
    const eure = rows.find((row) => row.funderId === 'eure')!;
    expect(Math.abs(eure.insideCents! - (200_023 * 14) / 100)).toBeLessThan(1);
  });

  it('opens the events behind every figure', async () => {
    const { rows, totals } = await crossTerritory('?asOf=2010-12-31');
    for (const row of [...rows.filter((each) => each.schemeId !== 'insertion'), ...totals]) {
      const figures = [
        [row.whyLink, row.shareDueCents],
        [row.insideWhyLink, row.insideCents],
        [row.outsideWhyLink, row.outsideCents],
        [row.unknownWhyLink, row.unknownCents],
        ...row.territories.map((each) => [each.whyLink, each.amountCents] as const),
      ] as const;
      for (const [link, cents] of figures.filter((figure) => figure[0] !== null))
        expect(await explained(link!)).toEqual([cents, cents]);
    }
  });

  it('is an office CSV too', async () => {
    const { text, headers } = await story.auditor.get(`${CONTRACT}/cross-territory?scheme=bases-de-loisirs`, {
      accept: 'text/csv',
    });
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    const lines = text.split('\r\n');
    expect(lines[0]).toBe(
      '\uFEFFdispositif;exercice;collectivité;son département;quote-part due;sur son territoire;hors de son territoire;dans le 76;dans le 27;ailleurs;commune inconnue',
    );
    expect(lines).toHaveLength(1 + 3 + 3 + 1);
    expect(lines[1]).toMatch(/^bases-de-loisirs;2010;eure;27;\d+,\d\d;/);
    expect(lines[4]).toMatch(/^total;;region;;\d+,\d\d;;;/);
  });

  it('is of schemes that are attached', async () => {
    const path = `${CONTRACT}/cross-territory?scheme=vehicules-sportifs`;
    expect(codeOf(await story.auditor.get(path))).toEqual([409, 'SCHEME_NOT_ATTACHED']);
  });
});

const awarded = (number: number, signedOn: string, other: object = {}) =>
  grant(number, {
    agreement: { number: `C-${number}`, signedOn },
    period: { from: signedOn, to: '2017-01-31' },
    ...other,
  });

describe('The denunciation', () => {
  it('ends the awards of attached schemes at its effect; what was granted before is paid on', async () => {
    await story.admin.records(`${CONTRACT}/schemes`, attachment('insertion', 'axe-4'));
    await story.officer.records('/grants', grant(1, { period: { from: '2010-01-01', to: '2016-12-31' } }));
    story.onDay('2015-06-22');
    await story.admin.records(`${CONTRACT}/denunciation`, {
      denouncedBy: 'eure',
      denouncedOn: '2015-06-22',
      effectiveOn: '2015-12-31',
      act: 'Délibération 2015-88',
      reason: 'fin de la politique commune',
    });
    story.onDay('2016-02-10');
    expect((await story.officer.post('/grants', awarded(2, '2015-12-31'))).status).toBe(201);
    const late = await story.officer.post<Problem>('/grants', awarded(3, '2016-01-01'));
    expect(codeOf(late)).toEqual([409, 'CONTRACT_DENOUNCED']);
    expect(late.body.detail).toContain('contrat-276');
    const outside = awarded(4, '2016-01-01', {
      schemeId: 'emplois-tremplins',
      beneficiary: { name: 'Atelier 4 (démo)', siret: siret(4) },
    });
    expect((await story.officer.post('/grants', outside)).status).toBe(201);
    const paid = payment('P-1', { paidOn: '2016-02-09', exercice: 2016 });
    const { amountCents } = await story.officer.records<{ amountCents: number }>('/grants/G-1/payments', paid);
    // it counts in the contract all the same, and is said to be of after its period
    expect(await consumption()).toMatchObject({
      envelope: { paidCents: amountCents },
      countedSince: 2010,
      outsidePeriod: { grantedCents: expect.any(Number), paidCents: amountCents },
    });
    const envelope = { consumedCents: amountCents, countedSince: 2016, outsidePeriodCents: amountCents };
    expect((await story.auditor.get<List>('/ceilings')).body.data).toMatchObject([envelope]);
    expect((await story.auditor.get(CONTRACT)).body).toMatchObject({
      status: 'denounced',
      denunciation: { denouncedBy: 'eure', effectiveOn: '2015-12-31' },
    });
  });

  it('is remembered after a start, on read models made again from the log', async () => {
    await story.admin.records(`${CONTRACT}/schemes`, attachment('insertion', 'axe-4'));
    await story.admin.records(`${CONTRACT}/denunciation`, {
      denouncedBy: 'eure',
      denouncedOn: '2010-03-01',
      effectiveOn: '2010-03-31',
      act: 'Délibération 2010-1',
      reason: 'fin de la politique commune',
    });
    const before = (await story.auditor.get(CONTRACT)).body;
    await story.opened.close();
    rmSync(join(story.dataDir, 'read-models.db'));
    const again = await openLedger({ dataDir: story.dataDir, logger: false, clock: () => Date.parse('2010-04-02') });
    try {
      const officer = new Person(again.app, story.officer.token);
      expect((await officer.get(CONTRACT)).body).toEqual(before);
      const agreement = { number: 'C-1', signedOn: '2010-04-01' };
      expect(codeOf(await officer.post('/grants', grant(1, { agreement })))).toEqual([409, 'CONTRACT_DENOUNCED']);
    } finally {
      await again.close();
    }
  });
});
