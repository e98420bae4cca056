/** GET /approvals, the page; POST /approvals/:proposalId — the payments that wait, approved or refused by a second person (R28). */

import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { Allowed, APPROVERS, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { typedOf } from '../console/form-body.js';
import { asTyped, type FormFields, type Typed } from '../console/form-fields.js';
import { namesFor } from '../console/names.js';
import { Page, SeeOther } from '../console/page.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { ApprovalsPage, approvalsTexts, type ApprovalsPageProps } from './approvals.page.js';
import type { ApprovalsAnswer } from './show-approvals.js';

const FIELDS = { decision: 'text', reason: 'text' } as const satisfies FormFields;

@ApiExcludeController()
@Controller('approvals')
export class DecideApprovalsPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Page> {
    return this.page(reader, askedOf(asked));
  }

  @Post(':proposalId')
  @Allowed(...APPROVERS)
  async decide(
    @Param('proposalId') proposalId: string,
    @Body() body: Typed,
    @ReadBy() reader: Reader,
  ): Promise<Page | SeeOther> {
    const given = typedOf(body);
    const decision = asTyped(given, 'decision');
    // the queue has one form a row: each names its reason after its payment
    const typed = { decision, reason: asTyped(given, `reason.${proposalId}`) };
    const path = `/approvals/${encodeURIComponent(proposalId)}`;
    const sent = await this.api.submit(reader, path, FIELDS, typed);
    if (sent.outcome === 'refused') return this.page(reader, {}, { proposalId, form: sent.form });
    const texts = approvalsTexts[reader.language];
    return new SeeOther('/approvals', decision === 'approve' ? texts.approved : texts.turnedDown);
  }

  private async page(reader: Reader, query: PageQuery, refused?: ApprovalsPageProps['refused']): Promise<Page> {
    const { status = 'awaiting-approval', ...rest } = query;
    const [approvals, names] = await Promise.all([
      this.api.get<ApprovalsAnswer>(reader, '/approvals', { size: 50, status, ...rest }),
      namesFor(this.api, reader),
    ]);
    const body = h(ApprovalsPage, { approvals, status, cursor: rest['cursor'], names, ...(refused && { refused }) });
    return new Page(approvalsTexts[reader.language].title, body, { status: refused?.form.refusal?.status ?? 200 });
  }
}
