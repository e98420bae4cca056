/** Two servers on one EventStoreDB, each with a data folder of its own: what one records, the other shows and counts. */

import { setImmediate } from 'node:timers/promises';
import { verifyLog } from '../../src/history/verify-log.js';
import { startTestServer, type TestServer } from '../eventstoredb/test-server.js';
import { grant, payment, Story, type Reply } from './kit.js';

let store: TestServer;
let here: Story;
let there: Story;

beforeEach(async () => {
  store = await startTestServer();
  const options = { eventStoreUrl: store.url };
  here = await Story.begin('2010-04-01', options);
  there = await Story.begin('2010-04-01', options);
}, 60_000);

afterEach(async () => {
  await Promise.all([here.end(), there.end()]);
  await store.stop();
});

async function pay(story: Story, paymentId: string, other: object = {}): Promise<Reply> {
  return story.officer.post('/grants/G-1/payments', payment(paymentId, other));
}

function codesOf(replies: readonly Reply[]): string[] {
  return replies
    .map(({ status, body }) => (status < 400 ? String(status) : `${status} ${String(body['code'])}`))
    .toSorted();
}

async function positionOf(story: Story): Promise<string> {
  const { position } = (await story.auditor.get<{ position: string }>('/balances')).body;
  return position;
}

/** Resolves when both servers show all that either has recorded. */
async function level(): Promise<void> {
  const positions = await Promise.all([positionOf(here), positionOf(there)]);
  const last = positions.toSorted((a, b) => Number(a) - Number(b)).at(-1)!;
  for (const story of [here, there]) {
    const { status } = await story.auditor.get(`/balances?atLeast=${last}`);
    if (status !== 200) throw new Error(`atLeast=${last}: ${status}`);
  }
}

const late = (story: Story, id: string, amountCents: number) =>
  pay(story, id, { amountCents, paidOn: '2010-12-01', exercice: 2010 });

describe('Two servers on one log', () => {
  it('open the contract once, whoever starts first', async () => {
    const types = store.events().map((event) => event.type);
    expect(types).toEqual([...Array(3).fill('FunderRegistered.v1'), ...Array(2).fill('SchemeOpened.v1')]);
  });

  it('show what the other has recorded to whoever says what it has seen', async () => {
    await here.officer.records('/grants', grant(1));
    for (let i = 1; i <= 20; i += 1) {
      const { position } = await here.officer.records<{ position: string }>(
        '/grants/G-1/payments',
        payment(`P-${i}`, { amountCents: 100 + i }),
      );
      const [list, sheet, balances] = await Promise.all([
        there.auditor.get<{ data: { paymentId: string }[] }>(`/payments?atLeast=${position}&sort=-recorded`),
        there.auditor.get<{ payments: { paymentId: string }[] }>(`/grants/G-1?atLeast=${position}`),
        there.auditor.get<{ position: string }>(`/balances?atLeast=${position}`),
      ]);
      expect(list.body.data.map(({ paymentId }) => paymentId)).toContain(`P-${i}`);
      expect(sheet.body.payments.map(({ paymentId }) => paymentId)).toContain(`P-${i}`);
      expect(Number(balances.body.position)).toBeGreaterThanOrEqual(Number(position));
    }
  });

  it('let whoever writes on one see it there at once, without saying so', async () => {
    await here.officer.records('/grants', grant(1));
    for (let i = 1; i <= 20; i += 1) {
      const story = i % 2 === 0 ? here : there;
      if (i === 1) await level();
      await story.officer.records('/grants/G-1/payments', payment(`P-${i}`, { amountCents: 100 + i }));
      const { body } = await story.auditor.get<{ data: { paymentId: string }[] }>('/payments?sort=-recorded');
      expect(body.data[0]!.paymentId).toBe(`P-${i}`);
    }
  });

  it('record the same payment once when both are asked at the same time', async () => {
    await here.officer.records('/grants', grant(1));
    await level();
    for (let round = 1; round <= 20; round += 1) {
      const id = `P-${round}`;
      const asked = { amountCents: 100 + round };
      const replies = await Promise.all([pay(here, id, asked), pay(there, id, asked)]);
      expect(codesOf(replies)).toEqual(['200', '201']);
      expect(replies.map(({ body }) => body['shares'])).toEqual([replies[0].body['shares'], replies[0].body['shares']]);
    }
    expect(store.events().filter((event) => event.type === 'PaymentRecorded.v1')).toHaveLength(20);
  });

  it('record the same payment once where the log delivers it before an older state of its grant has been read', async () => {
    await here.officer.records('/grants', grant(1));
    await level();
    const { reads } = await store.counts();
    await store.delay('read-answer', 500, { times: 1, stream: 'grant-G-1' });
    const slow = pay(there, 'P-1');
    while ((await store.counts()).reads === reads) await setImmediate();
    expect((await pay(here, 'P-1')).status).toBe(201);
    expect((await slow).status).toBe(200);
    expect(store.events().filter((event) => event.type === 'PaymentRecorded.v1')).toHaveLength(1);
  });

  it('never pay more than a grant together', async () => {
    await here.officer.records('/grants', grant(1, { amountCents: 20_000 }));
    await level();
    const replies = await Promise.all(
      Array.from({ length: 30 }, (_, i) => pay(i % 2 === 0 ? here : there, `P-${i}`, { amountCents: 1_000 })),
    );
    expect(codesOf(replies).filter((code) => code === '201')).toHaveLength(20);
    expect(new Set(codesOf(replies).slice(20))).toEqual(new Set(['409 PAYMENT_EXCEEDS_GRANT']));
  });

  it('know each other’s schemes, keys and funders for their next decision', async () => {
    const { position } = await here.admin.records<{ position: string }>('/schemes', {
      schemeId: 'vehicules',
      name: 'Véhicules',
      beneficiaryKind: 'association',
      payer: 'eure',
      splitKey: [
        { funderId: 'region', weight: 1 },
        { funderId: 'eure', weight: 2 },
      ],
      openedOn: '2010-01-01',
    });
    await there.auditor.get(`/schemes?atLeast=${position}`);
    await there.officer.records('/grants', grant(1, { schemeId: 'vehicules' }));
    const { shares } = await there.officer.records<{ shares: { amountCents: number }[] }>(
      '/grants/G-1/payments',
      payment('P-1', { amountCents: 900 }),
    );
    expect(shares.map(({ amountCents }) => amountCents)).toEqual([300, 600]);
  });

  it('refuse an exercice that the other has closed', async () => {
    await here.officer.records('/grants', grant(1));
    await level();
    await pay(there, 'P-1');
    here.onDay('2011-03-01');
    there.onDay('2011-03-01');
    const { position } = await here.closes(2010, '2011-03-01');
    await there.auditor.get(`/exercices?atLeast=${position}`);
    expect(codesOf([await pay(there, 'P-2', { amountCents: 5_000, exercice: 2010 })])).toEqual(['409 EXERCICE_CLOSED']);
  });

  it('close an exercice on everything either has recorded: what comes in late is refused, or stops the signature', async () => {
    await here.officer.records('/grants', grant(1));
    await level();
    for (const story of [here, there]) story.onDay('2011-03-01');
    await late(there, 'P-0', 300);
    const eure = await here.hire('controller', 'controle-1', 'eure');
    const closing = '/exercices/2010/closing';
    const sign = { decision: 'sign' };
    // on its way to the log when the closing is proposed: the other server cannot know
    await store.delay('append', 1_500, { times: 1, stream: 'grant-' });
    const onItsWay = late(there, 'P-1', 400);
    while (there.opened.ledger.totals.settled) await setImmediate();
    await here.controller.records(closing, { closedOn: '2011-03-01' });
    expect(codesOf([await onItsWay])).toEqual(['201']);
    expect(codesOf([await eure.post(`${closing}/countersignatures`, sign)])).toEqual(['409 CLOSING_TOTALS_CHANGED']);
    await level();
    expect(codesOf([await late(there, 'P-2', 500)])).toEqual(['409 EXERCICE_CLOSING']);
    await here.controller.records(`${closing}/withdrawal`, { reason: 'un versement tardif' });
    await level();
    expect(codesOf([await late(there, 'P-3', 600)])).toEqual(['201']);
    const { position, totals } = await here.closes(2010, '2011-03-01');
    await there.auditor.get(`/exercices?atLeast=${position}`);
    expect(codesOf([await late(there, 'P-9', 99)])).toEqual(['409 EXERCICE_CLOSED']);
    const paid = store.events().filter((event) => event.type === 'PaymentRecorded.v1');
    const cents = paid.map(({ data }) => (data as { amountCents: number }).amountCents);
    expect(totals.find((row) => row['funderId'] === 'region')).toMatchObject({
      disbursedCents: cents.reduce((sum, amount) => sum + amount, 0),
    });
  });

  it('go on when the other is gone, and the other when it comes back', async () => {
    await here.officer.records('/grants', grant(1));
    await level();
    await there.opened.close();
    const { position } = (await pay(here, 'P-1')).body as { position: string };
    there = await Story.begin('2010-04-01', { eventStoreUrl: store.url });
    const { body } = await there.auditor.get<{ data: { paymentId: string }[] }>(`/payments?atLeast=${position}`);
    expect(body.data.map(({ paymentId }) => paymentId)).toEqual(['P-1']);
  });
});

describe('A ledger on EventStoreDB', () => {
  it('answers a request that is repeated with a position at or after its event', async () => {
    await here.officer.records('/grants', grant(1));
    const first = await pay(here, 'P-1');
    await pay(here, 'P-2', { amountCents: 5 });
    const again = await pay(here, 'P-1');
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(Number(again.body['position'])).toBeGreaterThanOrEqual(Number(first.body['position']));
  });

  it('says that the outcome is unknown when the store does not answer, and repeats safely', async () => {
    await here.officer.records('/grants', grant(1));
    await store.loseReplies('silence', { stream: 'grant-' });
    const asked = pay(here, 'P-1');
    const { status, body, headers } = await asked;
    expect({ status, code: body['code'], retry: headers['retry-after'] }).toEqual({
      status: 503,
      code: 'OUTCOME_UNKNOWN',
      retry: '1',
    });
    await store.clearFaults();
    expect((await pay(here, 'P-1')).status).toBe(200);
    expect(store.events().filter((event) => event.type === 'PaymentRecorded.v1')).toHaveLength(1);
  });

  it('says so in its health and its metrics when the store is gone, and recovers by itself', async () => {
    await store.kill();
    const gone = await here.nobody.send({ method: 'GET', url: '/health' });
    expect(gone).toMatchObject({ status: 503, body: { status: 'unavailable', head: null } });
    expect((await here.auditor.send({ method: 'GET', url: '/metrics' })).text).toContain('ledger_store_up 0');
    await store.start();
    await here.officer.records('/grants', grant(1));
    const back = await here.nobody.send({ method: 'GET', url: '/health' });
    expect(back).toMatchObject({ status: 200, body: { status: 'ready' } });
    const { text } = await here.auditor.send({ method: 'GET', url: '/metrics' });
    expect(text).toMatch(/^ledger_store_up 1$/m);
    expect(text).toMatch(/^ledger_store_retries_total [1-9]/m);
  });

  it('refuses a position where no event stands, and a list from there on', async () => {
    const { position } = await here.officer.records<{ position: string }>('/grants', grant(1));
    expect(await here.auditor.get(`/events?after=${Number(position) - 1}`)).toMatchObject({
      status: 400,
      body: { code: 'POSITION_UNKNOWN' },
    });
    expect((await here.auditor.get(`/events?after=${position}`)).status).toBe(200);
  });
});

describe('Two servers that seal', () => {
  interface Seal {
    readonly number: number;
    readonly treeSize: number;
    readonly previousSealHash: string | null;
    readonly sealHash: string;
  }

  it('at the same time leave one chain, and each proves what the other sealed', async () => {
    await here.officer.records('/grants', grant(1));
    for (let i = 1; i <= 4; i += 1) {
      await pay(i % 2 === 0 ? here : there, `P-${i}`);
      const replies = await Promise.all([here, there, here].map(async (story) => story.controller.post('/seals')));
      expect(replies.map(({ status }) => status < 300)).toEqual([true, true, true]);
    }
    const { position } = (await here.controller.post<{ position: string }>('/seals')).body;
    for (const story of [here, there]) {
      const { data } = (await story.auditor.get<{ data: Seal[] }>(`/seals?atLeast=${position}`)).body;
      const seals = data.toReversed();
      expect(seals.length).toBeGreaterThanOrEqual(4);
      expect(seals.map(({ number }) => number)).toEqual(seals.map((_, i) => i + 1));
      const hashes = [null, ...seals.map(({ sealHash }) => sealHash)];
      expect(seals.map(({ previousSealHash }) => previousSealHash)).toEqual(hashes.slice(0, -1));
      for (const path of [`${seals.length}/inclusion?payment=P-4`, `consistency?from=1&to=${seals.length}`])
        expect((await story.auditor.get(`/seals/${path}`)).status).toBe(200);
    }
    const { differences, seals } = await verifyLog(here.opened.ledger.store, undefined, undefined, 'several');
    expect({ differences, enough: seals >= 4 }).toEqual({ differences: [], enough: true });
  });
});
