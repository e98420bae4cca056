/** A consumer through dropped subscriptions of every kind and restarts while a writer appends: it has exactly what is stored. */

import { setImmediate, setTimeout as pause } from 'node:timers/promises';
import { NO_STREAM, START, StoreUnavailable, type StoredEvent, type Subscription } from '#libs/event-store/event-store';
import { EventStoreDb } from '#libs/event-store/eventstoredb';
import { Random } from '../../src/demo/random.js';
import { Differences, reported, type Report } from './chaos-report.js';
import { startTestServer, type TestServer } from './test-server.js';
import { callTrouble, ENDINGS, nodeTrouble, QUICK_ENDINGS, subscriptionTrouble } from './trouble.js';

const patience = { categories: ['counter'], giveUpAfterMs: 10_000, attemptMs: 300, watchEveryMs: 60 };
const STREAMS = 12;

const DROPS = Object.values(subscriptionTrouble(ENDINGS));
const OTHERS = Object.values({ ...callTrouble(QUICK_ENDINGS), ...nodeTrouble });
/** Rarely something else than a dropped subscription. */
const OTHER_EVERY = 6;
/** As a process does that ends and is started again. */
const RESUMED_EVERY = 12;

/** @param drops how often the subscription is to be made again */
export function followThroughChaos(seed: number, drops: number): Promise<Report> {
  return reported(async () => {
    const server = await startTestServer({ version: seed % 2 === 0 ? '23.10' : '26.1' });
    try {
      return await follow(server, seed, drops);
    } finally {
      await server.stop();
    }
  });
}

async function follow(server: TestServer, seed: number, drops: number): Promise<Report> {
  const random = new Random(seed, 'following');
  const [reader, writer] = await Promise.all([
    EventStoreDb.open(server.url, patience),
    EventStoreDb.open(server.url, patience),
  ]);
  const consumer = new Consumer(reader, new Random(seed, 'consumer'));
  const writing = new AbortController();
  const lanes = Promise.all(
    Array.from({ length: STREAMS }, (_, i) =>
      write(writer, `counter-${i}`, new Random(seed, `writer ${i}`), writing.signal),
    ),
  );
  let [resumed, troubles] = [0, 0];
  while (reader.counts.subscriptionRestarts < drops) {
    await consumer.moves();
    const misdeed = random.pick(random.below(OTHER_EVERY) === 0 ? OTHERS : DROPS);
    await misdeed(server, random);
    troubles += 1;
    if (random.below(RESUMED_EVERY) > 0) continue;
    await consumer.resume();
    resumed += 1;
  }
  await server.clearFaults();
  writing.abort();
  await lanes;
  await server.applyLateAppends();
  const stored = server.events();
  await consumer.reaches(stored.at(-1)!.position);
  const { subscriptionRestarts } = reader.counts;
  await Promise.all([reader.close(), writer.close()]);
  const differences = new Differences();
  const { received } = consumer;
  for (let i = 0; i < Math.max(stored.length, received.length); i += 1)
    differences.expect(
      same(stored[i], received[i]),
      () => `place ${i}: stored ${place(stored[i])}, received ${place(received[i])}`,
    );
  for (const ended of consumer.ended) differences.expect(false, () => `the subscription ended: ${ended}`);
  return {
    what: 'a consumer through dropped subscriptions',
    seed,
    figures: { events: stored.length, subscriptionRestarts, resumed, troubles },
    differences: differences.all,
  };
}

type Placed = Pick<StoredEvent, 'id' | 'stream' | 'revision' | 'position'>;

function same(stored: Placed | undefined, received: Placed | undefined): boolean {
  return place(stored) === place(received);
}

function place(event: Placed | undefined): string {
  return event === undefined ? 'nothing' : `${event.position} ${event.stream}@${event.revision} ${event.id}`;
}

/** Keeps what it receives, now and then slowly, and waits for more. */
class Consumer {
  readonly received: StoredEvent[] = [];
  readonly ended: string[] = [];
  private subscription: Subscription;
  private wake: () => void = () => {};

  constructor(
    private readonly store: EventStoreDb,
    private readonly random: Random,
  ) {
    this.subscription = this.subscribe();
  }

  private subscribe(): Subscription {
    const take = async (events: readonly StoredEvent[]) => {
      for (let turns = this.random.below(4); turns > 0; turns -= 1) await setImmediate();
      this.received.push(...events);
      this.wake();
    };
    return this.store.subscribe(this.position, take, (reason) => {
      this.ended.push(String(reason));
      this.wake();
    });
  }

  private get position(): number {
    return this.received.at(-1)?.position ?? START;
  }

  async resume(): Promise<void> {
    await this.subscription.stop();
    this.subscription = this.subscribe();
  }

  /** Resolves with the next delivery. */
  async moves(): Promise<void> {
    if (this.ended.length > 0) throw new Error(`the subscription ended: ${this.ended[0]}`);
    await new Promise<void>((resolve) => {
      this.wake = resolve;
    });
  }

  async reaches(position: number): Promise<void> {
    while (this.position < position) await this.moves();
  }
}

/** Appends to a stream until told to stop; where an outcome is unknown it looks. */
async function write(store: EventStoreDb, stream: string, random: Random, signal: AbortSignal): Promise<void> {
  let last = NO_STREAM;
  while (!signal.aborted) {
    const events = Array.from({ length: random.between(1, 4) }, (_, by) => ({
      id: random.uuid(),
      type: 'Counted.v1',
      data: { by },
      metadata: {},
    }));
    try {
      last = (await store.append(stream, last, events)).revision;
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      last = (await store.readStream(stream)).at(-1)?.revision ?? NO_STREAM;
    }
    await pause(random.between(1, 20));
  }
}
