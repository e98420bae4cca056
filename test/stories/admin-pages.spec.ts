/** The administrator's pages: what they change, what they refuse beside the field, and a token that is shown once. */

import { Browsing, PASSWORD, signedInAs } from './browsing.js';
import { Story } from './kit.js';

let story: Story;
let admin: Browsing;

beforeAll(async () => {
  story = await Story.begin('2010-04-01');
  admin = await signedInAs(story.opened, 'admin-1', 'admin');
});

afterAll(() => story.end());

/** Sends a form that must be taken, and opens where it leads. */
async function sends(url: string, fields: Readonly<Record<string, string>>): Promise<string> {
  const { status, location, html } = await admin.submit(url, fields);
  if (status !== 303) throw new Error(`${url}: ${status} ${html}`);
  return (await admin.open(location!)).html;
}

describe('Funders', () => {
  it('are registered, renamed from a day on, and have an office', async () => {
    const fields = { funderId: 'orne', name: 'Département de l’Orne', kind: 'departement', siret: '' };
    expect(await sends('/funders', fields)).toContain('Collectivité enregistrée.');
    const name = { name: 'Orne nouvelle', siret: '', effectiveFrom: '01/05/2010', act: 'Décret' };
    expect(await sends('/funders/orne/names', name)).toContain('Orne nouvelle');
    const office = {
      officeName: 'Direction des finances',
      email: '',
      phone: '',
      effectiveFrom: '01/04/2010',
      act: 'N',
    };
    expect(await sends('/funders/orne/offices', office)).toContain('Direction des finances');
    expect((await admin.open('/funders')).html).toContain('Département de l’Orne');
  });

  it('are refused beside the field, with what was typed', async () => {
    const { status, html } = await admin.submit('/funders', { funderId: 'x', name: '', kind: 'autre', siret: '123' });
    expect(status).toBe(400);
    expect(html).toMatch(/id="f-siret"[^>]*aria-invalid="true"/);
    expect(html).toContain('value="123"');
    expect(await admin.open('/funders/orne/else')).toMatchObject({ status: 404 });
  });
});

const key = (weights: readonly string[]) =>
  Object.fromEntries(
    ['eure', 'orne', 'region', 'seine-maritime'].flatMap((funderId, i) => [
      [`splitKey.${i}.funderId`, funderId],
      [`splitKey.${i}.weight`, weights[i]!],
    ]),
  );

describe('Schemes', () => {
  it('are opened with a key in which whoever has no weight takes no part', async () => {
    const fields = {
      name: 'Culture',
      schemeId: 'culture',
      beneficiaryKind: 'association',
      payer: 'region',
      openedOn: '01/04/2010',
      approvalThresholdCents: '1 000,00',
      graceDays: '30',
      axisId: '',
      ...key(['1', '', '2', '']),
    };
    const html = await sends('/schemes', fields);
    expect(html).toContain('Dispositif ouvert.');
    expect(html).not.toContain('Département de l’Orne');
    expect((await admin.open('/schemes')).html).toContain('1 : 2');
  });

  it('get another key, a ceiling whose history is kept, and an end', async () => {
    const agreed = { ...key(['1', '', '1', '']), effectiveFrom: '01/05/2010', appliesTo: 'all-payments', act: 'CP 1' };
    expect(await sends('/schemes/culture/split-keys', agreed)).toContain('CP 1');
    const ceiling = { exercice: '2010', amountCents: '5 000,00', mode: 'warn', act: 'BP 2010' };
    await sends('/schemes/culture/ceilings', ceiling);
    const raised = await sends('/schemes/culture/ceilings', { ...ceiling, amountCents: '6 000,00', act: 'DM 2010' });
    expect(raised).toContain('BP 2010');
    expect(raised).toContain('DM 2010');
    expect(raised).toMatch(/href="\/balances\/why\?[^"]*scheme=culture/);
    const retroactive = { ...agreed, effectiveFrom: '01/01/2010', act: 'CP 2' };
    expect(await admin.submit('/schemes/culture/split-keys', retroactive)).toMatchObject({ status: 409 });
    const html = await sends('/schemes/culture/closing', { closedOn: '31/12/2010', reason: 'fin' });
    expect(html).not.toContain('/schemes/culture/ceilings');
    expect(await admin.open('/schemes/no-such')).toMatchObject({ status: 404 });
  });
});

describe('Accounts', () => {
  it('are created, get another password, are disabled and enabled', async () => {
    const account = { name: 'poste-20', role: 'officer', funderId: 'eure', password: PASSWORD };
    expect(await sends('/accounts', account)).toContain('poste-20');
    const browsing = new Browsing(story.opened.app);
    expect(await browsing.signIn('poste-20')).toMatchObject({ status: 303 });
    await sends('/accounts/poste-20/password', { password: `${PASSWORD} encore` });
    expect(await browsing.open('/account')).toMatchObject({ status: 303 });
    expect(await sends('/accounts/poste-20/disabling', {})).toContain('Désactivé');
    expect(await sends('/accounts/poste-20/enabling', {})).toContain('Compte réactivé.');
    expect(await admin.submit('/accounts/poste-20/elevation', {})).toMatchObject({ status: 404 });
  });

  it('are refused with a weak password, which is never shown again', async () => {
    const account = { name: 'poste-21', role: 'officer', funderId: 'eure', password: 'trop court' };
    const { status, html } = await admin.submit('/accounts', account);
    expect(status).toBe(400);
    expect(html).not.toContain('trop court');
    const reset = await admin.submit('/accounts/poste-20/password', { password: 'trop court' });
    expect([reset.status, reset.html.includes('trop court')]).toEqual([400, false]);
  });
});

describe('Tokens', () => {
  it('are shown once, open the API in their scope, and nothing once revoked', async () => {
    const holder = { name: 'logiciel-1', role: 'auditor', funderId: 'eure', days: '30' };
    const { status, html, headers } = await admin.submit('/tokens', holder);
    expect([status, headers['cache-control']]).toEqual([200, 'private, no-store']);
    const token = /l276_[\w-]+/.exec(html)![0];
    const program = story.withToken(token);
    expect(await program.get('/funders')).toMatchObject({ status: 200 });
    expect(await program.post('/grants')).toMatchObject({ status: 403 });
    const list = await admin.open('/tokens');
    expect(list.html).not.toContain(token);
    const tokenId = token.split('_')[1]!;
    expect(await sends(`/tokens/${tokenId}/revocation`, {})).toContain('Révoqué');
    expect(await program.get('/funders')).toMatchObject({ status: 401 });
    expect(await admin.submit('/tokens/000000000000/revocation', {})).toMatchObject({ status: 404 });
    expect(await admin.submit('/tokens', { ...holder, days: 'x' })).toMatchObject({ status: 400 });
    const nobodys = { role: 'auditor', funderId: 'calvados', name: 'logiciel-2' };
    expect((await story.admin.post('/tokens', nobodys)).body['code']).toBe('FUNDER_UNKNOWN');
  });
});
