/** A call that is answered by many messages: written no faster than the caller reads, ended once. */

import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { onCommand, type Refusal } from './answers.js';
import type { Ending } from './faults.js';
import type { Node } from './node.js';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

export class Outgoing {
  /** True when nothing more is written: the call has ended, or its caller has gone. */
  over = false;
  /** Since when the caller has not read what was written. */
  private blockedSince: number | undefined;
  private readonly left: (() => void)[] = [];

  constructor(
    private readonly node: Node,
    private readonly call: ReadCall,
  ) {
    const closed = node.database.opened();
    const leave = (): void => {
      this.over = true;
      closed();
      for (const listener of this.left.splice(0)) listener();
    };
    call.once('cancelled', leave);
    call.once('close', leave);
    call.on('error', () => undefined);
  }

  /** For how long the caller has not read what was written. */
  get blockedMs(): number {
    return this.blockedSince === undefined ? 0 : Date.now() - this.blockedSince;
  }

  onOver(listener: () => void): void {
    if (this.over) listener();
    else this.left.push(listener);
  }

  /** Resolves when more can be written, or when the call is over. */
  async write(answer: ReadResp): Promise<void> {
    if (this.over || this.call.write(answer)) return;
    this.blockedSince = Date.now();
    await new Promise<void>((resolve) => {
      this.call.once('drain', resolve);
      this.onOver(resolve);
    });
    this.blockedSince = undefined;
  }

  refuse(why: Refusal): void {
    if (this.over) return;
    this.over = true;
    this.call.emit('error', why);
  }

  finish(how: Ending): void {
    if (this.over) return;
    if (how === 'cut') this.node.cut(this.call);
    else if (how === 'end') {
      this.over = true;
      this.call.end();
    } else if (how === 'silence') this.over = true;
    else this.refuse(onCommand(how));
  }
}
