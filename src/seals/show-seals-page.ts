/** GET /seals and /seals/:number, the pages; GET /seals/:number/file, the seal as a file to keep. */

import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import type { Download } from '../console/download.js';
import { Page } from '../console/page.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { SealNumberParam } from './seal-number-param.js';
import { SealPage, sealTexts } from './seal.page.js';
import { SealsPage, sealsTexts } from './seals.page.js';
import type { SealStatusAnswer } from './show-seal-status.js';
import type { KeptSealAnswer } from './show-seal.js';
import type { SealsAnswer } from './show-seals.js';

@ApiExcludeController()
@Controller('seals')
export class ShowSealsPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async list(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Page> {
    const query = askedOf(asked);
    const [status, seals] = await Promise.all([
      this.api.get<SealStatusAnswer>(reader, '/seals/status'),
      this.api.get<SealsAnswer>(reader, '/seals', query),
    ]);
    return new Page(sealsTexts[reader.language].title, h(SealsPage, { status, seals, query }));
  }

  @Get(':number')
  @Allowed(...READERS)
  async show(@Param('number', SealNumberParam) number: number, @ReadBy() reader: Reader): Promise<Page> {
    const seal = await this.api.get<KeptSealAnswer>(reader, `/seals/${number}`);
    const crumbs = [{ href: '/seals', text: sealsTexts[reader.language].title }];
    return new Page(`${sealTexts[reader.language].title} ${number}`, h(SealPage, { seal }), { crumbs });
  }

  @Get(':number/file')
  @Allowed(...READERS)
  async keep(@Param('number', SealNumberParam) number: number, @ReadBy() reader: Reader): Promise<Download> {
    const call = { method: 'GET', path: `/seals/${number}` } as const;
    return this.api.download(reader, call, `scellement-276-${number}.json`);
  }
}
