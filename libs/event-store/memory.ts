/** The event store in memory: for tests and trials. Nothing outlives the process. */

import {
  checkAppend,
  isRepeat,
  NO_STREAM,
  START,
  StoreUnavailable,
  WrongExpectedRevision,
  type Appended,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type StoredEvent,
  type Subscription,
} from './event-store.js';
import { LiveFeed } from './live-feed.js';

export class MemoryEventStore implements EventStore {
  private readonly log: StoredEvent[] = [];
  private readonly streams = new Map<string, StoredEvent[]>();
  private readonly feed = new LiveFeed((after, limit) => this.readAll(after, limit));
  private closed = false;

  /** @param clock milliseconds since 1970 UTC */
  constructor(private readonly clock: () => number = Date.now) {}

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    checkAppend(stream, expected, events);
    if (this.closed) throw new StoreUnavailable('the store is closed');
    const stored = this.streams.get(stream) ?? [];
    const actual = stored.length === 0 ? NO_STREAM : stored.length - 1;
    if (expected !== actual) {
      const there = stored.slice(expected + 1, expected + 1 + events.length);
      const ids = there.map((event) => event.id);
      if (expected < actual && isRepeat(ids, events)) return placeOf(there);
      throw new WrongExpectedRevision(stream, expected, actual);
    }
    const recordedAt = Math.max(this.clock(), this.log.at(-1)?.recordedAt ?? 0);
    // through JSON, as every other store does: what is read back is never the writer's own object
    const added = events.map((event, i) => ({
      ...(JSON.parse(JSON.stringify(event)) as NewEvent),
      stream,
      revision: actual + 1 + i,
      position: this.log.length + 1 + i,
      recordedAt,
    }));
    this.log.push(...added);
    this.streams.set(stream, [...stored, ...added]);
    this.feed.publish(added);
    return placeOf(added);
  }

  async readStream(stream: string, fromRevision = 0): Promise<readonly StoredEvent[]> {
    return (this.streams.get(stream) ?? []).slice(fromRevision);
  }

  async readAll(after: number, limit: number): Promise<readonly StoredEvent[]> {
    return this.log.slice(after, after + limit);
  }

  async readAt(position: number, limit = 1): Promise<readonly StoredEvent[]> {
    return position === START ? [] : this.log.slice(position - 1, position - 1 + limit);
  }

  async head(): Promise<number> {
    return this.known;
  }

  get known(): number {
    return this.log.at(-1)?.position ?? START;
  }

  subscribe(
    after: number,
    onEvents: (events: readonly StoredEvent[]) => void | Promise<void>,
    onEnd?: (reason: unknown) => void,
  ): Subscription {
    return this.feed.subscribe(after, onEvents, onEnd);
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.feed.close();
  }
}

function placeOf(events: readonly StoredEvent[]): Appended {
  const { revision, position } = events.at(-1)!;
  return { revision, position };
}
