/**
 * Two whole ledgers on one EventStoreDB record payments through chaos, one outage longer than their patience included.
 * Their clients ask again, at either of them, until they are answered: every payment is recorded once, the balances are
 * equal to what was asked, and verification finds no difference.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { verifyLog, type ShownBalances } from '../../src/history/verify-log.js';
import { Random } from '../../src/demo/random.js';
import { openLedger, type OpenedLedger } from '../../src/server.js';
import { Differences, reported, type Report } from './chaos-report.js';
import { startTestServer, type DumpedEvent, type TestServer } from './test-server.js';
import { callTrouble, nodeTrouble, QUICK_ENDINGS, Trouble } from './trouble.js';

const GRANTS = 12;
/** An append is given up after fifteen seconds. */
const OUTAGE_MS = 16_500;
/** So many payments at least are kept when it begins, and not answered. */
const UNANSWERED = 4;
/** What a client asks again after. */
const COME_BACK = new Set(['OUTCOME_UNKNOWN', 'STORE_UNAVAILABLE', 'READ_MODEL_BEHIND']);

/** One of the servers, and who asks it. */
interface Serving {
  readonly opened: OpenedLedger;
  readonly token: string;
}

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** How often it was asked, and with which answers. */
interface Tally {
  asked: number;
  outcomeUnknown: number;
  unavailable: number;
  alreadyRecorded: number;
}

export function recordThroughChaos(seed: number, payments: number): Promise<Report> {
  return reported(async () => {
    const server = await startTestServer();
    const folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'chaos-')));
    try {
      return await record(server, folders, seed, payments);
    } finally {
      await server.stop();
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    }
  });
}

async function record(server: TestServer, folders: readonly string[], seed: number, payments: number): Promise<Report> {
  const servers: Serving[] = [];
  for (const dataDir of folders) servers.push(await serve(dataDir, server.url));
  const differences = new Differences();
  for (let i = 0; i < GRANTS; i += 1) {
    const { status, body } = await ask(servers[i % servers.length]!, 'POST', '/grants', grant(i));
    differences.expect(status === 201, () => `grant ${i}: ${status} ${JSON.stringify(body)}`);
  }
  const trouble = new Trouble(
    server,
    new Random(seed, 'trouble'),
    { ...callTrouble(QUICK_ENDINGS), ...nodeTrouble },
    60,
  );
  const tally: Tally = { asked: 0, outcomeUnknown: 0, unavailable: 0, alreadyRecorded: 0 };
  const amounts = new Map<string, number>();
  const lanes = (from: number, to: number) =>
    Promise.all(
      Array.from({ length: GRANTS }, async (_, number) => {
        const random = new Random(seed, `grant ${number} from ${from}`);
        for (let i = from + number; i < to; i += GRANTS) {
          const asked = payment(`P-${i}`, random.between(1, 50_000));
          amounts.set(asked.paymentId, asked.amountCents);
          const line = await recordOnce(servers, random, `/grants/G-${number}/payments`, asked, tally);
          differences.expect(line === undefined, () => line!);
        }
      }),
    );
  await lanes(0, payments / 2);
  await trouble.end();
  await outage(server, lanes(payments / 2, payments));
  const stored = server.events();
  compareRecorded(stored, amounts, differences);
  for (const serving of servers) await compareShown(serving, stored.at(-1)!.position, amounts, differences);
  for (const { opened } of servers) await opened.close();
  return {
    what: 'two ledgers that record payments',
    seed,
    figures: { payments: amounts.size, ...tally, events: stored.length, troubles: trouble.count },
    differences: differences.all,
  };
}

/** Kills the server for longer than anybody waits, while something goes on, of which it keeps some without an answer. */
async function outage(server: TestServer, meanwhile: Promise<unknown>): Promise<void> {
  await server.loseReplies('silence');
  const { appended } = await server.counts();
  while ((await server.counts()).appended < appended + UNANSWERED) await pause(5);
  await server.kill();
  await pause(OUTAGE_MS);
  await server.start();
  await meanwhile;
}

async function serve(dataDir: string, eventStoreUrl: string): Promise<Serving> {
  const opened = await openLedger({ dataDir, eventStoreUrl, logger: false });
  const operator = { opened, token: opened.operatorKey };
  const officer = { role: 'officer', funderId: 'region', name: 'poste-1', days: 30 };
  const { body } = await ask(operator, 'POST', '/tokens', officer);
  return { opened, token: body['token'] as string };
}

async function ask(
  { opened, token }: Serving,
  method: 'GET' | 'POST',
  path: string,
  payload?: object,
): Promise<Answer> {
  const { statusCode, body } = await opened.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: { authorization: `Bearer ${token}` },
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: statusCode, body: JSON.parse(body) as Answer['body'] };
}

/** Asks for one payment, at one server or the other, until it is answered for. @returns what was answered instead */
async function recordOnce(
  servers: readonly Serving[],
  random: Random,
  path: string,
  asked: object,
  tally: Tally,
): Promise<string | undefined> {
  for (;;) {
    tally.asked += 1;
    const { status, body } = await ask(random.pick(servers), 'POST', path, asked);
    if (status === 200) tally.alreadyRecorded += 1;
    if (status === 200 || status === 201) return undefined;
    if (status !== 503 || !COME_BACK.has(String(body['code']))) return `${path}: ${status} ${JSON.stringify(body)}`;
    if (body['code'] === 'OUTCOME_UNKNOWN') tally.outcomeUnknown += 1;
    else tally.unavailable += 1;
    await pause(random.between(5, 100));
  }
}

function compareRecorded(
  stored: readonly DumpedEvent[],
  amounts: ReadonlyMap<string, number>,
  differences: Differences,
): void {
  const recorded = new Map<string, number>();
  for (const { type, data } of stored) {
    if (type !== 'PaymentRecorded.v1') continue;
    const { paymentId, amountCents } = data as { paymentId: string; amountCents: number };
    differences.expect(!recorded.has(paymentId), () => `${paymentId} is recorded twice`);
    recorded.set(paymentId, amountCents);
  }
  for (const [paymentId, amountCents] of amounts)
    differences.expect(
      recorded.get(paymentId) === amountCents,
      () => `${paymentId}: asked ${amountCents}, recorded ${recorded.get(paymentId)}`,
    );
  differences.expect(recorded.size === amounts.size, () => `${recorded.size} recorded, ${amounts.size} asked for`);
}

async function compareShown(
  serving: Serving,
  position: number,
  amounts: ReadonlyMap<string, number>,
  differences: Differences,
): Promise<void> {
  const { status, body } = await ask(serving, 'GET', `/balances?atLeast=${position}`);
  differences.expect(status === 200, () => `balances: ${status} ${JSON.stringify(body)}`);
  if (status !== 200) return;
  const { data, totals, sumOfPositionsCents } = body as {
    data: ShownBalances['rows'];
    totals: { disbursedCents: number };
    sumOfPositionsCents: number;
  };
  const asked = Array.from(amounts.values()).reduce((sum, cents) => sum + cents, 0);
  differences.expect(totals.disbursedCents === asked, () => `disbursed ${totals.disbursedCents}, asked for ${asked}`);
  differences.expect(sumOfPositionsCents === 0, () => `the positions sum to ${sumOfPositionsCents}`);
  const shown = { rows: data, position: Number(body['position']) };
  const { store } = serving.opened.ledger;
  const { differences: found, payments } = await verifyLog(store, shown, undefined, 'several');
  for (const { code, detail } of found) differences.expect(false, () => `verification: ${code} ${detail}`);
  differences.expect(payments === amounts.size, () => `${payments} payments verified`);
}

function grant(number: number) {
  return {
    grantId: `G-${number}`,
    schemeId: 'emplois-tremplins',
    amountCents: 1_000_000_000,
    beneficiary: { name: `Foyer ${number} (démo)`, rna: `W27600${String(number).padStart(4, '0')}` },
    agreement: { number: `C-${number}`, signedOn: '2010-01-04' },
    period: { from: '2010-01-01', to: '2012-12-31' },
    instructedBy: 'region',
  };
}

function payment(paymentId: string, amountCents: number) {
  return { paymentId, amountCents, paidOn: '2010-03-31', instalment: 'interim', overrideReason: 'acompte distinct' };
}
