/** GET /store, POST /store/rebuild, the pages — how the log and the tables stand; has the tables made anew. */

import { Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { ADMINS, Allowed } from '../access/roles.js';
import { ApiProblem, ConsoleApi } from '../console/api.js';
import { Page, SeeOther } from '../console/page.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import type { RebuildAnswer } from './rebuild-read-models.js';
import type { StoreAnswer } from './show-store.js';
import { StorePage, storeTexts, type SealingStanding } from './store.page.js';

@ApiExcludeController()
@Controller('store')
export class ShowStorePageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...ADMINS)
  async show(@ReadBy() reader: Reader): Promise<Page> {
    const [store, seals, rebuild] = await Promise.all([
      this.api.get<StoreAnswer>(reader, '/store'),
      this.api.get<SealingStanding>(reader, '/seals/status'),
      this.latestRebuild(reader),
    ]);
    const body = h(StorePage, { store, seals, rebuild });
    return new Page(storeTexts[reader.language].title, body, { scripts: ['rebuild.js'] });
  }

  @Post('rebuild')
  @Allowed(...ADMINS)
  async rebuild(@ReadBy() reader: Reader): Promise<SeeOther> {
    await this.api.post(reader, '/read-models/rebuilds', {});
    return new SeeOther('/store', storeTexts[reader.language].started);
  }

  private async latestRebuild(reader: Reader): Promise<RebuildAnswer | undefined> {
    try {
      return await this.api.get<RebuildAnswer>(reader, '/read-models/rebuilds/latest');
    } catch (error) {
      if (error instanceof ApiProblem && error.problem.code === 'NOT_FOUND') return undefined;
      throw error;
    }
  }
}
