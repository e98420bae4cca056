/** One node: its listener and its connections, how far its index goes, whom it lets in, and what it cannot do now. */

import type { Metadata } from '@grpc/grpc-js';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { accessDenied, notLeader, notReady, unauthenticated, type Refusal } from './answers.js';
import type { Ending } from './faults.js';
import type { Database } from './database.js';

export const HOST = '127.0.0.1';

/** Who leads: the port of the leader, or that there is none yet. */
export interface Leadership {
  leaderPort(): number | undefined;
}

export interface OpenSubscription {
  finish(how: Ending): void;
  /** As the server ends a consumer that is too slow. */
  finishTooSlow(): void;
}

export class Node {
  readonly subscriptions = new Set<OpenSubscription>();
  private readonly connections = new Map<string, Socket>();
  private listener: Server | undefined;
  private port: number;
  /** How many records the index knows, when it is held; else all of them. */
  private held: number | undefined;

  constructor(
    readonly database: Database,
    private readonly leadership: Leadership,
    port: number,
    private readonly speak: (node: Node) => (socket: Socket) => void,
  ) {
    this.port = port;
  }

  get address(): number {
    return this.port;
  }

  get isAlive(): boolean {
    return this.listener !== undefined;
  }

  async listen(): Promise<number> {
    if (this.listener !== undefined) return this.port;
    const inject = this.speak(this);
    const listener = createServer((socket) => {
      this.take(socket);
      inject(socket);
    });
    this.listener = listener;
    listener.listen(this.port, HOST);
    await once(listener, 'listening');
    this.port = (listener.address() as AddressInfo).port;
    return this.port;
  }

  private take(socket: Socket): void {
    const peer = `${socket.remoteAddress}:${socket.remotePort}`;
    this.database.tally.connections += 1;
    this.connections.set(peer, socket);
    socket.on('error', () => undefined);
    socket.once('close', () => this.connections.delete(peer));
  }

  /** No listener, no connection. */
  die(): void {
    this.listener?.close();
    this.listener = undefined;
    this.cutAll();
  }

  cutAll(): number {
    const count = this.connections.size;
    for (const socket of this.connections.values()) socket.resetAndDestroy();
    return count;
  }

  /** Cuts the connection that a call came by. */
  cut(call: { getPeer(): string }): void {
    this.connections.get(call.getPeer())?.resetAndDestroy();
  }

  /** How many of the log's records this node's readers see. */
  get indexed(): number {
    return this.held ?? this.database.log.records.length;
  }

  holdIndex(): void {
    this.held = this.indexed;
  }

  releaseIndex(): void {
    this.held = undefined;
  }

  get leads(): boolean {
    return this.leadership.leaderPort() === this.port;
  }

  get isReady(): boolean {
    return this.leadership.leaderPort() !== undefined && Date.now() >= this.database.readyAt;
  }

  /** Why this node cannot serve a call now. A follower hands appends on, unless the caller wants a leader. */
  unable(metadata: Metadata): Refusal | undefined {
    const leader = this.leadership.leaderPort();
    if (leader === undefined || !this.isReady) return notReady();
    const requiresLeader = metadata.get('requires-leader')[0] === 'true';
    return requiresLeader && !this.leads ? notLeader(HOST, leader) : undefined;
  }

  /** Why a caller may not do something. @param stream `$all` for the whole log */
  authorize(metadata: Metadata, stream: string, what: 'read' | 'write'): Refusal | undefined {
    const { users } = this.database;
    if (users === undefined) return undefined;
    const header = metadata.get('authorization')[0];
    if (header === undefined) return accessDenied();
    const [, encoded = ''] = /^Basic (.+)$/i.exec(String(header)) ?? [];
    const [user = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
    if (!Object.hasOwn(users, user) || users[user] !== rest.join(':')) return unauthenticated();
    if (!stream.startsWith('$')) return undefined;
    return what === 'read' && this.database.mayReadAll(user) ? undefined : accessDenied();
  }
}
