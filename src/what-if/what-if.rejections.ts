/** What a hypothesis may not suppose. */

import { rejecter } from '#libs/decider/rejection';

export const whatIfRejections = {
  WHAT_IF_SCHEME_UNKNOWN: {
    kind: 'not-found',
    rules: ['R8'],
    title: { fr: 'Dispositif inconnu', en: 'Unknown scheme' },
    detail: { fr: 'Aucun dispositif {schemeId} n’est ouvert.', en: 'No scheme {schemeId} is open.' },
  },
  WHAT_IF_FUNDER_TWICE: {
    kind: 'conflict',
    rules: ['R8'],
    title: { fr: 'Collectivité en double', en: 'Funder twice' },
    detail: {
      fr: 'La collectivité {funderId} figure deux fois dans la clé ou dans l’ordre supposés.',
      en: 'The funder {funderId} stands twice in the supposed key or order.',
    },
  },
  WHAT_IF_TIE_ORDER_MISMATCH: {
    kind: 'conflict',
    rules: ['R9'],
    title: { fr: 'Ordre de départage incomplet', en: 'Tie order does not match' },
    detail: {
      fr: 'L’ordre supposé doit nommer chaque collectivité de la clé ; il manque {funderId}.',
      en: 'The supposed order must name every funder of the key; {funderId} is missing.',
    },
  },
} as const;

export const reject = rejecter(whatIfRejections);
