/** A table of the API as a file that a page's link saves; the API notes it in the journal of exports. */

import type { FastifyReply } from 'fastify';
import type { Problem } from '#libs/nest/problem';
import { ApiProblem, type ConsoleApi } from './api.js';
import type { Query } from './links.js';
import type { Reader } from './visitor.js';

/**
 * @param name of the file
 * @throws ApiProblem
 */
export async function csvFile(
  api: ConsoleApi,
  reader: Reader,
  reply: FastifyReply,
  asked: { readonly path: string; readonly query?: Query; readonly name: string },
): Promise<Buffer> {
  const { path, query = {}, name } = asked;
  const { status, text } = await api.send(reader, { method: 'GET', path, query, headers: { accept: 'text/csv' } });
  if (status >= 400) throw new ApiProblem(JSON.parse(text) as Problem);
  void reply
    .header('Content-Type', 'text/csv; charset=utf-8')
    .header('Content-Disposition', `attachment; filename="${name}"`)
    .header('Cache-Control', 'private, no-store');
  return Buffer.from(text);
}
