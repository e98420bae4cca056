/** POST /sign-out — ends the session at once, here and in the browser. */

import { Controller, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SeeOther } from '../console/page.js';
import { cookieOf, setCookie } from './cookies.js';
import { Allowed, READERS } from './roles.js';
import { Sessions } from './sessions.js';

@ApiExcludeController()
@Controller('sign-out')
export class SignOutPageDoor {
  constructor(private readonly sessions: Sessions) {}

  @Post()
  @Allowed(...READERS)
  signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): SeeOther {
    const secret = cookieOf(request, 'session');
    if (secret !== undefined) this.sessions.end(secret);
    setCookie(request, reply, 'session');
    return new SeeOther('/sign-in');
  }
}
