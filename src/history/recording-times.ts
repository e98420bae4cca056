/** When events were first recorded, told to the store that takes a copy of them. */

import type { StoredEvent } from '#libs/event-store/event-store';

/** A clock for a store, and the hand that sets it. */
export interface RecordingTimes {
  /** Milliseconds since 1970 UTC. */
  readonly clock: () => number;
  /** Says when the events of the next append were recorded, before it is asked for. */
  readonly next: (instant: number) => void;
}

/** For a store that reads its clock once an append, in the order in which they were asked for. */
export function queuedTimes(): RecordingTimes {
  const instants: number[] = [];
  return {
    clock: () => {
      const instant = instants.shift();
      if (instant === undefined) throw new Error('the clock was read more often than there were appends');
      return instant;
    },
    next: (instant) => {
      instants.push(instant);
    },
  };
}

/** For a store that reads its clock as often as it likes, with one append under way at a time. */
export function heldTimes(): RecordingTimes {
  let held = 0;
  return {
    clock: () => held,
    next: (instant) => {
      held = instant;
    },
  };
}

/** The times as a store keeps them, where they never go back: a clock that was set back counts as standing still. */
export class KeptTimes {
  constructor(private latest = 0) {}

  /** The next event of a log as a store keeps it. */
  kept(event: StoredEvent): StoredEvent {
    this.latest = Math.max(this.latest, event.recordedAt);
    return event.recordedAt === this.latest ? event : { ...event, recordedAt: this.latest };
  }

  /** Another one that goes on from here. */
  branch(): KeptTimes {
    return new KeptTimes(this.latest);
  }
}
