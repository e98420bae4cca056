/** An audit over HTTP: samples drawn again by hand, checks that find what was put there and nothing else; nothing is ever written. */

import { createHash } from 'node:crypto';
import { grant, payment, Story, type Problem } from './kit.js';

interface Drawn {
  readonly paymentId: string;
  readonly schemeId: string;
  readonly amountCents: number;
  readonly recordedAtPosition: string;
  readonly drawKey: string | null;
  readonly stratum: string | null;
  readonly hits: number | null;
  readonly throughCents: number | null;
  readonly certain: boolean | null;
  readonly why: string;
  readonly grant: string;
  readonly trail: string;
}

interface Sample {
  readonly parameters: Record<string, string | number | null>;
  readonly population: { readonly count: number; readonly totalCents: number; readonly sha256: string };
  readonly selection: {
    readonly count: number;
    readonly totalCents: number;
    readonly intervalCents: number | null;
    readonly startCents: number | null;
    readonly strata: readonly object[];
  };
  readonly data: readonly Drawn[];
  readonly again: string;
  readonly position: string;
}

interface Checks {
  readonly population: { readonly count: number; readonly totalCents: number };
  readonly checks: readonly {
    readonly check: string;
    readonly label: string;
    readonly expectsNone: boolean;
    readonly count: number;
    readonly findings: readonly {
      readonly paymentId: string;
      readonly detail: string;
      readonly recordedAtPosition: string;
      readonly others: readonly { readonly paymentId: string; readonly why: string }[];
      readonly why: string;
      readonly grant: string;
      readonly trail: string;
    }[];
    readonly next: string | null;
    readonly note: string | null;
  }[];
  readonly firstDigits: {
    readonly count: number;
    readonly digits: readonly { digit: number; observed: number; expected: number }[];
    readonly isWithin: boolean | null;
    readonly note: string | null;
  };
}

const AMOUNTS = [12_345, 200_000, 4_750, 4_751, 4_749, 31_000, 31_000, 88_001, 17_002, 5_000, 150_003, 9_004];
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

let story: Story;
/** In the order of the log. */
let recorded: { paymentId: string; amountCents: number; position: string }[];

/**
 * Twelve payments P-0 to P-11 of two schemes, recorded on working days a few days after they were paid, but for what is
 * said; `loisirs` has an approval threshold of 50,00 €.
 */
beforeAll(async () => {
  story = await Story.begin('2010-01-04');
  const { officer, otherOfficer, admin } = story;
  await admin.records('/schemes', {
    schemeId: 'loisirs',
    name: 'Bases de loisirs',
    beneficiaryKind: 'public-body',
    payer: 'eure',
    splitKey: ['region', 'seine-maritime', 'eure'].map((funderId) => ({ funderId, weight: 1 })),
    openedOn: '2010-01-01',
    approvalThresholdCents: 5_000,
  });
  await officer.records('/grants', grant(1));
  await officer.records('/grants', grant(2, { schemeId: 'loisirs' }));
  recorded = [];
  for (const [i, amountCents] of AMOUNTS.entries()) {
    const paidOn = `2010-03-${String(i + 1).padStart(2, '0')}`;
    // P-8 on the Saturday, P-9 on Easter Monday, P-10 late
    story.onDay(i === 8 ? '2010-03-20' : i === 9 ? '2010-04-05' : i >= 10 ? '2010-04-30' : '2010-03-16');
    const grantId = i >= 2 && i <= 5 ? 'G-2' : 'G-1';
    const body = {
      ...payment(`P-${i}`, { amountCents, paidOn, orderNumber: `2010-${i < 6 ? i : i + 2}` }),
      overrideReason: i === 6 ? 'second acompte' : undefined,
    };
    const reply = await officer.records<{ position: string; proposalId?: string }>(`/grants/${grantId}/payments`, body);
    if (reply.proposalId !== undefined)
      await otherOfficer.records(`/approvals/${reply.proposalId}`, { decision: 'approve' });
    recorded.push({ paymentId: `P-${i}`, amountCents, position: reply.position });
  }
  await officer.records('/grants/G-1/payments/P-11/reversal', { reversedOn: '2010-04-30', reason: 'erreur' });
});

afterAll(() => story.end());

async function sample(query: string): Promise<Sample> {
  const before = await story.events();
  const { status, body, text } = await story.auditor.get<Sample>(`/audit/sample?${query}`);
  if (status !== 200) throw new Error(text);
  expect(await story.events()).toEqual(before);
  return body;
}

const ids = ({ data }: Sample) => data.map(({ paymentId }) => paymentId);
const byHash = (seed: number, of = recorded) =>
  of.map(({ paymentId }) => paymentId).toSorted((a, b) => (sha256(`${seed}:${a}`) < sha256(`${seed}:${b}`) ? -1 : 1));

describe('A sample', () => {
  it('by chance is what anybody draws with SHA-256, whatever the seed', async () => {
    for (const seed of [0, 276, 9_007_199_254_740_991]) {
      const drawn = await sample(`method=random&size=5&seed=${seed}`);
      expect(ids(drawn)).toEqual(byHash(seed).slice(0, 5));
      for (const { paymentId, drawKey } of drawn.data) expect(drawKey).toBe(sha256(`${seed}:${paymentId}`));
      expect(ids(await sample(`method=random&size=7&seed=${seed}`)).slice(0, 5)).toEqual(ids(drawn));
    }
    expect(ids(await sample('method=random&size=500&seed=1'))).toHaveLength(12);
  });

  it('says what it was drawn from: count, total, position, and a hash of ids and amounts', async () => {
    const { population, parameters, position } = await sample('method=random&size=1&seed=1');
    expect(population).toEqual({
      count: 12,
      totalCents: AMOUNTS.reduce((sum, cents) => sum + cents, 0),
      sha256: sha256(recorded.map(({ paymentId, amountCents }) => `${paymentId} ${amountCents}\n`).join('')),
    });
    expect(parameters).toEqual({
      method: 'random',
      size: 1,
      seed: 1,
      stratum: null,
      scheme: null,
      exercice: null,
      payer: null,
      from: null,
      to: null,
      atPosition: position,
    });
  });

  it('is drawn again by its own address when the log has grown and payments were corrected', async () => {
    const position = recorded[7]!.position;
    const first = await sample(`method=random&size=4&seed=42&atPosition=${position}`);
    expect(first.population.count).toBeLessThan(12);
    const { body } = await story.auditor.get<Sample>(first.again.slice('/api/v1'.length));
    expect(body).toEqual(first);
    const now = await sample('method=monetary-unit&size=4&seed=42&scheme=insertion');
    await story.officer.records('/grants/G-1/payments', payment('P-20', { paidOn: '2010-04-01' }));
    await story.officer.records('/grants/G-1/payments/P-20/reversal', { reversedOn: '2010-04-30', reason: 'essai' });
    const later = (await story.auditor.get<Sample>(now.again.slice('/api/v1'.length))).body;
    expect({ ...later, position: now.position }).toEqual(now);
  });

  it('by monetary units takes every so-manieth cent from a start that the seed decides', async () => {
    const at = `atPosition=${recorded[11]!.position}`;
    const { data, selection, population } = await sample(`method=monetary-unit&size=6&seed=276&${at}`);
    const intervalCents = Math.floor(population.totalCents / 6);
    const startCents = 1 + Number(BigInt(`0x${sha256('276:start')}`) % BigInt(intervalCents));
    expect(selection).toMatchObject({ intervalCents, startCents });
    const points: number[] = [];
    for (let point = startCents; point <= population.totalCents; point += intervalCents) points.push(point);
    let before = 0;
    const expected = recorded.flatMap(({ paymentId, amountCents }) => {
      const through = before + amountCents;
      const hits = points.filter((point) => point > before && point <= through).length;
      before = through;
      return hits === 0 ? [] : [[paymentId, hits, through, amountCents >= intervalCents]];
    });
    expect(data.map(({ paymentId, hits, throughCents, certain }) => [paymentId, hits, throughCents, certain])).toEqual(
      expected,
    );
    expect(ids(await sample(`method=monetary-unit&size=6&seed=277&${at}`))).toContain('P-1');
  });

  it('of the largest is by amount, the first recorded of equal ones', async () => {
    expect(ids(await sample('method=top&size=5'))).toEqual(['P-1', 'P-10', 'P-7', 'P-5', 'P-6']);
  });

  it('by strata has one of each at least, and the rest in proportion', async () => {
    const { data, selection } = await sample(
      `method=stratified&size=5&seed=276&stratum=scheme&atPosition=${recorded[11]!.position}`,
    );
    // 8 of insertion and 4 of loisirs: one each, 3 more by 7 to 3
    expect(selection.strata).toEqual([
      expect.objectContaining({ stratum: 'insertion', count: 8, size: 3 }),
      expect.objectContaining({ stratum: 'loisirs', count: 4, size: 2 }),
    ]);
    const loisirs = byHash(276, recorded.slice(2, 6)).slice(0, 2);
    const insertion = byHash(276, [...recorded.slice(0, 2), ...recorded.slice(6)]).slice(0, 3);
    expect(data.map(({ paymentId, stratum }) => [stratum, paymentId])).toEqual([
      ...insertion.map((paymentId) => ['insertion', paymentId]),
      ...loisirs.map((paymentId) => ['loisirs', paymentId]),
    ]);
    const at = recorded[11]!.position;
    for (const stratum of ['exercice', 'payer', 'instalment'])
      expect(ids(await sample(`method=stratified&size=12&seed=1&stratum=${stratum}&atPosition=${at}`))).toHaveLength(
        12,
      );
  });

  it('looks only at what is asked for', async () => {
    const all = async (query: string) => ids(await sample(`method=random&size=500&seed=1&${query}`)).toSorted();
    expect(await all('scheme=loisirs')).toEqual(['P-2', 'P-3', 'P-4', 'P-5']);
    expect(await all('payer=eure')).toEqual(['P-2', 'P-3', 'P-4', 'P-5']);
    expect(await all('from=2010-03-02&to=2010-03-03')).toEqual(['P-1', 'P-2']);
    expect(await all('exercice=2009')).toEqual([]);
    const { selection, data } = await sample('method=monetary-unit&size=3&seed=1&exercice=2009');
    expect([selection.intervalCents, data]).toEqual([null, []]);
  });

  it('opens every payment: its shares, its grant, its trail', async () => {
    const { data } = await sample('method=top&size=1');
    for (const address of [data[0]!.why, data[0]!.grant, data[0]!.trail])
      expect((await story.auditor.get(address.slice('/api/v1'.length))).status).toBe(200);
  });

  it('is a table too, that says what it was drawn with', async () => {
    const path = '/audit/sample?method=monetary-unit&size=2&seed=276&scheme=loisirs';
    const { headers, text } = await story.auditor.get(path, { accept: 'text/csv' });
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    const lines = text.split('\r\n');
    expect(lines[0]).toBe('\uFEFFparamètre;valeur');
    expect(lines).toEqual(
      expect.arrayContaining([
        'méthode;unités monétaires',
        'graine;276',
        'population;4',
        'total de la population;452,50',
      ]),
    );
    expect(lines[lines.indexOf('') + 1]).toMatch(/^rang;versement;dossier;dispositif;exercice;payé le;/);
    expect(text).toContain(';P-5;G-2;loisirs;2010;06/03/2010;eure;310,00;acompte;');
  });
});

async function checks(query = ''): Promise<Checks> {
  const before = await story.events();
  const { status, body, text } = await story.auditor.get<Checks>(`/audit/checks?${query}`);
  if (status !== 200) throw new Error(text);
  expect(await story.events()).toEqual(before);
  return body;
}

/** What is said of recordings on days off. */
const detailsIn = async (language: string) =>
  (
    await story.auditor.get<Checks>('/audit/checks?check=recorded-on-day-off', { 'accept-language': language })
  ).body.checks.flatMap(({ label, findings }) => [label, ...findings.map(({ detail }) => detail)]);

describe('The checks', () => {
  it('find what is there, and nothing else', async () => {
    const found = Object.fromEntries(
      (await checks('to=2010-03-12')).checks.map(({ check, findings }) => [
        check,
        findings.map(({ paymentId }) => paymentId),
      ]),
    );
    expect(found).toEqual({
      // P-5 and P-6 are of two schemes, as are their beneficiaries
      'possible-double': [],
      'outside-period': [],
      'ceiling-passed': [],
      // 47,50 € and above, not 47,49 €
      'near-threshold': ['P-2', 'P-3'],
      'recorded-on-day-off': ['P-8', 'P-9'],
      'recorded-late': ['P-10', 'P-11'],
      'round-amount': ['P-1'],
      'order-number-gap': [],
      'approved-by-recorder': [],
      'approval-missing': [],
    });
  });

  it('say so in both languages', async () => {
    expect(await detailsIn('fr')).toEqual([
      'Enregistrements d’un jour non ouvré',
      'Enregistré le 20/03/2010, un samedi.',
      'Enregistré le 05/04/2010, le lundi de Pâques.',
    ]);
    expect(await detailsIn('en')).toEqual([
      'Recorded on a day off',
      'Recorded on 2010-03-20, a Saturday.',
      'Recorded on 2010-04-05, Easter Monday.',
    ]);
  });

  it('find gaps in order numbers, payer by payer, and say which series are none', async () => {
    const [gaps] = (await checks('check=order-number-gap')).checks;
    // 2010-6 and 2010-7 were skipped; those of the Eure are but four
    expect(gaps).toMatchObject({ count: 0, note: expect.stringContaining('2 séries') });
    for (const number of [2, 3, 4, 5])
      await story.officer.records('/grants/G-1/payments', {
        ...payment(`P-3${number}`, { amountCents: 7_000 + number, paidOn: '2010-04-01' }),
        orderNumber: `2010-${number}`,
      });
    const [later] = (await checks('check=order-number-gap&payer=region')).checks;
    expect(later!.findings.map(({ paymentId, detail }) => [paymentId, detail])).toEqual([
      ['P-6', 'Avant le mandat 2010-8 (Région Haute-Normandie), exercice 2010, il manque 6–7.'],
    ]);
    const [elsewhere] = (await checks('check=order-number-gap&scheme=insertion')).checks;
    expect(elsewhere).toMatchObject({ count: 0, note: expect.stringContaining('sans dispositif') });
  });

  it('show doubles that were let through, with the reason; and those of the other order of days', async () => {
    const reason = 'deux salariés distincts';
    await story.officer.records('/grants/G-1/payments', {
      ...payment('D-1', { amountCents: 8_111, paidOn: '2010-04-20' }),
      overrideReason: undefined,
    });
    await story.officer.records('/grants/G-1/payments', {
      ...payment('D-2', { amountCents: 8_111, paidOn: '2010-04-10' }),
      overrideReason: reason,
    });
    const [doubles] = (await checks('check=possible-double&scheme=insertion')).checks;
    expect(doubles).toMatchObject({
      count: 1,
      findings: [
        {
          paymentId: 'D-2',
          others: [{ paymentId: 'D-1', why: '/api/v1/payments/D-1/why' }],
          detail: `Même bénéficiaire, même dispositif et même montant, à 30 jours au plus de D-1. Motif : « ${reason} ».`,
        },
      ],
    });
    await story.officer.records('/grants/G-1/payments/D-1/reversal', { reversedOn: '2010-04-30', reason: 'double' });
    expect((await checks('check=possible-double&scheme=insertion')).checks[0]!.count).toBe(0);
  });

  it('show ceilings that were passed with the reason, and periods that an amendment moved away', async () => {
    const ceiling = { exercice: 2010, amountCents: 100, mode: 'warn', act: 'BP 2010' };
    await story.admin.records('/schemes/insertion/ceilings', ceiling);
    await story.officer.records('/grants', grant(4, { period: { from: '2010-01-01', to: '2010-06-30' } }));
    await story.officer.records('/grants/G-4/payments', payment('C-1', { amountCents: 101, paidOn: '2010-04-29' }));
    await story.officer.records('/grants/G-4/amendments', {
      amendmentId: 'A-1',
      period: { from: '2010-01-01', to: '2010-04-28' },
      act: 'Avenant 1',
    });
    const { checks: all } = await checks('scheme=insertion&from=2010-04-29');
    const details = Object.fromEntries(all.map(({ check, findings }) => [check, findings.map(({ detail }) => detail)]));
    expect(details['ceiling-passed']).toEqual([
      'Dépasse le plafond scheme~insertion~2010. Motif : « acompte distinct ».',
    ]);
    expect(details['outside-period']).toEqual(['Payé le 29/04/2010, hors de la période du 04/01/2010 au 28/04/2010.']);
  });

  it('go on where a list was cut, and count all of it all the same', async () => {
    const page = async (after: string) =>
      (await checks(`check=recorded-late&lateDays=10&size=2&after=${after}`)).checks[0]!;
    const whole = (await checks('check=recorded-late&lateDays=10&size=500')).checks[0]!;
    const seen: string[] = [];
    for (let after: string | null = '0'; after !== null;) {
      const { findings, next, count } = await page(after);
      expect(count).toBe(whole.count);
      seen.push(...findings.map(({ paymentId }) => paymentId));
      after = next;
    }
    expect(seen).toEqual(whole.findings.map(({ paymentId }) => paymentId));
    expect(whole.count).toBeGreaterThan(4);
  });

  it('count first digits in whole numbers, and say when they are too few', async () => {
    const { firstDigits, population } = await checks('scheme=loisirs');
    expect(population).toEqual({ count: 4, totalCents: 45_250 });
    expect(firstDigits.digits.map(({ observed }) => observed)).toEqual([0, 0, 1, 3, 0, 0, 0, 0, 0]);
    expect(firstDigits.digits.reduce((sum, { expected }) => sum + expected, 0)).toBe(4);
    expect(firstDigits).toMatchObject({ isWithin: null, note: expect.stringContaining('110') });
  });

  it('open every payment they name', async () => {
    const { checks: all } = await checks();
    const links = all.flatMap(({ findings }) => findings.flatMap(({ why, grant: of, trail }) => [why, of, trail]));
    expect(links.length).toBeGreaterThan(20);
    for (const link of new Set(links)) expect((await story.auditor.get(link.slice('/api/v1'.length))).status).toBe(200);
  });

  it('are a table too', async () => {
    const { text } = await story.auditor.get('/audit/checks?scheme=loisirs', { accept: 'text/csv' });
    expect(text).toContain('Montants juste sous le seuil d’approbation;2;2;non;\r\n');
    expect(text).toContain(';P-2;G-2;loisirs;2010;03/03/2010;eure;47,50;');
    expect(text).toMatch(/\r\n4;3;1\r\n/);
  });
});

describe('What no honest run leaves behind', () => {
  it('is found: who approved his own proposal, and what nobody approved', async () => {
    const { store } = story.opened.ledger;
    const stream = await store.readStream('grant-G-2');
    const like = stream.find(({ type }) => type === 'PaymentRecorded.v1')!;
    const facts = { ...like.data, amountCents: 6_000, paidOn: '2010-04-29' };
    const forged = (n: number, type: string, data: object) => ({
      id: `00000000-0000-4000-8000-00000000000${n}`,
      type,
      data,
      metadata: like.metadata,
    });
    const shares = ['region', 'seine-maritime', 'eure'].map((funderId) => ({ funderId, amountCents: 2_000 }));
    const proposal = { paymentId: 'F-1', proposalId: 'G-2~F-1', because: 'above-threshold', limitCents: 5_000 };
    const approval = { proposalId: 'G-2~F-1', proposedBy: 'region/poste-1', approvedBy: 'region/poste-1' };
    await store.append('grant-G-2', stream.length - 1, [
      forged(1, 'PaymentProposed.v1', { ...facts, ...proposal, proposedBy: 'region/poste-1' }),
      forged(2, 'PaymentRecorded.v1', { ...facts, shares, paymentId: 'F-1', orderNumber: 'X-1', approval }),
      forged(3, 'PaymentRecorded.v1', { ...facts, shares, paymentId: 'F-2', orderNumber: 'X-2' }),
    ]);
    const { checks: all } = await checks('scheme=loisirs');
    const broken = all.filter(({ expectsNone, count }) => expectsNone && count > 0);
    expect(
      broken.map(({ check, findings }) => [check, findings.map(({ paymentId, detail }) => [paymentId, detail])]),
    ).toEqual([
      ['approved-by-recorder', [['F-1', 'Proposé et approuvé par region/poste-1.']]],
      ['approval-missing', [['F-2', 'Au-dessus du seuil de 50,00\u202f€, et approuvé par personne.']]],
    ]);
  });
});

describe('A question that is none', () => {
  type Wrong = [what: string, path: string, status: number, code: string, errors: Record<string, string>];

  it.each<Wrong>([
    ['no method', 'sample?size=5&seed=1', 400, 'REQUEST_INVALID', { '/method': 'FIELD_REQUIRED' }],
    [
      'a method that is none',
      'sample?method=best&size=5&seed=1',
      400,
      'REQUEST_INVALID',
      { '/method': 'CHOICE_INVALID' },
    ],
    ['no size', 'sample?method=top', 400, 'REQUEST_INVALID', { '/size': 'FIELD_REQUIRED' }],
    ['a size of 0', 'sample?method=top&size=0', 400, 'REQUEST_INVALID', { '/size': 'INTEGER_INVALID' }],
    ['a size too large', 'sample?method=top&size=501', 400, 'REQUEST_INVALID', { '/size': 'INTEGER_INVALID' }],
    ['no seed', 'sample?method=random&size=5', 400, 'REQUEST_INVALID', { '/seed': 'FIELD_REQUIRED' }],
    [
      'a seed that is a word',
      'sample?method=random&size=5&seed=x',
      400,
      'REQUEST_INVALID',
      { '/seed': 'INTEGER_INVALID' },
    ],
    [
      'a seed below zero',
      'sample?method=random&size=5&seed=-1',
      400,
      'REQUEST_INVALID',
      { '/seed': 'INTEGER_INVALID' },
    ],
    [
      'a seed beyond exact integers',
      'sample?method=random&size=5&seed=9007199254740993',
      400,
      'REQUEST_INVALID',
      { '/seed': 'INTEGER_INVALID' },
    ],
    [
      'a seed for the largest',
      'sample?method=top&size=5&seed=1',
      400,
      'REQUEST_INVALID',
      { '/seed': 'FIELD_MEANINGLESS' },
    ],
    [
      'strata without a kind',
      'sample?method=stratified&size=5&seed=1',
      400,
      'REQUEST_INVALID',
      { '/stratum': 'FIELD_REQUIRED' },
    ],
    [
      'a kind of strata where there are none',
      'sample?method=random&size=5&seed=1&stratum=scheme',
      400,
      'REQUEST_INVALID',
      { '/stratum': 'FIELD_MEANINGLESS' },
    ],
    [
      'fewer than one a stratum',
      'sample?method=stratified&size=1&seed=1&stratum=scheme',
      400,
      'SAMPLE_BELOW_STRATA',
      {},
    ],
    ['an unknown scheme', 'sample?method=top&size=5&scheme=inconnu', 404, 'AUDIT_SCHEME_UNKNOWN', {}],
    ['a position yet to come', 'sample?method=top&size=5&atPosition=999999', 400, 'POSITION_UNKNOWN', {}],
    [
      'days the wrong way round',
      'sample?method=top&size=5&from=2010-02-01&to=2010-01-01',
      400,
      'REQUEST_INVALID',
      { '/to': 'PERIOD_INVALID' },
    ],
    ['an unknown scheme to check', 'checks?scheme=inconnu', 404, 'AUDIT_SCHEME_UNKNOWN', {}],
    ['a check that is none', 'checks?check=everything', 400, 'REQUEST_INVALID', { '/check': 'CHOICE_INVALID' }],
    ['no days at all', 'checks?lateDays=0', 400, 'REQUEST_INVALID', { '/lateDays': 'INTEGER_INVALID' }],
    ['an unknown parameter', 'checks?strict=true', 400, 'REQUEST_INVALID', { '/strict': 'FIELD_UNKNOWN' }],
  ])('%s', async (_, path, status, code, errors) => {
    const titles = new Set<string>();
    for (const language of ['fr', 'en']) {
      const { body } = await story.auditor.get<Problem>(`/audit/${path}`, { 'accept-language': language });
      expect(body).toMatchObject({ status, code });
      titles.add(body.title);
      expect(Object.fromEntries((body.errors ?? []).map((each) => [each.pointer, each.code]))).toEqual(errors);
      for (const { detail } of body.errors ?? []) expect(detail).toMatch(/\S/);
    }
    expect(titles.size).toBe(2);
  });
});
