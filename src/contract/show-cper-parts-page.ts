/** GET /contracts/:contractId/cper-parts, the page — the notes behind what the CPER counts of a contract. */

import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { IdParam } from '#libs/nest/id-param';
import { Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { Page } from '../console/page.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { contractsTexts } from './contracts.page.js';
import { CperPartsPage, cperPartsTexts } from './cper-parts.page.js';
import type { CperPartsAnswer } from './show-cper-parts.js';

@ApiExcludeController()
@Controller('contracts/:contractId/cper-parts')
export class ShowCperPartsPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(
    @Param('contractId', IdParam) contractId: string,
    @Query() asked: PageQuery,
    @ReadBy() reader: Reader,
  ): Promise<Page> {
    const query = askedOf(asked, ['asOf']);
    const parts = await this.api.get<CperPartsAnswer>(reader, `/contracts/${contractId}/cper-parts`, query);
    const crumbs = [
      { href: '/contracts', text: contractsTexts[reader.language].title },
      { href: `/contracts/${contractId}`, text: contractId },
    ];
    return new Page(cperPartsTexts[reader.language].title, h(CperPartsPage, { contractId, parts, query }), { crumbs });
  }
}
