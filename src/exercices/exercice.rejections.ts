/** What the exercices' rules say no to. */

import { rejecter } from '#libs/decider/rejection';

export const exerciceRejections = {
  EXERCICE_NOT_OVER: {
    kind: 'conflict',
    rules: ['R23'],
    title: { fr: 'Exercice non terminé', en: 'Exercice not over' },
    detail: {
      fr: 'L’exercice {exercice} ne se clôt qu’après le 31 décembre {exercice}.',
      en: 'Exercice {exercice} can only be closed after 31 December {exercice}.',
    },
  },
  EXERCICE_CLOSING_IN_FUTURE: {
    kind: 'conflict',
    rules: ['R23'],
    title: { fr: 'Clôture dans le futur', en: 'Closing in the future' },
    detail: {
      fr: 'La clôture de l’exercice {exercice} est datée du {closedOn} ; nous sommes le {today}.',
      en: 'The closing of exercice {exercice} is dated {closedOn}; today is {today}.',
    },
  },
  EXERCICE_ALREADY_CLOSED: {
    kind: 'conflict',
    rules: ['R23'],
    title: { fr: 'Exercice déjà clos', en: 'Exercice already closed' },
    detail: {
      fr: 'L’exercice {exercice} a été clos le {closedOn}.',
      en: 'Exercice {exercice} was closed on {closedOn}.',
    },
  },
} as const;

export const reject = rejecter(exerciceRejections);
