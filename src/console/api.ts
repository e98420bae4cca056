/** The pages' way to the ledger: the JSON API, asked inside this process as the person who is signed in. */

import { Injectable, type StreamableFile } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import type { Problem } from '#libs/nest/problem';
import { Vouchers } from '../access/vouchers.js';
import { download } from './download.js';
import { readForm, type FormFields, type Typed } from './form-fields.js';
import { refusedForm, type FormState } from './form-state.js';
import { withQuery, type Query } from './links.js';
import type { Reader } from './visitor.js';

/** What the API said no to: shown as a page of its own, or beside a form. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  constructor(readonly problem: Problem) {
    super(problem.code);
  }
}

export interface ApiReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | string[] | undefined>>;
  readonly text: string;
}

export interface ApiCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/api/v1`. */
  readonly path: string;
  readonly query?: Query;
  readonly body?: object | Buffer;
  /** `If-Match`, `Accept`, the `Content-Type` of a body that is no JSON. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** How a form fared: the API's answer, or the form as it is to be shown again. */
export type Sent<Answer> =
  | { readonly outcome: 'done'; readonly answer: Answer; readonly status: number }
  | { readonly outcome: 'refused'; readonly form: FormState };

@Injectable()
export class ConsoleApi {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly vouchers: Vouchers,
  ) {}

  /** @throws ApiProblem */
  async get<Answer>(reader: Reader, path: string, query: Query = {}): Promise<Answer> {
    return read(await this.send(reader, { method: 'GET', path, query }));
  }

  /** @throws ApiProblem */
  async post<Answer>(reader: Reader, path: string, body: object, query: Query = {}): Promise<Answer> {
    return read(await this.send(reader, { method: 'POST', path, body, query }));
  }

  /** Sends what was typed into a form, as the body of a write. */
  async submit<Answer>(
    reader: Reader,
    path: string,
    fields: FormFields,
    typed: Typed,
    query: Query = {},
  ): Promise<Sent<Answer>> {
    const form = readForm(fields, typed);
    if (form.problems.length > 0) return { outcome: 'refused', form: refusedForm(reader.language, typed, form) };
    const { status, text } = await this.send(reader, { method: 'POST', path, body: form.body, query });
    if (status < 400) return { outcome: 'done', answer: JSON.parse(text) as Answer, status };
    return { outcome: 'refused', form: refusedForm(reader.language, typed, form, JSON.parse(text) as Problem) };
  }

  /** How the log and the read models stand. */
  async health(): Promise<{ readonly status: string; readonly readModels: string }> {
    const { body } = await this.host.httpAdapter.getInstance<FastifyInstance>().inject({ url: '/health' });
    return JSON.parse(body) as { status: string; readModels: string };
  }

  /**
   * A file of the API, as it streams out of it.
   * @throws ApiProblem
   */
  async download({ person, language }: Reader, path: string, query: Query = {}): Promise<StreamableFile> {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    const url = `/api/v1${withQuery(path, query)}`;
    const downloaded = await this.vouchers.with(person, (voucher) =>
      download(server, { url, headers: { authorization: `Bearer ${voucher}`, 'accept-language': language } }),
    );
    if (downloaded.outcome === 'refused') throw new ApiProblem(downloaded.problem);
    return downloaded.file;
  }

  /** Any call, answered as it comes: a CSV, a refusal. */
  async send({ person, language }: Reader, { method, path, query, body, headers }: ApiCall): Promise<ApiReply> {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    return this.vouchers.with(person, async (voucher) => {
      const answer = await server.inject({
        method,
        url: `/api/v1${withQuery(path, query)}`,
        headers: {
          authorization: `Bearer ${voucher}`,
          'accept-language': language,
          ...(body !== undefined && !Buffer.isBuffer(body) && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { payload: Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
      });
      return { status: answer.statusCode, headers: answer.headers, text: answer.body };
    });
  }
}

function read<Answer>({ status, text }: ApiReply): Answer {
  if (status >= 400) throw new ApiProblem(JSON.parse(text) as Problem);
  return JSON.parse(text) as Answer;
}
