/** Whose matter is it, and with what key: every write for own and other funder, and every key that opens nothing. */

import Database from 'better-sqlite3';
import { join } from 'node:path';
import { isPageRoute } from '../../src/access/signed-request.js';
import { Browsing } from './browsing.js';
import {
  grant,
  payment,
  servedRoutes,
  siret,
  Story,
  type Person,
  type Problem,
  type Request,
  type Role,
  type Route,
} from './kit.js';

type Recorder = 'officer' | 'controller';

/** A write of the region's, as its people would give it; rehearsed, so that the next one finds the same. */
interface Matter {
  readonly path: string;
  readonly body: object;
  /** The roles that may, beside the administrator. */
  readonly by: readonly Recorder[];
}

/** Nobody's in particular: whoever has the role may, of whatever funder. */
const COMMON = 'common';
/** Its own rules say who signs for whom: closing.spec.ts. */
const SIGNED = 'signed by each funder';
/** The role alone decides: administrators, who are bound to no funder. */
const ADMIN = 'administrators alone';

const ON = '2010-03-31';
const OFFICER: readonly Recorder[] = ['officer'];
const CONTROLLER: readonly Recorder[] = ['controller'];
const WITHDRAWAL = { withdrawnOn: ON, reason: 'erreur' };
const DELIBERATION = { funderId: 'region', takenOn: ON, outcome: 'adopted' };
const P1 = '/grants/G-1/payments/P-1';

/** Every unsafe route of the API; one that is missing here fails the test. */
const WHOSE: Readonly<Record<string, Matter | typeof COMMON | typeof SIGNED | typeof ADMIN>> = {
  'POST /accounts': ADMIN,
  'POST /accounts/:name/disabling': ADMIN,
  'POST /accounts/:name/enabling': ADMIN,
  'POST /accounts/:name/password': ADMIN,
  'POST /approvals/:proposalId': {
    path: '/approvals/G-3~P-3',
    body: { decision: 'refuse', reason: 'pièce absente' },
    by: ['officer', 'controller'],
  },
  'POST /ceilings': ADMIN,
  'POST /ceilings/:ceilingId/lifting': ADMIN,
  'POST /contracts': ADMIN,
  'POST /contracts/:contractId/amendments': ADMIN,
  'POST /contracts/:contractId/cper-parts': COMMON,
  'POST /contracts/:contractId/denunciation': ADMIN,
  'POST /contracts/:contractId/schemes': ADMIN,
  'POST /contracts/:contractId/schemes/:schemeId/detachment': ADMIN,
  'POST /contracts/:contractId/sub-contracts': ADMIN,
  'POST /decisions': COMMON,
  'POST /decisions/:decisionId/deliberations': {
    path: '/decisions/D-2/deliberations',
    body: { ...DELIBERATION, reference: 'CR-2' },
    by: CONTROLLER,
  },
  'POST /decisions/:decisionId/deliberations/:reference/withdrawal': {
    path: '/decisions/D-1/deliberations/CR-1/withdrawal',
    body: WITHDRAWAL,
    by: CONTROLLER,
  },
  'POST /documents': COMMON,
  'POST /documents/:documentId/withdrawal': COMMON,
  'POST /exercices/:exercice/closing': SIGNED,
  'POST /exercices/:exercice/closing/countersignatures': SIGNED,
  'POST /exercices/:exercice/closing/withdrawal': SIGNED,
  'POST /exercices/:exercice/reopening': SIGNED,
  'POST /exercices/:exercice/reopening/countersignatures': SIGNED,
  'POST /funders': ADMIN,
  'POST /funders/:funderId/names': ADMIN,
  'POST /funders/:funderId/offices': ADMIN,
  'POST /grants': { path: '/grants', body: grant(9), by: OFFICER },
  'POST /grants/:grantId/amendments': {
    path: '/grants/G-1/amendments',
    body: { amendmentId: 'A-1', amountCents: 2_000_000, act: 'Avenant 1' },
    by: OFFICER,
  },
  'POST /grants/:grantId/cancellation': {
    path: '/grants/G-4/cancellation',
    body: { cancelledOn: ON, reason: 'renoncement' },
    by: OFFICER,
  },
  'POST /grants/:grantId/closing': {
    path: '/grants/G-1/closing',
    body: { closedOn: '2010-04-01', reason: 'soldé' },
    by: OFFICER,
  },
  'POST /grants/:grantId/instruction-transfers': {
    path: '/grants/G-1/instruction-transfers',
    body: { transferId: 'T-1', to: 'seine-maritime', transferredOn: ON, reason: 'guichet unique' },
    by: OFFICER,
  },
  'POST /grants/:grantId/payments': { path: '/grants/G-1/payments', body: payment('P-9'), by: OFFICER },
  'POST /grants/:grantId/payments/:paymentId/bank-return': {
    path: `${P1}/bank-return`,
    body: { returnedOn: ON, reason: 'compte clos' },
    by: OFFICER,
  },
  'POST /grants/:grantId/payments/:paymentId/recoveries': {
    path: `${P1}/recoveries`,
    body: { recoveryId: 'R-1', amountCents: 1_000, recoveredOn: '2010-04-01', reason: 'trop-perçu' },
    by: OFFICER,
  },
  'POST /grants/:grantId/payments/:paymentId/reissue': {
    path: '/grants/G-1/payments/P-2/reissue',
    body: { reissuedOn: '2010-04-01' },
    by: OFFICER,
  },
  'POST /grants/:grantId/payments/:paymentId/reversal': {
    path: `${P1}/reversal`,
    body: { reversedOn: ON, reason: 'erreur' },
    by: OFFICER,
  },
  'POST /grants/:grantId/resumption': {
    path: '/grants/G-5/resumption',
    body: { resumedOn: '2010-04-01', reason: 'levée' },
    by: OFFICER,
  },
  'POST /grants/:grantId/suspension': {
    path: '/grants/G-1/suspension',
    body: { suspendedOn: ON, reason: 'contrôle' },
    by: OFFICER,
  },
  // line by line, below
  'POST /imports': COMMON,
  'POST /read-models/copies': ADMIN,
  'POST /read-models/rebuilds': ADMIN,
  'POST /read-models/replacement': ADMIN,
  // an answer says for whom it was given
  'POST /referrals': COMMON,
  'POST /referrals/:referralId/revisions': COMMON,
  'POST /reconciliations': COMMON,
  'POST /reconciliations/:reconciliationId/closing': COMMON,
  'POST /reconciliations/:reconciliationId/matches': COMMON,
  'POST /reconciliations/:reconciliationId/matches/:matchId/undoing': COMMON,
  'POST /reconciliations/:reconciliationId/rematch': COMMON,
  'POST /schemes': ADMIN,
  'POST /schemes/:schemeId/ceilings': ADMIN,
  'POST /schemes/:schemeId/closing': ADMIN,
  'POST /schemes/:schemeId/scales': ADMIN,
  'POST /schemes/:schemeId/split-keys': ADMIN,
  'POST /seals': COMMON,
  'POST /settlement/calls': {
    path: '/settlement/calls',
    body: { callId: 'AF-1', schemeId: 'insertion', exercice: 2010, issuedOn: '2010-04-01' },
    by: CONTROLLER,
  },
  'POST /settlement/contributions': {
    path: '/settlement/contributions',
    body: contribution('C-2'),
    by: CONTROLLER,
  },
  'POST /settlement/contributions/:contributionId/reversal': {
    path: '/settlement/contributions/C-1/reversal',
    body: { reversedOn: ON, reason: 'rejet' },
    by: CONTROLLER,
  },
  'POST /tokens': ADMIN,
  'POST /verifications': COMMON,
  'POST /what-if': COMMON,
  'DELETE /tokens/:tokenId': ADMIN,
};

function contribution(contributionId: string) {
  const between = { from: 'seine-maritime', to: 'region' };
  return { contributionId, schemeId: 'insertion', exercice: 2010, ...between, amountCents: 1_000, paidOn: ON };
}

let story: Story;
const ofEure = new Map<Recorder | 'admin', Person>();

beforeAll(async () => {
  story = await Story.begin('2010-04-01');
  const { officer, controller, admin } = story;
  await admin.records('/schemes', {
    schemeId: 'petit-seuil',
    name: 'Petit seuil',
    beneficiaryKind: 'enterprise',
    payer: 'region',
    splitKey: [{ funderId: 'region', weight: 1 }],
    openedOn: '2010-01-01',
    approvalThresholdCents: 1_000,
  });
  for (const number of [1, 4, 5]) await officer.records('/grants', grant(number));
  await officer.records('/grants', grant(3, { schemeId: 'petit-seuil' }));
  await officer.records('/grants/G-1/payments', payment('P-1'));
  await officer.records('/grants/G-1/payments', payment('P-2', { amountCents: 20_000 }));
  await officer.records('/grants/G-1/payments/P-2/bank-return', { returnedOn: ON, reason: 'compte clos' });
  await officer.records('/grants/G-3/payments', payment('P-3'));
  await officer.records('/grants/G-5/suspension', { suspendedOn: ON, reason: 'contrôle' });
  await controller.records('/settlement/contributions', contribution('C-1'));
  const concerns = [{ kind: 'grant', id: 'G-1' }];
  for (const decisionId of ['D-1', 'D-2'])
    await controller.records('/decisions', { decisionId, title: 'x', expected: ['region', 'eure'], concerns });
  await controller.records('/decisions/D-1/deliberations', { ...DELIBERATION, reference: 'CR-1' });
  for (const role of ['officer', 'controller', 'admin'] as const)
    ofEure.set(role, await story.hire(role, `${role}-eure`, 'eure'));
});

afterAll(() => story.end());

const isUnsafe = ({ method }: Route) => method !== 'GET' && method !== 'HEAD';

/** The unsafe routes, of the API or of the console. */
function unsafeRoutes(of: 'api' | 'pages'): Route[] {
  return servedRoutes(story.opened).filter((route) => isUnsafe(route) && isPageRoute(route.url) === (of === 'pages'));
}

describe('A write', () => {
  it('of every route is in the table of this test', () => {
    const served = unsafeRoutes('api').map(({ method, url }) => `${method} ${url.replace('/api/v1', '')}`);
    expect(served.toSorted()).toEqual(Object.keys(WHOSE).toSorted());
  });

  const matters = Object.entries(WHOSE).filter((entry): entry is [string, Matter] => typeof entry[1] === 'object');

  it.each(matters)('%s is for the authority whose matter it is, and for administrators', async (_, matter) => {
    const { path, body, by } = matter;
    const before = await story.opened.ledger.store.head();
    const codeFor = async (person: Person) => {
      const reply = await person.post<Partial<Problem>>(`${path}?dryRun=true`, body);
      return reply.body.code ?? reply.status;
    };
    for (const role of by) {
      const seen = [await codeFor(story[role === 'officer' ? 'otherOfficer' : role]), await codeFor(ofEure.get(role)!)];
      expect([role, ...seen]).toEqual([role, 200, 'OTHER_FUNDER']);
    }
    expect(await codeFor(ofEure.get('admin')!)).toBe(200);
    const refused = await ofEure.get(by[0]!)!.post<Problem>(path, body);
    expect(refused).toMatchObject({ status: 403, body: { code: 'OTHER_FUNDER' } });
    expect(await story.opened.ledger.store.head()).toBe(before);
  });

  it('of a payment is also for the authority that pays it, and of a contribution for who receives it', async () => {
    const officer = ofEure.get('officer')!;
    const byEure = await officer.post('/grants/G-1/payments?dryRun=true', payment('P-8', { paidBy: 'eure' }));
    expect(byEure).toMatchObject({ status: 200, body: { dryRun: true } });
    const tills = { recoveryId: 'R-2', amountCents: 500, recoveredOn: '2010-04-01', recoveredBy: 'eure', reason: 'x' };
    expect(await officer.post(`${P1}/recoveries?dryRun=true`, tills)).toMatchObject({ status: 200 });
    const received = { ...contribution('C-9'), to: 'eure' };
    expect(await ofEure.get('controller')!.post('/settlement/contributions?dryRun=true', received)).toMatchObject({
      status: 200,
    });
    expect((await story.controller.post('/settlement/contributions?dryRun=true', received)).body['code']).toBe(
      'OTHER_FUNDER',
    );
  });

  it('of what is not there is refused for that, to whomever', async () => {
    const unknown = await ofEure.get('officer')!.post('/grants/G-404/payments', payment('P-8'));
    expect(unknown.body['code']).toBe('GRANT_UNKNOWN');
  });

  it('says in the reader’s language whose it is', async () => {
    const closing = { closedOn: ON, reason: 'x' };
    const officer = ofEure.get('officer')!;
    const inFrench = await officer.post<Problem>('/grants/G-1/closing', closing);
    const inEnglish = await officer.post<Problem>('/grants/G-1/closing', closing, { 'accept-language': 'en' });
    expect([inFrench.body.title, inEnglish.body.title]).toEqual([
      'Affaire d’une autre collectivité',
      'Another funder’s matter',
    ]);
  });

  it.each(['true', 'false'])('of a slip is refused line by line (dryRun=%s), the others are taken', async (dryRun) => {
    const officer = ofEure.get('officer')!;
    const own = { instructedBy: 'eure', beneficiary: { name: 'Atelier 20 (démo)', siret: siret(20) } };
    await officer.post('/grants', grant(20, own));
    const slip = [
      'grantId;paymentId;amount;paidOn;instalment;orderNumber',
      `G-1;S-1-${dryRun};1,00;31/03/2010;interim;M-1-${dryRun}`,
      `G-20;S-2-${dryRun};2,00;31/03/2010;interim;M-2-${dryRun}`,
    ].join('\r\n');
    const { body } = await officer.send<{ lines: { result: string; errors?: { code: string; column: string }[] }[] }>({
      method: 'POST',
      url: `/api/v1/imports?mode=valid-lines&dryRun=${dryRun}`,
      headers: { 'content-type': 'text/csv' },
      payload: slip,
    });
    expect(body.lines).toMatchObject([
      { result: 'rejected', errors: [{ code: 'OTHER_FUNDER', column: 'grantId' }] },
      { result: 'recorded' },
    ]);
  });
});

function signedIn(role: Role, funderId: string): Browsing {
  const { accounts, sessions } = story.opened.access;
  const name = `${role}-of-${funderId}`;
  accounts.admit(name, role, funderId);
  const browsing = new Browsing(story.opened.app);
  browsing.cookies.set('ledger276-session', sessions.begin(name));
  return browsing;
}

describe('A page', () => {
  it('is read alike by the people of every authority', async () => {
    const pages = servedRoutes(story.opened).filter((route) => !isUnsafe(route) && isPageRoute(route.url));
    // a stream does not end by itself: live.spec.ts opens it
    const routes = pages.filter(({ url }) => url !== '/balances/live');
    for (const role of ['officer', 'controller', 'auditor', 'admin'] as const) {
      const [region, eure] = [signedIn(role, 'region'), signedIn(role, 'eure')];
      for (const route of routes) {
        const { url } = through(route);
        expect([role, url, (await eure.open(url)).status]).toEqual([role, url, (await region.open(url)).status]);
      }
    }
  });

  it('offers what is done with a file to its own authority’s officers, and refuses it to others', async () => {
    const closing = 'href="/grants/G-1/closing"';
    expect((await signedIn('officer', 'region').open('/grants/G-1')).html).toContain(closing);
    expect((await signedIn('admin', 'eure').open('/grants/G-1')).html).toContain(closing);
    const eure = signedIn('officer', 'eure');
    expect((await eure.open('/grants/G-1')).html).not.toContain(closing);
    const { status, html } = await eure.submit('/grants/G-1/closing', { closedOn: '31/03/2010', reason: 'soldé' });
    expect([status, html.includes('Affaire d’une autre collectivité')]).toEqual([403, true]);
  });
});

/** Everything that a request might have left behind: the log, and every table of who may come in. */
async function left(): Promise<unknown> {
  const db = new Database(join(story.dataDir, 'access.db'), { readonly: true });
  try {
    const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).pluck().all();
    const rows = tables.map((name) => [name, db.prepare(`SELECT * FROM "${String(name)}"`).all()]);
    return [await story.opened.ledger.store.head(), rows];
  } finally {
    db.close();
  }
}

function through({ method, url }: Route): Request {
  const there: Record<string, string> = { grantId: 'G-1', paymentId: 'P-1', schemeId: 'insertion', funderId: 'region' };
  const address = url.replace(/:(\w+)/g, (_, name: string) => there[name] ?? 'x');
  return { method: method as Request['method'], url: address };
}

describe('A key that opens nothing', () => {
  let other: Story;
  let keys: Readonly<Record<string, string | undefined>>;
  let sessions: Readonly<Record<string, string | undefined>>;

  beforeAll(async () => {
    other = await Story.begin('2010-04-01');
    const { access } = story.opened;
    story.onDay('2010-03-01');
    const expired = access.tokens.issue('admin', 'region', 'hier', 1).token;
    await access.accounts.create('poste-90', 'admin', 'region', null);
    await access.accounts.create('poste-91', 'admin', 'region', null);
    const idle = access.sessions.begin('poste-90');
    story.onDay('2010-04-01');
    const revoked = access.tokens.issue('admin', 'region', 'perdu', 30);
    access.tokens.revoke(revoked.issued.tokenId);
    const ended = access.sessions.begin('poste-90');
    access.sessions.end(ended);
    const disabled = access.sessions.begin('poste-91');
    access.accounts.disable('poste-91');
    // what is over is swept away at its first use
    access.sessions.find(idle);
    await other.opened.access.accounts.create('poste-90', 'admin', 'region', null);
    const forged = `${access.tokens.issue('admin', 'region', 'vrai', 30).token.slice(0, 18)}${'A'.repeat(43)}`;
    keys = { none: undefined, expired, forged, revoked: revoked.token, foreign: other.admin.token };
    sessions = {
      none: undefined,
      idle,
      ended,
      disabled,
      forged: 'A'.repeat(43),
      foreign: other.opened.access.sessions.begin('poste-90'),
      'a token': story.admin.token,
    };
  });

  afterAll(() => other.end());

  it('is refused at every unsafe route of the API, and nothing is left behind', async () => {
    const before = await left();
    const everything = { ...grant(80), ...payment('P-80'), name: 'moi', role: 'admin', funderId: 'region' };
    for (const route of unsafeRoutes('api'))
      for (const [kind, token] of Object.entries(keys)) {
        const person = token === undefined ? story.nobody : story.withToken(token);
        const { status, body } = await person.send<Partial<Problem>>({ ...through(route), payload: everything });
        expect([route.url, kind, status, body.code]).toEqual([route.url, kind, 401, 'TOKEN_REQUIRED']);
      }
    expect(await left()).toEqual(before);
  });

  it('is led to sign-in from every form of the console, and nothing is left behind', async () => {
    const before = await left();
    for (const route of unsafeRoutes('pages'))
      for (const [kind, session] of Object.entries(sessions)) {
        const cookie = session === undefined ? {} : { cookie: `ledger276-session=${session}` };
        const { app } = story.opened;
        const { statusCode, headers } = await app.inject({
          ...through(route),
          headers: {
            ...cookie,
            host: 'localhost',
            accept: 'text/html',
            'sec-fetch-site': 'same-origin',
            'content-type': 'application/x-www-form-urlencoded',
          },
          payload: 'name=moi&role=admin&funderId=region&formToken=forged',
        });
        // sign-in itself takes no form without its own token
        const wanted = route.url.startsWith('/sign-in') ? [403, undefined] : [303, '/sign-in'];
        expect([route.url, kind, statusCode, headers.location]).toEqual([route.url, kind, ...wanted]);
      }
    expect(await left()).toEqual(before);
  });

  it('reads nothing either, of the API or of the console', async () => {
    const reading = servedRoutes(story.opened).filter((route) => !isUnsafe(route));
    for (const route of reading.filter(({ url }) => url.startsWith('/api/v1/')))
      for (const [kind, token] of Object.entries(keys)) {
        const person = token === undefined ? story.nobody : story.withToken(token);
        expect([route.url, kind, (await person.send(through(route))).status]).toEqual([route.url, kind, 401]);
      }
    const open = ['/preferences', '/sign-in'];
    for (const route of reading.filter(({ url }) => isPageRoute(url) && !open.some((path) => url.startsWith(path))))
      for (const [kind, session] of Object.entries(sessions)) {
        const headers = { accept: 'text/html', ...(session && { cookie: `ledger276-session=${session}` }) };
        const { statusCode, headers: answered } = await story.opened.app.inject({ ...through(route), headers });
        expect([route.url, kind, statusCode, String(answered.location).slice(0, 8)]).toEqual([
          route.url,
          kind,
          303,
          '/sign-in',
        ]);
      }
  });
});
