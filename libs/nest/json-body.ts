/** Reads JSON bodies, and no others: bounded in size and in depth, and never through a prototype. */

import type { FastifyInstance } from 'fastify';
import { TransportError } from './problem.js';

/** No honest request nests deeper. */
const MAX_DEPTH = 20;

/** Bytes of a JSON body at most. */
const MAX_BODY_BYTES = 1_048_576;

export function acceptJson(server: FastifyInstance): void {
  server.removeContentTypeParser('text/plain');
  server.addContentTypeParser<string>(
    'application/json',
    { parseAs: 'string', bodyLimit: MAX_BODY_BYTES },
    (_request, body, done) => {
      try {
        done(null, parse(body));
      } catch (error) {
        done(error as Error);
      }
    },
  );
}

function parse(body: string): unknown {
  if (depthOf(body) > MAX_DEPTH) throw new TransportError('BODY_TOO_DEEP');
  try {
    return JSON.parse(body, (key, value: unknown) => {
      // the names that every object has already: the check for unknown fields would not see them
      if (Object.hasOwn(Object.prototype, key)) throw new TransportError('BODY_MALFORMED');
      return value;
    });
  } catch {
    throw new TransportError('BODY_MALFORMED');
  }
}

/** The deepest nesting of a JSON text, counted without building anything. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charCodeAt(i);
    if (inString) {
      if (char === 0x5c) i += 1;
      else if (char === 0x22) inString = false;
    } else if (char === 0x22) inString = true;
    else if (char === 0x7b || char === 0x5b) deepest = Math.max(deepest, (depth += 1));
    else if (char === 0x7d || char === 0x5d) depth -= 1;
  }
  return deepest;
}
