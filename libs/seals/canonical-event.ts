/** The canonical bytes of a stored event: two events are equal in every field when, and only when, these bytes are. */

import type { StreamEvent } from '#libs/event-store/event-store';
import { canonicalJson, NotCanonical, unicode } from './canonical-json.js';

/** Names this form; another form would have another name. */
const FORM = 'stored-event.v1';
/** Bytes of the number before each field. */
const PREFIX = 4;

/**
 * Eight fields one after the other, each as the number of its bytes (4 bytes, unsigned, big-endian) and then its bytes,
 * which are UTF-8 text:
 *
 * 1. the name of this form, `stored-event.v1`
 * 2. `id`: the UUID in lower case with its hyphens
 * 3. `stream`: the stream's name
 * 4. `revision`: the place in the stream from 0, in decimal digits without leading zeros
 * 5. `type`
 * 6. `recordedAt`: milliseconds since 1970-01-01T00:00:00Z, in decimal digits without leading zeros
 * 7. `data`: JSON as RFC 8785 writes it (see {@link canonicalJson})
 * 8. `metadata`: the same
 *
 * The position is left out: each store counts positions its own way. The order of a log is held by the tree over it.
 * @throws NotCanonical for an event that these bytes cannot say, which is named
 */
export function canonicalEvent(event: StreamEvent): Buffer {
  const fields = fieldsOf(event);
  const lengths = fields.map((field) => Buffer.byteLength(field));
  const bytes = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + PREFIX + length, 0));
  let at = 0;
  for (const [i, field] of fields.entries()) {
    at = bytes.writeUInt32BE(lengths[i]!, at);
    at += bytes.write(field, at);
  }
  return bytes;
}

function fieldsOf({ id, stream, revision, type, recordedAt, data, metadata }: StreamEvent): readonly string[] {
  try {
    return [
      FORM,
      unicode(id),
      unicode(stream),
      digits(revision),
      unicode(type),
      digits(recordedAt),
      canonicalJson(data),
      canonicalJson(metadata),
    ];
  } catch (error) {
    if (!(error instanceof NotCanonical)) throw error;
    throw new NotCanonical(`event ${revision} of stream ${stream} has no canonical bytes: ${error.message}`, {
      cause: error,
    });
  }
}

function digits(value: number): string {
  if (!Number.isSafeInteger(value) || value < 0) throw new NotCanonical(`${value} is no count`);
  return String(value);
}
