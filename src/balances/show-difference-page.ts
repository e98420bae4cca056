/** GET /difference, the page; GET /difference/csv, the file — what changed between two views of the balances. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { endOfDay } from '#libs/calendar/instants';
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
import { DifferencePage, differenceTexts } from './difference.page.js';
import { figures } from './figure-names.js';
import type { DifferenceAnswer } from './show-difference.js';

const FIELDS = {
  beforeAsOf: 'day',
  beforeKnownOn: 'day',
  afterAsOf: 'day',
  afterKnownOn: 'day',
  scheme: 'text',
  exercice: 'text',
  funder: 'text',
  cursor: 'text',
} as const satisfies FormFields;

@ApiExcludeController()
@Controller('difference')
export class ShowDifferencePageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Page> {
    const { figure: named, ...query } = askedOf(asked);
    const figure = figures.find((each) => each === named) ?? 'shareDueCents';
    const [sent, names, exercices] = await Promise.all([
      this.api.ask<DifferenceAnswer>(reader, '/balances/difference', FIELDS, query, (chosen) => ({
        ...questionOf(chosen),
        why: 'true',
      })),
      namesFor(this.api, reader),
      this.api.get<{ data: { exercice: number }[] }>(reader, '/exercices'),
    ]);
    const years = exercices.data.map(({ exercice }) => exercice).toReversed();
    const props = { names, exercices: years, query: { ...query, figure }, figure };
    const body =
      sent.outcome === 'done'
        ? h(DifferencePage, { ...props, form: freshForm(query), difference: sent.answer })
        : h(DifferencePage, { ...props, form: sent.form });
    const status = sent.outcome === 'done' ? 200 : sent.form.refusal!.status;
    return new Page(differenceTexts[reader.language].title, body, { status });
  }

  @Get('csv')
  @Allowed(...READERS)
  async keep(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Download> {
    const query = questionOf(readForm(FIELDS, askedOf(asked)).body as Asked);
    const call = { method: 'GET', path: '/balances/difference', query, headers: { accept: 'text/csv' } } as const;
    return this.api.download(reader, call, 'ecarts.csv');
  }
}

/** What is recorded on a day is known when that day ends in Paris. */
function questionOf({ beforeKnownOn, afterKnownOn, ...chosen }: Asked): Asked {
  return { ...chosen, beforeKnownAt: endOf(beforeKnownOn), afterKnownAt: endOf(afterKnownOn) };
}

function endOf(day: Asked[string]): string | undefined {
  return day === undefined ? undefined : new Date(endOfDay(String(day))).toISOString();
}
