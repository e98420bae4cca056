/** What a sample or a check cannot be made of. */

import { rejecter } from '#libs/decider/rejection';

export const auditRejections = {
  AUDIT_SCHEME_UNKNOWN: {
    kind: 'not-found',
    rules: ['R29'],
    title: { fr: 'Dispositif inconnu', en: 'Unknown scheme' },
    detail: { fr: 'Aucun dispositif {schemeId} n’est ouvert.', en: 'No scheme {schemeId} is open.' },
  },
  SAMPLE_BELOW_STRATA: {
    kind: 'malformed',
    rules: ['R29'],
    title: { fr: 'Échantillon trop petit', en: 'Sample too small' },
    detail: {
      fr: 'Un échantillon de {size} ne peut prendre un versement dans chacune des {strata} strates.',
      en: 'A sample of {size} cannot take a payment of each of the {strata} strata.',
    },
  },
} as const;

export const reject = rejecter(auditRejections);
