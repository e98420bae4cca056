/** POST /sign-out — ends the session at once, here and in the browser; and at the identity provider, where it offers that. */

import { Controller, Optional, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SeeOther } from '../console/page.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { cookieOf, setCookie } from './cookies.js';
import { IdentityProvider } from './identity-provider.js';
import { Allowed, READERS } from './roles.js';
import { Sessions } from './sessions.js';

@ApiExcludeController()
@Controller('sign-out')
export class SignOutPageDoor {
  constructor(
    private readonly sessions: Sessions,
    @Optional() private readonly identity?: IdentityProvider,
  ) {}

  @Post()
  @Allowed(...READERS)
  async signOut(
    @ReadBy() { person }: Reader,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SeeOther> {
    const secret = cookieOf(request, 'session');
    if (secret !== undefined) this.sessions.end(secret);
    setCookie(request, reply, 'session');
    return new SeeOther((await this.identity?.signOutAddress(person.name)) ?? '/sign-in');
  }
}
