/** The console's door: who comes in to which page, sessions and how they end, forms from elsewhere, locks, and what is sent. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPageRoute } from '../../src/access/signed-request.js';
import { Browsing, PASSWORD, signedInAs } from './browsing.js';
import { grant, payment, servedRoutes, Story } from './kit.js';

const ROLES = ['officer', 'controller', 'auditor', 'admin'] as const;
type Role = (typeof ROLES)[number];

/** Every page of the console, and who may open it; a page that is missing here fails the test. */
const MAY: Readonly<Record<string, readonly Role[] | 'anybody'>> = {
  'GET /': ROLES,
  'GET /account': ROLES,
  'POST /account/password': ROLES,
  'GET /balances': ROLES,
  'GET /balances/why': ROLES,
  'GET /balances/charts': ROLES,
  'GET /balances/live': ROLES,
  'GET /ceilings': ROLES,
  'GET /ceilings/new': ['admin'],
  'POST /ceilings': ['admin'],
  'GET /ceilings/:ceilingId/lifting': ['admin'],
  'POST /ceilings/:ceilingId/lifting': ['admin'],
  'GET /contracts': ROLES,
  'GET /contracts/:contractId': ROLES,
  'GET /contracts/:contractId/cper-parts': ROLES,
  'GET /contracts/:contractId/acts/:act': ['controller', 'admin'],
  'POST /contracts/:contractId/acts/:act': ['controller', 'admin'],
  'GET /grants': ROLES,
  'GET /grants/new': ['officer', 'admin'],
  'POST /grants': ['officer', 'admin'],
  'GET /grants/:grantId': ROLES,
  'GET /grants/:grantId/:act': ['officer', 'admin'],
  'POST /grants/:grantId/:act': ['officer', 'admin'],
  'GET /grants/:grantId/payments/new': ['officer', 'admin'],
  'POST /grants/:grantId/payments': ['officer', 'admin'],
  'POST /grants/:grantId/payments/preview': ['officer', 'admin'],
  'GET /grants/:grantId/payments/:paymentId': ROLES,
  'GET /grants/:grantId/payments/:paymentId/:act': ['officer', 'admin'],
  'POST /grants/:grantId/payments/:paymentId/:act': ['officer', 'admin'],
  'GET /payments': ROLES,
  'GET /approvals': ROLES,
  'POST /approvals/:proposalId': ['officer', 'controller', 'admin'],
  'GET /imports': ['officer', 'admin'],
  'POST /imports': ['officer', 'admin'],
  'GET /log': ROLES,
  'GET /payments/:paymentId/trail': ROLES,
  'GET /looking-back': ROLES,
  'GET /difference': ROLES,
  'GET /difference/csv': ROLES,
  'GET /what-if': ROLES,
  'GET /what-if/csv': ROLES,
  'GET /audit/sample': ROLES,
  'GET /audit/sample/csv': ROLES,
  'GET /audit/checks': ROLES,
  'GET /audit/checks/csv': ROLES,
  'GET /seals': ROLES,
  'GET /seals/:number': ROLES,
  'GET /seals/:number/file': ROLES,
  'GET /verifications': ['controller', 'auditor', 'admin'],
  'POST /verifications': ['controller', 'auditor', 'admin'],
  'GET /verifications/:verificationId': ['controller', 'auditor', 'admin'],
  'GET /evidence': ['controller', 'auditor', 'admin'],
  'GET /evidence/bundle': ['controller', 'auditor', 'admin'],
  'GET /exports-journal': ['auditor', 'admin'],
  'GET /settlement': ROLES,
  'GET /settlement/calls': ROLES,
  'GET /settlement/calls/new': ['controller', 'admin'],
  'POST /settlement/calls/preview': ['controller', 'admin'],
  'POST /settlement/calls': ['controller', 'admin'],
  'GET /settlement/calls/:callId': ROLES,
  'GET /settlement/calls/:callId/csv': ROLES,
  'GET /settlement/contributions': ROLES,
  'GET /settlement/contributions/new': ['controller', 'admin'],
  'POST /settlement/contributions/preview': ['controller', 'admin'],
  'POST /settlement/contributions': ['controller', 'admin'],
  'GET /settlement/contributions/:contributionId/reversal': ['controller', 'admin'],
  'POST /settlement/contributions/:contributionId/reversal/preview': ['controller', 'admin'],
  'POST /settlement/contributions/:contributionId/reversal': ['controller', 'admin'],
  'GET /settlement/netting': ROLES,
  'GET /exercices': ROLES,
  'GET /exercices/:exercice': ROLES,
  'GET /exercices/:exercice/closing': ROLES,
  'POST /exercices/:exercice/closing': ['controller', 'admin'],
  'POST /exercices/:exercice/closing/countersignatures': ['controller', 'admin'],
  'POST /exercices/:exercice/closing/withdrawal': ['controller', 'admin'],
  'POST /exercices/:exercice/reopening': ['controller', 'admin'],
  'POST /exercices/:exercice/reopening/countersignatures': ['controller', 'admin'],
  'GET /reconciliations': ROLES,
  'GET /reconciliations/new': ['controller', 'admin'],
  'POST /reconciliations': ['controller', 'admin'],
  'GET /reconciliations/:reconciliationId': ROLES,
  'GET /reconciliations/:reconciliationId/csv': ROLES,
  'POST /reconciliations/:reconciliationId/rematch': ['controller', 'admin'],
  'GET /reconciliations/:reconciliationId/closing': ['controller', 'admin'],
  'POST /reconciliations/:reconciliationId/closing': ['controller', 'admin'],
  'GET /reconciliations/:reconciliationId/matches': ['controller', 'admin'],
  'POST /reconciliations/:reconciliationId/matches': ['controller', 'admin'],
  'GET /reconciliations/:reconciliationId/matches/:matchId/undoing': ['controller', 'admin'],
  'POST /reconciliations/:reconciliationId/matches/:matchId/undoing': ['controller', 'admin'],
  'GET /reports/dgs': ROLES,
  'GET /reports/dgs/csv': ROLES,
  'GET /reports/dgs/noted': ROLES,
  'GET /reports/bilan': ROLES,
  'GET /reports/bilan/csv': ROLES,
  'GET /funders': ROLES,
  'GET /funders/new': ['admin'],
  'POST /funders': ['admin'],
  'GET /funders/:funderId': ROLES,
  'GET /funders/:funderId/:act': ['admin'],
  'POST /funders/:funderId/:act': ['admin'],
  'GET /schemes': ROLES,
  'GET /schemes/new': ['admin'],
  'POST /schemes': ['admin'],
  'GET /schemes/:schemeId': ROLES,
  'GET /schemes/:schemeId/:act': ['admin'],
  'POST /schemes/:schemeId/:act': ['admin'],
  'GET /accounts': ['admin'],
  'GET /accounts/new': ['admin'],
  'POST /accounts': ['admin'],
  'GET /accounts/:name/password': ['admin'],
  'POST /accounts/:name/password': ['admin'],
  'POST /accounts/:name/:act': ['admin'],
  'GET /tokens': ['admin'],
  'GET /tokens/new': ['admin'],
  'POST /tokens': ['admin'],
  'POST /tokens/:tokenId/revocation': ['admin'],
  'GET /store': ['admin'],
  'POST /store/rebuild': ['admin'],
  'GET /exports/:what': ROLES,
  'GET /exports/:what/:of': ROLES,
  'GET /preferences': 'anybody',
  'GET /sign-in': 'anybody',
  'POST /sign-in': 'anybody',
  'POST /sign-in/demo': 'anybody',
  'POST /sign-out': ROLES,
};

/** An address that a route with parameters answers. */
function addressOf(route: string): string {
  return route
    .replace('/acts/:act', '/acts/cper-part')
    .replace('/:paymentId/:act', '/:paymentId/reversal')
    .replace('/funders/:funderId/:act', '/funders/region/names')
    .replace(':funderId', 'region')
    .replace('/schemes/:schemeId/:act', '/schemes/insertion/ceilings')
    .replace(':schemeId', 'insertion')
    .replace(':name', 'officer-1')
    .replace(':act', 'closing')
    .replace(':contractId', 'contrat-276')
    .replace(':ceilingId', 'PL-1')
    .replace(':what/:of', 'grants/G-1')
    .replace(':what', 'balances')
    .replace(':grantId', 'G-1')
    .replace(':paymentId', 'P-1')
    .replace(':number', '1')
    .replace(':verificationId', verificationId)
    .replace(':callId', 'AF-1')
    .replace(':contributionId', 'C-1')
    .replace(':exercice', '2010')
    .replace(':reconciliationId', 'RAP-1')
    .replace(':matchId', 'auto-1');
}

/** A partner's list, one line of it matched. */
async function reconciled({ controller }: Story): Promise<void> {
  const list = 'reference;date;amount;share\nM-1;31/03/2010;100,00;33,33\n';
  const query = 'reconciliationId=RAP-1&funder=eure&exercice=2010&receivedOn=2010-04-01';
  const headers = { 'content-type': 'text/csv' };
  await controller.send({ method: 'POST', url: `/api/v1/reconciliations?${query}`, payload: list, headers });
}

/** What some pages are asked, without which they have nothing to show. */
const ASKED: Readonly<Record<string, string>> = {
  '/balances/why': '?column=positionCents',
  '/audit/sample/csv': '?method=top&size=1',
};

const CONTRACT = {
  contractId: 'contrat-276',
  name: 'Contrat 276',
  signedOn: '2010-01-04',
  act: 'Contrat',
  period: { from: '2010-01-01', to: '2013-12-31' },
  parties: ['region', 'eure'].map((funderId) => ({ funderId, contributionCents: 100 })),
  axes: [{ axisId: 'axe-1', name: 'Axe 1', budgetCents: 200 }],
};

let story: Story;
let verificationId = '';
/** One browser a role, signed in; a password is slow to check, so it is checked once. */
const signedIn = new Map<Role, Browsing>();

beforeAll(async () => {
  story = await Story.begin('2010-04-01', { demo: true });
  await story.officer.records('/grants', grant(1));
  await story.officer.records('/grants/G-1/payments', payment('P-1'));
  await story.controller.records('/seals', {});
  verificationId = String((await story.controller.post('/verifications', {})).body['verificationId']);
  await story.admin.records('/contracts', CONTRACT);
  const call = { callId: 'AF-1', schemeId: 'insertion', exercice: 2010, issuedOn: '2010-04-01' };
  await story.controller.records('/settlement/calls', call);
  await reconciled(story);
  for (const role of ROLES) signedIn.set(role, await signedInAs(story.opened, `${role}-1`, role));
});

afterAll(async () => {
  await story.end();
});

const nobody = () => new Browsing(story.opened.app);

/** An account with a password, and a browser of its holder. */
async function holder(name: string): Promise<Browsing> {
  const body = { name, role: 'officer', funderId: 'eure', password: PASSWORD };
  await story.admin.records('/accounts', body);
  return nobody();
}

describe('The pages', () => {
  it('are all in the table of this test', () => {
    const served = servedRoutes(story.opened)
      .filter(({ url }) => isPageRoute(url))
      .map(({ method, url }) => `${method} ${url}`);
    expect(served.toSorted()).toEqual(Object.keys(MAY).toSorted());
  });

  // a stream does not end by itself: live.spec.ts opens it
  const pages = Object.entries(MAY).filter(([route]) => route.startsWith('GET ') && route !== 'GET /balances/live');

  it.each(pages)('%s opens for those who may, and leads everybody else to sign-in', async (route, allowed) => {
    const url = addressOf(route.replace('GET ', ''));
    const query = ASKED[url] ?? '';
    const seen: Record<string, string> = {};
    const wanted: Record<string, string> = {};
    for (const role of ROLES) {
      const { status } = await signedIn.get(role)!.open(url + query);
      seen[role] = status === 403 ? 'out' : String(status);
      wanted[role] = allowed === 'anybody' ? '303' : allowed.includes(role) ? '200' : 'out';
    }
    const { location = '' } = await nobody().open(url + query);
    const next = url === '/' ? '' : `?${new URLSearchParams({ next: url + query }).toString()}`;
    seen['nobody'] = location;
    wanted['nobody'] = allowed === 'anybody' ? location : `/sign-in${next}`;
    expect(seen).toEqual(wanted);
  });

  it.each(Object.keys(MAY).filter((route) => route.startsWith('POST ')))(
    '%s takes no form without its token, with a forged or a foreign one, or from another site',
    async (route) => {
      const url = route.replace('POST ', '');
      const before = [await story.events(), (await story.admin.get('/accounts')).body];
      const officer = signedIn.get('officer')!;
      const foreign = signedIn.get('auditor')!.formToken;
      for (const formToken of ['', 'forged', foreign])
        expect(await officer.submit(url, { formToken })).toMatchObject({ status: 403 });
      for (const headers of [
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { 'sec-fetch-site': 'none' },
      ])
        expect(await officer.submit(url, {}, headers)).toMatchObject({ status: 403 });
      expect([await story.events(), (await story.admin.get('/accounts')).body]).toEqual(before);
      // the session is still there
      expect(await officer.open('/account')).toMatchObject({ status: 200 });
    },
  );

  it('lead nobody who is not signed in to a form that is sent, and tell nobody which pages there are', async () => {
    const visitor = nobody();
    expect(await visitor.submit('/account/password', {})).toMatchObject({ status: 303, location: '/sign-in' });
    expect(await visitor.open('/no-such-page')).toMatchObject({ status: 303 });
    expect(await signedIn.get('officer')!.open('/no-such-page')).toMatchObject({ status: 404 });
  });

  it('never lead to another site', async () => {
    for (const back of ['https://elsewhere.example/', '//elsewhere.example', '/\\elsewhere.example', 'javascript:0'])
      expect(await nobody().open(`/preferences?theme=dark&back=${encodeURIComponent(back)}`)).toMatchObject({
        location: '/',
      });
    expect(await nobody().open('/preferences?theme=dark&back=%2Fbalances%3Fexercice%3D2010')).toMatchObject({
      location: '/balances?exercice=2010',
    });
  });

  it('are opened by no token, and the API by no session', async () => {
    const { token = '' } = story.officer;
    expect(await nobody().open('/', { authorization: `Bearer ${token}` })).toMatchObject({ status: 303 });
    const api = await signedIn.get('admin')!.open('/api/v1/balances');
    expect(api.status).toBe(401);
  });

  it('load nothing from elsewhere, run nothing that is written into them, and are kept by no cache', async () => {
    const { headers, html } = await signedIn.get('controller')!.open('/balances');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers['cache-control']).toBe('private, no-store');
    expect(html).not.toMatch(/<script(?![^>]* src=)|<style|\sstyle=|\son\w+=/);
    for (const address of html.matchAll(/(?:src|href)="([^"]+)"/g)) expect(address[1]).toMatch(/^[/#]/);
  });

  it('come with files that are kept for ever under their content’s name, compressed', async () => {
    const { html } = await nobody().open('/sign-in?next=%2F');
    const page = html === '' ? (await signedIn.get('officer')!.open('/')).html : html;
    const [path = ''] = /\/assets\/[^"]+console\.css/.exec(page) ?? [];
    const style = await nobody().open(path, { 'accept-encoding': 'gzip, br' });
    expect(style).toMatchObject({
      status: 200,
      headers: { 'content-encoding': 'br', 'cache-control': 'public, max-age=31536000, immutable' },
    });
    expect(await nobody().open(path.replace(/[0-9a-f]{16}/, '0000000000000000'))).toMatchObject({ status: 404 });
  });
});

describe('A session', () => {
  it('begins with a name and a password, and leads to where one was going', async () => {
    const browsing = await holder('poste-11');
    const { location = '' } = await browsing.open('/balances?exercice=2010');
    await browsing.open(location);
    await browsing.open(location);
    const fields = { name: 'Poste-11', password: PASSWORD, next: '/balances?exercice=2010' };
    const signed = await browsing.submit('/sign-in', fields);
    expect(signed).toMatchObject({ status: 303, location: '/balances?exercice=2010' });
    expect(String(signed.headers['set-cookie'])).toMatch(
      /ledger276-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax/,
    );
    expect(await browsing.open('/account')).toMatchObject({ status: 200 });
  });

  it('is kept by its hash alone, and its cookie goes over https only where there is https', async () => {
    const browsing = await holder('poste-12');
    await browsing.signIn('poste-12');
    const secret = browsing.cookies.get('ledger276-session')!;
    const kept = readdirSync(story.dataDir)
      .filter((name) => name.startsWith('access.db'))
      .map((name) => readFileSync(join(story.dataDir, name)));
    expect(kept.some((bytes) => bytes.includes(secret))).toBe(false);
    expect(kept.some((bytes) => bytes.includes(PASSWORD))).toBe(false);
    const { headers } = await nobody().open('/sign-in', { 'x-forwarded-proto': 'https' });
    expect(String(headers['set-cookie'])).toMatch(/^__Host-ledger276-visit=.*; Secure$/);
  });

  it('is another one at every sign-in, and ends at sign-out', async () => {
    const browsing = await holder('poste-13');
    await browsing.signIn('poste-13');
    const first = browsing.cookies.get('ledger276-session')!;
    await browsing.submit('/sign-out', {});
    expect(browsing.cookies.has('ledger276-session')).toBe(false);
    browsing.cookies.set('ledger276-session', first);
    expect(await browsing.open('/account')).toMatchObject({ status: 303 });
  });

  it('ends when it is idle for an hour, and after a working day', async () => {
    const { access } = story.opened;
    story.onDay('2010-04-01', '09:00');
    const secret = access.sessions.begin('officer-1');
    story.onDay('2010-04-01', '09:58');
    expect(access.sessions.find(secret)).toEqual({ name: 'officer-1' });
    story.onDay('2010-04-01', '10:59');
    expect(access.sessions.find(secret)).toBeUndefined();
    const busy = access.sessions.begin('officer-1');
    for (let hour = 11; hour < 22; hour += 1)
      for (const minute of ['30', '59']) {
        story.onDay('2010-04-01', `${hour}:${minute}`);
        expect(access.sessions.find(busy)).toBeDefined();
      }
    story.onDay('2010-04-01', '22:58');
    expect(access.sessions.find(busy)).toBeDefined();
    story.onDay('2010-04-01', '23:00');
    expect(access.sessions.find(busy)).toBeUndefined();
    story.onDay('2010-04-01');
  });

  it('ends when the account is disabled or gets another password', async () => {
    const browsing = await holder('poste-14');
    await browsing.signIn('poste-14');
    await story.admin.post('/accounts/poste-14/password', { password: `${PASSWORD} encore` });
    expect(await browsing.open('/account')).toMatchObject({ status: 303 });
    await browsing.signIn('poste-14', `${PASSWORD} encore`);
    expect(await browsing.open('/account')).toMatchObject({ status: 200 });
    await story.admin.post('/accounts/poste-14/disabling');
    expect(await browsing.open('/account')).toMatchObject({ status: 303 });
    expect(await browsing.signIn('poste-14', `${PASSWORD} encore`)).toMatchObject({ status: 403 });
    await story.admin.post('/accounts/poste-14/enabling');
    expect(await browsing.signIn('poste-14', `${PASSWORD} encore`)).toMatchObject({ status: 303 });
  });

  it('stays open, renewed, for who changes their own password; every other one of theirs ends', async () => {
    const browsing = await holder('poste-15');
    await browsing.signIn('poste-15');
    const elsewhere = nobody();
    elsewhere.cookies.set('ledger276-session', story.opened.access.sessions.begin('poste-15'));
    const next = `${PASSWORD} encore`;
    const wrong = { current: 'non', password: next, again: next };
    expect((await browsing.submit('/account/password', wrong)).html).toContain('aria-invalid="true"');
    const differs = { current: PASSWORD, password: next, again: 'autre chose' };
    expect(await browsing.submit('/account/password', differs)).toMatchObject({ status: 400 });
    const weak = { current: PASSWORD, password: 'court', again: 'court' };
    expect((await browsing.submit('/account/password', weak)).html).toContain('12 à 200 caractères');
    const right = { current: PASSWORD, password: next, again: next };
    expect(await browsing.submit('/account/password', right)).toMatchObject({ status: 303, location: '/account' });
    expect((await browsing.open('/account')).html).toContain('Mot de passe changé');
    expect((await browsing.open('/account')).html).not.toContain('Mot de passe changé');
    expect(await elsewhere.open('/account')).toMatchObject({ status: 303 });
  });
});

describe('An account', () => {
  it('is locked after five failures, longer each time, and says nothing that a name that is none does not get', async () => {
    const { accounts } = story.opened.access;
    await holder('poste-16');
    const unknown = await nobody().signIn('poste-404', PASSWORD);
    for (let i = 0; i < 5; i += 1) {
      const { status, html } = await nobody().signIn('poste-16', 'faux');
      expect(status).toBe(403);
      expect(html.replaceAll(/poste-\d+|value="[\w-]*"|[0-9a-f-]{36}/g, '')).toBe(
        unknown.html.replaceAll(/poste-\d+|value="[\w-]*"|[0-9a-f-]{36}/g, ''),
      );
    }
    await expect(accounts.signIn('poste-16', PASSWORD)).rejects.toMatchObject({ code: 'PASSWORD_WRONG' });
    story.onDay('2010-04-01', '08:02');
    await expect(accounts.signIn('poste-16', 'faux')).rejects.toMatchObject({ code: 'PASSWORD_WRONG' });
    story.onDay('2010-04-01', '08:02');
    await expect(accounts.signIn('poste-16', PASSWORD)).rejects.toMatchObject({ code: 'PASSWORD_WRONG' });
    story.onDay('2010-04-01', '08:05');
    expect(await accounts.signIn('poste-16', PASSWORD)).toMatchObject({ name: 'poste-16' });
    story.onDay('2010-04-01');
  });

  it('has a name that nobody had, a strong password, a funder that is one', async () => {
    await holder('poste-17');
    const body = { name: 'poste-18', role: 'officer', funderId: 'eure', password: PASSWORD };
    const codeOf = async (other: object) => (await story.admin.post('/accounts', { ...body, ...other })).body['code'];
    expect(await codeOf({ name: 'POSTE-17' })).toBe('ACCOUNT_NAME_TAKEN');
    expect(await codeOf({ password: 'court' })).toBe('PASSWORD_WEAK');
    expect(await codeOf({ password: 'aaaaaaaaaaaaaaaaaa' })).toBe('PASSWORD_WEAK');
    expect(await codeOf({ password: 'mon poste-18 à moi' })).toBe('PASSWORD_WEAK');
    expect(await codeOf({ funderId: 'orne' })).toBe('FUNDER_UNKNOWN');
    for (const act of ['password', 'disabling', 'enabling'])
      expect((await story.admin.post(`/accounts/poste-404/${act}`, { password: PASSWORD })).body['code']).toBe(
        'ACCOUNT_UNKNOWN',
      );
    const { text } = await story.admin.get('/accounts');
    expect(text).not.toMatch(/scrypt|password/);
    const self = await story.hire('admin', 'admin-9');
    await story.admin.records('/accounts', { ...body, name: 'admin-9', role: 'admin' });
    for (const name of ['admin-9', 'Admin-9'])
      expect((await self.post(`/accounts/${name}/disabling`)).body['code']).toBe('ACCOUNT_IS_YOURS');
  });
});

describe('The demonstration', () => {
  it('lets in with one click, and no other ledger does', async () => {
    const browsing = nobody();
    await browsing.open('/sign-in');
    const { html } = await browsing.open('/sign-in');
    expect(html.match(/action="\/sign-in\/demo"/g)).toHaveLength(7);
    expect(await browsing.submit('/sign-in/demo', { name: 'officer-1' })).toMatchObject({ status: 404 });
    expect(await browsing.submit('/sign-in/demo', { name: 'demo-audit' })).toMatchObject({ status: 303 });
    expect(await browsing.open('/account')).toMatchObject({ status: 200 });
    const real = await Story.begin();
    const visitor = new Browsing(real.opened.app);
    await visitor.open('/sign-in');
    expect((await visitor.open('/sign-in')).html).not.toContain('/sign-in/demo');
    expect(await visitor.submit('/sign-in/demo', { name: 'demo-audit' })).toMatchObject({
      status: 303,
      location: '/sign-in',
    });
    await real.end();
  });
});

it('One address may try to sign in only so often', async () => {
  const other = await Story.begin();
  const visitor = new Browsing(other.opened.app);
  await visitor.open('/sign-in');
  await visitor.open('/sign-in');
  const tried: number[] = [];
  for (let i = 0; i < 32; i += 1) tried.push((await visitor.submit('/sign-in', { formToken: 'forged' })).status);
  expect([tried.slice(0, 30).every((status) => status === 403), tried.at(-1)]).toEqual([true, 429]);
  await other.end();
});
