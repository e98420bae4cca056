/** GET /settlement/calls/new, POST /settlement/calls/preview, POST /settlement/calls — a funding call, read line by line before it is issued. */

import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
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
import { frameTexts } from './frame.page.js';
import type { IssuedFundingCallAnswer } from './issue-funding-call.js';
import { IssueCallPage, issueCallTexts, type CallPreview } from './issue-call.page.js';

const FIELDS = {
  callId: 'text',
  schemeId: 'text',
  exercice: 'integer',
  payer: 'text',
  issuedOn: 'day',
  draft: 'text',
} as const satisfies FormFields;

/** Without these there is nothing to show beforehand. */
const NEEDED = ['schemeId', 'exercice', 'issuedOn'] as const;

@ApiExcludeController()
@Controller('settlement/calls')
export class IssueFundingCallPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get('new')
  @Allowed(...CLOSERS)
  async show(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Page> {
    return this.page(reader, freshForm({ ...askedOf(asked, ['issuedOn']), callId: newId('AF') }), { is: 'none' });
  }

  @Post('preview')
  @HttpCode(200)
  @Allowed(...CLOSERS)
  async preview(@Body() body: Typed, @ReadBy() reader: Reader): Promise<Page> {
    const typed = typedOf(body);
    return this.page(reader, freshForm(typed), await this.drafted(reader, typed));
  }

  /** Only the draft that was read is issued: a form that cites none shows it first. */
  @Post()
  @HttpCode(200)
  @Allowed(...CLOSERS)
  async issue(@Body() body: Typed, @ReadBy() reader: Reader): Promise<Page | SeeOther> {
    const typed = typedOf(body);
    if (asTyped(typed, 'draft') === '') return this.page(reader, freshForm(typed), await this.drafted(reader, typed));
    const sent = await this.api.submit<IssuedFundingCallAnswer>(reader, '/settlement/calls', FIELDS, typed);
    if (sent.outcome === 'refused') return this.page(reader, sent.form, await this.drafted(reader, typed));
    const { issued } = issueCallTexts[reader.language];
    return new SeeOther(`/settlement/calls/${sent.answer.callId}`, issued);
  }

  private async drafted(reader: Reader, { draft: _, ...typed }: Typed): Promise<CallPreview> {
    if (NEEDED.some((name) => asTyped(typed, name).trim() === '')) return { is: 'none' };
    const sent = await this.api.submit<IssuedFundingCallAnswer>(reader, '/settlement/calls', FIELDS, typed, {
      dryRun: 'true',
    });
    if (sent.outcome === 'done') return { is: 'call', call: sent.answer };
    return refusedPreview(sent.form);
  }

  private async page(reader: Reader, form: FormState, preview: CallPreview): Promise<Page> {
    const names = await namesFor(this.api, reader);
    const { title, places } = frameTexts[reader.language];
    const crumbs = [
      { href: '/settlement', text: title },
      { href: '/settlement/calls', text: places['/settlement/calls'] },
    ];
    const body = h(IssueCallPage, { names, form, preview });
    const status = form.refusal?.status ?? 200;
    return new Page(issueCallTexts[reader.language].title, body, { crumbs, status, scripts: ['preview.js'] });
  }
}
