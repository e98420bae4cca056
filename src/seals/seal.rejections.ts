/** What the rules of seals and their proofs say no to. */

import { rejecter } from '#libs/decider/rejection';

export const sealRejections = {
  SEAL_DOES_NOT_FOLLOW: {
    kind: 'conflict',
    rules: ['R4'],
    title: { fr: 'Scellement hors de la chaîne', en: 'Seal out of the chain' },
    detail: {
      fr: 'Le scellement {number}, de {treeSize} événements, ne suit pas le scellement {last}, de {covered}.',
      en: 'Seal {number}, of {treeSize} events, does not follow seal {last}, of {covered}.',
    },
  },
  SEAL_UNKNOWN: {
    kind: 'not-found',
    rules: ['R30'],
    title: { fr: 'Scellement inconnu', en: 'Unknown seal' },
    detail: { fr: 'Aucun scellement ne porte le numéro {number}.', en: 'No seal has the number {number}.' },
  },
  SEAL_NONE: {
    kind: 'not-found',
    rules: ['R30'],
    title: { fr: 'Aucun scellement', en: 'No seal' },
    detail: { fr: 'Le journal n’a pas encore été scellé.', en: 'The log has not been sealed yet.' },
  },
  SEALED_EVENT_UNKNOWN: {
    kind: 'not-found',
    rules: ['R30'],
    title: { fr: 'Événement inconnu', en: 'Unknown event' },
    detail: {
      fr: 'Le journal ne contient pas {id}.',
      en: 'The log does not hold {id}.',
    },
  },
  EVENT_NOT_SEALED: {
    kind: 'conflict',
    rules: ['R30'],
    title: { fr: 'Événement postérieur au scellement', en: 'Event after the seal' },
    detail: {
      fr: '{id} est venu après les {treeSize} événements que le scellement {number} couvre ; un scellement plus récent est attendu.',
      en: '{id} came after the {treeSize} events that seal {number} covers; a later seal is expected.',
    },
  },
  SEALS_BACKWARDS: {
    kind: 'conflict',
    rules: ['R30'],
    title: { fr: 'Scellements à l’envers', en: 'Seals backwards' },
    detail: {
      fr: 'Le scellement {from} est postérieur au scellement {to} : la preuve va de l’ancien au récent.',
      en: 'Seal {from} is later than seal {to}: the proof goes from the older to the newer.',
    },
  },
  SEALED_LOG_ALTERED: {
    kind: 'conflict',
    rules: ['R4', 'R30'],
    title: { fr: 'Le journal n’est plus celui qui a été scellé', en: 'The log is no longer what was sealed' },
    detail: {
      fr: 'Les événements que le scellement {number} couvre ont changé ; « ledger verify » dit lesquels.',
      en: 'The events that seal {number} covers have changed; “ledger verify” says which.',
    },
  },
} as const;

export const reject = rejecter(sealRejections);
