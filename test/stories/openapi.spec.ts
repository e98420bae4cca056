/** The OpenAPI document says what the server does: every route, every refusal, and the very shape of the answers. */

import { isPageRoute } from '../../src/access/signed-request.js';
import { FUNDERS, grant, payment, servedRoutes, Story, type Person, type Reply } from './kit.js';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

interface Media {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

interface Operation {
  readonly summary?: string;
  readonly operationId?: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: Media;
  readonly responses: Readonly<Record<string, Media>>;
}

interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly securitySchemes: object;
  };
}

/** The documentation's own pages, which it does not document; neither the console's. */
const PAGES =
  /^\/assets\/|^\/api(-yaml)?$|^\/api\/($|\*|index\.html|LICENSE|openapi\.json|(api\/)?swagger-ui-init\.js)/;
/** Answered to everybody, and with nothing to refuse. */
const PUBLIC = ['/health', '/metrics'];

let story: Story;
let document: Document;

beforeAll(async () => {
  story = await Story.begin('2010-04-01', { metrics: 'public' });
  document = (await story.nobody.send<Document>({ method: 'GET', url: '/api/openapi.json' })).body;
});

afterAll(async () => {
  await story.end();
});

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );

describe('The document', () => {
  it('is of OpenAPI 3.1 and asks for a bearer token', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    expect(document.components.securitySchemes).toEqual({
      bearer: { scheme: 'bearer', bearerFormat: expect.any(String), type: 'http' },
    });
  });

  it('documents every served route, and no other', () => {
    const served = servedRoutes(story.opened)
      .filter(({ url }) => !PAGES.test(url) && !isPageRoute(url))
      .map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`);
    expect(
      operations()
        .map(({ method, path }) => `${method} ${path}`)
        .toSorted(),
    ).toEqual(served.toSorted());
  });

  it('gives every operation a summary, an id of its own, its parameters, and its refusals as problems', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, method, operation } of operations()) {
      const { summary = '', parameters = [], responses, security = [] } = operation;
      expect([path, method, summary]).toEqual([path, method, expect.stringMatching(/\S/)]);
      const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => `{${name}}`);
      expect([path, inPath.toSorted()]).toEqual([path, (path.match(/\{\w+\}/g) ?? []).toSorted()]);
      if (PUBLIC.includes(path)) continue;
      expect([path, security.length]).toEqual([path, 1]);
      for (const status of ['400', '401', '403', '503'])
        expect({ path, method, status, media: Object.keys(responses[status]?.content ?? {}) }).toEqual({
          path,
          method,
          status,
          media: ['application/problem+json'],
        });
    }
  });

  it('refers to nothing that it does not hold', () => {
    const references = Array.from(JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g), (match) => match[1]!);
    expect(references.length).toBeGreaterThan(50);
    const missing = references.filter((reference) => schemaOf({ $ref: reference }) === undefined);
    expect(missing).toEqual([]);
  });

  it('shows a shape for every answer of JSON, and a body for every write that takes one', () => {
    const shapeless = operations().flatMap(({ path, method, operation }) => {
      const media = Object.entries(operation.responses).flatMap(([status, { content = {} }]) =>
        Object.entries(content).map(([type, { schema }]) => ({ what: `${method} ${path} ${status} ${type}`, schema })),
      );
      return media.filter(({ schema }) => schema === undefined).map(({ what }) => what);
    });
    expect(shapeless).toEqual([]);
    const bodiless = operations().filter(({ method, operation }) => method === 'POST' && !operation.requestBody);
    expect(bodiless.map(({ path }) => path.replace('/api/v1', '')).toSorted()).toEqual([
      '/accounts/{name}/disabling',
      '/accounts/{name}/enabling',
      '/read-models/copies',
      '/read-models/rebuilds',
      '/read-models/replacement',
      '/seals',
      '/verifications',
    ]);
  });
});

/** The schema that a reference points to; undefined when it points to nothing. */
function schemaOf(schema: Schema): Schema | undefined {
  if (schema.$ref === undefined) return schema;
  const name = /^#\/components\/schemas\/([^/]+)$/.exec(schema.$ref)?.[1] ?? '';
  return document.components.schemas[name];
}

/** What of a value is not as the schema says: missing, undocumented, or of another type. */
function mismatches(value: unknown, given: Schema, at: string): string[] {
  const schema = schemaOf(given);
  if (schema === undefined) return [`${at}: no schema`];
  if (schema.oneOf !== undefined) {
    const tries = schema.oneOf.map((option) => mismatches(value, option, at));
    return tries.some((found) => found.length === 0) ? [] : tries.flat();
  }
  if (schema.allOf !== undefined) {
    const wholes = combinations(schema.allOf).map((whole) => mismatches(value, whole, at));
    return wholes.some((found) => found.length === 0) ? [] : wholes.flat();
  }
  const types = schema.type === undefined ? [] : [schema.type].flat();
  const type = typeOf(value);
  if (types.length > 0 && !types.includes(type) && !(type === 'integer' && types.includes('number')))
    return [`${at}: ${type} instead of ${types.join(' or ')}`];
  if (schema.enum !== undefined && !schema.enum.includes(value)) return [`${at}: ${String(value)} is not in the list`];
  if (Array.isArray(value))
    return schema.items === undefined
      ? [`${at}: no shape of the items`]
      : value.flatMap((item, i) => mismatches(item, schema.items!, `${at}/${i}`));
  if (value === null || typeof value !== 'object') return [];
  if (schema.properties === undefined) return [];
  const { properties, required = [] } = schema;
  return [
    ...required.filter((name) => !Object.hasOwn(value, name)).map((name) => `${at}/${name}: missing`),
    ...Object.entries(value).flatMap(([name, inner]) =>
      Object.hasOwn(properties, name)
        ? mismatches(inner, properties[name]!, `${at}/${name}`)
        : [`${at}/${name}: undocumented`],
    ),
  ];
}

/** The parts of an `allOf` as one schema; several where a part leaves a choice. */
function combinations(parts: readonly Schema[]): Schema[] {
  const [first, ...rest] = parts.map((part) => (schemaOf(part)?.oneOf ?? [part]).map((option) => schemaOf(option)!));
  return rest.reduce<Schema[]>(
    (wholes, options) =>
      wholes.flatMap((whole) =>
        options.map((option) => ({
          properties: { ...whole.properties, ...option.properties },
          required: [...(whole.required ?? []), ...(option.required ?? [])],
        })),
      ),
    first!,
  );
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

describe('An answer has the shape that is documented', () => {
  const wrong: string[] = [];
  const seen = new Set<string>();

  async function check(
    by: Person,
    method: 'GET' | 'POST' | 'DELETE',
    route: string,
    url: string,
    payload?: object | string,
  ) {
    const headers = typeof payload === 'string' ? { 'content-type': 'text/csv' } : {};
    const reply: Reply = await by.send({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
    const operation = document.paths[route]?.[method.toLowerCase()];
    const type = String(reply.headers['content-type']).split(';')[0]!;
    const schema = operation?.responses[reply.status]?.content?.[type]?.schema;
    const name = `${method} ${route} ${reply.status}`;
    seen.add(name);
    wrong.push(
      ...(schema === undefined ? [`${name}: not documented as ${type}`] : mismatches(reply.body, schema, name)),
    );
    return reply;
  }
  const gets = async (route: string, url = route) => check(story.admin, 'GET', `/api/v1${route}`, `/api/v1${url}`);
  const posts = async (route: string, url: string, payload: object, by = story.admin) =>
    check(by, 'POST', `/api/v1${route}`, `/api/v1${url}`, payload);

  it('for every question and every write, and for their problems', async () => {
    const splitKey = FUNDERS.map((funderId, i) => ({ funderId, weight: i + 1 }));
    await posts('/funders', '/funders', { funderId: 'calvados', name: 'Calvados', kind: 'departement' });
    await posts('/funders/{funderId}/names', '/funders/region/names', {
      name: 'Région Normandie',
      effectiveFrom: '2016-01-01',
      act: 'Loi NOTRe',
    });
    await posts('/funders/{funderId}/offices', '/funders/region/offices', {
      act: 'Note',
      officeName: 'Service',
      effectiveFrom: '2010-01-01',
    });
    await gets('/funders/{funderId}', '/funders/region');
    const scheme = { schemeId: 'loisirs', name: 'Loisirs', beneficiaryKind: 'public-body', payer: 'eure' };
    await posts('/schemes', '/schemes', {
      ...scheme,
      splitKey,
      openedOn: '2010-01-01',
      approvalThresholdCents: 50_000,
    });
    await posts('/schemes/{schemeId}/split-keys', '/schemes/insertion/split-keys', {
      splitKey,
      effectiveFrom: '2012-01-01',
      appliesTo: 'new-grants',
      act: 'Avenant',
    });
    const ceiling = { exercice: 2010, amountCents: 5_000, mode: 'warn', act: 'BP' };
    await posts('/schemes/{schemeId}/ceilings', '/schemes/insertion/ceilings', ceiling);
    const budget = { ceilingId: 'BP-eure', scope: { kind: 'funder', funderId: 'eure' }, amountCents: 5_000 };
    await posts('/ceilings', '/ceilings', { ...budget, mode: 'warn', act: 'BP' });
    await posts('/ceilings', '/ceilings', { ...budget, ceilingId: 'BP-2', exercice: 2010, mode: 'warn', act: 'BP' });
    await posts('/ceilings/{ceilingId}/lifting', '/ceilings/BP-2/lifting', { act: 'DM', reason: 'Sans objet' });
    await posts('/grants', '/grants', grant(1, { postId: 'POSTE-2010-00042' }));
    await posts('/grants', '/grants', grant(2, { schemeId: 'loisirs' }));
    await posts('/grants/{grantId}/amendments', '/grants/G-1/amendments', {
      amendmentId: 'A-1',
      amountCents: 2_000_000,
      act: 'Avenant',
    });
    const agreed = {
      period: { from: '2007-01-01', to: '2013-12-31' },
      parties: [
        { funderId: 'region', contributionCents: 600 },
        { funderId: 'eure', contributionCents: 400, departement: '27' },
      ],
      axes: [{ axisId: 'axe-1', name: 'Axe 1', budgetCents: 1_100 }],
      act: 'Contrat',
    };
    const contracts = { contractId: 'contrat-276', name: 'Contrat 276', signedOn: '2007-03-01' };
    await posts('/contracts', '/contracts', { ...contracts, ...agreed });
    await posts('/contracts/{contractId}/sub-contracts', '/contracts/contrat-276/sub-contracts', {
      subContractId: 'pays-1',
      kind: 'pays',
      name: 'Pays (démo)',
      axisId: 'axe-1',
      signedOn: '2008-01-07',
      period: agreed.period,
      amountCents: 100,
      act: 'Délibération',
    });
    const attachment = { axisId: 'axe-1', splitBy: 'own-key', attachedOn: '2009-01-05', act: 'Annexe' };
    const schemes = '/contracts/{contractId}/schemes';
    await posts(schemes, '/contracts/contrat-276/schemes', { schemeId: 'loisirs', ...attachment });
    await posts(schemes, '/contracts/contrat-276/schemes', {
      schemeId: 'insertion',
      ...attachment,
      subContractId: 'pays-1',
    });
    const detachment = { detachedOn: '2010-02-01', reason: 'x', act: 'Annexe' };
    await posts(`${schemes}/{schemeId}/detachment`, '/contracts/contrat-276/schemes/loisirs/detachment', detachment);
    const note = { grantId: 'G-1', cperCents: 50, notedOn: '2010-03-01', act: 'CPER' };
    await posts('/contracts/{contractId}/cper-parts', '/contracts/contrat-276/cper-parts', note);
    await posts('/contracts/{contractId}/amendments', '/contracts/contrat-276/amendments', {
      amendmentId: 'avenant-1',
      amendedOn: '2010-03-01',
      ...agreed,
      axes: [{ axisId: 'axe-1', name: 'Axe 1', budgetCents: 1_000 }],
    });
    await gets('/contracts/{contractId}', '/contracts/contrat-276');
    await posts('/contracts/{contractId}/denunciation', '/contracts/contrat-276/denunciation', {
      denouncedBy: 'eure',
      denouncedOn: '2010-03-01',
      effectiveOn: '2015-12-31',
      act: 'Délibération',
      reason: 'x',
    });
    const payments = '/grants/{grantId}/payments';
    for (const id of ['P-1', 'P-2', 'P-3'])
      await posts(payments, '/grants/G-1/payments', payment(id, { orderNumber: `M-${id}` }));
    await posts(payments, '/grants/G-1/payments', payment('P-1', { orderNumber: 'M-P-1' }));
    await posts(payments, '/grants/G-1/payments?dryRun=true', payment('P-4'));
    for (const id of ['P-5', 'P-6', 'P-7'])
      await posts(payments, '/grants/G-2/payments', payment(id, { amountCents: 60_000 }), story.officer);
    const approvals = '/approvals/{proposalId}';
    await posts(approvals, '/approvals/G-2~P-5', { decision: 'approve' });
    await posts(approvals, '/approvals/G-2~P-6', { decision: 'refuse', reason: 'non' });
    await posts(approvals, '/approvals/G-2~P-7', { decision: 'approve' }, story.officer);
    const one = `${payments}/{paymentId}`;
    await posts(`${one}/bank-return`, '/grants/G-1/payments/P-1/bank-return', {
      returnedOn: '2010-04-01',
      reason: 'x',
    });
    await posts(`${one}/reissue`, '/grants/G-1/payments/P-1/reissue', { reissuedOn: '2010-04-01', orderNumber: 'M-9' });
    await posts(`${one}/recoveries`, '/grants/G-1/payments/P-2/recoveries', {
      recoveryId: 'R-1',
      amountCents: 100,
      recoveredOn: '2010-04-01',
      reason: 'x',
    });
    await posts(`${one}/reversal`, '/grants/G-1/payments/P-3/reversal', { reversedOn: '2010-04-01', reason: 'x' });
    await posts('/grants/{grantId}/instruction-transfers', '/grants/G-1/instruction-transfers', {
      transferId: 'T-1',
      to: 'eure',
      transferredOn: '2010-04-01',
      reason: 'x',
    });
    const change = (name: string, day: string) =>
      posts(`/grants/{grantId}/${name}`, `/grants/G-1/${name}`, { [day]: '2010-04-01', reason: 'x' });
    await change('suspension', 'suspendedOn');
    await change('resumption', 'resumedOn');
    await change('closing', 'closedOn');
    await posts('/grants/{grantId}/cancellation', '/grants/G-2/cancellation', {
      cancelledOn: '2010-04-01',
      reason: 'x',
    });
    const scale = (act: string, effectiveFrom: string, lines: readonly object[]) =>
      posts('/schemes/{schemeId}/scales', '/schemes/insertion/scales', { act, effectiveFrom, label: 'x', lines });
    await scale('D-1', '2010-01-01', [{ label: 'CDI', amountCents: 100 }]);
    await scale('D-2', '2011-01-01', [
      { label: 'CDI', amountCents: 200 },
      { label: 'Tremplin', rateThousandths: 750 },
    ]);
    const referral = { seenIn276: 'no', reason: 'x', instructedBy: 'eure', answeredOn: '2010-04-01' };
    await posts('/referrals', '/referrals', {
      referralId: 'Q-1',
      subject: { kind: 'grant', grantId: 'G-1' },
      ...referral,
    });
    await posts('/referrals', '/referrals', {
      referralId: 'Q-2',
      subject: { kind: 'operation', name: 'x' },
      ...referral,
    });
    await posts('/referrals/{referralId}/revisions', '/referrals/Q-1/revisions', {
      revisionId: 'R-1',
      seenIn276: 'yes',
      reason: 'x',
      revisedOn: '2010-04-01',
    });
    await posts('/documents', '/documents', {
      documentId: 'DOC-1',
      title: 'x',
      dated: '2010-04-01',
      reference: 'x',
      sha256: '0'.repeat(64),
      concerns: [{ kind: 'grant', id: 'G-1' }],
    });
    await gets('/documents');
    await posts('/documents/{documentId}/withdrawal', '/documents/DOC-1/withdrawal', { reason: 'x' });
    await gets('/documents');
    const decision = { title: 'x', expected: FUNDERS, concerns: [{ kind: 'grant', id: 'G-1' }] };
    await posts('/decisions', '/decisions', { decisionId: 'D-1', ...decision });
    const deliberation = { funderId: 'eure', reference: 'n° 1', takenOn: '2010-04-01', outcome: 'adopted' };
    await posts('/decisions/{decisionId}/deliberations', '/decisions/D-1/deliberations', deliberation);
    await posts(
      '/decisions/{decisionId}/deliberations/{reference}/withdrawal',
      '/decisions/D-1/deliberations/n%C2%B0%201/withdrawal',
      { withdrawnOn: '2010-04-01', reason: 'x' },
    );
    const call = { callId: 'AF-1', schemeId: 'insertion', exercice: 2010, issuedOn: '2010-04-01' };
    await posts('/settlement/calls', '/settlement/calls', call);
    await posts('/settlement/contributions', '/settlement/contributions', {
      contributionId: 'C-1',
      schemeId: 'insertion',
      exercice: 2010,
      from: 'eure',
      to: 'region',
      amountCents: 100,
      paidOn: '2010-04-01',
      callId: 'AF-1',
    });
    const reversal = { reversedOn: '2010-04-01', reason: 'x' };
    await posts(
      '/settlement/contributions/{contributionId}/reversal',
      '/settlement/contributions/C-1/reversal',
      reversal,
    );
    const exercice = async (action: string, payload: object, by = story.admin) =>
      posts(`/exercices/{exercice}/${action}`, `/exercices/2009/${action}`, payload, by);
    const sign = { decision: 'sign' };
    const refuse = { decision: 'refuse', reason: 'x' };
    await exercice('closing', { closedOn: '2010-04-01' });
    await exercice('closing/withdrawal', { reason: 'x' });
    await exercice('closing', { closedOn: '2010-04-01' });
    await exercice('closing/countersignatures', refuse, story.controller);
    await exercice('closing', { closedOn: '2010-04-01' });
    await gets('/exercices/{exercice}/closing', '/exercices/2009/closing');
    await exercice('closing/countersignatures', sign, story.controller);
    await exercice('reopening', { reason: 'x' });
    await gets('/exercices/{exercice}/closing', '/exercices/2009/closing');
    await exercice('reopening/countersignatures', refuse, story.controller);
    await exercice('reopening', { reason: 'x' });
    await exercice('reopening/countersignatures', sign, story.controller);
    for (const year of [2009, 2010]) {
      await gets('/exercices/{exercice}', `/exercices/${year}`);
      await gets('/exercices/{exercice}/closing', `/exercices/${year}/closing`);
    }
    for (const suffix of ['?dryRun=true', '', '']) await posts('/seals', `/seals${suffix}`, {});
    for (const path of ['/seals', '/seals/latest', '/seals/status']) await gets(path);
    await gets('/seals/{number}', '/seals/1');
    await gets('/seals/{number}/inclusion', '/seals/1/inclusion?payment=P-1');
    await gets('/seals/consistency', '/seals/consistency?from=1&to=1');
    await posts('/schemes/{schemeId}/closing', '/schemes/loisirs/closing', { closedOn: '2010-04-01', reason: 'x' });

    const listed = [
      'reference;date;amount;share',
      'M-9;31/03/2010;100,00;33,33',
      'M-P-2;31/03/2010;1,00;0,33',
      'M-4;hier;1,00;0',
    ];
    for (const dryRun of ['true', 'false'])
      await check(
        story.controller,
        'POST',
        '/api/v1/reconciliations',
        `/api/v1/reconciliations?reconciliationId=R-1&funder=eure&exercice=2010&receivedOn=2010-04-01&dryRun=${dryRun}`,
        listed.join('\n'),
      );
    const reconciliation = '/reconciliations/{reconciliationId}';
    await gets(reconciliation, '/reconciliations/R-1');
    const undoing = { reason: 'x' };
    await posts(`${reconciliation}/matches/{matchId}/undoing`, '/reconciliations/R-1/matches/auto-3/undoing', undoing);
    const match = { matchId: 'H-1', lines: [3], payments: ['P-2'], reason: 'x' };
    await posts(`${reconciliation}/matches`, '/reconciliations/R-1/matches', match);
    await posts(`${reconciliation}/rematch`, '/reconciliations/R-1/rematch', { comparisonId: 'C-2' });
    await posts(`${reconciliation}/closing`, '/reconciliations/R-1/closing', { reason: 'x' });
    await gets(reconciliation, '/reconciliations/R-1');

    for (const list of [
      '/reconciliations',
      '/funders',
      '/schemes',
      '/exercices',
      '/grants',
      '/payments',
      '/approvals',
      '/ceilings',
      '/contracts',
      '/balances',
      '/tokens',
      '/decisions',
      '/referrals',
    ])
      await gets(list);
    for (const number of [1, 2]) await gets('/grants/{grantId}', `/grants/G-${number}`);
    await gets('/referrals', '/referrals?unanswered=true');
    await gets('/schemes/{schemeId}/scales', '/schemes/insertion/scales');
    await gets('/contracts/{contractId}', '/contracts/contrat-276');
    const consumption = '/contracts/{contractId}/consumption';
    await gets(consumption, '/contracts/contrat-276/consumption');
    await gets(consumption, '/contracts/contrat-276/consumption?exercice=2010&asOf=2010-04-01');
    await gets('/contracts/{contractId}/cper-parts', '/contracts/contrat-276/cper-parts');
    await gets('/contracts/{contractId}/cross-territory', '/contracts/contrat-276/cross-territory');
    await gets('/settlement', '/settlement?scheme=insertion&exercice=2010');
    await gets('/settlement/calls/{callId}', '/settlement/calls/AF-1');
    await gets('/settlement/netting', '/settlement/netting');
    await gets('/balances/why', '/balances/why?funder=eure&scheme=insertion&exercice=2010&column=shareDueCents');
    await gets('/balances/difference', '/balances/difference?beforeAtPosition=1&why=true');
    await gets('/reports/dgs', '/reports/dgs?on=2010-04-01&since=2010-01-01');
    await gets('/reports/dgs/noted', '/reports/dgs/noted?on=2010-04-01&since=2010-01-01');
    await gets('/reports/bilan');
    await posts('/what-if', '/what-if', { splitKey, effectiveFrom: '2010-01-01', centRule: 'fixed-order' });
    for (const query of ['method=random&size=5&seed=1', 'method=monetary-unit&size=5&seed=1', 'method=top&size=5'])
      await gets('/audit/sample', `/audit/sample?${query}`);
    await gets('/audit/sample', '/audit/sample?method=stratified&stratum=scheme&size=5&seed=1');
    await gets('/audit/checks', '/audit/checks?lateDays=1');
    await gets('/payments/{paymentId}/why', '/payments/P-1/why');
    await gets('/payments/{paymentId}/trail', '/payments/P-1/trail');
    await gets('/log', '/log?size=500');
    await story.auditor.get('/events');
    await gets('/exports-journal');
    await posts('/read-models/copies', '/read-models/copies', {});
    await gets('/store');
    await posts('/read-models/rebuilds', '/read-models/rebuilds', {});
    await gets('/read-models/rebuilds/latest');
    const started = await posts('/verifications', '/verifications', {});
    const { verificationId } = started.body as { verificationId: string };
    const verification = '/verifications/{verificationId}';
    await gets(verification, `/verifications/${verificationId}`);
    for (const until = Date.now() + 60_000; Date.now() < until;) {
      const { body } = await story.admin.get(`/verifications/${verificationId}`);
      if (body['status'] !== 'running') break;
    }
    await gets(verification, `/verifications/${verificationId}`);
    await gets('/verifications');
    await gets('/funders/{funderId}/statement', '/funders/eure/statement');
    const issued = await posts('/tokens', '/tokens', { role: 'auditor', funderId: 'eure', name: 'poste-8' });
    const { tokenId } = issued.body as { tokenId: string };
    await check(story.admin, 'DELETE', '/api/v1/tokens/{tokenId}', `/api/v1/tokens/${tokenId}`);
    const password = 'trois collectivités';
    await posts('/accounts', '/accounts', { role: 'auditor', funderId: 'eure', name: 'poste-8', password });
    await posts('/accounts/{name}/password', '/accounts/poste-8/password', { password });
    await posts('/accounts/{name}/disabling', '/accounts/poste-8/disabling', {});
    await posts('/accounts/{name}/enabling', '/accounts/poste-8/enabling', {});
    await gets('/accounts');
    await check(story.nobody, 'GET', '/health', '/health');

    await gets('/grants/{grantId}', '/grants/G-404');
    await gets('/grants', '/grants?size=0');
    await posts('/grants', '/grants', grant(1, { amountCents: 1 }));
    await posts('/grants', '/grants', { ...grant(3), schemeId: 'inconnu' });
    await posts('/funders', '/funders', {}, story.auditor);
    await posts('/funders', '/funders', {}, story.nobody);

    expect(wrong).toEqual([]);
    const unseen = operations()
      .flatMap(({ path, method, operation }) => {
        const statuses = Object.keys(operation.responses).filter((status) => status.startsWith('2'));
        return statuses.some((status) => seen.has(`${method} ${path} ${status}`)) ? [] : [`${method} ${path}`];
      })
      .filter((route) => !/events|evidence|streams|metrics|imports|replacement/.test(route));
    expect(unseen).toEqual([]);
  });
});
