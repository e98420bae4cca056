/** GET /funders and /funders/new, POST /funders, the pages — the funders; an administrator registers another one (R26). */

import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { ADMINS, Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { typedOf } from '../console/form-body.js';
import type { FormFields, Typed } from '../console/form-fields.js';
import { freshForm, type FormState } from '../console/form-state.js';
import { Page, SeeOther } from '../console/page.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { FundersPage, fundersTexts, RegisterFunderPage } from './funders.page.js';
import type { FundersAnswer } from './show-funders.js';

const FIELDS = { funderId: 'text', name: 'text', kind: 'text', siret: 'text' } as const satisfies FormFields;

@ApiExcludeController()
@Controller('funders')
export class ShowFundersPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(@ReadBy() reader: Reader): Promise<Page> {
    const { data: funders } = await this.api.get<FundersAnswer>(reader, '/funders', { size: 500 });
    return new Page(fundersTexts[reader.language].title, h(FundersPage, { funders }));
  }

  @Get('new')
  @Allowed(...ADMINS)
  prepare(@ReadBy() reader: Reader): Page {
    return registering(reader, freshForm());
  }

  @Post()
  @Allowed(...ADMINS)
  async register(@Body() body: Typed, @ReadBy() reader: Reader): Promise<Page | SeeOther> {
    const sent = await this.api.submit<{ funderId: string }>(reader, '/funders', FIELDS, typedOf(body));
    if (sent.outcome === 'refused') return registering(reader, sent.form);
    return new SeeOther(`/funders/${sent.answer.funderId}`, fundersTexts[reader.language].registered);
  }
}

function registering({ language }: Reader, form: FormState): Page {
  const { title, register } = fundersTexts[language];
  const crumbs = [{ href: '/funders', text: title }];
  return new Page(register, h(RegisterFunderPage, { form }), { crumbs, status: form.refusal?.status ?? 200 });
}
