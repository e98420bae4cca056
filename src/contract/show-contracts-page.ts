/** GET /contracts, the page — the framework contracts. */

import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { Page } from '../console/page.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { ContractsPage, contractsTexts } from './contracts.page.js';
import type { ContractsAnswer } from './show-contracts.js';

@ApiExcludeController()
@Controller('contracts')
export class ShowContractsPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(@ReadBy() reader: Reader): Promise<Page> {
    const contracts = await this.api.get<ContractsAnswer>(reader, '/contracts', { size: 500 });
    return new Page(contractsTexts[reader.language].title, h(ContractsPage, { contracts }));
  }
}
