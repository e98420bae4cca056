/** The port every event store serves: streams with optimistic concurrency, one global order, live subscriptions. */

/** An event on its way in. The id is the writer's: a retry carries the same ids. */
export interface NewEvent {
  /** UUID, lower case. */
  readonly id: string;
  readonly type: string;
  readonly data: object;
  readonly metadata: object;
}

export interface StoredEvent extends NewEvent {
  /** The stream's name: a category, `-`, an id. */
  readonly stream: string;
  /** Place in the stream, from 0. */
  readonly revision: number;
  /** Place in the whole store: grows with every event, not dense in every store. A safe integer. */
  readonly position: number;
  /** When the store took it, milliseconds since 1970 UTC; never decreases along the log. */
  readonly recordedAt: number;
}

/** The revision a writer believes is the stream's last; NO_STREAM when it believes there is none. */
export type ExpectedRevision = number;
export const NO_STREAM = -1;

/** The position before the first event. */
export const START = 0;

/** Where the last of the appended events stands. */
export interface Appended {
  readonly revision: number;
  readonly position: number;
}

export interface Subscription {
  /** Stops the delivery; resolves when the handler is not, and will not be, called again. Never awaited inside it. */
  stop(): Promise<void>;
}

export interface EventStore {
  /**
   * Appends all the events or none, at the end of a stream whose last revision is the expected one. Resolves only when
   * they are durable. A repeat (the same ids at the same expected revision) gives the original answer and writes nothing.
   * @throws WrongExpectedRevision when the stream stands elsewhere
   * @throws StoreUnavailable when the store cannot take events now; nothing was written
   */
  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended>;

  /** A stream's events from a revision on, in order; empty when there are none. */
  readStream(stream: string, fromRevision?: number): Promise<readonly StoredEvent[]>;

  /** The next events of the whole log after a position, in order and gap-free, at most `limit`. */
  readAll(after: number, limit: number): Promise<readonly StoredEvent[]>;

  /** The position of the last durable event; START when the log is empty. */
  head(): Promise<number>;

  /**
   * Delivers every event after a position, first the stored ones, then each new one, in order, without gap or double,
   * one batch at a time. A handler that throws ends the subscription and is told to `onEnd`.
   */
  subscribe(
    after: number,
    onEvents: (events: readonly StoredEvent[]) => void | Promise<void>,
    onEnd?: (reason: unknown) => void,
  ): Subscription;

  /** Finishes the appends and the handlers' calls under way, and lets go of the store. */
  close(): Promise<void>;
}

/** The stream is not where the writer believed. */
export class WrongExpectedRevision extends Error {
  override readonly name = 'WrongExpectedRevision';
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: number,
  ) {
    super(`stream ${stream} is at revision ${actual}, not at ${expected}`);
  }
}

/** The store is out of reach, full or failing: nothing of this append was kept, asking again is safe. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** Refuses what no store takes, before anything is queued. */
export function checkAppend(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): void {
  if (!/^[a-z]+-\S+$/.test(stream)) throw new TypeError(`${stream} is not a stream name: category-id`);
  if (!Number.isSafeInteger(expected) || expected < NO_STREAM) throw new TypeError(`${expected} is not a revision`);
  if (events.length === 0) throw new TypeError('an append needs at least one event');
  for (const { id } of events) if (!UUID.test(id)) throw new TypeError(`${id} is not a UUID in lower case`);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * What an append that expects less than the stream's revision is: a repeat when the stored events at its place carry its
 * ids, else a conflict. The rule is EventStoreDB's.
 */
export function isRepeat(storedIds: readonly string[], events: readonly NewEvent[]): boolean {
  return storedIds.length === events.length && events.every((event, i) => event.id === storedIds[i]);
}
