/** What the rules of decisions and délibérations say no to. */

import { rejecter } from '#libs/decider/rejection';

export const decisionRejections = {
  DECISION_UNKNOWN: {
    kind: 'not-found',
    rules: ['R4'],
    title: { fr: 'Décision inconnue', en: 'Unknown decision' },
    detail: { fr: 'Aucune décision ne porte l’identifiant {decisionId}.', en: 'No decision has the id {decisionId}.' },
  },
  DECISION_ID_REUSED: {
    kind: 'id-reused',
    rules: ['R3'],
    title: { fr: 'Identifiant de décision déjà pris', en: 'Decision id already taken' },
    detail: {
      fr: 'La décision {decisionId} est déjà ouverte avec un autre contenu.',
      en: 'The decision {decisionId} is already open with other content.',
    },
  },
  DECISION_FUNDER_UNKNOWN: {
    kind: 'conflict',
    rules: ['R26'],
    title: { fr: 'Collectivité non enregistrée', en: 'Funder not registered' },
    detail: {
      fr: 'La collectivité {funderId}, dont une délibération est attendue, n’est pas enregistrée.',
      en: 'The funder {funderId}, whose deliberation is expected, is not registered.',
    },
  },
  DECISION_FUNDER_TWICE: {
    kind: 'conflict',
    rules: ['R26'],
    title: { fr: 'Collectivité attendue deux fois', en: 'Funder expected twice' },
    detail: {
      fr: 'La collectivité {funderId} figure deux fois parmi celles qui doivent délibérer.',
      en: 'The funder {funderId} is twice among those that are to deliberate.',
    },
  },
  DECISION_CONCERN_UNKNOWN: {
    kind: 'conflict',
    rules: ['R14'],
    title: { fr: 'Objet inconnu', en: 'Unknown concern' },
    detail: {
      fr: 'Rien n’est enregistré sous {kind} {id} : une décision porte sur ce qui existe.',
      en: 'Nothing is recorded as {kind} {id}: a decision concerns what exists.',
    },
  },
  DELIBERATION_UNKNOWN: {
    kind: 'not-found',
    rules: ['R4'],
    title: { fr: 'Délibération inconnue', en: 'Unknown deliberation' },
    detail: {
      fr: 'La décision {decisionId} n’a pas de délibération {reference}.',
      en: 'The decision {decisionId} has no deliberation {reference}.',
    },
  },
  DELIBERATION_REFERENCE_REUSED: {
    kind: 'id-reused',
    rules: ['R3'],
    title: { fr: 'Référence de délibération déjà prise', en: 'Deliberation reference already taken' },
    detail: {
      fr: 'La délibération {reference} est déjà enregistrée sur {decisionId} avec un autre contenu.',
      en: 'The deliberation {reference} is already recorded on {decisionId} with other content.',
    },
  },
  DELIBERATION_NOT_EXPECTED: {
    kind: 'conflict',
    rules: ['R27'],
    title: { fr: 'Délibération non attendue', en: 'Deliberation not expected' },
    detail: {
      fr: 'La décision {decisionId} n’attend pas de délibération de {funderId}.',
      en: 'The decision {decisionId} expects no deliberation of {funderId}.',
    },
  },
  DELIBERATION_IN_FUTURE: {
    kind: 'conflict',
    rules: ['R16'],
    title: { fr: 'Date dans le futur', en: 'Dated in the future' },
    detail: {
      fr: 'La date du {on} est dans le futur ; nous sommes le {today}.',
      en: 'The day {on} is in the future; today is {today}.',
    },
  },
  DELIBERATION_DOCUMENT_UNKNOWN: {
    kind: 'conflict',
    rules: ['R4'],
    title: { fr: 'Document absent du registre', en: 'Document not registered' },
    detail: {
      fr: 'Le document {documentId} n’est pas au registre, ou en a été retiré.',
      en: 'The document {documentId} is not in the register, or was withdrawn from it.',
    },
  },
  DELIBERATION_STANDS: {
    kind: 'conflict',
    rules: ['R4'],
    title: { fr: 'Délibération déjà prise', en: 'Deliberation stands' },
    detail: {
      fr: 'La délibération {reference} du {takenOn} de {funderId} fait foi : retirez-la avant d’en enregistrer une autre.',
      en: 'The deliberation {reference} of {takenOn} of {funderId} stands: withdraw it before another is recorded.',
    },
  },
  DELIBERATION_OUT_OF_ORDER: {
    kind: 'conflict',
    rules: ['R4'],
    title: { fr: 'Délibération hors d’ordre', en: 'Deliberation out of order' },
    detail: {
      fr: 'La délibération {reference} de {funderId} fait foi jusqu’au {lastOn} : une délibération du {takenOn} ne la remplace pas.',
      en: 'The deliberation {reference} of {funderId} counts until {lastOn}: one of {takenOn} does not replace it.',
    },
  },
  DELIBERATION_ALREADY_WITHDRAWN: {
    kind: 'conflict',
    rules: ['R4'],
    title: { fr: 'Délibération déjà retirée', en: 'Deliberation already withdrawn' },
    detail: {
      fr: 'La délibération {reference} est retirée depuis le {withdrawnOn}.',
      en: 'The deliberation {reference} was withdrawn on {withdrawnOn}.',
    },
  },
  DELIBERATION_WITHDRAWN_TOO_EARLY: {
    kind: 'conflict',
    rules: ['R4'],
    title: { fr: 'Retrait antérieur à la délibération', en: 'Withdrawal before the deliberation' },
    detail: {
      fr: 'La délibération {reference} est du {takenOn} : elle ne peut être retirée le {withdrawnOn}.',
      en: 'The deliberation {reference} is of {takenOn}: it cannot be withdrawn on {withdrawnOn}.',
    },
  },
} as const;

export const reject = rejecter(decisionRejections);
