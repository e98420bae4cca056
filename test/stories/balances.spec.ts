/** Every figure of the ledger is what its log adds up to: now, looking back, opened event by event, and line by line. */

import { everyPage, FUNDERS, grant, payment, Story, type List, type LoggedEvent, type Share } from './kit.js';

type Column = (typeof COLUMNS)[number];
type Figures = Record<Column, number>;
type Balance = Figures & { readonly schemeId: string; readonly exercice: number; readonly funderId: string };

interface Balances {
  readonly data: readonly Balance[];
  readonly funders: readonly (Figures & { readonly funderId: string })[];
  readonly totals: Figures;
  readonly sumOfPositionsCents: number;
  readonly position: string;
}

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

let story: Story;

afterEach(async () => {
  await story.end();
});

/** A grant of 7 000,01 € to an association. */
function tremplin(number: number) {
  return grant(number, {
    schemeId: 'emplois-tremplins',
    beneficiary: { name: `Foyer ${number}`, rna: `W27600${String(number).padStart(4, '0')}` },
    amountCents: 700_001,
  });
}

/** A history of two years over two schemes, recorded on other days than it is dated, with every kind of correction. */
async function aBusyHistory(): Promise<Story> {
  const busy = await Story.begin('2010-01-11');
  const { officer, controller, admin } = busy;
  await officer.records('/grants', grant(1));
  await officer.records('/grants', tremplin(2));
  busy.onDay('2010-02-15');
  await officer.records('/grants/G-1/payments', payment('P-1', { paidOn: '2010-01-31', exercice: 2010 }));
  await officer.records('/grants/G-2/payments', payment('P-2', { paidOn: '2010-02-15', amountCents: 100_001 }));
  await officer.records('/grants/G-1/payments', payment('P-3', { paidOn: '2010-02-14', amountCents: 101 }));
  busy.onDay('2010-06-30');
  await officer.records('/grants/G-1/payments', payment('P-4', { paidOn: '2010-02-16', paidBy: 'eure' }));
  await officer.records('/grants/G-2/payments/P-2/bank-return', { returnedOn: '2010-02-28', reason: 'compte clos' });
  // already the next day in Paris
  busy.onDay('2010-06-30', '22:30');
  await officer.records('/grants/G-1/amendments', { amendmentId: 'A-1', amountCents: 1_500_002, act: 'Avenant' });
  busy.onDay('2010-07-01');
  await officer.records('/grants/G-2/payments/P-2/reissue', { reissuedOn: '2010-06-30', orderNumber: 'M-9' });
  await officer.records('/grants/G-1/payments/P-1/recoveries', {
    recoveryId: 'R-1',
    amountCents: 1_000,
    recoveredOn: '2010-06-30',
    reason: 'contrat rompu',
  });
  await officer.records('/grants/G-1/payments/P-1/recoveries', {
    recoveryId: 'R-2',
    amountCents: 501,
    recoveredOn: '2010-07-01',
    recoveredBy: 'eure',
    reason: 'suite',
  });
  busy.onDay('2010-09-30');
  await controller.records('/settlement/calls', {
    callId: 'AF-1',
    schemeId: 'insertion',
    exercice: 2010,
    issuedOn: '2010-07-01',
  });
  await controller.records('/settlement/contributions', {
    contributionId: 'C-1',
    schemeId: 'insertion',
    exercice: 2010,
    from: 'seine-maritime',
    to: 'region',
    amountCents: 5_001,
    paidOn: '2010-09-15',
    callId: 'AF-1',
  });
  // a provision, before any call
  await controller.records('/settlement/contributions', {
    contributionId: 'C-2',
    schemeId: 'emplois-tremplins',
    exercice: 2011,
    from: 'eure',
    to: 'region',
    amountCents: 700,
    paidOn: '2010-09-16',
  });
  busy.onDay('2011-01-20');
  await controller.records('/settlement/contributions/C-1/reversal', { reversedOn: '2011-01-14', reason: 'rejet' });
  await officer.records('/grants/G-1/payments', payment('P-5', { paidOn: '2011-01-12', exercice: 2010 }));
  await officer.records('/grants/G-1/payments', payment('P-6', { paidOn: '2011-01-12', exercice: 2011 }));
  await officer.records('/grants/G-1/payments/P-4/reversal', { reversedOn: '2011-01-13', reason: 'double' });
  busy.onDay('2011-03-01');
  await busy.closes(2010, '2011-03-01');
  await admin.records('/schemes/insertion/split-keys', {
    splitKey: [3, 2, 1].map((weight, i) => ({ funderId: FUNDERS[i]!, weight })),
    act: 'Avenant clé',
    effectiveFrom: '2011-02-01',
    appliesTo: 'all-payments',
  });
  await officer.records('/grants/G-1/payments', payment('P-7', { paidOn: '2011-02-20', amountCents: 100_003 }));
  await officer.records('/grants/G-2/payments/P-2/reversal', { reversedOn: '2011-02-28', reason: 'hors délai' });
  await officer.records('/grants/G-2/amendments', { amendmentId: 'A-2', amountCents: 650_000, act: 'Avenant 2' });
  return busy;
}

interface Looking {
  readonly scheme?: string;
  readonly exercice?: number;
  readonly asOf?: string;
  readonly knownAt?: string;
  readonly atPosition?: number;
}

/** The balances by the book: the log folded event by event, in the test's own words. */
function foldedBalances(log: readonly LoggedEvent[], looking: Looking): Balance[] {
  const rows = new Map<string, Balance>();
  for (const { type, data, position, recordedAt } of log) {
    if (Number(position) > (looking.atPosition ?? Infinity)) continue;
    if (Date.parse(recordedAt) > Date.parse(looking.knownAt ?? '9999-01-01T00:00:00Z')) continue;
    const on = dayOf(type, data);
    if (on === undefined || on > (looking.asOf ?? '9999-12-31')) continue;
    const { schemeId, exercice } = data as { schemeId: string; exercice: number };
    if (schemeId !== (looking.scheme ?? schemeId) || exercice !== (looking.exercice ?? exercice)) continue;
    const add = (funderId: unknown, column: Column, cents: number) => {
      const key = [schemeId, exercice, funderId].join();
      const none = Object.fromEntries(COLUMNS.map((name) => [name, 0])) as Figures;
      const row = rows.get(key) ?? { schemeId, exercice, funderId: String(funderId), ...none };
      rows.set(key, { ...row, [column]: row[column] + cents });
    };
    const share = (field: string, column: Column, sign: 1 | -1) => {
      for (const { funderId, amountCents } of data[field] as Share[]) add(funderId, column, sign * amountCents);
    };
    const amount = data['amountCents'] as number;
    if (type === 'GrantAwarded.v1') share('plannedShares', 'grantedShareCents', 1);
    else if (type === 'GrantAmended.v1') share('plannedShareChanges', 'grantedShareCents', 1);
    else if (type === 'RecoveryRecorded.v1') {
      add(data['recoveredBy'], 'recoveredCents', amount);
      share('shares', 'shareDueCents', -1);
    } else if (type === 'FundingCallIssued.v2') share('called', 'calledCents', 1);
    else if (type === 'ContributionRecorded.v1' || type === 'ContributionReversed.v1') {
      const sign = type === 'ContributionRecorded.v1' ? 1 : -1;
      add(data['from'], 'contributedCents', sign * amount);
      add(data['to'], 'receivedCents', sign * amount);
    } else {
      const sign = type === 'PaymentRecorded.v1' || type === 'PaymentReissued.v1' ? 1 : -1;
      add(data['paidBy'], 'disbursedCents', sign * amount);
      share('shares', 'shareDueCents', sign);
    }
  }
  const inOrder = (a: Balance, b: Balance) =>
    [a.schemeId, a.exercice, a.funderId].join() < [b.schemeId, b.exercice, b.funderId].join() ? -1 : 1;
  return Array.from(rows.values(), (row) => ({
    ...row,
    positionCents:
      row.disbursedCents - row.recoveredCents + row.contributedCents - row.receivedCents - row.shareDueCents,
  })).toSorted(inOrder);
}

/** The business day of an event that moves money; undefined for the others. */
function dayOf(type: string, data: Readonly<Record<string, unknown>>): string | undefined {
  if (type === 'GrantAwarded.v1') return (data['agreement'] as { signedOn: string }).signedOn;
  const field = {
    'GrantAmended.v1': 'amendedOn',
    'PaymentRecorded.v1': 'paidOn',
    'PaymentReissued.v1': 'reissuedOn',
    'PaymentReversed.v1': 'reversedOn',
    'PaymentReturned.v1': 'returnedOn',
    'RecoveryRecorded.v1': 'recoveredOn',
    'FundingCallIssued.v2': 'issuedOn',
    'ContributionRecorded.v1': 'paidOn',
    'ContributionReversed.v1': 'reversedOn',
  }[type];
  return field === undefined ? undefined : String(data[field]);
}

async function balances(looking: Looking = {}): Promise<Balances> {
  const query = new URLSearchParams({ ...looking } as Record<string, string>);
  const { status, body } = await story.auditor.get<Balances>(`/balances?${query.toString()}`);
  expect({ looking, status }).toEqual({ looking, status: 200 });
  return body;
}

/** The rows in which anything stands: one that went back to zero may be shown or left out. */
function moved(rows: readonly Balance[]): readonly Balance[] {
  return rows.filter((row) => COLUMNS.some((column) => row[column] !== 0));
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}

interface Line {
  readonly on: string;
  readonly position: string;
  readonly balanceCents: number;
  readonly disbursedCents: number;
  readonly recoveredCents: number;
  readonly contributedCents: number;
  readonly receivedCents: number;
  readonly shareDueCents: number;
}

interface StatementPage extends List<Line> {
  readonly openingCents: number;
}

interface WhyPage extends List<{ position: string; type: string; stream: string; amountCents: number }> {
  readonly figureCents: number;
}

describe('The balances', () => {
  let log: readonly LoggedEvent[];

  beforeEach(async () => {
    story = await aBusyHistory();
    log = await story.events();
  });

  it('are what the log adds up to, by scheme and exercice, and their positions sum to zero (R20)', async () => {
    for (const looking of [
      {},
      { scheme: 'insertion' },
      { exercice: 2010 },
      { scheme: 'emplois-tremplins', exercice: 2011 },
    ]) {
      const { data, funders, totals, sumOfPositionsCents, position } = await balances(looking);
      expect(data).toEqual(foldedBalances(log, looking));
      expect(position).toBe(log.at(-1)!.position);
      expect(sumOfPositionsCents).toBe(0);
      for (const column of COLUMNS) {
        const sum = (rows: readonly Figures[]) => rows.reduce((total, row) => total + row[column], 0);
        expect(totals[column]).toBe(sum(data));
        expect(sum(funders)).toBe(sum(data));
      }
    }
  });

  it('look back by business day, by what was known at an instant, by position, and by all of them', async () => {
    const days = [...new Set(log.map(({ type, data }) => dayOf(type, data)).filter((day) => day !== undefined))];
    const instants = [
      ...new Set(log.map(({ recordedAt }) => recordedAt)),
      '2009-12-31T23:00:00Z',
      '2010-06-30T22:00:00Z',
      '2012-01-01T00:00:00+01:00',
    ];
    const looks: Looking[] = [
      ...['2009-12-31', ...days, '2030-01-01'].map((asOf) => ({ asOf })),
      ...instants.map((knownAt) => ({ knownAt })),
      ...log.map(({ position }) => ({ atPosition: Number(position) })),
      { atPosition: 0 },
      { atPosition: 1_000_000 },
      { asOf: '2010-06-30', knownAt: '2010-06-30T12:00:00Z' },
      { asOf: '2010-02-28', knownAt: '2010-12-31T00:00:00Z', scheme: 'insertion', exercice: 2010 },
      { asOf: '2011-01-12', atPosition: 18 },
      { knownAt: '2011-01-20T08:00:10Z', atPosition: 12, exercice: 2010 },
    ];
    for (const looking of looks) {
      const { data, sumOfPositionsCents } = await balances(looking);
      expect({ looking, data: moved(data) }).toEqual({
        looking,
        data: moved(foldedBalances(log, looking)),
      });
      expect(sumOfPositionsCents).toBe(0);
    }
  });

  it('open, figure by figure, the events that add up to them exactly', async () => {
    const { data } = await balances();
    const byPosition = new Map(log.map((event) => [event.position, event]));
    for (const row of data)
      for (const column of COLUMNS) {
        const question = `funder=${row.funderId}&scheme=${row.schemeId}&exercice=${row.exercice}&column=${column}`;
        const pages = await everyPage<WhyPage>(story.auditor, `/balances/why?${question}`, 2);
        const lines = pages.flatMap((page) => page.data);
        const sum = lines.reduce((total, line) => total + line.amountCents, 0);
        const figures = pages.map(({ figureCents }) => figureCents);
        expect({ question, sum, figures }).toEqual({
          question,
          sum: row[column],
          figures: pages.map(() => row[column]),
        });
        expect(lines.map(({ position, type, stream }) => ({ position, type, stream }))).toEqual(
          lines.map(({ position }) => {
            const { type, stream } = byPosition.get(position)!;
            return { position, type, stream };
          }),
        );
        expect(new Set(lines.map(({ position }) => position)).size).toBe(lines.length);
      }
  });

  it.each(FUNDERS)('carry over line by line, page by page, in the statement of %s', async (funder) => {
    for (const filter of [
      '',
      'scheme=insertion',
      'from=2010-02-16&to=2011-01-31',
      'from=2011-01-13&scheme=insertion',
    ]) {
      const pages = await everyPage<StatementPage>(story.auditor, `/funders/${funder}/statement?${filter}`, 3);
      const { from, to, scheme } = Object.fromEntries(new URLSearchParams(filter));
      const positionOf = (asOf: string) =>
        foldedBalances(log, { asOf, ...(scheme === undefined ? {} : { scheme }) })
          .filter(({ funderId }) => funderId === funder)
          .reduce((sum, { positionCents }) => sum + positionCents, 0);
      let running = from === undefined ? 0 : positionOf(dayBefore(from));
      for (const page of pages) {
        expect(page.openingCents).toBe(running);
        for (const line of page.data) {
          running += line.disbursedCents - line.recoveredCents - line.shareDueCents;
          running += line.contributedCents - line.receivedCents;
          expect(line.balanceCents).toBe(running);
        }
      }
      expect({ filter, running }).toEqual({ filter, running: positionOf(to ?? '9999-12-31') });
      const lines = pages.flatMap((page) => page.data);
      const places = lines.map(({ on, position }) => `${on} ${position.padStart(9, '0')}`);
      expect(places).toEqual(places.toSorted());
      expect(lines.length).toBeGreaterThan(0);
    }
  });
});

describe('The log', () => {
  it('is read in order and gap-free, whole or from a position on, as one event a line', async () => {
    story = await aBusyHistory();
    const { headers, text } = await story.auditor.get('/events');
    expect(headers['content-type']).toBe('application/x-ndjson');
    expect(text.endsWith('\n')).toBe(true);
    const log = await story.events();
    const positions = log.map(({ position }) => Number(position));
    expect(positions).toEqual(positions.map((_, i) => i + 1));
    expect(log.map(({ recordedAt }) => recordedAt)).toEqual(log.map(({ recordedAt }) => recordedAt).toSorted());
    expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
    const revisions = new Map<string, number>();
    for (const { stream, revision } of log) {
      expect(revision).toBe((revisions.get(stream) ?? -1) + 1);
      revisions.set(stream, revision);
    }
    expect(await story.events('after=10&limit=3')).toEqual(log.slice(10, 13));
    expect(await story.events(`after=${log.length - 1}`)).toEqual(log.slice(-1));
    expect(await story.events(`after=${log.length}`)).toEqual([]);
    expect(await story.events('after=9007199254740991')).toEqual([]);
    for (const stream of revisions.keys()) {
      const reply = await story.auditor.get(`/streams/${stream}`);
      expect(reply).toMatchObject({ status: 200, headers: { 'content-type': 'application/x-ndjson' } });
      expect(reply.text).toBe(
        log
          .filter((event) => event.stream === stream)
          .map((event) => `${JSON.stringify(event)}\n`)
          .join(''),
      );
    }
    expect(await story.auditor.get('/streams/grant-G-9')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });
});
