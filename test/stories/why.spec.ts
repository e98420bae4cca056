/** Why this figure: whatever is asked for, the lines add up to it exactly, and each says where its cents come from. */

import { everyPage, FUNDERS, grant, payment, Story, type List, type LoggedEvent, type Share } from './kit.js';

const COLUMNS = [
  'grantedShareCents',
  'shareDueCents',
  'disbursedCents',
  'recoveredCents',
  'contributedCents',
  'receivedCents',
  'calledCents',
  'positionCents',
] as const;
type Column = (typeof COLUMNS)[number];

interface Line {
  readonly position: string;
  readonly type: string;
  readonly on: string;
  readonly paymentId: string | null;
  readonly amountCents: number;
  readonly explanation: string;
}

interface Why extends List<Line> {
  readonly figureCents: number;
}

/** What a figure is asked of; absent counts whole. */
interface Asked {
  readonly funder?: string;
  readonly scheme?: string;
  readonly exercice?: number;
  readonly untilExercice?: number;
  readonly afterExercice?: number;
  readonly from?: string;
  readonly to?: string;
  readonly outside?: string;
  readonly inside?: string;
  readonly atPosition?: number;
}

let story: Story;

afterEach(async () => {
  await story.end();
});

/** Numbers that look drawn, the same for the same seed. */
function drawing(seed: number) {
  let state = seed;
  const below = (bound: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * bound);
  };
  return { below, oneOf: <Value>(values: readonly Value[]) => values[below(values.length)]! };
}

const COMMUNES = ['27229', '27681', '76540', '76217', undefined];
const SCHEMES = ['insertion', 'emplois-tremplins'];

/** Two years over two schemes and territories, with every kind of event that moves money, most of them drawn. */
async function aDrawnHistory(seed: number): Promise<Story> {
  const { below, oneOf } = drawing(seed);
  const drawn = await Story.begin('2010-01-11');
  const { officer, controller, admin } = drawn;
  for (let i = 1; i <= 6; i += 1) {
    const commune = COMMUNES[i % COMMUNES.length];
    const where = commune === undefined ? {} : { commune };
    const association = {
      schemeId: 'emplois-tremplins',
      beneficiary: { name: 'Foyer', rna: `W27600000${i}`, ...where },
    };
    const enterprise = { beneficiary: { ...grant(i).beneficiary, ...where } };
    await officer.records('/grants', grant(i, i % 2 === 0 ? association : enterprise));
  }
  const alive: { path: string; amountCents: number }[] = [];
  let day = Date.parse('2010-02-01');
  for (let i = 1; i <= 45; i += 1) {
    day += below(20) * 86_400_000;
    const on = new Date(day).toISOString().slice(0, 10);
    drawn.onDay(on);
    const contribution = {
      contributionId: `C-${i}`,
      schemeId: oneOf(SCHEMES),
      exercice: oneOf([2010, 2011]),
      from: 'eure',
      to: 'region',
      amountCents: 1 + below(5_000),
      paidOn: on,
    };
    switch (below(9)) {
      case 0: {
        await controller.records('/settlement/contributions', contribution);
        if (below(2) === 0)
          await controller.records(`/settlement/contributions/C-${i}/reversal`, { reversedOn: on, reason: 'rejet' });
        break;
      }
      case 1: {
        const call = { callId: `AF-${i}`, schemeId: oneOf(SCHEMES), exercice: Number(on.slice(0, 4)), issuedOn: on };
        const { status, text } = await controller.post('/settlement/calls', call);
        if (status !== 201 && !text.includes('FUNDING_CALL_EMPTY')) throw new Error(text);
        break;
      }
      case 2: {
        const last = alive.at(-1);
        if (last === undefined || last.amountCents < 3) break;
        const back = 1 + below(Math.floor(last.amountCents / 2));
        last.amountCents -= back;
        const by = { recoveryId: `R-${i}`, amountCents: back, recoveredOn: on, recoveredBy: oneOf(FUNDERS) };
        await officer.records(`${last.path}/recoveries`, { ...by, reason: 'trop-perçu' });
        break;
      }
      case 3: {
        const path = `/grants/G-${1 + below(6)}`;
        const amountCents = 1_000_000 + below(100_000);
        await officer.records(`${path}/amendments`, { amendmentId: `A-${i}`, amountCents, act: 'Avenant' });
        break;
      }
      default: {
        const path = `/grants/G-${1 + below(6)}/payments`;
        const amountCents = 1 + below(20_000);
        const exercice = { exercice: Number(on.slice(0, 4)) };
        await officer.records(
          path,
          payment(`P-${i}`, { amountCents, paidOn: on, paidBy: oneOf(FUNDERS), ...exercice }),
        );
        const of = `${path}/P-${i}`;
        const fate = below(5);
        if (fate === 0) await officer.records(`${of}/reversal`, { reversedOn: on, reason: 'double' });
        else if (fate <= 2) {
          await officer.records(`${of}/bank-return`, { returnedOn: on, reason: 'compte clos' });
          if (fate === 2) await officer.records(`${of}/reissue`, { reissuedOn: on, orderNumber: `M-${i}` });
        } else alive.push({ path: of, amountCents });
      }
    }
    if (i !== 30) continue;
    const splitKey = [3, 2, 1].map((weight, k) => ({ funderId: FUNDERS[k]!, weight }));
    day += 86_400_000;
    const next = new Date(day).toISOString().slice(0, 10);
    drawn.onDay(next);
    const later = { act: 'Avenant clé', effectiveFrom: next, appliesTo: 'all-payments' };
    await admin.records('/schemes/insertion/split-keys', { splitKey, ...later });
  }
  return drawn;
}

interface Move {
  readonly funder: string;
  readonly column: Column;
  readonly cents: number;
}

/** What an event moves, in the test's own words; by whom the day is called, and the position beside its part. */
function movesOf({ type, data }: LoggedEvent): { on: string; moves: Move[] } {
  const day = (field: string) => String(data[field]);
  const amount = data['amountCents'] as number;
  const share = (field: string, column: Column, sign: number) =>
    (data[field] as Share[]).map(({ funderId, amountCents }) => ({
      funder: funderId,
      column,
      cents: sign * amountCents,
    }));
  const till = (by: string, column: Column, sign: number) => ({ funder: day(by), column, cents: sign * amount });
  const paid = (on: string, sign: number) => ({
    on: day(on),
    moves: [till('paidBy', 'disbursedCents', sign), ...share('shares', 'shareDueCents', sign)],
  });
  const contributed = (on: string, sign: number) => ({
    on: day(on),
    moves: [till('from', 'contributedCents', sign), till('to', 'receivedCents', sign)],
  });
  switch (type) {
    case 'GrantAwarded.v1':
      return {
        on: (data['agreement'] as { signedOn: string }).signedOn,
        moves: share('plannedShares', 'grantedShareCents', 1),
      };
    case 'GrantAmended.v1':
      return { on: day('amendedOn'), moves: share('plannedShareChanges', 'grantedShareCents', 1) };
    case 'PaymentRecorded.v1':
      return paid('paidOn', 1);
    case 'PaymentReissued.v1':
      return paid('reissuedOn', 1);
    case 'PaymentReversed.v1':
      return paid('reversedOn', -1);
    case 'PaymentReturned.v1':
      return paid('returnedOn', -1);
    case 'RecoveryRecorded.v1':
      return {
        on: day('recoveredOn'),
        moves: [till('recoveredBy', 'recoveredCents', 1), ...share('shares', 'shareDueCents', -1)],
      };
    case 'FundingCallIssued.v1':
    case 'FundingCallIssued.v2':
      return { on: day('issuedOn'), moves: share('called', 'calledCents', 1) };
    case 'ContributionRecorded.v1':
      return contributed('paidOn', 1);
    case 'ContributionReversed.v1':
      return contributed('reversedOn', -1);
    default:
      return { on: '', moves: [] };
  }
}

const IN_POSITION: Partial<Record<Column, 1 | -1>> = {
  disbursedCents: 1,
  contributedCents: 1,
  recoveredCents: -1,
  receivedCents: -1,
  shareDueCents: -1,
};

/** The lines by the book: the log gone through event by event. */
function linesByTheBook(log: readonly LoggedEvent[], asked: Asked, column: Column) {
  const communes = new Map(
    log
      .filter(({ type }) => type === 'GrantAwarded.v1')
      .map(({ data }) => [data['grantId'], (data['beneficiary'] as { commune?: string }).commune?.slice(0, 2)]),
  );
  return log
    .flatMap((event) => {
      const { on, moves } = movesOf(event);
      const where = communes.get(event.data['grantId']);
      if (moves.length === 0 || on < (asked.from ?? '') || on > (asked.to ?? '9999')) return [];
      if (Number(event.position) > (asked.atPosition ?? Infinity)) return [];
      if (asked.scheme !== undefined && asked.scheme !== event.data['schemeId']) return [];
      if (asked.exercice !== undefined && asked.exercice !== event.data['exercice']) return [];
      if ((asked.untilExercice ?? 9999) < Number(event.data['exercice'])) return [];
      if ((asked.afterExercice ?? 0) >= Number(event.data['exercice'])) return [];
      if (asked.outside !== undefined && (where === undefined || where === asked.outside)) return [];
      if (asked.inside !== undefined && where !== asked.inside) return [];
      const cents = moves
        .filter(({ funder }) => funder === (asked.funder ?? funder))
        .reduce((sum, move) => {
          const sign = column === 'positionCents' ? (IN_POSITION[move.column] ?? 0) : Number(move.column === column);
          return sum + sign * move.cents;
        }, 0);
      return cents === 0 ? [] : [{ on, position: event.position, amountCents: cents }];
    })
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : Number(a.position) - Number(b.position)));
}

async function why(asked: Asked, column: Column, size = 7): Promise<{ figures: number[]; lines: Line[] }> {
  const query = new URLSearchParams({ ...asked, column } as unknown as Record<string, string>);
  const pages = await everyPage<Why>(story.auditor, `/balances/why?${query.toString()}`, size);
  return { figures: pages.map(({ figureCents }) => figureCents), lines: pages.flatMap(({ data }) => data) };
}

interface Statement extends List<{ readonly balanceCents: number }> {
  readonly openingCents: number;
  readonly whyOpening: string;
  readonly why: string;
}

/** The figure behind an address, and the sum of all its lines. */
async function opened(address: string): Promise<{ figure: number; sum: number }> {
  const pages = await everyPage<Why>(story.auditor, address.replace('/api/v1', ''), 500);
  const lines = pages.flatMap(({ data }) => data);
  return { figure: pages[0]!.figureCents, sum: lines.reduce((total, { amountCents }) => total + amountCents, 0) };
}

/** Addresses whose lines are events. */
const OPENS_EVENTS = /\/balances\/why\?|\/cper-parts/;

interface Addressed {
  readonly address: string;
  readonly figure: unknown;
}

/** Every address of an answer with the figure that it says to explain. */
function addressesIn(value: unknown): Addressed[] {
  if (Array.isArray(value)) return value.flatMap(addressesIn);
  if (value === null || typeof value !== 'object') return [];
  const shown = value as Record<string, unknown>;
  // beside the addresses, or in the part of the answer that they are named after
  const parts: Record<string, unknown> = {
    why: shown['at'] ?? shown['totals'],
    whyBefore: shown['before'],
    whyChange: shown['change'],
  };
  return Object.entries(shown).flatMap(([name, inner]) => {
    if (!/^why|WhyLink$/.test(name)) return addressesIn(inner);
    if (typeof inner === 'string')
      return OPENS_EVENTS.test(inner) ? [{ address: inner, figure: shown[figureOf(name, inner, shown)] }] : [];
    const figures = Object.hasOwn(shown, Object.keys(inner ?? {})[0] ?? '') ? shown : (parts[name] as typeof shown);
    return Object.entries(inner ?? {}).map(([column, address]) => ({
      address: String(address),
      figure: figures[column],
    }));
  });
}

function figureOf(name: string, address: string, shown: Record<string, unknown>): string {
  const stem = name.replace(/^why|WhyLink$/, '');
  const named = `${stem.charAt(0).toLowerCase()}${stem.slice(1)}Cents`;
  const column = new URL(address, 'http://x').searchParams.get('column') ?? '';
  const paid = column === 'shareDueCents' ? ['consumedCents', 'netPaidCents'] : [];
  const candidates = [named, column, 'netCents', ...paid, 'amountCents'];
  return candidates.find((candidate) => Object.hasOwn(shown, candidate))!;
}

/** How many addresses an answer holds, each of them followed. */
async function everyAddressOpensItsFigure(answer: unknown): Promise<number> {
  const found = addressesIn(answer);
  const written = JSON.stringify(answer).match(new RegExp(OPENS_EVENTS, 'g')) ?? [];
  expect(found.length).toBe(written.length);
  for (const { address, figure } of found)
    expect({ address, ...(await opened(address)) }).toEqual({ address, figure, sum: figure });
  return found.length;
}

const CONTRACT = {
  contractId: 'C-276',
  name: 'Contrat 276',
  signedOn: '2010-03-01',
  act: 'Contrat',
  period: { from: '2010-01-01', to: '2013-12-31' },
  parties: FUNDERS.map((funderId) => ({ funderId, contributionCents: 1_000_000 })),
  axes: ['axe-1', 'axe-2'].map((axisId) => ({ axisId, name: axisId, budgetCents: 1_500_000 })),
};
const ATTACHED = {
  schemeId: 'insertion',
  axisId: 'axe-1',
  splitBy: 'own-key',
  attachedOn: '2010-03-15',
  act: 'Rattachement',
};

/** With ordinary spaces. */
function plain(text: string): string {
  return text.replaceAll('\u202f', ' ');
}

describe('Why this figure', () => {
  it.each([1, 2, 3])('the lines add up to it, whatever is asked of a drawn history (%i)', async (seed) => {
    story = await aDrawnHistory(seed);
    const log = await story.events();
    const { below, oneOf } = drawing(seed);
    const days = log.map((event) => movesOf(event).on).filter((on) => on !== '');
    const maybe = <Value>(name: string, value: () => Value) => (below(3) === 0 ? { [name]: value() } : {});
    const found = { lines: 0, figures: new Set<number>() };
    for (let i = 0; i < 160; i += 1) {
      const asked: Asked = {
        ...(below(4) > 0 && { funder: oneOf(FUNDERS) }),
        ...maybe('scheme', () => oneOf(SCHEMES)),
        ...maybe('exercice', () => oneOf([2010, 2011])),
        ...maybe('untilExercice', () => oneOf([2009, 2010, 2011])),
        ...maybe('afterExercice', () => oneOf([2009, 2010])),
        ...maybe('from', () => oneOf(days)),
        ...maybe('to', () => oneOf(days)),
        ...maybe('outside', () => oneOf(['27', '76'])),
        ...maybe('inside', () => oneOf(['27', '76'])),
        ...maybe('atPosition', () => 1 + below(log.length)),
      };
      const column = COLUMNS[i % COLUMNS.length]!;
      const expected = linesByTheBook(log, asked, column);
      const figure = expected.reduce((sum, line) => sum + line.amountCents, 0);
      const { figures, lines } = await why(asked, column);
      const shown = lines.map(({ on, position, amountCents }) => ({ on, position, amountCents }));
      expect({ asked, column, figures: [...new Set(figures)], shown }).toEqual({
        asked,
        column,
        figures: [figure],
        shown: expected,
      });
      found.lines += lines.length;
      found.figures.add(figure);
    }
    // the questions found something to explain
    expect(found.lines).toBeGreaterThan(200);
    expect(found.figures.size).toBeGreaterThan(30);
  });

  it('is said in words: the division, to whom the left-over cent goes, what a recovery gives back', async () => {
    story = await Story.begin('2010-04-01');
    const { officer } = story;
    await officer.records('/grants', grant(1));
    await officer.records('/grants/G-1/payments', payment('P-1'));
    await officer.records('/grants/G-1/payments/P-1/recoveries', {
      recoveryId: 'R-1',
      amountCents: 1_000,
      recoveredOn: '2010-04-01',
      reason: 'contrat rompu',
    });
    const { lines } = await why({ funder: 'eure' }, 'shareDueCents');
    expect(lines.map(({ explanation }) => plain(explanation))).toEqual([
      '10 000 c / 3 = 3 333 c, reste 1 c. Le centime restant va à Région Haute-Normandie : à égalité, l’ordre fixé à l’ouverture du dispositif décide.',
      '1 000 c × 3 333 c / 10 000 c → 333 c : rendu à Département de l’Eure en proportion de ce que chacun portait encore du versement P-1.',
    ]);
    const region = await why({ funder: 'region', scheme: 'insertion' }, 'shareDueCents');
    expect(plain(region.lines[0]!.explanation)).toContain('Région Haute-Normandie : 3 333 c + 1 c.');
    expect(plain(region.lines[1]!.explanation)).toContain('→ 333 c + 1 c, son reste étant parmi les plus grands');
    const position = await why({ funder: 'region' }, 'positionCents');
    expect(position.lines.map(({ explanation }) => plain(explanation))).toEqual([
      'versé +100,00 € · quote-part due −33,34 €',
      'recouvré −10,00 € · quote-part due +3,34 €',
    ]);
    const everybody = await why({}, 'shareDueCents');
    expect(everybody.lines.map(({ amountCents }) => amountCents)).toEqual([10_000, -1_000]);
    const english = await story.auditor.get<Why>('/balances/why?column=grantedShareCents&funder=eure', {
      'accept-language': 'en',
    });
    expect(english.body.data[0]!.explanation).toBe(
      'Planned: 1 / 3 of €10,000.00, by key no 1; the payments will decide the cents.',
    );
  });

  it('of one payment: each share to the cent, with what was seen, and what happened to it since', async () => {
    story = await Story.begin('2010-04-01');
    const { officer } = story;
    await officer.records('/grants', grant(1));
    await officer.records('/grants/G-1/payments', payment('P-1'));
    await officer.records('/grants/G-1/payments', payment('P-2', { amountCents: 20_000 }));
    const recovery = { recoveryId: 'R-1', amountCents: 1_000, recoveredOn: '2010-04-01', reason: 'contrat rompu' };
    await officer.records('/grants/G-1/payments/P-2/recoveries', recovery);
    const { status, body } = await story.auditor.get<{ shares: object[]; since: object[] }>('/payments/P-2/why');
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'paid', keyVersion: 1, ruleVersion: 1, payment: { amountCents: 20_000 } });
    // after P-1 the Région bears a cent more: the two others take the two left-over cents; 334 / 333 / 333 come back
    expect(body.shares).toMatchObject([
      { funderId: 'region', wholeCents: 6_666, extraCents: 0, rank: 3, seenCents: 3_334, remainingCents: 6_333 },
      {
        funderId: 'seine-maritime',
        wholeCents: 6_666,
        extraCents: 1,
        rank: 1,
        seenCents: 3_333,
        remainingCents: 6_333,
      },
      { funderId: 'eure', wholeCents: 6_666, extraCents: 1, rank: 2, seenCents: 3_333, remainingCents: 6_334 },
    ]);
    expect(body.since).toMatchObject([
      {
        type: 'RecoveryRecorded.v1',
        label: 'Reversement encaissé',
        on: '2010-04-01',
        amountCents: -1_000,
        shares: [{ amountCents: -333 }, { amountCents: -334 }, { amountCents: -333 }],
        reason: 'contrat rompu',
      },
    ]);
    expect(await story.auditor.get('/payments/P-1/why')).toMatchObject({ body: { since: [] } });
    expect(await story.auditor.get('/payments/P-9/why')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });

  it('is one link away from every balance that is asked with it', async () => {
    story = await aDrawnHistory(4);
    const looks = [
      '',
      '&asOf=2010-06-30',
      '&scheme=insertion&atPosition=20',
      '&knownAt=2010-09-01T10:00:00Z&asOf=2010-07-31',
    ];
    for (const looking of looks) {
      type Row = Record<Column, number> & { readonly why: Record<Column, string> };
      const { body } = await story.auditor.get<{ data: Row[]; funders: Row[] }>(`/balances?why=true${looking}`);
      expect(body.data.length).toBeGreaterThan(2);
      for (const row of [...body.data, ...body.funders])
        for (const column of COLUMNS) {
          const explained = await story.auditor.get<Why>(row.why[column].replace('/api/v1', ''));
          expect([looking, row.why[column], explained.body.figureCents]).toEqual([
            looking,
            row.why[column],
            row[column],
          ]);
        }
    }
    expect(JSON.stringify((await story.auditor.get('/balances')).body)).not.toContain('/why');
  });

  it('of a contract or an axis: the schemes attached to it', async () => {
    story = await Story.begin('2010-04-01');
    const { officer, admin } = story;
    await officer.records('/grants', grant(1));
    await officer.records('/grants/G-1/payments', payment('P-1'));
    const asked = async (of: string) =>
      (await story.auditor.get<Why>(`/balances/why?column=shareDueCents&${of}`)).body.figureCents;
    expect(await asked('contract=C-276')).toBe(0);
    await admin.records('/contracts', CONTRACT);
    await admin.records('/contracts/C-276/schemes', ATTACHED);
    expect(await asked('contract=C-276')).toBe(10_000);
    expect(await asked('axis=axe-1&funder=eure')).toBe(3_333);
    expect(await asked('contract=C-276&axis=axe-2')).toBe(0);
    expect(await asked('contract=autre&axis=axe-1')).toBe(0);
  });

  it('is one link away from every number of money, in every answer that shows one', async () => {
    story = await aDrawnHistory(5);
    const { controller, admin } = story;
    await admin.records('/contracts', CONTRACT);
    await admin.records('/contracts/C-276/schemes', ATTACHED);
    await admin.records('/contracts/C-276/schemes', { ...ATTACHED, schemeId: 'emplois-tremplins', axisId: 'axe-2' });
    for (const [grantId, cperCents, act] of [
      ['G-1', 5_000, 'CPER 1'],
      ['G-1', 4_001, 'CPER 2'],
      ['G-2', 100, 'CPER 1'],
    ])
      await controller.records('/contracts/C-276/cper-parts', { grantId, cperCents, notedOn: '2010-03-20', act });
    for (const exercice of [2010, 2011])
      await admin.records('/schemes/insertion/ceilings', { exercice, amountCents: 1_000, mode: 'warn', act: 'BP' });
    for (const contributionId of ['P-A', 'P-B'])
      await controller.records('/settlement/contributions', {
        contributionId,
        schemeId: 'insertion',
        exercice: 2011,
        paidOn: '2011-01-10',
        amountCents: 250,
        ...(contributionId === 'P-A' ? { from: 'eure', to: 'region' } : { from: 'region', to: 'eure' }),
      });
    const calls = (await story.auditor.get<{ calls: { callId: string }[] }>('/settlement')).body.calls;
    expect(calls.length).toBeGreaterThan(1);
    const counts: Record<string, number> = {};
    for (const door of [
      '/settlement',
      '/settlement?exercice=2011',
      '/settlement?scheme=insertion&exercice=2010',
      `/settlement/calls/${calls[0]!.callId}`,
      '/settlement/netting',
      '/settlement/netting?schemes=insertion&exercice=2010&asOf=2010-09-30',
      '/exercices/2010',
      '/exercices/2011',
      '/exercices/2010/closing',
      '/grants',
      '/grants/G-1',
      '/schemes',
      '/ceilings',
      '/contracts/C-276/consumption',
      '/contracts/C-276/consumption?exercice=2010&asOf=2010-12-31',
      '/contracts/C-276/cross-territory',
      '/reports/dgs?on=2011-01-31',
      '/reports/bilan?from=2010-04-01',
      '/balances?why=true&knownAt=2010-08-01T00:00:00Z',
      '/balances/months?why=true',
      '/balances/months?why=true&scheme=insertion&exercice=2010',
    ])
      counts[door] = await everyAddressOpensItsFigure((await story.auditor.get(door)).body);
    expect(Object.entries(counts).filter(([, count]) => count === 0)).toEqual([]);
  });

  it('of what an exercice opens with are the events of all before it, as its closing stored it', async () => {
    story = await Story.begin('2010-04-01');
    await story.officer.records('/grants', grant(1));
    await story.officer.records('/grants/G-1/payments', payment('P-1', { amountCents: 10_001 }));
    story.onDay('2011-02-10');
    await story.closes(2010, '2011-02-10');
    await story.officer.records('/grants/G-1/payments', payment('P-2', { paidOn: '2011-02-10', exercice: 2011 }));
    for (const door of ['/exercices/2011', '/exercices/2010/closing'])
      expect(await everyAddressOpensItsFigure((await story.auditor.get(door)).body)).toBeGreaterThan(3);
    const { lines } = await why({ funder: 'region', scheme: 'insertion', untilExercice: 2010 }, 'positionCents');
    expect(lines.map(({ paymentId, amountCents }) => [paymentId, amountCents])).toEqual([['P-1', 6_667]]);
    const later = await why({ funder: 'region', afterExercice: 2010 }, 'positionCents');
    expect(later.lines.map(({ paymentId }) => paymentId)).toEqual(['P-2']);
  });

  it('of a running balance is opened page by page', async () => {
    story = await aDrawnHistory(6);
    const pages = await everyPage<Statement>(story.auditor, '/funders/region/statement?from=2010-03-01', 4);
    expect(pages.length).toBeGreaterThan(3);
    for (const { openingCents, whyOpening } of pages)
      expect(await opened(whyOpening)).toEqual({ figure: openingCents, sum: openingCents });
    const { why: whyLast, data } = pages.at(-1)!;
    expect((await opened(whyLast)).sum).toBe(data.at(-1)!.balanceCents);
    const whole = await story.auditor.get('/funders/region/statement');
    expect(whole.body).toMatchObject({ openingCents: 0, whyOpening: null });
    const undated = await story.auditor.get('/balances/why?column=positionCents&funder=region&lastPosition=3');
    expect(undated).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/lastPosition', code: 'PERIOD_INVALID' }] },
    });
  });

  it('goes on in its pages as it began, whatever is recorded between them', async () => {
    story = await Story.begin('2010-04-01');
    await story.officer.records('/grants', grant(1));
    for (const id of ['P-1', 'P-2', 'P-3']) await story.officer.records('/grants/G-1/payments', payment(id));
    for (const question of ['', '&grant=G-1']) {
      const path = `/balances/why?column=shareDueCents${question}&size=2`;
      const first = (await story.auditor.get<Why>(path)).body;
      await story.officer.records('/grants/G-1/payments', payment(`P-9${question}`.replace(/[&=]/g, '-')));
      const second = (await story.auditor.get<Why>(`${path}&cursor=${first.page.next}`)).body;
      expect([second.figureCents, second.position]).toEqual([first.figureCents, first.position]);
      const rest = await everyPage<Why>(story.auditor, `${path}&cursor=${first.page.next}`.replace('&size=2', ''), 500);
      const lines = [...first.data, ...rest.flatMap(({ data }) => data)];
      expect(lines.reduce((sum, { amountCents }) => sum + amountCents, 0)).toBe(first.figureCents);
    }
  });

  it.each([
    'outside=2C',
    'schemes=;',
    'untilExercice=x',
    'forCall=maybe',
    'inside=7',
    'column=grants',
    'exercice=abc',
    'from=2010-02-30',
    'contrat=276',
  ])('is not asked with %s', async (wrong) => {
    story = await Story.begin();
    const column = wrong.startsWith('column') ? '' : '&column=shareDueCents';
    const { status, body } = await story.auditor.get(`/balances/why?${wrong}${column}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'REQUEST_INVALID', errors: [{ pointer: `/${wrong.split('=')[0]!}` }] });
  });
});
