/** Catch-up-then-live delivery for stores that live in this process: what was just committed is handed on without reading it again. */

import type { StoredEvent, Subscription } from './event-store.js';

/** Events read at once while catching up, and delivered at once while live. */
const BATCH = 500;
/** A subscriber that falls this many events behind goes back to reading the log. */
const MAX_WAITING = 10_000;

type ReadAll = (after: number, limit: number) => Promise<readonly StoredEvent[]>;

export class LiveFeed {
  /** Each with the promise of its end. */
  private readonly subscribers = new Map<Subscriber, Promise<void>>();

  constructor(private readonly readAll: ReadAll) {}

  /** Hands on events that have just become durable; call it in the order of their positions. */
  publish(events: readonly StoredEvent[]): void {
    for (const subscriber of this.subscribers.keys()) subscriber.offer(events);
  }

  subscribe(
    after: number,
    onEvents: (events: readonly StoredEvent[]) => void | Promise<void>,
    onEnd: (reason: unknown) => void = () => {},
  ): Subscription {
    const subscriber = new Subscriber(after, this.readAll, onEvents);
    const done = subscriber
      .run()
      .catch(onEnd)
      .finally(() => this.subscribers.delete(subscriber));
    this.subscribers.set(subscriber, done);
    return {
      stop: async () => {
        subscriber.stop();
        await done;
      },
    };
  }

  async close(): Promise<void> {
    for (const subscriber of this.subscribers.keys()) subscriber.stop();
    await Promise.all(this.subscribers.values());
  }
}

class Subscriber {
  private stopped = false;
  private live = false;
  private waiting: StoredEvent[] = [];
  private wake: () => void = () => {};

  constructor(
    private position: number,
    private readonly readAll: ReadAll,
    private readonly onEvents: (events: readonly StoredEvent[]) => void | Promise<void>,
  ) {}

  offer(events: readonly StoredEvent[]): void {
    if (this.live) {
      if (this.waiting.length + events.length > MAX_WAITING) {
        this.live = false;
        this.waiting = [];
      } else this.waiting.push(...events);
    }
    this.wake();
  }

  stop(): void {
    this.stopped = true;
    this.wake();
  }

  async run(): Promise<void> {
    while (!this.stopped) {
      const batch = this.live ? this.waiting.splice(0, BATCH) : await this.readBehind();
      if (this.stopped) return;
      if (batch.length > 0) {
        await this.onEvents(batch);
        this.position = batch.at(-1)!.position;
      } else if (this.live && this.waiting.length === 0) {
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
    }
  }

  /** The next stored events; none left means live: from here on every commit is offered directly. */
  private async readBehind(): Promise<readonly StoredEvent[]> {
    let offeredMeanwhile = false;
    this.wake = () => {
      offeredMeanwhile = true;
    };
    const page = await this.readAll(this.position, BATCH);
    if (page.length === 0 && !offeredMeanwhile) this.live = true;
    return page;
  }
}
