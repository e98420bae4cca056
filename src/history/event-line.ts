/** An event as programs read it: one JSON object a line (NDJSON), the complete stored event. */

import type { StoredEvent } from '#libs/event-store/event-store';

export function eventLine({ position, stream, revision, id, type, recordedAt, data, metadata }: StoredEvent): string {
  const instant = new Date(recordedAt).toISOString();
  const line = { position: String(position), stream, revision, id, type, recordedAt: instant, data, metadata };
  return `${JSON.stringify(line)}\n`;
}
