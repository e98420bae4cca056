/** GET /payments, the page — the payments, filtered and sorted. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { namesFor } from '../console/names.js';
import { Page } from '../console/page.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { PaymentsPage, paymentsTexts } from './payments.page.js';
import type { PaymentsAnswer } from './show-payments.js';

@ApiExcludeController()
@Controller('payments')
export class ShowPaymentsPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Page> {
    const query = askedOf(asked, ['from', 'to']);
    const [payments, names] = await Promise.all([
      this.api.get<PaymentsAnswer>(reader, '/payments', { size: 50, ...query }),
      namesFor(this.api, reader),
    ]);
    return new Page(paymentsTexts[reader.language].title, h(PaymentsPage, { payments, query, names }));
  }
}
