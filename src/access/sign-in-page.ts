/** GET, POST /sign-in — a name and a password begin a session; every one is a new one. */

import { Body, Controller, Get, Inject, Logger, Optional, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomBytes } from 'node:crypto';
import { h } from 'preact';
import { Rejection } from '#libs/decider/rejection';
import { TextField } from '#libs/nest/fields';
import { TransportError } from '#libs/nest/problem';
import { problemOf } from '#libs/nest/problem.filter';
import { typedOf } from '../console/form-body.js';
import { freshForm, refusedForm, type FormState } from '../console/form-state.js';
import { asTyped, readForm, type FormFields, type Typed } from '../console/form-fields.js';
import { Page, SeeOther } from '../console/page.js';
import { VisitedBy, type Visitor } from '../console/visitor.js';
import { Accounts, type Account } from './accounts.js';
import { cookieOf, setCookie } from './cookies.js';
import { DEMO_PEOPLE, demoPeople } from './demo-people.js';
import { IdentityProvider } from './identity-provider.js';
import { localPath } from './local-path.js';
import { Public } from './roles.js';
import { Sessions } from './sessions.js';
import { SIGN_IN_RATE } from './sign-in-rate.js';
import { SignInPage, signInTexts } from './sign-in.page.js';

export class SignInQuery {
  @TextField({ optional: true, max: 2_000 }) next?: string;
}

const FIELDS = { name: 'text', password: 'text', next: 'text' } as const satisfies FormFields;

@ApiExcludeController()
@Controller('sign-in')
export class SignInPageDoor {
  private readonly logger = new Logger('Access');

  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    @Inject(DEMO_PEOPLE) private readonly demo: boolean,
    @Optional() private readonly identity?: IdentityProvider,
  ) {}

  @Get()
  @Public()
  show(
    @Query() { next }: SignInQuery,
    @VisitedBy() visitor: Visitor,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Page | SeeOther {
    if (visitor.person) return new SeeOther(localPath(next));
    // the form's token is bound to it; a visitor who has none comes back with one
    if (cookieOf(request, 'visit') === undefined) {
      setCookie(request, reply, 'visit', randomBytes(32).toString('base64url'));
      return new SeeOther(request.url);
    }
    return this.page(visitor, freshForm(), next);
  }

  @Post()
  @Public()
  @RouteConfig(SIGN_IN_RATE)
  async signIn(
    @Body() body: Typed,
    @VisitedBy() visitor: Visitor,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page | SeeOther> {
    // no password opens a ledger that leaves it to an identity provider
    if (this.identity) throw new TransportError('NOT_FOUND');
    const typed = typedOf(body);
    const form = readForm(FIELDS, typed);
    const { name = '', next } = form.body as { name?: string; next?: string };
    try {
      const account = await this.accounts.signIn(name, asTyped(typed, 'password'));
      beginSession(this.sessions, account, request, reply);
      this.logger.log(`${account.funderId}/${account.name} signed in from ${request.ip}`);
      return new SeeOther(localPath(next));
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      // a name that is none may be a password typed in the wrong place
      this.logger.warn(`sign-in refused to ${this.accounts.open(name)?.name ?? 'an unknown name'} from ${request.ip}`);
      return this.page(visitor, refusedForm(visitor.language, typed, form, problemOf(error, visitor.language)), next);
    }
  }

  private page({ language }: Visitor, form: FormState, next = '/'): Page {
    const people = this.demo ? demoPeople(this.accounts) : [];
    const status = form.refusal?.status ?? 200;
    return new Page(
      signInTexts[language].title,
      h(SignInPage, { form, next, people, by: this.identity ? 'provider' : 'password' }),
      { status },
    );
  }
}

/** A new session, never one that the browser had before. */
export function beginSession(
  sessions: Sessions,
  { name }: Pick<Account, 'name'>,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const before = cookieOf(request, 'session');
  if (before !== undefined) sessions.end(before);
  setCookie(request, reply, 'session', sessions.begin(name));
  setCookie(request, reply, 'visit');
}
