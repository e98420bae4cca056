/** What the rules of a framework contract say no to. */

import { rejecter } from '#libs/decider/rejection';

export const contractRejections = {
  CONTRACT_UNKNOWN: {
    kind: 'not-found',
    rules: ['§1'],
    title: { fr: 'Contrat inconnu', en: 'Unknown contract' },
    detail: { fr: 'Aucun contrat ne porte l’identifiant {contractId}.', en: 'No contract has the id {contractId}.' },
  },
  CONTRACT_ID_REUSED: {
    kind: 'id-reused',
    rules: ['R3'],
    title: { fr: 'Identifiant de contrat déjà pris', en: 'Contract id already taken' },
    detail: {
      fr: 'Le contrat {contractId} est déjà signé avec un autre contenu ; ce qui change fait l’objet d’un avenant.',
      en: 'The contract {contractId} is already signed with other content; what changes is an amendment.',
    },
  },
  CONTRACT_FUNDER_UNKNOWN: {
    kind: 'conflict',
    rules: ['R26'],
    title: { fr: 'Collectivité non enregistrée', en: 'Funder not registered' },
    detail: {
      fr: 'La collectivité {funderId} doit être enregistrée avant de signer un contrat.',
      en: 'The funder {funderId} must be registered before it signs a contract.',
    },
  },
  CONTRACT_PARTY_TWICE: {
    kind: 'conflict',
    rules: ['§1'],
    title: { fr: 'Partie en double', en: 'Party twice' },
    detail: { fr: 'La collectivité {id} est citée deux fois.', en: 'The funder {id} is named twice.' },
  },
  CONTRACT_DEPARTEMENT_TWICE: {
    kind: 'conflict',
    rules: ['§1'],
    title: { fr: 'Département en double', en: 'Département twice' },
    detail: {
      fr: 'Deux parties ne peuvent administrer le même département, {id}.',
      en: 'Two parties cannot govern the same département, {id}.',
    },
  },
  CONTRACT_AXIS_TWICE: {
    kind: 'conflict',
    rules: ['§1'],
    title: { fr: 'Axe en double', en: 'Axis twice' },
    detail: { fr: 'L’axe {id} est cité deux fois.', en: 'The axis {id} is named twice.' },
  },
  CONTRACT_PERIOD_BACKWARDS: {
    kind: 'conflict',
    rules: ['§1'],
    title: { fr: 'Période à rebours', en: 'Period backwards' },
    detail: {
      fr: 'La période commence le {fromOn}, après sa fin du {toOn}.',
      en: 'The period begins on {fromOn}, after its end on {toOn}.',
    },
  },
  CONTRACT_DATED_IN_FUTURE: {
    kind: 'conflict',
    rules: ['§1'],
    title: { fr: 'Date dans le futur', en: 'Dated in the future' },
    detail: {
      fr: 'La date du {on} est dans le futur ; nous sommes le {today}.',
      en: 'The day {on} is in the future; today is {today}.',
    },
  },
  CONTRACT_DATED_TOO_EARLY: {
    kind: 'conflict',
    rules: ['§1'],
    title: { fr: 'Date antérieure à ce qui précède', en: 'Dated before what it follows' },
    detail: {
      fr: 'La date du {on} est antérieure à ce sur quoi l’acte porte, qui est du {earliestOn}.',
      en: 'The day {on} is before what the act is about, which is of {earliestOn}.',
    },
  },
  CONTRACT_NO_LONGER_IN_FORCE: {
    kind: 'conflict',
    rules: ['§1'],
    title: { fr: 'Contrat dénoncé', en: 'Contract no longer in force' },
    detail: {
      fr: 'La dénonciation du contrat {contractId} a pris effet le {effectiveOn} : rien de nouveau ne s’y convient le {on}.',
      en: 'The denunciation of the contract {contractId} took effect on {effectiveOn}: nothing new is agreed under it on {on}.',
    },
  },
  AXES_DO_NOT_MATCH: {
    kind: 'conflict',
    rules: ['§1'],
    title: { fr: 'Axes et enveloppe discordants', en: 'Axes do not match the envelope' },
    detail: {
      fr: 'Les axes totalisent {axesCents}, les contributions {envelopeCents} : l’arrondi de chaque axe à 0,1 M€ n’explique qu’un écart de {explainedCents}.',
      en: 'The axes add up to {axesCents}, the contributions to {envelopeCents}: rounding each axis to 0.1 M€ explains a gap of {explainedCents} only.',
    },
  },
  CONTRACT_AMENDMENT_ID_REUSED: {
    kind: 'id-reused',
    rules: ['R3'],
    title: { fr: 'Identifiant d’avenant déjà pris', en: 'Amendment id already taken' },
    detail: {
      fr: 'L’avenant {amendmentId} au contrat {contractId} est déjà signé avec un autre contenu.',
      en: 'The amendment {amendmentId} of the contract {contractId} is already signed with other content.',
    },
  },
  CONTRACT_AMENDMENT_EMPTY: {
    kind: 'conflict',
    rules: ['§1'],
    title: { fr: 'Avenant sans objet', en: 'Amendment without object' },
    detail: {
      fr: 'L’avenant ne change rien au contrat {contractId}.',
      en: 'The amendment changes nothing in the contract {contractId}.',
    },
  },
  CONTRACT_AXIS_IN_USE: {
    kind: 'conflict',
    rules: ['§1'],
    title: { fr: 'Axe utilisé', en: 'Axis in use' },
    detail: {
      fr: 'Des dispositifs ou des contrats de territoire relèvent de l’axe {axisId} du contrat {contractId} : un avenant ne peut le supprimer.',
      en: 'Schemes or sub-contracts stand on the axis {axisId} of the contract {contractId}: an amendment cannot drop it.',
    },
  },
  CONTRACT_AXIS_UNKNOWN: {
    kind: 'conflict',
    rules: ['§1'],
    title: { fr: 'Axe inconnu', en: 'Unknown axis' },
    detail: {
      fr: 'Le contrat {contractId} n’a pas d’axe {axisId}.',
      en: 'The contract {contractId} has no axis {axisId}.',
    },
  },
  CONTRACT_DENOUNCED_BY_OUTSIDER: {
    kind: 'conflict',
    rules: ['§1'],
    title: { fr: 'Dénonciation par un tiers', en: 'Denounced by an outsider' },
    detail: {
      fr: '{denouncedBy} n’est pas partie au contrat {contractId} et ne peut le dénoncer.',
      en: '{denouncedBy} is no party of the contract {contractId} and cannot denounce it.',
    },
  },
  CONTRACT_ALREADY_DENOUNCED: {
    kind: 'conflict',
    rules: ['§1'],
    title: { fr: 'Contrat déjà dénoncé', en: 'Contract already denounced' },
    detail: {
      fr: 'Le contrat {contractId} est déjà dénoncé par {denouncedBy} depuis le {denouncedOn}.',
      en: 'The contract {contractId} was already denounced by {denouncedBy} on {denouncedOn}.',
    },
  },
  SUB_CONTRACT_ID_REUSED: {
    kind: 'id-reused',
    rules: ['R3'],
    title: { fr: 'Identifiant de contrat de territoire déjà pris', en: 'Sub-contract id already taken' },
    detail: {
      fr: 'Le contrat de territoire {subContractId} est déjà conclu avec un autre contenu dans le contrat {contractId}.',
      en: 'The sub-contract {subContractId} is already concluded with other content in the contract {contractId}.',
    },
  },
  SUB_CONTRACTS_EXCEED_AXIS: {
    kind: 'conflict',
    rules: ['§1'],
    title: { fr: 'Contrats de territoire au-delà de l’axe', en: 'Sub-contracts exceed the axis' },
    detail: {
      fr: 'Les contrats de territoire de l’axe {axisId} totaliseraient {subContractedCents}, plus que son budget de {budgetCents}.',
      en: 'The sub-contracts of the axis {axisId} would add up to {subContractedCents}, more than its budget of {budgetCents}.',
    },
  },
  SUB_CONTRACT_UNKNOWN: {
    kind: 'conflict',
    rules: ['§1'],
    title: { fr: 'Contrat de territoire inconnu', en: 'Unknown sub-contract' },
    detail: {
      fr: 'Le contrat {contractId} n’a pas de contrat de territoire {subContractId} dans l’axe {axisId}.',
      en: 'The contract {contractId} has no sub-contract {subContractId} in the axis {axisId}.',
    },
  },
  ATTACHED_SCHEME_UNKNOWN: {
    kind: 'conflict',
    rules: ['R14'],
    title: { fr: 'Dispositif inconnu', en: 'Unknown scheme' },
    detail: { fr: 'Le dispositif {schemeId} n’existe pas.', en: 'The scheme {schemeId} does not exist.' },
  },
  SCHEME_ALREADY_ATTACHED: {
    kind: 'conflict',
    rules: ['§1'],
    title: { fr: 'Dispositif déjà rattaché', en: 'Scheme already attached' },
    detail: {
      fr: 'Le dispositif {schemeId} est déjà rattaché au contrat {contractId} : il relève d’un seul axe d’un seul contrat.',
      en: 'The scheme {schemeId} is already attached to the contract {contractId}: it belongs to one axis of one contract.',
    },
  },
  SCHEME_NOT_ATTACHED: {
    kind: 'conflict',
    rules: ['§1'],
    title: { fr: 'Dispositif non rattaché', en: 'Scheme not attached' },
    detail: {
      fr: 'Le dispositif {schemeId} n’est pas rattaché au contrat {contractId}.',
      en: 'The scheme {schemeId} is not attached to the contract {contractId}.',
    },
  },
  SPLIT_KEY_DIFFERS: {
    kind: 'conflict',
    rules: ['R8'],
    title: { fr: 'Clé différente de celle du contrat', en: 'Split key differs from the contract’s' },
    detail: {
      fr: 'La clé en vigueur du dispositif {schemeId} ne suit pas les contributions au contrat {contractId}.',
      en: 'The key in force of the scheme {schemeId} does not follow the contributions to the contract {contractId}.',
    },
  },
  CONTRACT_ACT_REUSED: {
    kind: 'id-reused',
    rules: ['R3'],
    title: { fr: 'Acte déjà utilisé', en: 'Act already used' },
    detail: {
      fr: 'L’acte {act} a déjà servi, avec un autre contenu, dans le contrat {contractId}.',
      en: 'The act {act} already served, with other content, in the contract {contractId}.',
    },
  },
  CPER_GRANT_UNKNOWN: {
    kind: 'conflict',
    rules: ['R14'],
    title: { fr: 'Dossier inconnu', en: 'Unknown grant' },
    detail: { fr: 'Le dossier {grantId} n’existe pas.', en: 'The grant {grantId} does not exist.' },
  },
  CPER_PART_EXCEEDS_GRANT: {
    kind: 'conflict',
    rules: ['§1'],
    title: { fr: 'Part CPER supérieure à l’aide', en: 'CPER part exceeds the grant' },
    detail: {
      fr: 'La part au titre du CPER, {cperCents}, dépasse l’aide accordée au dossier {grantId}, {amountCents}.',
      en: 'The part counted in the CPER, {cperCents}, exceeds what was granted to {grantId}, {amountCents}.',
    },
  },
} as const;

export const reject = rejecter(contractRejections);
