/**
 * Follows EventStoreDB's log for ever: a subscription ends for many reasons, and the next one goes on after the last
 * event received. What was received is handed on in order, one batch at a time, however often the connection changes.
 */

import {
  START as FROM_START,
  streamNameFilter,
  type AllStreamRecordedEvent,
  type AllStreamSubscription,
} from '@eventstore/db-client';
import { setTimeout as pause } from 'node:timers/promises';
import { LogReplaced, START, type StoredEvent, type Subscription } from './event-store.js';
import type { OwnClient } from './eventstoredb-connection.js';
import { storedEvent } from './eventstoredb-read.js';

/** Events handed on at once. */
const BATCH = 500;
/** So many received and not yet handed on: the subscription is held back. */
const MAX_WAITING = 10_000;
/** After a subscription ended, the first pause; doubled up to the longest, each with some chance in it. */
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;
/** How often it is looked whether the log moves while nothing comes. */
const WATCH_EVERY_MS = 2_000;
/** A silent subscription is compared with the store's head every so many looks. */
const ASK_HEAD_EVERY = 5;
/** The server names a position for every so many events it leaves out; it is not listened to. */
const CHECKPOINTS_SELDOM = 1_000;

export interface Followed {
  /** The categories whose streams are followed. */
  readonly categories: readonly string[];
  /** How often it is looked whether the log moves while nothing comes. */
  readonly watchEveryMs?: number;
  fresh(): OwnClient;
  /** What the log has at a position. */
  readAt(position: number): Promise<readonly StoredEvent[]>;
  head(): Promise<number>;
  /** The last position known to be durable. */
  known(): number;
  /** Told of the last position handed on. */
  onDelivered(position: number): void;
  /** Told that nothing this process knows of the log can be trusted. */
  onReplaced(reason: LogReplaced): void;
  /** Told why a subscription ended that is made again. */
  onRestart(reason: unknown): void;
}

type OnEvents = (events: readonly StoredEvent[]) => void | Promise<void>;

export function follow(
  followed: Followed,
  after: number,
  onEvents: OnEvents,
  onEnd: (reason: unknown) => void = () => {},
): Subscription {
  const follower = new Follower(followed, after, onEvents);
  const done = follower.run().catch(onEnd);
  return {
    stop: async () => {
      follower.stop();
      await done;
    },
  };
}

class Follower {
  private readonly stopping = new AbortController();
  private readonly waiting: StoredEvent[] = [];
  private lastId: string | undefined;
  private delivering: Promise<void> | undefined;
  /** Resolves when there is nothing left to go on with: the handler failed or the log was replaced. */
  private readonly failed: Promise<never>;
  private fail!: (reason: unknown) => void;
  private subscription: AllStreamSubscription | undefined;
  /** Resolves when it was stopped: whatever the store is still asked is not waited for. */
  private readonly ended: Promise<void>;

  constructor(
    private readonly followed: Followed,
    private received: number,
    private readonly onEvents: OnEvents,
  ) {
    this.failed = new Promise((_, reject) => {
      this.fail = reject;
    });
    this.failed.catch(() => {});
    this.ended = new Promise((resolve) => {
      this.stopping.signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  stop(): void {
    this.stopping.abort();
  }

  async run(): Promise<void> {
    try {
      for (let failures = 0; !this.stopped;) {
        const before = this.received;
        const reason = await Promise.race([this.subscribeOnce(), this.failed, this.ended]);
        if (this.stopped) return;
        this.followed.onRestart(reason);
        failures = this.received > before ? 0 : failures + 1;
        const longest = Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
        await pause(longest / 2 + (Math.random() * longest) / 2, undefined, { signal: this.stopping.signal }).catch(
          () => {},
        );
      }
    } finally {
      this.stop();
      await this.delivering;
    }
  }

  private get stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  /** One subscription from its beginning to its end; resolves with the reason of the end. */
  private async subscribeOnce(): Promise<unknown> {
    const own = this.followed.fresh();
    try {
      await this.checkLog();
      return this.stopped ? undefined : await this.listen(own);
    } catch (error) {
      if (error instanceof LogReplaced) {
        this.followed.onReplaced(error);
        this.fail(error);
      }
      return error;
    } finally {
      this.subscription = undefined;
      void own.letGo();
    }
  }

  /** A server passes over a position beyond its end without a word. */
  private async checkLog(): Promise<void> {
    if (this.received === START) return;
    const [at] = await this.followed.readAt(this.received);
    const { lastId = at?.id } = this;
    if (at === undefined || at.id !== lastId)
      throw new LogReplaced(`the log does not hold the event received at position ${this.received} any more`);
    this.lastId = lastId;
  }

  private listen({ client }: OwnClient): Promise<unknown> {
    const { received } = this;
    const prefixes = this.followed.categories.map((category) => `${category}-`);
    return new Promise((end) => {
      const subscription = client.subscribeToAll({
        fromPosition: received === START ? FROM_START : { commit: BigInt(received), prepare: BigInt(received) },
        filter: streamNameFilter({ prefixes, checkpointInterval: CHECKPOINTS_SELDOM }),
      });
      this.subscription = subscription;
      let watch: NodeJS.Timeout | undefined;
      const over = (reason: unknown) => {
        clearInterval(watch);
        this.stopping.signal.removeEventListener('abort', stopped);
        subscription.removeAllListeners('data');
        // an error that comes later would otherwise end the process
        subscription.on('error', () => {});
        end(reason);
      };
      const stopped = () => over(new Error('stopped'));
      this.stopping.signal.addEventListener('abort', stopped, { once: true });
      watch = this.watch(over);
      subscription.on('data', ({ event }) => {
        if (event !== undefined) this.take(event);
      });
      subscription.on('error', over);
      subscription.on('end', () => over(new Error('the server ended the subscription')));
      subscription.on('close', () => over(new Error('the subscription was closed')));
    });
  }

  /** Ends a subscription that stays silent while the log moves on: its server may be frozen or cut off. */
  private watch(over: (reason: Error) => void): NodeJS.Timeout {
    let [before, behind, looks] = [this.received, false, 0];
    const look = async () => {
      const moved = this.received > before;
      before = this.received;
      looks = moved ? 0 : looks + 1;
      if (moved || this.subscription?.isPaused() === true) {
        behind = false;
        return;
      }
      if (behind) over(new Error('silent while the log moves on'));
      const head = looks % ASK_HEAD_EVERY === 0 ? await this.followed.head() : this.followed.known();
      behind = head > this.received;
    };
    const { watchEveryMs = WATCH_EVERY_MS } = this.followed;
    return setInterval(() => void look().catch(() => {}), watchEveryMs).unref();
  }

  private take(sent: AllStreamRecordedEvent): void {
    let event: StoredEvent;
    try {
      event = storedEvent(sent);
    } catch (unreadable) {
      this.fail(unreadable);
      return;
    }
    // a server may send again what a lost connection had already brought
    if (event.position <= this.received || this.stopped) return;
    this.received = event.position;
    this.lastId = event.id;
    this.waiting.push(event);
    if (this.waiting.length >= MAX_WAITING) this.subscription?.pause();
    this.delivering ??= this.deliver().catch((reason: unknown) => this.fail(reason));
  }

  private async deliver(): Promise<void> {
    // what arrives together is handed on together
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    while (this.waiting.length > 0 && !this.stopped) {
      const batch = this.waiting.splice(0, BATCH);
      const handled = this.onEvents(batch);
      this.followed.onDelivered(batch.at(-1)!.position);
      await handled;
      if (this.waiting.length < MAX_WAITING / 2) this.subscription?.resume();
    }
    this.delivering = undefined;
  }
}
