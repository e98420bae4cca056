/** What the nodes of one test server share: the log, its users, what is to go wrong, and what was counted. */

import { randomUUID } from 'node:crypto';
import { Faults } from './faults.js';
import { isSystem, type Log, type Outcome, type Proposed } from './log.js';
import type { Counts, ServerOptions, Version, WrittenEvent } from './protocol.js';

type Tally = { -readonly [K in keyof Counts]: Counts[K] };

const MAX_APPEND_BYTES = 1024 * 1024;
const SYSTEM_EVENT_EVERY = 7;
const KINDS = ['stats', 'link', 'metadata'] as const;

export class Database {
  readonly faults = new Faults();
  readonly users: Readonly<Record<string, string>> | undefined;
  readonly version: Version;
  readonly readyAt: number;
  maxAppendBytes: number;
  readonly tally: Tally = {
    connections: 0,
    appendsReceived: 0,
    appended: 0,
    repeats: 0,
    conflicts: 0,
    appendsRefused: 0,
    batchAppends: 0,
    reads: 0,
    subscriptions: 0,
    gossips: 0,
    slowConsumers: 0,
    openCalls: 0,
    openSubscriptions: 0,
    maxOpenCalls: 0,
  };
  private readonly waiting = new Set<() => Outcome>();
  private readonly systemEventEvery: number;
  private allReaders: readonly string[];

  constructor(
    readonly log: Log,
    options: ServerOptions,
  ) {
    this.users = options.users;
    this.version = options.version ?? '23.10';
    this.maxAppendBytes = options.maxAppendBytes ?? MAX_APPEND_BYTES;
    this.systemEventEvery = options.systemEventEvery ?? SYSTEM_EVENT_EVERY;
    this.allReaders = options.allReaders ?? Object.keys(options.users ?? {});
    this.readyAt = Date.now() + (options.startupMs ?? 0);
  }

  mayReadAll(user: string): boolean {
    return this.allReaders.includes(user);
  }

  allowReadAll(users: readonly string[]): void {
    this.allReaders = users;
  }

  /** Counts a call as open until the function given back is called. */
  opened(): () => void {
    const { tally } = this;
    tally.openCalls += 1;
    tally.maxOpenCalls = Math.max(tally.maxOpenCalls, tally.openCalls);
    let open = true;
    return () => {
      if (open) tally.openCalls -= 1;
      open = false;
    };
  }

  /** Keeps an append until so many milliseconds after its caller has gone, or until all that wait are applied. */
  late(apply: () => Outcome, gone: Promise<unknown>, afterMs?: number): void {
    this.waiting.add(apply);
    if (afterMs === undefined) return;
    const applyOnce = (): void => {
      if (this.waiting.delete(apply)) apply();
    };
    gone.then(() => setTimeout(applyOnce, afterMs)).catch(applyOnce);
  }

  get lateAppends(): number {
    return this.waiting.size;
  }

  applyLate(): number {
    const outcomes = Array.from(this.waiting, (apply) => apply());
    this.waiting.clear();
    return outcomes.filter(({ kind }) => kind === 'stored').length;
  }

  /** The server writes for itself now and then. */
  afterAppend(stream: string): void {
    const { appended } = this.tally;
    if (this.systemEventEvery === 0 || isSystem({ stream }) || appended % this.systemEventEvery !== 0) return;
    this.writeSystemEvent(KINDS[(appended / this.systemEventEvery) % KINDS.length]!, stream);
  }

  /** @param stream what the event is about */
  writeSystemEvent(kind: (typeof KINDS)[number], stream = 'nothing-0'): void {
    const category = stream.split('-')[0]!;
    if (kind === 'stats') this.write('$stats-127.0.0.1:2113', '$statsCollected', JSON.stringify({ 'proc-cpu': 0.5 }));
    else if (kind === 'metadata') this.write(`$$${stream}`, '$metadata', JSON.stringify({ $maxCount: 1_000_000 }));
    else this.write(`$ce-${category}`, '$>', `${this.log.last(stream)}@${stream}`);
  }

  private write(stream: string, type: string, text: string): void {
    const metadata = Buffer.alloc(0);
    this.log.append(stream, 'any', [
      { id: randomUUID(), type, json: type !== '$>', data: Buffer.from(text), metadata },
    ]);
  }
}

function bytes(value: unknown): Buffer {
  return Buffer.from(value === undefined ? '' : JSON.stringify(value), 'utf8');
}

/** An event as the client would send it. */
export function proposedOf({ id, type, data, metadata }: WrittenEvent): Proposed {
  return { id, type, json: true, data: bytes(data), metadata: bytes(metadata) };
}
