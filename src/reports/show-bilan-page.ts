/** GET /reports/bilan and its file, the page — the Bilan of a period in its three parts. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import type { Download } from '../console/download.js';
import { namesFor } from '../console/names.js';
import { Page } from '../console/page.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import type { BilanAnswer } from './bilan-answers.js';
import { BilanPage, bilanTexts } from './bilan.page.js';

const DAYS = ['from', 'to'];

@ApiExcludeController()
@Controller('reports/bilan')
export class ShowBilanPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Page> {
    const query = askedOf(asked, DAYS);
    const [bilan, names] = await Promise.all([
      this.api.get<BilanAnswer>(reader, '/reports/bilan', query),
      namesFor(this.api, reader),
    ]);
    return new Page(bilanTexts[reader.language].title, h(BilanPage, { bilan, names, query }));
  }

  @Get('csv')
  @Allowed(...READERS)
  async csv(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Download> {
    const query = askedOf(asked, DAYS);
    const call = { method: 'GET', path: '/reports/bilan', query, headers: { accept: 'text/csv' } } as const;
    return this.api.download(reader, call, 'bilan-276.csv');
  }
}
