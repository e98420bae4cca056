/**
 * Keeps a read model in step with the log. Events wait in memory and are applied together: when enough wait, after a few
 * milliseconds, or at once when somebody asks for rows; so whoever reads after a write sees it.
 */

import { LogReplaced, type EventStore, type StoredEvent, type Subscription } from '#libs/event-store/event-store';
import type { ProjectedEvent, ReadModel } from './read-model.js';

const APPLY_AT_MOST = 500;
const APPLY_WITHIN_MS = 10;
/** After a fault the projector starts again from its checkpoint. */
const RETRY_MS = 1_000;

export interface ProjectorOptions<Event> {
  readonly read: (stored: StoredEvent) => Event;
  /** Told of each event as it becomes durable, before any row is made of it. */
  readonly onEvent?: (event: Event) => void;
  /** Told of the position the rows now stand on. */
  readonly onApplied?: (position: number) => void;
  readonly onFault?: (fault: unknown) => void;
}

/** The rows did not reach the asked position in time. */
export class ReadModelBehind extends Error {
  override readonly name = 'ReadModelBehind';
}

export class Projector<Event extends ProjectedEvent> {
  private waiting: Event[] = [];
  private timer: NodeJS.Timeout | undefined;
  private subscription: Subscription | undefined;
  private position: number;
  private received: number;
  /** The last position that `onEvent` was told. */
  private told: number;
  private fault: unknown;
  private recovering = false;
  private failStart: ((fault: unknown) => void) | undefined;
  private waiters: { position: number; wake: () => void }[] = [];
  private stopped = false;

  constructor(
    private readonly store: EventStore,
    private model: ReadModel<Event>,
    private readonly options: ProjectorOptions<Event>,
  ) {
    this.position = model.checkpoint.position;
    this.received = this.position;
    this.told = this.position;
  }

  /** The read model, for questions. Never keep it: a rebuild puts another in its place. */
  get rows(): ReadModel<Event> {
    return this.model;
  }

  /** The position the rows stand on. */
  get checkpoint(): number {
    return this.position;
  }

  /** True when everything received is in the rows. */
  get idle(): boolean {
    return this.waiting.length === 0;
  }

  /** Catches up with the log, then follows it. Resolves when caught up. */
  async start(): Promise<void> {
    const head = await this.store.head();
    await new Promise<void>((resolve, reject) => {
      // before the first time it is caught up there is nothing to go on with: a fault ends the start
      this.failStart = reject;
      this.follow();
      this.reach(head, Number.POSITIVE_INFINITY).then(resolve, reject);
    });
    this.failStart = undefined;
  }

  /** Puts everything received into the rows, now. */
  applyReceived(): void {
    this.applyWaiting();
  }

  /** True while the rows cannot be written; the projector tries again by itself. */
  get faulted(): boolean {
    return this.fault !== undefined;
  }

  /**
   * Resolves when the rows stand on the position or later.
   * @throws ReadModelBehind after `withinMs`, and at once when the rows cannot be written
   */
  async reach(position: number, withinMs = 5_000): Promise<void> {
    if (this.fault instanceof LogReplaced) throw new ReadModelBehind(this.fault.message, { cause: this.fault });
    try {
      this.applyWaiting();
    } catch (fault) {
      this.recover(fault);
      const why = (fault as Error).message;
      throw new ReadModelBehind(`the read model stands on ${this.position} and cannot go on: ${why}`, { cause: fault });
    }
    if (this.position >= position) return;
    await new Promise<void>((resolve, reject) => {
      const waiter = { position, wake: () => {} };
      const timer = Number.isFinite(withinMs)
        ? setTimeout(() => {
            this.waiters = this.waiters.filter((other) => other !== waiter);
            reject(new ReadModelBehind(`the read model stands on ${this.position}, not yet on ${position}`));
          }, withinMs)
        : undefined;
      waiter.wake = () => {
        clearTimeout(timer);
        resolve();
      };
      this.waiters.push(waiter);
    });
  }

  /**
   * Puts a rebuilt read model in the place of the present one, brought up to what was received so far.
   * @param inPlace opens the rebuilt one where it belongs, once both are closed
   */
  async replace(model: ReadModel<Event>, inPlace: () => ReadModel<Event>): Promise<void> {
    let position = model.checkpoint.position;
    try {
      for (;;) {
        this.applyWaiting();
        if (position >= this.position) break;
        const page = await this.store.readAll(position, APPLY_AT_MOST);
        if (page.length === 0) throw new LogReplaced(`the log ends before position ${this.position}`);
        const missing = page.filter((event) => event.position <= this.position).map(this.options.read);
        model.apply(missing);
        position = model.checkpoint.position;
      }
    } finally {
      model.close();
    }
    this.model.close();
    this.model = inPlace();
    this.position = position;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.subscription?.stop();
    try {
      this.applyWaiting();
    } catch (fault) {
      // the rows are caught up with at the next start
      this.options.onFault?.(fault);
    }
  }

  private follow(): void {
    this.subscription = this.store.subscribe(
      this.received,
      (stored) => this.receive(stored.map(this.options.read)),
      (fault) => this.recover(fault),
    );
  }

  private receive(events: readonly Event[]): void {
    const news = events[0]!.position > this.told ? events : events.filter((event) => event.position > this.told);
    for (const event of news) {
      // before: whoever fails on an event is not told of it, nor of those before it, a second time
      this.told = event.position;
      this.options.onEvent?.(event);
    }
    this.received = events.at(-1)!.position;
    this.waiting.push(...events);
    if (this.waiting.length >= APPLY_AT_MOST || this.waiters.length > 0) this.applyWaiting();
    else this.timer ??= setTimeout(() => this.applyLater(), APPLY_WITHIN_MS);
  }

  private applyLater(): void {
    try {
      this.applyWaiting();
    } catch (fault) {
      this.recover(fault);
    }
  }

  private applyWaiting(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    // a rebuilt model may already hold the first of them
    const fresh = this.waiting.filter((event) => event.position > this.position);
    if (fresh.length > 0) this.model.apply(fresh);
    this.waiting = [];
    if (fresh.length > 0 && !(this.fault instanceof LogReplaced)) this.fault = undefined;
    this.position = fresh.at(-1)?.position ?? this.position;
    this.options.onApplied?.(this.position);
    const reached = this.waiters.filter((waiter) => waiter.position <= this.position);
    this.waiters = this.waiters.filter((waiter) => waiter.position > this.position);
    for (const waiter of reached) waiter.wake();
  }

  private recover(fault: unknown): void {
    if (this.recovering) return;
    this.recovering = true;
    this.fault = fault ?? new Error('the subscription ended');
    void this.subscription?.stop();
    this.options.onFault?.(fault);
    if (this.failStart !== undefined) {
      this.failStart(fault);
      return;
    }
    // the rows are of a log that is no more: they are made anew at the next start
    if (fault instanceof LogReplaced) return;
    // what waited is read from the log again: a fault that lasts gathers nothing in memory
    this.waiting = [];
    this.received = this.position;
    setTimeout(() => {
      this.recovering = false;
      if (!this.stopped) this.follow();
    }, RETRY_MS).unref();
  }
}
