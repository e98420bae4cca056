/**
 * A subscription: confirmed, then every record after a place, first the stored ones, then each new one. Where 23.10 and
 * 26.1 differ it does as the version says that the server was started with.
 */

import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { randomUUID } from 'node:crypto';
import {
  caughtUpAnswer,
  checkpointAnswer,
  confirmationAnswer,
  eventAnswer,
  fellBehindAnswer,
  invalidPosition,
  tooSlow,
  unexpected,
} from './answers.js';
import type { Ending } from './faults.js';
import type { LogRecord } from './log.js';
import type { Node, OpenSubscription } from './node.js';
import type { Outgoing } from './outgoing.js';
import { filterOf, type Filter } from './record-filter.js';

/** How many records the server considers for a page, and the default window of a filter. */
const PAGE = 32;
/** What the server holds for a live consumer that does not read: two queues of 32. */
const MOST_BEHIND = 64;
/** A consumer that did not read for so long does not read. */
const SLOW_AFTER_MS = 250;
const WATCH_EVERY_MS = 50;

export function subscribe(node: Node, options: ReadReq.Options, stream: string, outgoing: Outgoing): void {
  const { log, version } = node.database;
  const position = options.getAll()?.getPosition();
  const from = position === undefined ? undefined : Number(position.getCommitPosition());
  const isWrong = from !== undefined && from <= log.end && !log.isBoundary(from);
  if (isWrong && version === '23.10') return outgoing.refuse(invalidPosition());
  const subscription = new Subscription(node, options, stream, outgoing);
  const run = isWrong ? subscription.refuse() : subscription.run();
  run.catch((error: unknown) => outgoing.refuse(unexpected(String(error))));
}

class Subscription implements OpenSubscription {
  private readonly filter: Filter;
  /** Records beyond which a checkpoint is due; undefined without a filter. */
  private readonly interval: number | undefined;
  private considered = 0;
  private sent = 0;
  private live = false;
  private next: number;
  /** 26.1 is not interested in what stands at a checkpoint or before it, though it be beyond the end of the log. */
  private readonly beyond: number;
  private lastCheckpoint = -1;
  private wake: () => void = () => undefined;
  private silent = false;
  private fellBehind = false;

  constructor(
    private readonly node: Node,
    private readonly options: ReadReq.Options,
    private readonly stream: string,
    private readonly outgoing: Outgoing,
  ) {
    const filterOptions = options.getFilter();
    const ofAll = filterOf(filterOptions);
    this.filter = stream === '$all' ? ofAll : (record) => record.stream === stream;
    if (filterOptions !== undefined) {
      const window = filterOptions.hasMax() ? filterOptions.getMax() : PAGE;
      this.interval = window * filterOptions.getCheckpointintervalmultiplier();
    }
    this.next = this.first();
    const position = options.getAll()?.getPosition();
    this.beyond =
      node.database.version === '26.1' && position !== undefined ? Number(position.getCommitPosition()) : -1;
    this.register();
  }

  private register(): void {
    const { node, outgoing } = this;
    const { tally } = node.database;
    node.subscriptions.add(this);
    tally.openSubscriptions += 1;
    const forget = node.database.log.onAppended(() => this.wake());
    outgoing.onOver(() => {
      node.subscriptions.delete(this);
      tally.openSubscriptions -= 1;
      forget();
      this.wake();
    });
  }

  /** The index of the first record after the place given. */
  private first(): number {
    const { log } = this.node.database;
    const all = this.options.getAll();
    const position = all?.getPosition();
    if (position !== undefined) return this.firstAfter(Number(position.getCommitPosition()));
    const place = this.options.getStream();
    if (all?.hasEnd() === true || place?.hasEnd() === true) return this.node.indexed;
    if (place === undefined || !place.hasRevision()) return 0;
    const seen = log.stream(this.stream)[Number(place.getRevision())] ?? log.stream(this.stream).at(-1);
    return seen === undefined ? 0 : log.indexFrom(seen.position) + 1;
  }

  private firstAfter(position: number): number {
    const { log, version } = this.node.database;
    const index = log.indexFrom(position);
    const stands = log.records[index]?.position === position;
    // 23.10 reads one record from the position on and starts after it, whether it stands there or not
    return stands || (version === '23.10' && index < log.records.length) ? index + 1 : index;
  }

  /** A wrong position is told after the confirmation. */
  async refuse(): Promise<void> {
    await this.outgoing.write(confirmationAnswer(randomUUID()));
    this.outgoing.refuse(invalidPosition());
  }

  async run(): Promise<void> {
    await this.outgoing.write(confirmationAnswer(randomUUID()));
    const guard = setInterval(() => this.watch(), WATCH_EVERY_MS);
    this.outgoing.onOver(() => clearInterval(guard));
    while (!this.isOver) {
      await this.deliver();
      if (!this.isOver && !this.live) await this.goLive();
      await this.more();
    }
  }

  private get isOver(): boolean {
    return this.outgoing.over || this.silent;
  }

  private async deliver(): Promise<void> {
    const { records } = this.node.database.log;
    while (this.next < this.node.indexed && !this.isOver) {
      if (this.fellBehind) await this.outgoing.write(fellBehindAnswer());
      this.fellBehind = false;
      const record = records[this.next]!;
      this.next += 1;
      if (record.position <= this.beyond) continue;
      if (this.filter(record)) await this.send(record);
      this.considered += 1;
      if (this.interval !== undefined && this.considered % this.interval === 0) await this.checkpoint(record.position);
    }
  }

  private async send(record: LogRecord): Promise<void> {
    const from = this.stream === '$all' ? 'all' : 'stream';
    const { faults, log } = this.node.database;
    const target = this.options.getResolveLinks() ? log.target(record) : undefined;
    await this.outgoing.write(target === undefined ? eventAnswer(record, from) : eventAnswer(target, from, record));
    this.sent += 1;
    const failure = faults.takeWhen('fail-subscription', this.stream, ({ afterEvents }) => this.sent >= afterEvents);
    if (failure !== undefined) this.finish(failure.with);
  }

  private async goLive(): Promise<void> {
    const last = this.node.database.log.records[this.next - 1];
    // 26.1 tells where it stands when it has caught up, 23.10 only every so many records
    if (this.interval !== undefined && this.node.database.version === '26.1' && last !== undefined)
      await this.checkpoint(last.position);
    await this.outgoing.write(caughtUpAnswer());
    this.live = true;
  }

  private async checkpoint(position: number): Promise<void> {
    if (position <= this.lastCheckpoint) return;
    this.lastCheckpoint = position;
    await this.outgoing.write(checkpointAnswer(position));
  }

  /** Resolves when there may be more to deliver. */
  private async more(): Promise<void> {
    if (this.isOver || this.next < this.node.indexed) return;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
    });
  }

  /** A live consumer that does not read while the log moves on: 23.10 drops it, 26.1 lets it catch up again. */
  private watch(): void {
    if (!this.live || this.node.indexed - this.next <= MOST_BEHIND || this.outgoing.blockedMs < SLOW_AFTER_MS) return;
    if (this.node.database.version === '23.10') return this.finishTooSlow();
    this.live = false;
    this.fellBehind = true;
  }

  finishTooSlow(): void {
    this.node.database.tally.slowConsumers += 1;
    this.outgoing.refuse(tooSlow());
    this.wake();
  }

  finish(how: Ending): void {
    this.silent = how === 'silence';
    if (!this.silent) this.outgoing.finish(how);
    this.wake();
  }
}
