/** GET and POST /imports, the page — a slip, as a file that a script sends or as pasted lines: checked, recorded, given back. */

import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { Readable } from 'node:stream';
import { readCsvBody } from '#libs/nest/csv-body';
import type { Problem } from '#libs/nest/problem';
import { Allowed, RECORDERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { typedOf } from '../console/form-body.js';
import { asTyped, readForm, type Typed } from '../console/form-fields.js';
import { freshForm, refusedForm, type FormState } from '../console/form-state.js';
import { Page } from '../console/page.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import type { ImportAnswer } from './import-slip.js';
import { ImportPage, importTexts } from './import.page.js';

const FIELDS = { slip: 'text', mode: 'text', step: 'text' } as const;
/** Bytes of a slip that comes from a page at most: some 100,000 lines. */
const MAX_SLIP_BYTES = 16_777_216;

@ApiExcludeController()
@Controller('imports')
export class ImportSlipPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...RECORDERS)
  show(@ReadBy() reader: Reader): Page {
    return page(reader, freshForm({ mode: 'all-or-nothing' }));
  }

  @Post()
  @HttpCode(200)
  @Allowed(...RECORDERS)
  async take(
    @Body() body: Typed,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @ReadBy() reader: Reader,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page | Buffer> {
    const isFile = request.body instanceof Readable;
    const typed: Typed = isFile ? askedOf(query) : typedOf(body);
    const slip = isFile ? await readCsvBody(request.body, MAX_SLIP_BYTES) : Buffer.from(asTyped(typed, 'slip'));
    const step = asTyped(typed, 'step');
    const answer = await this.api.send(reader, {
      method: 'POST',
      path: '/imports',
      query: { mode: asTyped(typed, 'mode'), dryRun: step === 'record' ? undefined : 'true' },
      body: slip,
      headers: { 'content-type': 'text/csv', accept: step === 'file' ? 'text/csv' : 'application/json' },
    });
    if (answer.status >= 400) {
      const problem = JSON.parse(answer.text) as Problem;
      return page(reader, refusedForm(reader.language, typed, readForm(FIELDS, typed), problem));
    }
    if (step !== 'file') return page(reader, freshForm(typed), JSON.parse(answer.text) as ImportAnswer);
    void reply
      .header('Content-Type', 'text/csv; charset=utf-8')
      .header('Content-Disposition', 'attachment; filename="bordereau-a-corriger.csv"')
      .header('Cache-Control', 'private, no-store');
    return Buffer.from(answer.text);
  }
}

function page(reader: Reader, form: FormState, report?: ImportAnswer): Page {
  const body = h(ImportPage, { form, ...(report && { report }) });
  const status = form.refusal?.status ?? 200;
  return new Page(importTexts[reader.language].title, body, { status, scripts: ['slip.js'] });
}
