/** Reads from a request who asks and how: the actor, `?dryRun`, `If-Match`, the language. */

import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Language } from '#libs/money/euros';
import { languageOf } from '#libs/nest/language';
import { invalid, TransportError } from '#libs/nest/problem';
import { boundTo, type BoundAsking } from './own-funder.js';
import type { SignedRequest } from './signed-request.js';
import { overridingRole } from './roles.js';

export interface Asked extends BoundAsking {
  readonly language: Language;
  readonly by: {
    readonly actor: string;
    /** The role in which the asker may override a ceiling, if any (R19). */
    readonly overridesAs: ReturnType<typeof overridingRole>;
    /** Whom the asker works for; null for the operator of the machine. */
    readonly funderId: string | null;
  };
}

/** What every write is told beside its body. Query parameters other than the named ones are refused. */
export const AskedBy = createParamDecorator(
  (alsoAllowed: readonly string[] | undefined, context: ExecutionContext): Asked => {
    const request = context.switchToHttp().getRequest<SignedRequest>();
    const query = request.query as Record<string, unknown>;
    for (const name of Object.keys(query))
      if (name !== 'dryRun' && !(alsoAllowed ?? []).includes(name)) throw invalid(`/${name}`, 'FIELD_UNKNOWN');
    const { dryRun = 'false' } = query;
    if (dryRun !== 'true' && dryRun !== 'false') throw invalid('/dryRun', 'CHOICE_INVALID');
    const { actor, role, funderId } = request.asker;
    const ifMatch = revisionOf(request.headers['if-match']);
    return {
      actor,
      by: { actor, overridesAs: overridingRole(role), funderId },
      boundTo: boundTo(request.asker),
      correlationId: randomUUID(),
      dryRun: dryRun === 'true',
      language: languageOf(request.headers['accept-language']),
      ...(ifMatch === undefined ? {} : { ifMatch }),
    };
  },
);

/** The reader's language. */
export const ReaderLanguage = createParamDecorator((_: undefined, context: ExecutionContext): Language => {
  return languageOf(context.switchToHttp().getRequest<SignedRequest>().headers['accept-language']);
});

function revisionOf(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch === '*') return undefined;
  const match = /^"(\d{1,15})"$/.exec(ifMatch);
  if (match === null) throw new TransportError('REQUEST_INVALID', [{ pointer: '/If-Match', code: 'INTEGER_INVALID' }]);
  return Number(match[1]);
}
