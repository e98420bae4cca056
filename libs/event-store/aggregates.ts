/**
 * The streams of one decider: recent states remembered, decisions made one after another, answers given after the commit.
 *
 * A decision is synchronous and stands on the state that includes what this process has appended but not yet committed;
 * so concurrent commands on one stream never conflict inside a process, and share commits. When an append fails, the
 * remembered state goes back to what is durable, and whoever decided on it decides again on what is stored.
 */

import { randomUUID } from 'node:crypto';
import type { Decider, DomainEvent } from '#libs/decider/decider';
import {
  NO_STREAM,
  WrongExpectedRevision,
  type Appended,
  type EventStore,
  type NewEvent,
  type StreamEvent,
} from './event-store.js';
import type { Gate } from './gate.js';

/** How often a command is decided again when another process wrote the stream first. */
const ATTEMPTS = 10;
/** A stream that could not be read again is tried again after so many milliseconds. */
const RETRY_MS = 500;

export interface Held<State> {
  readonly state: State;
  /** The last revision, uncommitted appends included; NO_STREAM (−1) for none. */
  readonly revision: number;
}

interface Remembered<State> {
  state: State;
  revision: number;
  /** The last append under way or done; resolves when everything in `state` is durable. */
  settled: Promise<unknown>;
  /** What of it is known to be durable. */
  durable: Held<State>;
  /** Another process or a fault came between: read again before the next decision. */
  stale: boolean;
}

/** Told of events the moment they are decided, and again when their append failed. */
export interface Tentative<Event> {
  add(id: string, event: Event): void;
  withdraw(id: string, event: Event): void;
}

export interface Transacted<State, Event> {
  /** The state after the command. */
  readonly state: State;
  /** The stream's revision after the command. */
  readonly revision: number;
  /** The position of the command's last event; undefined when there was nothing to append. */
  readonly position: number | undefined;
  /** What was appended; empty when the command was already done. */
  readonly events: readonly Event[];
}

export interface AggregatesOptions<Event> {
  /** The part of the stream names before the first `-`. */
  readonly category: string;
  /** Turns what is stored into what the decider knows. */
  readonly read: (stored: StreamEvent) => Event;
  /** How many states are remembered. */
  readonly remembered: number;
  /** True when every stream of the category is to be remembered, also those that other processes begin. */
  readonly complete?: boolean;
  readonly tentative?: Tentative<Event>;
  /** Whoever holds it is waited for before a command is decided. */
  readonly gate?: Gate;
  /** Gives each event its id, a UUID in lower case; random when absent. */
  readonly newId?: () => string;
}

export class Aggregates<State, Command, Event extends DomainEvent, Terms> {
  private readonly held = new Map<string, Remembered<State>>();
  private readonly loading = new Map<string, Promise<Remembered<State>>>();

  constructor(
    private readonly store: EventStore,
    private readonly decider: Decider<State, Command, Event, Terms>,
    private readonly options: AggregatesOptions<Event>,
  ) {}

  streamOf(id: string): string {
    return `${this.options.category}-${id}`;
  }

  /** The state if it is remembered, without reading; after a fault what was last known to be durable. */
  remembered(id: string): State | undefined {
    return this.held.get(id)?.state;
  }

  /** Every state that is remembered, as {@link remembered} gives each. */
  *states(): IterableIterator<State> {
    for (const { state } of this.held.values()) yield state;
  }

  /** The state, read from the store when it is not remembered. */
  async load(id: string): Promise<Held<State>> {
    return this.hold(id);
  }

  /** What is known to be durable of it: for whoever is shown it. */
  async loadDurable(id: string): Promise<Held<State>> {
    return (await this.hold(id)).durable;
  }

  /** Reads the stream again at its next use: another process wrote it. */
  forget(id: string): void {
    const held = this.held.get(id);
    if (held !== undefined) this.goBack(id, held);
  }

  /** Takes in an event of the category that the log has delivered: the next decision knows what another process wrote. */
  follow(stored: StreamEvent): void {
    const { category, complete = false } = this.options;
    const id = stored.stream.slice(category.length + 1);
    const held = this.held.get(id);
    if (held === undefined) {
      const begins = complete && stored.revision === 0 && !this.loading.has(id);
      if (!begins) {
        if (complete || this.loading.has(id)) void this.catchUp(id, stored.revision);
        return;
      }
      this.keep(id, { state: this.decider.evolve(this.decider.initial, this.options.read(stored)), revision: 0 });
      return;
    }
    if (held.stale) {
      if (complete || this.loading.has(id)) void this.catchUp(id, stored.revision);
      return;
    }
    if (stored.revision <= held.revision) return;
    if (stored.revision === held.revision + 1 && held.durable.revision === held.revision) {
      held.state = this.decider.evolve(held.state, this.options.read(stored));
      held.revision = stored.revision;
      held.durable = { state: held.state, revision: held.revision };
      return;
    }
    this.forget(id);
    if (complete) void this.catchUp(id, stored.revision);
  }

  /**
   * Decides and appends. `decide` is called synchronously with a state nobody can change before its events are queued;
   * it is called again when another process wrote the stream in between.
   * @throws whatever `decide` throws, once the state it stood on is durable
   */
  async transact(
    id: string,
    decide: (held: Held<State>) => readonly Event[],
    metadata: object,
  ): Promise<Transacted<State, Event>> {
    const { gate } = this.options;
    if (gate?.isHeld === true) await gate.pass();
    for (let attempt = 1; ; attempt += 1) {
      const read = await this.hold(id);
      // another command may have begun the stream since it was read
      const known = this.held.get(id);
      const held = known === undefined || known.stale ? read : known;
      try {
        return await this.decideOn(id, held, decide, metadata);
      } catch (error) {
        if (!(error instanceof WrongExpectedRevision) || attempt === ATTEMPTS) throw error;
        this.goBack(id, held);
      }
    }
  }

  private async decideOn(
    id: string,
    held: Remembered<State>,
    decide: (held: Held<State>) => readonly Event[],
    metadata: object,
  ): Promise<Transacted<State, Event>> {
    let events: readonly Event[];
    let { state } = held;
    try {
      events = decide(held);
      for (const event of events) state = this.decider.evolve(state, event);
    } catch (refusal) {
      await held.settled;
      throw refusal;
    }
    if (events.length === 0) {
      const { revision } = held;
      await held.settled;
      return { state, revision, position: undefined, events };
    }
    const { tentative, newId = randomUUID } = this.options;
    const incoming: NewEvent[] = [];
    for (const { type, data } of events) {
      // the first of a decision brought the others about
      const causation = incoming.length === 0 ? {} : { $causationId: incoming[0]!.id };
      incoming.push({ id: newId(), type, data, metadata: { ...metadata, ...causation } });
    }
    const expected = held.revision;
    const revision = expected + events.length;
    held.state = state;
    held.revision = revision;
    if (!this.held.has(id)) this.remember(id, held);
    events.forEach((event, i) => tentative?.add(incoming[i]!.id, event));
    const append = this.store.append(this.streamOf(id), expected, incoming);
    held.settled = append;
    let appended: Appended;
    try {
      appended = await append;
    } catch (error) {
      this.goBack(id, held);
      events.forEach((event, i) => tentative?.withdraw(incoming[i]!.id, event));
      // the log may have delivered it meanwhile, and will not again
      if (this.options.complete === true) void this.catchUp(id, held.durable.revision);
      throw error;
    }
    if (revision > held.durable.revision) held.durable = { state, revision };
    return { state, revision, position: appended.position, events };
  }

  private async hold(id: string): Promise<Remembered<State>> {
    const held = this.held.get(id);
    if (held !== undefined && !held.stale) {
      // the most recently used last: the oldest is the first to be forgotten
      this.held.delete(id);
      this.held.set(id, held);
      return held;
    }
    let loading = this.loading.get(id);
    if (loading === undefined) {
      loading = this.read(id).finally(() => this.loading.delete(id));
      this.loading.set(id, loading);
    }
    // what was read is used even when others have already pushed it out of memory: the append checks the revision
    return loading;
  }

  private async read(id: string): Promise<Remembered<State>> {
    const events = await this.store.readStream(this.streamOf(id));
    let state = this.decider.initial;
    for (const event of events) state = this.decider.evolve(state, this.options.read(event));
    return this.keep(id, { state, revision: events.at(-1)?.revision ?? NO_STREAM });
  }

  /** What is durable, remembered when there is anything: whoever asks for ids that do not exist fills no memory. */
  private keep(id: string, durable: Held<State>): Remembered<State> {
    const held = { ...durable, durable, settled: Promise.resolve(), stale: false };
    if (durable.revision !== NO_STREAM) this.remember(id, held);
    return held;
  }

  /** The least recently used makes room. */
  private remember(id: string, held: Remembered<State>): void {
    if (!this.held.has(id) && this.held.size >= this.options.remembered) {
      const oldest = this.held.keys().next().value;
      if (oldest !== undefined) this.held.delete(oldest);
    }
    this.held.set(id, held);
  }

  /** Reads a stream until it holds what the log has already delivered. */
  private async catchUp(id: string, revision: number): Promise<void> {
    for (let reads = 0; reads < ATTEMPTS;) {
      const held = await this.hold(id).catch(() => undefined);
      if (held !== undefined && held.revision >= revision) return;
      // a store that does not answer is asked until it does
      if (held !== undefined) reads += 1;
      this.forget(id);
      if (held === undefined || reads > 1)
        await new Promise((resolve) => {
          setTimeout(resolve, RETRY_MS).unref();
        });
    }
  }

  /** What was decided on top of the durable state is void: the next decision reads the stream again. */
  private goBack(id: string, held: Remembered<State>): void {
    if (this.held.get(id) !== held) return;
    const { durable } = held;
    if (durable.revision === NO_STREAM) this.held.delete(id);
    else this.held.set(id, { ...durable, durable, settled: Promise.resolve(), stale: true });
  }
}
