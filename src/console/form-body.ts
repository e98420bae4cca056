/** Reads what a form of the console sends; the API takes no forms. */

import type { FastifyInstance } from 'fastify';
import { TransportError } from '#libs/nest/problem';
import { FORM_TOKEN_FIELD } from '../access/form-token.js';
import { isPageRoute } from '../access/signed-request.js';
import type { Typed } from './form-fields.js';

/** Bytes of a form at most. */
const MAX_FORM_BYTES = 262_144;
/** Fields of a form at most. */
const MAX_FIELDS = 2_000;

export function acceptForms(server: FastifyInstance): void {
  server.addContentTypeParser<string>(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MAX_FORM_BYTES },
    (request, body, done) => {
      if (isPageRoute(request.routeOptions.url ?? '')) done(null, fieldsOf(body));
      else done(new TransportError('MEDIA_TYPE_UNSUPPORTED'));
    },
  );
}

/** What was typed, without the form's token. */
export function typedOf(body: Typed | undefined): Typed {
  const { [FORM_TOKEN_FIELD]: _, ...typed } = body ?? {};
  return typed;
}

function fieldsOf(body: string): Typed {
  const fields = new Map<string, string | string[]>();
  const given = [...new URLSearchParams(body)];
  if (given.length > MAX_FIELDS) throw new TransportError('BODY_TOO_LARGE');
  for (const [name, value] of given) {
    const known = fields.get(name);
    fields.set(name, known === undefined ? value : [known, value].flat());
  }
  return Object.fromEntries(fields);
}
