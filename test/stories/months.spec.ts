/** The balances month by month add up to the balances, the end of a year is told apart, and no cent drifts unseen. */

import { grant, payment, Story } from './kit.js';

interface Figures {
  readonly shareDueCents: number;
  readonly disbursedCents: number;
  readonly positionCents: number;
}

interface Months {
  readonly data: readonly (Figures & { readonly month: string; readonly funderId: string })[];
  readonly exercices: readonly Record<string, unknown>[];
}

interface Cents {
  readonly data: readonly {
    readonly schemeId: string;
    readonly keyVersion: number;
    readonly netCents: number;
    readonly gapMillicents: number;
    readonly funders: readonly { readonly funderId: string; readonly shareCents: number }[];
  }[];
  readonly largestGapMillicents: number;
}

let story: Story;

beforeAll(async () => {
  story = await Story.begin('2010-12-20');
  const { officer, admin } = story;
  await officer.records('/grants', grant(1));
  await officer.records('/grants/G-1/payments', payment('P-1', { amountCents: 60_000, paidOn: '2010-06-30' }));
  await officer.records('/grants/G-1/payments', payment('P-2', { amountCents: 30_001, paidOn: '2010-12-15' }));
  await admin.records('/schemes/insertion/split-keys', {
    splitKey: [
      { funderId: 'region', weight: 51 },
      { funderId: 'seine-maritime', weight: 35 },
      { funderId: 'eure', weight: 14 },
    ],
    effectiveFrom: '2011-01-01',
    appliesTo: 'all-payments',
    act: 'Avenant',
  });
  story.onDay('2011-01-20');
  const late = { amountCents: 10_001, paidOn: '2011-01-15', exercice: 2010 };
  await officer.records('/grants/G-1/payments', payment('P-3', late));
  await officer.records('/grants/G-1/payments', payment('P-4', { ...late, amountCents: 700, exercice: 2011 }));
});

afterAll(async () => {
  await story.end();
});

describe('GET /balances/months', () => {
  it('adds up to the balances, whole and per scheme and exercice', async () => {
    for (const query of ['', '?exercice=2010', '?scheme=insertion&exercice=2011', '?scheme=emplois-tremplins']) {
      const { body } = await story.auditor.get<Months>(`/balances/months${query}`);
      const { body: balances } = await story.auditor.get<{ funders: (Figures & { funderId: string })[] }>(
        `/balances${query}`,
      );
      for (const { funderId, shareDueCents, disbursedCents, positionCents } of balances.funders) {
        const months = body.data.filter((row) => row.funderId === funderId);
        const sum = (column: keyof Figures) => months.reduce((total, row) => total + row[column], 0);
        expect([sum('shareDueCents'), sum('disbursedCents'), sum('positionCents')]).toEqual([
          shareDueCents,
          disbursedCents,
          positionCents,
        ]);
      }
    }
  });

  it('tells what of an exercice is paid in December and in the January after', async () => {
    const { body } = await story.auditor.get<Months>('/balances/months');
    expect(body.exercices).toMatchObject([
      { exercice: 2010, disbursedCents: 100_002, decemberCents: 30_001, complementaryCents: 10_001 },
      { exercice: 2011, disbursedCents: 700, decemberCents: 0, complementaryCents: 0, yearEndThousandths: 0 },
    ]);
    expect(body.exercices[0]!['yearEndThousandths']).toBe(400);
    expect(JSON.stringify(body.data)).not.toContain('/why');
  });

  it('refuses what it does not know', async () => {
    expect(await story.auditor.get('/balances/months?month=2010-01')).toMatchObject({ status: 400 });
    expect(await story.auditor.get('/balances/cents?exercice=2010')).toMatchObject({ status: 400 });
  });
});

describe('GET /balances/cents', () => {
  it('tells key by key how far shares are from their exact parts', async () => {
    const { body } = await story.auditor.get<Cents>('/balances/cents');
    expect(body.data.map(({ schemeId, keyVersion, netCents }) => [schemeId, keyVersion, netCents])).toEqual([
      ['insertion', 1, 90_001],
      ['insertion', 2, 10_701],
    ]);
    expect(body.data[0]).toMatchObject({
      gapMillicents: 1_000,
      funders: [
        { funderId: 'region', weight: 1, shareCents: 30_001, aheadMillicents: 666 },
        { funderId: 'seine-maritime', weight: 1, shareCents: 30_000, aheadMillicents: -334 },
        { funderId: 'eure', weight: 1, shareCents: 30_000, aheadMillicents: -334 },
      ],
    });
    expect(body.largestGapMillicents).toBe(Math.max(...body.data.map(({ gapMillicents }) => gapMillicents)));
    const { body: none } = await story.auditor.get<Cents>('/balances/cents?scheme=emplois-tremplins');
    expect([none.data, none.largestGapMillicents]).toEqual([[], 0]);
  });
});

it('The totals per scheme add up to those of the funders', async () => {
  type Row = Figures & { readonly funderId: string };
  const { body } = await story.auditor.get<{ schemes: Row[]; funders: Row[] }>('/balances?why=true');
  for (const { funderId, shareDueCents } of body.funders) {
    const ofFunder = body.schemes.filter((row) => row.funderId === funderId);
    expect(ofFunder.reduce((sum, row) => sum + row.shareDueCents, 0)).toBe(shareDueCents);
  }
});
