/**
 * Tells open pages that the log has moved: server-sent events with the position that the read models stand on, whatever
 * store is behind them and whoever wrote. A stream ends with its session and with the server.
 */

import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { PassThrough, type Readable } from 'node:stream';
import { TransportError } from '#libs/nest/problem';
import { cookieOf } from '../access/cookies.js';
import { Sessions } from '../access/sessions.js';
import { Ledger } from '../ledger.js';

/** The position is looked at so often while anybody follows: at most one event a second, however much is recorded. */
const LOOK_MS = 1_000;
/** Looks between two signs of life, which keep proxies from closing a quiet stream. */
const LOOKS_A_BEAT = 15;
/** Streams of one session: a page out of sight holds none, and browsers open six connections to one server. */
export const STREAMS_AT_MOST = 4;
/** Milliseconds after which a browser connects again. */
const RETRY_MS = 3_000;

interface Stream {
  readonly secret: string;
  readonly body: PassThrough;
  /** The position that was told last. */
  told: number;
}

@Injectable()
export class LiveStreams implements OnModuleDestroy {
  private readonly streams = new Set<Stream>();
  private timer: NodeJS.Timeout | undefined;
  private looks = 0;
  private stopped = false;

  constructor(
    private readonly ledger: Ledger,
    private readonly sessions: Sessions,
  ) {}

  /**
   * The body of a stream for whoever is signed in; it begins with where the log is.
   * @throws TransportError TOO_MANY_REQUESTS
   */
  open(request: FastifyRequest): Readable {
    const secret = cookieOf(request, 'session') ?? '';
    const ofSession = Array.from(this.streams).filter((stream) => stream.secret === secret);
    if (ofSession.length >= STREAMS_AT_MOST) throw new TransportError('TOO_MANY_REQUESTS');
    const stream: Stream = { secret, body: new PassThrough(), told: -1 };
    const unwatch = this.sessions.watch(secret, () => stream.body.end('event: over\ndata: session\n\n'));
    stream.body.once('close', () => {
      unwatch();
      this.streams.delete(stream);
      if (this.streams.size === 0) this.rest();
    });
    this.streams.add(stream);
    stream.body.write(`retry: ${RETRY_MS}\n\n`);
    this.tell(stream);
    if (this.stopped) stream.body.end();
    else this.timer ??= setInterval(() => this.look(), LOOK_MS).unref();
    return stream.body;
  }

  /** How many streams are open. */
  get size(): number {
    return this.streams.size;
  }

  onModuleDestroy(): void {
    this.stopped = true;
    this.rest();
    for (const { body } of this.streams) body.end();
  }

  private look(): void {
    this.looks += 1;
    const isBeat = this.looks % LOOKS_A_BEAT === 0;
    for (const stream of this.streams) {
      // an idle session ends when it is looked at, and its streams with it
      if (isBeat && this.sessions.peek(stream.secret) === undefined) continue;
      this.tell(stream);
      if (isBeat && isReady(stream)) stream.body.write(': beat\n\n');
    }
  }

  /** Whoever does not read is told nothing more until they do; the newest position is all that counts. */
  private tell(stream: Stream): void {
    const { checkpoint } = this.ledger.projector;
    if (stream.told === checkpoint || !isReady(stream)) return;
    stream.told = checkpoint;
    stream.body.write(`event: moved\nid: ${checkpoint}\ndata: ${checkpoint}\n\n`);
  }

  private rest(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}

function isReady({ body }: Stream): boolean {
  return body.writable && !body.writableNeedDrain;
}
