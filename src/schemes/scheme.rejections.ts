/** What the schemes' rules say no to. */

import { rejecter } from '#libs/decider/rejection';

export const schemeRejections = {
  SCHEME_UNKNOWN: {
    kind: 'not-found',
    rules: ['R14'],
    title: { fr: 'Dispositif inconnu', en: 'Unknown scheme' },
    detail: { fr: 'Aucun dispositif ne porte l’identifiant {schemeId}.', en: 'No scheme has the id {schemeId}.' },
  },
  SCHEME_ID_REUSED: {
    kind: 'id-reused',
    rules: ['R3'],
    title: { fr: 'Identifiant de dispositif déjà pris', en: 'Scheme id already taken' },
    detail: {
      fr: 'Le dispositif {schemeId} est déjà ouvert avec un autre contenu.',
      en: 'The scheme {schemeId} is already open with other content.',
    },
  },
  SCHEME_CLOSED: {
    kind: 'conflict',
    rules: ['R14'],
    title: { fr: 'Dispositif clos', en: 'Scheme closed' },
    detail: {
      fr: 'Le dispositif {schemeId} est clos depuis le {closedOn}.',
      en: 'The scheme {schemeId} closed on {closedOn}.',
    },
  },
  SCHEME_NOT_YET_OPEN: {
    kind: 'conflict',
    rules: ['R14'],
    title: { fr: 'Dispositif pas encore ouvert', en: 'Scheme not yet open' },
    detail: {
      fr: 'Le dispositif {schemeId} n’ouvre que le {openedOn}.',
      en: 'The scheme {schemeId} only opens on {openedOn}.',
    },
  },
  SCHEME_FUNDER_UNKNOWN: {
    kind: 'conflict',
    rules: ['R8', 'R26'],
    title: { fr: 'Collectivité non enregistrée', en: 'Funder not registered' },
    detail: {
      fr: 'La collectivité {funderId} doit être enregistrée avant d’entrer dans une clé ou de payer.',
      en: 'The funder {funderId} must be registered before it enters a key or pays.',
    },
  },
  SPLIT_KEY_FUNDER_TWICE: {
    kind: 'conflict',
    rules: ['R8'],
    title: { fr: 'Collectivité en double dans la clé', en: 'Funder twice in the key' },
    detail: {
      fr: 'La collectivité {funderId} figure deux fois dans la clé.',
      en: 'The funder {funderId} is twice in the key.',
    },
  },
  PAYER_OUTSIDE_KEY: {
    kind: 'conflict',
    rules: ['R8'],
    title: { fr: 'Collectivité payeuse hors de la clé', en: 'Payer outside the key' },
    detail: {
      fr: 'La collectivité payeuse du dispositif, {payer}, doit figurer dans la clé.',
      en: 'The payer of the scheme, {payer}, must be in the key.',
    },
  },
  TIE_ORDER_MISMATCH: {
    kind: 'conflict',
    rules: ['R9'],
    title: { fr: 'Ordre de départage incomplet', en: 'Tie order does not match' },
    detail: {
      fr: 'L’ordre de départage doit citer chaque collectivité de la clé une fois et une seule.',
      en: 'The tie order must name every funder of the key once and only once.',
    },
  },
  SPLIT_KEY_ACT_REUSED: {
    kind: 'id-reused',
    rules: ['R3', 'R8'],
    title: { fr: 'Acte déjà utilisé', en: 'Act already used' },
    detail: {
      fr: 'L’acte {act} a déjà fixé une autre clé pour {schemeId}.',
      en: 'The act {act} already agreed another key of {schemeId}.',
    },
  },
  SPLIT_KEY_OUT_OF_ORDER: {
    kind: 'conflict',
    rules: ['R8'],
    title: { fr: 'Clé hors d’ordre', en: 'Split key out of order' },
    detail: {
      fr: 'La dernière clé prend effet le {lastOn} : une nouvelle clé prend effet après cette date.',
      en: 'The last key takes effect on {lastOn}: a new one takes effect after that day.',
    },
  },
  SPLIT_KEY_RETROACTIVE: {
    kind: 'conflict',
    rules: ['R8'],
    title: { fr: 'Clé rétroactive', en: 'Split key retroactive' },
    detail: {
      fr: 'Une clé n’est jamais rétroactive : {schemeId} compte déjà des enregistrements datés du {lastOn}.',
      en: 'A key is never retroactive: {schemeId} already has records dated {lastOn}.',
    },
  },
  SPLIT_KEY_NOT_THE_CONTRACTS: {
    kind: 'conflict',
    rules: ['R8'],
    title: { fr: 'Clé qui ne suit pas le contrat', en: 'Split key not the contract’s' },
    detail: {
      fr: 'Le dispositif {schemeId} est rattaché au contrat {contractId} avec la clé du contrat : sa clé suit les contributions tant qu’il n’en est pas détaché.',
      en: 'The scheme {schemeId} is attached to the contract {contractId} by the contract’s key: its key follows the contributions until it is detached.',
    },
  },
  CEILING_ACT_REUSED: {
    kind: 'id-reused',
    rules: ['R3', 'R19'],
    title: { fr: 'Acte déjà utilisé', en: 'Act already used' },
    detail: {
      fr: 'L’acte {act} a déjà fixé un autre plafond pour l’exercice {exercice}.',
      en: 'The act {act} already set another ceiling for exercice {exercice}.',
    },
  },
  SCALE_ACT_REUSED: {
    kind: 'id-reused',
    rules: ['R3'],
    title: { fr: 'Acte déjà utilisé', en: 'Act already used' },
    detail: {
      fr: 'L’acte {act} a déjà fixé un autre barème de {schemeId}.',
      en: 'The act {act} already agreed another scale of {schemeId}.',
    },
  },
  SCALE_OUT_OF_ORDER: {
    kind: 'conflict',
    rules: ['R4'],
    title: { fr: 'Barème hors d’ordre', en: 'Scale out of order' },
    detail: {
      fr: 'Le dernier barème de {schemeId} prend effet le {lastOn} : un nouveau barème prend effet après cette date.',
      en: 'The last scale of {schemeId} takes effect on {lastOn}: a new one takes effect after that day.',
    },
  },
  SCALE_LINE_TWICE: {
    kind: 'conflict',
    rules: ['R4'],
    title: { fr: 'Ligne en double dans le barème', en: 'Line twice in the scale' },
    detail: {
      fr: 'La ligne « {label} » figure deux fois dans le barème.',
      en: 'The line “{label}” is twice in the scale.',
    },
  },
} as const;

export const reject = rejecter(schemeRejections);
