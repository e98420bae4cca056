/** Reads of EventStoreDB: whole answers within a time, and events as the port knows them. */

import type { AllStreamRecordedEvent, RecordedEvent, StreamingRead } from '@eventstore/db-client';
import type { StoredEvent, StreamEvent } from './event-store.js';
import { NoAnswer } from './eventstoredb-connection.js';

/** The field of the metadata that keeps when an event was first recorded, where that was not here. */
const FIRST_RECORDED_AT = 'recordedAt';

/**
 * Takes in a whole reading. It is cancelled unless it ended by itself: a reading left open holds one of the hundred
 * streams a server allows.
 * @throws NoAnswer when nothing comes for `silentMs`
 */
export async function collect<Resolved>(reading: StreamingRead<Resolved>, silentMs: number): Promise<Resolved[]> {
  const events: Resolved[] = [];
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => reject(new NoAnswer(`nothing for ${silentMs} ms`)), silentMs);
      reading.on('data', (event) => {
        events.push(event);
        timer!.refresh();
      });
      reading.on('end', resolve);
      // stays: an error that comes after all was read would otherwise end the process
      reading.on('error', reject);
    });
    return events;
  } catch (error) {
    void reading.cancel().catch(() => {});
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** An event of a stream; it does not know its place in the log. */
export function streamEvent(event: RecordedEvent): StreamEvent {
  const { id, type, streamId: stream, revision, created, data, metadata } = event;
  if (!event.isJson || typeof data !== 'object')
    throw new Error(`event ${revision} of stream ${stream} cannot be read: it is no JSON object`);
  const { [FIRST_RECORDED_AT]: recordedAt, ...rest } = (metadata ?? {}) as Record<string, unknown>;
  return {
    id,
    type,
    data,
    metadata: rest,
    stream,
    revision: Number(revision),
    recordedAt: typeof recordedAt === 'string' ? Date.parse(recordedAt) : created.getTime(),
  };
}

/** An event of the whole log. */
export function storedEvent(event: AllStreamRecordedEvent): StoredEvent {
  return { ...streamEvent(event), position: positionOf(event) };
}

export function positionOf({ position }: AllStreamRecordedEvent): number {
  return placeOf(position.commit);
}

/** A place in EventStoreDB's log as a number; it counts bytes, so that a safe integer lasts for eight petabytes. */
export function placeOf(commit: bigint): number {
  const place = Number(commit);
  if (!Number.isSafeInteger(place)) throw new RangeError(`position ${commit} is beyond what is read here`);
  return place;
}

/** Metadata that also keeps when the event was first recorded. */
export function recordedFirst(metadata: object, recordedAt: number): object {
  return { ...metadata, [FIRST_RECORDED_AT]: new Date(recordedAt).toISOString() };
}
