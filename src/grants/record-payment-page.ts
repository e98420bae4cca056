/** GET /grants/:grantId/payments/new, POST …/payments, POST …/payments/preview — records a payment, shown beforehand. */

import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { IdParam } from '#libs/nest/id-param';
import { Allowed, RECORDERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { typedOf } from '../console/form-body.js';
import { asTyped, type FormFields, type Typed } from '../console/form-fields.js';
import { freshForm, type FormState } from '../console/form-state.js';
import { namesFor } from '../console/names.js';
import { newId } from '../console/new-id.js';
import { Page, SeeOther } from '../console/page.js';
import { refusedPreview } from '../console/refused-preview.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { grantsTexts } from './grants.page.js';
import type { PaymentAnswer, ProposalAnswer } from './payment-answer.js';
import { RecordPaymentPage, recordPaymentTexts, type Preview } from './record-payment.page.js';
import type { ShownGrantAnswer } from './show-grant.js';

const FIELDS = {
  paymentId: 'text',
  amountCents: 'euros',
  paidOn: 'day',
  instalment: 'text',
  orderNumber: 'text',
  paidBy: 'text',
  exercice: 'integer',
  overrideReason: 'text',
} as const satisfies FormFields;

/** Warnings that a stated reason lets through (R18, R19). */
const WARNINGS: ReadonlySet<string> = new Set([
  'POSSIBLE_DOUBLE',
  'CEILING_EXCEEDED',
  'AXIS_CEILING_EXCEEDED',
  'CONTRACT_CEILING_EXCEEDED',
  'FUNDER_CEILING_EXCEEDED',
]);

/** Without these there is nothing to show beforehand. */
const NEEDED = ['amountCents', 'paidOn', 'instalment'] as const;

@ApiExcludeController()
@Controller('grants/:grantId/payments')
export class RecordPaymentPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get('new')
  @Allowed(...RECORDERS)
  async show(@Param('grantId', IdParam) grantId: string, @ReadBy() reader: Reader): Promise<Page> {
    return this.page(reader, grantId, freshForm({ paymentId: newId('P') }), { is: 'none' });
  }

  @Post('preview')
  @HttpCode(200)
  @Allowed(...RECORDERS)
  async preview(
    @Param('grantId', IdParam) grantId: string,
    @Body() body: Typed,
    @ReadBy() reader: Reader,
  ): Promise<Page> {
    const typed = typedOf(body);
    if (NEEDED.some((name) => asTyped(typed, name).trim() === ''))
      return this.page(reader, grantId, freshForm(typed), { is: 'none' });
    const path = `/grants/${grantId}/payments`;
    const sent = await this.api.submit<PaymentAnswer | ProposalAnswer>(reader, path, FIELDS, typed, { dryRun: 'true' });
    return this.page(reader, grantId, freshForm(typed), previewOf(sent));
  }

  @Post()
  @Allowed(...RECORDERS)
  async record(
    @Param('grantId', IdParam) grantId: string,
    @Body() body: Typed,
    @ReadBy() reader: Reader,
  ): Promise<Page | SeeOther> {
    const typed = typedOf(body);
    const sent = await this.api.submit<PaymentAnswer>(reader, `/grants/${grantId}/payments`, FIELDS, typed);
    if (sent.outcome === 'refused') return this.page(reader, grantId, sent.form, { is: 'none' });
    const texts = recordPaymentTexts[reader.language];
    return sent.status === 202
      ? new SeeOther(`/grants/${grantId}`, texts.awaiting)
      : new SeeOther(`/grants/${grantId}`, `${texts.recorded} ${sent.answer.explanation}`);
  }

  private async page(reader: Reader, grantId: string, form: FormState, preview: Preview): Promise<Page> {
    const [grant, names] = await Promise.all([
      this.api.get<ShownGrantAnswer>(reader, `/grants/${grantId}`),
      namesFor(this.api, reader),
    ]);
    const refusal = preview.is === 'refused' ? preview.refusal : form.refusal;
    const reasonNeeded = refusal !== undefined && WARNINGS.has(refusal.code);
    const body = h(RecordPaymentPage, { grant, names, form, preview, reasonNeeded });
    const crumbs = [
      { href: '/grants', text: grantsTexts[reader.language].title },
      { href: `/grants/${grantId}`, text: grant.beneficiary.name },
    ];
    const status = form.refusal?.status ?? 200;
    return new Page(recordPaymentTexts[reader.language].title, body, { crumbs, status, scripts: ['preview.js'] });
  }
}

function previewOf(sent: Awaited<ReturnType<ConsoleApi['submit']>>): Preview {
  if (sent.outcome === 'refused') return refusedPreview(sent.form);
  const answer = sent.answer as PaymentAnswer | ProposalAnswer;
  return 'shares' in answer ? { is: 'payment', payment: answer } : { is: 'proposal', proposal: answer };
}
