/** GET /what-if, the page; GET /what-if/csv, the file — the shares under another key or cent rule; what is supposed stands in the address. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import type { Download } from '../console/download.js';
import { readForm, type FormFields } from '../console/form-fields.js';
import { freshForm } from '../console/form-state.js';
import { namesFor, type Names } from '../console/names.js';
import { Page } from '../console/page.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import type { WhatIfAnswer } from './what-if-answers.js';
import { supposedFigures, WhatIfPage, whatIfTexts } from './what-if.page.js';

const FIELDS = {
  scheme: 'text',
  'splitKey.*.funderId': 'text',
  'splitKey.*.weight': 'integer',
  centRule: 'text',
  effectiveFrom: 'day',
  appliesTo: 'text',
  asOf: 'day',
} as const satisfies FormFields;

@ApiExcludeController()
@Controller('what-if')
export class AskWhatIfPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Page> {
    const { figure: named, ...query } = askedOf(asked);
    const figure = supposedFigures.find((each) => each === named) ?? 'shareDue';
    const isAsked = Object.keys(query).length > 0;
    const [sent, names] = await Promise.all([
      isAsked ? this.api.submit<WhatIfAnswer>(reader, '/what-if', FIELDS, supposedIn(query)) : undefined,
      namesFor(this.api, reader),
    ]);
    const typed = { ...firstTyped(names), ...query };
    const form = sent?.outcome === 'refused' ? { ...sent.form, typed } : freshForm(typed);
    const props = { form, names, query, figure };
    const body = h(WhatIfPage, sent?.outcome === 'done' ? { ...props, answer: sent.answer } : props);
    return new Page(whatIfTexts[reader.language].title, body, { status: form.refusal?.status ?? 200 });
  }

  @Get('csv')
  @Allowed(...READERS)
  async keep(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Download> {
    const { body } = readForm(FIELDS, supposedIn(askedOf(asked)));
    const call = { method: 'POST', path: '/what-if', body, headers: { accept: 'text/csv' } } as const;
    return this.api.download(reader, call, 'et-si.csv');
  }
}

/** A funder without a weight is no part of the key: its row is not sent. */
function supposedIn(query: PageQuery): PageQuery {
  const given = Object.entries(query).filter(([name]) => {
    const row = /^splitKey\.(\d{1,3})\.funderId$/.exec(name)?.[1];
    return row === undefined || query[`splitKey.${row}.weight`] !== undefined;
  });
  return Object.fromEntries(given);
}

/** A row for each funder; the ledger's own rule, for everything. */
function firstTyped({ funders }: Names): Readonly<Record<string, string>> {
  const rows = funders.map(({ value }, i) => [`splitKey.${i}.funderId`, value] as const);
  return { ...Object.fromEntries(rows), centRule: 'least-paid', appliesTo: 'all-payments' };
}
