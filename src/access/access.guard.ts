/** Lets a request through when its asker's role is allowed at the door; doors without a mark stay closed. */

import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { TransportError } from '#libs/nest/problem';
import { ALLOWED, type Role } from './roles.js';
import type { SignedRequest } from './signed-request.js';

@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const allowed = this.reflector.getAllAndOverride<readonly Role[] | 'public' | undefined>(ALLOWED, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (allowed === 'public') return true;
    const { asker } = context.switchToHttp().getRequest<Partial<SignedRequest>>();
    // a door outside the API without the mark of a public one stays closed too
    if (!asker) throw new TransportError('TOKEN_REQUIRED');
    if (!(allowed ?? []).includes(asker.role)) throw new TransportError('ROLE_REQUIRED');
    return true;
  }
}
