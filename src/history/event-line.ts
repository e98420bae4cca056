/** An event as programs read it: one JSON object a line (NDJSON), the complete stored event. */

import type { StreamEvent } from '#libs/event-store/event-store';

/** The position is null where a stream does not know it (decision 0012). */
export function eventLine({ position, stream, revision, id, type, recordedAt, data, metadata }: StreamEvent): string {
  const instant = new Date(recordedAt).toISOString();
  const line = {
    position: position === undefined ? null : String(position),
    stream,
    revision,
    id,
    type,
    recordedAt: instant,
    data,
    metadata,
  };
  return `${JSON.stringify(line)}\n`;
}
