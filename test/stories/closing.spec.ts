/** The closing of an exercice over HTTP: what stands in its way, three signatures, what opens the next year, a reopening (R23). */

import { setImmediate } from 'node:timers/promises';
import { openLedger } from '../../src/server.js';
import {
  FUNDERS,
  grant,
  payment,
  Person,
  Story,
  type ClosedExercice,
  type List,
  type LoggedEvent,
  type Reply,
} from './kit.js';

let story: Story;
let region: Person;
let eure: Person;
let seineMaritime: Person;

const CLOSING = '/exercices/2010/closing';
const SIGNATURES = `${CLOSING}/countersignatures`;
const CLOSE = { closedOn: '2011-03-01' };
const SIGN = { decision: 'sign' };

const clock = () => Date.parse('2011-03-01T12:00:00Z');

beforeEach(async () => {
  story = await Story.begin('2010-04-01');
  region = await story.hire('controller', 'controle-1');
  eure = await story.hire('controller', 'controle-1', 'eure');
  seineMaritime = await story.hire('controller', 'controle-1', 'seine-maritime');
  await story.officer.records('/grants', grant(1));
  await story.officer.records('/grants/G-1/payments', payment('P-1', { amountCents: 10_001 }));
  story.onDay('2011-03-01');
});

afterEach(async () => {
  await story.end();
});

const codeOf = ({ status, body }: Reply) => [status, body['code']];

interface Checklist {
  readonly status: string;
  readonly obstacles: readonly { readonly code: string; readonly detail: string }[];
  readonly bankReturns: readonly object[];
  readonly awaitingApproval: readonly object[];
  readonly uncalled: readonly object[];
  readonly unpaidCalls: readonly object[];
  readonly unpaidByFunder: readonly object[];
  readonly openReconciliations: readonly object[];
  readonly totals: readonly { readonly funderId: string; readonly positionCents: number; readonly why: string }[];
  readonly sumOfPositionsCents: number;
  readonly carriedOver: readonly object[];
  readonly signatures: readonly object[];
  readonly stillExpected: readonly string[];
}

async function checklist(exercice = 2010): Promise<Checklist> {
  return (await story.auditor.get<Checklist>(`/exercices/${exercice}/closing`)).body;
}

async function payLate(paymentId: string): Promise<Reply> {
  return story.officer.post('/grants/G-1/payments', payment(paymentId, { paidOn: '2010-12-01', amountCents: 300 }));
}

async function reopen(): Promise<void> {
  await region.records('/exercices/2010/reopening', { reason: 'versement omis' });
  await eure.records('/exercices/2010/reopening/countersignatures', SIGN);
}

describe('A closing', () => {
  it('is proposed by one funder, countersigned by the others, and shown at each step', async () => {
    const shown = async () => (await story.auditor.get<List>('/exercices')).body.data;
    expect(await shown()).toMatchObject([{ exercice: 2010, status: 'over', proposedBy: null, stillExpected: [] }]);

    const proposed = await region.post(CLOSING, CLOSE);
    expect(proposed).toMatchObject({
      status: 201,
      body: { status: 'closing-proposed', ordinal: 1, expected: ['eure', 'seine-maritime'], setAside: [] },
    });
    expect(await shown()).toMatchObject([
      {
        status: 'closing-proposed',
        closedOn: '2011-03-01',
        closedAtPosition: null,
        proposedBy: { funderId: 'region', actor: 'region/controle-1' },
        signatures: [],
        stillExpected: ['eure', 'seine-maritime'],
        links: { closing: '/api/v1/exercices/2010/closing', stream: '/api/v1/streams/exercice-2010' },
      },
    ]);
    expect(codeOf(await payLate('P-2'))).toEqual([409, 'EXERCICE_CLOSING']);
    expect(codeOf(await region.post(SIGNATURES, SIGN))).toEqual([403, 'CLOSING_SELF_COUNTERSIGNED']);

    const signed = await seineMaritime.post(SIGNATURES, SIGN);
    expect(signed).toMatchObject({ status: 201, body: { status: 'closing-proposed', ordinal: 1 } });
    expect(await seineMaritime.post(SIGNATURES, SIGN)).toMatchObject({ status: 200, body: signed.body });
    expect(await shown()).toMatchObject([{ stillExpected: ['eure'] }]);

    const closed = await eure.post(SIGNATURES, SIGN);
    expect(closed).toMatchObject({
      status: 201,
      body: {
        status: 'closed',
        atPosition: proposed.body['atPosition'],
        seal: proposed.body['seal'],
        signatures: [
          { funderId: 'seine-maritime', actor: 'seine-maritime/controle-1' },
          { funderId: 'eure', actor: 'eure/controle-1' },
        ],
      },
    });
    expect(await eure.post(SIGNATURES, SIGN)).toMatchObject({ status: 200, body: closed.body });
    expect(await region.post(CLOSING, CLOSE)).toMatchObject({ status: 200, body: proposed.body });
    expect(await shown()).toMatchObject([{ status: 'closed', closings: 1, stillExpected: [] }]);
    expect(codeOf(await payLate('P-2'))).toEqual([409, 'EXERCICE_CLOSED']);
    const types = (await story.events()).slice(-4).map((event: LoggedEvent) => event.type);
    expect(types).toEqual([
      'ExerciceClosingProposed.v1',
      'ExerciceClosingCountersigned.v1',
      'ExerciceClosingCountersigned.v1',
      'ExerciceClosed.v2',
    ]);
  });

  it('is refused with a reason, or withdrawn: the exercice takes facts again', async () => {
    await region.records(CLOSING, CLOSE);
    await eure.records(SIGNATURES, { decision: 'refuse', reason: 'mandat manquant' });
    expect((await payLate('P-2')).status).toBe(201);
    await region.records(CLOSING, CLOSE);
    expect(codeOf(await eure.post(`${CLOSING}/withdrawal`, { reason: 'x' }))).toEqual([403, 'CLOSING_NOT_OWN']);
    await region.records(`${CLOSING}/withdrawal`, { reason: 'autre mandat' });
    expect((await payLate('P-3')).status).toBe(201);
    expect((await story.closes(2010, '2011-03-01')).totals).toContainEqual(
      expect.objectContaining({ funderId: 'region', disbursedCents: 10_601 }),
    );
  });

  it('of a year that concerns nobody else is signed by a colleague', async () => {
    story.onDay('2012-02-01');
    await story.closes(2010, '2012-02-01');
    const path = '/exercices/2011/closing';
    const proposed = await region.records<{ expected: string[] }>(path, { closedOn: '2012-02-01' });
    expect(proposed.expected).toEqual(['region']);
    expect(codeOf(await region.post(`${path}/countersignatures`, SIGN))).toEqual([403, 'CLOSING_SELF_COUNTERSIGNED']);
    expect(codeOf(await eure.post(`${path}/countersignatures`, SIGN))).toEqual([403, 'CLOSING_SIGNATURE_UNEXPECTED']);
    expect(await story.admin.post(`${path}/countersignatures`, SIGN)).toMatchObject({ body: { status: 'closed' } });
  });

  it('is not for the operator of the machine', async () => {
    const operator = story.withToken(story.opened.operatorKey);
    expect(codeOf(await operator.post(CLOSING, CLOSE))).toEqual([403, 'SIGNING_FUNDER_REQUIRED']);
  });
});

describe('While payments keep coming', () => {
  it('a closing ends: what is recorded waits for it, and none of it is lost', async () => {
    const { store } = story.opened.ledger;
    const append = store.append.bind(store);
    let appends = 0;
    // a disk so slow, and so uneven, that some payment is always under way
    store.append = async (...given) => {
      appends += 1;
      for (let turn = 20 + 13 * (appends % 8); turn > 0; turn -= 1) await setImmediate();
      return append(...given);
    };
    const until = { ended: false };
    let paid = 0;
    const refused: unknown[] = [];
    /** Always one under way. */
    const pays = async (name: string) => {
      for (let i = 0; !until.ended; i += 1) {
        paid += 1;
        const other = { paidOn: '2011-02-01', amountCents: 1_000 + paid };
        const { status, text } = await story.officer.post('/grants/G-1/payments', payment(`${name}-${i}`, other));
        if (status !== 201) refused.push(text);
      }
    };
    const paying = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'].map(pays);
    const { status, body } = await region.post<ClosedExercice>(CLOSING, CLOSE);
    until.ended = true;
    await Promise.all(paying);
    expect([status, refused]).toEqual([201, []]);
    expect(body.totals).toMatchObject([{ shareDueCents: 3_333 }, { shareDueCents: 3_334 }, { shareDueCents: 3_334 }]);
    expect(body.seal.treeSize).toBeGreaterThan(0);
    const recorded = (await story.events()).filter(({ type }) => type === 'PaymentRecorded.v1');
    expect(recorded.length).toBe(paid + 1);
    for (const signer of [eure, seineMaritime])
      await signer.records(SIGNATURES, { decision: 'sign', rootHash: body.seal.rootHash });
    expect(await checklist()).toMatchObject({ status: 'closed' });
  });
});

describe('The checklist', () => {
  it('says what stands in the way: bank returns, payments to approve, an earlier exercice', async () => {
    story.onDay('2010-06-01');
    await story.admin.records('/schemes', {
      schemeId: 'seuil',
      name: 'Avec seuil',
      beneficiaryKind: 'enterprise',
      payer: 'region',
      splitKey: FUNDERS.map((funderId) => ({ funderId, weight: 1 })),
      openedOn: '2010-01-01',
      approvalThresholdCents: 1_000,
    });
    await story.officer.records('/grants', grant(2, { schemeId: 'seuil' }));
    await story.officer.records('/grants/G-2/payments', payment('P-9'));
    await story.officer.records('/grants/G-1/payments/P-1/bank-return', {
      returnedOn: '2010-06-01',
      reason: 'RIB clos',
    });
    expect(await checklist()).toMatchObject({ status: 'open', obstacles: [{ code: 'EXERCICE_NOT_OVER' }, {}, {}] });

    story.onDay('2011-03-01');
    const { obstacles, bankReturns, awaitingApproval } = await checklist();
    expect(obstacles).toMatchObject([
      { code: 'CLOSING_BANK_RETURNS', detail: expect.stringContaining('P-1') },
      { code: 'CLOSING_AWAITING_APPROVAL', detail: expect.stringContaining('G-2~P-9') },
    ]);
    expect(bankReturns).toEqual([
      { paymentId: 'P-1', grantId: 'G-1', schemeId: 'insertion', amountCents: 10_001, why: '/api/v1/grants/G-1' },
    ]);
    expect(awaitingApproval).toMatchObject([{ proposalId: 'G-2~P-9', amountCents: 10_000, why: '/api/v1/grants/G-2' }]);
    expect(codeOf(await region.post(CLOSING, CLOSE))).toEqual([409, 'CLOSING_BANK_RETURNS']);
    const reasoned = { ...CLOSE, overrideReason: 'réémission en mars' };
    expect(codeOf(await region.post(CLOSING, reasoned))).toEqual([409, 'CLOSING_AWAITING_APPROVAL']);
    await story.otherOfficer.records('/approvals/G-2~P-9', { decision: 'refuse', reason: 'hors délai' });
    expect(await region.post(CLOSING, reasoned)).toMatchObject({
      status: 201,
      body: { setAside: [{ paymentId: 'P-1', reason: 'réémission en mars' }] },
    });
    expect((await checklist(2011)).obstacles.map(({ code }) => code)).toEqual([
      'EXERCICE_NOT_OVER',
      'EARLIER_EXERCICE_OPEN',
    ]);
  });

  it('says what is left to call and to pay, and opens every figure', async () => {
    expect((await checklist()).uncalled).toMatchObject([
      { schemeId: 'insertion', payer: 'region', lineCount: 1, amountCents: 10_001, othersCents: 6_667 },
    ]);
    const call = { callId: 'AF-1', schemeId: 'insertion', exercice: 2010, issuedOn: '2011-03-01' };
    await region.records('/settlement/calls', call);
    const paid = { schemeId: 'insertion', exercice: 2010, to: 'region', paidOn: '2011-03-01', callId: 'AF-1' };
    await eure.records('/settlement/contributions', {
      ...paid,
      contributionId: 'C-1',
      from: 'eure',
      amountCents: 3_000,
    });
    const found = await checklist();
    expect(found.uncalled).toEqual([]);
    expect(found.unpaidCalls).toMatchObject([
      { callId: 'AF-1', funderId: 'eure', calledCents: 3_333, contributedCents: 3_000, unpaidCents: 333 },
      { funderId: 'seine-maritime', unpaidCents: 3_334, why: '/api/v1/settlement/calls/AF-1' },
    ]);
    expect(found.unpaidByFunder).toEqual([
      { funderId: 'eure', unpaidCents: 333 },
      { funderId: 'seine-maritime', unpaidCents: 3_334 },
    ]);
    expect(found).toMatchObject({ obstacles: [], sumOfPositionsCents: 0 });
    for (const { positionCents, why } of found.totals) {
      const { body } = await story.auditor.get<{ figureCents: number }>(why.replace('/api/v1', ''));
      expect(body.figureCents).toBe(positionCents);
    }
  });

  it('lists a partner’s list that nobody has signed off', async () => {
    const list = 'mandat;date;montant;quote-part\r\nP-1;31/03/2010;100,01;33,33\r\n';
    const opened = await story.controller.send<{ reconciliationId: string }>({
      method: 'POST',
      url: '/api/v1/reconciliations?reconciliationId=RAP-1&funder=eure&exercice=2010&scheme=insertion&receivedOn=2011-03-01',
      headers: { 'content-type': 'text/csv' },
      payload: list,
    });
    expect(opened.status).toBe(201);
    const { reconciliationId } = opened.body;
    expect((await checklist()).openReconciliations).toMatchObject([
      { reconciliationId, funderId: 'eure', why: `/api/v1/reconciliations/${reconciliationId}` },
    ]);
  });
});

interface Year {
  readonly opening: string;
  readonly schemes: readonly {
    readonly funders: readonly {
      readonly funderId: string;
      readonly openingCents: number;
      readonly movementCents: number;
      readonly closingCents: number;
    }[];
    readonly sumOfOpeningCents: number;
    readonly sumOfClosingCents: number;
  }[];
}

async function year(exercice: number) {
  const { body } = await story.auditor.get<Year>(`/exercices/${exercice}`);
  const { opening, schemes } = body;
  const funders = schemes.flatMap((scheme) => scheme.funders);
  for (const { sumOfOpeningCents, sumOfClosingCents } of schemes)
    expect([sumOfOpeningCents, sumOfClosingCents]).toEqual([0, 0]);
  return {
    opening,
    rows: funders.map((row) => [row.funderId, row.openingCents, row.movementCents, row.closingCents]),
  };
}

describe('The next year', () => {
  it('opens on the balances carried over: provisional, then as the closing stored them', async () => {
    const carried = [
      ['eure', -3_333],
      ['region', 6_667],
      ['seine-maritime', -3_334],
    ] as const;
    const opened = carried.map(([funderId, cents]) => [funderId, cents, 0, cents]);
    expect(await year(2010)).toEqual({
      opening: 'provisional',
      rows: carried.map(([funderId, cents]) => [funderId, 0, cents, cents]),
    });
    expect(await year(2011)).toEqual({ opening: 'provisional', rows: opened });
    const { carriedOver } = await story.closes(2010, '2011-03-01');
    expect(carriedOver.map(({ funderId, positionCents }) => [funderId, positionCents])).toEqual(carried);
    expect(await year(2011)).toEqual({ opening: 'final', rows: opened });
    await story.officer.records('/grants/G-1/payments', payment('P-2', { paidOn: '2011-02-28', amountCents: 300 }));
    expect((await year(2011)).rows[1]).toEqual(['region', 6_667, 200, 6_867]);
    const after = await year(2012);
    expect([after.opening, after.rows[1]]).toEqual(['provisional', ['region', 6_867, 0, 6_867]]);
  });

  it('takes a late recovery and a late reversal of it, with their year of origin, into its own calls', async () => {
    await story.officer.records('/grants/G-1/payments', payment('P-2', { paidOn: '2010-12-01', amountCents: 900 }));
    await region.records('/settlement/calls', {
      callId: 'AF-2010',
      schemeId: 'insertion',
      exercice: 2010,
      issuedOn: '2011-02-28',
    });
    await story.closes(2010, '2011-03-01');
    const recovery = { recoveryId: 'R-1', amountCents: 300, recoveredOn: '2011-03-01', reason: 'trop-perçu' };
    expect(await story.officer.post('/grants/G-1/payments/P-1/recoveries', recovery)).toMatchObject({
      status: 201,
      body: { exercice: 2011, originExercice: 2010 },
    });
    const reversal = { reversedOn: '2011-03-01', reason: 'double' };
    expect(await story.officer.post('/grants/G-1/payments/P-2/reversal', reversal)).toMatchObject({
      status: 201,
      body: { exercice: 2011, originExercice: 2010 },
    });
    await story.officer.records('/grants/G-1/payments', payment('P-3', { paidOn: '2011-02-28', amountCents: 3_000 }));
    const call = { schemeId: 'insertion', issuedOn: '2011-03-01' };
    const closed = await region.post('/settlement/calls', { ...call, callId: 'AF-X', exercice: 2010 });
    expect(codeOf(closed)).toEqual([409, 'SETTLEMENT_EXERCICE_CLOSED']);
    const { lines, called } = await region.records<{ lines: { lineId: string }[]; called: object[] }>(
      '/settlement/calls',
      { ...call, callId: 'AF-2011', exercice: 2011 },
    );
    expect(lines.map(({ lineId }) => lineId).toSorted()).toEqual(['P-1/recovery/R-1', 'P-2/reversal', 'P-3']);
    // a third of 3 000 paid less 300 and 900 that came back
    expect(called).toEqual([
      { funderId: 'seine-maritime', amountCents: 600 },
      { funderId: 'eure', amountCents: 600 },
    ]);
  });
});

describe('A reopening', () => {
  it('takes two people; then a late payment, and a second closing on other totals', async () => {
    const first = await story.closes(2010, '2011-03-01');
    await region.records('/exercices/2010/reopening', { reason: 'versement omis' });
    expect(codeOf(await payLate('P-2'))).toEqual([409, 'EXERCICE_CLOSED']);
    const path = '/exercices/2010/reopening/countersignatures';
    expect(codeOf(await region.post(path, SIGN))).toEqual([403, 'REOPENING_ALONE']);
    const ofAnother = { ...SIGN, proposalReason: 'contribution omise' };
    expect(codeOf(await eure.post(path, ofAnother))).toEqual([409, 'REOPENING_PROPOSAL_STALE']);
    expect(codeOf(await eure.post(path, { ...ofAnother, decision: 'refuse', reason: 'à revoir' }))).toEqual([
      409,
      'REOPENING_PROPOSAL_STALE',
    ]);
    await eure.records(path, { ...SIGN, proposalReason: 'versement omis' });
    expect(await checklist()).toMatchObject({ status: 'reopened', obstacles: [], signatures: [] });
    expect((await year(2011)).opening).toBe('provisional');
    expect((await payLate('P-2')).status).toBe(201);
    story.onDay('2011-03-02');
    const again = await story.closes(2010, '2011-03-02');
    expect(again).toMatchObject({ status: 'closed', ordinal: 2 });
    expect(Number(again.atPosition)).toBeGreaterThan(Number(first.position));
    expect((await year(2011)).rows[1]).toEqual(['region', 6_867, 0, 6_867]);
    expect(await story.auditor.get<List>('/exercices')).toMatchObject({
      body: { data: [{ exercice: 2010, status: 'closed', closings: 2, closedAtPosition: again.position }] },
    });
  });

  it('is refused once the next exercice is being closed; and of an exercice before a closed one nothing moves', async () => {
    await story.closes(2010, '2011-03-01');
    story.onDay('2012-02-01');
    await story.officer.records('/grants/G-1/payments', payment('P-2', { paidOn: '2011-06-01', amountCents: 300 }));
    await region.records('/exercices/2011/closing', { closedOn: '2012-02-01' });
    const asked = await region.post('/exercices/2010/reopening', { reason: 'versement omis' });
    expect(codeOf(asked)).toEqual([409, 'LATER_EXERCICE_CLOSED']);
    const old = {
      contributionId: 'C-2009',
      schemeId: 'insertion',
      exercice: 2009,
      from: 'eure',
      to: 'region',
      amountCents: 1,
      paidOn: '2010-01-04',
    };
    expect(codeOf(await eure.post('/settlement/contributions', old))).toEqual([409, 'SETTLEMENT_EXERCICE_CLOSED']);
  });

  it('is remembered when the ledger is opened again', async () => {
    await story.closes(2010, '2011-03-01');
    await reopen();
    expect((await payLate('P-2')).status).toBe(201);
    await story.opened.close();
    const again = await openLedger({ dataDir: story.dataDir, logger: false, clock });
    const officer = new Person(again.app, story.officer.token);
    const late = payment('P-3', { paidOn: '2010-12-02', amountCents: 301 });
    const controller = new Person(again.app, region.token);
    expect((await officer.post('/grants/G-1/payments', late)).status).toBe(201);
    expect(await controller.post(CLOSING, CLOSE)).toMatchObject({ status: 201, body: { ordinal: 2 } });
    await again.close();
  });
});
