/** GET /contracts/:contractId, the page — a framework contract and what is consumed of it. */

import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { IdParam } from '#libs/nest/id-param';
import { Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { namesFor } from '../console/names.js';
import { Page } from '../console/page.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { ContractPage } from './contract.page.js';
import { contractsTexts } from './contracts.page.js';
import type { ConsumptionAnswer } from './show-consumption.js';
import type { ContractAnswer } from './show-contract.js';
import type { CrossTerritoryAnswer } from './show-cross-territory.js';

@ApiExcludeController()
@Controller('contracts/:contractId')
export class ShowContractPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(
    @Param('contractId', IdParam) contractId: string,
    @Query() asked: PageQuery,
    @ReadBy() reader: Reader,
  ): Promise<Page> {
    const query = askedOf(asked, ['asOf']);
    const path = `/contracts/${contractId}`;
    const [contract, consumption, territory, names, exercices] = await Promise.all([
      this.api.get<ContractAnswer>(reader, path),
      this.api.get<ConsumptionAnswer>(reader, `${path}/consumption`, query),
      this.api.get<CrossTerritoryAnswer>(reader, `${path}/cross-territory`, query),
      namesFor(this.api, reader),
      this.api.get<{ data: { exercice: number }[] }>(reader, '/exercices'),
    ]);
    const years = exercices.data.map(({ exercice }) => exercice).toReversed();
    const props = { contract, consumption, territory, query, names, exercices: years };
    const crumbs = [{ href: '/contracts', text: contractsTexts[reader.language].title }];
    return new Page(contract.name, h(ContractPage, props), { crumbs });
  }
}
