/** Reads a form with a file, bounded: its token first, the rest when its door asks, so that no file of a stranger is taken in. */

import multipart, { type Multipart } from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readCsvBody } from '#libs/nest/csv-body';
import { TransportError } from '#libs/nest/problem';
import { FORM_TOKEN_FIELD } from '../access/form-token.js';
import type { Typed } from './form-fields.js';

/** Bytes of one field, and fields at most; a file is bounded by its door. */
const MAX_FIELD_BYTES = 262_144;
const MAX_FIELDS = 20;

const KIND = /^multipart\/form-data(;|$)/i;

export interface FileForm {
  readonly typed: Typed;
  /** Absent when none was chosen. */
  readonly file?: Buffer;
}

/** A form that is on its way: only its token was read. */
export class ArrivingForm {
  readonly [FORM_TOKEN_FIELD]: string | undefined;

  constructor(
    token: string | undefined,
    private readonly request: FastifyRequest,
    private readonly parts: AsyncIterator<Multipart>,
  ) {
    this[FORM_TOKEN_FIELD] = token;
  }

  /** @throws TransportError BODY_TOO_LARGE BODY_MALFORMED */
  async read(fileAtMostBytes: number): Promise<FileForm> {
    const fields: Record<string, string> = {};
    let file: Buffer | undefined;
    try {
      for (let next = await this.parts.next(); next.done !== true; next = await this.parts.next()) {
        const part = next.value;
        if (part.type === 'field') fields[part.fieldname] = textOf(part);
        else {
          const bytes = await readCsvBody(part.file, fileAtMostBytes);
          // a field without a file chosen is sent all the same
          if (bytes.length > 0) file = bytes;
        }
      }
    } catch (error) {
      throw turnedAway(this.request, error);
    }
    return { typed: fields, ...(file && { file }) };
  }
}

/** @param paths the routes that take such forms; everywhere else they are no media type */
export async function acceptFileForms(server: FastifyInstance, paths: readonly string[]): Promise<void> {
  server.addHook('preParsing', async (request) => {
    const { url = '' } = request.routeOptions;
    if (url !== '' && !paths.includes(url) && KIND.test(request.headers['content-type'] ?? ''))
      throw new TransportError('MEDIA_TYPE_UNSUPPORTED');
  });
  await server.register(multipart, { throwFileSizeLimit: false });
  // before the hook that checks the token
  server.addHook('preValidation', async (request) => {
    if (!request.isMultipart()) return;
    request.body = await arriving(request);
  });
}

async function arriving(request: FastifyRequest): Promise<ArrivingForm> {
  const limits = {
    files: 1,
    fields: MAX_FIELDS,
    parts: MAX_FIELDS + 1,
    fieldSize: MAX_FIELD_BYTES,
    fileSize: Infinity,
  };
  try {
    const parts = request.parts({ limits })[Symbol.asyncIterator]();
    const { value: first } = (await parts.next()) as { value: Multipart | undefined };
    const isToken = first?.type === 'field' && first.fieldname === FORM_TOKEN_FIELD;
    return new ArrivingForm(isToken ? textOf(first) : undefined, request, parts);
  } catch (error) {
    throw turnedAway(request, error);
  }
}

function textOf({ value, valueTruncated }: Extract<Multipart, { type: 'field' }>): string {
  if (valueTruncated) throw new TransportError('BODY_TOO_LARGE');
  return String(value);
}

/** What is still on its way is let go: the answer goes through the same socket. */
function turnedAway({ raw }: FastifyRequest, error: unknown): TransportError {
  raw.unpipe();
  raw.resume();
  if (error instanceof TransportError) return error;
  const { statusCode } = error as { statusCode?: number };
  return new TransportError(statusCode === 413 ? 'BODY_TOO_LARGE' : 'BODY_MALFORMED');
}
