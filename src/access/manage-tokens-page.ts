/** GET /tokens and /tokens/new, POST /tokens and /tokens/:tokenId/revocation, the pages — the tokens of programs. */

import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { IdParam } from '#libs/nest/id-param';
import type { Problem } from '#libs/nest/problem';
import { ApiProblem, ConsoleApi } from '../console/api.js';
import { typedOf } from '../console/form-body.js';
import type { FormFields, Typed } from '../console/form-fields.js';
import { freshForm, type FormState } from '../console/form-state.js';
import { namesFor } from '../console/names.js';
import { Page, SeeOther } from '../console/page.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { Ledger } from '../ledger.js';
import type { IssuedTokenAnswer, TokensAnswer } from './manage-tokens.js';
import { ADMINS, Allowed } from './roles.js';
import { IssuedTokenPage, IssueTokenPage, TokensPage, tokensTexts } from './tokens.page.js';

const FIELDS = { name: 'text', role: 'text', funderId: 'text', days: 'integer' } as const satisfies FormFields;

@ApiExcludeController()
@Controller('tokens')
export class ManageTokensPageDoor {
  constructor(
    private readonly api: ConsoleApi,
    private readonly ledger: Ledger,
  ) {}

  @Get()
  @Allowed(...ADMINS)
  async show(@ReadBy() reader: Reader): Promise<Page> {
    const [{ data: tokens }, names] = await Promise.all([
      this.api.get<TokensAnswer>(reader, '/tokens'),
      namesFor(this.api, reader),
    ]);
    const now = new Date(this.ledger.now).toISOString();
    return new Page(tokensTexts[reader.language].title, h(TokensPage, { tokens, names, now }));
  }

  @Get('new')
  @Allowed(...ADMINS)
  async prepare(@ReadBy() reader: Reader): Promise<Page> {
    return this.issuing(reader, freshForm());
  }

  /** Answers with the page itself: the token is shown once, and kept nowhere to be led to. */
  @Post()
  @Allowed(...ADMINS)
  async issue(@Body() body: Typed, @ReadBy() reader: Reader): Promise<Page> {
    const sent = await this.api.submit<IssuedTokenAnswer>(reader, '/tokens', FIELDS, typedOf(body));
    if (sent.outcome === 'refused') return this.issuing(reader, sent.form);
    const { title, issue } = tokensTexts[reader.language];
    return new Page(issue, h(IssuedTokenPage, { issued: sent.answer }), { crumbs: [{ href: '/tokens', text: title }] });
  }

  @Post(':tokenId/revocation')
  @Allowed(...ADMINS)
  async revoke(@Param('tokenId', IdParam) tokenId: string, @ReadBy() reader: Reader): Promise<SeeOther> {
    const { status, text } = await this.api.send(reader, { method: 'DELETE', path: `/tokens/${tokenId}` });
    if (status >= 400) throw new ApiProblem(JSON.parse(text) as Problem);
    return new SeeOther('/tokens', tokensTexts[reader.language].done);
  }

  private async issuing(reader: Reader, form: FormState): Promise<Page> {
    const { title, issue } = tokensTexts[reader.language];
    const body = h(IssueTokenPage, { form, names: await namesFor(this.api, reader) });
    const crumbs = [{ href: '/tokens', text: title }];
    return new Page(issue, body, { crumbs, status: form.refusal?.status ?? 200 });
  }
}
