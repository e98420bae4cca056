/** Errors as the API gives them: `application/problem+json` (RFC 9457) with a stable code. */

import type { Language } from '#libs/money/euros';
import { fieldErrors, type FieldErrorCode } from './field-errors.js';

/** One wrong field, line or column. */
export interface FieldProblem {
  readonly pointer?: string;
  readonly line?: number;
  readonly column?: string;
  readonly code: string;
  readonly detail?: string;
}

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly errors?: readonly FieldProblem[];
}

/** The problems that are no rule's no: what HTTP, the door or the store refuse. */
export const transportProblems = {
  BODY_MALFORMED: {
    status: 400,
    fr: ['Requête illisible', 'Le corps de la requête n’est pas du JSON lisible.'],
    en: ['Malformed request', 'The request body is not readable JSON.'],
  },
  BODY_TOO_DEEP: {
    status: 400,
    fr: ['Requête trop imbriquée', 'Le corps de la requête imbrique trop d’objets.'],
    en: ['Request too deep', 'The request body nests too many objects.'],
  },
  REQUEST_INVALID: {
    status: 400,
    fr: ['Requête incorrecte', 'Un ou plusieurs champs sont incorrects ; voir « errors ».'],
    en: ['Invalid request', 'One or more fields are wrong; see “errors”.'],
  },
  POSITION_UNKNOWN: {
    status: 400,
    fr: ['Position inconnue', 'Aucun événement de ce journal ne se trouve à cette position.'],
    en: ['Unknown position', 'No event of this log stands at this position.'],
  },
  TOKEN_REQUIRED: {
    status: 401,
    fr: ['Jeton requis', 'Un jeton valide est attendu : Authorization: Bearer <jeton>.'],
    en: ['Token required', 'A valid token is expected: Authorization: Bearer <token>.'],
  },
  SIGN_IN_REQUIRED: {
    status: 401,
    fr: ['Connexion requise', 'Il faut se connecter pour continuer ; la session a peut-être expiré.'],
    en: ['Sign-in required', 'You have to sign in to go on; the session may have expired.'],
  },
  FORM_FOREIGN: {
    status: 403,
    fr: [
      'Formulaire refusé',
      'Ce formulaire ne vient pas d’une page de cette session. Rien n’a été enregistré : rechargez la page et recommencez.',
    ],
    en: [
      'Form refused',
      'This form does not come from a page of this session. Nothing was recorded: reload the page and try again.',
    ],
  },
  ROLE_REQUIRED: {
    status: 403,
    fr: ['Accès refusé', 'Votre rôle ne permet pas cette opération.'],
    en: ['Forbidden', 'Your role does not allow this operation.'],
  },
  NOT_FOUND: {
    status: 404,
    fr: ['Introuvable', 'Rien ne répond à cette adresse.'],
    en: ['Not found', 'Nothing answers at this address.'],
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    fr: ['Méthode refusée', 'Cette adresse ne répond pas à cette méthode.'],
    en: ['Method not allowed', 'This address does not answer this method.'],
  },
  BODY_TOO_LARGE: {
    status: 413,
    fr: ['Requête trop grande', 'Le corps de la requête dépasse la taille permise.'],
    en: ['Request too large', 'The request body exceeds the size allowed.'],
  },
  EVENT_TOO_LARGE: {
    status: 413,
    fr: ['Opération trop grande', 'Cette opération dépasse ce que le journal prend en une fois ; divisez-la.'],
    en: ['Operation too large', 'This operation exceeds what the log takes at once; divide it.'],
  },
  MEDIA_TYPE_UNSUPPORTED: {
    status: 415,
    fr: ['Format non pris en charge', 'Ce format de corps n’est pas pris en charge ici.'],
    en: ['Unsupported media type', 'This body format is not supported here.'],
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    fr: ['Trop de requêtes', 'Trop de requêtes à la fois ; réessayez dans un instant.'],
    en: ['Too many requests', 'Too many requests at once; try again in a moment.'],
  },
  INTERNAL: {
    status: 500,
    fr: [
      'Erreur interne',
      'Une erreur inattendue s’est produite ; elle est au journal du serveur sous la référence « instance ».',
    ],
    en: ['Internal error', 'An unexpected error happened; it is in the server’s log under the reference “instance”.'],
  },
  STORE_UNAVAILABLE: {
    status: 503,
    fr: [
      'Journal indisponible',
      'Le journal ne peut rien enregistrer pour l’instant ; rien n’a été enregistré, réessayez.',
    ],
    en: ['Store unavailable', 'The log cannot take anything now; nothing was recorded, try again.'],
  },
  OUTCOME_UNKNOWN: {
    status: 503,
    fr: [
      'Enregistrement incertain',
      'Le journal n’a pas répondu à temps : on ne sait pas si c’est enregistré. Renvoyez la même demande : rien ne sera enregistré deux fois.',
    ],
    en: [
      'Outcome unknown',
      'The log did not answer in time: it is not known whether this was recorded. Send the same request again: nothing is recorded twice.',
    ],
  },
  RECORDED_IN_PART: {
    status: 503,
    fr: [
      'Enregistré en partie',
      'Le journal a cessé d’enregistrer en cours de route : une partie est enregistrée. Renvoyez la même demande : elle sera complétée, rien ne sera enregistré deux fois.',
    ],
    en: [
      'Recorded in part',
      'The log stopped half-way: a part is recorded. Send the same request again: it is completed, and nothing is recorded twice.',
    ],
  },
  IDENTITY_UNAVAILABLE: {
    status: 503,
    fr: ['Fournisseur d’identité injoignable', 'Le fournisseur d’identité ne répond pas ; réessayez dans un instant.'],
    en: ['Identity provider out of reach', 'The identity provider does not answer; try again in a moment.'],
  },
  READ_MODEL_BEHIND: {
    status: 503,
    fr: ['Lecture en retard', 'Les tableaux n’ont pas encore atteint la position demandée ; réessayez.'],
    en: ['Read model behind', 'The read model has not reached the asked position yet; try again.'],
  },
} as const satisfies Record<string, { status: number; fr: readonly [string, string]; en: readonly [string, string] }>;

export type TransportCode = keyof typeof transportProblems;

/** A refusal of the door itself. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  constructor(
    readonly code: TransportCode,
    readonly errors?: readonly FieldProblem[],
  ) {
    super(code);
  }
}

/** The no of another door, which becomes the answer as it came. */
export class AnsweredProblem extends Error {
  override readonly name = 'AnsweredProblem';
  constructor(readonly problem: Problem) {
    super(problem.code);
  }
}

/** A request whose fields are wrong. */
export function invalid(pointer: string, code: FieldErrorCode): TransportError {
  return new TransportError('REQUEST_INVALID', [{ pointer, code }]);
}

export function fieldDetail(code: string, language: Language): string | undefined {
  return Object.hasOwn(fieldErrors, code) ? fieldErrors[code as FieldErrorCode][language] : undefined;
}
