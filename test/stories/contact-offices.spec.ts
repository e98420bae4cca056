/** Each authority's contact office over HTTP: dated like its names, and never a person (R5, R26). */

import { Story, type List, type Problem } from './kit.js';

let story: Story;

beforeAll(async () => {
  story = await Story.begin('2010-04-01');
});

afterAll(async () => {
  await story.end();
});

const office = (act: string, officeName: string, effectiveFrom: string, other: object = {}) => ({
  act,
  officeName,
  effectiveFrom,
  email: 'service.insertion@eure.example',
  ...other,
});

const ofEure = async () =>
  (await story.auditor.get<List<{ funderId: string; office?: object }>>('/funders')).body.data.find(
    ({ funderId }) => funderId === 'eure',
  )!.office;

describe('the contact office of an authority', () => {
  it('is absent until one is named', async () => {
    expect(await ofEure()).toBeUndefined();
    expect((await story.auditor.get('/funders/eure')).body).toMatchObject({ kind: 'departement', offices: [] });
    expect((await story.auditor.get<Problem>('/funders/calvados')).body.code).toBe('FUNDER_UNKNOWN');
  });

  it('is named by an act from a day on, and the one before stays in history', async () => {
    const first = office('Note 1', 'Service de l’insertion', '2010-01-01', { phone: '02 32 00 00 00' });
    expect(await story.admin.post('/funders/eure/offices', first)).toMatchObject({ status: 201, body: first });
    expect((await story.admin.post('/funders/eure/offices', first)).status).toBe(200);
    await story.admin.records('/funders/eure/offices', office('Note 2', 'Mission 276', '2010-06-01'));
    expect(await ofEure()).toMatchObject({ officeName: 'Service de l’insertion', phone: '02 32 00 00 00' });
    story.onDay('2010-06-01');
    expect(await ofEure()).toMatchObject({ officeName: 'Mission 276', phone: null });
    expect((await story.auditor.get('/funders/eure')).body).toMatchObject({
      name: 'Département de l’Eure',
      names: [{ effectiveFrom: null }],
      office: { officeName: 'Mission 276' },
      offices: [{ act: 'Note 1' }, { act: 'Note 2', effectiveFrom: '2010-06-01' }],
    });
  });

  it.each([
    [{ officeName: 'Mme Durand' }, 'PERSON_NAMED', '/officeName'],
    [{ email: 'claire.durand@eure.example' }, 'MAILBOX_INVALID', '/email'],
    [{ phone: '06 12 34 56 78' }, 'PHONE_INVALID', '/phone'],
    [{ officeName: 'Bureau 1 84 12 76 451 089 46' }, 'PERSONAL_NUMBER', '/officeName'],
  ])('refuses what is a person’s: %p', async (other, code, pointer) => {
    const asked = office('Note 3', 'Service', '2011-01-01', other);
    const before = (await story.events()).length;
    const { status, body } = await story.admin.post<Problem>('/funders/eure/offices', asked);
    expect([status, body.errors]).toEqual([400, [expect.objectContaining({ code, pointer })]]);
    expect((await story.events()).length).toBe(before);
  });
});
