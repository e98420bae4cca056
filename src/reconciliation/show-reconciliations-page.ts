/** GET /reconciliations, the page — the partners' lists, and how far the reconciliation of each is. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { namesFor } from '../console/names.js';
import { Page } from '../console/page.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { ReconciliationsPage, reconciliationsTexts } from './reconciliations.page.js';
import type { ReconciliationsAnswer } from './show-reconciliations.js';

@ApiExcludeController()
@Controller('reconciliations')
export class ShowReconciliationsPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Page> {
    const query = askedOf(asked);
    const [reconciliations, names] = await Promise.all([
      this.api.get<ReconciliationsAnswer>(reader, '/reconciliations', query),
      namesFor(this.api, reader),
    ]);
    const body = h(ReconciliationsPage, { reconciliations, names, query });
    return new Page(reconciliationsTexts[reader.language].title, body);
  }
}
