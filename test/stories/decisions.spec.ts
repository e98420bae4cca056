/** A decision of three authorities over HTTP: what is missing until the concordance is complete. */

import { everyPage, FUNDERS, grant, Story, type List, type Problem } from './kit.js';

interface Decision {
  readonly decisionId: string;
  readonly concordance: {
    readonly complete: boolean;
    readonly words: string;
    readonly missing: readonly { readonly funderId: string; readonly kind: string; readonly words: string }[];
  };
  readonly deliberations: readonly object[];
}

let story: Story;

beforeAll(async () => {
  story = await Story.begin('2010-04-01');
  await story.officer.records('/grants', grant(1));
});

afterAll(async () => {
  await story.end();
});

const decision = (decisionId: string, other: object = {}) => ({
  decisionId,
  title: 'Avenant de 2010',
  expected: FUNDERS,
  concerns: [
    { kind: 'grant', id: 'G-1' },
    { kind: 'split-key', id: 'insertion~1' },
  ],
  amountCents: 100_000,
  ...other,
});
const deliberation = (funderId: string, reference: string, other: object = {}) => ({
  funderId,
  reference,
  takenOn: '2010-03-15',
  outcome: 'adopted',
  amountCents: 100_000,
  ...other,
});

async function shown(query: string, language = 'fr'): Promise<readonly Decision[]> {
  const headers = { 'accept-language': language };
  const { status, body } = await story.auditor.get<List<Decision>>(`/decisions?${query}`, headers);
  expect(status).toBe(200);
  return body.data;
}

const idsOf = async (query: string) => (await shown(query)).map(({ decisionId }) => decisionId);
const missing = async (language?: string) =>
  (await shown('concerns=grant:G-1', language))[0]!.concordance.missing.map(({ words }) => words);

describe('a decision of three authorities', () => {
  it('is opened by a controller, about what exists', async () => {
    expect((await story.officer.post('/decisions', decision('D-1'))).status).toBe(403);
    expect(await story.controller.post('/decisions', decision('D-1'))).toMatchObject({ status: 201 });
    expect((await story.controller.post('/decisions', decision('D-1'))).status).toBe(200);
    for (const concern of [
      { kind: 'grant', id: 'G-2' },
      { kind: 'scheme', id: 'inconnu' },
      { kind: 'contract', id: 'inconnu' },
      { kind: 'split-key', id: 'insertion~2' },
      { kind: 'split-key', id: 'insertion' },
      { kind: 'grant', id: 'pas un identifiant' },
    ]) {
      const refused = await story.controller.post<Problem>('/decisions', decision('D-9', { concerns: [concern] }));
      expect([concern, refused.body.code]).toEqual([concern, 'DECISION_CONCERN_UNKNOWN']);
    }
  });

  it('lacks every authority at first, by the names of the day and in the reader’s language', async () => {
    expect(await missing()).toEqual([
      'Région Haute-Normandie n’a pas encore délibéré.',
      'Département de Seine-Maritime n’a pas encore délibéré.',
      'Département de l’Eure n’a pas encore délibéré.',
    ]);
    expect((await missing('en'))[0]).toBe('Région Haute-Normandie has not deliberated yet.');
  });

  it('names what differs, and is complete when it is withdrawn and adopted anew', async () => {
    const path = '/decisions/D-1/deliberations';
    await story.controller.records(path, deliberation('region', 'CP 2010/12'));
    const seineMaritime = await story.hire('controller', 'controle-1', 'seine-maritime');
    const eure = await story.hire('controller', 'controle-1', 'eure');
    await seineMaritime.records(path, deliberation('seine-maritime', 'SM-3'));
    await eure.records(path, deliberation('eure', 'n° 7', { amountCents: 90_000 }));
    expect(await missing()).toEqual([
      'Département de l’Eure a adopté 900,00\u202f€ (délibération n° 7) ; la décision porte sur 1\u202f000,00\u202f€.',
    ]);
    expect(await idsOf('concordance=incomplete')).toEqual(['D-1']);
    const withdrawal = { withdrawnOn: '2010-03-20', reason: 'Montant erroné' };
    const taken = `${path}/${encodeURIComponent('n° 7')}/withdrawal`;
    expect(await eure.post(taken, withdrawal)).toMatchObject({ status: 201, body: { funderId: 'eure' } });
    expect((await eure.post(taken, withdrawal)).status).toBe(200);
    expect(await missing()).toEqual(['Département de l’Eure : la délibération n° 7 a été retirée le 20/03/2010.']);
    await eure.records(path, deliberation('eure', 'n° 9', { takenOn: '2010-03-25' }));
    expect(await shown('concordance=complete')).toMatchObject([
      { concordance: { complete: true, words: 'concordance complète', missing: [] } },
    ]);
    expect(await idsOf('concordance=incomplete')).toEqual([]);
  });

  it('keeps every deliberation in its history (R4)', async () => {
    const [kept] = await shown('');
    expect(kept!.deliberations).toMatchObject([
      { reference: 'CP 2010/12', counts: true },
      { reference: 'SM-3', counts: true },
      { reference: 'n° 7', counts: false, withdrawnOn: '2010-03-20', withdrawalReason: 'Montant erroné' },
      { reference: 'n° 9', counts: true, withdrawnOn: null },
    ]);
  });

  it('takes a slash in a reference', async () => {
    const taken = '/decisions/D-1/deliberations/CP%202010%2F12/withdrawal?dryRun=true';
    const rehearsed = await story.controller.post(taken, { withdrawnOn: '2010-04-01', reason: 'x' });
    expect(rehearsed).toMatchObject({ status: 200, body: { dryRun: true, reference: 'CP 2010/12' } });
  });

  it('is found by what it concerns, in pages', async () => {
    const concerns = [{ kind: 'scheme', id: 'insertion' }];
    for (const id of ['D-2', 'D-3']) await story.controller.records('/decisions', decision(id, { concerns }));
    expect(await idsOf('concerns=scheme:insertion')).toEqual(['D-2', 'D-3']);
    expect(await idsOf('concerns=split-key:insertion~1')).toEqual(['D-1']);
    expect(await idsOf('concerns=grant:G-404')).toEqual([]);
    expect((await story.auditor.get<Problem>('/decisions?concerns=G-1')).body.errors).toMatchObject([
      { code: 'CHOICE_INVALID', pointer: '/concerns' },
    ]);
    const pages = await everyPage<List<Decision>>(story.auditor, '/decisions?concordance=incomplete', 1);
    expect(pages.map(({ data }) => data.map(({ decisionId }) => decisionId))).toEqual([['D-2'], ['D-3']]);
  });
});
