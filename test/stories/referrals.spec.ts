/** “Est-ce à voir en 276 ?” over HTTP: answered, revised, and the grants for which nobody has answered. */

import { everyPage, grant, Story, type List, type Problem } from './kit.js';

interface Referral {
  readonly referralId: string | null;
  readonly subject: object;
  readonly seenIn276: string | null;
  readonly answers: readonly {
    readonly seenIn276: string;
    readonly answeredBy: string;
    readonly answeredFor: string;
  }[];
}

let story: Story;

beforeAll(async () => {
  story = await Story.begin('2010-04-01');
  for (const number of [1, 2, 3]) await story.officer.records('/grants', grant(number));
});

afterAll(async () => {
  await story.end();
});

const referral = (referralId: string, grantId: string, other: object = {}) => ({
  referralId,
  subject: { kind: 'grant', grantId },
  seenIn276: 'no',
  reason: 'Une seule collectivité intervient',
  instructedBy: 'region',
  answeredOn: '2010-03-31',
  ...other,
});

async function shown(query: string): Promise<readonly Referral[]> {
  const { status, body } = await story.auditor.get<List<Referral>>(`/referrals?${query}`);
  expect(status).toBe(200);
  return body.data;
}

const idsOf = async (query: string) => (await shown(query)).map(({ referralId }) => referralId);

const seenIn276 = async (grantId: string) => (await story.auditor.get(`/grants/${grantId}`)).body['seenIn276'];

describe('the question of 276', () => {
  it('starts unanswered for every grant', async () => {
    expect((await shown('unanswered=true')).map(({ subject }) => subject)).toEqual(
      ['G-1', 'G-2', 'G-3'].map((grantId) => ({ kind: 'grant', grantId })),
    );
    expect(await seenIn276('G-1')).toBe('unanswered');
    expect(await shown('')).toEqual([]);
  });

  it('is answered by an officer, whose pseudonym and funder are kept', async () => {
    const first = await story.officer.post('/referrals', referral('Q-1', 'G-1'));
    expect(first).toMatchObject({ status: 201, body: { referralId: 'Q-1', answeredFor: 'region' } });
    const [kept] = await shown('grant=G-1');
    expect(kept).toMatchObject({ seenIn276: 'no', answers: [{ answeredBy: 'region/poste-1', answeredFor: 'region' }] });
    expect(await seenIn276('G-1')).toBe('no');
    expect((await shown('unanswered=true')).length).toBe(2);
  });

  it('answers the same request with the first answer, and rehearses without recording', async () => {
    const again = await story.controller.post('/referrals', referral('Q-1', 'G-1'));
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([200, 'true']);
    const rehearsed = await story.officer.post('/referrals?dryRun=true', referral('Q-2', 'G-2'));
    expect(rehearsed).toMatchObject({ status: 200, body: { dryRun: true } });
    expect(await idsOf('')).toEqual(['Q-1']);
  });

  it('is answered once for a grant, even by two who ask at once', async () => {
    const late = await story.officer.post<Problem>('/referrals', referral('Q-9', 'G-1'));
    expect(late).toMatchObject({ status: 409, body: { code: 'GRANT_ALREADY_REFERRED' } });
    expect(late.body.detail).toContain('Q-1');
    const both = await Promise.all(['Q-2', 'Q-3'].map((id) => story.officer.post('/referrals', referral(id, 'G-2'))));
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
  });

  it('is answered for operations that are no grants yet', async () => {
    const subject = { kind: 'operation', name: 'Base nautique (démo)', schemeId: 'insertion' };
    await story.controller.records(
      '/referrals',
      referral('Q-4', '', { subject, seenIn276: 'yes', instructedBy: 'eure' }),
    );
    expect(await shown('instructedBy=eure')).toMatchObject([{ referralId: 'Q-4', subject, seenIn276: 'yes' }]);
    expect(await idsOf('seenIn276=yes')).toEqual(['Q-4']);
  });

  it('is revised with a reason; the first answer stays beside it (R4)', async () => {
    const revision = { revisionId: 'R-1', seenIn276: 'yes', reason: 'L’Eure finance aussi', revisedOn: '2010-04-01' };
    expect((await story.controller.post('/referrals/Q-1/revisions', revision)).status).toBe(201);
    expect((await story.controller.post('/referrals/Q-1/revisions', revision)).status).toBe(200);
    const stale = await story.controller.post<Problem>(
      '/referrals/Q-1/revisions',
      { ...revision, revisionId: 'R-2' },
      { 'if-match': '"0"' },
    );
    expect(stale.body.code).toBe('STALE_REVISION');
    const [kept] = await shown('grant=G-1');
    expect(kept!.answers.map((each) => [each.seenIn276, each.answeredBy])).toEqual([
      ['no', 'region/poste-1'],
      ['yes', 'region/poste-3'],
    ]);
    expect(await seenIn276('G-1')).toBe('yes');
    expect(await idsOf('seenIn276=yes')).toEqual(['Q-1', 'Q-4']);
  });

  it('comes in pages that hold every answer once', async () => {
    const pages = await everyPage<List<Referral>>(story.auditor, '/referrals', 2);
    expect(pages.flatMap(({ data }) => data).length).toBe(3);
    expect(pages.map(({ data }) => data.length)).toEqual([2, 1]);
    const open = await everyPage<List<Referral>>(story.auditor, '/referrals?unanswered=true', 1);
    expect(open.flatMap(({ data }) => data).map(({ subject }) => subject)).toEqual([{ kind: 'grant', grantId: 'G-3' }]);
  });

  it.each([
    [{ kind: 'grant' }, 'FIELD_REQUIRED', '/subject/grantId'],
    [{ kind: 'grant', grantId: 'G-3', name: 'x' }, 'FIELD_UNKNOWN', '/subject/name'],
    [{ kind: 'grant', grantId: 'G-3', schemeId: 'insertion' }, 'FIELD_UNKNOWN', '/subject/schemeId'],
    [{ kind: 'operation' }, 'FIELD_REQUIRED', '/subject/name'],
    [{ kind: 'operation', name: 'x', grantId: 'G-3' }, 'FIELD_UNKNOWN', '/subject/grantId'],
    [{ kind: 'autre' }, 'CHOICE_INVALID', '/subject/kind'],
  ])('refuses a subject that is neither: %p', async (subject, code, pointer) => {
    const { status, body } = await story.officer.post<Problem>('/referrals', referral('Q-5', '', { subject }));
    expect([status, body.errors]).toEqual([400, [expect.objectContaining({ code, pointer })]]);
  });
});
