/** GET /reconciliations/new and POST /reconciliations, the page — a partner's list, as a file or pasted: compared first, then taken in. */

import { Body, Controller, Get, Post, Query, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { h } from 'preact';
import { Readable } from 'node:stream';
import { readCsvBody } from '#libs/nest/csv-body';
import type { Problem } from '#libs/nest/problem';
import { Allowed, CLOSERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { typedOf } from '../console/form-body.js';
import { asTyped, readForm, type FormFields, type Typed } from '../console/form-fields.js';
import { freshForm, refusedForm, type FormState } from '../console/form-state.js';
import { namesFor } from '../console/names.js';
import { newId } from '../console/new-id.js';
import { Page, SeeOther } from '../console/page.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import type { OpenedReconciliationAnswer } from './open-reconciliation.js';
import { OpenReconciliationPage, openTexts } from './open-reconciliation.page.js';
import { MAX_LIST_BYTES } from './partner-list.js';
import { reconciliationsTexts } from './reconciliations.page.js';

const FIELDS = {
  reconciliationId: 'text',
  funder: 'text',
  exercice: 'integer',
  scheme: 'text',
  receivedOn: 'day',
  listName: 'text',
  list: 'text',
  step: 'text',
} as const satisfies FormFields;

@ApiExcludeController()
@Controller('reconciliations')
export class OpenReconciliationPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get('new')
  @Allowed(...CLOSERS)
  async show(@ReadBy() reader: Reader): Promise<Page> {
    return this.page(reader, freshForm({ reconciliationId: newId('RAP') }));
  }

  @Post()
  @Allowed(...CLOSERS)
  async take(
    @Body() body: Typed,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @ReadBy() reader: Reader,
  ): Promise<Page | SeeOther> {
    const isFile = request.body instanceof Readable;
    const typed: Typed = isFile ? askedOf(query) : typedOf(body);
    const list = isFile ? await readCsvBody(request.body, MAX_LIST_BYTES) : Buffer.from(asTyped(typed, 'list'));
    const form = readForm(FIELDS, typed);
    if (form.problems.length > 0) return this.page(reader, refusedForm(reader.language, typed, form));
    const { list: _, step, ...facts } = form.body;
    const records = step === 'record';
    const answer = await this.api.send(reader, {
      method: 'POST',
      path: '/reconciliations',
      query: { ...(facts as Readonly<Record<string, string | number>>), dryRun: records ? undefined : 'true' },
      body: list,
      headers: { 'content-type': 'text/csv', accept: 'application/json' },
    });
    if (answer.status >= 400) {
      const problem = JSON.parse(answer.text) as Problem;
      return this.page(reader, refusedForm(reader.language, typed, form, problem));
    }
    const opened = JSON.parse(answer.text) as OpenedReconciliationAnswer;
    if (!records) return this.page(reader, freshForm(typed), opened);
    return new SeeOther(`/reconciliations/${opened.reconciliationId}`, openTexts[reader.language].done);
  }

  private async page(reader: Reader, form: FormState, opened?: OpenedReconciliationAnswer): Promise<Page> {
    const names = await namesFor(this.api, reader);
    const body = h(OpenReconciliationPage, { form, names, ...(opened && { opened }) });
    const { language } = reader;
    const crumbs = [{ href: '/reconciliations', text: reconciliationsTexts[language].title }];
    return new Page(openTexts[language].title, body, {
      crumbs,
      status: form.refusal?.status ?? 200,
      scripts: ['slip.js'],
    });
  }
}
