/** Lets a request through when its token's role is allowed at the door; doors without a mark stay closed. */

import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { TransportError } from '#libs/nest/problem';
import { ALLOWED, type Role } from './roles.js';
import { Tokens, type Actor } from './tokens.js';

export interface SignedRequest extends FastifyRequest {
  asker: Actor;
}

@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: Tokens,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const allowed = this.reflector.getAllAndOverride<readonly Role[] | 'public' | undefined>(ALLOWED, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (allowed === 'public') return true;
    const request = context.switchToHttp().getRequest<SignedRequest>();
    const asker = askerOf(request, this.tokens);
    if (!(allowed ?? []).includes(asker.role)) throw new TransportError('ROLE_REQUIRED');
    request.asker = asker;
    return true;
  }
}

/** Whom a request's token speaks for. @throws TransportError TOKEN_REQUIRED when nobody */
export function askerOf({ headers }: FastifyRequest, tokens: Tokens): Actor {
  const token = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(headers.authorization ?? '')?.[1];
  const asker = token === undefined ? undefined : tokens.actorOf(token);
  if (asker === undefined) throw new TransportError('TOKEN_REQUIRED');
  return asker;
}
