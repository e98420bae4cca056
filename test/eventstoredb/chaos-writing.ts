/**
 * Two processes write the same streams of a cluster, in lanes of their own, through lost answers, late appends, elections and
 * lost nodes: acknowledged = stored, once and in order; refused = not stored; unknown = stored once or not at all.
 */

import {
  NO_STREAM,
  OutcomeUnknown,
  StoreUnavailable,
  WrongExpectedRevision,
  type Appended,
  type NewEvent,
} from '#libs/event-store/event-store';
import { EventStoreDb } from '#libs/event-store/eventstoredb';
import { Random } from '../../src/demo/random.js';
import { Differences, reported, type Report } from './chaos-report.js';
import { startTestServer, type DumpedEvent, type TestServer } from './test-server.js';
import { callTrouble, clusterTrouble, ENDINGS, nodeTrouble, Trouble } from './trouble.js';

/** So short that some appends are given up. */
const impatience = { categories: ['counter'], giveUpAfterMs: 900, attemptMs: 250, watchEveryMs: 60 };
const PROCESSES = 2;
const LANES = 5;
/** Streams that every lane writes, beside one of its own. */
const CONTESTED = 2;

/** One append and what was said of it. */
interface Sent {
  readonly lane: number;
  readonly stream: string;
  readonly ids: readonly string[];
  readonly outcome: Appended | 'refused' | 'not kept' | 'unknown';
}

/** @param enough how many appends are to be acknowledged */
export function writeThroughChaos(seed: number, enough: number): Promise<Report> {
  return reported(async () => {
    const server = await startTestServer({ nodes: 3 });
    try {
      return await write(server, seed, enough);
    } finally {
      await server.stop();
    }
  });
}

async function write(server: TestServer, seed: number, enough: number): Promise<Report> {
  const stores = await Promise.all(Array.from({ length: PROCESSES }, () => EventStoreDb.open(server.url, impatience)));
  const { restarts } = nodeTrouble;
  const misdeeds = { ...callTrouble(ENDINGS), ...clusterTrouble, restarts: restarts! };
  const trouble = new Trouble(server, new Random(seed, 'trouble'), misdeeds);
  const sent: Sent[] = [];
  let acknowledged = 0;
  const told = (each: Sent) => {
    sent.push(each);
    if (typeof each.outcome === 'object') acknowledged += 1;
    return acknowledged < enough;
  };
  const lanes = stores.flatMap((store, i) =>
    Array.from({ length: LANES }, (_, j) => lane(store, i * LANES + j, new Random(seed, `lane ${i} ${j}`), told)),
  );
  await Promise.all(lanes);
  await trouble.end();
  await Promise.all(stores.map((store) => store.close()));
  const of = (outcome: Sent['outcome']) => sent.filter((each) => each.outcome === outcome).length;
  const stored = server.events();
  return {
    what: 'two processes that write one cluster',
    seed,
    figures: {
      acknowledged,
      stored: stored.length,
      refused: of('refused'),
      notKept: of('not kept'),
      unknown: of('unknown'),
      retries: stores.reduce((sum, { counts }) => sum + counts.retries, 0),
      troubles: trouble.count,
    },
    differences: compare(sent, stored),
  };
}

/** Appends, up to three on top of each other, until it is told that it is enough. */
async function lane(store: EventStoreDb, number: number, random: Random, told: (sent: Sent) => boolean): Promise<void> {
  const last = new Map<string, number>();
  for (let going = true; going;) {
    const contested = random.below(CONTESTED + 2);
    const stream = contested < CONTESTED ? `counter-all.${contested}` : `counter-lane.${number}`;
    let expected = last.get(stream) ?? (await lastOf(store, stream));
    const appends = Array.from({ length: random.between(1, 3) }, async (): Promise<Sent> => {
      const events = Array.from({ length: random.between(1, 3) }, () => counted(random));
      const append = store.append(stream, expected, events);
      expected += events.length;
      return { lane: number, stream, ids: events.map(({ id }) => id), outcome: await outcomeOf(append) };
    });
    last.delete(stream);
    for (const append of appends) {
      const each = await append;
      going = told(each) && going;
      if (typeof each.outcome === 'object') last.set(stream, each.outcome.revision);
      else last.delete(stream);
    }
  }
}

function counted(random: Random): NewEvent {
  return { id: random.uuid(), type: 'Counted.v1', data: { by: 1 }, metadata: {} };
}

async function outcomeOf(append: Promise<Appended>): Promise<Sent['outcome']> {
  try {
    return await append;
  } catch (error) {
    if (error instanceof OutcomeUnknown) return 'unknown';
    if (error instanceof WrongExpectedRevision) return 'refused';
    if (error instanceof StoreUnavailable) return 'not kept';
    throw error;
  }
}

/** A stream's last revision, however long it takes to read it. */
async function lastOf(store: EventStoreDb, stream: string): Promise<number> {
  for (;;) {
    try {
      return (await store.readStream(stream)).at(-1)?.revision ?? NO_STREAM;
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }
}

function compare(sent: readonly Sent[], stored: readonly DumpedEvent[]): readonly string[] {
  const differences = new Differences();
  const places = new Map<string, DumpedEvent>();
  const lengths = new Map<string, number>();
  for (const event of stored) {
    const { id, stream, revision } = event;
    differences.expect(!places.has(id), () => `${id} is stored twice`);
    places.set(id, event);
    const due = lengths.get(stream) ?? 0;
    differences.expect(revision === due, () => `${stream} has revision ${revision} where ${due} was due`);
    lengths.set(stream, due + 1);
  }
  const lastOfLane = new Map<string, number>();
  for (const { lane: number, stream, ids, outcome } of sent) {
    const found = ids.map((id) => places.get(id));
    const kept = found.filter((event) => event !== undefined);
    const what = `${ids.length} events of lane ${number} on ${stream}`;
    if (outcome === 'unknown') {
      differences.expect(kept.length === 0 || kept.length === ids.length, () => `${what}: unknown, and stored in part`);
    } else if (outcome === 'refused' || outcome === 'not kept') {
      differences.expect(kept.length === 0, () => `${what}: ${outcome}, but stored`);
    } else {
      const { revision, position } = outcome;
      const last = kept.at(-1);
      differences.expect(kept.length === ids.length, () => `${what}: acknowledged, but not stored`);
      differences.expect(
        last?.revision === revision && last.position === position,
        () => `${what}: told ${revision} at ${position}, stored ${last?.revision} at ${last?.position}`,
      );
      const before = lastOfLane.get(`${number} ${stream}`) ?? NO_STREAM;
      differences.expect(revision > before, () => `${what}: stands before what was acknowledged before it`);
      lastOfLane.set(`${number} ${stream}`, revision);
    }
    differences.expect(
      kept.every((event, i) => i === 0 || event.revision === kept[i - 1]!.revision + 1),
      () => `${what}: not one behind the other`,
    );
    for (const event of kept) places.delete(event.id);
  }
  differences.expect(places.size === 0, () => `${places.size} events are stored that nobody sent`);
  return differences.all;
}
