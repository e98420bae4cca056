/** Two years of two schemes over HTTP: drafts, what a closed year left, the statement, who owes whom, and one netting for all. */

import { grant, payment, Story, type Problem, type Share } from './kit.js';

interface Figures {
  readonly funderId: string;
  readonly positionCents: number;
  readonly carriedOverCents: number;
  readonly carriedOver: readonly { readonly exercice: number; readonly positionCents: number; readonly why: string }[];
  readonly closingPositionCents: number;
  readonly why: Readonly<Record<string, string>>;
}

interface Owes {
  readonly from: string;
  readonly to: string;
  readonly amountCents: number;
}

interface Settlement {
  readonly funders: readonly Figures[];
  readonly owes: readonly Owes[];
  readonly accounts: readonly (Owes & Readonly<Record<string, number>>)[];
  readonly uncalled: readonly object[];
  readonly sumOfPositionsCents: number;
}

interface Proposed extends Owes {
  readonly schemeId: string;
  readonly exercice: number;
}

interface Proof {
  readonly funderId: string;
  readonly positionCents: number;
  readonly partCents: number;
  readonly why: string;
}

interface Netting {
  readonly funders: readonly { readonly funderId: string; readonly netCents: number }[];
  readonly areFewest: boolean;
  readonly transfers: readonly (Owes & {
    readonly proof: { readonly from: readonly Proof[]; readonly to: readonly Proof[] };
    readonly contributions: readonly Proposed[];
  })[];
  readonly compensations: readonly Proposed[];
}

interface Call {
  readonly draft: string;
  readonly dryRun?: boolean;
  readonly number: number;
  readonly lines: readonly { readonly lineId: string; readonly originExercice?: number }[];
  readonly called: readonly Share[];
  readonly broughtForward: readonly (Share & { readonly originExercice?: number })[];
}

let story: Story;

beforeAll(async () => {
  story = await Story.begin('2010-01-04');
  const { officer } = story;
  await officer.records('/grants', grant(1));
  const association = { name: 'Foyer (démo)', rna: 'W276000001' };
  await officer.records('/grants', grant(2, { schemeId: 'emplois-tremplins', beneficiary: association }));
  story.onDay('2010-12-30');
  await officer.records('/grants/G-1/payments', payment('P-1', { amountCents: 30_000 }));
  await officer.records('/grants/G-1/payments', payment('P-2', { amountCents: 60_000, paidOn: '2010-12-20' }));
  await officer.records('/grants/G-2/payments', payment('Q-1', { amountCents: 9_000, paidBy: 'eure' }));
});

afterAll(() => story.end());

const call = (callId: string, exercice: number, issuedOn: string, other: object = {}) => ({
  callId,
  schemeId: 'insertion',
  exercice,
  issuedOn,
  ...other,
});
const figures = async (query: string) => (await story.auditor.get<Settlement>(`/settlement?${query}`)).body;
const netting = async (query = '') => (await story.auditor.get<Netting>(`/settlement/netting?${query}`)).body;
const figureOf = async (address: string) => {
  const { status, body } = await story.auditor.get<{ figureCents: number }>(address.slice('/api/v1'.length));
  expect({ address, status }).toEqual({ address, status: 200 });
  return body.figureCents;
};
const sum = (cents: readonly number[]) => cents.reduce((total, one) => total + one, 0);

describe('a draft', () => {
  it('shows what would be issued, under a digest, and records nothing', async () => {
    const drafted = await story.controller.post<Call>('/settlement/calls?dryRun=true', call('A-1', 2010, '2010-12-15'));
    expect(drafted.status).toBe(200);
    expect(drafted.body).toMatchObject({ dryRun: true, number: 1, draft: expect.stringMatching(/^[0-9a-f]{16}$/) });
    expect((await story.auditor.get('/settlement/calls/A-1')).status).toBe(404);
  });

  it('is issued as shown, and refused once something else would be', async () => {
    const { controller, officer } = story;
    const asked = call('A-1', 2010, '2010-12-15');
    const { body } = await controller.post<Call>('/settlement/calls?dryRun=true', asked);
    await officer.records('/grants/G-1/payments', payment('P-3', { amountCents: 300, paidOn: '2010-12-15' }));
    const stale = await controller.post<Problem>('/settlement/calls', { ...asked, draft: body.draft });
    expect([stale.status, stale.body.code]).toEqual([409, 'FUNDING_CALL_DRAFT_STALE']);
    const redrafted = await controller.post<Call>('/settlement/calls?dryRun=true', asked);
    const issued = await controller.post<Call>('/settlement/calls', { ...asked, draft: redrafted.body.draft });
    expect([issued.status, issued.body.draft]).toEqual([201, redrafted.body.draft]);
    expect(issued.body.lines).toEqual(redrafted.body.lines);
    expect((await controller.post('/settlement/calls', { ...asked, draft: body.draft })).status).toBe(200);
  });
});

describe('what a closed exercice left', () => {
  it('waits while the exercice is open', async () => {
    const { uncalled } = await figures('scheme=insertion');
    expect(uncalled).toEqual([{ schemeId: 'insertion', payer: 'region', exercice: 2010, lineCount: 1 }]);
    story.onDay('2011-02-20');
    await story.officer.records('/grants/G-1/payments', payment('P-4', { amountCents: 600, paidOn: '2011-02-10' }));
    const next = await story.controller.post<Call>('/settlement/calls?dryRun=true', call('A-2', 2011, '2011-02-15'));
    expect(next.body.lines.map(({ lineId }) => lineId)).toEqual(['P-4']);
  });

  it('is taken by the next call in an open one, with its year of origin (R21, R23)', async () => {
    await story.closes(2010, '2011-02-16');
    const issued = await story.controller.records<Call>('/settlement/calls', call('A-2', 2011, '2011-02-17'));
    expect(issued.lines.map(({ lineId, originExercice }) => [lineId, originExercice])).toEqual([
      ['P-2', 2010],
      ['P-4', undefined],
    ]);
    expect(issued.called).toEqual([
      { funderId: 'seine-maritime', amountCents: 20_200 },
      { funderId: 'eure', amountCents: 20_200 },
    ]);
    expect((await figures('scheme=insertion')).uncalled).toEqual([]);
    const again = await story.controller.post<Problem>('/settlement/calls', call('A-3', 2011, '2011-02-18'));
    expect(again.body.code).toBe('FUNDING_CALL_EMPTY');
  });
});

describe('contributions with and without a call (R22)', () => {
  it('leave a provision, a credit or a debt, which add up with what was called', async () => {
    const paid = { schemeId: 'insertion', exercice: 2011, to: 'region', paidOn: '2011-02-18' };
    const contribute = (contributionId: string, from: string, amountCents: number, callId?: string) =>
      story.controller.records('/settlement/contributions', {
        ...paid,
        contributionId,
        from,
        amountCents,
        ...(callId === undefined ? {} : { callId }),
      });
    await contribute('C-1', 'eure', 20_000, 'A-2');
    await contribute('C-2', 'seine-maritime', 31_000, 'A-2');
    await contribute('C-3', 'seine-maritime', 500);
    // taken back, or handed back: no provision is left of it
    await contribute('C-4', 'eure', 700);
    const reversal = { reversedOn: '2011-02-19', reason: 'Virement rejeté' };
    await story.controller.records('/settlement/contributions/C-4/reversal', reversal);
    await contribute('C-5', 'seine-maritime', 250);
    const handedBack = { ...paid, contributionId: 'C-6', from: 'region', to: 'seine-maritime', amountCents: 250 };
    await story.controller.records('/settlement/contributions', handedBack);
    const { accounts } = await figures('scheme=insertion');
    expect(accounts).toMatchObject([
      { from: 'eure', to: 'region', calledCents: 30_300, provisionCents: 0, creditCents: 0, stillOwedCents: 10_300 },
      {
        from: 'seine-maritime',
        calledCents: 30_300,
        contributedForCallsCents: 31_000,
        contributedWithoutCallCents: 500,
        provisionCents: 500,
        creditCents: 700,
        stillOwedCents: 0,
      },
    ]);
    for (const account of accounts)
      expect(account['calledCents']! + account['provisionCents']! + account['creditCents']!).toBe(
        account['contributedForCallsCents']! + account['contributedWithoutCallCents']! + account['stillOwedCents']!,
      );
  });

  it('are reconciled in the statement of their call', async () => {
    const { body } = await story.auditor.get('/settlement/calls/A-2');
    const zero = { broughtForwardCents: 0, carriedForwardCents: 0, creditedCents: 0, agrees: true };
    expect(body['reconciliation']).toMatchObject([
      { funderId: 'region', sharesCents: 20_200, calledCents: 0, contributedCents: 0, stillOwedCents: 0, ...zero },
      {
        funderId: 'seine-maritime',
        sharesCents: 20_200,
        calledCents: 20_200,
        contributedCents: 31_000,
        stillOwedCents: 0,
        ...zero,
      },
      {
        funderId: 'eure',
        sharesCents: 20_200,
        calledCents: 20_200,
        contributedCents: 20_000,
        stillOwedCents: 200,
        ...zero,
      },
    ]);
  });

  it('come as an office CSV too, every line of it', async () => {
    for (const [path, headers] of [
      ['/settlement/calls/A-2?format=csv', {}],
      ['/settlement/calls/A-2?size=1', { accept: 'text/csv' }],
    ] as const) {
      const reply = await story.auditor.get(path, headers);
      expect(reply.headers['content-type']).toBe('text/csv; charset=utf-8');
      expect(reply.text.split('\r\n')).toEqual([
        '\uFEFFappel;exercice;ligne;nature;date;dossier;versement;montant;quote-part region;quote-part seine-maritime;quote-part eure',
        'A-2;2010;P-2;versement;20/12/2010;G-1;P-2;600,00;200,00;200,00;200,00',
        'A-2;2011;P-4;versement;10/02/2011;G-1;P-4;6,00;2,00;2,00;2,00',
        'A-2;2011;Total;;;;;606,00;202,00;202,00;202,00',
        'A-2;2011;Crédit repris;;;;;;0,00;0,00;0,00',
        'A-2;2011;Crédit reporté;;;;;;0,00;0,00;0,00',
        'A-2;2011;Appelé;;;;;;0,00;202,00;202,00',
        '',
      ]);
    }
  });
});

describe('who owes whom', () => {
  it('opens with what earlier exercices left, closes with it, and says who pays whom', async () => {
    const { funders, owes, sumOfPositionsCents } = await figures('scheme=insertion&exercice=2011');
    const shown = funders.map((funder) => [
      funder.funderId,
      funder.carriedOverCents,
      funder.positionCents,
      funder.closingPositionCents,
    ]);
    expect(shown).toEqual([
      ['eure', -30_100, 19_800, -10_300],
      ['region', 60_200, -51_100, 9_100],
      ['seine-maritime', -30_100, 31_300, 1_200],
    ]);
    expect(sumOfPositionsCents).toBe(0);
    expect(owes).toMatchObject([
      { from: 'eure', to: 'region', amountCents: 9_100 },
      { from: 'eure', to: 'seine-maritime', amountCents: 1_200 },
    ]);
  });

  it('counts every scheme when none is named', async () => {
    const { funders, sumOfPositionsCents } = await figures('');
    expect(funders.map(({ funderId, closingPositionCents }) => [funderId, closingPositionCents])).toEqual([
      ['eure', -4_300],
      ['region', 6_100],
      ['seine-maritime', -1_800],
    ]);
    expect(sumOfPositionsCents).toBe(0);
  });

  it('opens the reasons of every column, and of each exercice carried over', async () => {
    for (const query of ['scheme=insertion&exercice=2011', 'exercice=2010', ''])
      for (const funder of (await figures(query)).funders) {
        for (const [column, address] of Object.entries(funder.why))
          expect(await figureOf(address)).toBe((funder as unknown as Record<string, number>)[column]);
        for (const { positionCents, why } of funder.carriedOver) expect(await figureOf(why)).toBe(positionCents);
        expect(sum(funder.carriedOver.map(({ positionCents }) => positionCents))).toBe(funder.carriedOverCents);
      }
  });
});

describe('a netting proposal', () => {
  it('settles all schemes with the fewest transfers, each proved to the cent', async () => {
    const { areFewest, transfers, funders } = await netting();
    expect(areFewest).toBe(true);
    expect(funders.map(({ funderId, netCents }) => [funderId, netCents])).toEqual([
      ['eure', -4_300],
      ['region', 6_100],
      ['seine-maritime', -1_800],
    ]);
    expect(transfers.map(({ from, to, amountCents }) => [from, to, amountCents])).toEqual([
      ['eure', 'region', 4_300],
      ['seine-maritime', 'region', 1_800],
    ]);
    for (const { amountCents, proof } of transfers)
      for (const lines of [proof.from, proof.to]) {
        expect(sum(lines.map(({ partCents }) => partCents))).toBe(amountCents);
        for (const { why, positionCents } of lines) expect(await figureOf(why)).toBe(positionCents);
      }
  });

  it('may be asked for some schemes, an exercice or a day', async () => {
    expect((await netting('schemes=emplois-tremplins')).transfers).toMatchObject([
      { from: 'region', to: 'eure', amountCents: 3_000 },
      { from: 'seine-maritime', to: 'eure', amountCents: 3_000 },
    ]);
    expect((await netting('exercice=2011&schemes=insertion')).transfers).toMatchObject([
      { from: 'region', to: 'seine-maritime', amountCents: 31_300 },
      { from: 'region', to: 'eure', amountCents: 19_800 },
    ]);
    expect((await netting('asOf=2010-03-30')).transfers).toEqual([]);
    expect((await story.auditor.get<Problem>('/settlement/netting?schemes=x')).body.code).toBe(
      'SETTLEMENT_SCHEME_UNKNOWN',
    );
    expect((await story.auditor.get<Problem>('/settlement/netting?schemes=a,,b')).body.code).toBe('REQUEST_INVALID');
  });

  it('is proposed for an open exercice', async () => {
    const { transfers, compensations } = await netting('exercice=2010');
    const recorded = [...transfers.flatMap(({ contributions }) => contributions), ...compensations];
    expect(new Set(recorded.map(({ exercice }) => exercice))).toEqual(new Set([2011]));
  });

  it('once its contributions are recorded leaves every scheme at zero', async () => {
    const { transfers, compensations } = await netting();
    const proposed = [...transfers.flatMap(({ contributions }) => contributions), ...compensations];
    for (const { from, to, amountCents, contributions } of transfers) {
      expect(sum(contributions.map((contribution) => contribution.amountCents))).toBe(amountCents);
      for (const contribution of contributions) expect(contribution).toMatchObject({ from, to });
    }
    for (const [i, contribution] of proposed.entries())
      await story.admin.records('/settlement/contributions', {
        ...contribution,
        contributionId: `N-${i}`,
        paidOn: '2011-02-20',
      });
    for (const scheme of ['insertion', 'emplois-tremplins']) {
      const { funders, owes } = await figures(`scheme=${scheme}`);
      expect({ scheme, positions: funders.map(({ closingPositionCents }) => closingPositionCents), owes }).toEqual({
        scheme,
        positions: [0, 0, 0],
        owes: [],
      });
    }
    expect(await netting()).toMatchObject({ transfers: [], compensations: [] });
  });
});
