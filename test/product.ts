/** The built product as an operator runs it: its commands and its server, each in a process of its own. */

import { fork, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string>>;

export interface Ended {
  /** null when a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly url: string;
  readonly key: string;
  readonly child: ChildProcess;
  /** What it has said so far. */
  said(): string;
  /** Ends it in order, or however the signal says; resolves when it is gone. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

const running = new Set<ChildProcess>();
let host: Promise<ChildProcess> | undefined;
/** The command that runs in it. */
let asking: Promise<unknown> = Promise.resolve();

/**
 * Runs `ledger <words>` to its end, in a process that stays for the next one: loading the modules is most of what a
 * command costs. One after the other.
 */
export async function ledger(dataDir: string, words: readonly string[], environment: Environment = {}): Promise<Ended> {
  host ??= startHost();
  const { PATH = '', HOME = '' } = process.env;
  const asked = { words, environment: { PATH, HOME, LEDGER_DATA_DIR: dataDir, ...environment } };
  const ended = asking.then(async () => {
    const child = await host!;
    child.send(asked);
    return nextMessage<Ended>(child);
  });
  asking = ended.catch(() => undefined);
  return ended;
}

async function startHost(): Promise<ChildProcess> {
  const child = fork('test/command-host.mjs', { execArgv: ['--enable-source-maps'] });
  await nextMessage(child);
  child.unref();
  child.channel!.unref();
  return child;
}

/** @throws when the process ends without a word */
async function nextMessage<Message>(child: ChildProcess): Promise<Message> {
  child.ref();
  child.channel!.ref();
  const gone = new AbortController();
  const [message] = (await Promise.race([
    once(child, 'message', { signal: gone.signal }),
    once(child, 'exit', { signal: gone.signal }).then(() => {
      host = undefined;
      throw new Error('the command line ended its process');
    }),
  ]).finally(() => {
    gone.abort();
    child.unref();
    child.channel?.unref();
  })) as [Message];
  return message;
}

/** Runs `ledger <words>` to its end, in a process of its own. @param input what is piped in */
export async function ledgerProcess(
  dataDir: string,
  words: readonly string[],
  environment: Environment = {},
  input?: string,
): Promise<Ended> {
  const shell = input === undefined ? undefined : `exec <<< ${quoted(input)}`;
  return toItsEnd(start('dist/src/cli.js', words, { LEDGER_DATA_DIR: dataDir, ...environment }, shell));
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Starts the server on a free port and resolves when it serves. @throws with what it said when it does not */
export async function serve(dataDir: string, environment: Environment = {}, shell?: string): Promise<Running> {
  const child = start('dist/src/main.js', [], { LEDGER_DATA_DIR: dataDir, PORT: '0', ...environment }, shell);
  const said = hear(child);
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the server did not start: ${said()}`);
    const serving = servingOf(dataDir, child);
    if (serving !== undefined) return { ...serving, child, said, end: (signal) => end(child, signal) };
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}

/** Starts the server where it cannot start. */
export async function failToServe(dataDir: string, environment: Environment = {}): Promise<Ended> {
  return toItsEnd(start('dist/src/main.js', [], { LEDGER_DATA_DIR: dataDir, PORT: '0', ...environment }));
}

/** Ends whatever a test left running. */
export async function endAll(): Promise<void> {
  await Promise.all(Array.from(running, (child) => end(child, 'SIGKILL')));
  (await host)?.kill();
  host = undefined;
}

function start(program: string, words: readonly string[], environment: Environment, shell?: string): ChildProcess {
  const { PATH = '', HOME = '' } = process.env;
  const options: SpawnOptions = { env: { PATH, HOME, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] };
  const child =
    shell === undefined
      ? spawn(process.execPath, [program, ...words], options)
      : spawn('bash', ['-c', `${shell}; exec "$0" "$@"`, process.execPath, program, ...words], options);
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

async function toItsEnd(child: ChildProcess): Promise<Ended> {
  let out = '';
  let err = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

/** Takes in what a process says, so that it never waits for a reader. */
function hear(child: ChildProcess): () => string {
  let said = '';
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  return () => said;
}

async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

function servingOf(dataDir: string, { pid }: ChildProcess): { url: string; key: string } | undefined {
  try {
    const holder = JSON.parse(readFileSync(join(dataDir, 'holder.json'), 'utf8')) as {
      readonly pid: number;
      readonly serving?: { readonly url: string; readonly key: string };
    };
    return holder.pid === pid ? holder.serving : undefined;
  } catch {
    return undefined;
  }
}

export interface Answered<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Body;
}

/** Asks a running server, with its operator's key. @param path below `/api/v1` */
export async function ask<Body = Record<string, unknown>>(
  { url, key }: Pick<Running, 'url' | 'key'>,
  path: string,
  body?: object,
): Promise<Answered<Body>> {
  const response = await fetch(`${url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = (response.headers.get('content-type') ?? '').includes('json;');
  return { status: response.status, headers: response.headers, text, body: (json ? JSON.parse(text) : {}) as Body };
}
