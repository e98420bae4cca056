/** GET /log, the page — the events of the whole log, filtered, each in words. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { endOfDay, startOfDay } from '#libs/calendar/instants';
import type { Language } from '#libs/money/euros';
import { Allowed, READERS } from '../access/roles.js';
import { eventTypes } from '../catalogue.js';
import { ConsoleApi } from '../console/api.js';
import type { Choice } from '../console/field.js';
import type { FormFields } from '../console/form-fields.js';
import { freshForm } from '../console/form-state.js';
import type { Query as Asked } from '../console/links.js';
import { namesFor } from '../console/names.js';
import { Page } from '../console/page.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { LogPage, logTexts } from './log.page.js';
import type { LogAnswer } from './show-log.js';

const FIELDS = {
  type: 'text',
  scheme: 'text',
  funder: 'text',
  actor: 'text',
  stream: 'text',
  grant: 'text',
  payment: 'text',
  correlation: 'text',
  recordedFrom: 'day',
  recordedTo: 'day',
  minCents: 'euros',
  maxCents: 'euros',
  sort: 'text',
  cursor: 'text',
} as const satisfies FormFields;

/** Each takes more room than a row of a table. */
const SIZE = 25;

@ApiExcludeController()
@Controller('log')
export class ShowLogPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Page> {
    const query = askedOf(asked);
    const [sent, names] = await Promise.all([
      this.api.ask<LogAnswer>(reader, '/log', FIELDS, query, questionOf),
      namesFor(this.api, reader),
    ]);
    const props = { query, names, types: typeChoices(reader.language) };
    const body =
      sent.outcome === 'done'
        ? h(LogPage, { ...props, form: freshForm(query), log: sent.answer })
        : h(LogPage, { ...props, form: sent.form });
    const status = sent.outcome === 'done' ? 200 : sent.form.refusal!.status;
    return new Page(logTexts[reader.language].title, body, { status });
  }
}

/** Days that people choose begin and end on the clock of Paris. */
function questionOf({ recordedFrom, recordedTo, ...chosen }: Asked): Asked {
  return {
    ...chosen,
    size: SIZE,
    ...(recordedFrom !== undefined && { recordedFrom: isoOf(startOfDay(String(recordedFrom))) }),
    ...(recordedTo !== undefined && { recordedTo: isoOf(endOfDay(String(recordedTo))) }),
  };
}

function isoOf(instant: number): string {
  return new Date(instant).toISOString();
}

/** Versions of an event have one name, and are found together. */
function typeChoices(language: Language): Choice[] {
  const byName = new Map<string, string[]>();
  for (const [type, names] of Object.entries(eventTypes))
    byName.set(names[language], [...(byName.get(names[language]) ?? []), type]);
  return Array.from(byName, ([text, types]) => ({ text, value: types.join(',') })).toSorted((a, b) =>
    a.text.localeCompare(b.text, language),
  );
}
