/**
 * Several servers on one EventStoreDB pay from one scheme at the same time, each knowing of the others what has reached
 * it: the funders are never further apart than what was on its way, and come level again (R12, decision record 0005).
 */

import { verifyLog } from '../../src/history/verify-log.js';
import { gapCents, splitHistory, type Split } from '../bench/split-history.js';
import { startTestServer, type TestServer } from '../eventstoredb/test-server.js';
import { amounts, FUNDERS, grant, payment, Story, type LoggedEvent, type Share } from './kit.js';

const GRANTS = 6;
const PAYMENTS_A_GRANT = 5;

describe.each([2, 4])('%i servers that pay from one scheme at once', (count) => {
  let store: TestServer;
  let servers: Story[];
  /** Every payment, in the log's order, when all had paid. */
  let paid: readonly LoggedEvent[];

  beforeAll(async () => {
    store = await startTestServer();
    servers = [];
    while (servers.length < count) servers.push(await Story.begin('2010-04-01', { eventStoreUrl: store.url }));
    await together(async (server, number) => {
      for (let i = 0; i < GRANTS; i += 1) await server.officer.records('/grants', grant(number * GRANTS + i));
    });
    await level();
    await together(async (server, number) => {
      await Promise.all(Array.from({ length: GRANTS }, (_, i) => payFrom(server, number, number * GRANTS + i)));
    });
    paid = await payments();
  });

  afterAll(async () => {
    await together((server) => server.end());
    await store.stop();
  });

  const together = (act: (server: Story, number: number) => Promise<unknown>) => Promise.all(servers.map(act));

  /** Resolves when every server knows the whole log. */
  async function level(): Promise<void> {
    await together(async ({ opened: { ledger } }) => ledger.upToDate(await ledger.store.head()));
  }

  async function payments(): Promise<LoggedEvent[]> {
    await level();
    return (await servers[0]!.events()).filter((event) => event.type === 'PaymentRecorded.v1');
  }

  it('record each payment once, with shares that sum to it (R6)', () => {
    const asked = servers.flatMap((_, number) =>
      Array.from({ length: GRANTS }, (__, i) => idsOf(number, number * GRANTS + i)).flat(),
    );
    expect(paid.map(({ data }) => data['paymentId'] as string).toSorted()).toEqual(asked.toSorted());
    const sums = paid.map(({ data }) => amounts(data['shares'] as Share[]).reduce((sum, cents) => sum + cents, 0));
    expect(sums).toEqual(paid.map(({ data }) => data['amountCents']));
  });

  it('decide each on its own payments and on what has reached it of the others’ (R7)', () => {
    const { unexplained, inFlight } = splitHistory(paid.map(splitOf));
    expect(unexplained).toBe(0);
    // else they were not at it together
    expect(Math.max(...inFlight)).toBeGreaterThan(0);
  });

  it('keep the funders within 1 + F cents at every point of the log, F payments being on their way', () => {
    expect(splitHistory(paid.map(splitOf)).beyondBound).toBe(0);
  });

  it('leave a log in which verification finds no difference', async () => {
    const [{ opened }] = servers as [Story];
    const {
      differences,
      lateTotals,
      payments: verified,
    } = await verifyLog(opened.ledger.store, undefined, undefined, 'several');
    expect(differences).toEqual([]);
    expect(verified).toBe(paid.length);
    expect(lateTotals).toBeGreaterThan(0);
  });

  it('all show the same balances', async () => {
    await level();
    const shown = await Promise.all(
      servers.map(async ({ auditor }) => (await auditor.get('/balances?scheme=insertion&exercice=2010')).body['data']),
    );
    expect(shown).toEqual(servers.map(() => shown[0]));
  });

  it('bring the funders within a cent again, whichever of them pays on (R12)', async () => {
    const number = count - 1;
    const apart = gapCents(paid.map(splitOf));
    // each gives a cent to whoever is most behind, and of three funders two may be
    const more = 2 * apart + FUNDERS.length;
    for (let i = 0; i < more; i += 1) await pay(servers[number]!, number * GRANTS, `S${number}-more-${i}`, 100);
    const splits = (await payments()).map(splitOf);
    expect(gapCents(splits)).toBeLessThanOrEqual(1);
    // with nobody else at it, each of them saw the whole log
    expect(splitHistory(splits).inFlight.slice(paid.length)).toEqual(Array(more).fill(0));
  });
});

/** One payment after the other from a grant; with one left-over cent or two. */
async function payFrom(server: Story, number: number, grantNumber: number): Promise<void> {
  for (const [turn, paymentId] of idsOf(number, grantNumber).entries())
    await pay(server, grantNumber, paymentId, 1_000 + 3 * ((grantNumber * 7 + turn * 31) % 100) + (turn % 2));
}

async function pay({ officer }: Story, grantNumber: number, paymentId: string, amountCents: number): Promise<void> {
  await officer.records(`/grants/G-${grantNumber}/payments`, payment(paymentId, { amountCents }));
}

function idsOf(number: number, grantNumber: number): string[] {
  return Array.from({ length: PAYMENTS_A_GRANT }, (_, turn) => `S${number}-${grantNumber}-${turn}`);
}

function splitOf({ data }: LoggedEvent): Split {
  const { seenCents } = data['split'] as { readonly seenCents: readonly number[] };
  const [writer] = (data['paymentId'] as string).split('-');
  return { writer: writer!, sharesCents: amounts(data['shares'] as Share[]), seenCents };
}
