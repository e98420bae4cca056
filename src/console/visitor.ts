/** Who reads a page: the person signed in, their language, their theme, where they are, and the secret of their forms. */

import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Language } from '#libs/money/euros';
import { cookieOf } from '../access/cookies.js';
import { formTokenOf } from '../access/form-token.js';
import type { Role } from '../access/roles.js';
import type { SignedRequest } from '../access/signed-request.js';

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** Anybody in front of a page. */
export interface Visitor {
  readonly language: Language;
  readonly theme: Theme;
  /** The path of this page with its query, to come back to. */
  readonly path: string;
  /** What every form of this page carries. */
  readonly formToken: string;
  /** Undefined before sign-in. */
  readonly person?: Person;
}

export interface Person {
  /** `funder/name`, as events name them. */
  readonly actor: string;
  readonly name: string;
  readonly role: Role;
  readonly funderId: string;
}

/** A visitor who is signed in: the only one whom a door with `@Allowed` lets in. */
export interface Reader extends Visitor {
  readonly person: Person;
}

export function visitorOf(request: FastifyRequest): Visitor {
  const { asker } = request as Partial<SignedRequest>;
  const theme = cookieOf(request, 'theme');
  const secret = cookieOf(request, asker ? 'session' : 'visit');
  return {
    language: cookieOf(request, 'language') === 'en' ? 'en' : 'fr',
    theme: themes.find((each) => each === theme) ?? 'auto',
    path: request.url,
    formToken: secret === undefined ? '' : formTokenOf(secret),
    ...(asker && {
      person: {
        actor: asker.actor,
        name: asker.actor.split('/').at(-1)!,
        role: asker.role,
        funderId: asker.funderId ?? '',
      },
    }),
  };
}

/** The person before a page whose door carries `@Allowed`. */
export const ReadBy = createParamDecorator((_: undefined, context: ExecutionContext): Reader => {
  return visitorOf(context.switchToHttp().getRequest<FastifyRequest>()) as Reader;
});

/** Whoever is before a page whose door carries `@Public`. */
export const VisitedBy = createParamDecorator((_: undefined, context: ExecutionContext): Visitor => {
  return visitorOf(context.switchToHttp().getRequest<FastifyRequest>());
});
