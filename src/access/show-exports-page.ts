/** GET /exports-journal, the page — who took what out of the ledger. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { ConsoleApi } from '../console/api.js';
import { Page } from '../console/page.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { ExportsPage, exportsTexts } from './exports.page.js';
import { Allowed, OVERSEERS } from './roles.js';
import type { ExportsAnswer } from './show-exports.js';

@ApiExcludeController()
@Controller('exports-journal')
export class ShowExportsPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...OVERSEERS)
  async show(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Page> {
    const query = askedOf(asked);
    const journal = await this.api.get<ExportsAnswer>(reader, '/exports-journal', query);
    return new Page(exportsTexts[reader.language].title, h(ExportsPage, { journal, query }));
  }
}
