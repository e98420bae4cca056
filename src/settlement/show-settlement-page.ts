/** GET /settlement, /settlement/calls and /settlement/contributions, the pages — who owes whom, what was called, what was paid. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h, type FunctionComponent } from 'preact';
import { Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { namesFor } from '../console/names.js';
import { Page } from '../console/page.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { CallsPage } from './calls.page.js';
import { ContributionsPage } from './contributions.page.js';
import { frameTexts, type SettlementPlace } from './frame.page.js';
import { SettlementPage, type SettlementPageProps } from './settlement.page.js';
import type { SettlementAnswer } from './show-settlement.js';

@ApiExcludeController()
@Controller('settlement')
export class ShowSettlementPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Page> {
    return this.page(reader, asked, '/settlement', SettlementPage);
  }

  @Get('calls')
  @Allowed(...READERS)
  async calls(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Page> {
    return this.page(reader, asked, '/settlement/calls', CallsPage);
  }

  @Get('contributions')
  @Allowed(...READERS)
  async contributions(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Page> {
    return this.page(reader, asked, '/settlement/contributions', ContributionsPage);
  }

  private async page(
    reader: Reader,
    asked: PageQuery,
    place: SettlementPlace,
    view: FunctionComponent<SettlementPageProps>,
  ): Promise<Page> {
    const query = askedOf(asked);
    const [settlement, names, exercices] = await Promise.all([
      this.api.get<SettlementAnswer>(reader, '/settlement', query),
      namesFor(this.api, reader),
      this.api.get<{ data: { exercice: number }[] }>(reader, '/exercices'),
    ]);
    const props = { settlement, query, names, exercices: exercices.data.map(({ exercice }) => exercice).toReversed() };
    const { title, places } = frameTexts[reader.language];
    if (place === '/settlement') return new Page(title, h(view, props));
    return new Page(places[place], h(view, props), { crumbs: [{ href: '/settlement', text: title }] });
  }
}
