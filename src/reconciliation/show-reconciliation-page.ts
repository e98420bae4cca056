/** GET /reconciliations/:reconciliationId and its file, the page — each line and each payment with its outcome. */

import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { IdParam } from '#libs/nest/id-param';
import { Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import type { Download } from '../console/download.js';
import { namesFor } from '../console/names.js';
import { newId } from '../console/new-id.js';
import { Page } from '../console/page.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { ReconciliationPage, reconciliationTexts } from './reconciliation.page.js';
import { reconciliationsTexts } from './reconciliations.page.js';
import type { ReconciliationAnswer } from './show-reconciliation.js';

@ApiExcludeController()
@Controller('reconciliations/:reconciliationId')
export class ShowReconciliationPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(
    @Param('reconciliationId', IdParam) reconciliationId: string,
    @Query() asked: PageQuery,
    @ReadBy() reader: Reader,
  ): Promise<Page> {
    const query = askedOf(asked);
    const [reconciliation, names] = await Promise.all([
      this.api.get<ReconciliationAnswer>(reader, `/reconciliations/${reconciliationId}`, { size: 100, ...query }),
      namesFor(this.api, reader),
    ]);
    const body = h(ReconciliationPage, { reconciliation, names, query, comparisonId: newId('CMP') });
    const crumbs = [{ href: '/reconciliations', text: reconciliationsTexts[reader.language].title }];
    return new Page(reconciliationTexts[reader.language].title, body, { crumbs });
  }

  /** As the partner is sent it. */
  @Get('csv')
  @Allowed(...READERS)
  async csv(@Param('reconciliationId', IdParam) reconciliationId: string, @ReadBy() reader: Reader): Promise<Download> {
    const path = `/reconciliations/${reconciliationId}`;
    const call = { method: 'GET', path, headers: { accept: 'text/csv' } } as const;
    return this.api.download(reader, call, `rapprochement-${reconciliationId}.csv`);
  }
}
