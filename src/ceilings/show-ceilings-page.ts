/** GET /ceilings, the page — the ceilings in force, and what is taken from each. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { Page } from '../console/page.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { CeilingsPage, ceilingsTexts } from './ceilings.page.js';
import { mayChange } from './may-change.js';
import { scopeNamesFor } from './scope-names-page.js';
import type { CeilingsAnswer } from './show-ceilings.js';

@ApiExcludeController()
@Controller('ceilings')
export class ShowCeilingsPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Page> {
    const query = askedOf(asked);
    const [ceilings, names, exercices] = await Promise.all([
      this.api.get<CeilingsAnswer>(reader, '/ceilings', { size: 500, ...query }),
      scopeNamesFor(this.api, reader),
      this.api.get<{ data: { exercice: number }[] }>(reader, '/exercices'),
    ]);
    const years = exercices.data.map(({ exercice }) => exercice).toReversed();
    const props = { ceilings, query, names, exercices: years, mayChange: mayChange(reader.person.role) };
    return new Page(ceilingsTexts[reader.language].title, h(CeilingsPage, props), { scripts: ['live.js'] });
  }
}
