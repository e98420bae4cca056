/** GET /balances, the page — the collectivities side by side, per scheme and exercice. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { Page } from '../console/page.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { BalancesPage, balancesTexts, type BalancesPageProps } from './balances.page.js';
import { figures } from './figure-names.js';
import { inPayingOrder } from './funder-order.js';
import type { BalancesAnswer } from './show-balances.js';
import type { CentsAnswer } from './show-cents.js';

@ApiExcludeController()
@Controller('balances')
export class ShowBalancesPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Page> {
    const { figure: named, ...query } = askedOf(asked, ['asOf']);
    const { scheme, asOf } = query;
    const [balances, cents, funders, schemes, exercices] = await Promise.all([
      this.api.get<BalancesAnswer>(reader, '/balances', query),
      asOf === undefined ? this.api.get<CentsAnswer>(reader, '/balances/cents', { scheme }) : undefined,
      this.api.get<{ data: BalancesPageProps['funders'] }>(reader, '/funders', { size: 500 }),
      this.api.get<{ data: BalancesPageProps['schemes'] }>(reader, '/schemes', { size: 500 }),
      this.api.get<{ data: { exercice: number }[] }>(reader, '/exercices'),
    ]);
    const props: BalancesPageProps = {
      balances,
      query,
      figure: figures.find((each) => each === named),
      cents,
      funders: inPayingOrder(funders.data, balances),
      schemes: schemes.data,
      exercices: exercices.data.map(({ exercice }) => exercice).toReversed(),
    };
    return new Page(balancesTexts[reader.language].title, h(BalancesPage, props), { scripts: ['live.js'] });
  }
}
