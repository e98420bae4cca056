/** What if: other keys and other cent rules over HTTP, against figures computed by hand; and nothing is ever written. */

import { grant, payment, Story, type Problem } from './kit.js';

interface Compared {
  readonly actualCents: number;
  readonly hypotheticalCents: number;
  readonly deltaCents: number;
}

interface Figures {
  readonly funderId: string;
  readonly shareDue: Compared;
  readonly position: Compared;
  readonly grantedShare: Compared;
}

interface WhatIf {
  readonly hypothesis: Record<string, unknown>;
  readonly data: readonly (Figures & { readonly schemeId: string; readonly exercice: number; readonly why: string })[];
  readonly funders: readonly Figures[];
  readonly totals: Figures;
  readonly sumOfDeltasCents: number;
  readonly payments: Record<string, number | string | null>;
  readonly position: string;
}

const KEY = [
  { funderId: 'region', weight: 51 },
  { funderId: 'seine-maritime', weight: 35 },
  { funderId: 'eure', weight: 14 },
];
const EQUAL = ['region', 'seine-maritime', 'eure'].map((funderId) => ({ funderId, weight: 1 }));

const paid = (id: string, amountCents: number, paidOn: string) => payment(id, { amountCents, paidOn });

let story: Story;

/**
 * Two grants of insertion: 100,00 € in 2010, then in 2011 200,00 €, of which 30,00 € is recovered, 100,00 € returned and
 * reissued, 50,00 € reversed; and one of emplois-tremplins with 90,00 €.
 */
beforeAll(async () => {
  story = await Story.begin('2010-01-04');
  const { officer } = story;
  await officer.records('/grants', grant(1));
  const association = { name: 'Foyer (démo)', rna: 'W276000001' };
  await officer.records('/grants', grant(2, { schemeId: 'emplois-tremplins', beneficiary: association }));
  story.onDay('2011-06-30');
  await officer.records('/grants', grant(3, { agreement: { number: 'C-2011-3', signedOn: '2011-01-03' } }));
  await officer.records('/grants/G-1/payments', paid('P-1', 10_000, '2010-03-31'));
  await officer.records('/grants/G-1/payments', paid('P-2', 20_000, '2011-03-31'));
  await officer.records('/grants/G-3/payments', paid('P-3', 10_000, '2011-04-30'));
  await officer.records('/grants/G-1/payments', paid('P-4', 5_000, '2011-05-31'));
  await officer.records('/grants/G-2/payments', paid('Q-1', 9_000, '2010-03-31'));
  const on = '2011-06-15';
  await officer.records('/grants/G-1/payments/P-2/recoveries', {
    recoveryId: 'R-1',
    amountCents: 3_000,
    recoveredOn: on,
    reason: 'trop-perçu',
  });
  await officer.records('/grants/G-3/payments/P-3/bank-return', { returnedOn: on, reason: 'RIB clos' });
  await officer.records('/grants/G-3/payments/P-3/reissue', { reissuedOn: '2011-06-20' });
  await officer.records('/grants/G-1/payments/P-4/reversal', { reversedOn: on, reason: 'erreur' });
});

afterAll(() => story.end());

async function ask(body: object): Promise<WhatIf> {
  const before = await story.events();
  const { status, body: answer, text } = await story.auditor.post<WhatIf>('/what-if', body);
  if (status !== 200) throw new Error(text);
  expect(answer.sumOfDeltasCents).toBe(0);
  expect([answer.totals.position.actualCents, answer.totals.position.hypotheticalCents]).toEqual([0, 0]);
  expect(await story.events()).toEqual(before);
  return answer;
}

const dues = ({ data }: WhatIf) =>
  Object.fromEntries(
    data.map(({ schemeId, exercice, funderId, shareDue }) => [
      `${schemeId} ${exercice} ${funderId}`,
      shareDue.hypotheticalCents,
    ]),
  );

it('the same key and the same rule change nothing, and the actual figures are those of the balances', async () => {
  const { body: balances } = await story.auditor.get<{ data: Record<string, string | number>[] }>('/balances');
  for (const same of [{}, { splitKey: EQUAL }, { centRule: 'least-paid', effectiveFrom: '2011-01-01' }]) {
    const { data, payments } = await ask(same);
    for (const { shareDue, position, grantedShare } of data)
      for (const { actualCents, hypotheticalCents, deltaCents } of [shareDue, position, grantedShare])
        expect([hypotheticalCents, deltaCents]).toEqual([actualCents, 0]);
    expect(payments).toMatchObject({ count: 5, different: 0, largestCents: 0, largestPaymentId: null, why: null });
    expect(
      data.map(({ schemeId, exercice, funderId, shareDue, position, grantedShare }) => ({
        schemeId,
        exercice,
        funderId,
        shareDueCents: shareDue.actualCents,
        positionCents: position.actualCents,
        grantedShareCents: grantedShare.actualCents,
      })),
    ).toEqual(
      balances.data.map(({ schemeId, exercice, funderId, shareDueCents, positionCents, grantedShareCents }) => ({
        schemeId,
        exercice,
        funderId,
        shareDueCents,
        positionCents,
        grantedShareCents,
      })),
    );
  }
});

it('51/35/14 from 2011: the shares of 2010 stay, what came back follows the supposed shares', async () => {
  const answer = await ask({ scheme: 'insertion', splitKey: KEY, effectiveFrom: '2011-01-01' });
  // 2011: 200,00 − 30,00 + 100,00 €; P-4 is gone
  expect(dues(answer)).toEqual({
    'insertion 2010 region': 3_334,
    'insertion 2010 seine-maritime': 3_333,
    'insertion 2010 eure': 3_333,
    'insertion 2011 region': 13_770,
    'insertion 2011 seine-maritime': 9_450,
    'insertion 2011 eure': 3_780,
  });
  expect(answer.payments).toMatchObject({ count: 4, concerned: 3, different: 3, largestPaymentId: 'P-2' });
  const region = answer.data.find(({ exercice, funderId }) => exercice === 2011 && funderId === 'region')!;
  expect(region.position.deltaCents).toBe(-region.shareDue.deltaCents);
  // the grant signed in 2011 is planned by the supposed key, the one of 2010 is not
  expect(region.grantedShare.hypotheticalCents).toBe(510_000);
  const { body } = await story.auditor.get<{ figureCents: number }>(region.why.slice('/api/v1'.length));
  expect(body.figureCents).toBe(region.shareDue.actualCents);
});

it('for new grants, only what is paid of grants signed from then on', async () => {
  const answer = await ask({
    scheme: 'insertion',
    splitKey: KEY,
    effectiveFrom: '2011-01-01',
    appliesTo: 'new-grants',
  });
  expect(answer.payments).toMatchObject({ concerned: 1, different: 1, largestPaymentId: 'P-3' });
});

it('a fourth funder that the ledger does not know, and a day to look back to', async () => {
  const key = [...EQUAL, { funderId: 'metropole', weight: 1 }];
  const answer = await ask({ scheme: 'insertion', splitKey: key, asOf: '2010-12-31' });
  expect(dues(answer)).toEqual({
    'insertion 2010 region': 2_500,
    'insertion 2010 seine-maritime': 2_500,
    'insertion 2010 eure': 2_500,
    'insertion 2010 metropole': 2_500,
  });
  const fourth = answer.funders.find(({ funderId }) => funderId === 'metropole')!;
  expect(fourth.position).toEqual({ actualCents: 0, hypotheticalCents: -2_500, deltaCents: -2_500 });
});

it.each([
  ['fixed-order', { region: 3_334, 'seine-maritime': 3_333, eure: 3_333 }],
  ['payer-takes-rest', { region: 3_334, 'seine-maritime': 3_333, eure: 3_333 }],
  ['largest-remainder', { region: 3_334, 'seine-maritime': 3_333, eure: 3_333 }],
])('under the rule %s nobody’s cents are lost', async (centRule, due) => {
  const answer = await ask({ scheme: 'insertion', centRule });
  expect(dues(answer)).toMatchObject(
    Object.fromEntries(Object.entries(due).map(([funderId, cents]) => [`insertion 2010 ${funderId}`, cents])),
  );
  const other = await ask({ scheme: 'insertion', centRule, tieOrder: ['eure', 'seine-maritime', 'region'] });
  expect(dues(other)['insertion 2010 eure']).toBe(centRule === 'payer-takes-rest' ? 3_333 : 3_334);
});

it('the table holds what was supposed, then every difference with a comma', async () => {
  const asked = { scheme: 'insertion', splitKey: KEY, effectiveFrom: '2011-01-01', centRule: 'fixed-order' };
  const { headers, text } = await story.controller.post('/what-if', asked, { accept: 'text/csv' });
  expect(headers['content-type']).toBe('text/csv; charset=utf-8');
  const lines = text.split('\r\n');
  expect(lines[0]).toBe('\uFEFFparamètre;valeur');
  expect(lines).toEqual(
    expect.arrayContaining([
      'clé supposée;region 51, seine-maritime 35, eure 14',
      'centime restant;toujours au premier dans l’ordre fixé',
      'à compter du;01/01/2011',
      'versements différents;3',
    ]),
  );
  const empty = lines.indexOf('');
  expect(lines[empty + 1]!.split(';').slice(0, 6)).toEqual([
    'dispositif',
    'exercice',
    'collectivité',
    'quote-part due',
    'quote-part due supposée',
    'écart de quote-part',
  ]);
  expect(
    lines
      .find((line) => line.startsWith('insertion;2011;eure'))!
      .split(';')
      .slice(3, 6),
  ).toEqual(['90,00', '37,80', '-52,20']);
  expect(lines.at(-2)!.split(';').slice(0, 6)).toEqual(['total', '', '', '370,00', '370,00', '0,00']);
});

describe('a hypothesis that is none', () => {
  type Wrong = [what: string, body: object, status: number, code: string, errors?: Record<string, string>];
  const wrong: Wrong[] = [
    ['an unknown scheme', { scheme: 'inconnu' }, 404, 'WHAT_IF_SCHEME_UNKNOWN'],
    ['a funder twice in the key', { splitKey: [...KEY, KEY[0]] }, 409, 'WHAT_IF_FUNDER_TWICE'],
    ['a funder twice in the order', { tieOrder: ['eure', 'eure'] }, 409, 'WHAT_IF_FUNDER_TWICE'],
    ['an order without a funder', { tieOrder: ['region', 'eure'] }, 409, 'WHAT_IF_TIE_ORDER_MISMATCH'],
    [
      'an order without one of the key',
      { splitKey: KEY, tieOrder: ['region', 'eure', 'metropole'] },
      409,
      'WHAT_IF_TIE_ORDER_MISMATCH',
    ],
    [
      'a weight of 0',
      { splitKey: [{ funderId: 'region', weight: 0 }] },
      400,
      'REQUEST_INVALID',
      { '/splitKey/0/weight': 'INTEGER_INVALID' },
    ],
    ['an empty key', { splitKey: [] }, 400, 'REQUEST_INVALID', { '/splitKey': 'LIST_INVALID' }],
    ['null for a key', { splitKey: null }, 400, 'REQUEST_INVALID', { '/splitKey': 'LIST_INVALID' }],
    ['a rule that is none', { centRule: 'lottery' }, 400, 'REQUEST_INVALID', { '/centRule': 'CHOICE_INVALID' }],
    ['a day that is none', { effectiveFrom: '2011' }, 400, 'REQUEST_INVALID', { '/effectiveFrom': 'DAY_INVALID' }],
    ['an unknown field', { key: KEY }, 400, 'REQUEST_INVALID', { '/key': 'FIELD_UNKNOWN' }],
  ];

  const titles: Readonly<Record<string, readonly string[]>> = {
    WHAT_IF_SCHEME_UNKNOWN: ['Dispositif inconnu', 'Unknown scheme'],
    WHAT_IF_FUNDER_TWICE: ['Collectivité en double', 'Funder twice'],
    WHAT_IF_TIE_ORDER_MISMATCH: ['Ordre de départage incomplet', 'Tie order does not match'],
    REQUEST_INVALID: ['Requête incorrecte', 'Invalid request'],
  };

  it.each<Wrong>(wrong)('%s', async (_, body, status, code, errors = {}) => {
    for (const [i, language] of ['fr', 'en'].entries()) {
      const reply = await story.controller.post<Problem>('/what-if', body, { 'accept-language': language });
      expect(reply.body).toMatchObject({ status, code, title: titles[code]![i] });
      const found = (reply.body.errors ?? []).map(({ pointer, code: each }) => [pointer, each]);
      expect(Object.fromEntries(found)).toEqual(errors);
    }
  });

  it('an unknown parameter of the address', async () => {
    const { body } = await story.auditor.post<Problem>('/what-if?dryRun=true', {});
    expect(body.errors).toMatchObject([{ pointer: '/dryRun', code: 'FIELD_UNKNOWN' }]);
  });
});
