/**
 * EventStoreDB as the event store: one node or a cluster, shared by any number of processes.
 *
 * An append that gets no answer has an unknown outcome. It is sent again with the same event ids at the same expected
 * revision, which the server recognises, until it is answered or the time is over. Appends of one stream go one after
 * the other; what was decided on top of one that failed is not sent.
 */

import {
  BACKWARDS,
  END as FROM_END,
  FORWARDS,
  jsonEvent,
  NO_STREAM as EXPECT_NO_STREAM,
  START as FROM_START,
  StreamNotFoundError,
  WrongExpectedVersionError,
  type AllStreamRecordedEvent,
  type ReadPosition,
} from '@eventstore/db-client';
import { setTimeout as pause } from 'node:timers/promises';
import {
  checkAppend,
  LogReplaced,
  NO_STREAM,
  OutcomeUnknown,
  START,
  StoreUnavailable,
  UnknownPosition,
  WrongExpectedRevision,
  type Appended,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type StoredEvent,
  type StreamEvent,
  type Subscription,
} from './event-store.js';
import { Connection, GivenUp, type Operation } from './eventstoredb-connection.js';
import { failureOf, isTlsFailure } from './eventstoredb-failure.js';
import { follow } from './eventstoredb-follow.js';
import { collect, placeOf, positionOf, recordedFirst, storedEvent, streamEvent } from './eventstoredb-read.js';
import { readStoreUrl, type StoreUrl } from './eventstoredb-url.js';

/** Events asked for at once. */
const PAGE = 2_000;
/** One attempt of an append or of a read. */
const ATTEMPT_MS = 5_000;
/** What is not answered by then is given up. */
const GIVE_UP_AFTER_MS = 15_000;
/** Looking for the log's last event begins with so few, as it is mostly the very last. */
const FIRST_LOOK = 8;
/** The start looks again so often. */
const LOOK_EVERY_MS = 500;

export interface EventStoreDbOptions {
  /** The categories that belong to this log; everything else in the database is passed over. */
  readonly categories: readonly string[];
  /** Keeps another time than the server's with each event, milliseconds since 1970 UTC: for a log that is copied. */
  readonly clock?: () => number;
  /** Told of what was overcome: a lost connection, a subscription that was made again. */
  readonly onTrouble?: (what: string) => void;
  /** How long the start waits for a server that answers. */
  readonly startWithinMs?: number;
  /** An append or a read that is not answered by then is given up. */
  readonly giveUpAfterMs?: number;
  /** One attempt of it. */
  readonly attemptMs?: number;
  /** How often it is looked whether the log moves on while a subscription is silent. */
  readonly watchEveryMs?: number;
}

/** No store that this ledger can use is there. */
export class StoreUnusable extends Error {
  override readonly name = 'StoreUnusable';
}

export class EventStoreDb implements EventStore {
  private readonly connection: Connection;
  readonly counts = { appends: 0, retries: 0, unknownOutcomes: 0, subscriptionRestarts: 0, inFlight: 0 };
  /** The last append of each stream that is under way. */
  private readonly tails = new Map<string, Underway>();
  private readonly subscriptions = new Set<Subscription>();
  private lastKnown = START;
  private lastStamp = 0;
  private closed = false;
  /** Set when the log was replaced under this process: what it knows is void, and nothing is done on top of it. */
  private replaced: LogReplaced | undefined;

  private constructor(
    private readonly url: StoreUrl,
    private readonly options: EventStoreDbOptions,
  ) {
    const { giveUpAfterMs = GIVE_UP_AFTER_MS, attemptMs = ATTEMPT_MS } = options;
    const onRetry = (reason: unknown, attempt: number) => {
      this.counts.retries += 1;
      if (attempt === 1) this.trouble('asked again', reason);
    };
    const onInFlight = (inFlight: number) => {
      this.counts.inFlight = inFlight;
    };
    this.connection = new Connection(url, { giveUpAfterMs, attemptMs, onRetry, onInFlight });
  }

  /**
   * Finds the store and makes sure that it answers this user.
   * @throws WrongStoreUrl StoreUnusable
   */
  static async open(connectionString: string, options: EventStoreDbOptions): Promise<EventStoreDb> {
    const store = new EventStoreDb(readStoreUrl(connectionString), options);
    try {
      await store.firstAnswer();
      return store;
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    checkAppend(stream, expected, events);
    if (this.closed) throw new StoreUnavailable('the store is closed');
    this.checkNotReplaced();
    // now: what JSON cannot say is refused alone, and the writer may change its objects again
    const copies = events.map(({ id, type, data, metadata }) =>
      jsonEvent({ id, type, data: copyOf(data), metadata: this.stamped(copyOf(metadata)) }),
    );
    const underway: Underway = {
      last: expected + events.length,
      appended: this.appendAfter(this.tails.get(stream), stream, expected, copies),
    };
    this.tails.set(stream, underway);
    try {
      return await underway.appended;
    } finally {
      if (this.tails.get(stream) === underway) this.tails.delete(stream);
    }
  }

  async readStream(stream: string, fromRevision = 0): Promise<readonly StreamEvent[]> {
    const events: StreamEvent[] = [];
    for (;;) {
      const from = BigInt(fromRevision + events.length);
      const page = await this.read(async (client, withinMs) => {
        const reading = client.readStream(stream, { fromRevision: from, maxCount: PAGE, requiresLeader: true });
        return collect(reading, withinMs).catch((error: unknown) => {
          if (error instanceof StreamNotFoundError) return [];
          throw error;
        });
      });
      for (const { event } of page) if (event !== undefined) events.push(streamEvent(event));
      if (page.length < PAGE) return events;
    }
  }

  async readAll(after: number, limit: number): Promise<readonly StoredEvent[]> {
    if (after > this.lastKnown && after > (await this.head())) return [];
    const events: StoredEvent[] = [];
    let from = after;
    while (events.length < limit) {
      // the place it begins at is read again
      const count = Math.min(limit - events.length + 1, PAGE);
      const page = await this.page(FORWARDS, from, Math.max(count, 2));
      for (const event of page)
        if (positionOf(event) > from && this.isOurs(event) && events.length < limit) events.push(storedEvent(event));
      const last = page.at(-1);
      if (last === undefined || page.length < Math.max(count, 2)) break;
      from = positionOf(last);
    }
    return events;
  }

  async readAt(position: number, limit = 1): Promise<readonly StoredEvent[]> {
    if (position === START || (position > this.lastKnown && position > (await this.head()))) return [];
    let at: AllStreamRecordedEvent | undefined;
    try {
      [at] = await this.page(FORWARDS, position, 1);
    } catch (error) {
      if (error instanceof UnknownPosition) return [];
      throw error;
    }
    if (at === undefined || positionOf(at) !== position || !this.isOurs(at)) return [];
    const following = limit === 1 ? [] : await this.readAll(position, limit - 1);
    return [storedEvent(at), ...following];
  }

  async head(): Promise<number> {
    let from: number | undefined;
    for (let count = FIRST_LOOK; ; count = Math.min(count * 4, PAGE)) {
      const page = await this.page(BACKWARDS, from, count);
      for (const event of page) {
        const position = positionOf(event);
        if (position <= this.lastKnown) return this.lastKnown;
        if (this.isOurs(event)) return this.know(position);
      }
      const last = page.at(-1);
      if (last === undefined || page.length < count) return this.lastKnown;
      from = positionOf(last);
    }
  }

  get known(): number {
    return this.lastKnown;
  }

  subscribe(
    after: number,
    onEvents: (events: readonly StoredEvent[]) => void | Promise<void>,
    onEnd?: (reason: unknown) => void,
  ): Subscription {
    const followed = {
      categories: this.options.categories,
      ...(this.options.watchEveryMs === undefined ? {} : { watchEveryMs: this.options.watchEveryMs }),
      fresh: () => this.connection.fresh(),
      readAt: (position: number) => this.readAt(position),
      head: () => this.head(),
      known: () => this.lastKnown,
      onDelivered: (position: number) => this.know(position),
      onReplaced: (reason: LogReplaced) => {
        this.replaced = reason;
      },
      onRestart: (reason: unknown) => {
        this.counts.subscriptionRestarts += 1;
        this.trouble('the subscription is made again', reason);
      },
    };
    const subscription = follow(followed, after, onEvents, onEnd);
    this.subscriptions.add(subscription);
    return {
      stop: async () => {
        await subscription.stop();
        this.subscriptions.delete(subscription);
      },
    };
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled(Array.from(this.tails.values(), ({ appended }) => appended));
    await Promise.all(Array.from(this.subscriptions, (subscription) => subscription.stop()));
    await this.connection.close();
  }

  private async appendAfter(
    before: Underway | undefined,
    stream: string,
    expected: ExpectedRevision,
    events: ReturnType<typeof jsonEvent>[],
  ): Promise<Appended> {
    try {
      await before?.appended;
    } catch (failure) {
      // decided on what is not there: the server would take it when the place happens to be free
      if (expected >= before!.last) throw inTurn(failure, stream, expected);
    }
    this.counts.appends += 1;
    const revision = expected + events.length;
    try {
      const { position } = await this.connection.untilAnswered((client, deadline) =>
        client.appendToStream(stream, events, {
          expectedRevision: expected === NO_STREAM ? EXPECT_NO_STREAM : BigInt(expected),
          requiresLeader: true,
          // with credentials of its own the client sends each append by itself, and gives up by the deadline
          credentials: this.url.credentials,
          deadline,
        }),
      );
      const place = position === undefined ? await this.placeOfKept(events.at(-1)!.id) : placeOf(position.commit);
      return { revision, position: this.know(place) };
    } catch (error) {
      throw this.appendError(error, stream, expected);
    }
  }

  /** Where an event stands that is kept for certain: when it cannot be found out, no refusal may say that it is not. */
  private async placeOfKept(id: string): Promise<number> {
    try {
      return await this.positionOfId(id);
    } catch (error) {
      throw new GivenUp((error as Error).message, { cause: error });
    }
  }

  private appendError(error: unknown, stream: string, expected: ExpectedRevision): unknown {
    if (error instanceof WrongExpectedVersionError) {
      const { actualVersion } = error;
      return new WrongExpectedRevision(
        stream,
        expected,
        typeof actualVersion === 'bigint' ? Number(actualVersion) : NO_STREAM,
      );
    }
    if (!(error instanceof GivenUp)) return error;
    this.counts.unknownOutcomes += 1;
    return new OutcomeUnknown(`it is not known whether ${stream} took the append: ${error.message}`, { cause: error });
  }

  /** Where an event stands whose append the server answered without saying so: among the last ones, as it was just sent. */
  private async positionOfId(id: string): Promise<number> {
    let from: number | undefined;
    for (;;) {
      const page = await this.page(BACKWARDS, from, PAGE);
      const found = page.find((event) => event.id === id);
      if (found !== undefined) return positionOf(found);
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) throw new StoreUnavailable(`event ${id} is not in the log`);
      from = positionOf(last);
    }
  }

  /** The database's events, its own included, from a position on or from its end. */
  private async page(
    direction: typeof FORWARDS | typeof BACKWARDS,
    from: number | undefined,
    maxCount: number,
  ): Promise<AllStreamRecordedEvent[]> {
    try {
      const resolved = await this.read((client, withinMs) =>
        collect(
          client.readAll({ direction, fromPosition: readPosition(direction, from), maxCount, requiresLeader: true }),
          withinMs,
        ),
      );
      return resolved.flatMap(({ event }) => event ?? []);
    } catch (error) {
      throw failureOf(error) === 'unknown-position' ? new UnknownPosition(from ?? START) : error;
    }
  }

  private checkNotReplaced(): void {
    if (this.replaced !== undefined) throw new StoreUnavailable(this.replaced.message, { cause: this.replaced });
  }

  private async read<Result>(operation: Operation<Result>): Promise<Result> {
    this.checkNotReplaced();
    try {
      return await this.connection.untilAnswered(operation);
    } catch (error) {
      throw error instanceof GivenUp
        ? new StoreUnavailable(`the store does not answer: ${error.message}`, { cause: error })
        : error;
    }
  }

  private async firstAnswer(): Promise<void> {
    const { startWithinMs = 30_000, attemptMs = ATTEMPT_MS } = this.options;
    const until = Date.now() + startWithinMs;
    const { nodes } = this.url;
    for (;;) {
      try {
        await this.connection.attempt(lastEvent, Math.min(attemptMs, Math.max(until - Date.now(), 1)));
        return;
      } catch (error) {
        const why = (error as Error).message;
        if (failureOf(error) === 'denied')
          throw new StoreUnusable(
            `EventStoreDB at ${nodes} refuses this user or lets it not read the whole log: ${why}`,
          );
        if (isTlsFailure(error)) throw new StoreUnusable(`EventStoreDB at ${nodes}: no trusted TLS connection: ${why}`);
        if (Date.now() + LOOK_EVERY_MS >= until) throw new StoreUnusable(`no EventStoreDB answers at ${nodes}: ${why}`);
        await pause(LOOK_EVERY_MS);
      }
    }
  }

  private isOurs({ streamId }: AllStreamRecordedEvent): boolean {
    return this.options.categories.some((category) => streamId.startsWith(`${category}-`));
  }

  private know(position: number): number {
    this.lastKnown = Math.max(this.lastKnown, position);
    return position;
  }

  private stamped(metadata: object): Record<string, unknown> {
    const { clock } = this.options;
    if (clock === undefined) return metadata as Record<string, unknown>;
    this.lastStamp = Math.max(this.lastStamp, clock());
    return recordedFirst(metadata, this.lastStamp) as Record<string, unknown>;
  }

  private trouble(what: string, reason: unknown): void {
    this.options.onTrouble?.(`EventStoreDB at ${this.url.nodes}: ${what} (${(reason as Error).message})`);
  }
}

/** An append on its way. */
interface Underway {
  /** The revision it leaves behind. */
  readonly last: number;
  readonly appended: Promise<Appended>;
}

/** The database's very last event, whosever it is: who may read it may read the log. */
const lastEvent: Operation<unknown> = (client, withinMs) =>
  collect(
    client.readAll({ direction: BACKWARDS, fromPosition: FROM_END, maxCount: 1, requiresLeader: true }),
    withinMs,
  );

function copyOf(content: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(content)) as Record<string, unknown>;
}

/** What becomes of an append whose predecessor failed: it was not sent. */
function inTurn(failure: unknown, stream: string, expected: ExpectedRevision): unknown {
  if (failure instanceof WrongExpectedRevision) return new WrongExpectedRevision(stream, expected, failure.actual);
  return new StoreUnavailable(`not sent: the append before it failed (${(failure as Error).message})`, {
    cause: failure,
  });
}

function readPosition(direction: typeof FORWARDS | typeof BACKWARDS, from: number | undefined): ReadPosition {
  if (from === undefined) return direction === FORWARDS ? FROM_START : FROM_END;
  return from === START ? FROM_START : { commit: BigInt(from), prepare: BigInt(from) };
}
