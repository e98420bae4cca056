/**
 * The decider: a command and a state give events; a state and an event give the next state. Pure on both sides.
 * The name and the shape are Jérémie Chassaing's ("Functional Event Sourcing Decider", 2021).
 */

/** What happened: a versioned type name and its facts. */
export interface DomainEvent {
  readonly type: string;
  readonly data: object;
}

/**
 * @template Terms what a decision needs from outside its own stream, read at the moment of deciding
 */
export interface Decider<State, Command, Event extends DomainEvent, Terms = undefined> {
  readonly initial: State;
  /** The events the command leads to; none when it was already done. Throws a Rejection when a rule says no. */
  decide(command: Command, state: State, terms: Terms): readonly Event[];
  /** The state after an event. Never decides; throws CorruptHistory when the history is impossible. */
  evolve(state: State, event: Event): State;
}

/** The state that a history leads to. */
export function fold<State, Event>(
  decider: { readonly initial: State; evolve(state: State, event: Event): State },
  events: Iterable<Event>,
): State {
  let state = decider.initial;
  for (const event of events) state = decider.evolve(state, event);
  return state;
}

/** A stored history that no sequence of decisions can have made. */
export class CorruptHistory extends Error {
  override readonly name = 'CorruptHistory';
}
