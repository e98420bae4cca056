/**
 * What an append does, case by case, as EventStoreDB's IndexWriter decides it: the truth table that every store and the
 * test server are held to. Events are letters; one letter is one id.
 */

export type AppendOutcome =
  | { readonly kind: 'stored'; readonly revision: number }
  | { readonly kind: 'repeat'; readonly revision: number }
  | { readonly kind: 'conflict' };

export interface AppendCase<Expected = number> {
  readonly name: string;
  /** What the stream holds: its appends, one after the other. */
  readonly held: readonly string[];
  /** -1 for no stream. */
  readonly expected: Expected;
  readonly appended: string;
  /** With the revision of the last event that it speaks of. */
  readonly outcome: AppendOutcome;
}

/** Expectations that hold whatever the stream's revision; the server recognises a repeat only while it remembers it. */
export type WeakExpectation = 'any' | 'stream_exists';

const CONFLICT: AppendOutcome = { kind: 'conflict' };

function stored(revision: number): AppendOutcome {
  return { kind: 'stored', revision };
}

function repeat(revision: number): AppendOutcome {
  return { kind: 'repeat', revision };
}

function row<Expected>(
  name: string,
  held: string,
  expected: Expected,
  appended: string,
  outcome: AppendOutcome,
): AppendCase<Expected> {
  return { name, held: held.split(' ').filter((ids) => ids !== ''), expected, appended, outcome };
}

/** Appends at a revision: the strong ones. */
export const APPEND_CASES: readonly AppendCase[] = [
  // expected == current: ids are not looked at
  row('a first event', '', -1, 'a', stored(0)),
  row('several first events', '', -1, 'abc', stored(2)),
  row('an event at the end', 'a', 0, 'b', stored(1)),
  row('several events at the end', 'ab', 1, 'cde', stored(4)),
  row('the stream’s own event again, at the end', 'a', 0, 'a', stored(1)),
  row('all of the stream again, at the end', 'abc', 2, 'abc', stored(5)),
  row('an older event again, at the end', 'ab cd', 3, 'b', stored(4)),
  row('one id twice in a first append', '', -1, 'aa', stored(1)),
  row('one id twice at the end', 'a', 0, 'bb', stored(2)),

  // expected < current: ids are compared with what is stored from expected + 1 on
  row('a repeat of the first append', 'a', -1, 'a', repeat(0)),
  row('a repeat of several', 'abc', -1, 'abc', repeat(2)),
  row('a repeat in the middle', 'a bc d', 0, 'bc', repeat(2)),
  row('a repeat at the end', 'ab c', 1, 'c', repeat(2)),
  row('a repeat, though others came after it', 'ab cde', -1, 'ab', repeat(1)),
  row('a repeat of the beginning of an append', 'abc', -1, 'ab', repeat(1)),
  row('a repeat that runs over two appends', 'ab c', -1, 'abc', repeat(2)),
  row('a repeat from within an append on', 'abcd', 1, 'cd', repeat(3)),
  row('a repeat of one id twice', 'aa', -1, 'aa', repeat(1)),
  row('the second of one id twice', 'aa', 0, 'a', repeat(1)),

  row('another first event', 'a', -1, 'b', CONFLICT),
  row('another event in the middle', 'abc', 0, 'd', CONFLICT),
  row('the first as stored, a later one not', 'abc', -1, 'abd', CONFLICT),
  row('the first another, the later ones as stored', 'abc', -1, 'dbc', CONFLICT),
  row('the stored ones in another order', 'abc', -1, 'acb', CONFLICT),
  row('the stored ones without their first', 'abc', -1, 'bc', CONFLICT),
  row('the stored ones and one more', 'ab', -1, 'abc', CONFLICT),
  row('the stored ones and one more, another being there', 'ab c', -1, 'abd', CONFLICT),
  row('as many as stored and more of them again', 'a', -1, 'aa', CONFLICT),
  row('an id of the stream at another place', 'abc', 0, 'c', CONFLICT),
  row('an id of the stream at an earlier place', 'abc', 1, 'b', CONFLICT),
  row('the last event, expected too early', 'abc', -1, 'c', CONFLICT),

  // expected > current
  row('a revision of a stream that is not there', '', 0, 'a', CONFLICT),
  row('a far revision of a stream that is not there', '', 7, 'a', CONFLICT),
  row('a revision the stream has not reached', 'a', 1, 'b', CONFLICT),
  row('a revision the stream has not reached, with its own event', 'ab', 2, 'b', CONFLICT),
];

/** Appends at any revision: EventStoreDB's alone, and never used for money. */
export const WEAK_APPEND_CASES: readonly AppendCase<WeakExpectation>[] = [
  row('a first event', '', 'any', 'a', stored(0)),
  row('an event at the end', 'ab', 'any', 'c', stored(2)),
  row('a repeat that is remembered', 'abc', 'any', 'bc', repeat(2)),
  row('a repeat of all', 'ab cd', 'any', 'ab', repeat(1)),
  row('events known and then unknown', 'ab', 'any', 'bc', CONFLICT),
  row('events unknown and then known', 'ab', 'any', 'cb', stored(3)),
  row('a stream that is not there', '', 'stream_exists', 'a', CONFLICT),
  row('a stream that is there', 'a', 'stream_exists', 'b', stored(1)),
  row('a repeat in a stream that is there', 'ab', 'stream_exists', 'ab', repeat(1)),
];
