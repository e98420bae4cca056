/** An event as programs read it: one JSON object a line (NDJSON), the complete stored event. */

import type { StreamEvent } from '#libs/event-store/event-store';

/** An event as it is shown. The position is null where a stream does not know it (decision 0012). */
export function shownEvent({ position, stream, revision, id, type, recordedAt, data, metadata }: StreamEvent) {
  const instant = new Date(recordedAt).toISOString();
  return {
    position: position === undefined ? null : String(position),
    stream,
    revision,
    id,
    type,
    recordedAt: instant,
    data,
    metadata,
  };
}

export function eventLine(event: StreamEvent): string {
  return `${JSON.stringify(shownEvent(event))}\n`;
}
