/** Who may do what: every route for every role, tokens that are none, and what is kept of a token. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isPageRoute } from '../../src/access/signed-request.js';
import { openLedger } from '../../src/server.js';
import { grant, payment, Person, servedRoutes, Story, type Problem, type Request, type Role } from './kit.js';

const ROLES = ['officer', 'controller', 'auditor', 'admin'] as const;
const ADMIN: readonly Role[] = ['admin'];
const RECORDERS: readonly Role[] = ['officer', 'admin'];
const CONTROLLERS: readonly Role[] = ['controller', 'admin'];
const APPROVERS: readonly Role[] = ['officer', 'controller', 'admin'];

const OVERSEERS: readonly Role[] = ['auditor', 'admin'];
const VERIFIERS: readonly Role[] = ['controller', 'auditor', 'admin'];

/** Every route of the server but the console’s pages (console.spec.ts), and who may come in; a route that is missing here fails the test. */
const MAY: Readonly<Record<string, readonly Role[] | 'anybody'>> = {
  'GET /health': 'anybody',
  'GET /metrics': 'anybody',
  'GET /api': 'anybody',
  'GET /api/': 'anybody',
  'GET /api/*': 'anybody',
  'GET /api/LICENSE': 'anybody',
  'GET /api/api/swagger-ui-init.js': 'anybody',
  'GET /api/index.html': 'anybody',
  'GET /api/openapi.json': 'anybody',
  'GET /api/swagger-ui-init.js': 'anybody',
  'GET /api-yaml': 'anybody',
  'GET /assets/:version/:name': 'anybody',
  'GET /api/v1/accounts': ADMIN,
  'GET /api/v1/approvals': ROLES,
  'GET /api/v1/audit/checks': ROLES,
  'GET /api/v1/audit/sample': ROLES,
  'GET /api/v1/balances': ROLES,
  'GET /api/v1/balances/cents': ROLES,
  'GET /api/v1/balances/difference': ROLES,
  'GET /api/v1/balances/months': ROLES,
  'GET /api/v1/balances/why': ROLES,
  'GET /api/v1/ceilings': ROLES,
  'GET /api/v1/decisions': ROLES,
  'GET /api/v1/contracts': ROLES,
  'GET /api/v1/contracts/:contractId': ROLES,
  'GET /api/v1/documents': ROLES,
  'GET /api/v1/contracts/:contractId/consumption': ROLES,
  'GET /api/v1/contracts/:contractId/cper-parts': ROLES,
  'GET /api/v1/contracts/:contractId/cross-territory': ROLES,
  'GET /api/v1/events': ROLES,
  'GET /api/v1/exports/balances': ROLES,
  'GET /api/v1/exports/closings/:exercice': ROLES,
  'GET /api/v1/exports/dgs': ROLES,
  'GET /api/v1/exports/funding-calls/:callId': ROLES,
  'GET /api/v1/exports/grants/:grantId': ROLES,
  'GET /api/v1/exports/payments': ROLES,
  'GET /api/v1/exports/scdl/:funderId': ROLES,
  'GET /api/v1/exports/statements/:funderId': ROLES,
  'GET /api/v1/exports-journal': OVERSEERS,
  'GET /api/v1/evidence': ['auditor', 'controller', 'admin'],
  'GET /api/v1/exercices': ROLES,
  'GET /api/v1/exercices/:exercice': ROLES,
  'GET /api/v1/exercices/:exercice/closing': ROLES,
  'GET /api/v1/funders': ROLES,
  'GET /api/v1/funders/:funderId': ROLES,
  'GET /api/v1/funders/:funderId/statement': ROLES,
  'GET /api/v1/grants': ROLES,
  'GET /api/v1/grants/:grantId': ROLES,
  'GET /api/v1/log': ROLES,
  'GET /api/v1/log/span': ROLES,
  'GET /api/v1/payments': ROLES,
  'GET /api/v1/payments/:paymentId/trail': ROLES,
  'GET /api/v1/payments/:paymentId/why': ROLES,
  'GET /api/v1/referrals': ROLES,
  'GET /api/v1/reports/bilan': ROLES,
  'GET /api/v1/reports/dgs': ROLES,
  'GET /api/v1/reports/dgs/noted': ROLES,
  'GET /api/v1/reconciliations': ROLES,
  'GET /api/v1/reconciliations/:reconciliationId': ROLES,
  'GET /api/v1/schemes': ROLES,
  'GET /api/v1/schemes/:schemeId/scales': ROLES,
  'GET /api/v1/seals': ROLES,
  'GET /api/v1/seals/:number': ROLES,
  'GET /api/v1/seals/:number/inclusion': ROLES,
  'GET /api/v1/seals/consistency': ROLES,
  'GET /api/v1/seals/latest': ROLES,
  'GET /api/v1/seals/status': ROLES,
  'GET /api/v1/settlement': ROLES,
  'GET /api/v1/settlement/calls/:callId': ROLES,
  'GET /api/v1/settlement/netting': ROLES,
  'GET /api/v1/streams/:stream': ROLES,
  'GET /api/v1/tokens': ADMIN,
  'GET /api/v1/verifications': VERIFIERS,
  'GET /api/v1/verifications/:verificationId': VERIFIERS,
  'POST /api/v1/accounts': ADMIN,
  'POST /api/v1/accounts/:name/disabling': ADMIN,
  'POST /api/v1/accounts/:name/enabling': ADMIN,
  'POST /api/v1/accounts/:name/password': ADMIN,
  'POST /api/v1/approvals/:proposalId': APPROVERS,
  'POST /api/v1/ceilings': ADMIN,
  'POST /api/v1/ceilings/:ceilingId/lifting': ADMIN,
  'POST /api/v1/decisions': CONTROLLERS,
  'POST /api/v1/decisions/:decisionId/deliberations': CONTROLLERS,
  'POST /api/v1/decisions/:decisionId/deliberations/:reference/withdrawal': CONTROLLERS,
  'POST /api/v1/contracts': ADMIN,
  'POST /api/v1/contracts/:contractId/amendments': ADMIN,
  'POST /api/v1/contracts/:contractId/cper-parts': CONTROLLERS,
  'POST /api/v1/contracts/:contractId/denunciation': ADMIN,
  'POST /api/v1/contracts/:contractId/schemes': ADMIN,
  'POST /api/v1/contracts/:contractId/schemes/:schemeId/detachment': ADMIN,
  'POST /api/v1/contracts/:contractId/sub-contracts': ADMIN,
  'POST /api/v1/documents': APPROVERS,
  'POST /api/v1/documents/:documentId/withdrawal': APPROVERS,
  'POST /api/v1/exercices/:exercice/closing': CONTROLLERS,
  'POST /api/v1/exercices/:exercice/closing/countersignatures': CONTROLLERS,
  'POST /api/v1/exercices/:exercice/closing/withdrawal': CONTROLLERS,
  'POST /api/v1/exercices/:exercice/reopening': CONTROLLERS,
  'POST /api/v1/exercices/:exercice/reopening/countersignatures': CONTROLLERS,
  'POST /api/v1/funders': ADMIN,
  'POST /api/v1/funders/:funderId/names': ADMIN,
  'POST /api/v1/funders/:funderId/offices': ADMIN,
  'POST /api/v1/grants': RECORDERS,
  'POST /api/v1/grants/:grantId/amendments': RECORDERS,
  'POST /api/v1/grants/:grantId/cancellation': RECORDERS,
  'POST /api/v1/grants/:grantId/closing': RECORDERS,
  'POST /api/v1/grants/:grantId/instruction-transfers': RECORDERS,
  'POST /api/v1/grants/:grantId/payments': RECORDERS,
  'POST /api/v1/grants/:grantId/payments/:paymentId/bank-return': RECORDERS,
  'POST /api/v1/grants/:grantId/payments/:paymentId/recoveries': RECORDERS,
  'POST /api/v1/grants/:grantId/payments/:paymentId/reissue': RECORDERS,
  'POST /api/v1/grants/:grantId/payments/:paymentId/reversal': RECORDERS,
  'POST /api/v1/grants/:grantId/resumption': RECORDERS,
  'POST /api/v1/grants/:grantId/suspension': RECORDERS,
  'POST /api/v1/imports': RECORDERS,
  'GET /api/v1/store': ADMIN,
  'GET /api/v1/read-models/rebuilds/latest': ADMIN,
  'POST /api/v1/read-models/rebuilds': ADMIN,
  'POST /api/v1/read-models/copies': ADMIN,
  'POST /api/v1/read-models/replacement': ADMIN,
  'POST /api/v1/referrals': APPROVERS,
  'POST /api/v1/referrals/:referralId/revisions': APPROVERS,
  'POST /api/v1/reconciliations': CONTROLLERS,
  'POST /api/v1/reconciliations/:reconciliationId/closing': CONTROLLERS,
  'POST /api/v1/reconciliations/:reconciliationId/matches': CONTROLLERS,
  'POST /api/v1/reconciliations/:reconciliationId/matches/:matchId/undoing': CONTROLLERS,
  'POST /api/v1/reconciliations/:reconciliationId/rematch': CONTROLLERS,
  'POST /api/v1/schemes': ADMIN,
  'POST /api/v1/seals': CONTROLLERS,
  'POST /api/v1/schemes/:schemeId/ceilings': ADMIN,
  'POST /api/v1/schemes/:schemeId/closing': ADMIN,
  'POST /api/v1/schemes/:schemeId/scales': ADMIN,
  'POST /api/v1/schemes/:schemeId/split-keys': ADMIN,
  'POST /api/v1/settlement/calls': CONTROLLERS,
  'POST /api/v1/settlement/contributions': CONTROLLERS,
  'POST /api/v1/settlement/contributions/:contributionId/reversal': CONTROLLERS,
  'POST /api/v1/tokens': ADMIN,
  'POST /api/v1/verifications': VERIFIERS,
  'POST /api/v1/what-if': ROLES,
  'DELETE /api/v1/tokens/:tokenId': ADMIN,
};

/** Questions that come with a body: they write nothing, and whoever reads may ask them. */
const QUESTIONS = ['POST /api/v1/what-if'];

/** Things that exist, so that who is let in finds something. */
const THERE: Readonly<Record<string, string>> = {
  funderId: 'region',
  schemeId: 'insertion',
  grantId: 'G-1',
  paymentId: 'P-1',
  stream: 'grant-G-1',
  exercice: '2009',
};

let story: Story;

async function begin(): Promise<void> {
  story = await Story.begin('2010-04-01', { metrics: 'public' });
  await story.officer.records('/grants', grant(1));
  await story.officer.records('/grants/G-1/payments', payment('P-1'));
}

async function end(): Promise<void> {
  await story.end();
}

/** A request through a route, without a body. */
function through(route: string): Request {
  const [method, url] = route.split(' ') as [Request['method'], string];
  return {
    method,
    url: url.replace('*', 'swagger-ui.css').replace(/:(\w+)/g, (_, name: string) => THERE[name] ?? 'x'),
  };
}

describe('The routes', () => {
  beforeAll(begin);
  afterAll(end);

  it('are all in the table of this test', () => {
    const served = servedRoutes(story.opened)
      .filter(({ url }) => !isPageRoute(url))
      .map(({ method, url }) => `${method} ${url}`);
    expect(served.toSorted()).toEqual(Object.keys(MAY).toSorted());
  });

  it.each(Object.entries(MAY))('%s lets in those who may, and nobody else', async (route, allowed) => {
    const seen: Record<string, string> = {};
    const wanted: Record<string, string> = {};
    for (const role of [...ROLES, 'nobody'] as const) {
      const methods = route.startsWith('GET ') ? [route, route.replace('GET ', 'HEAD ')] : [route];
      for (const request of methods.map(through)) {
        const { status, body, headers } = await story[role].send<Partial<Problem>>(request);
        const may = allowed === 'anybody' || allowed.includes(role as Role);
        const key = `${role} ${request.method}`;
        wanted[key] = may ? 'in' : role === 'nobody' ? '401' : '403';
        seen[key] = status !== 401 && status !== 403 ? 'in' : String(status);
        if (request.method === 'HEAD' || may) continue;
        expect(body.code).toBe(role === 'nobody' ? 'TOKEN_REQUIRED' : 'ROLE_REQUIRED');
        expect(headers['www-authenticate']).toBe(role === 'nobody' ? 'Bearer' : undefined);
      }
    }
    expect(seen).toEqual(wanted);
  });

  it('that write change nothing for an auditor, whatever is sent (R29)', async () => {
    const before = [await story.events(), (await story.admin.get('/tokens')).body];
    const everything = {
      ...grant(2),
      ...payment('P-2'),
      role: 'admin',
      name: 'moi',
      funderId: 'region',
      decision: 'approve',
      closedOn: '2010-04-01',
      reason: 'parce que',
    };
    const writing = Object.entries(MAY).filter(([route]) => !route.startsWith('GET '));
    for (const [route, allowed] of writing)
      for (const dryRun of ['', '?dryRun=true']) {
        const { url, ...request } = through(route);
        const { status, body } = await story.auditor.send({ ...request, url: `${url}${dryRun}`, payload: everything });
        const may = allowed === 'anybody' || allowed.includes('auditor');
        expect([route, dryRun, may || status === 403, may || body['code'] === 'ROLE_REQUIRED']).toEqual([
          route,
          dryRun,
          true,
          true,
        ]);
      }
    expect(writing.filter(([, allowed]) => allowed.includes('auditor')).map(([route]) => route)).toEqual([
      'POST /api/v1/verifications',
      ...QUESTIONS,
    ]);
    for (const route of QUESTIONS)
      expect([route, (await story.auditor.send({ ...through(route), payload: {} })).status]).toEqual([route, 200]);
    expect([await story.events(), (await story.admin.get('/tokens')).body]).toEqual(before);
  });
});

/** What a question with this header is answered: the status, and the code of a refusal. */
async function statusFor(authorization: string) {
  const { status, body } = await story.nobody.get<Partial<Problem>>('/funders', { authorization });
  return [status, body.code];
}

async function issue(other: object = {}) {
  return story.admin.records<{ token: string; tokenId: string; expiresAt: string }>('/tokens', {
    role: 'officer',
    funderId: 'eure',
    name: 'poste-9',
    days: 365,
    ...other,
  });
}

describe('A body', () => {
  beforeAll(begin);
  afterAll(end);

  it.each([
    ['that is no JSON', '{"a":'],
    ['that is too large', JSON.stringify('x'.repeat(2_000_000))],
  ])('%s is not read for somebody unknown', async (_, payload) => {
    const { app } = story.opened;
    const headers = { 'content-type': 'application/json' };
    const answer = await app.inject({ method: 'POST', url: '/api/v1/grants', headers, payload });
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({ code: 'TOKEN_REQUIRED' });
  });
});

describe('A token', () => {
  beforeEach(begin);
  afterEach(end);

  it('that is none, malformed, unknown or not quite right lets nobody in', async () => {
    const { token = '' } = story.officer;
    expect(await statusFor(`Bearer ${token}`)).toEqual([200, undefined]);
    expect(await statusFor(`bearer ${token}`)).toEqual([200, undefined]);
    const last = token.endsWith('A') ? 'B' : 'A';
    const wrong = [
      '',
      'Bearer',
      'Bearer ',
      token,
      `Basic ${token}`,
      `Token ${token}`,
      `Bearer  ${token}`,
      `Bearer ${token} x`,
      `Bearer ${token}, Bearer ${token}`,
      `Bearer ${token.slice(0, -1)}`,
      `Bearer ${token.slice(0, -1)}${last}`,
      `Bearer ${token}x`,
      `Bearer ${token.toUpperCase()}`,
      `Bearer ${token.slice(0, 18)}`,
      `Bearer l276_000000000000_${'A'.repeat(43)}`,
      `Bearer ${'x'.repeat(10_000)}`,
      'Bearer null',
      'Bearer undefined',
    ];
    for (const authorization of wrong)
      expect([authorization, ...(await statusFor(authorization))]).toEqual([authorization, 401, 'TOKEN_REQUIRED']);
    expect(await story.nobody.get(`/funders?access_token=${token}`)).toMatchObject({ status: 401 });
  });

  it('that was revoked lets nobody in from then on', async () => {
    const { tokenId, token } = await issue();
    expect(await statusFor(`Bearer ${token}`)).toEqual([200, undefined]);
    expect(await story.admin.delete(`/tokens/${tokenId}`)).toMatchObject({ status: 200, body: { tokenId } });
    expect(await statusFor(`Bearer ${token}`)).toEqual([401, 'TOKEN_REQUIRED']);
    const first = (await story.admin.delete(`/tokens/${tokenId}`)).body['revokedAt'];
    story.onDay('2010-04-02');
    expect((await story.admin.delete(`/tokens/${tokenId}`)).body['revokedAt']).toBe(first);
  });

  it('ends on its day', async () => {
    const { token, expiresAt } = await issue({ days: 30 });
    expect(expiresAt.slice(0, 10)).toBe('2010-05-01');
    story.onDay('2010-05-01', '07:59');
    expect(await statusFor(`Bearer ${token}`)).toEqual([200, undefined]);
    story.onDay('2010-05-01', '09:00');
    expect(await statusFor(`Bearer ${token}`)).toEqual([401, 'TOKEN_REQUIRED']);
  });

  it('is shown once, and listed without its secret', async () => {
    const { token, tokenId } = await issue();
    const { text } = await story.admin.get('/tokens');
    expect(text).toContain(tokenId);
    expect(text).not.toContain(token);
    expect(text).not.toContain(token.split('_').slice(2).join('_'));
  });

  it('is nowhere in the data folder: only its hash is, for its owner’s account alone', async () => {
    const { token } = await issue();
    const written = readdirSync(story.dataDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => ({ name: entry.name, bytes: readFileSync(join(entry.parentPath, entry.name)) }));
    const holding = (text: string | Buffer) =>
      written.filter(({ bytes }) => bytes.includes(text)).map(({ name }) => name);
    expect(holding(token)).toEqual([]);
    expect(holding(token.split('_').slice(2).join('_'))).toEqual([]);
    expect(holding(createHash('sha256').update(token).digest())).not.toEqual([]);
    for (const { name } of written.filter(({ name: file }) => /^(holder|access)/.test(file)))
      expect([name, (statSync(join(story.dataDir, name)).mode & 0o777).toString(8)]).toEqual([name, '600']);
    expect(written.map(({ name }) => name)).toEqual(expect.arrayContaining(['holder.json', 'access.db']));
  });

  it('outlives the server, and so does its end; the operator’s key does not', async () => {
    const kept = await issue();
    const revoked = await issue();
    await story.admin.delete(`/tokens/${revoked.tokenId}`);
    const { opened, dataDir } = story;
    await opened.close();
    const again = await openLedger({ dataDir, logger: false, clock: () => Date.parse('2010-04-02T08:00:00Z') });
    const statusOf = async (token: string) => (await new Person(again.app, token).get('/funders')).status;
    const statuses = [await statusOf(kept.token), await statusOf(revoked.token), await statusOf(opened.operatorKey)];
    await again.close();
    rmSync(dataDir, { recursive: true });
    story = await Story.begin();
    expect(statuses).toEqual([200, 401, 401]);
  });
});
