/** What the rules of the register of documents say no to. */

import { rejecter } from '#libs/decider/rejection';

export const documentRejections = {
  DOCUMENT_UNKNOWN: {
    kind: 'not-found',
    rules: ['R4'],
    title: { fr: 'Document inconnu', en: 'Unknown document' },
    detail: { fr: 'Aucun document ne porte l’identifiant {documentId}.', en: 'No document has the id {documentId}.' },
  },
  DOCUMENT_ID_REUSED: {
    kind: 'id-reused',
    rules: ['R3'],
    title: { fr: 'Identifiant de document déjà pris', en: 'Document id already taken' },
    detail: {
      fr: 'Le document {documentId} est déjà enregistré avec un autre contenu.',
      en: 'The document {documentId} is already registered with other content.',
    },
  },
  DOCUMENT_ALREADY_REGISTERED: {
    kind: 'conflict',
    rules: ['R3'],
    title: { fr: 'Document déjà enregistré', en: 'Document already registered' },
    detail: {
      fr: 'Ce fichier, d’empreinte {sha256}, est déjà enregistré sous {documentId}.',
      en: 'This file, of hash {sha256}, is already registered as {documentId}.',
    },
  },
  DOCUMENT_DATED_IN_FUTURE: {
    kind: 'conflict',
    rules: ['R16'],
    title: { fr: 'Date dans le futur', en: 'Dated in the future' },
    detail: {
      fr: 'La date du {on} est dans le futur ; nous sommes le {today}.',
      en: 'The day {on} is in the future; today is {today}.',
    },
  },
  DOCUMENT_CONCERN_UNKNOWN: {
    kind: 'conflict',
    rules: ['R14'],
    title: { fr: 'Objet inconnu', en: 'Unknown concern' },
    detail: {
      fr: 'Rien n’est enregistré sous {kind} {id} : un document porte sur ce qui existe.',
      en: 'Nothing is recorded as {kind} {id}: a document concerns what exists.',
    },
  },
  DOCUMENT_ALREADY_WITHDRAWN: {
    kind: 'conflict',
    rules: ['R4'],
    title: { fr: 'Document déjà retiré', en: 'Document already withdrawn' },
    detail: {
      fr: 'Le document {documentId} est déjà retiré du registre, pour un autre motif.',
      en: 'The document {documentId} is already withdrawn from the register, for another reason.',
    },
  },
} as const;

export const reject = rejecter(documentRejections);
