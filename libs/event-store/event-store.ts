/** The port every event store serves: streams with optimistic concurrency, one global order, live subscriptions. */

/** An event on its way in. The id is the writer's: a retry carries the same ids. */
export interface NewEvent {
  /** UUID, lower case. */
  readonly id: string;
  readonly type: string;
  readonly data: object;
  readonly metadata: object;
}

/** A stored event as its stream gives it. */
export interface StreamEvent extends NewEvent {
  /** The stream's name: a category, `-`, an id. */
  readonly stream: string;
  /** Place in the stream, from 0. */
  readonly revision: number;
  /** Place in the whole log; absent where a store's streams do not know it (EventStoreDB). */
  readonly position?: number;
  /** When the store took it, milliseconds since 1970 UTC; never decreases along the log of one server. */
  readonly recordedAt: number;
}

/** A stored event as the whole log gives it. */
export interface StoredEvent extends StreamEvent {
  /** Place in the whole log: grows with every event, not dense in every store. A safe integer. */
  readonly position: number;
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

/** For whoever watches a store beyond a network. */
export interface StoreCounts {
  /** Appends sent. */
  readonly appends: number;
  /** Attempts that were made again. */
  readonly retries: number;
  /** Appends given up without an answer. */
  readonly unknownOutcomes: number;
  readonly subscriptionRestarts: number;
  /** Appends and reads under way now. */
  readonly inFlight: number;
}

export interface EventStore {
  /**
   * Appends all the events or none, at the end of a stream whose last revision is the expected one. Resolves only when
   * they are durable. A repeat (the same ids at the same expected revision) gives the original answer and writes nothing.
   * @throws WrongExpectedRevision when the stream stands elsewhere
   * @throws StoreUnavailable when the store cannot take events now; nothing was written
   * @throws OutcomeUnknown when it was asked and did not answer in time
   */
  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended>;

  /** A stream's events from a revision on, in order; empty when there are none. */
  readStream(stream: string, fromRevision?: number): Promise<readonly StreamEvent[]>;

  /**
   * The next events of the whole log after a position, in order and gap-free, at most `limit`.
   * @param after START, or a position that this log gave an event
   * @throws UnknownPosition when the store cannot read on from there
   */
  readAll(after: number, limit: number): Promise<readonly StoredEvent[]>;

  /** The event at a position and those that follow it, at most `limit`; empty when no event stands exactly there. */
  readAt(position: number, limit?: number): Promise<readonly StoredEvent[]>;

  /** The position of the last durable event, asked of the store; START when the log is empty. */
  head(): Promise<number>;

  /** The last position this process knows to be durable: appended by it, or handed to a subscriber. Never beyond the head. */
  readonly known: number;

  /** What happened since the start, live, where a store lies beyond a network. */
  readonly counts?: StoreCounts;

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
  override readonly name: string = 'StoreUnavailable';
}

/** The store took the first appends of what was asked and then no more: asked again, what is left is recorded. */
export class RecordedInPart extends StoreUnavailable {
  override readonly name = 'RecordedInPart';
}

/** The store was asked and gave no answer in time: the events may be kept or not. Whoever asks again must look first. */
export class OutcomeUnknown extends StoreUnavailable {
  override readonly name = 'OutcomeUnknown';
}

/** The log no longer holds what was read from it: an older one was put in its place. Only a new start helps. */
export class LogReplaced extends Error {
  override readonly name = 'LogReplaced';
}

/** The events of one append are more than the store takes at once: nothing was kept. */
export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge';
}

/** Nothing of this log stands at the position given. */
export class UnknownPosition extends Error {
  override readonly name = 'UnknownPosition';
  constructor(readonly position: number) {
    super(`no event of this log stands at position ${position}`);
  }
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
