/** What the rules of ceilings on axes, contracts and funders say no to. */

import { rejecter } from '#libs/decider/rejection';

export const ceilingRejections = {
  BUDGET_UNKNOWN: {
    kind: 'not-found',
    rules: ['R19'],
    title: { fr: 'Plafond inconnu', en: 'Unknown ceiling' },
    detail: {
      fr: 'Aucun plafond ne porte l’identifiant {ceilingId}.',
      en: 'No ceiling has the id {ceilingId}.',
    },
  },
  BUDGET_ID_REUSED: {
    kind: 'id-reused',
    rules: ['R3', 'R19'],
    title: { fr: 'Identifiant de plafond déjà pris', en: 'Ceiling id already taken' },
    detail: {
      fr: 'Le plafond {ceilingId} existe déjà pour un autre objet ou un autre exercice ; seul son montant peut changer.',
      en: 'The ceiling {ceilingId} already exists for another object or exercice; only its amount may change.',
    },
  },
  BUDGET_ACT_REUSED: {
    kind: 'id-reused',
    rules: ['R3', 'R19'],
    title: { fr: 'Acte déjà enregistré', en: 'Act already recorded' },
    detail: {
      fr: 'L’acte {act} est déjà enregistré pour le plafond {ceilingId}, avec un autre contenu.',
      en: 'The act {act} is already recorded for the ceiling {ceilingId}, with other content.',
    },
  },
  BUDGET_ALREADY_LIFTED: {
    kind: 'conflict',
    rules: ['R19'],
    title: { fr: 'Plafond déjà levé', en: 'Ceiling already lifted' },
    detail: {
      fr: 'Le plafond {ceilingId} a déjà été levé, par l’acte {act}.',
      en: 'The ceiling {ceilingId} has already been lifted, by the act {act}.',
    },
  },
  BUDGET_FUNDER_UNKNOWN: {
    kind: 'conflict',
    rules: ['R19'],
    title: { fr: 'Collectivité inconnue', en: 'Unknown funder' },
    detail: { fr: 'La collectivité {funderId} n’existe pas.', en: 'The funder {funderId} does not exist.' },
  },
  BUDGET_SCHEME_UNKNOWN: {
    kind: 'conflict',
    rules: ['R19'],
    title: { fr: 'Dispositif inconnu', en: 'Unknown scheme' },
    detail: { fr: 'Le dispositif {schemeId} n’existe pas.', en: 'The scheme {schemeId} does not exist.' },
  },
  BUDGET_FUNDER_OUTSIDE_SCHEME: {
    kind: 'conflict',
    rules: ['R19'],
    title: { fr: 'Collectivité hors du dispositif', en: 'Not a funder of the scheme' },
    detail: {
      fr: '{funderId} ne finance pas le dispositif {schemeId} : il n’y a rien à plafonner.',
      en: '{funderId} does not fund the scheme {schemeId}: there is nothing to hold.',
    },
  },
  BUDGET_CONTRACT_UNKNOWN: {
    kind: 'conflict',
    rules: ['R19'],
    title: { fr: 'Contrat inconnu', en: 'Unknown contract' },
    detail: { fr: 'Le contrat {contractId} n’existe pas.', en: 'The contract {contractId} does not exist.' },
  },
  BUDGET_AXIS_UNKNOWN: {
    kind: 'conflict',
    rules: ['R19'],
    title: { fr: 'Axe inconnu', en: 'Unknown axis' },
    detail: {
      fr: 'Le contrat {contractId} n’a pas d’axe {axisId}.',
      en: 'The contract {contractId} has no axis {axisId}.',
    },
  },
} as const;

export const reject = rejecter(ceilingRejections);
