/** GET /grants, the page — the grants, searched and filtered. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { namesFor } from '../console/names.js';
import { Page } from '../console/page.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { GrantsPage, grantsTexts } from './grants.page.js';
import type { GrantsAnswer } from './show-grants.js';

@ApiExcludeController()
@Controller('grants')
export class ShowGrantsPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Page> {
    const query = askedOf(asked);
    const [grants, names] = await Promise.all([
      this.api.get<GrantsAnswer>(reader, '/grants', { size: 50, ...query }),
      namesFor(this.api, reader),
    ]);
    const body = h(GrantsPage, { grants, query, names });
    return new Page(grantsTexts[reader.language].title, body, { scripts: ['search.js'] });
  }
}
