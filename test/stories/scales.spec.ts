/** A scheme's scales over HTTP: agreed, doubled, and read as history. */

import { Story, type Problem } from './kit.js';

let story: Story;

beforeAll(async () => {
  story = await Story.begin('2010-04-01');
});

afterAll(async () => {
  await story.end();
});

const scale = (act: string, effectiveFrom: string, amountCents: number, other: object = {}) => ({
  act,
  effectiveFrom,
  label: 'Aide par embauche',
  lines: [
    { label: 'CDI', amountCents },
    { label: 'Première année', rateThousandths: 750 },
  ],
  ...other,
});

const shown = async (language = 'fr') =>
  (await story.auditor.get('/schemes/insertion/scales', { 'accept-language': language })).body;

describe('the scales of a scheme', () => {
  it('begin empty, and only where there is a scheme', async () => {
    expect(await shown()).toMatchObject({ schemeId: 'insertion', versionToday: null, data: [] });
    expect((await story.auditor.get<Problem>('/schemes/inconnu/scales')).body.code).toBe('SCHEME_UNKNOWN');
  });

  it('are agreed by an administrator, once for an act', async () => {
    const first = scale('D-2009', '2010-01-01', 200_000);
    expect(await story.admin.post('/schemes/insertion/scales', first)).toMatchObject({
      status: 201,
      body: { version: 1, schemeId: 'insertion', ...first },
    });
    const again = await story.admin.post('/schemes/insertion/scales', first);
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([200, 'true']);
    const other = await story.admin.post<Problem>('/schemes/insertion/scales', scale('D-2009', '2010-01-01', 1));
    expect([other.status, other.body.code]).toEqual([422, 'SCALE_ACT_REUSED']);
  });

  it('show that the aid was doubled, from a day to come on', async () => {
    const lines = [
      { label: 'CDI', amountCents: 400_000 },
      { label: 'CDD', amountCents: 100_000 },
    ];
    await story.admin.records('/schemes/insertion/scales', scale('D-2010', '2010-07-01', 0, { lines }));
    expect(await shown()).toMatchObject({
      versionToday: 1,
      data: [
        { version: 1, act: 'D-2009', effectiveFrom: '2010-01-01', removed: [] },
        {
          version: 2,
          act: 'D-2010',
          lines: [
            { amountCents: 400_000, change: { kind: 'raised', differenceCents: 200_000, factor: 2, words: 'doublé' } },
            { amountCents: 100_000, change: { kind: 'new', words: 'nouvelle ligne' } },
          ],
          removed: ['Première année'],
        },
      ],
    });
    expect(JSON.stringify(await shown('en'))).toContain('"words":"doubled"');
    story.onDay('2010-07-01');
    expect(await shown()).toMatchObject({ versionToday: 2 });
  });

  it.each([
    [{ label: 'x' }, 'FIELD_REQUIRED', '/lines/0/amountCents'],
    [{ label: 'x', amountCents: 1, rateThousandths: 1 }, 'FIELD_UNKNOWN', '/lines/0/rateThousandths'],
    [{ label: 'x', rateThousandths: 0 }, 'INTEGER_INVALID', '/lines/0/rateThousandths'],
    [{ label: 'x', amountCents: 0 }, 'AMOUNT_INVALID', '/lines/0/amountCents'],
  ])('refuse a line that is neither an amount nor a rate: %p', async (line, code, pointer) => {
    const { status, body } = await story.admin.post<Problem>(
      '/schemes/insertion/scales',
      scale('D-2011', '2011-01-01', 0, { lines: [line] }),
    );
    expect([status, body.errors]).toEqual([400, [expect.objectContaining({ code, pointer })]]);
  });
});
