/** POST /reconciliations/:reconciliationId/rematch, GET and POST …/closing, the pages — compares again, or signs off. */

import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { IdParam } from '#libs/nest/id-param';
import { Allowed, CLOSERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { typedOf } from '../console/form-body.js';
import { asTyped, type FormFields, type Typed } from '../console/form-fields.js';
import { freshForm, type FormState } from '../console/form-state.js';
import { Page, SeeOther } from '../console/page.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { SignOffPage, signOffTexts } from './sign-off.page.js';
import { reconciliationTexts } from './reconciliation.page.js';
import { reconciliationsTexts } from './reconciliations.page.js';
import type { ReconciliationAnswer } from './show-reconciliation.js';

const FIELDS = { reason: 'text' } as const satisfies FormFields;

@ApiExcludeController()
@Controller('reconciliations/:reconciliationId')
export class CloseReconciliationPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Post('rematch')
  @Allowed(...CLOSERS)
  async compare(
    @Param('reconciliationId', IdParam) reconciliationId: string,
    @Body() body: Typed,
    @ReadBy() reader: Reader,
  ): Promise<SeeOther> {
    const path = `/reconciliations/${reconciliationId}`;
    await this.api.post(reader, `${path}/rematch`, { comparisonId: asTyped(typedOf(body), 'comparisonId') });
    return new SeeOther(path, signOffTexts[reader.language].compared);
  }

  @Get('closing')
  @Allowed(...CLOSERS)
  async show(@Param('reconciliationId', IdParam) reconciliationId: string, @ReadBy() reader: Reader): Promise<Page> {
    return this.page(reader, reconciliationId, freshForm());
  }

  @Post('closing')
  @Allowed(...CLOSERS)
  async close(
    @Param('reconciliationId', IdParam) reconciliationId: string,
    @Body() body: Typed,
    @ReadBy() reader: Reader,
  ): Promise<Page | SeeOther> {
    const path = `/reconciliations/${reconciliationId}`;
    const sent = await this.api.submit(reader, `${path}/closing`, FIELDS, typedOf(body));
    if (sent.outcome === 'refused') return this.page(reader, reconciliationId, sent.form);
    return new SeeOther(path, signOffTexts[reader.language].done);
  }

  private async page(reader: Reader, reconciliationId: string, form: FormState): Promise<Page> {
    const path = `/reconciliations/${reconciliationId}`;
    const reconciliation = await this.api.get<ReconciliationAnswer>(reader, path, { size: 1 });
    const { language } = reader;
    const crumbs = [
      { href: '/reconciliations', text: reconciliationsTexts[language].title },
      { href: path, text: reconciliationTexts[language].title },
    ];
    const body = h(SignOffPage, { reconciliation, form });
    return new Page(signOffTexts[language].title, body, { crumbs, status: form.refusal?.status ?? 200 });
  }
}
