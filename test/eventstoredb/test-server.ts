/**
 * EventStoreDB for tests: a process of its own that speaks its protocol, keeps its log in a file, and goes wrong on
 * command. Its ports and its log stay the same over a restart.
 */

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeCertificate, type Certificate } from './certificate.js';
import type { Ending, Fault, Times } from './faults.js';
import { readLogFile } from './log-file.js';
import { isSystem, type LogRecord } from './log.js';
import type { Command, Commands, ServerOptions, Start, Told } from './protocol.js';

const PROGRAM = 'dist/test/eventstoredb/main.js';
/** Others may be building: the program is away for a moment then. */
const STARTS = 40;
const PAUSE_MS = 250;

/** A stored event as a test compares it. */
export interface DumpedEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  /** Undefined when none was given. */
  readonly metadata: unknown;
  readonly createdMs: number;
}

type Remote = {
  [C in Command]: (...words: Parameters<Commands[C]>) => Promise<Awaited<ReturnType<Commands[C]>>>;
};

/** What a test does with a test server: every command of its process, the faults by name, and its life. */
export interface TestServer extends Remote {
  /** The connection string, with its user and its certificate where it has them. */
  readonly url: string;
  readonly ports: readonly number[];
  /** The certificate authority's file, for a server that speaks TLS. */
  readonly caFile: string | undefined;
  /** The next appends are not applied and end so; `silence` never answers. */
  failAppends(how: Ending, times?: Times): Promise<void>;
  /** The next appends are applied, and their answers lost: they end so instead. */
  loseReplies(how: Ending, times?: Times): Promise<void>;
  /** The next appends end so and are applied so long after their callers have gone, or when `applyLateAppends` is called. */
  applyLate(how: Ending, times?: Times & { readonly afterMs?: number }): Promise<void>;
  /** The next idempotent answers carry no position. */
  hidePositions(times?: Times): Promise<void>;
  failReads(how: Ending, times?: Times): Promise<void>;
  /** The next subscriptions that have had so many events end so. */
  dropAfter(events: number, how: Ending, times?: Times): Promise<void>;
  failGossip(how: Ending, times?: Times): Promise<void>;
  /** `append` waits before it is applied, `reply` after it. */
  delay(of: Extract<Fault, { kind: 'delay' }>['of'], ms: number, times?: Times): Promise<void>;
  /** What is stored, without the server's own events; also of a server that is stopped. */
  events(): DumpedEvent[];
  /** The same with the server's own events. */
  allEvents(): DumpedEvent[];
  /** Its whole log as it is now. */
  backup(): Buffer;
  /** Kills it, puts that log in the place of its own, and starts it again. */
  restore(backup: Buffer): Promise<void>;
  /** Kills it and starts it again; faults that were armed are gone. */
  restart(): Promise<void>;
  /** Starts it again after `kill`. */
  start(): Promise<void>;
  kill(): Promise<void>;
  /** It lives and says nothing, its connections stay; commands wait until it thaws. */
  freeze(): void;
  thaw(): void;
  /** Ends it and removes its log. */
  stop(): Promise<void>;
}

const COMMANDS: readonly Command[] = [
  'fault',
  'clearFaults',
  'dropSubscriptions',
  'dropSlowConsumers',
  'cutConnections',
  'refuseConnections',
  'takeConnections',
  'lateAppends',
  'applyLateAppends',
  'append',
  'writeSystemEvent',
  'allowReadAll',
  'setMaxAppendBytes',
  'counts',
  'leader',
  'elect',
  'killNode',
  'reviveNode',
  'holdIndex',
  'releaseIndex',
];

/** Starts a server with an empty log. @throws when the built program is missing */
export async function startTestServer(options: ServerOptions = {}): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'eventstoredb-'));
  const certificate = options.tls === true ? await makeCertificate(folder) : undefined;
  const life = new Life({
    ...options,
    file: join(folder, 'log.jsonl'),
    ports: Array.from({ length: options.nodes ?? 1 }, () => 0),
    ...(certificate === undefined ? {} : { pem: certificate.pem }),
  });
  await life.begin();
  return testServer(life, folder, certificate);
}

/** One process after the other, with one log and the same ports. */
class Life {
  private child: ChildProcess | undefined;
  private asked = 0;
  private readonly waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();

  constructor(public how: Start) {}

  async begin(): Promise<void> {
    for (let start = 1; !(await this.spawn()); start += 1) {
      if (start === STARTS) throw new Error(`${PROGRAM} does not run: is it built?`);
      await pause(PAUSE_MS);
    }
  }

  /** Resolves with whether it listens. */
  private async spawn(): Promise<boolean> {
    if (!existsSync(PROGRAM)) return false;
    const { PATH = '', HOME = '' } = process.env;
    const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
    const child = spawn(process.execPath, ['--enable-source-maps', PROGRAM], {
      env: { PATH, HOME },
      stdio: [...stdio],
    });
    const listening = new Promise<boolean>((resolve) => {
      child.once('exit', () => resolve(false));
      child.on('message', (told: Told) => {
        if (!('ports' in told)) return this.hear(told);
        this.how = { ...this.how, ports: told.ports };
        resolve(true);
      });
    });
    child.once('exit', () => this.failAll());
    child.send({ start: this.how }, () => undefined);
    this.child = child;
    return listening;
  }

  private hear(told: Exclude<Told, { ports: readonly number[] }>): void {
    const asking = this.waiting.get(told.id);
    this.waiting.delete(told.id);
    if ('error' in told) asking?.reject(new Error(told.error));
    else asking?.resolve(told.result);
  }

  private failAll(): void {
    for (const asking of this.waiting.values()) asking.reject(new Error('the test server has ended'));
    this.waiting.clear();
  }

  ask(command: Command, words: readonly unknown[]): Promise<unknown> {
    const { child } = this;
    if (child?.connected !== true) return Promise.reject(new Error('the test server does not run'));
    this.asked += 1;
    const id = this.asked;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      child.send({ id, command, words });
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  async end(): Promise<void> {
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}

function testServer(life: Life, folder: string, certificate: Certificate | undefined): TestServer {
  const remote = Object.fromEntries(
    COMMANDS.map((command) => [command, (...words: readonly unknown[]) => life.ask(command, words)]),
  ) as unknown as Remote;
  return {
    ...remote,
    url: urlOf(life.how, certificate),
    ports: life.how.ports,
    caFile: certificate?.caFile,
    failAppends: (how, times) => remote.fault({ kind: 'fail-append', with: how, ...times }),
    loseReplies: (how, times) => remote.fault({ kind: 'lose-reply', with: how, ...times }),
    applyLate: (how, times) => remote.fault({ kind: 'late-append', with: how, ...times }),
    hidePositions: (times) => remote.fault({ kind: 'no-position', ...times }),
    failReads: (how, times) => remote.fault({ kind: 'fail-read', with: how, ...times }),
    dropAfter: (events, how, times) =>
      remote.fault({ kind: 'fail-subscription', afterEvents: events, with: how, ...times }),
    failGossip: (how, times) => remote.fault({ kind: 'fail-gossip', with: how, ...times }),
    delay: (of, ms, times) => remote.fault({ kind: 'delay', of, ms, ...times }),
    events: () => allEvents(life.how.file).filter((event) => !isSystem(event)),
    allEvents: () => allEvents(life.how.file),
    backup: () => readFileSync(life.how.file),
    restore: async (backup) => {
      await life.end();
      writeFileSync(life.how.file, backup);
      await life.begin();
    },
    restart: async () => {
      await life.end();
      await life.begin();
    },
    start: () => life.begin(),
    kill: () => life.end(),
    freeze: () => life.signal('SIGSTOP'),
    thaw: () => life.signal('SIGCONT'),
    stop: async () => {
      await life.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function urlOf({ ports, users }: Start, certificate: Certificate | undefined): string {
  const [user] = Object.entries(users ?? {});
  const who = user === undefined ? '' : `${user.map(encodeURIComponent).join(':')}@`;
  const tls = certificate === undefined ? 'tls=false' : `tls=true&tlsCAFile=${encodeURIComponent(certificate.caFile)}`;
  return `esdb://${who}${ports.map((port) => `127.0.0.1:${port}`).join(',')}?${tls}`;
}

function allEvents(file: string): DumpedEvent[] {
  return readLogFile(file).map(dumped);
}

function dumped({ stream, revision, position, id, type, json, data, metadata, ticks }: LogRecord): DumpedEvent {
  return {
    stream,
    revision,
    position,
    id,
    type,
    data: json ? (JSON.parse(data.toString('utf8')) as unknown) : data.toString('utf8'),
    metadata: metadata.length === 0 ? undefined : (JSON.parse(metadata.toString('utf8')) as unknown),
    createdMs: Number(ticks / 10_000n),
  };
}
