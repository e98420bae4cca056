/** Whatever is wrong with a request, it gets one documented problem, in the reader's language, and changes nothing. */

import { grant, payment, siret, Story, type Person, type Problem, type Request } from './kit.js';

interface BadRequest {
  readonly what: string;
  readonly request: Request;
  readonly status: number;
  readonly code: string;
  /** Where it is wrong, and how. */
  readonly errors?: Readonly<Record<string, string>>;
}

/** By code, the title that a French and an English reader see. */
const TITLES: Readonly<Record<string, readonly [fr: string, en: string]>> = {
  BODY_MALFORMED: ['Requête illisible', 'Malformed request'],
  BODY_TOO_DEEP: ['Requête trop imbriquée', 'Request too deep'],
  BODY_TOO_LARGE: ['Requête trop grande', 'Request too large'],
  MEDIA_TYPE_UNSUPPORTED: ['Format non pris en charge', 'Unsupported media type'],
  REQUEST_INVALID: ['Requête incorrecte', 'Invalid request'],
  NOT_FOUND: ['Introuvable', 'Not found'],
  STALE_REVISION: ['Le dossier a changé entre-temps', 'Changed in the meantime'],
  FUNDER_UNKNOWN: ['Collectivité inconnue', 'Unknown funder'],
  FUNDER_ID_REUSED: ['Identifiant de collectivité déjà pris', 'Funder id already taken'],
  SCHEME_UNKNOWN: ['Dispositif inconnu', 'Unknown scheme'],
  PAYER_OUTSIDE_KEY: ['Collectivité payeuse hors de la clé', 'Payer outside the key'],
  SCHEME_FUNDER_UNKNOWN: ['Collectivité non enregistrée', 'Funder not registered'],
  SPLIT_KEY_FUNDER_TWICE: ['Collectivité en double dans la clé', 'Funder twice in the key'],
  TIE_ORDER_MISMATCH: ['Ordre de départage incomplet', 'Tie order does not match'],
  GRANT_UNKNOWN: ['Dossier inconnu', 'Unknown grant'],
  GRANT_ID_REUSED: ['Identifiant de dossier déjà pris', 'Grant id already taken'],
  GRANT_SCHEME_UNKNOWN: ['Dispositif inconnu', 'Unknown scheme'],
  GRANT_FUNDER_UNKNOWN: ['Collectivité hors du dispositif', 'Not a funder of the scheme'],
  GRANT_NOT_ACTIVE: ['Dossier non actif', 'Grant not active'],
  GRANT_OVERLAP: ['Dossier en double', 'Overlapping grant'],
  BENEFICIARY_KIND_MISMATCH: ['Bénéficiaire d’une autre nature', 'Beneficiary of another kind'],
  AGREEMENT_IN_FUTURE: ['Convention signée dans le futur', 'Agreement signed in the future'],
  PERIOD_BACKWARDS: ['Période à l’envers', 'Period backwards'],
  AMENDMENT_EMPTY: ['Avenant sans objet', 'Amendment changes nothing'],
  AMENDMENT_BELOW_PAID: ['Avenant inférieur aux versements', 'Amendment below what is paid'],
  PAYMENT_UNKNOWN: ['Versement inconnu', 'Unknown payment'],
  PAYMENT_ID_REUSED: ['Identifiant de versement déjà pris', 'Payment id already taken'],
  PAYMENT_EXCEEDS_GRANT: ['Versement supérieur au reste à verser', 'Payment exceeds the grant'],
  PAID_BEFORE_AGREEMENT: ['Versement antérieur à la convention', 'Paid before the agreement'],
  PAID_AFTER_AGREEMENT: ['Versement postérieur à la convention', 'Paid after the agreement'],
  DATED_IN_FUTURE: ['Date dans le futur', 'Dated in the future'],
  EXERCICE_CLOSED: ['Exercice clos', 'Exercice closed'],
  EXERCICE_MISMATCH: ['Exercice impossible', 'Exercice does not fit'],
  EXERCICE_REQUIRED: ['Exercice à préciser', 'Exercice required'],
  EXERCICE_NOT_OVER: ['Exercice non terminé', 'Exercice not over'],
  ADVANCE_ALREADY_PAID: ['Avance déjà versée', 'Advance already paid'],
  ORDER_NUMBER_REUSED: ['Numéro de mandat déjà pris', 'Payment-order number already taken'],
  RECOVERY_EXCEEDS_PAYMENT: ['Reversement supérieur au versement', 'Recovery exceeds the payment'],
  CORRECTION_BEFORE_PAYMENT: ['Correction antérieure au versement', 'Correction before the payment'],
  PAYMENT_NOT_RETURNED: ['Aucun rejet bancaire', 'No bank return'],
};

const NEW_FUNDER = { funderId: 'calvados', name: 'Calvados', kind: 'departement' };
const NEW_SCHEME = {
  schemeId: 'nouveau',
  name: 'Nouveau',
  beneficiaryKind: 'enterprise',
  payer: 'region',
  splitKey: [{ funderId: 'region', weight: 1 }],
  openedOn: '2010-01-01',
};
const PAYMENTS = '/grants/G-1/payments';
const JSON_TYPE = { 'content-type': 'application/json' };

let story: Story;

beforeAll(async () => {
  story = await Story.begin('2009-06-01');
  const { officer } = story;
  const old = {
    agreement: { number: 'C-2009', signedOn: '2009-01-05' },
    period: { from: '2009-01-01', to: '2012-12-31' },
  };
  await officer.records('/grants', grant(9, old));
  story.onDay('2010-04-01');
  await officer.records('/grants', grant(1));
  const advance = payment('P-1', { instalment: 'advance', orderNumber: 'M-1', paidOn: '2010-03-31' });
  await officer.records(PAYMENTS, advance);
  await officer.records('/grants', grant(2));
  await officer.records('/grants/G-2/closing', { closedOn: '2010-03-31', reason: 'terminé' });
  await officer.records('/grants', grant(3));
  await officer.records('/grants/G-3/suspension', { suspendedOn: '2010-03-31', reason: 'contrôle' });
  await story.closes(2009, '2010-03-31');
});

afterAll(async () => {
  await story.end();
});

const posts = (path: string, payload: object): Request => ({ method: 'POST', url: `/api/v1${path}`, payload });
const gets = (path: string): Request => ({ method: 'GET', url: `/api/v1${path}` });
const raw = (payload: string | Buffer, headers: Record<string, string> = JSON_TYPE): Request => ({
  method: 'POST',
  url: '/api/v1/funders',
  payload,
  headers,
});

/** A request with wrong fields, by pointer. */
function invalid(what: string, request: Request, errors: Readonly<Record<string, string>>): BadRequest {
  return { what, request, status: 400, code: 'REQUEST_INVALID', errors };
}

function says(what: string, request: Request, status: number, code: string): BadRequest {
  return { what, request, status, code };
}

const pays = (other: object) => posts(PAYMENTS, payment('P-9', other));
const awards = (other: object) => posts('/grants', grant(8, other));
const opens = (other: object) => posts('/schemes', { ...NEW_SCHEME, ...other });
const cursor = (...values: unknown[]) => `cursor=${Buffer.from(JSON.stringify(values)).toString('base64url')}`;

const AMOUNTS: readonly (readonly [what: string, amountCents: unknown])[] = [
  ['0', 0],
  ['−1', -1],
  ['half a cent', 1.5],
  ['text', '10'],
  ['one more than 10^12', 10 ** 12 + 1],
  ['2^53', 2 ** 53],
  ['null', null],
  ['true', true],
  ['a list', [1]],
  ['an object', { cents: 1 }],
];

const DAYS: readonly (readonly [what: string, day: unknown])[] = [
  ['30 February', '2010-02-30'],
  ['29 February of a common year', '2010-02-29'],
  ['month 13', '2010-13-01'],
  ['day 0', '2010-01-00'],
  ['a French date', '31/03/2010'],
  ['an instant', '2010-03-31T00:00:00Z'],
  ['a number', 20_100_331],
  ['a space behind', '2010-03-31 '],
  ['nothing in it', ''],
];

const WRONG_FIELDS: readonly BadRequest[] = [
  ...AMOUNTS.map(([what, amountCents]) =>
    invalid(`an amount of ${what}`, pays({ amountCents }), { '/amountCents': 'AMOUNT_INVALID' }),
  ),
  invalid('no amount', pays({ amountCents: undefined }), { '/amountCents': 'FIELD_REQUIRED' }),
  ...DAYS.map(([what, paidOn]) => invalid(`a day with ${what}`, pays({ paidOn }), { '/paidOn': 'DAY_INVALID' })),
  invalid('no day', pays({ paidOn: undefined }), { '/paidOn': 'FIELD_REQUIRED' }),
  invalid('an unknown instalment', pays({ instalment: 'acompte' }), { '/instalment': 'CHOICE_INVALID' }),
  invalid('an exercice as text', pays({ exercice: '2010' }), { '/exercice': 'INTEGER_INVALID' }),
  invalid('an exercice of antiquity', pays({ exercice: 10 }), { '/exercice': 'INTEGER_INVALID' }),
  invalid('an unknown field', pays({ montant: 1 }), { '/montant': 'FIELD_UNKNOWN' }),
  invalid('an optional field that is null', pays({ orderNumber: null }), { '/orderNumber': 'TEXT_INVALID' }),
  invalid('an empty text', pays({ orderNumber: ' ' }), { '/orderNumber': 'TEXT_INVALID' }),
  invalid('a text that is too long', pays({ overrideReason: 'x'.repeat(501) }), { '/overrideReason': 'TEXT_INVALID' }),
  invalid('an id with a slash', pays({ paymentId: 'P/1' }), { '/paymentId': 'ID_INVALID' }),
  invalid('an id with a space', pays({ paymentId: 'P 1' }), { '/paymentId': 'ID_INVALID' }),
  invalid('an id that is too long', pays({ paymentId: 'P'.repeat(65) }), { '/paymentId': 'ID_INVALID' }),
  invalid('an id that climbs', pays({ paymentId: '../P' }), { '/paymentId': 'ID_INVALID' }),
  invalid('an id that is a number', pays({ paymentId: 1 }), { '/paymentId': 'ID_INVALID' }),
  invalid('several wrong fields', pays({ paymentId: 1, amountCents: 0, x: 1 }), {
    '/x': 'FIELD_UNKNOWN',
    '/paymentId': 'ID_INVALID',
    '/amountCents': 'AMOUNT_INVALID',
  }),
  invalid('an id of the address that is none', posts('/grants/G%201/payments', payment('P-9')), {
    '/grantId': 'ID_INVALID',
  }),
  invalid('a SIRET with a wrong key', awards({ beneficiary: { name: 'X', siret: '00027600600013' } }), {
    '/beneficiary/siret': 'SIRET_INVALID',
  }),
  invalid('a SIRET that is too short', awards({ beneficiary: { name: 'X', siret: siret(8).slice(1) } }), {
    '/beneficiary/siret': 'SIRET_INVALID',
  }),
  invalid('an RNA without its W', awards({ beneficiary: { name: 'X', rna: '276000123' } }), {
    '/beneficiary/rna': 'RNA_INVALID',
  }),
  invalid('a commune that is none', awards({ beneficiary: { name: 'X', siret: siret(8), commune: '2C001' } }), {
    '/beneficiary/commune': 'COMMUNE_INVALID',
  }),
  invalid('a post that is a name', awards({ postId: 'Jeanne Martin' }), { '/postId': 'POST_ID_INVALID' }),
  invalid('an unknown field inside', awards({ period: { from: '2010-01-01', to: '2010-12-31', days: 365 } }), {
    '/period/days': 'FIELD_UNKNOWN',
  }),
  invalid('a wrong day inside', awards({ period: { from: '2010-01-01', to: '2010-12-32' } }), {
    '/period/to': 'DAY_INVALID',
  }),
  ...[['x'], 'x', 5, null, []].map((beneficiary) =>
    invalid(`${JSON.stringify(beneficiary)} for an object`, awards({ beneficiary }), {
      '/beneficiary': 'OBJECT_INVALID',
    }),
  ),
  ...[[], {}, null, 'x', [null], ['region'], [NEW_SCHEME.splitKey]].map((splitKey) =>
    invalid(`${JSON.stringify(splitKey)} for a split key`, opens({ splitKey }), { '/splitKey': 'LIST_INVALID' }),
  ),
  invalid('a weight of 0', opens({ splitKey: [{ funderId: 'region', weight: 0 }] }), {
    '/splitKey/0/weight': 'INTEGER_INVALID',
  }),
  invalid('a weight of a third', opens({ splitKey: [{ funderId: 'region', weight: 1 / 3 }] }), {
    '/splitKey/0/weight': 'INTEGER_INVALID',
  }),
  invalid('a tie order that is no list of ids', opens({ tieOrder: ['region', 1] }), { '/tieOrder': 'ID_LIST_INVALID' }),
  invalid('grace for more than a year', opens({ graceDays: 367 }), { '/graceDays': 'INTEGER_INVALID' }),
  invalid('a kind of funder that is none', posts('/funders', { ...NEW_FUNDER, kind: 'etat' }), {
    '/kind': 'CHOICE_INVALID',
  }),
  invalid(
    'a social-security number in a name',
    awards({ beneficiary: { name: 'Mme 2 85 05 76 116 001', siret: siret(8) } }),
    {
      '/beneficiary/name': 'PERSONAL_NUMBER',
    },
  ),
  invalid('a social-security number in a reason', pays({ overrideReason: 'dossier de 285057611600179' }), {
    '/overrideReason': 'PERSONAL_NUMBER',
  }),
  invalid('an exercice of the address that is none', posts('/exercices/abcd/closing', { closedOn: '2010-01-01' }), {
    '/exercice': 'INTEGER_INVALID',
  }),
  invalid('no decision', posts('/approvals/G-1~P-1', {}), { '/decision': 'FIELD_REQUIRED' }),
  invalid('a role that is none', posts('/tokens', { role: 'root', funderId: 'region', name: 'x' }), {
    '/role': 'CHOICE_INVALID',
  }),
  invalid('a token for ever', posts('/tokens', { role: 'officer', funderId: 'region', name: 'x', days: 36_500 }), {
    '/days': 'INTEGER_INVALID',
  }),
];

const WRONG_BODIES: readonly BadRequest[] = [
  says('no JSON', raw('funderId=calvados'), 400, 'BODY_MALFORMED'),
  says('JSON that breaks off', raw('{"funderId":"calvados","name":"Calv'), 400, 'BODY_MALFORMED'),
  says('JSON with a comma too many', raw('{"funderId":"calvados",}'), 400, 'BODY_MALFORMED'),
  says('an empty body', raw(''), 400, 'BODY_MALFORMED'),
  says('a prototype', raw('{"__proto__":{"kind":"autre"},"funderId":"calvados","name":"X"}'), 400, 'BODY_MALFORMED'),
  ...['constructor', 'toString', 'hasOwnProperty'].map((name) =>
    says(`a field named ${name}`, raw(JSON.stringify({ ...NEW_FUNDER, [name]: 1 })), 400, 'BODY_MALFORMED'),
  ),
  says('lists nested a hundred thousand deep', raw('['.repeat(100_000)), 400, 'BODY_TOO_DEEP'),
  says('objects nested deep', raw('{"a":'.repeat(21) + '1' + '}'.repeat(21)), 400, 'BODY_TOO_DEEP'),
  says('twenty megabytes', raw(JSON.stringify({ ...NEW_FUNDER, name: 'x'.repeat(20_000_000) })), 413, 'BODY_TOO_LARGE'),
  says('one byte more than is taken', raw(`{"name":"${'x'.repeat(1_048_576 - 10)}"}`), 413, 'BODY_TOO_LARGE'),
  ...[
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'application/ld+json',
    'text/csv',
    'rubbish',
  ].map((type) =>
    says(`a body of ${type}`, raw(JSON.stringify(NEW_FUNDER), { 'content-type': type }), 415, 'MEDIA_TYPE_UNSUPPORTED'),
  ),
  ...['[]', '[{}]', 'null', '5', '"x"', 'true', '{}'].map((body) =>
    invalid(`${body} for a body`, raw(body), {
      '/funderId': 'FIELD_REQUIRED',
      '/name': 'FIELD_REQUIRED',
      '/kind': 'FIELD_REQUIRED',
      ...(body === '[{}]' ? { '/0': 'FIELD_UNKNOWN' } : {}),
    }),
  ),
];

const WRONG_QUERIES: readonly BadRequest[] = [
  ...['0', '501', '-1', '1.5', '1e2', 'all', '', '1&size=2'].map((size) =>
    invalid(`a page of ${size}`, gets(`/grants?size=${size}`), { '/size': 'INTEGER_INVALID' }),
  ),
  invalid('an unknown parameter', gets('/grants?colour=red'), { '/colour': 'FIELD_UNKNOWN' }),
  invalid('an unknown parameter of a write', posts('/funders?force=true', NEW_FUNDER), { '/force': 'FIELD_UNKNOWN' }),
  invalid('a dry run that is neither', posts('/funders?dryRun=1', NEW_FUNDER), { '/dryRun': 'CHOICE_INVALID' }),
  invalid('an order that is none', gets('/payments?sort=paid_on'), { '/sort': 'CHOICE_INVALID' }),
  invalid('SQL for an order', gets(`/payments?sort=${encodeURIComponent('amount; DROP TABLE payments')}`), {
    '/sort': 'CHOICE_INVALID',
  }),
  invalid('a status that is none', gets('/grants?status=open'), { '/status': 'CHOICE_INVALID' }),
  invalid('a day that does not exist', gets('/balances?asOf=2010-02-30'), { '/asOf': 'DAY_INVALID' }),
  invalid('an instant without a zone', gets('/balances?knownAt=2010-02-28T00:00:00'), {
    '/knownAt': 'INSTANT_INVALID',
  }),
  invalid('an instant on 30 February', gets('/balances?knownAt=2010-02-30T00:00:00Z'), {
    '/knownAt': 'INSTANT_INVALID',
  }),
  invalid('a position below zero', gets('/events?after=-1'), { '/after': 'INTEGER_INVALID' }),
  invalid('no event at all', gets('/events?limit=0'), { '/limit': 'INTEGER_INVALID' }),
  invalid('more events than are given at once', gets('/events?limit=100001'), { '/limit': 'INTEGER_INVALID' }),
  invalid('a position that is a word', gets('/exercices?atLeast=now'), { '/atLeast': 'INTEGER_INVALID' }),
  invalid('no figure', gets('/balances/why?funder=eure&scheme=insertion&exercice=2010'), {
    '/column': 'FIELD_REQUIRED',
  }),
  invalid('a figure of no column', gets('/balances/why?funder=eure&scheme=insertion&exercice=2010&column=name'), {
    '/column': 'CHOICE_INVALID',
  }),
  ...[
    '/grants?cursor=abc',
    `/grants?${cursor()}`,
    `/grants?${cursor('G-1')}`,
    `/grants?${cursor(1.5)}`,
    `/grants?${cursor(1, 2)}`,
    `/grants?${cursor({ place: 1 })}`,
    `/funders?${cursor(3)}`,
    `/schemes?${cursor(null)}`,
    `/approvals?${cursor('x')}`,
    `/payments?${cursor('x', 'y', 'z')}`,
    `/payments?sort=amount&${cursor('-recorded', 7, 7)}`,
    `/payments?sort=paidOn&${cursor('paidOn', 7, 7)}`,
    `/funders/region/statement?${cursor('2010-01-01', 'x', 'y')}`,
    `/balances/why?funder=eure&scheme=insertion&exercice=2010&column=shareDueCents&${cursor(1, 2)}`,
  ].map((path) => invalid(`a cursor that is not of this list: ${path}`, gets(path), { '/cursor': 'CURSOR_INVALID' })),
  invalid(
    'an If-Match that is no revision',
    { ...pays({}), headers: { 'if-match': 'W/"1"' } },
    {
      '/If-Match': 'INTEGER_INVALID',
    },
  ),
];

const WRONG_ADDRESSES: readonly BadRequest[] = [
  says('an unknown route', gets('/subsidies'), 404, 'NOT_FOUND'),
  says('an unknown route outside the API', { method: 'GET', url: '/admin.php' }, 404, 'NOT_FOUND'),
  says('a route with a slash too many', gets('/grants/'), 404, 'NOT_FOUND'),
  says('a method that a route does not know', { method: 'PUT', url: '/api/v1/grants', payload: {} }, 404, 'NOT_FOUND'),
  says('a deletion of what is never deleted', { method: 'DELETE', url: '/api/v1/grants/G-1' }, 404, 'NOT_FOUND'),
  says('an address that cannot be decoded', gets('/grants/%ZZ'), 404, 'NOT_FOUND'),
  says('an address that climbs', { method: 'GET', url: '/api/v1/../../etc/passwd' }, 404, 'NOT_FOUND'),
  says('an id longer than any', gets(`/grants/${'G'.repeat(300)}`), 404, 'NOT_FOUND'),
  says('a stream that does not exist', gets('/streams/grant-G-404'), 404, 'NOT_FOUND'),
  says('an unknown grant', gets('/grants/G-404'), 404, 'GRANT_UNKNOWN'),
  says('the statement of an unknown funder', gets('/funders/etat/statement'), 404, 'FUNDER_UNKNOWN'),
  says('a token that does not exist', { method: 'DELETE', url: '/api/v1/tokens/000000000000' }, 404, 'NOT_FOUND'),
];

const AGAINST_THE_RULES: readonly BadRequest[] = [
  says('a payment on an unknown grant', posts('/grants/G-404/payments', payment('P-9')), 404, 'GRANT_UNKNOWN'),
  says('a payment on a closed grant', posts('/grants/G-2/payments', payment('P-9')), 409, 'GRANT_NOT_ACTIVE'),
  says('a payment on a suspended grant', posts('/grants/G-3/payments', payment('P-9')), 409, 'GRANT_NOT_ACTIVE'),
  says('a payment beyond the grant', pays({ amountCents: 990_001 }), 409, 'PAYMENT_EXCEEDS_GRANT'),
  says(
    'a payment in a closed exercice',
    posts('/grants/G-9/payments', payment('P-9', { paidOn: '2009-12-31' })),
    409,
    'EXERCICE_CLOSED',
  ),
  says('a payment in the future', pays({ paidOn: '2010-04-02' }), 409, 'DATED_IN_FUTURE'),
  says('a payment before the agreement', pays({ paidOn: '2010-01-03', exercice: 2010 }), 409, 'PAID_BEFORE_AGREEMENT'),
  says('a payment of another year', pays({ exercice: 2009 }), 409, 'EXERCICE_MISMATCH'),
  says('a payment of January without its exercice', pays({ paidOn: '2010-01-10' }), 409, 'EXERCICE_REQUIRED'),
  says('a second advance', pays({ instalment: 'advance' }), 409, 'ADVANCE_ALREADY_PAID'),
  says('an order number a second time', pays({ orderNumber: 'M-1' }), 409, 'ORDER_NUMBER_REUSED'),
  says('a payment by an unknown funder', pays({ paidBy: 'etat' }), 409, 'GRANT_FUNDER_UNKNOWN'),
  says(
    'a payment id with other content',
    posts(PAYMENTS, payment('P-1', { amountCents: 1 })),
    422,
    'PAYMENT_ID_REUSED',
  ),
  says(
    'a payment id of another grant',
    posts('/grants/G-9/payments', payment('P-1', { amountCents: 1 })),
    422,
    'PAYMENT_ID_REUSED',
  ),
  says('a grant id with other content', posts('/grants', grant(1, { amountCents: 1 })), 422, 'GRANT_ID_REUSED'),
  says(
    'a funder id with other content',
    posts('/funders', { ...NEW_FUNDER, funderId: 'eure' }),
    422,
    'FUNDER_ID_REUSED',
  ),
  says('a grant under an unknown scheme', awards({ schemeId: 'inconnu' }), 409, 'GRANT_SCHEME_UNKNOWN'),
  says('a grant instructed by an unknown funder', awards({ instructedBy: 'etat' }), 409, 'GRANT_FUNDER_UNKNOWN'),
  says('an enterprise without a SIRET', awards({ beneficiary: { name: 'X' } }), 409, 'BENEFICIARY_KIND_MISMATCH'),
  says(
    'an agreement of tomorrow',
    awards({ agreement: { number: 'C', signedOn: '2010-04-02' } }),
    409,
    'AGREEMENT_IN_FUTURE',
  ),
  says(
    'a period that ends first',
    awards({ period: { from: '2010-12-31', to: '2010-01-01' } }),
    409,
    'PERIOD_BACKWARDS',
  ),
  says('a grant that overlaps another', awards({ beneficiary: grant(1).beneficiary }), 409, 'GRANT_OVERLAP'),
  says(
    'an amendment of nothing',
    posts('/grants/G-1/amendments', { amendmentId: 'A', act: 'A' }),
    409,
    'AMENDMENT_EMPTY',
  ),
  says(
    'an amendment below what is paid',
    posts('/grants/G-1/amendments', { amendmentId: 'A', act: 'A', amountCents: 9_999 }),
    409,
    'AMENDMENT_BELOW_PAID',
  ),
  says(
    'a recovery beyond the payment',
    posts(`${PAYMENTS}/P-1/recoveries`, {
      recoveryId: 'R',
      amountCents: 10_001,
      recoveredOn: '2010-04-01',
      reason: 'x',
    }),
    409,
    'RECOVERY_EXCEEDS_PAYMENT',
  ),
  says(
    'a reversal before its payment',
    posts(`${PAYMENTS}/P-1/reversal`, { reversedOn: '2010-03-30', reason: 'x' }),
    409,
    'CORRECTION_BEFORE_PAYMENT',
  ),
  says(
    'a reversal of what was never paid',
    posts(`${PAYMENTS}/P-404/reversal`, { reversedOn: '2010-04-01', reason: 'x' }),
    404,
    'PAYMENT_UNKNOWN',
  ),
  says(
    'a reissue of what never came back',
    posts(`${PAYMENTS}/P-1/reissue`, { reissuedOn: '2010-04-01' }),
    409,
    'PAYMENT_NOT_RETURNED',
  ),
  says(
    'a closing before the year is over',
    posts('/exercices/2010/closing', { closedOn: '2010-04-01' }),
    409,
    'EXERCICE_NOT_OVER',
  ),
  says('a scheme paid by an unknown funder', opens({ payer: 'etat' }), 409, 'PAYER_OUTSIDE_KEY'),
  says(
    'a key with an unknown funder',
    opens({ splitKey: [{ funderId: 'etat', weight: 1 }] }),
    409,
    'SCHEME_FUNDER_UNKNOWN',
  ),
  says(
    'a key with a funder twice',
    opens({ splitKey: [...NEW_SCHEME.splitKey, ...NEW_SCHEME.splitKey] }),
    409,
    'SPLIT_KEY_FUNDER_TWICE',
  ),
  says('a tie order without a funder of the key', opens({ tieOrder: ['eure'] }), 409, 'TIE_ORDER_MISMATCH'),
  says(
    'a ceiling of an unknown scheme',
    posts('/schemes/inconnu/ceilings', { exercice: 2010, amountCents: 1, mode: 'warn', act: 'A' }),
    404,
    'SCHEME_UNKNOWN',
  ),
  says(
    'another name of an unknown funder',
    posts('/funders/etat/names', { name: 'X', effectiveFrom: '2010-01-01', act: 'A' }),
    404,
    'FUNDER_UNKNOWN',
  ),
  says('an old revision', { ...pays({}), headers: { 'if-match': '"0"' } }, 412, 'STALE_REVISION'),
];

const SIDE = ['fr', 'en'] as const;

describe.each([
  ['A wrong field', WRONG_FIELDS],
  ['A wrong body', WRONG_BODIES],
  ['A wrong question', WRONG_QUERIES],
  ['A wrong address', WRONG_ADDRESSES],
  ['Something against the rules', AGAINST_THE_RULES],
])('%s', (_, requests) => {
  it.each(requests.map((bad) => [bad.what, bad] as const))('%s', async (_what, { request, status, code, errors }) => {
    const before = await story.events();
    for (const [i, language] of SIDE.entries()) {
      const problem = await answered(story.admin, request, language);
      expect(problem).toMatchObject({ status, code, title: TITLES[code]?.[i] ?? `no title of ${code} in this test` });
      expect(pointed(problem)).toEqual(errors);
      for (const { detail = '' } of problem.errors ?? []) expect(detail).not.toBe('');
    }
    expect(await story.events()).toEqual(before);
  });
});

it('white space around a text is no part of it: the same act with and without is the same act', async () => {
  const ceiling = { exercice: 2010, amountCents: 90_000_000, mode: 'warn', act: 'BP 2010' };
  const first = await story.admin.post('/schemes/insertion/ceilings', { ...ceiling, act: ' \u00a0BP 2010\t' });
  expect(first).toMatchObject({ status: 201, body: ceiling });
  const again = await story.admin.post('/schemes/insertion/ceilings', ceiling);
  expect([again.status, again.body]).toEqual([200, first.body]);
});

/** The problem that a request is answered with, as documented and without a word about the inside. */
async function answered(by: Person, request: Request, language: string): Promise<Problem> {
  const headers = { ...request.headers, 'accept-language': language };
  const { status, headers: told, body, text } = await by.send<Problem>({ ...request, headers });
  expect(told['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(text).not.toMatch(/\bat .*(\.[jt]s|node:)|node_modules|SQLITE|FST_|SELECT |Error:/);
  expect(body).toMatchObject({
    type: `/api#${body.code}`,
    status,
    detail: expect.stringMatching(/\S/),
    instance: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/),
  });
  return body;
}

/** By pointer, what is wrong there. */
function pointed({ errors }: Problem): Readonly<Record<string, string>> | undefined {
  return errors && Object.fromEntries(errors.map(({ pointer, code }) => [pointer, code]));
}
