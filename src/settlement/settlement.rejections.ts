/** What the rules of funding calls and contributions say no to. */

import { rejecter } from '#libs/decider/rejection';

export const settlementRejections = {
  SETTLEMENT_SCHEME_UNKNOWN: {
    kind: 'conflict',
    rules: ['R14'],
    title: { fr: 'Dispositif inconnu', en: 'Unknown scheme' },
    detail: { fr: 'Le dispositif {schemeId} n’existe pas.', en: 'The scheme {schemeId} does not exist.' },
  },
  SETTLEMENT_FUNDER_UNKNOWN: {
    kind: 'conflict',
    rules: ['R21', 'R22'],
    title: { fr: 'Collectivité hors du dispositif', en: 'Not a funder of the scheme' },
    detail: {
      fr: '{funderId} ne finance pas le dispositif {schemeId}.',
      en: '{funderId} does not fund the scheme {schemeId}.',
    },
  },
  SETTLEMENT_DATED_IN_FUTURE: {
    kind: 'conflict',
    rules: ['R21', 'R22'],
    title: { fr: 'Date dans le futur', en: 'Dated in the future' },
    detail: {
      fr: 'La date du {on} est dans le futur ; nous sommes le {today}.',
      en: 'The day {on} is in the future; today is {today}.',
    },
  },
  SETTLEMENT_EXERCICE_CLOSED: {
    kind: 'conflict',
    rules: ['R23'],
    title: { fr: 'Exercice clos', en: 'Exercice closed' },
    detail: {
      fr: 'L’exercice {exercice} est clos : ni appel ni contribution ne peut plus y être enregistré.',
      en: 'Exercice {exercice} is closed: neither a call nor a contribution can be recorded in it.',
    },
  },
  SETTLEMENT_EXERCICE_CLOSING: {
    kind: 'conflict',
    rules: ['R23'],
    title: { fr: 'Exercice en cours de clôture', en: 'Exercice being closed' },
    detail: {
      fr: 'La clôture de l’exercice {exercice} est proposée : rien n’y entre tant qu’elle n’est pas refusée ou retirée.',
      en: 'The closing of exercice {exercice} is proposed: nothing goes in unless it is refused or withdrawn.',
    },
  },
  FUNDING_CALL_UNKNOWN: {
    kind: 'not-found',
    rules: ['R21'],
    title: { fr: 'Appel de fonds inconnu', en: 'Unknown funding call' },
    detail: {
      fr: 'Aucun appel de fonds ne porte l’identifiant {callId}.',
      en: 'No funding call has the id {callId}.',
    },
  },
  FUNDING_CALL_ID_REUSED: {
    kind: 'id-reused',
    rules: ['R3', 'R21'],
    title: { fr: 'Identifiant d’appel déjà pris', en: 'Funding call id already taken' },
    detail: {
      fr: 'L’appel de fonds {callId} est déjà émis avec un autre contenu.',
      en: 'The funding call {callId} is already issued with other content.',
    },
  },
  FUNDING_CALL_EMPTY: {
    kind: 'conflict',
    rules: ['R21'],
    title: { fr: 'Rien à appeler', en: 'Nothing to call' },
    detail: {
      fr: 'Jusqu’au {issuedOn}, {payer} n’a rien à appeler au titre de {exercice} dans le dispositif {schemeId} : tout est déjà appelé, ou compensé par ce qui est revenu.',
      en: 'Up to {issuedOn}, {payer} has nothing to call for {exercice} in the scheme {schemeId}: all is called already, or offset by what came back.',
    },
  },
  FUNDING_CALL_DRAFT_STALE: {
    kind: 'conflict',
    rules: ['R21'],
    title: { fr: 'Projet d’appel périmé', en: 'Draft out of date' },
    detail: {
      fr: 'L’appel {callId} serait émis avec un autre contenu que le projet {draft} : demandez un nouveau projet (dryRun=true) et relisez-le.',
      en: 'The call {callId} would be issued with other content than the draft {draft}: ask for a new draft (dryRun=true) and read it again.',
    },
  },
  FUNDING_CALL_OUT_OF_ORDER: {
    kind: 'conflict',
    rules: ['R21'],
    title: { fr: 'Appel antérieur au précédent', en: 'Earlier than the last call' },
    detail: {
      fr: 'L’appel est daté du {issuedOn}, avant l’appel n° {number} du {lastOn}.',
      en: 'The call is dated {issuedOn}, before call no. {number} of {lastOn}.',
    },
  },
  CONTRIBUTION_UNKNOWN: {
    kind: 'not-found',
    rules: ['R4'],
    title: { fr: 'Contribution inconnue', en: 'Unknown contribution' },
    detail: {
      fr: 'Aucune contribution ne porte l’identifiant {contributionId}.',
      en: 'No contribution has the id {contributionId}.',
    },
  },
  CONTRIBUTION_ID_REUSED: {
    kind: 'id-reused',
    rules: ['R3'],
    title: { fr: 'Identifiant de contribution déjà pris', en: 'Contribution id already taken' },
    detail: {
      fr: 'La contribution {contributionId} est déjà enregistrée avec un autre contenu.',
      en: 'The contribution {contributionId} is already recorded with other content.',
    },
  },
  CONTRIBUTION_TO_ITSELF: {
    kind: 'conflict',
    rules: ['R22'],
    title: { fr: 'Contribution à soi-même', en: 'Contribution to itself' },
    detail: {
      fr: '{funderId} ne peut pas se verser une contribution.',
      en: '{funderId} cannot contribute to itself.',
    },
  },
  CONTRIBUTION_NOT_CALLED: {
    kind: 'conflict',
    rules: ['R21', 'R23'],
    title: { fr: 'Contribution étrangère à l’appel', en: 'Not what the call asks for' },
    detail: {
      fr: 'L’appel {callId} ne demande rien à {from} pour {to} au titre de {exercice}. Une contribution compte dans l’exercice de son appel, tant qu’il n’est pas clos.',
      en: 'The call {callId} asks nothing of {from} for {to} in {exercice}. A contribution counts in the exercice of its call while that is not closed.',
    },
  },
  CONTRIBUTION_ALREADY_REVERSED: {
    kind: 'conflict',
    rules: ['R4'],
    title: { fr: 'Contribution déjà annulée', en: 'Contribution already reversed' },
    detail: {
      fr: 'La contribution {contributionId} est annulée depuis le {reversedOn}.',
      en: 'The contribution {contributionId} was reversed on {reversedOn}.',
    },
  },
  CONTRIBUTION_REVERSED_TOO_EARLY: {
    kind: 'conflict',
    rules: ['R4'],
    title: { fr: 'Annulation antérieure à la contribution', en: 'Reversal before the contribution' },
    detail: {
      fr: 'La contribution {contributionId} est du {paidOn} : elle ne peut être annulée le {reversedOn}.',
      en: 'The contribution {contributionId} is of {paidOn}: it cannot be reversed on {reversedOn}.',
    },
  },
} as const;

export const reject = rejecter(settlementRejections);
