/**
 * The first year of the demonstration, played over HTTP by its own people: payments, a recovery, quarterly calls and
 * contributions; then a partner's list, the closing, a late fact and the next year.
 */

import { formatFrenchDay } from '#libs/calendar/day';
import { decimalEuros } from '#libs/money/euros';
import { scenario, DEMO_SEED } from '../../src/demo/scenario.js';
import type { Step } from '../../src/demo/agenda.js';
import { verifyLog, type ShownBalances } from '../../src/history/verify-log.js';
import { requestOf } from './demo-request.js';
import { Story, type ClosedExercice, type Person, type Role, type Share } from './kit.js';

let story: Story;
const people = new Map<string, Person>();
const called = new Map<string, number>();

/** The step's day and time, as the demonstration has them. */
const instantOf = ({ at }: Step) => new Date(at).toISOString();

beforeAll(async () => {
  story = await Story.begin('2007-01-02');
});

afterAll(() => story.end());

/** Who acts, with a token of its own: `funder/post`. */
async function personOf(actor: string): Promise<Person> {
  const known = people.get(actor);
  if (known !== undefined) return known;
  const [funderId, name] = actor.split('/') as [string, string];
  const role: Role = name.startsWith('controle') ? 'controller' : name.startsWith('admin') ? 'admin' : 'officer';
  const { token } = await story.admin.records<{ token: string }>('/tokens', { role, funderId, name, days: 3_650 });
  const person = story.withToken(token);
  people.set(actor, person);
  return person;
}

/** Plays the steps of some days; each is answered as the demonstration expects. */
async function play(from: string, before: string): Promise<number> {
  const steps = scenario(DEMO_SEED).filter((step) => instantOf(step) >= from && instantOf(step) < before);
  for (const step of steps) {
    const { command, actor, expect: expected } = step;
    story.onDay(instantOf(step).slice(0, 10), instantOf(step).slice(11, 16));
    const { path, body } = requestOf(command, (callId, funderId) => called.get(`${callId} ${funderId}`)!);
    const reply = await (await personOf(actor)).post<{ code?: string; called?: Share[] }>(path, body);
    const answer = reply.status === 201 || reply.status === 202 ? 'recorded' : reply.body.code;
    if (answer !== expected) throw new Error(`${path}: ${reply.status} ${reply.text}, not ${expected}`);
    if (command.type === 'IssueFundingCall')
      for (const { funderId, amountCents } of reply.body.called!)
        called.set(`${command.callId} ${funderId}`, amountCents);
  }
  return steps.length;
}

/** What the demonstration's own first year lacks is done by these. */
const OFFICER = 'region/poste-1';
const CONTROLLER = 'region/controle-1';
const EURE = 'eure/controle-1';
const SEINE_MARITIME = 'seine-maritime/controle-1';
const LIST = 'reconciliationId=RAP-2007-eure&funder=eure&exercice=2007&scheme=emplois-tremplins&receivedOn=2008-03-03';

interface Paid {
  readonly paymentId: string;
  readonly grantId: string;
  readonly schemeId: string;
  readonly exercice: number;
  readonly paidOn: string;
  readonly amountCents: number;
  readonly shares: readonly Share[];
}

interface Row {
  readonly line: number | null;
  readonly outcome: string;
  readonly payments: readonly { readonly paymentId: string }[];
}

interface SchemeYear {
  readonly schemeId: string;
  readonly funders: readonly {
    readonly funderId: string;
    readonly openingCents: number;
    readonly closingCents: number;
  }[];
}

/** What the year paid: nothing of it was reversed, and what the bank sent back was issued again. */
async function paymentsOf(schemeId: string): Promise<Paid[]> {
  const events = await story.events();
  const recorded = events
    .filter(({ type }) => type === 'PaymentRecorded.v1')
    .map(({ data }) => data as unknown as Paid);
  return recorded.filter((paid) => paid.schemeId === schemeId && paid.exercice === 2007);
}

/** Line by line as the Eure would send it. */
function listed({ paymentId, paidOn, amountCents, shares }: Paid, moreCents = 0): string {
  const own = shares.find(({ funderId }) => funderId === 'eure')!.amountCents;
  return [paymentId, formatFrenchDay(paidOn), decimalEuros(amountCents + moreCents, ','), decimalEuros(own, ',')].join(
    ';',
  );
}

async function sumOfPositions(query = ''): Promise<number> {
  return (await story.auditor.get<{ sumOfPositionsCents: number }>(`/balances${query}`)).body.sumOfPositionsCents;
}

const year = async (exercice: number) =>
  (await story.auditor.get<{ status: string; opening: string; schemes: SchemeYear[] }>(`/exercices/${exercice}`)).body;

/** Scheme, funder and amount of the balances that are not zero. */
function carried(schemes: readonly SchemeYear[], cents: 'openingCents' | 'closingCents') {
  return schemes.flatMap(({ schemeId, funders }) =>
    funders.filter((funder) => funder[cents] !== 0).map((funder) => [schemeId, funder.funderId, funder[cents]]),
  );
}

describe('the year 2007 of the demonstration, over HTTP', () => {
  it('is played by its people until the second quarterly call is paid', async () => {
    expect(await play('2007-01-02', '2007-09-01')).toBeGreaterThan(50);
    expect(await sumOfPositions()).toBe(0);
  });

  it('has an overpayment recovered, which is given back to those who bore it', async () => {
    const [first] = await paymentsOf('insertion');
    story.onDay('2007-09-03');
    const recovery = { recoveryId: 'REV-1', amountCents: 10_001, recoveredOn: '2007-09-03', reason: 'contrat rompu' };
    const path = `/grants/${first!.grantId}/payments/${first!.paymentId}/recoveries`;
    const { shares } = await (await personOf(OFFICER)).records<{ shares: Share[] }>(path, recovery);
    expect(shares.reduce((sum, { amountCents }) => sum + amountCents, 0)).toBe(10_001);
    expect(await sumOfPositions()).toBe(0);
  });

  it('takes a provision from the Eure, called by nobody (R22)', async () => {
    const facts = { schemeId: 'insertion', exercice: 2007, from: 'eure', to: 'region', paidOn: '2007-09-03' };
    await (
      await personOf(EURE)
    ).records('/settlement/contributions', {
      contributionId: 'PROV-2007-eure',
      amountCents: 50_000,
      ...facts,
    });
    expect(await sumOfPositions()).toBe(0);
  });

  it('is played to the end of its complementary period, its calls issued and paid', async () => {
    expect(await play('2007-09-03T12', '2008-03-03')).toBeGreaterThan(60);
    expect(called.size).toBeGreaterThan(8);
    expect(await sumOfPositions('?exercice=2007')).toBe(0);
  });

  it('shows the three errors planted in a partner’s list, and nothing else', async () => {
    story.onDay('2008-03-03');
    const [missingThere, different, ...others] = await paymentsOf('emplois-tremplins');
    const unknown = 'ET-2007-404;15/06/2007;1000,00;333,33';
    const lines = [listed(different!, 4_500), unknown, ...others.map((paid) => listed(paid))];
    const list = ['Mandat;Date;Montant;Quote-part', ...lines].join('\r\n');
    const controller = await personOf(CONTROLLER);
    const headers = { 'content-type': 'text/csv' };
    const sent = await controller.send({
      method: 'POST',
      url: `/api/v1/reconciliations?${LIST}`,
      headers,
      payload: list,
    });
    expect([sent.status, sent.text]).toEqual([201, expect.any(String)]);
    const { body } = await controller.get<{ data: Row[] }>('/reconciliations/RAP-2007-eure?size=500');
    const differences = body.data.filter(({ outcome }) => outcome !== 'matched');
    expect(differences.map(({ line, outcome, payments }) => [line, outcome, payments[0]?.paymentId])).toEqual([
      [2, 'different-amount', different!.paymentId],
      [3, 'missing-here', undefined],
      [null, 'missing-there', missingThere!.paymentId],
    ]);
    const reason = 'Trois écarts notifiés à l’Eure, à corriger chez elle';
    await controller.records('/reconciliations/RAP-2007-eure/closing', { reason });
  });

  it('is closed when the funders have all signed the same totals, not by one alone', async () => {
    await play('2008-03-03T12', '2008-03-25');
    story.onDay('2008-03-25');
    const proposing = await personOf(CONTROLLER);
    const path = '/exercices/2007/closing';
    const sign = { decision: 'sign' };
    const { seal } = await proposing.records<ClosedExercice>(path, { closedOn: '2008-03-25' });
    expect((await proposing.post(`${path}/countersignatures`, sign)).body['code']).toBe('CLOSING_SELF_COUNTERSIGNED');
    expect((await year(2007)).status).toBe('closing-proposed');
    const eure = await personOf(EURE);
    const another = await eure.post(`${path}/countersignatures`, { ...sign, rootHash: 'ab'.repeat(32) });
    expect(another.body['code']).toBe('CLOSING_PROPOSAL_STALE');
    await eure.records(`${path}/countersignatures`, { ...sign, rootHash: seal.rootHash.toUpperCase() });
    expect((await year(2007)).status).toBe('closing-proposed');
    await (await personOf(SEINE_MARITIME)).records(`${path}/countersignatures`, sign);
    expect((await year(2007)).status).toBe('closed');
    const again = await (await personOf(EURE)).post(path, { closedOn: '2008-03-25' });
    expect(again.body['code']).toBe('EXERCICE_ALREADY_CLOSED');
  });

  it('takes nothing any more: a late fact goes to the open year, with its year of origin', async () => {
    story.onDay('2008-04-02');
    const [paid] = (await paymentsOf('insertion')).slice(-1);
    const officer = await personOf(OFFICER);
    const late = {
      paymentId: 'TARD-1',
      amountCents: 1_000,
      paidOn: '2007-12-28',
      instalment: 'interim',
      overrideReason: 'x',
    };
    expect((await officer.post(`/grants/${paid!.grantId}/payments`, late)).body['code']).toBe('EXERCICE_CLOSED');
    const path = `/grants/${paid!.grantId}/payments/${paid!.paymentId}/reversal`;
    const reversed = await officer.records(path, { reversedOn: '2008-04-02', reason: 'payé deux fois' });
    expect(reversed).toMatchObject({ exercice: 2008, originExercice: 2007 });
  });

  it('opens the next year with the balances that its closing stored', async () => {
    const [closed, opened] = [await year(2007), await year(2008)];
    expect(opened.opening).toBe('final');
    expect(carried(opened.schemes, 'openingCents')).toEqual(carried(closed.schemes, 'closingCents'));
    expect(carried(closed.schemes, 'closingCents')).toEqual([
      ['insertion', 'eure', 50_000],
      ['insertion', 'region', -50_000],
    ]);
  });

  it('ends with positions that sum to zero, and a replay that equals the stored closing', async () => {
    expect(await sumOfPositions()).toBe(0);
    const { ledger } = story.opened;
    const rows = ledger.rows.all<ShownBalances['rows'][number]>(
      'SELECT scheme_id AS schemeId, exercice, funder_id AS funderId, * FROM balances',
    );
    const replayed = await verifyLog(ledger.store, { position: ledger.projector.checkpoint, rows });
    expect(replayed).toMatchObject({ differences: [], differenceCount: 0 });
    expect(replayed.payments).toBeGreaterThan(60);
  });
});
