/** GET /balances/why, the page — the events behind one figure. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { withQuery } from '../console/links.js';
import { Page } from '../console/page.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import type { WhyAnswer } from './explain-figure.js';
import { FigurePage, figureTexts } from './figure.page.js';
import { figures } from './figure-names.js';

@ApiExcludeController()
@Controller('balances/why')
export class ExplainFigurePageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Page> {
    const query = askedOf(asked, ['asOf', 'from', 'to']);
    const why = await this.api.get<WhyAnswer>(reader, '/balances/why', query);
    const figure = figures.find((each) => each === query['column']) ?? 'positionCents';
    const [funder, schemes] = await Promise.all([
      query['funder'] === undefined
        ? undefined
        : this.api.get<{ name: string }>(reader, `/funders/${encodeURIComponent(query['funder'])}`),
      this.api.get<{ data: { schemeId: string; name: string }[] }>(reader, '/schemes', { size: 500 }),
    ]);
    const schemeName = schemes.data.find(({ schemeId }) => schemeId === query['scheme'])?.name ?? query['scheme'];
    const { title, balances } = figureTexts[reader.language];
    const above = withQuery('/balances', {
      scheme: query['scheme'],
      exercice: query['exercice'],
      asOf: query['asOf'],
      figure,
    });
    const props = { why, figure, query, funderName: funder?.name, schemeName };
    return new Page(title, h(FigurePage, props), { crumbs: [{ href: above, text: balances }] });
  }
}
