/** GET /audit/sample, the page; GET /audit/sample/csv, the file — a sample that anybody can draw again. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import type { Download } from '../console/download.js';
import { readForm, type FormFields } from '../console/form-fields.js';
import { freshForm } from '../console/form-state.js';
import type { Query as Asked } from '../console/links.js';
import { namesFor } from '../console/names.js';
import { Page } from '../console/page.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import type { SampleAnswer } from './sample-answers.js';
import { SamplePage, sampleTexts } from './sample.page.js';

const FIELDS = {
  method: 'text',
  size: 'integer',
  seed: 'integer',
  stratum: 'text',
  scheme: 'text',
  exercice: 'text',
  payer: 'text',
  from: 'day',
  to: 'day',
  atPosition: 'text',
} as const satisfies FormFields;

/** What one person goes through in a day or two. */
const FIRST_SIZE = '30';

@ApiExcludeController()
@Controller('audit/sample')
export class ShowSamplePageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Page> {
    const query = askedOf(asked);
    const isAsked = Object.keys(query).length > 0;
    const [sent, names, exercices] = await Promise.all([
      isAsked ? this.api.ask<SampleAnswer>(reader, '/audit/sample', FIELDS, query) : undefined,
      namesFor(this.api, reader),
      this.api.get<{ data: { exercice: number }[] }>(reader, '/exercices'),
    ]);
    const years = exercices.data.map(({ exercice }) => exercice).toReversed();
    const form = sent?.outcome === 'refused' ? sent.form : freshForm({ size: FIRST_SIZE, ...query });
    const props = { form, names, exercices: years, query };
    const body = h(SamplePage, sent?.outcome === 'done' ? { ...props, sample: sent.answer } : props);
    return new Page(sampleTexts[reader.language].title, body, { status: form.refusal?.status ?? 200 });
  }

  @Get('csv')
  @Allowed(...READERS)
  async keep(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Download> {
    const query = readForm(FIELDS, askedOf(asked)).body as Asked;
    const call = { method: 'GET', path: '/audit/sample', query, headers: { accept: 'text/csv' } } as const;
    return this.api.download(reader, call, 'echantillon.csv');
  }
}
