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
import type { BalancesAnswer } from './show-balances.js';

@ApiExcludeController()
@Controller('balances')
export class ShowBalancesPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Page> {
    const { figure: named, ...query } = askedOf(asked, ['asOf']);
    const figure = figures.find((each) => each === named) ?? 'positionCents';
    const [balances, funders, schemes, exercices] = await Promise.all([
      this.api.get<BalancesAnswer>(reader, '/balances', query),
      this.api.get<{ data: BalancesPageProps['funders'] }>(reader, '/funders', { size: 500 }),
      this.api.get<{ data: BalancesPageProps['schemes'] }>(reader, '/schemes', { size: 500 }),
      this.api.get<{ data: { exercice: number }[] }>(reader, '/exercices'),
    ]);
    const props = {
      balances,
      query,
      figure,
      funders: inKeyOrder(funders.data, balances),
      schemes: schemes.data,
      exercices: exercices.data.map(({ exercice }) => exercice).toReversed(),
    };
    return new Page(balancesTexts[reader.language].title, h(BalancesPage, props));
  }
}

/** Those with the largest share due first: the order is the same on every page that shows them side by side. */
function inKeyOrder(funders: BalancesPageProps['funders'], balances: BalancesAnswer): BalancesPageProps['funders'] {
  const disbursed = new Map(balances.funders.map((funder) => [funder.funderId, funder.disbursedCents]));
  return funders.toSorted((a, b) => (disbursed.get(b.funderId) ?? 0) - (disbursed.get(a.funderId) ?? 0));
}
