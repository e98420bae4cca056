/** POST /sign-in/demo — one click signs in; served by the demonstration alone. */

import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TransportError } from '#libs/nest/problem';
import { SeeOther } from '../console/page.js';
import type { Typed } from '../console/form-fields.js';
import { Accounts } from './accounts.js';
import { demoPeople } from './demo-people.js';
import { localPath } from './local-path.js';
import { Public } from './roles.js';
import { Sessions } from './sessions.js';
import { SIGN_IN_RATE } from './sign-in-rate.js';
import { beginSession } from './sign-in-page.js';

@ApiExcludeController()
@Controller('sign-in/demo')
export class DemoSignInPageDoor {
  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
  ) {}

  @Post()
  @Public()
  @RouteConfig(SIGN_IN_RATE)
  signIn(
    @Body() { name, next }: Typed,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): SeeOther {
    const account = demoPeople(this.accounts).find((each) => each.name === name);
    if (account === undefined) throw new TransportError('NOT_FOUND');
    beginSession(this.sessions, account, request, reply);
    return new SeeOther(localPath(next));
  }
}
