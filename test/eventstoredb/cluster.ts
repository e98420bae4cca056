/** The nodes of a test server, which of them leads, and what a test may do to them. */

import { randomUUID } from 'node:crypto';
import type { Ending, Fault, Kind } from './faults.js';
import { openLogFile, readLogFile } from './log-file.js';
import { Log } from './log.js';
import { Node, type Leadership } from './node.js';
import type { Commands, Counts, Start, WrittenEvent } from './protocol.js';
import { speaking, type Member } from './grpc.js';
import { proposedOf, Database } from './database.js';

const ELECTION_MS = 1_000;

export class Cluster implements Commands, Leadership {
  private readonly database: Database;
  private readonly nodes: readonly Node[];
  private readonly instanceIds: readonly string[];
  private leading: number | undefined = 0;
  private election: NodeJS.Timeout | undefined;

  constructor(start: Start) {
    const stored = readLogFile(start.file);
    const log = new Log(stored, openLogFile(start.file), Date.now, start.firstPosition);
    this.database = new Database(log, start);
    const speak = speaking(start, () => this.members());
    this.nodes = start.ports.map((port) => new Node(this.database, this, port, speak));
    this.instanceIds = this.nodes.map(() => randomUUID());
  }

  /** Resolves with the nodes' ports when they listen. */
  listen(): Promise<number[]> {
    return Promise.all(this.nodes.map((node) => node.listen()));
  }

  leaderPort(): number | undefined {
    return this.leading === undefined ? undefined : this.nodes[this.leading]!.address;
  }

  private members(): Member[] {
    return this.nodes.map((node, i) => ({
      instanceId: this.instanceIds[i]!,
      port: node.address,
      isAlive: node.isAlive,
      state: !node.isReady || !node.isAlive ? 'unknown' : node.leads ? 'leader' : 'follower',
    }));
  }

  fault(fault: Fault): void {
    this.database.faults.arm(fault);
  }

  clearFaults(kind?: Kind): void {
    this.database.faults.clear(kind);
  }

  dropSubscriptions(how: Ending): number {
    const open = this.nodes.flatMap((node) => [...node.subscriptions]);
    for (const subscription of open) subscription.finish(how);
    return open.length;
  }

  dropSlowConsumers(): number {
    const open = this.nodes.flatMap((node) => [...node.subscriptions]);
    for (const subscription of open) subscription.finishTooSlow();
    return open.length;
  }

  cutConnections(): number {
    return this.nodes.reduce((count, node) => count + node.cutAll(), 0);
  }

  refuseConnections(): void {
    for (const node of this.nodes) node.die();
  }

  async takeConnections(): Promise<void> {
    await this.listen();
  }

  lateAppends(): number {
    return this.database.lateAppends;
  }

  applyLateAppends(): number {
    return this.database.applyLate();
  }

  append(stream: string, expected: number | 'any', events: readonly WrittenEvent[]): string {
    return this.database.log.append(stream, expected, events.map(proposedOf)).kind;
  }

  writeSystemEvent(kind: 'metadata' | 'stats' | 'link', stream?: string): void {
    this.database.writeSystemEvent(kind, stream);
  }

  allowReadAll(users: readonly string[]): void {
    this.database.allowReadAll(users);
  }

  setMaxAppendBytes(bytes: number): void {
    this.database.maxAppendBytes = bytes;
  }

  counts(): Counts {
    return { ...this.database.tally };
  }

  leader(): number | undefined {
    return this.leading;
  }

  elect(node: number, lastsMs = ELECTION_MS): void {
    clearTimeout(this.election);
    this.leading = undefined;
    if (lastsMs === 0) this.leading = node;
    else this.election = setTimeout(() => (this.leading = node), lastsMs);
  }

  killNode(node: number, electionMs = ELECTION_MS): void {
    this.nodes[node]!.die();
    const next = this.nodes.findIndex(({ isAlive }) => isAlive);
    if (this.leading === node && next >= 0) this.elect(next, electionMs);
  }

  async reviveNode(node: number): Promise<void> {
    await this.nodes[node]!.listen();
  }

  holdIndex(node: number): void {
    this.nodes[node]!.holdIndex();
  }

  releaseIndex(node: number): void {
    this.nodes[node]!.releaseIndex();
    this.database.log.wakeAll();
  }
}
