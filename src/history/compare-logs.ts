/** Two logs compared event by event, each in its own order: is one a copy of the other, so far as it goes? */

import { START, type EventStore, type StoredEvent } from '#libs/event-store/event-store';
import { canonicalEvent } from '#libs/seals/canonical-event';
import { canonicalJson } from '#libs/seals/canonical-json';
import { MerkleTree, type TreeHead } from '#libs/seals/merkle';
import { logEvents } from './log-events.js';
import { KeptTimes } from './recording-times.js';

const FIELDS = ['id', 'stream', 'revision', 'type', 'recordedAt', 'data', 'metadata'] as const;

/** The first place where a copy is not its source. */
export interface LogDifference {
  /** Place in the log, from 0. */
  readonly index: number;
  /** Of the source's event; of the copy's where the source has none. */
  readonly stream: string;
  readonly revision: number;
  /** The field that differs; or the copy lacks the event, or has it where the source has none. */
  readonly what: (typeof FIELDS)[number] | 'missing' | 'too-many';
}

/** Events recorded before the one they follow, by a clock that was set back; the copy has the later time. */
export interface RaisedTimes {
  readonly count: number;
  readonly first?: {
    readonly index: number;
    readonly stream: string;
    readonly revision: number;
    /** Milliseconds since 1970 UTC. */
    readonly recordedAt: number;
    readonly kept: number;
  };
}

/** Goes on from where it stands: what was found equal once is not read again. */
export class Comparison {
  private readonly sourceTree = new MerkleTree();
  private readonly copyTree = new MerkleTree();
  private readonly keptTimes = new KeptTimes();
  private readonly at = { source: START, copy: START };
  private readonly lastRevisions = new Map<string, number>();
  private raised: RaisedTimes = { count: 0 };

  /** @param upTo the position in the source behind which nothing counts */
  constructor(
    private readonly source: EventStore,
    private readonly upTo: number,
    private readonly copy: EventStore,
  ) {}

  /**
   * Compares on to the copy's end and gives the first difference. It can be called again when the copy has grown.
   * @param onEvent told of each event that is equal, by its position in the source
   * @throws NotCanonical
   */
  async advance(onEvent: (position: number) => void): Promise<LogDifference | undefined> {
    const sources = logEvents(this.source, this.at.source, this.upTo);
    for await (const copied of logEvents(this.copy, this.at.copy)) {
      const { value: event } = await sources.next();
      if (event === undefined) return this.differenceAt(copied, 'too-many');
      const what = this.compare(event, copied);
      if (what !== undefined) return this.differenceAt(event, what);
      onEvent(event.position);
    }
    return undefined;
  }

  /** The source's next event, which the copy lacks. */
  async missing(): Promise<LogDifference | undefined> {
    const { value: event } = await logEvents(this.source, this.at.source, this.upTo).next();
    return event === undefined ? undefined : this.differenceAt(event, 'missing');
  }

  /** Of the events found equal: equal themselves, unless times were raised. */
  get heads(): { readonly source: TreeHead; readonly copy: TreeHead } {
    return { source: this.sourceTree.head, copy: this.copyTree.head };
  }

  /** Of the last event found equal, in each log. */
  get positions(): { readonly source: number; readonly copy: number } {
    return { ...this.at };
  }

  get raisedTimes(): RaisedTimes {
    return this.raised;
  }

  /** Whoever copies on goes on with these: the times that are kept, and the last revision of each stream. */
  get standing(): { readonly times: KeptTimes; readonly revisions: Map<string, number> } {
    return { times: this.keptTimes.branch(), revisions: new Map(this.lastRevisions) };
  }

  /** The first field in which an event and its copy differ; both are counted when there is none. */
  private compare(event: StoredEvent, copied: StoredEvent): LogDifference['what'] | undefined {
    const bytes = canonicalEvent(event);
    const copiedBytes = canonicalEvent(copied);
    const kept = this.keptTimes.kept(event);
    const same = bytes.equals(copiedBytes);
    if (!same && !canonicalEvent(kept).equals(copiedBytes)) return FIELDS.find((field) => differs(kept, copied, field));
    if (!same) this.raise(event, kept.recordedAt);
    this.sourceTree.add(bytes);
    this.copyTree.add(copiedBytes);
    this.at.source = event.position;
    this.at.copy = copied.position;
    this.lastRevisions.set(event.stream, event.revision);
    return undefined;
  }

  private raise({ stream, revision, recordedAt }: StoredEvent, kept: number): void {
    const { count, first = { index: this.copyTree.head.size, stream, revision, recordedAt, kept } } = this.raised;
    this.raised = { count: count + 1, first };
  }

  private differenceAt({ stream, revision }: StoredEvent, what: LogDifference['what']): LogDifference {
    return { index: this.copyTree.head.size, stream, revision, what };
  }
}

function differs(event: StoredEvent, copied: StoredEvent, field: (typeof FIELDS)[number]): boolean {
  return canonicalJson(event[field]) !== canonicalJson(copied[field]);
}
