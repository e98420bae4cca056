/** The seal of the log up to a position, made on from where it stood: no event is hashed twice (RFC 6962). */

import { START, type EventStore } from '#libs/event-store/event-store';
import { canonicalEvent } from '#libs/seals/canonical-event';
import { MerkleTree } from '#libs/seals/merkle';
import { logEvents } from '../history/log-events.js';
import type { Seal } from './exercice.events.js';

export class LogSeal {
  private readonly tree = new MerkleTree();
  private at = START;
  private reading: Promise<void> = Promise.resolve();

  constructor(private readonly store: EventStore) {}

  /** The position of the last event it holds. */
  get position(): number {
    return this.at;
  }

  get seal(): Seal {
    const { size, rootHash } = this.tree.head;
    return { treeSize: size, rootHash };
  }

  /** Takes in the events up to a position. @throws NotCanonical StoreUnavailable */
  async advance(upTo: number): Promise<void> {
    // one reader at a time: each event is taken once, in order
    const turn = this.reading.then(() => this.read(upTo));
    this.reading = turn.catch(() => {});
    return turn;
  }

  private async read(upTo: number): Promise<void> {
    if (this.at >= upTo) return;
    for await (const event of logEvents(this.store, this.at, upTo)) {
      this.tree.add(canonicalEvent(event));
      this.at = event.position;
      // nothing is waited for behind the last one
      if (this.at === upTo) return;
    }
  }
}
