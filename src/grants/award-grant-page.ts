/** GET /grants/new, POST /grants, the pages — awards a grant. */

import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { Allowed, RECORDERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { typedOf } from '../console/form-body.js';
import type { FormFields, Typed } from '../console/form-fields.js';
import { freshForm, type FormState } from '../console/form-state.js';
import { namesFor } from '../console/names.js';
import { newId } from '../console/new-id.js';
import { Page, SeeOther } from '../console/page.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { AwardGrantPage, awardTexts } from './award-grant.page.js';
import { grantsTexts } from './grants.page.js';

const FIELDS = {
  grantId: 'text',
  schemeId: 'text',
  amountCents: 'euros',
  beneficiary: 'part',
  'beneficiary.name': 'text',
  'beneficiary.siret': 'text',
  'beneficiary.rna': 'text',
  'beneficiary.commune': 'text',
  agreement: 'part',
  'agreement.number': 'text',
  'agreement.signedOn': 'day',
  period: 'part',
  'period.from': 'day',
  'period.to': 'day',
  instructedBy: 'text',
  postId: 'text',
  overrideReason: 'text',
} as const satisfies FormFields;

@ApiExcludeController()
@Controller('grants')
export class AwardGrantPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get('new')
  @Allowed(...RECORDERS)
  async show(@ReadBy() reader: Reader): Promise<Page> {
    return this.page(reader, freshForm({ grantId: newId('G'), instructedBy: reader.person.funderId }));
  }

  @Post()
  @Allowed(...RECORDERS)
  async award(@Body() body: Typed, @ReadBy() reader: Reader): Promise<Page | SeeOther> {
    const sent = await this.api.submit<{ grantId: string }>(reader, '/grants', FIELDS, typedOf(body));
    if (sent.outcome === 'refused') return this.page(reader, sent.form);
    return new SeeOther(`/grants/${sent.answer.grantId}`, awardTexts[reader.language].awarded);
  }

  private async page(reader: Reader, form: FormState): Promise<Page> {
    const { title } = awardTexts[reader.language];
    const body = h(AwardGrantPage, { form, names: await namesFor(this.api, reader) });
    const crumbs = [{ href: '/grants', text: grantsTexts[reader.language].title }];
    return new Page(title, body, { crumbs, status: form.refusal?.status ?? 200 });
  }
}
