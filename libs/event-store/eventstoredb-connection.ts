/**
 * The way to EventStoreDB: one client at a time for appends and reads, replaced as soon as it fails, and clients of
 * their own for subscriptions. Never more operations at once than a connection carries.
 */

import { EventStoreDBClient, WrongExpectedVersionError } from '@eventstore/db-client';
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { AppendTooLarge, StoreUnavailable } from './event-store.js';
import { failureOf, type Failure } from './eventstoredb-failure.js';
import type { StoreUrl } from './eventstoredb-url.js';

/** A server carries a hundred streams a connection, subscriptions among them. */
const AT_ONCE = 50;
/** Between two attempts, the first pause; doubled up to the longest, each with some chance in it. */
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
/** An operation's own time is over first, unless it does not even find a server. */
const SLACK_MS = 500;

/** The store did not answer within the time given to one attempt. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** Nothing was sent. */
class NotAsked extends Error {
  override readonly name = 'NotAsked';
}

/** The store was asked, and whether it did what was asked is not known. */
export class GivenUp extends Error {
  override readonly name = 'GivenUp';
}

export interface Patience {
  /** What is not answered by then is given up. */
  readonly giveUpAfterMs: number;
  /** One attempt of it. */
  readonly attemptMs: number;
  /** Told of an attempt that will be made again, and the how manieth it was. */
  readonly onRetry: (reason: unknown, attempt: number) => void;
  /** Told how many operations are under way. */
  readonly onInFlight: (count: number) => void;
}

/** Something asked of the store that answers, or fails, within the time given. */
export type Operation<Result> = (client: EventStoreDBClient, withinMs: number) => Promise<Result>;

/** A client with a connection of its own. */
export interface OwnClient {
  readonly client: EventStoreDBClient;
  /** Ends what it still has open and closes its connection, which the client never does by itself. */
  letGo(): Promise<void>;
}

interface Pooled extends OwnClient {
  inUse: number;
  retired: boolean;
}

export class Connection {
  private inFlight = 0;
  private made = 0;
  private present: Pooled;
  private readonly queue: (() => void)[] = [];
  private readonly closing = new AbortController();

  constructor(
    private readonly url: StoreUrl,
    private readonly patience: Patience,
  ) {
    // everything under way waits for it
    setMaxListeners(0, this.closing.signal);
    this.present = this.pooled();
  }

  /**
   * Asks again and again, as long as the outcome is unknown. Whatever is asked must be safe to ask twice.
   * @throws GivenUp when the time is over, or when what came before a refusal is not known
   * @throws StoreUnavailable AppendTooLarge, or what the client says of a request that cannot be served
   */
  async untilAnswered<Result>(operation: Operation<Result>): Promise<Result> {
    const { giveUpAfterMs, attemptMs, onRetry } = this.patience;
    const until = Date.now() + giveUpAfterMs;
    let unknown: unknown;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(operation, Math.max(1, Math.min(attemptMs, until - Date.now())), until - Date.now());
      } catch (error) {
        if (error instanceof WrongExpectedVersionError) throw error;
        const failure = failureOf(error);
        if (failure === 'unknown-position') throw error;
        // a refusal says nothing of the attempts before it
        if (unknown !== undefined && (error instanceof NotAsked || isRefusal(failure))) throw givenUp(unknown);
        if (isRefusal(failure) || error instanceof NotAsked) throw refusalOf(failure, error);
        unknown = error;
        const longest = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
        const pauseMs = longest / 2 + (Math.random() * longest) / 2;
        if (Date.now() + pauseMs >= until) throw givenUp(error);
        onRetry(error, attempt);
        await pause(pauseMs, undefined, { signal: this.closing.signal }).catch(() => {});
      }
    }
  }

  /**
   * Runs one attempt of an operation when its turn comes.
   * @throws NotAsked when its turn does not come in time, or the connection is closed
   * @throws NoAnswer when it is late; it may still have its effect
   */
  async attempt<Result>(operation: Operation<Result>, withinMs: number, turnWithinMs = withinMs): Promise<Result> {
    await this.turn(turnWithinMs);
    const used = this.present;
    used.inUse += 1;
    try {
      return await this.answerWithin(operation(used.client, withinMs), withinMs + SLACK_MS);
    } catch (error) {
      // a client that has lost its server may reject later what others ask of it; the leader it was told of, it finds
      if (failureOf(error) === 'unknown-outcome' && !(error instanceof WrongExpectedVersionError)) this.replace(used);
      throw error;
    } finally {
      used.inUse -= 1;
      if (used.retired && used.inUse === 0) void used.letGo();
      this.count(-1);
      this.queue.shift()?.();
    }
  }

  fresh(): OwnClient {
    this.made += 1;
    // clients share a connection when all their options are equal: these never are
    const own = 10_000 + (this.made % 10_000);
    return ownClient(EventStoreDBClient.connectionString(`${this.url.connectionString}&keepAliveTimeout=${own}`));
  }

  /** What is under way has no answer any more; nothing is asked again. */
  async close(): Promise<void> {
    this.closing.abort();
    for (const go of this.queue.splice(0)) go();
    await this.present.letGo();
  }

  private pooled(): Pooled {
    return { ...this.fresh(), inUse: 0, retired: false };
  }

  private replace(failed: Pooled): void {
    if (this.present !== failed || this.closing.signal.aborted) return;
    failed.retired = true;
    this.present = this.pooled();
  }

  private async turn(withinMs: number): Promise<void> {
    if (this.inFlight >= AT_ONCE) await this.inTurn(withinMs);
    if (this.closing.signal.aborted) throw new NotAsked('the store is closed');
    this.count(1);
  }

  private inTurn(withinMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.queue.splice(this.queue.indexOf(go), 1);
        reject(new NotAsked('too much else was under way'));
      }, withinMs);
      this.queue.push(go);
    });
  }

  private async answerWithin<Result>(answer: Promise<Result>, withinMs: number): Promise<Result> {
    const { signal } = this.closing;
    let timer: NodeJS.Timeout | undefined;
    let closed: (() => void) | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new NoAnswer(`no answer within ${withinMs} ms`)), withinMs);
      closed = () => reject(new NoAnswer('the store is closed'));
      signal.addEventListener('abort', closed, { once: true });
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', closed!);
    }
  }

  private count(change: 1 | -1): void {
    this.inFlight += change;
    this.patience.onInFlight(this.inFlight);
  }
}

interface Channel {
  close(): void;
}

/** Where the client keeps how it connects: it offers no other way to close what it has opened. */
interface Inside {
  createChannel: () => Promise<Channel>;
}

function ownClient(client: EventStoreDBClient): OwnClient {
  const inside = client as unknown as Inside;
  const { createChannel } = inside;
  const channels: Channel[] = [];
  let gone = false;
  const checkPresent = () => {
    if (gone) throw new Error('this client was let go');
  };
  inside.createChannel = async () => {
    checkPresent();
    const channel = closedInTurn(await createChannel());
    channels.push(channel);
    if (gone) channel.close();
    checkPresent();
    return channel;
  };
  return {
    client,
    letGo: async () => {
      gone = true;
      await client.dispose();
      for (const channel of channels) channel.close();
    },
  };
}

/**
 * Closes when whoever has just been given the channel has made its call. The client closes it as soon as another call
 * fails, and an append made on a closed channel never ends: its failure is lost as an unhandled rejection.
 */
function closedInTurn(channel: Channel): Channel {
  const close = channel.close.bind(channel);
  channel.close = () => void setImmediate(close);
  return channel;
}

function isRefusal(failure: Failure): boolean {
  return failure === 'denied' || failure === 'too-large' || failure === 'refused';
}

function refusalOf(failure: Failure, error: unknown): unknown {
  const { message } = error as Error;
  if (error instanceof NotAsked) return new StoreUnavailable(`the store was not asked: ${message}`, { cause: error });
  if (failure === 'denied') return new StoreUnavailable(`the store refuses this user: ${message}`, { cause: error });
  return failure === 'too-large' ? new AppendTooLarge(message, { cause: error }) : error;
}

function givenUp(error: unknown): GivenUp {
  return new GivenUp((error as Error).message, { cause: error });
}
