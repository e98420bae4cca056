/** GET /settlement/calls/:callId and its file, the page — the payment statement of a call, to be read, printed or saved. */

import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { IdParam } from '#libs/nest/id-param';
import { Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import type { Download } from '../console/download.js';
import { namesFor } from '../console/names.js';
import { Page } from '../console/page.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { frameTexts } from './frame.page.js';
import { FundingCallPage, fundingCallTexts } from './funding-call.page.js';
import type { PaymentStatementAnswer } from './show-funding-call.js';

/** Lines on one page of the statement: enough for most quarters to be printed whole. */
const LINES = 500;

@ApiExcludeController()
@Controller('settlement/calls/:callId')
export class ShowFundingCallPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(
    @Param('callId', IdParam) callId: string,
    @Query() asked: PageQuery,
    @ReadBy() reader: Reader,
  ): Promise<Page> {
    const query = askedOf(asked);
    const [statement, names] = await Promise.all([
      this.api.get<PaymentStatementAnswer>(reader, `/settlement/calls/${callId}`, { size: LINES, ...query }),
      namesFor(this.api, reader),
    ]);
    const { title, places } = frameTexts[reader.language];
    const crumbs = [
      { href: '/settlement', text: title },
      { href: '/settlement/calls', text: places['/settlement/calls'] },
    ];
    const body = h(FundingCallPage, { statement, names, query });
    return new Page(`${fundingCallTexts[reader.language].title} ${statement.number}`, body, { crumbs });
  }

  @Get('csv')
  @Allowed(...READERS)
  async csv(@Param('callId', IdParam) callId: string, @ReadBy() reader: Reader): Promise<Download> {
    const call = { method: 'GET', path: `/settlement/calls/${callId}`, headers: { accept: 'text/csv' } } as const;
    return this.api.download(reader, call, `${callId}.csv`);
  }
}
