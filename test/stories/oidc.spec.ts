/** Sign-in by an identity provider: the whole way with a real one, and every way in which it must not let in. */

import { roleIn, funderIn, pseudonymOf } from '../../src/access/claims.js';
import { formTokenOf } from '../../src/access/form-token.js';
import { IdentityProvider } from '../../src/access/identity-provider.js';
import { readOidcSettings, type OidcSettings } from '../../src/access/oidc-settings.js';
import { Browsing, type SeenPage } from './browsing.js';
import { Story } from './kit.js';
import { CLIENT, TestProvider, throughProvider } from './test-provider.js';

const PUBLIC_URL = 'http://localhost:2760';

const ANNE = { sub: 'anne', roles: ['G-Gestion'], funder: '27', name: 'Anne Martin' };

let provider: TestProvider;
let settings: OidcSettings;
let story: Story;

beforeAll(async () => {
  provider = await TestProvider.start(PUBLIC_URL);
  await provider.says(ANNE);
  settings = readOidcSettings({
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
    OIDC_PUBLIC_URL: PUBLIC_URL,
    OIDC_ROLES: 'G-Admin=admin;G-Gestion=officer;CN=audit,OU=crc=auditor',
    OIDC_FUNDERS: '27=eure;76=seine-maritime',
  });
  story = await Story.begin('2010-04-01', { oidc: settings });
});

afterAll(async () => {
  await story.end();
  await provider.stop();
});

const somebody = () => new Browsing(story.opened.app);

/** Leaves for the provider and comes back; the address in between may be tampered with. */
async function signIn(
  browsing: Browsing,
  { there = (address: string) => address, back = (address: string) => address, next = '/balances' } = {},
): Promise<SeenPage> {
  const { location = '' } = await browsing.open(`/sign-in/oidc?next=${encodeURIComponent(next)}`);
  const returned = back(await throughProvider(there(location), `${PUBLIC_URL}/sign-in/oidc/callback`));
  return browsing.open(returned.slice(PUBLIC_URL.length));
}

function withParameter(name: string, value: string): (address: string) => string {
  return (address) => {
    const url = new URL(address);
    url.searchParams.set(name, value);
    return url.href;
  };
}

describe('Sign-in by the identity provider', () => {
  it('leads there with PKCE, a state and a nonce, and back to where one was going, as a pseudonym', async () => {
    const browsing = somebody();
    await browsing.open('/sign-in');
    const page = await browsing.open('/sign-in?next=%2Fbalances');
    expect(page.html).toContain('href="/sign-in/oidc?next=%2Fbalances"');
    expect(page.html).not.toContain('type="password"');
    const { location = '' } = await browsing.open('/sign-in/oidc');
    const asked = Object.fromEntries(new URL(location).searchParams);
    expect(asked).toMatchObject({ response_type: 'code', code_challenge_method: 'S256', client_id: CLIENT.id });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked[name]).toMatch(/^[\w-]{43}$/);
    expect(await signIn(browsing)).toMatchObject({ status: 303, location: '/balances' });
    const { html } = await browsing.open('/account');
    const name = pseudonymOf(provider.issuer, 'anne');
    expect(html).toContain(`eure/${name}`);
    expect(html).not.toMatch(/Anne|Martin|type="password"/);
    expect(story.opened.access.accounts.open(name)).toMatchObject({ role: 'officer', funderId: 'eure' });
  });

  it('never leads to another site', async () => {
    expect(await signIn(somebody(), { next: 'https://elsewhere.example/' })).toMatchObject({ location: '/' });
  });

  it('gives the role and the funder that the provider says now, also to sessions that are open', async () => {
    const before = somebody();
    await signIn(before);
    await provider.says({ sub: 'anne', roles: 'CN=audit,OU=crc', funder: '76' });
    await signIn(somebody());
    expect((await before.open('/account')).html).toContain('Audit');
    await provider.says(ANNE);
    await signIn(somebody());
    expect((await before.open('/account')).html).toContain('Gestionnaire');
  });

  it('ends the sessions of whoever the provider gives nothing here any longer', async () => {
    const before = somebody();
    await signIn(before);
    await provider.says({ ...ANNE, roles: [] });
    expect(await signIn(somebody())).toMatchObject({ status: 403 });
    expect(await before.open('/account')).toMatchObject({ status: 303, location: '/sign-in?next=%2Faccount' });
    await provider.says(ANNE);
  });

  it.each([
    ['no role', { roles: ['G-Autre'], funder: '27' }],
    ['no claim at all', {}],
    ['a funder that is none here', { roles: ['G-Gestion'], funder: '61' }],
  ])('says clearly that %s opens nothing', async (_, claims) => {
    await provider.says({ sub: 'bruno', ...claims });
    const browsing = somebody();
    const { status, html } = await signIn(browsing);
    expect([status, html.includes('Aucun accès à ce registre')]).toEqual([403, true]);
    expect(browsing.cookies.has('ledger276-session')).toBe(false);
    expect(story.opened.access.accounts.open(pseudonymOf(provider.issuer, 'bruno'))).toBeUndefined();
    await provider.says(ANNE);
  });

  it.each([
    ['another state', { back: withParameter('state', 'A'.repeat(43)) }],
    ['another nonce', { there: withParameter('nonce', 'A'.repeat(43)) }],
    ['another challenge', { there: withParameter('code_challenge', 'A'.repeat(43)) }],
    ['another code', { back: withParameter('code', 'A'.repeat(43)) }],
    ['another issuer', { back: withParameter('iss', 'https://elsewhere.example') }],
  ])('is refused with %s', async (_, tampered) => {
    const browsing = somebody();
    const { status, html } = await signIn(browsing, tampered);
    expect([status, html.includes('Identité non confirmée')]).toEqual([403, true]);
    expect(browsing.cookies.has('ledger276-session')).toBe(false);
  });

  it('is refused a second time with the same answer, and to a browser that did not ask', async () => {
    const browsing = somebody();
    const { location = '' } = await browsing.open('/sign-in/oidc');
    const answer = (await throughProvider(location, PUBLIC_URL)).slice(PUBLIC_URL.length);
    expect(await somebody().open(answer)).toMatchObject({ status: 403 });
    const visit = browsing.cookies.get('ledger276-visit')!;
    expect(await browsing.open(answer)).toMatchObject({ status: 303 });
    const again = somebody();
    again.cookies.set('ledger276-visit', visit);
    expect(await again.open(answer)).toMatchObject({ status: 403 });
  });

  it('knows a signing key that was changed a moment ago', async () => {
    expect(await signIn(somebody())).toMatchObject({ status: 303 });
    await provider.changeKey();
    expect(await signIn(somebody())).toMatchObject({ status: 303 });
  });

  it('is refused when the identity is signed with a key that the provider does not offer', async () => {
    await provider.offers('another key');
    const { status, html } = await signIn(somebody());
    await provider.offers('its key');
    expect([status, html.includes('Identité non confirmée')]).toEqual([403, true]);
  });

  it('is refused to an account that is disabled here, whose sessions have ended', async () => {
    const browsing = somebody();
    await signIn(browsing);
    const name = pseudonymOf(provider.issuer, 'anne');
    await story.admin.post(`/accounts/${name}/disabling`);
    expect(await browsing.open('/account')).toMatchObject({ status: 303 });
    const { status, html } = await signIn(browsing);
    expect([status, html.includes('Compte désactivé')]).toEqual([403, true]);
    await story.admin.post(`/accounts/${name}/enabling`);
    expect(await signIn(browsing)).toMatchObject({ status: 303 });
  });

  it('ends at the provider too', async () => {
    const browsing = somebody();
    await signIn(browsing);
    const { headers } = await browsing.open('/account');
    expect(String(headers['content-security-policy'])).toContain(`form-action 'self' ${provider.issuer}`);
    const { status, location = '' } = await browsing.submit('/sign-out', {});
    const asked = new URL(location);
    expect([status, asked.origin, asked.searchParams.get('post_logout_redirect_uri')]).toEqual([
      303,
      provider.issuer,
      `${PUBLIC_URL}/sign-in`,
    ]);
    expect(asked.searchParams.get('id_token_hint')).toMatch(/^eyJ/);
    expect(browsing.cookies.has('ledger276-session')).toBe(false);
  });

  it('leaves the API to this server’s own tokens, and no password opens anything', async () => {
    await story.admin.records('/accounts', {
      name: 'poste-9',
      role: 'admin',
      funderId: 'eure',
      password: 'douze lettres ou +',
    });
    expect(await story.admin.get('/funders')).toMatchObject({ status: 200 });
    const browsing = somebody();
    browsing.cookies.set('ledger276-visit', 'A'.repeat(43));
    const typed = { name: 'poste-9', password: 'douze lettres ou +', formToken: formTokenOf('A'.repeat(43)) };
    expect(await browsing.submit('/sign-in', typed)).toMatchObject({ status: 404 });
    expect(browsing.cookies.has('ledger276-session')).toBe(false);
  });
});

describe('An identity provider', () => {
  it('that answers too late has recognised nobody', async () => {
    let now = Date.now();
    const troubles: string[] = [];
    const late = new IdentityProvider(
      settings,
      (what) => troubles.push(what),
      () => now,
    );
    const answer = await throughProvider(await late.addressFor('visit', '/'), PUBLIC_URL);
    now += 600_000;
    await expect(late.recognise('visit', answer)).rejects.toMatchObject({ code: 'IDENTITY_REFUSED' });
    expect(troubles.join()).not.toContain(CLIENT.secret);
  });

  it('that is out of reach is said to be so; the ledger goes on', async () => {
    const gone = { ...settings, issuer: new URL('http://127.0.0.1:9') };
    const alone = await Story.begin('2010-04-01', { oidc: gone });
    const { status, headers, html } = await new Browsing(alone.opened.app).open('/sign-in/oidc');
    expect([status, headers['retry-after'], html.includes('Fournisseur d’identité injoignable')]).toEqual([
      503,
      '1',
      true,
    ]);
    expect(await alone.admin.get('/funders')).toMatchObject({ status: 200 });
    await alone.end();
  });
});

describe('Claims', () => {
  const roles = [
    ['r1', 'admin'],
    ['r2', 'officer'],
  ] as const;

  it('are read one by one or several, on the first level or deeper; the first of the mapping counts', () => {
    expect(roleIn({ roles: ['r2', 'r1'] }, { roleClaim: 'roles', roles })).toBe('admin');
    expect(roleIn({ realm: { roles: 'r2' } }, { roleClaim: 'realm.roles', roles })).toBe('officer');
    expect(roleIn({ 'https://x.fr/roles': ['r2'] }, { roleClaim: 'https://x.fr/roles', roles })).toBe('officer');
    for (const claims of [{}, { roles: null }, { roles: [7, {}] }, { roles: 'r3' }])
      expect(roleIn(claims, { roleClaim: 'roles', roles })).toBeUndefined();
    expect(roleIn({}, { roleClaim: 'constructor.name', roles: [['Object', 'admin']] })).toBeUndefined();
    expect(funderIn({ funder: 'eure' }, { funderClaim: 'funder', funders: undefined })).toBe('eure');
    expect(funderIn({ funder: '27' }, { funderClaim: 'funder', funders: [['27', 'eure']] })).toBe('eure');
  });
});
