/** GET /sign-in/oidc and /sign-in/oidc/callback — signs in by the authorities' identity provider; served with LEDGER_ACCESS=oidc alone. */

import { Controller, Get, Logger, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomBytes } from 'node:crypto';
import { SeeOther } from '../console/page.js';
import { Ledger } from '../ledger.js';
import { reject } from './access.rejections.js';
import { Accounts } from './accounts.js';
import { funderIn, roleIn } from './claims.js';
import { cookieOf, setCookie } from './cookies.js';
import { IdentityProvider } from './identity-provider.js';
import { localPath } from './local-path.js';
import { Public } from './roles.js';
import { Sessions } from './sessions.js';
import { SIGN_IN_RATE } from './sign-in-rate.js';
import { beginSession, SignInQuery } from './sign-in-page.js';

@ApiExcludeController()
@Controller('sign-in/oidc')
export class OidcSignInPageDoor {
  private readonly logger = new Logger('Access');

  constructor(
    private readonly identity: IdentityProvider,
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly ledger: Ledger,
  ) {}

  @Get()
  @Public()
  @RouteConfig(SIGN_IN_RATE)
  async leave(
    @Query() { next }: SignInQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SeeOther> {
    // another one each time: what comes back is for this visit alone
    const visit = randomBytes(32).toString('base64url');
    const address = await this.identity.addressFor(visit, localPath(next));
    setCookie(request, reply, 'visit', visit);
    return new SeeOther(address);
  }

  /**
   * @throws Rejection IDENTITY_REFUSED IDENTITY_WITHOUT_ROLE ACCOUNT_DISABLED
   * @throws TransportError IDENTITY_UNAVAILABLE
   */
  @Get('callback')
  @Public()
  @RouteConfig(SIGN_IN_RATE)
  async comeBack(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<SeeOther> {
    const { settings } = this.identity;
    const { name, claims, next } = await this.identity.recognise(cookieOf(request, 'visit'), request.url);
    const role = roleIn(claims, settings);
    const funderId = funderIn(claims, settings);
    if (role === undefined || funderId === undefined || !this.ledger.isFunder(funderId)) {
      // whoever has nothing here any longer has no session either
      this.sessions.endAllOf(name);
      this.logger.warn(`${name} is recognised but has no role or no funder here, from ${request.ip}`);
      throw reject('IDENTITY_WITHOUT_ROLE');
    }
    const account = this.accounts.admit(name, role, funderId);
    beginSession(this.sessions, account, request, reply);
    this.logger.log(`${funderId}/${name} signed in from ${request.ip}, as the identity provider says`);
    return new SeeOther(next);
  }
}
