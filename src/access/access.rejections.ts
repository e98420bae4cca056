/** What the accounts' rules say no to. */

import { rejecter } from '#libs/decider/rejection';

export const accessRejections = {
  ACCOUNT_UNKNOWN: {
    kind: 'not-found',
    rules: [],
    title: { fr: 'Compte inconnu', en: 'Unknown account' },
    detail: { fr: 'Aucun compte ne porte le nom {name}.', en: 'No account has the name {name}.' },
  },
  ACCOUNT_NAME_TAKEN: {
    kind: 'conflict',
    rules: [],
    title: { fr: 'Nom de compte déjà pris', en: 'Account name already taken' },
    detail: {
      fr: 'Un compte porte déjà le nom {name} ; un nom ne change jamais de titulaire.',
      en: 'An account already has the name {name}; a name never changes its holder.',
    },
  },
  ACCOUNT_IS_YOURS: {
    kind: 'conflict',
    rules: [],
    title: { fr: 'Votre propre compte', en: 'Your own account' },
    detail: {
      fr: 'Nul ne désactive le compte {name} avec lequel il est connecté.',
      en: 'Nobody disables the account {name} they are signed in with.',
    },
  },
  ACCOUNT_DISABLED: {
    kind: 'forbidden',
    rules: [],
    title: { fr: 'Compte désactivé', en: 'Account disabled' },
    detail: {
      fr: 'Le compte {name} est désactivé sur ce serveur ; son administration peut le réactiver.',
      en: 'The account {name} is disabled on this server; its administrators may enable it again.',
    },
  },
  IDENTITY_REFUSED: {
    kind: 'forbidden',
    rules: [],
    title: { fr: 'Identité non confirmée', en: 'Identity not confirmed' },
    detail: {
      fr: 'La réponse du fournisseur d’identité ne correspond pas à cette demande de connexion, ou elle est arrivée trop tard : recommencez.',
      en: 'The identity provider’s answer does not belong to this sign-in, or it came too late: begin again.',
    },
  },
  IDENTITY_WITHOUT_ROLE: {
    kind: 'forbidden',
    rules: [],
    title: { fr: 'Aucun accès à ce registre', en: 'No access to this ledger' },
    detail: {
      fr: 'Votre identité est reconnue, mais elle ne donne ici ni rôle ni collectivité. Demandez-les à l’administration de votre annuaire.',
      en: 'Your identity is recognised, but it gives no role or no funder here. Ask whoever keeps your directory for them.',
    },
  },
  OTHER_FUNDER: {
    kind: 'forbidden',
    rules: [],
    title: { fr: 'Affaire d’une autre collectivité', en: 'Another funder’s matter' },
    detail: {
      fr: 'Cette opération revient à {concerned} ; un agent de {funderId} peut la lire, non l’enregistrer.',
      en: 'This operation is for {concerned} to record; a person of {funderId} may read it, not record it.',
    },
  },
  PASSWORD_WEAK: {
    kind: 'malformed',
    rules: [],
    title: { fr: 'Mot de passe trop faible', en: 'Password too weak' },
    detail: {
      fr: 'Un mot de passe a 12 à 200 caractères, assez différents, et ne contient pas le nom du compte.',
      en: 'A password has 12 to 200 characters, different enough, and does not hold the account’s name.',
    },
  },
  PASSWORD_WRONG: {
    kind: 'forbidden',
    rules: [],
    title: { fr: 'Connexion refusée', en: 'Sign-in refused' },
    detail: {
      fr: 'Le nom ou le mot de passe est incorrect. Après plusieurs échecs, il faut attendre avant un nouvel essai.',
      en: 'The name or the password is wrong. After several failures you have to wait before another try.',
    },
  },
} as const;

export const reject = rejecter(accessRejections);
