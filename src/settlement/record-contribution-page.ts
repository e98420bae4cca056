/** GET /settlement/contributions/new, POST …/contributions, POST …/contributions/preview — records a contribution, shown beforehand. */

import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { decimalEuros } from '#libs/money/euros';
import { Allowed, CLOSERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { typedOf } from '../console/form-body.js';
import { asTyped, type FormFields, type Typed } from '../console/form-fields.js';
import { freshForm, type FormState } from '../console/form-state.js';
import { namesFor } from '../console/names.js';
import { newId } from '../console/new-id.js';
import { Page, SeeOther } from '../console/page.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { refusedPreview } from '../console/refused-preview.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { ContributionPage, contributionTexts, type ContributionPreview } from './contribution.page.js';
import { frameTexts } from './frame.page.js';
import type { ContributionAnswer } from './record-contribution.js';
import type { PaymentStatementAnswer } from './show-funding-call.js';

const FIELDS = {
  contributionId: 'text',
  schemeId: 'text',
  exercice: 'integer',
  from: 'text',
  to: 'text',
  amountCents: 'euros',
  paidOn: 'day',
  callId: 'text',
  reference: 'text',
} as const satisfies FormFields;

/** Without these there is nothing to show beforehand. */
const NEEDED = ['schemeId', 'exercice', 'from', 'to', 'amountCents', 'paidOn'] as const;

@ApiExcludeController()
@Controller('settlement/contributions')
export class RecordContributionPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get('new')
  @Allowed(...CLOSERS)
  async show(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Page> {
    const { amountCents, ...query } = askedOf(asked);
    const cents = Number(amountCents);
    const amount = Number.isSafeInteger(cents) && cents > 0 ? { amountCents: decimalEuros(cents, ',') } : {};
    const typed = { ...query, ...amount, contributionId: newId('C') };
    return this.page(reader, freshForm(typed), { is: 'none' });
  }

  @Post('preview')
  @HttpCode(200)
  @Allowed(...CLOSERS)
  async preview(@Body() body: Typed, @ReadBy() reader: Reader): Promise<Page> {
    const typed = typedOf(body);
    return this.page(reader, freshForm(typed), await this.rehearsed(reader, typed));
  }

  @Post()
  @Allowed(...CLOSERS)
  async record(@Body() body: Typed, @ReadBy() reader: Reader): Promise<Page | SeeOther> {
    const typed = typedOf(body);
    const sent = await this.api.submit<ContributionAnswer>(reader, '/settlement/contributions', FIELDS, typed);
    if (sent.outcome === 'refused') return this.page(reader, sent.form, { is: 'none' });
    const { recorded } = contributionTexts[reader.language];
    const { callId } = sent.answer;
    return new SeeOther(callId === undefined ? '/settlement/contributions' : `/settlement/calls/${callId}`, recorded);
  }

  private async rehearsed(reader: Reader, typed: Typed): Promise<ContributionPreview> {
    if (NEEDED.some((name) => asTyped(typed, name).trim() === '')) return { is: 'none' };
    const sent = await this.api.submit<ContributionAnswer>(reader, '/settlement/contributions', FIELDS, typed, {
      dryRun: 'true',
    });
    if (sent.outcome === 'refused') return refusedPreview(sent.form);
    const contribution = sent.answer;
    const { callId, from } = contribution;
    if (callId === undefined) return { is: 'contribution', contribution };
    const call = await this.api.get<PaymentStatementAnswer>(reader, `/settlement/calls/${callId}`, { size: 1 });
    const called = call.reconciliation.find(({ funderId }) => funderId === from);
    return { is: 'contribution', contribution, ...(called && { called }) };
  }

  private async page(reader: Reader, form: FormState, preview: ContributionPreview): Promise<Page> {
    const names = await namesFor(this.api, reader);
    const { title, places } = frameTexts[reader.language];
    const crumbs = [
      { href: '/settlement', text: title },
      { href: '/settlement/contributions', text: places['/settlement/contributions'] },
    ];
    const body = h(ContributionPage, { names, form, preview });
    const status = form.refusal?.status ?? 200;
    return new Page(contributionTexts[reader.language].title, body, { crumbs, status, scripts: ['preview.js'] });
  }
}
