/** GET /reports/bilan — the Bilan of a period in its three parts: territory, services, population. */

import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DayField } from '#libs/nest/fields';
import { AtLeastQuery } from '#libs/nest/page';
import { invalid } from '#libs/nest/problem';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { BilanAnswer } from './bilan-answers.js';
import { population, services, territory } from './bilan-figures.js';
import { bilanTable } from './bilan-table.js';
import { asTable, ReadsReport, wantsTable } from './report-table.js';

export class BilanQuery extends AtLeastQuery {
  @DayField({ optional: true, description: 'The first day; the first entry’s when absent' }) from?: string;
  @DayField({ optional: true, description: 'The last day; today when absent' }) to?: string;
}

@Controller('reports/bilan')
export class ShowBilanDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @ReadsReport('The Bilan: territory, services, population', BilanAnswer)
  async show(
    @Query() { from, to, atLeast }: BilanQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BilanAnswer | string> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const position = String(ledger.projector.checkpoint);
    const period = { ...(from === undefined ? {} : { from }), to: to ?? ledger.today };
    if (from !== undefined && from > period.to) throw invalid('/to', 'PERIOD_INVALID');
    const bilan: BilanAnswer = {
      from: from ?? null,
      to: period.to,
      territory: await territory(ledger, period),
      services: services(ledger, period),
      population: population(ledger, period),
      position,
    };
    return wantsTable(accept) ? asTable(reply, bilanTable(bilan)) : bilan;
  }
}
