/** A file on its way through a page's door: the API's own answer, streamed as it comes, never held whole. */

import { StreamableFile } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { Readable } from 'node:stream';
import type { Problem } from '#libs/nest/problem';

export interface Asking {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What came of it: a file, or a no. */
export type Downloaded =
  | { readonly outcome: 'file'; readonly file: StreamableFile }
  | { readonly outcome: 'refused'; readonly problem: Problem };

export async function download(server: FastifyInstance, { url, headers }: Asking): Promise<Downloaded> {
  const answer = await server.inject({ url, headers, payloadAsStream: true });
  const content = answer.stream();
  if (answer.statusCode >= 400) return { outcome: 'refused', problem: JSON.parse(await textOf(content)) as Problem };
  // whoever lets go of the file lets go of the answer that it is read from
  content.once('close', () => answer.raw.res.destroy());
  const { 'content-type': type, 'content-disposition': disposition } = answer.headers;
  return {
    outcome: 'file',
    file: new StreamableFile(content, {
      ...(typeof type === 'string' && { type }),
      ...(typeof disposition === 'string' && { disposition }),
    }),
  };
}

async function textOf(content: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
