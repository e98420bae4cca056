/** GET /reports/bilan and its file, the page — the Bilan of a period in its three parts. */

import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { h } from 'preact';
import { Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { csvFile } from '../console/download.js';
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
  async csv(
    @Query() asked: PageQuery,
    @ReadBy() reader: Reader,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const query = askedOf(asked, DAYS);
    return csvFile(this.api, reader, reply, { path: '/reports/bilan', query, name: 'bilan-276.csv' });
  }
}
