/** GET and POST /imports, the page — a slip, as a file or as pasted lines: checked, recorded, given back. */

import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { Readable } from 'node:stream';
import { decodeWindows1252, EncodingWatch } from '#libs/csv/encoding';
import { readCsvBody } from '#libs/nest/csv-body';
import type { Problem } from '#libs/nest/problem';
import { Allowed, RECORDERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { typedOf } from '../console/form-body.js';
import { asTyped, readForm, type Typed } from '../console/form-fields.js';
import { ArrivingForm } from '../console/form-files.js';
import { freshForm, refusedForm, type FormState } from '../console/form-state.js';
import { namesFor } from '../console/names.js';
import { Page } from '../console/page.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import type { ImportAnswer } from './import-slip.js';
import { ImportPage, importTexts } from './import.page.js';

const FIELDS = { slip: 'text', mode: 'text', step: 'text' } as const;
/** Bytes of a slip that comes from a page at most: some 100,000 lines. */
const MAX_SLIP_BYTES = 16_777_216;
/** Bytes of a file whose lines are shown, to be recorded without choosing it again. */
const MAX_SHOWN_BYTES = 131_072;

interface SentSlip {
  readonly typed: Typed;
  readonly slip: Buffer;
}

@ApiExcludeController()
@Controller('imports')
export class ImportSlipPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...RECORDERS)
  async show(@ReadBy() reader: Reader): Promise<Page> {
    return this.page(reader, freshForm({ mode: 'all-or-nothing' }));
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
    const { typed, slip } = await sentSlip(request.body, body, query);
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
      return this.page(reader, refusedForm(reader.language, typed, readForm(FIELDS, typed), problem));
    }
    if (step !== 'file') return this.page(reader, freshForm(typed), JSON.parse(answer.text) as ImportAnswer);
    void reply
      .header('Content-Type', 'text/csv; charset=utf-8')
      .header('Content-Disposition', 'attachment; filename="bordereau-a-corriger.csv"')
      .header('Cache-Control', 'private, no-store');
    return Buffer.from(answer.text);
  }

  private async page(reader: Reader, form: FormState, report?: ImportAnswer): Promise<Page> {
    const names = await namesFor(this.api, reader);
    const body = h(ImportPage, { form, names, ...(report && { report }) });
    const status = form.refusal?.status ?? 200;
    return new Page(importTexts[reader.language].title, body, { status, scripts: ['slip.js'] });
  }
}

/** As a script sends it, a form with a file, or one with pasted lines. */
async function sentSlip(sent: unknown, body: Typed, query: PageQuery): Promise<SentSlip> {
  if (sent instanceof Readable) return { typed: askedOf(query), slip: await readCsvBody(sent, MAX_SLIP_BYTES) };
  if (!(sent instanceof ArrivingForm)) return pasted(typedOf(body));
  const { typed, file } = await sent.read(MAX_SLIP_BYTES);
  return file === undefined ? pasted(typed) : { typed: { ...typed, slip: shownLines(file) }, slip: file };
}

function pasted(typed: Typed): SentSlip {
  return { typed, slip: Buffer.from(asTyped(typed, 'slip')) };
}

/** Nothing of a large file, nor of one that cannot be read: it is chosen again. */
function shownLines(file: Buffer): string {
  if (file.length > MAX_SHOWN_BYTES) return '';
  const watch = new EncodingWatch();
  watch.take(file);
  const verdict = watch.verdict();
  if ('unreadableAt' in verdict) return '';
  return (verdict.encoding === 'utf-8' ? file : decodeWindows1252(file))
    .toString()
    .slice(verdict.markBytes === 3 ? 1 : 0);
}
