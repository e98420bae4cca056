/** Lets slips through as streams: only at their own door, and bounded there. */

import type { FastifyInstance } from 'fastify';
import { TransportError } from '#libs/nest/problem';

export function acceptSlips(server: FastifyInstance, path: string): void {
  server.addContentTypeParser('text/csv', (request, body, done) => {
    if (request.routeOptions.url === path) done(null, body);
    else done(new TransportError('MEDIA_TYPE_UNSUPPORTED'));
  });
}
