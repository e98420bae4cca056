/**
 * Copies a whole log into another store: every event with its id, stream, revision, type, data, metadata and recording
 * time, in the order of the log. What is there already is compared first, what was written is read back and compared.
 */

import {
  AppendTooLarge,
  checkAppend,
  NO_STREAM,
  type EventStore,
  type NewEvent,
  type StoredEvent,
} from '#libs/event-store/event-store';
import { CorruptHistory } from '#libs/decider/decider';
import { canonicalEvent } from '#libs/seals/canonical-event';
import type { TreeHead } from '#libs/seals/merkle';
import { Comparison, type LogDifference, type RaisedTimes } from './compare-logs.js';
import { logEvents } from './log-events.js';
import type { KeptTimes, RecordingTimes } from './recording-times.js';

/** The store that takes the copy. */
export interface TargetStore {
  readonly store: EventStore;
  /** Those whose clock the store was opened with. */
  readonly times: RecordingTimes;
  /** Appends that wait at once: more than one only where the store makes them durable in the order they were asked for. */
  readonly together: number;
}

export type CopyStep = 'comparing' | 'copying' | 'verifying';

export interface CopyOptions {
  /** Told the position reached in the source, and the one that is the end. */
  readonly onProgress?: (step: CopyStep, position: number, end: number) => void;
  /** Stops between two appends, with its reason. */
  readonly signal?: AbortSignal;
}

export type CopyOutcome =
  /** The target holds something else than the beginning of the source: nothing was written. */
  | { readonly outcome: 'refused'; readonly difference: LogDifference }
  /** What was read back is not what was to be written. */
  | { readonly outcome: 'failed'; readonly difference: LogDifference; readonly copied: number }
  /** Every event is there. The heads are equal, unless times were raised. */
  | CopiedLog;

export interface CopiedLog {
  readonly outcome: 'copied';
  /** Events written now. */
  readonly copied: number;
  /** Events found there before. */
  readonly already: number;
  readonly heads: { readonly source: TreeHead; readonly copy: TreeHead };
  /** Of the last event, in the target. */
  readonly position: number;
  /** What no store can keep as it was. */
  readonly raisedTimes: RaisedTimes;
  /** The source has taken events since the copy began; they are not copied. */
  readonly sourceGrew: boolean;
}

/** Events of one append at most, and the bytes of them: EventStoreDB takes a megabyte. */
const RUN_AT_MOST = 100;
const RUN_BYTES = 500_000;
/** Events between two looks at the signal, and two words on the progress. */
const WORD_EVERY = 500;

/**
 * Copies up to the source's head of now. It can be stopped anywhere, in whatever way: the target holds the beginning of
 * the source then, and another run goes on from there.
 * @throws NotCanonical CorruptHistory AppendTooLarge for an event of the source that cannot be copied, which is named
 * @throws StoreUnavailable OutcomeUnknown WrongExpectedRevision as the stores do
 */
export async function copyLog(from: EventStore, to: TargetStore, options: CopyOptions = {}): Promise<CopyOutcome> {
  const { onProgress = () => {}, signal } = options;
  const end = await from.head();
  const word = (step: CopyStep, position: number) => {
    onProgress(step, position, end);
    signal?.throwIfAborted();
  };
  const comparison = new Comparison(from, end, to.store);
  const compared = (step: CopyStep) => seldom((position) => word(step, position));

  const unlike = await comparison.advance(compared('comparing'));
  if (unlike !== undefined) return { outcome: 'refused', difference: unlike };
  const { size: already } = comparison.heads.copy;

  let copied = 0;
  const rest = logEvents(from, comparison.positions.source, end);
  for await (const group of groupsOf(runsOf(rest, comparison.standing), to.together)) {
    word('copying', group[0]!.before);
    await appendAll(to, group);
    copied += group.reduce((sum, { events }) => sum + events.length, 0);
  }

  const wrong = (await comparison.advance(compared('verifying'))) ?? (await comparison.missing());
  if (wrong !== undefined) return { outcome: 'failed', difference: wrong, copied };
  const { heads, positions, raisedTimes } = comparison;
  const sourceGrew = (await from.head()) > end;
  return { outcome: 'copied', copied, already, heads, position: positions.copy, raisedTimes, sourceGrew };
}

/** Consecutive events of one stream that were recorded at one instant: they become one append. */
interface Run {
  readonly stream: string;
  readonly expected: number;
  readonly recordedAt: number;
  readonly events: NewEvent[];
  /** The source's position before the first of them. */
  readonly before: number;
  bytes: number;
}

/** @throws CorruptHistory when a stream of the source skips a revision, NotCanonical */
async function* runsOf(
  events: AsyncIterable<StoredEvent>,
  { times, revisions }: { readonly times: KeptTimes; readonly revisions: Map<string, number> },
): AsyncGenerator<Run> {
  let run: Run | undefined;
  for await (const event of events) {
    const { stream, revision, position, recordedAt } = times.kept(event);
    const expected = revisions.get(stream) ?? NO_STREAM;
    if (revision !== expected + 1)
      throw new CorruptHistory(
        `the source holds revision ${revision} of stream ${stream} at position ${position}, where ${expected + 1} was due`,
      );
    revisions.set(stream, revision);
    const { length: bytes } = canonicalEvent(event);
    if (run !== undefined && !continues(run, stream, recordedAt, bytes)) {
      yield run;
      run = undefined;
    }
    run ??= { stream, expected, recordedAt, events: [], before: position - 1, bytes: 0 };
    run.events.push(newEvent(event));
    run.bytes += bytes;
  }
  if (run !== undefined) yield run;
}

function continues(run: Run, stream: string, recordedAt: number, bytes: number): boolean {
  return (
    run.stream === stream &&
    run.recordedAt === recordedAt &&
    run.events.length < RUN_AT_MOST &&
    run.bytes + bytes <= RUN_BYTES
  );
}

function newEvent({ id, type, data, metadata }: StoredEvent): NewEvent {
  return { id, type, data, metadata };
}

async function* groupsOf(runs: AsyncIterable<Run>, size: number): AsyncGenerator<readonly Run[]> {
  let group: Run[] = [];
  for await (const run of runs) {
    group.push(run);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

async function appendAll({ store, times }: TargetStore, group: readonly Run[]): Promise<void> {
  // before the first of them is asked for: one that is refused among others would leave a hole
  for (const { stream, expected, events } of group) checkAppend(stream, expected, events);
  await Promise.all(
    group.map(async ({ stream, expected, events, recordedAt }) => {
      times.next(recordedAt);
      try {
        await store.append(stream, expected, events);
      } catch (error) {
        if (!(error instanceof AppendTooLarge)) throw error;
        throw new AppendTooLarge(`event ${expected + 1} of stream ${stream}: ${error.message}`, { cause: error });
      }
    }),
  );
}

function seldom(tell: (position: number) => void): (position: number) => void {
  let untold = 0;
  return (position) => {
    untold += 1;
    if (untold < WORD_EVERY) return;
    untold = 0;
    tell(position);
  };
}
