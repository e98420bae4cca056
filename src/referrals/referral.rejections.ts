/** What the rules of referrals say no to. */

import { rejecter } from '#libs/decider/rejection';

export const referralRejections = {
  REFERRAL_UNKNOWN: {
    kind: 'not-found',
    rules: ['R4'],
    title: { fr: 'Réponse inconnue', en: 'Unknown referral' },
    detail: {
      fr: 'Aucune réponse « à voir en 276 ? » ne porte l’identifiant {referralId}.',
      en: 'No answer to “to be seen in 276?” has the id {referralId}.',
    },
  },
  REFERRAL_ID_REUSED: {
    kind: 'id-reused',
    rules: ['R3', 'R4'],
    title: { fr: 'Identifiant de réponse déjà pris', en: 'Referral id already taken' },
    detail: {
      fr: 'La réponse {referralId} est déjà donnée avec un autre contenu ; elle se révise, avec un motif.',
      en: 'The answer {referralId} is already given with other content; it can be revised, with a reason.',
    },
  },
  REFERRAL_REVISION_ID_REUSED: {
    kind: 'id-reused',
    rules: ['R3'],
    title: { fr: 'Identifiant de révision déjà pris', en: 'Revision id already taken' },
    detail: {
      fr: 'La révision {revisionId} de {referralId} est déjà enregistrée avec un autre contenu.',
      en: 'The revision {revisionId} of {referralId} is already recorded with other content.',
    },
  },
  GRANT_ALREADY_REFERRED: {
    kind: 'conflict',
    rules: ['R27'],
    title: { fr: 'Dossier déjà examiné', en: 'Grant already referred' },
    detail: {
      fr: 'La question est déjà tranchée pour le dossier {grantId} par {referralId} ; révisez cette réponse.',
      en: 'The question is already answered for the grant {grantId} by {referralId}; revise that answer.',
    },
  },
  REFERRAL_GRANT_UNKNOWN: {
    kind: 'conflict',
    rules: ['R14'],
    title: { fr: 'Dossier inconnu', en: 'Unknown grant' },
    detail: { fr: 'Le dossier {grantId} n’existe pas.', en: 'The grant {grantId} does not exist.' },
  },
  REFERRAL_SCHEME_UNKNOWN: {
    kind: 'conflict',
    rules: ['R14'],
    title: { fr: 'Dispositif inconnu', en: 'Unknown scheme' },
    detail: { fr: 'Le dispositif {schemeId} n’existe pas.', en: 'The scheme {schemeId} does not exist.' },
  },
  REFERRAL_FUNDER_UNKNOWN: {
    kind: 'conflict',
    rules: ['R26', 'R27'],
    title: { fr: 'Collectivité instructrice inconnue', en: 'Unknown instructing authority' },
    detail: {
      fr: 'La collectivité instructrice {funderId} n’est pas enregistrée.',
      en: 'The instructing authority {funderId} is not registered.',
    },
  },
  REFERRAL_DATED_IN_FUTURE: {
    kind: 'conflict',
    rules: ['R16'],
    title: { fr: 'Date dans le futur', en: 'Dated in the future' },
    detail: {
      fr: 'La date du {on} est dans le futur ; nous sommes le {today}.',
      en: 'The day {on} is in the future; today is {today}.',
    },
  },
  REFERRAL_OUT_OF_ORDER: {
    kind: 'conflict',
    rules: ['R4'],
    title: { fr: 'Révision antérieure à la réponse', en: 'Revision before the answer' },
    detail: {
      fr: 'La réponse {referralId} est du {lastOn} : elle ne peut être révisée le {revisedOn}.',
      en: 'The answer {referralId} is of {lastOn}: it cannot be revised on {revisedOn}.',
    },
  },
} as const;

export const reject = rejecter(referralRejections);
