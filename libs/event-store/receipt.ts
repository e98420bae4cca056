/** What a command leads to: recorded, already recorded (R3), or only rehearsed; with where it stands. */

import { Rejection, type RejectionText } from '#libs/decider/rejection';
import type { DomainEvent } from '#libs/decider/decider';
import type { Aggregates, Held } from './aggregates.js';
import type { EventStore, StreamEvent } from './event-store.js';

/** Who asks, and how. */
export interface Asking {
  /** Stable pseudonym of who asks; goes into every event's metadata. */
  readonly actor: string;
  /** What ties together everything that one request led to. */
  readonly correlationId: string;
  /** Decide and show, record nothing. */
  readonly dryRun: boolean;
  /** The stream's revision that the asker has seen, when it insists on it. */
  readonly ifMatch?: number;
}

export interface Receipt<Event> {
  readonly outcome: 'recorded' | 'already-recorded' | 'rehearsed';
  readonly event: Event;
  /**
   * The event's position; for a rehearsal the last one known, and where streams know no positions, a request repeated
   * answers one at or after the event.
   */
  readonly position: number;
  /** The stream's revision now. */
  readonly revision: number;
}

export const staleRevision: RejectionText = {
  kind: 'stale',
  rules: ['R3'],
  title: { fr: 'Le dossier a changé entre-temps', en: 'Changed in the meantime' },
  detail: {
    fr: 'If-Match demande la révision {expected} ; la révision actuelle est {actual}.',
    en: 'If-Match asks for revision {expected}; the current revision is {actual}.',
  },
};

/**
 * Decides, appends and answers; asked again, gives the first answer.
 *
 * @param decide gives the events that a command leads to, the last of which answers it
 * @param answers finds the event that answered the command the first time
 * @param which of several such events: the last one where a command may be given anew after what it led to was undone
 * @param replies finds the event that the command replies to, when it replies to one: the last such event caused what comes
 */
export async function perform<State, Command, Event extends DomainEvent, Terms>(
  { store, aggregates }: { store: EventStore; aggregates: Aggregates<State, Command, Event, Terms> },
  id: string,
  decide: (held: Held<State>) => readonly Event[],
  answers: (event: Event) => boolean,
  { actor, correlationId, dryRun, ifMatch }: Asking,
  which: 'first' | 'last' = 'first',
  replies?: (event: Event) => boolean,
): Promise<Receipt<Event>> {
  const checked = (held: Held<State>) => {
    const events = decide(held);
    if (events.length > 0 && ifMatch !== undefined && ifMatch !== held.revision)
      throw new Rejection('STALE_REVISION', staleRevision, { expected: ifMatch, actual: held.revision });
    return events;
  };
  if (dryRun) {
    const held = await aggregates.loadDurable(id);
    const event = checked(held).at(-1);
    if (event !== undefined) return { outcome: 'rehearsed', event, position: store.known, revision: held.revision };
  } else {
    const cause = replies && (await lastOf(store, aggregates.streamOf(id), replies));
    const causation = cause === undefined ? {} : { $causationId: cause.id };
    const done = await aggregates.transact(id, checked, { actor, $correlationId: correlationId, ...causation });
    const event = done.events.at(-1);
    if (event !== undefined) return { outcome: 'recorded', event, position: done.position!, revision: done.revision };
  }
  const history = await store.readStream(aggregates.streamOf(id));
  const isAnswer = (stored: StreamEvent) => answers(stored as StreamEvent & Event);
  const answer = (which === 'first' ? history.find(isAnswer) : history.findLast(isAnswer))!;
  return {
    outcome: 'already-recorded',
    event: answer as StreamEvent & Event,
    position: answer.position ?? (await store.head()),
    revision: history.at(-1)!.revision,
  };
}

async function lastOf<Event extends DomainEvent>(
  store: EventStore,
  stream: string,
  is: (event: Event) => boolean,
): Promise<StreamEvent | undefined> {
  const history = await store.readStream(stream);
  return history.findLast((stored) => is(stored as StreamEvent & Event));
}
