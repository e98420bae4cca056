/** The way from a command to the ledger: over HTTP to the server that holds the data folder, else to one opened here. */

import type { LoggerService } from '@nestjs/common';
import { existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { FolderInUse, holderOf, type Holder } from '#libs/event-store/data-folder';
import type { Language } from '#libs/money/euros';
import type { OpenOptions } from '../server.js';
import { progressOf } from './progress.js';

export interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/api/v1`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: object | Buffer;
  readonly type?: string;
  readonly accept?: string;
}

export interface Reply {
  readonly status: number;
  readonly text: string;
  /** The `Idempotency-Replayed` header. */
  readonly replayed: boolean;
}

/** An answer that is taken as it comes. */
export interface Streamed {
  readonly status: number;
  readonly content: Readable;
}

export interface Client {
  call(call: Call): Promise<Reply>;
  stream(call: Call): Promise<Streamed>;
  close(): Promise<void>;
}

/** Which ledger is meant, and what it seals with. */
type Place = Pick<OpenOptions, 'dataDir' | 'eventStoreUrl' | 'sealKeyFile'>;

type Serving = NonNullable<Holder['serving']>;

/** @throws FolderInUse when another process holds the folder but serves nobody */
export async function connect(place: Place, language: Language): Promise<Client> {
  const { dataDir } = place;
  const serving = existsSync(dataDir) ? await servingAt(dataDir) : undefined;
  if (serving !== undefined) return remote(serving, language);
  try {
    return await local(place, language);
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
    // the server may have been starting a moment ago
    const started = await servingAt(dataDir);
    if (started === undefined) throw error;
    return remote(started, language);
  }
}

/**
 * Where the server that holds the folder listens; undefined when none answers that knows its key: where one that was
 * killed listened, another may by now.
 */
export async function servingAt(dataDir: string): Promise<Serving | undefined> {
  const serving = holderOf(dataDir)?.serving;
  if (serving === undefined) return undefined;
  const answer = await fetch(`${serving.url}/api/v1/events?after=${Number.MAX_SAFE_INTEGER}`, {
    headers: { authorization: `Bearer ${serving.key}` },
    signal: AbortSignal.timeout(2_000),
  }).catch(() => undefined);
  return answer?.status === 200 ? serving : undefined;
}

/** A client of a running server. */
export function remote({ url, key }: Serving, language: Language): Client {
  return {
    call: async (call) => {
      const response = await fetch(`${url}${target(call)}`, {
        method: call.method,
        headers: headersOf(call, key, language),
        ...(call.body === undefined ? {} : { body: new Uint8Array(Buffer.from(bodyOf(call.body))) }),
      });
      const replayed = response.headers.get('idempotency-replayed') === 'true';
      return { status: response.status, text: await response.text(), replayed };
    },
    stream: async (call) => {
      const { method } = call;
      const response = await fetch(`${url}${target(call)}`, { method, headers: headersOf(call, key, language) });
      const content = response.body === null ? Readable.from([]) : Readable.fromWeb(response.body as ReadableStream);
      return { status: response.status, content };
    },
    close: async () => {},
  };
}

async function local(place: Place, language: Language): Promise<Client> {
  // the whole application is loaded only where no server is running
  const { openLedger } = await import('../server.js');
  const progress = progressOf('Tables refaites depuis le journal');
  const opened = await openLedger({
    ...place,
    logger: errorsOnly,
    onRebuild: (_why, { done, total }) => progress.show(done, total),
  });
  progress.end();
  return {
    call: async (call) => {
      const response = await opened.app.inject({
        method: call.method,
        url: target(call),
        headers: headersOf(call, opened.operatorKey, language),
        ...(call.body === undefined ? {} : { payload: bodyOf(call.body) }),
      });
      const replayed = response.headers['idempotency-replayed'] === 'true';
      return { status: response.statusCode, text: response.body, replayed };
    },
    stream: async (call) => {
      const { method } = call;
      const headers = headersOf(call, opened.operatorKey, language);
      const response = await opened.app.inject({ method, url: target(call), headers, payloadAsStream: true });
      return { status: response.statusCode, content: response.stream() };
    },
    close: () => opened.close(),
  };
}

const errorsOnly: LoggerService = {
  log: () => {},
  warn: () => {},
  error: (message: unknown) => {
    console.error(message);
  },
};

function target({ path, query = {} }: Call): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const text = new URLSearchParams(given).toString();
  return `/api/v1${path}${text === '' ? '' : `?${text}`}`;
}

function headersOf({ body, type, accept }: Call, key: string, language: Language): Record<string, string> {
  return {
    authorization: `Bearer ${key}`,
    'accept-language': language,
    ...(accept === undefined ? {} : { accept }),
    ...(body === undefined ? {} : { 'content-type': type ?? 'application/json' }),
  };
}

function bodyOf(body: object | Buffer): string | Buffer {
  return Buffer.isBuffer(body) ? body : JSON.stringify(body);
}
