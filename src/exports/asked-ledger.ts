/** How a document asks the ledger: its own API, inside this process, as whoever asked for the document. */

import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { setImmediate } from 'node:timers/promises';
import type { Language } from '#libs/money/euros';
import { languageOf } from '#libs/nest/language';
import { AnsweredProblem, type Problem } from '#libs/nest/problem';
import type { SignedRequest } from '../access/signed-request.js';
import { Vouchers } from '../access/vouchers.js';

export type Asked = Readonly<Record<string, string | number | undefined>>;

/** A page of a list. */
export interface Listed<Row> {
  readonly data: readonly Row[];
  readonly page: { readonly next: string | null };
  readonly position: string;
}

const ROWS_A_PAGE = 500;

@Injectable()
export class LedgerAnswers {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly vouchers: Vouchers,
  ) {}

  /** Everything that is asked is asked with the rights and in the language of this request. */
  for({ asker, headers }: SignedRequest): AskedLedger {
    const language = languageOf(headers['accept-language']);
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    return new AskedLedger(language, (url) =>
      this.vouchers.with(asker, async (voucher) => {
        const authorization = `Bearer ${voucher}`;
        const { statusCode, body } = await server.inject({
          url,
          headers: { authorization, accept: 'application/json', 'accept-language': language },
        });
        if (statusCode >= 400) throw new AnsweredProblem(JSON.parse(body) as Problem);
        return JSON.parse(body) as unknown;
      }),
    );
  }
}

export class AskedLedger {
  constructor(
    readonly language: Language,
    private readonly answerOf: (url: string) => Promise<unknown>,
  ) {}

  /** @throws AnsweredProblem */
  async get<Answer>(path: string, asked: Asked = {}): Promise<Answer> {
    const given = Object.entries(asked).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as [string, string]],
    );
    const query = new URLSearchParams(given).toString();
    const answer = await this.answerOf(`/api/v1${path}${query === '' ? '' : `?${query}`}`);
    // a question inside this process never waits: without this a long list would keep everybody else waiting
    await setImmediate();
    return answer as Answer;
  }

  /** A list page by page, each asked for when the one before has been taken. */
  async *pages<Page extends Listed<unknown>>(path: string, asked: Asked = {}): AsyncGenerator<Page, undefined> {
    let cursor: string | undefined;
    do {
      const page: Page = await this.get<Page>(path, { ...asked, size: ROWS_A_PAGE, cursor });
      yield page;
      cursor = page.page.next ?? undefined;
    } while (cursor !== undefined);
  }
}

/** The first page at once, so that what is refused is refused before an answer begins; and all pages, the first among them. */
export async function begun<Page>(
  pages: AsyncGenerator<Page, undefined>,
): Promise<{ readonly first: Page; readonly all: AsyncIterable<Page> }> {
  const { value: first } = await pages.next();
  if (first === undefined) throw new RangeError('a list has a first page');
  async function* all(begins: Page): AsyncGenerator<Page> {
    try {
      yield begins;
      yield* pages;
    } finally {
      await pages.return(undefined);
    }
  }
  return { first, all: all(first) };
}
