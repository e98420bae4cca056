/** GET /settlement/netting, the page — the fewest transfers that settle all schemes, and the contributions that record them. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { namesFor } from '../console/names.js';
import { Page } from '../console/page.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { frameTexts } from './frame.page.js';
import { NettingPage } from './netting.page.js';
import type { NettingAnswer } from './show-netting.js';

@ApiExcludeController()
@Controller('settlement/netting')
export class ShowNettingPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Page> {
    const query = askedOf(asked);
    const { scheme: schemes, ...rest } = query;
    const [netting, names, exercices] = await Promise.all([
      this.api.get<NettingAnswer>(reader, '/settlement/netting', { ...rest, schemes }),
      namesFor(this.api, reader),
      this.api.get<{ data: { exercice: number }[] }>(reader, '/exercices'),
    ]);
    const years = exercices.data.map(({ exercice }) => exercice).toReversed();
    const { title, places } = frameTexts[reader.language];
    const crumbs = [{ href: '/settlement', text: title }];
    const body = h(NettingPage, { netting, query, names, exercices: years });
    return new Page(places['/settlement/netting'], body, { crumbs });
  }
}
