/** What a test and the test server's process say to each other. */

import type { Ending, Fault, Kind } from './faults.js';

/** The generation of servers whose subscriptions are imitated: in 23.10 a slow consumer is dropped, in 26.1 it catches up. */
export type Version = '23.10' | '26.1';

export interface ServerOptions {
  /** Default 1. */
  readonly nodes?: 1 | 3;
  /** With a certificate made at the start; default false. */
  readonly tls?: boolean;
  /** Names and passwords; without them everybody may do everything, as with an insecure node. */
  readonly users?: Readonly<Record<string, string>>;
  /** Who of them may read `$all` and system streams; default all of them. */
  readonly allReaders?: readonly string[];
  /** Default 1 MiB. */
  readonly maxAppendBytes?: number;
  /** Default 23.10. */
  readonly version?: Version;
  /** After so many appends a system event comes by itself; default 7, 0 for none. */
  readonly systemEventEvery?: number;
  /** Where the first record begins; default as in a new database. */
  readonly firstPosition?: number;
  /** So long after its start it answers that it is not ready; default 0. */
  readonly startupMs?: number;
}

/** How the process is started. */
export interface Start extends ServerOptions {
  /** The log's file. */
  readonly file: string;
  /** One for each node, 0 for a free one. */
  readonly ports: readonly number[];
  /** The node's key and certificate, both in PEM. */
  readonly pem?: { readonly key: string; readonly certificate: string };
}

export interface WrittenEvent {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata?: unknown;
}

/** Since the process started. */
export interface Counts {
  readonly connections: number;
  readonly appendsReceived: number;
  readonly appended: number;
  readonly repeats: number;
  readonly conflicts: number;
  /** Appends that were answered by an error, or not at all, without having been decided. */
  readonly appendsRefused: number;
  readonly batchAppends: number;
  readonly reads: number;
  readonly subscriptions: number;
  readonly gossips: number;
  readonly slowConsumers: number;
  readonly openCalls: number;
  readonly openSubscriptions: number;
  readonly maxOpenCalls: number;
}

export interface Commands {
  fault(fault: Fault): void;
  /** Disarms what is armed, of one kind or of all. */
  clearFaults(kind?: Kind): void;
  /** Ends every open subscription; answers how many there were. */
  dropSubscriptions(how: Ending): number;
  /** Ends every open subscription as the server ends a consumer that is too slow. */
  dropSlowConsumers(): number;
  /** Cuts every connection; new ones are taken. Answers how many there were. */
  cutConnections(): number;
  /** Cuts every connection and takes no new one. */
  refuseConnections(): void;
  takeConnections(): Promise<void>;
  /** How many late appends wait. */
  lateAppends(): number;
  /** Applies the late appends now; answers how many were stored. */
  applyLateAppends(): number;
  /** Another writer's append, past the wire. Answers what became of it. */
  append(stream: string, expected: number | 'any', events: readonly WrittenEvent[]): string;
  writeSystemEvent(kind: 'metadata' | 'stats' | 'link', stream?: string): void;
  allowReadAll(users: readonly string[]): void;
  setMaxAppendBytes(bytes: number): void;
  counts(): Counts;
  /** The leader's number, undefined during an election. */
  leader(): number | undefined;
  /** Elects a node; until then there is no leader. */
  elect(node: number, lastsMs?: number): void;
  /** The node is gone: no listener, no connection. When it led, an election follows. */
  killNode(node: number, electionMs?: number): void;
  reviveNode(node: number): Promise<void>;
  /** The node's index stays where it is. */
  holdIndex(node: number): void;
  releaseIndex(node: number): void;
}

export type Command = keyof Commands;

export interface Asked {
  readonly id: number;
  readonly command: Command;
  readonly words: readonly unknown[];
}

export type Told =
  | { readonly ports: readonly number[] }
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: string };
