/** GET and POST /settlement/contributions/:contributionId/reversal, the page — takes a contribution back, shown beforehand. */

import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { IdParam } from '#libs/nest/id-param';
import { Allowed, CLOSERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { typedOf } from '../console/form-body.js';
import { asTyped, type FormFields, type Typed } from '../console/form-fields.js';
import { freshForm, type FormState } from '../console/form-state.js';
import { namesFor } from '../console/names.js';
import { Page, SeeOther } from '../console/page.js';
import { refusedPreview } from '../console/refused-preview.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { frameTexts } from './frame.page.js';
import type { ReverseContributionAnswer } from './reverse-contribution.js';
import { ReversalPage, reversalTexts, type ReversalPreview } from './reversal.page.js';

const FIELDS = { reversedOn: 'day', reason: 'text' } as const satisfies FormFields;

@ApiExcludeController()
@Controller('settlement/contributions/:contributionId/reversal')
export class ReverseContributionPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...CLOSERS)
  async show(@Param('contributionId', IdParam) contributionId: string, @ReadBy() reader: Reader): Promise<Page> {
    return this.page(reader, contributionId, freshForm(), { is: 'none' });
  }

  @Post('preview')
  @HttpCode(200)
  @Allowed(...CLOSERS)
  async preview(
    @Param('contributionId', IdParam) contributionId: string,
    @Body() body: Typed,
    @ReadBy() reader: Reader,
  ): Promise<Page> {
    const typed = typedOf(body);
    if (['reversedOn', 'reason'].some((name) => asTyped(typed, name).trim() === ''))
      return this.page(reader, contributionId, freshForm(typed), { is: 'none' });
    const sent = await this.api.submit<ReverseContributionAnswer>(reader, pathOf(contributionId), FIELDS, typed, {
      dryRun: 'true',
    });
    const preview: ReversalPreview =
      sent.outcome === 'done' ? { is: 'reversal', reversal: sent.answer } : refusedPreview(sent.form);
    return this.page(reader, contributionId, freshForm(typed), preview);
  }

  @Post()
  @Allowed(...CLOSERS)
  async reverse(
    @Param('contributionId', IdParam) contributionId: string,
    @Body() body: Typed,
    @ReadBy() reader: Reader,
  ): Promise<Page | SeeOther> {
    const sent = await this.api.submit(reader, pathOf(contributionId), FIELDS, typedOf(body));
    if (sent.outcome === 'refused') return this.page(reader, contributionId, sent.form, { is: 'none' });
    return new SeeOther('/settlement/contributions', reversalTexts[reader.language].done);
  }

  private async page(reader: Reader, contributionId: string, form: FormState, preview: ReversalPreview): Promise<Page> {
    const names = await namesFor(this.api, reader);
    const { title, places } = frameTexts[reader.language];
    const crumbs = [
      { href: '/settlement', text: title },
      { href: '/settlement/contributions', text: places['/settlement/contributions'] },
    ];
    const body = h(ReversalPage, { contributionId, action: pathOf(contributionId), names, form, preview });
    const status = form.refusal?.status ?? 200;
    return new Page(reversalTexts[reader.language].title, body, { crumbs, status, scripts: ['preview.js'] });
  }
}

function pathOf(contributionId: string): string {
  return `/settlement/contributions/${contributionId}/reversal`;
}
