/** What the funders' rules say no to. */

import { rejecter } from '#libs/decider/rejection';

export const funderRejections = {
  FUNDER_UNKNOWN: {
    kind: 'not-found',
    rules: ['R26'],
    title: { fr: 'Collectivité inconnue', en: 'Unknown funder' },
    detail: { fr: 'Aucune collectivité ne porte l’identifiant {funderId}.', en: 'No funder has the id {funderId}.' },
  },
  FUNDER_ID_REUSED: {
    kind: 'id-reused',
    rules: ['R3', 'R26'],
    title: { fr: 'Identifiant de collectivité déjà pris', en: 'Funder id already taken' },
    detail: {
      fr: 'La collectivité {funderId} est déjà enregistrée avec un autre contenu ; un changement de nom se fait par un renommage daté.',
      en: 'The funder {funderId} is already registered with other content; a change of name is a dated renaming.',
    },
  },
  FUNDER_RENAMING_REUSED: {
    kind: 'id-reused',
    rules: ['R3', 'R26'],
    title: { fr: 'Acte déjà utilisé', en: 'Act already used' },
    detail: {
      fr: 'L’acte {act} a déjà servi à un autre renommage de {funderId}.',
      en: 'The act {act} already served for another renaming of {funderId}.',
    },
  },
  FUNDER_RENAMING_OUT_OF_ORDER: {
    kind: 'conflict',
    rules: ['R26'],
    title: { fr: 'Renommage hors d’ordre', en: 'Renaming out of order' },
    detail: {
      fr: 'Le nom de {funderId} a déjà changé le {lastOn} : un nouveau nom prend effet après cette date.',
      en: 'The name of {funderId} already changed on {lastOn}: a new name takes effect after that day.',
    },
  },
  FUNDER_OFFICE_REUSED: {
    kind: 'id-reused',
    rules: ['R3', 'R26'],
    title: { fr: 'Acte déjà utilisé', en: 'Act already used' },
    detail: {
      fr: 'L’acte {act} a déjà désigné un autre service référent de {funderId}.',
      en: 'The act {act} already named another contact office of {funderId}.',
    },
  },
  FUNDER_OFFICE_OUT_OF_ORDER: {
    kind: 'conflict',
    rules: ['R26'],
    title: { fr: 'Service référent hors d’ordre', en: 'Contact office out of order' },
    detail: {
      fr: 'Le service référent de {funderId} a déjà changé le {lastOn} : un nouveau service prend effet après cette date.',
      en: 'The contact office of {funderId} already changed on {lastOn}: a new one takes effect after that day.',
    },
  },
} as const;

export const reject = rejecter(funderRejections);
