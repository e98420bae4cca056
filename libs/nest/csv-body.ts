/** Lets CSV through as streams, at the doors that take it; reads one whole where it is bounded. */

import type { FastifyInstance } from 'fastify';
import { Readable } from 'node:stream';
import { TransportError } from './problem.js';

/** @param paths the routes of those doors */
export function acceptCsv(server: FastifyInstance, paths: readonly string[]): void {
  server.addContentTypeParser('text/csv', (request, body, done) => {
    if (paths.includes(request.routeOptions.url ?? '')) done(null, body);
    else done(new TransportError('MEDIA_TYPE_UNSUPPORTED'));
  });
}

/**
 * The bytes of a CSV body.
 * @throws TransportError MEDIA_TYPE_UNSUPPORTED for another body, BODY_TOO_LARGE, BODY_MALFORMED when the sender gave up
 */
export async function readCsvBody(body: unknown, atMostBytes: number): Promise<Buffer> {
  if (!(body instanceof Readable)) throw new TransportError('MEDIA_TYPE_UNSUPPORTED');
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    // the request is not destroyed with its last chunk: the answer goes through the same socket
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > atMostBytes) throw new TransportError('BODY_TOO_LARGE');
      chunks.push(chunk);
    }
  } catch (error) {
    body.resume();
    throw error instanceof TransportError ? error : new TransportError('BODY_MALFORMED');
  }
  return Buffer.concat(chunks);
}

/** True when `Accept` names CSV, and JSON not before it. */
export function prefersCsv(accept: string | undefined): boolean {
  const named = (accept ?? '').split(',').map((part) => part.split(';')[0]!.trim().toLowerCase());
  const csv = named.indexOf('text/csv');
  const json = named.indexOf('application/json');
  return csv !== -1 && (json === -1 || csv < json);
}
