/** GET /balances/charts, the page — the balances drawn. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { Page } from '../console/page.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { balancesTexts } from './balances.page.js';
import { ChartsPage, chartsTexts, type ChartsPageProps } from './charts.page.js';
import type { DrawnContract } from './consumed-chart.page.js';
import { inPayingOrder, type NamedFunder } from './funder-order.js';
import type { BalancesAnswer } from './show-balances.js';
import type { MonthsAnswer } from './show-months.js';

interface List<Row> {
  readonly data: readonly Row[];
}

@ApiExcludeController()
@Controller('balances/charts')
export class ShowChartsPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Page> {
    const query = askedOf(asked);
    const { scheme, ...ofYear } = query;
    const [months, balances, { transfers }, funders, schemes, exercices, contracts] = await Promise.all([
      this.api.get<MonthsAnswer>(reader, '/balances/months', { ...query, why: 'true' }),
      this.api.get<BalancesAnswer>(reader, '/balances', { ...query, why: 'true' }),
      this.api.get<{ transfers: ChartsPageProps['owed'] }>(reader, '/settlement/netting', {
        ...ofYear,
        schemes: scheme,
      }),
      this.api.get<List<NamedFunder>>(reader, '/funders', { size: 500 }),
      this.api.get<List<ChartsPageProps['schemes'][number]>>(reader, '/schemes', { size: 500 }),
      this.api.get<List<{ exercice: number }>>(reader, '/exercices'),
      this.contracts(reader),
    ]);
    const props: ChartsPageProps = {
      query,
      months,
      balances,
      owed: transfers,
      contracts,
      funders: inPayingOrder(funders.data, balances),
      schemes: schemes.data,
      exercices: exercices.data.map(({ exercice }) => exercice).toReversed(),
    };
    const { title } = chartsTexts[reader.language];
    const crumbs = [{ href: '/balances', text: balancesTexts[reader.language].title }];
    return new Page(title, h(ChartsPage, props), { crumbs, scripts: ['live.js'] });
  }

  private async contracts(reader: Reader): Promise<DrawnContract[]> {
    const { data } = await this.api.get<List<{ contractId: string; name: string }>>(reader, '/contracts');
    return Promise.all(
      data.map(async ({ contractId, name }) => {
        const consumed = await this.api.get<Omit<DrawnContract, 'name'>>(
          reader,
          `/contracts/${encodeURIComponent(contractId)}/consumption`,
        );
        return { ...consumed, contractId, name };
      }),
    );
  }
}
