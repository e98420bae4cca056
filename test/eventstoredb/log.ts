/**
 * The log as EventStoreDB keeps it: one sequence of records, each with its place in its stream and in the whole. An
 * append is decided as the server's IndexWriter does; positions and reads are those of its AllReader.
 */

export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly json: boolean;
  readonly data: Buffer;
  readonly metadata: Buffer;
}

export interface LogRecord extends Proposed {
  readonly stream: string;
  readonly revision: number;
  /** Where the record begins: its commit and its prepare position. */
  readonly position: number;
  /** Where the record ends: what the next one, or what reads backwards, starts from. */
  readonly end: number;
  /** Units of 100 ns since 1970 UTC. */
  readonly ticks: bigint;
}

export type Expected = number | 'no_stream' | 'any' | 'stream_exists';

/** A revision or position of -1 says there is none. */
export type Outcome =
  | { readonly kind: 'stored'; readonly revision: number; readonly position: number }
  | { readonly kind: 'repeat'; readonly revision: number; readonly position: number }
  | { readonly kind: 'conflict'; readonly current: number };

export type Direction = 'forwards' | 'backwards';
export type Keep = (records: readonly LogRecord[]) => void;

/** What a prepare record takes beside its texts: its fixed fields, and its length before and after it. */
const RECORD_BYTES = 105;
/** An epoch's record, which no reader sees, stands between others now and then. */
const EPOCH_BYTES = 132;
const EPOCH_EVERY = 50;
const TICKS_A_MS = 10_000n;

/** What counts for the limit of one append. */
export function sizeOnDisk({ type, data, metadata }: Proposed): number {
  return data.length + metadata.length + type.length * 2;
}

export function isSystem({ stream }: { readonly stream: string }): boolean {
  return stream.startsWith('$');
}

export class Log {
  readonly records: LogRecord[] = [];
  private readonly streams = new Map<string, LogRecord[]>();
  /** Ids appended since the start: all that is known of them when any revision is expected. */
  private readonly remembered = new Map<string, LogRecord>();
  private readonly boundaries: Set<number>;
  private readonly listeners = new Set<() => void>();
  private after: number;

  /**
   * @param stored what is in the log already
   * @param keep makes records durable; called before anybody can read them
   */
  constructor(
    stored: readonly LogRecord[] = [],
    private readonly keep: Keep = () => undefined,
    private readonly clock: () => number = Date.now,
    firstPosition = EPOCH_BYTES,
  ) {
    this.after = firstPosition;
    this.boundaries = new Set([0, firstPosition]);
    this.take(stored);
  }

  /** Where the next record will begin, or an epoch before it. */
  get end(): number {
    return this.after;
  }

  /** The revision of a stream's last event, -1 when it has none. */
  last(stream: string): number {
    return (this.streams.get(stream)?.length ?? 0) - 1;
  }

  /** The events of a stream, a copy. */
  stream(stream: string): readonly LogRecord[] {
    return this.streams.get(stream) ?? [];
  }

  append(stream: string, expected: Expected, events: readonly Proposed[]): Outcome {
    const current = this.last(stream);
    const conflict: Outcome = { kind: 'conflict', current };
    if (expected === 'stream_exists' && current < 0) return conflict;
    if (expected === 'any' || expected === 'stream_exists') return this.appendAnywhere(stream, events, conflict);
    const from = expected === 'no_stream' ? -1 : expected;
    if (from > current) return conflict;
    if (from < current) {
      const stored = this.stream(stream).slice(from + 1, from + 1 + events.length);
      const same = events.length > 0 && events.every(({ id }, i) => stored[i]?.id === id);
      return same ? repeatOf(stored.at(-1)!) : conflict;
    }
    return this.store(stream, events);
  }

  /** Weakly idempotent: by a memory that a restart empties, and that knows an id's last place only. */
  private appendAnywhere(stream: string, events: readonly Proposed[], conflict: Outcome): Outcome {
    const known = events.map(({ id }) => this.remembered.get(id)).map((it) => (it?.stream === stream ? it : undefined));
    if (known[0] === undefined) return this.store(stream, events);
    return known.every((record) => record !== undefined) ? repeatOf(known.at(-1)!) : conflict;
  }

  private store(stream: string, events: readonly Proposed[]): Outcome {
    const current = this.last(stream);
    if (events.length === 0) return { kind: 'stored', revision: current, position: -1 };
    const records = this.place(stream, events);
    this.keep(records);
    this.take(records);
    for (const record of records) this.remembered.set(record.id, record);
    this.wakeAll();
    const { revision, position } = records.at(-1)!;
    return { kind: 'stored', revision, position };
  }

  private place(stream: string, events: readonly Proposed[]): LogRecord[] {
    const current = this.last(stream);
    const now = BigInt(this.clock()) * TICKS_A_MS + (BigInt(this.records.length) % TICKS_A_MS);
    const before = this.records.at(-1)?.ticks ?? 0n;
    let position = this.after + (this.records.length % EPOCH_EVERY === EPOCH_EVERY - 1 ? EPOCH_BYTES : 0);
    return events.map((event, i) => {
      const { id, type, json, data, metadata } = event;
      const end =
        position + RECORD_BYTES + Buffer.byteLength(stream) + Buffer.byteLength(type) + data.length + metadata.length;
      const ticks = now > before ? now : before;
      const record = { id, type, json, data, metadata, stream, revision: current + 1 + i, position, end, ticks };
      position = end;
      return record;
    });
  }

  private take(records: readonly LogRecord[]): void {
    for (const record of records) {
      this.records.push(record);
      const stream = this.streams.get(record.stream);
      if (stream === undefined) this.streams.set(record.stream, [record]);
      else stream.push(record);
      this.boundaries.add(record.position).add(record.end);
      this.after = record.end;
    }
  }

  /** What a link points to; undefined for any other event. */
  target({ type, data }: LogRecord): LogRecord | undefined {
    const [, revision = '', stream = ''] = (type === '$>' ? /^(\d+)@(.+)$/.exec(data.toString('utf8')) : null) ?? [];
    return this.stream(stream)[Number(revision)];
  }

  /** True where a reader can start: at a record's begin or end. */
  isBoundary(position: number): boolean {
    return this.boundaries.has(position);
  }

  /** The index of the first record that begins at a position or after it. */
  indexFrom(position: number): number {
    let low = 0;
    let high = this.records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.records[middle]!.position < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Has those who wait for more look again. */
  wakeAll(): void {
    for (const listener of this.listeners) listener();
  }

  /** Calls back after every append, until the function given back is called. */
  onAppended(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

function repeatOf({ revision, position }: LogRecord): Outcome {
  return { kind: 'repeat', revision, position };
}
