/** GET /account, POST /account/password — one's own account; a change of password closes every other session of it. */

import { Body, Controller, Get, Logger, Optional, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { Rejection } from '#libs/decider/rejection';
import { problemOf } from '#libs/nest/problem.filter';
import { ConsoleApi } from '../console/api.js';
import { typedOf } from '../console/form-body.js';
import { asTyped, readForm, type FormFields, type Typed } from '../console/form-fields.js';
import { freshForm, refusedForm, type FormState } from '../console/form-state.js';
import { Page, SeeOther } from '../console/page.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { AccountPage, accountTexts } from './account.page.js';
import { Accounts } from './accounts.js';
import { IdentityProvider } from './identity-provider.js';
import { Allowed, READERS } from './roles.js';
import { Sessions } from './sessions.js';
import { SIGN_IN_RATE } from './sign-in-rate.js';
import { beginSession } from './sign-in-page.js';

const FIELDS = { current: 'text', password: 'text', again: 'text' } as const satisfies FormFields;

@ApiExcludeController()
@Controller('account')
export class ShowAccountPageDoor {
  private readonly logger = new Logger('Access');

  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly api: ConsoleApi,
    @Optional() private readonly identity?: IdentityProvider,
  ) {}

  @Get()
  @Allowed(...READERS)
  async show(@ReadBy() reader: Reader): Promise<Page> {
    return this.page(reader, freshForm());
  }

  @Post('password')
  @Allowed(...READERS)
  @RouteConfig(SIGN_IN_RATE)
  async change(
    @Body() body: Typed,
    @ReadBy() reader: Reader,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page | SeeOther> {
    const { language, person } = reader;
    const typed = typedOf(body);
    const form = readForm(FIELDS, typed);
    const password = asTyped(typed, 'password');
    const refused = (error: Rejection, name: string, message?: string) => {
      const problem = problemOf(error, language);
      const state = refusedForm(language, typed, form, problem);
      return this.page(reader, { ...state, wrong: new Map([[name, message ?? problem.detail]]) });
    };
    try {
      await this.accounts.signIn(person.name, asTyped(typed, 'current'));
    } catch (error) {
      if (error instanceof Rejection) return refused(error, 'current', accountTexts[language].wrong);
      throw error;
    }
    if (password !== asTyped(typed, 'again')) return this.page(reader, differs(reader, typed));
    try {
      const account = await this.accounts.setPassword(person.name, password);
      beginSession(this.sessions, account, request, reply);
      this.logger.log(`${person.actor} changed their password from ${request.ip}`);
      return new SeeOther('/account', accountTexts[language].changed);
    } catch (error) {
      if (error instanceof Rejection) return refused(error, 'password');
      throw error;
    }
  }

  private async page(reader: Reader, form: FormState): Promise<Page> {
    const { language, person } = reader;
    const { name } = await this.api.get<{ name: string }>(reader, `/funders/${person.funderId}`);
    const status = form.refusal?.status ?? 200;
    return new Page(
      accountTexts[language].title,
      h(AccountPage, { person, funderName: name, form: this.identity ? undefined : form }),
      { status },
    );
  }
}

function differs({ language }: Reader, typed: Typed): FormState {
  const form = refusedForm(language, typed, readForm(FIELDS, typed));
  return { ...form, wrong: new Map([['again', accountTexts[language].differs]]) };
}
