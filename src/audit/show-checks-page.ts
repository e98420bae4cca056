/** GET /audit/checks, the page; GET /audit/checks/csv, the file — what an auditor would look at first. */

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
import type { ChecksAnswer } from './checks-answers.js';
import { ChecksPage, checksTexts } from './checks.page.js';

const FIELDS = {
  check: 'text',
  after: 'text',
  scheme: 'text',
  exercice: 'text',
  payer: 'text',
  from: 'day',
  to: 'day',
} as const satisfies FormFields;

/** Findings shown of each check, of one alone, and in the file. */
const [SIZE, SIZE_ALONE, SIZE_AT_MOST] = [8, 50, 500];

@ApiExcludeController()
@Controller('audit/checks')
export class ShowChecksPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Page> {
    const { checks: all, ...query } = askedOf(asked);
    const size = query['check'] === undefined ? SIZE : SIZE_ALONE;
    // every payment is read: not before somebody asks for it
    const isAsked = all !== undefined || Object.keys(query).length > 0;
    const [sent, names, exercices] = await Promise.all([
      isAsked
        ? this.api.ask<ChecksAnswer>(reader, '/audit/checks', FIELDS, query, (chosen) => ({ ...chosen, size }))
        : undefined,
      namesFor(this.api, reader),
      this.api.get<{ data: { exercice: number }[] }>(reader, '/exercices'),
    ]);
    const years = exercices.data.map(({ exercice }) => exercice).toReversed();
    const form = sent?.outcome === 'refused' ? sent.form : freshForm(query);
    const props = { form, names, exercices: years, query };
    const body = h(ChecksPage, sent?.outcome === 'done' ? { ...props, checks: sent.answer } : props);
    return new Page(checksTexts[reader.language].title, body, { status: form.refusal?.status ?? 200 });
  }

  @Get('csv')
  @Allowed(...READERS)
  async keep(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Download> {
    const chosen = readForm(FIELDS, askedOf(asked)).body as Asked;
    const query = { ...chosen, size: SIZE_AT_MOST };
    const call = { method: 'GET', path: '/audit/checks', query, headers: { accept: 'text/csv' } } as const;
    return this.api.download(reader, call, 'controles.csv');
  }
}
