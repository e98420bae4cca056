/** The kit of a decider's spec: given these events, when this command comes, then these events follow, or this rejection. */

import assert from 'node:assert/strict';
import { fold, type Decider, type DomainEvent } from '#libs/decider/decider';
import { Rejection, type RejectionFacts } from '#libs/decider/rejection';

/** The codes that `rejects` has seen so far in this spec file. */
export const provokedCodes = new Set<string>();

/** What a command led to. */
export interface Outcome<Event> {
  /** The events, once it is sure that the same command again leads to none (R3). */
  events(): readonly Event[];
  /** These events and no others; the same command again leads to none (R3). */
  then(...expected: readonly Event[]): void;
  thenNothing(): void;
  /** A rejection of this code, with at least these facts and everything that its text cites. */
  rejects(code: string, facts?: RejectionFacts): void;
}

/** @template Terms left out in `when` by a decider that needs none */
export interface Given<Command, Event, Terms> {
  when(command: Command, ...terms: undefined extends Terms ? [] : [Terms]): Outcome<Event>;
}

/** `given(decider, ...events).when(command, terms).then(...events)`; throws an AssertionError when it is not so. */
export function given<State, Command, Event extends DomainEvent, Terms>(
  decider: Decider<State, Command, Event, Terms>,
  ...history: readonly Event[]
): Given<Command, Event, Terms> {
  const state = fold(decider, history);
  return {
    when(command, ...[terms]) {
      const decide = (on: State) => decider.decide(command, on, terms as Terms);
      const events = () => {
        const decided = decide(state);
        assert.deepEqual(decide(decided.reduce((next, event) => decider.evolve(next, event), state)), []);
        return decided;
      };
      return {
        events,
        // oxlint-disable-next-line unicorn/no-thenable -- given, when, then: a sentence that nobody awaits
        then: (...expected) => assert.deepEqual(events(), expected),
        thenNothing: () => assert.deepEqual(decide(state), []),
        rejects: (code, facts = {}) => assertRejects(() => decide(state), code, facts),
      };
    },
  };
}

/** What was decided, or the rejection; any other error is thrown. */
export function attempt<Event>(decide: () => readonly Event[]): readonly Event[] | Rejection {
  try {
    return decide();
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
}

function assertRejects(decide: () => readonly DomainEvent[], code: string, facts: RejectionFacts): void {
  const rejection = attempt(decide);
  if (!(rejection instanceof Rejection))
    assert.fail(`${code} was expected, decided was ${JSON.stringify(rejection, undefined, 2)}`);
  assert.equal(rejection.code, code);
  const { fr, en } = rejection.text.detail;
  for (const [, fact] of `${fr} ${en}`.matchAll(/\{(\w+)\}/g))
    assert.ok(Object.hasOwn(rejection.facts, fact!), `the text of ${code} cites {${fact}}, which is not given`);
  assert.deepEqual({ ...rejection.facts, ...facts }, rejection.facts);
  provokedCodes.add(code);
}
