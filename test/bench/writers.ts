/**
 * `npm run bench:writers` — several servers on one EventStoreDB record payments of one scheme at the same time, each a
 * process with a data folder of its own; the log is asked afterwards how far apart the funders were (R12, decision
 * record 0005). On the test server, or on a server of yours with ESDB_URL, which keeps what is written.
 */

import { fork, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { START, type EventStore } from '#libs/event-store/event-store';
import { EventStoreDb } from '#libs/event-store/eventstoredb';
import { categories, readLedgerEvent } from '../../src/catalogue.js';
import { verifyLog } from '../../src/history/verify-log.js';
import { startTestServer } from '../eventstoredb/test-server.js';
import { loadOf, median, newFolder, newRun, PAYMENTS, ROUNDS, rowOf, whole, type Load } from './measure.js';
import { gapCents, splitHistory, type Split, type SplitHistory } from './split-history.js';
import type { Answer, Order } from './writer.js';

const { ESDB_URL, WRITERS = '2,4' } = process.env;
const AT_ONCE = 16;
const PAGE = 2_000;
/** By then the funders are level again, or never. */
const HEALED_WITHIN = 1_000;
/** Appends of one grant in nine come so late to the log: what a server may do whose calls do not wait for each other. */
const LATE_MS = 5;

interface Setup {
  readonly what: string;
  readonly writers: number;
  readonly width: number;
  readonly outOfOrder?: true;
}

interface Outcome extends SplitHistory {
  readonly perSecond: number;
  readonly lateTotals: number;
  readonly differences: number;
  /** Payments by one writer until the gap was a cent again. */
  readonly healedAfter: number;
}

class Writer {
  private readonly child: ChildProcess = fork(join(import.meta.dirname, 'writer.js'), {
    execArgv: ['--max-semi-space-size=32', '--enable-source-maps'],
  });
  private hear: (answer: Answer) => void = () => {};

  constructor() {
    this.child.on('message', (answer: Answer) => this.hear(answer));
    this.child.on('exit', (code) => this.hear({ done: false, why: `it ended: ${code}` }));
  }

  /** One order after the other. @throws what went wrong there */
  async tell(order: Order): Promise<void> {
    const answered = new Promise<Answer>((resolve) => {
      this.hear = resolve;
    });
    this.child.send(order);
    const { done, why } = await answered;
    if (!done) throw new Error(`${order.do}: ${why}`);
  }

  end(): void {
    if (this.child.connected) this.child.disconnect();
  }
}

function setups(): Setup[] {
  const several = WRITERS.split(',').map(Number);
  return [
    { what: '1 server, 1 in flight', writers: 1, width: 1 },
    { what: '1 server, 50 in flight', writers: 1, width: 50 },
    ...(ESDB_URL === undefined
      ? [{ what: '1 server, 50 in flight, some late', writers: 1, width: 50, outOfOrder: true as const }]
      : []),
    ...several.flatMap((writers) => [
      { what: `${writers} servers, 1 in flight each`, writers, width: 1 },
      { what: `${writers} servers, ${AT_ONCE} in flight each`, writers, width: AT_ONCE },
    ]),
  ];
}

async function measure(setup: Setup): Promise<Outcome> {
  if (ESDB_URL !== undefined) return recordTogether(setup, ESDB_URL);
  const server = await startTestServer();
  try {
    const delay = () => server.delay('append', LATE_MS, { stream: `grant-G-${LATE_RUN}-1` });
    return await recordTogether(setup, server.url, setup.outOfOrder === true ? delay : undefined);
  } finally {
    await server.stop();
  }
}

/** The first writer's grants, on a log that nobody else writes. */
const LATE_RUN = '0001';

async function recordTogether(
  { writers: count, width }: Setup,
  eventStoreUrl: string,
  beforeRecording: () => Promise<void> = async () => {},
): Promise<Outcome> {
  const schemeId = `bench-${newRun()}`;
  const each = Math.ceil((width === 1 ? PAYMENTS / 5 : PAYMENTS) / count);
  const first = ESDB_URL === undefined ? LATE_RUN : newRun();
  const loads = Array.from({ length: count }, (_, i): Load => loadOf(each, runAfter(first, i), schemeId));
  const folder = newFolder();
  const writers = loads.map(() => new Writer());
  const all = (order: (load: Load, i: number) => Order) =>
    Promise.all(writers.map((writer, i) => writer.tell(order(loads[i]!, i))));
  const store = await EventStoreDb.open(eventStoreUrl, { categories });
  try {
    for (const [i, writer] of writers.entries())
      await writer.tell({ do: 'open', dataDir: join(folder, String(i)), eventStoreUrl });
    await all((load) => ({ do: 'award', load }));
    await all(() => ({ do: 'catch-up' }));
    await beforeRecording();
    const start = process.hrtime.bigint();
    await all((load) => ({ do: 'record', load, from: 0, count: each, width }));
    const perSecond = (each * count) / (Number(process.hrtime.bigint() - start) / 1e9);
    const recorded = await recordedIn(store, schemeId);
    const { length } = recorded.splits;
    if (length !== each * count) throw new Error(`${length} payments in the log, ${each * count} recorded`);
    const history = splitHistory(recorded.splits);
    await writers[0]!.tell({ do: 'catch-up' });
    const healedAfter = await heal(writers[0]!, loads[0]!, store, each, recorded);
    const { lateTotals, differenceCount: differences } = await verifyLog(store, undefined, undefined, 'several');
    await all(() => ({ do: 'close' }));
    return { ...history, perSecond, lateTotals, differences, healedAfter };
  } finally {
    for (const writer of writers) writer.end();
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

/** One writer alone goes on until the funders are within a cent. */
async function heal(writer: Writer, load: Load, store: EventStore, from: number, before: Recorded): Promise<number> {
  const splits = [...before.splits];
  let { position } = before;
  for (let count = 0; count < HEALED_WITHIN; count += 1) {
    if (gapCents(splits) <= 1) return count;
    await writer.tell({ do: 'record', load, from: from + count, count: 1, width: 1 });
    const more = await recordedIn(store, load.schemeId, position);
    splits.push(...more.splits);
    position = more.position;
  }
  throw new Error(`a gap of ${gapCents(splits)} cents after ${HEALED_WITHIN} payments`);
}

interface Recorded {
  readonly splits: readonly Split[];
  /** Where the log was read to. */
  readonly position: number;
}

/** The scheme's payments, in the log's order. */
async function recordedIn(store: EventStore, schemeId: string, after = START): Promise<Recorded> {
  const splits: Split[] = [];
  for (let position = after; ;) {
    const page = await store.readAll(position, PAGE);
    if (page.length === 0) return { splits, position };
    for (const stored of page) {
      const { type, data } = readLedgerEvent(stored);
      if (type !== 'PaymentRecorded.v1' || data.schemeId !== schemeId) continue;
      const { actor } = stored.metadata as { readonly actor: string };
      const sharesCents = data.shares.map((share) => share.amountCents);
      splits.push({ writer: actor, sharesCents, seenCents: data.split.seenCents });
    }
    position = page.at(-1)!.position;
  }
}

function runAfter(first: string, i: number): string {
  return String((Number(first) + i) % 10_000).padStart(4, '0');
}

/** The value that so many per cent of them do not exceed. */
function percentile(values: readonly number[], percent: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(((values.length - 1) * percent) / 100)]!;
}

function rowOfOutcomes(what: string, outcomes: readonly Outcome[]): string {
  const most = (of: (outcome: Outcome) => number) => whole(Math.max(...outcomes.map(of)));
  const middle = (of: (outcome: Outcome) => number) => whole(median(outcomes.map(of)));
  return rowOf([
    what,
    middle((outcome) => outcome.perSecond),
    `${middle((outcome) => (100 * outcome.lateTotals) / outcome.inFlight.length)} %`,
    middle((outcome) => percentile(outcome.inFlight, 50)),
    middle((outcome) => percentile(outcome.inFlight, 99)),
    most((outcome) => Math.max(...outcome.inFlight)),
    most((outcome) => outcome.widestGapCents),
    most((outcome) => outcome.lastGapCents),
    most((outcome) => outcome.healedAfter),
    most((outcome) => outcome.beyondBound + outcome.unexplained + outcome.differences),
  ]);
}

async function main(): Promise<void> {
  const outcomes = new Map<string, Outcome[]>();
  for (let round = 1; round <= ROUNDS; round += 1) {
    console.error(`round ${round} of ${ROUNDS}`);
    for (const setup of setups()) outcomes.set(setup.what, [...(outcomes.get(setup.what) ?? []), await measure(setup)]);
  }
  const where = ESDB_URL === undefined ? 'the test server, on the same machine' : 'a server of yours';
  console.log(`${PAYMENTS} payments in all, a fifth one at a time; ${ROUNDS} rounds; ${where}\n`);
  const columns = ['work', 'payments/s', 'late', 'F p50', 'F p99', 'F most', 'gap', 'at the end', 'healed', 'wrong'];
  console.log(rowOf(columns));
  console.log(`|---${'|---:'.repeat(columns.length - 1)}|`);
  for (const [what, measured] of outcomes) console.log(rowOfOutcomes(what, measured));
  console.log('\nlate: payments split on totals that were not the log’s. F: payments in flight when one was decided.');
  console.log('gap: the widest between funders at any point of the log, in cents; at the end: when all had recorded.');
  console.log(
    'healed: payments by one server until the gap was a cent again. Medians; gaps and what is most, of all rounds.',
  );
  console.log('wrong: points beyond 1 + F, totals seen that nothing explains, and what verify finds: none is right.');
}

await main();
