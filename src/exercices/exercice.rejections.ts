/** What the exercices' rules say no to. */

import { rejecter } from '#libs/decider/rejection';

export const exerciceRejections = {
  EXERCICE_NOT_OVER: {
    kind: 'conflict',
    rules: ['R16', 'R23'],
    title: { fr: 'Exercice non terminé', en: 'Exercice not over' },
    detail: {
      fr: 'L’exercice {exercice} ne se clôt qu’après sa journée complémentaire, à partir du {firstOn}.',
      en: 'Exercice {exercice} can only be closed after its complementary period, from {firstOn} on.',
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
  EXERCICE_NOT_CLOSED: {
    kind: 'conflict',
    rules: ['R23'],
    title: { fr: 'Exercice non clos', en: 'Exercice not closed' },
    detail: {
      fr: 'L’exercice {exercice} n’est pas clos : il n’y a rien à rouvrir.',
      en: 'Exercice {exercice} is not closed: there is nothing to reopen.',
    },
  },
  EARLIER_EXERCICE_OPEN: {
    kind: 'conflict',
    rules: ['R23'],
    title: { fr: 'Exercice antérieur ouvert', en: 'Earlier exercice open' },
    detail: {
      fr: 'L’exercice {earlier} porte des soldes et n’est pas clos : il se clôt avant l’exercice {exercice}.',
      en: 'Exercice {earlier} has balances and is not closed: it is closed before exercice {exercice}.',
    },
  },
  LATER_EXERCICE_CLOSED: {
    kind: 'conflict',
    rules: ['R23'],
    title: { fr: 'Exercice postérieur clos', en: 'Later exercice closed' },
    detail: {
      fr: 'L’exercice {later} est clos ou en cours de clôture, sur les soldes reportés de l’exercice {exercice}.',
      en: 'Exercice {later} is closed or being closed, on the balances carried over from exercice {exercice}.',
    },
  },
  SIGNING_FUNDER_REQUIRED: {
    kind: 'forbidden',
    rules: ['R23'],
    title: { fr: 'Signature d’une collectivité', en: 'A funder’s signature' },
    detail: {
      fr: 'Une clôture ou une réouverture est signée pour une collectivité du grand livre : l’exploitant du serveur ne signe pas.',
      en: 'A closing or a reopening is signed for a funder of the ledger: the operator of the server does not sign.',
    },
  },
  SIGNING_REASON_REQUIRED: {
    kind: 'conflict',
    rules: ['R23'],
    title: { fr: 'Motif obligatoire', en: 'Reason required' },
    detail: {
      fr: 'Refuser pour l’exercice {exercice} demande un motif.',
      en: 'A refusal for exercice {exercice} needs a reason.',
    },
  },
  CLOSING_ALREADY_PROPOSED: {
    kind: 'conflict',
    rules: ['R23'],
    title: { fr: 'Clôture déjà proposée', en: 'Closing already proposed' },
    detail: {
      fr: 'La clôture de l’exercice {exercice} est déjà proposée par {funderId} : elle se signe, se refuse ou se retire.',
      en: 'The closing of exercice {exercice} is already proposed by {funderId}: it is signed, refused or withdrawn.',
    },
  },
  CLOSING_NOT_PROPOSED: {
    kind: 'conflict',
    rules: ['R23'],
    title: { fr: 'Aucune clôture proposée', en: 'No closing proposed' },
    detail: {
      fr: 'Aucune clôture de l’exercice {exercice} n’attend de signature.',
      en: 'No closing of exercice {exercice} waits for a signature.',
    },
  },
  CLOSING_NOT_OWN: {
    kind: 'forbidden',
    rules: ['R23'],
    title: { fr: 'Clôture d’une autre collectivité', en: 'Another funder’s closing' },
    detail: {
      fr: 'Seule {funderId}, qui a proposé la clôture de l’exercice {exercice}, peut la retirer.',
      en: 'Only {funderId}, which proposed the closing of exercice {exercice}, can withdraw it.',
    },
  },
  CLOSING_SELF_COUNTERSIGNED: {
    kind: 'forbidden',
    rules: ['R23'],
    title: { fr: 'Contresignature par soi-même', en: 'Self-countersignature' },
    detail: {
      fr: 'La clôture de l’exercice {exercice} a été proposée par {funderId} : quelqu’un d’autre la contresigne.',
      en: 'The closing of exercice {exercice} was proposed by {funderId}: somebody else countersigns it.',
    },
  },
  CLOSING_SIGNATURE_UNEXPECTED: {
    kind: 'forbidden',
    rules: ['R23'],
    title: { fr: 'Signature non attendue', en: 'Signature not expected' },
    detail: {
      fr: 'La clôture de l’exercice {exercice} n’attend pas la signature de {funderId}, mais celle de : {expected}.',
      en: 'The closing of exercice {exercice} does not expect the signature of {funderId}, but of: {expected}.',
    },
  },
  CLOSING_PROPOSAL_STALE: {
    kind: 'conflict',
    rules: ['R23'],
    title: { fr: 'Proposition de clôture remplacée', en: 'Proposal replaced' },
    detail: {
      fr: 'La clôture proposée de l’exercice {exercice} porte l’empreinte {current}, et non {rootHash} : relisez-la avant de décider.',
      en: 'The proposed closing of exercice {exercice} has the root hash {current}, not {rootHash}: read it again before you decide.',
    },
  },
  REOPENING_PROPOSAL_STALE: {
    kind: 'conflict',
    rules: ['R23'],
    title: { fr: 'Proposition de réouverture remplacée', en: 'Reopening proposal replaced' },
    detail: {
      fr: 'La réouverture proposée de l’exercice {exercice} a un autre motif (« {reason} ») : relisez-la avant de décider.',
      en: 'The proposed reopening of exercice {exercice} is for another reason (“{reason}”): read it again before you decide.',
    },
  },
  CLOSING_TOTALS_CHANGED: {
    kind: 'conflict',
    rules: ['R20', 'R23'],
    title: { fr: 'Totaux modifiés', en: 'Totals changed' },
    detail: {
      fr: 'Un fait est entré dans l’exercice {exercice} depuis la proposition (position {atPosition}) : elle est à retirer et à refaire.',
      en: 'A fact came into exercice {exercice} since it was proposed (position {atPosition}): withdraw the proposal and make it anew.',
    },
  },
  CLOSING_BANK_RETURNS: {
    kind: 'conflict',
    rules: ['R23', 'R25'],
    title: { fr: 'Rejets bancaires à traiter', en: 'Bank returns to settle' },
    detail: {
      fr: '{count} versement(s) de l’exercice {exercice} rejetés par la banque restent à payer : {payments}. Un motif (overrideReason) les met de côté.',
      en: '{count} payment(s) of exercice {exercice} returned by the bank are still to be paid: {payments}. A reason (overrideReason) sets them aside.',
    },
  },
  CLOSING_AWAITING_APPROVAL: {
    kind: 'conflict',
    rules: ['R23', 'R28'],
    title: { fr: 'Versements à approuver', en: 'Payments to approve' },
    detail: {
      fr: '{count} versement(s) de l’exercice {exercice} attendent une décision : {proposals}.',
      en: '{count} payment(s) of exercice {exercice} wait for a decision: {proposals}.',
    },
  },
  CLOSING_UNBALANCED: {
    kind: 'conflict',
    rules: ['R20', 'R23'],
    title: { fr: 'Positions déséquilibrées', en: 'Positions out of balance' },
    detail: {
      fr: 'Les positions du dispositif {schemeId} ne se compensent pas dans l’exercice {exercice} : leur somme est de {sumOfCents}.',
      en: 'The positions of the scheme {schemeId} do not balance in exercice {exercice}: they sum to {sumOfCents}.',
    },
  },
  REOPENING_ALREADY_PROPOSED: {
    kind: 'conflict',
    rules: ['R23'],
    title: { fr: 'Réouverture déjà proposée', en: 'Reopening already proposed' },
    detail: {
      fr: 'La réouverture de l’exercice {exercice} est déjà proposée, pour ce motif : {reason}.',
      en: 'The reopening of exercice {exercice} is already proposed, for this reason: {reason}.',
    },
  },
  REOPENING_NOT_PROPOSED: {
    kind: 'conflict',
    rules: ['R23'],
    title: { fr: 'Aucune réouverture proposée', en: 'No reopening proposed' },
    detail: {
      fr: 'Aucune réouverture de l’exercice {exercice} n’attend de signature.',
      en: 'No reopening of exercice {exercice} waits for a signature.',
    },
  },
  REOPENING_ALONE: {
    kind: 'forbidden',
    rules: ['R23'],
    title: { fr: 'Réouverture à deux', en: 'Reopening by two' },
    detail: {
      fr: 'L’exercice {exercice} se rouvre à deux : une autre personne doit signer ou refuser.',
      en: 'Exercice {exercice} is reopened by two people: somebody else must sign or refuse.',
    },
  },
} as const;

export const reject = rejecter(exerciceRejections);
