/** GET /grants/:grantId/payments/:paymentId, the page; GET and POST …/:act — one payment, and its corrections (R4, R11, R24, R25). */

import { Body, Controller, Get, NotFoundException, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { IdParam } from '#libs/nest/id-param';
import { Allowed, READERS, RECORDERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { typedOf } from '../console/form-body.js';
import type { FormFields, Typed } from '../console/form-fields.js';
import { freshForm, type FormState } from '../console/form-state.js';
import { namesFor } from '../console/names.js';
import { newId } from '../console/new-id.js';
import { Page, SeeOther, type Crumb } from '../console/page.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { ActPage, actTexts } from './act.page.js';
import type { ExplainedPaymentAnswer } from './explain-payment.js';
import { grantTexts } from './grant.page.js';
import { grantsTexts } from './grants.page.js';
import { PaymentPage, paymentTexts, type Correction } from './payment.page.js';

const FIELDS: Readonly<Record<Correction, FormFields>> = {
  reversal: { reversedOn: 'day', reason: 'text' },
  recoveries: { recoveryId: 'text', amountCents: 'euros', recoveredOn: 'day', recoveredBy: 'text', reason: 'text' },
  'bank-return': { returnedOn: 'day', reason: 'text' },
  reissue: { reissuedOn: 'day', orderNumber: 'text' },
};
const OPTIONAL = ['recoveredBy', 'orderNumber'];

@ApiExcludeController()
@Controller('grants/:grantId/payments/:paymentId')
export class ShowPaymentPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(
    @Param('grantId', IdParam) grantId: string,
    @Param('paymentId', IdParam) paymentId: string,
    @ReadBy() reader: Reader,
  ): Promise<Page> {
    const [explained, names] = await Promise.all([
      this.api.get<ExplainedPaymentAnswer>(reader, `/payments/${paymentId}/why`),
      namesFor(this.api, reader),
    ]);
    if (explained.payment.grantId !== grantId) throw new NotFoundException();
    const crumbs = crumbsOf(grantId, reader);
    return new Page(`${paymentTexts[reader.language].title} ${paymentId}`, h(PaymentPage, { explained, names }), {
      crumbs,
    });
  }

  @Get(':act')
  @Allowed(...RECORDERS)
  async form(
    @Param('grantId', IdParam) grantId: string,
    @Param('paymentId', IdParam) paymentId: string,
    @Param('act') act: string,
    @ReadBy() reader: Reader,
  ): Promise<Page> {
    const fresh = freshForm(act === 'recoveries' ? { recoveryId: newId('R') } : {});
    return this.page(reader, grantId, paymentId, correctionOf(act), fresh);
  }

  @Post(':act')
  @Allowed(...RECORDERS)
  async correct(
    @Param('grantId', IdParam) grantId: string,
    @Param('paymentId', IdParam) paymentId: string,
    @Param('act') act: string,
    @Body() body: Typed,
    @ReadBy() reader: Reader,
  ): Promise<Page | SeeOther> {
    const correction = correctionOf(act);
    const path = `/grants/${grantId}/payments/${paymentId}`;
    const sent = await this.api.submit(reader, `${path}/${correction}`, FIELDS[correction], typedOf(body));
    if (sent.outcome === 'refused') return this.page(reader, grantId, paymentId, correction, sent.form);
    return new SeeOther(path, actTexts[reader.language].done);
  }

  private async page(
    reader: Reader,
    grantId: string,
    paymentId: string,
    act: Correction,
    form: FormState,
  ): Promise<Page> {
    const names = await namesFor(this.api, reader);
    const texts = paymentTexts[reader.language];
    const target = { href: `/grants/${grantId}/payments/${paymentId}`, text: `${texts.title} ${paymentId}` };
    const body = h(ActPage, {
      title: texts.acts[act],
      target,
      action: `${target.href}/${act}`,
      kind: act === 'reversal' ? 'danger' : 'plain',
      fields: FIELDS[act],
      optional: OPTIONAL,
      form,
      names,
    });
    const status = form.refusal?.status ?? 200;
    return new Page(texts.acts[act], body, { status, crumbs: [...crumbsOf(grantId, reader), target] });
  }
}

function correctionOf(act: string): Correction {
  if (!Object.hasOwn(FIELDS, act)) throw new NotFoundException();
  return act as Correction;
}

function crumbsOf(grantId: string, { language }: Reader): Crumb[] {
  return [
    { href: '/grants', text: grantsTexts[language].title },
    { href: `/grants/${grantId}`, text: `${grantTexts[language].title} ${grantId}` },
  ];
}
