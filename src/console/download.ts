/** A file that a page's door gives: the API's own answer, handed through while it is made; the API notes it as an export. */

import { StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Readable } from 'node:stream';

export class Download {
  constructor(
    private readonly content: Readable,
    private readonly type: string,
    /** `Content-Disposition`, as the API says it; else with the name that the page gives the file. */
    private readonly disposition: string,
  ) {}

  /** The body of the answer; its headers are set. */
  through(reply: FastifyReply): StreamableFile {
    void reply.header('Cache-Control', 'private, no-store');
    return new StreamableFile(this.content, { type: this.type, disposition: this.disposition });
  }
}
