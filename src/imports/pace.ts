/** How many lines are taken in one turn of the event loop: as many as hold it for a few milliseconds on this machine. */

import { setImmediate } from 'node:timers/promises';

const HELD_AT_MOST_MS = 8;
const FEWEST = 10;
const MOST = 200;

export class Pace {
  /** Lines of the next turn. */
  lines = 50;
  private since = performance.now();

  /** Lets others have their turn. */
  async rest(): Promise<void> {
    await setImmediate();
    const now = performance.now();
    this.lines =
      now - this.since > HELD_AT_MOST_MS ? Math.max(FEWEST, this.lines >> 1) : Math.min(MOST, this.lines + FEWEST);
    this.since = now;
  }
}
