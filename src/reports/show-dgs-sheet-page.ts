/** GET /reports/dgs, its file and /reports/dgs/noted, the pages — the sheet of the directors general, on one printed page. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import type { Download } from '../console/download.js';
import { withQuery } from '../console/links.js';
import { namesFor } from '../console/names.js';
import { Page } from '../console/page.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import type { DgsSheetAnswer } from './dgs-answers.js';
import { DgsSheetPage, dgsTexts } from './dgs-sheet.page.js';
import { NotedPage, notedTexts } from './noted.page.js';
import type { NotedPageAnswer } from './show-noted.js';

const DAYS = ['on', 'since'];

@ApiExcludeController()
@Controller('reports/dgs')
export class ShowDgsSheetPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Page> {
    const query = askedOf(asked, DAYS);
    const [sheet, names] = await Promise.all([
      this.api.get<DgsSheetAnswer>(reader, '/reports/dgs', query),
      namesFor(this.api, reader),
    ]);
    return new Page(dgsTexts[reader.language].title, h(DgsSheetPage, { sheet, names, query }));
  }

  @Get('csv')
  @Allowed(...READERS)
  async csv(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Download> {
    const query = askedOf(asked, DAYS);
    const name = `fiche-dgs-276${query['on'] === undefined ? '' : `-${query['on']}`}.csv`;
    const call = { method: 'GET', path: '/reports/dgs', query, headers: { accept: 'text/csv' } } as const;
    return this.api.download(reader, call, name);
  }

  @Get('noted')
  @Allowed(...READERS)
  async noted(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Page> {
    const query = askedOf(asked, DAYS);
    const [noted, names] = await Promise.all([
      this.api.get<NotedPageAnswer>(reader, '/reports/dgs/noted', query),
      namesFor(this.api, reader),
    ]);
    const { on, since } = query;
    const crumbs = [{ href: withQuery('/reports/dgs', { on, since }), text: dgsTexts[reader.language].title }];
    return new Page(notedTexts[reader.language].title, h(NotedPage, { noted, names, query }), { crumbs });
  }
}
