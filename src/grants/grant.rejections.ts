/** What the rules of grants and payments say no to. */

import { rejecter } from '#libs/decider/rejection';

export const grantRejections = {
  GRANT_UNKNOWN: {
    kind: 'not-found',
    rules: ['R14'],
    title: { fr: 'Dossier inconnu', en: 'Unknown grant' },
    detail: { fr: 'Aucun dossier ne porte l’identifiant {grantId}.', en: 'No grant has the id {grantId}.' },
  },
  GRANT_ID_REUSED: {
    kind: 'id-reused',
    rules: ['R3'],
    title: { fr: 'Identifiant de dossier déjà pris', en: 'Grant id already taken' },
    detail: {
      fr: 'Le dossier {grantId} existe déjà avec un autre contenu.',
      en: 'The grant {grantId} already exists with other content.',
    },
  },
  GRANT_SCHEME_UNKNOWN: {
    kind: 'conflict',
    rules: ['R14'],
    title: { fr: 'Dispositif inconnu', en: 'Unknown scheme' },
    detail: { fr: 'Le dispositif {schemeId} n’existe pas.', en: 'The scheme {schemeId} does not exist.' },
  },
  GRANT_SCHEME_CLOSED: {
    kind: 'conflict',
    rules: ['R14'],
    title: { fr: 'Dispositif clos', en: 'Scheme closed' },
    detail: {
      fr: 'Le dispositif {schemeId} est clos depuis le {closedOn} : rien ne peut y être daté du {on}.',
      en: 'The scheme {schemeId} closed on {closedOn}: nothing can be dated {on} in it.',
    },
  },
  CONTRACT_DENOUNCED: {
    kind: 'conflict',
    rules: ['R14'],
    title: { fr: 'Contrat dénoncé', en: 'Contract denounced' },
    detail: {
      fr: 'La dénonciation du contrat {contractId} prend effet le {effectiveOn} : aucune convention du {signedOn} ne peut être conclue dans le dispositif {schemeId}.',
      en: 'The denunciation of the contract {contractId} takes effect on {effectiveOn}: no agreement of {signedOn} can be made in the scheme {schemeId}.',
    },
  },
  GRANT_FUNDER_UNKNOWN: {
    kind: 'conflict',
    rules: ['R27'],
    title: { fr: 'Collectivité hors du dispositif', en: 'Not a funder of the scheme' },
    detail: {
      fr: '{funderId} ne finance pas le dispositif {schemeId}.',
      en: '{funderId} does not fund the scheme {schemeId}.',
    },
  },
  BENEFICIARY_KIND_MISMATCH: {
    kind: 'conflict',
    rules: ['R14'],
    title: { fr: 'Bénéficiaire d’une autre nature', en: 'Beneficiary of another kind' },
    detail: {
      fr: 'Le dispositif {schemeId} s’adresse à : {beneficiaryKind}. Une association est identifiée par son RNA ou son SIRET, tout autre bénéficiaire par son seul SIRET.',
      en: 'The scheme {schemeId} is for: {beneficiaryKind}. An association is identified by RNA or SIRET, any other beneficiary by SIRET alone.',
    },
  },
  AGREEMENT_IN_FUTURE: {
    kind: 'conflict',
    rules: ['R16'],
    title: { fr: 'Convention signée dans le futur', en: 'Agreement signed in the future' },
    detail: {
      fr: 'La convention est datée du {signedOn} ; nous sommes le {today}.',
      en: 'The agreement is dated {signedOn}; today is {today}.',
    },
  },
  PERIOD_BACKWARDS: {
    kind: 'conflict',
    rules: ['R16'],
    title: { fr: 'Période à l’envers', en: 'Period backwards' },
    detail: {
      fr: 'La période va du {fromOn} au {toOn} : elle finit avant de commencer.',
      en: 'The period runs from {fromOn} to {toOn}: it ends before it starts.',
    },
  },
  GRANT_OVERLAP: {
    kind: 'conflict',
    rules: ['R27'],
    title: { fr: 'Dossier en double', en: 'Overlapping grant' },
    detail: {
      fr: 'Le dossier {otherGrantId}, instruit par {instructedBy}, est ouvert pour le même bénéficiaire, le même dispositif et la même période. Donnez un motif (overrideReason) pour passer outre.',
      en: 'The grant {otherGrantId}, handled by {instructedBy}, is open for the same beneficiary, scheme and period. Give a reason (overrideReason) to go on.',
    },
  },
  AMENDMENT_ID_REUSED: {
    kind: 'id-reused',
    rules: ['R3'],
    title: { fr: 'Identifiant d’avenant déjà pris', en: 'Amendment id already taken' },
    detail: {
      fr: 'L’avenant {amendmentId} existe déjà avec un autre contenu.',
      en: 'The amendment {amendmentId} already exists with other content.',
    },
  },
  AMENDMENT_EMPTY: {
    kind: 'conflict',
    rules: ['R4'],
    title: { fr: 'Avenant sans objet', en: 'Amendment changes nothing' },
    detail: {
      fr: 'Un avenant change le montant ou la période.',
      en: 'An amendment changes the amount or the period.',
    },
  },
  AMENDMENT_BELOW_PAID: {
    kind: 'conflict',
    rules: ['R15'],
    title: { fr: 'Avenant inférieur aux versements', en: 'Amendment below what is paid' },
    detail: {
      fr: '{netPaidCents} sont déjà versés : le dossier {grantId} ne peut descendre à {amountCents}.',
      en: '{netPaidCents} is already paid: the grant {grantId} cannot go down to {amountCents}.',
    },
  },
  AMENDMENT_BELOW_CPER: {
    kind: 'conflict',
    rules: ['R15'],
    title: { fr: 'Avenant inférieur à la part CPER', en: 'Amendment below the CPER part' },
    detail: {
      fr: '{cperCents} sont comptés au titre du CPER : le dossier {grantId} ne peut descendre à {amountCents} avant que cette part soit notée à nouveau.',
      en: '{cperCents} is counted in the CPER: the grant {grantId} cannot go down to {amountCents} before that part is noted anew.',
    },
  },
  TRANSFER_ID_REUSED: {
    kind: 'id-reused',
    rules: ['R3', 'R27'],
    title: { fr: 'Identifiant de transfert déjà pris', en: 'Transfer id already taken' },
    detail: {
      fr: 'Le transfert {transferId} existe déjà avec un autre contenu.',
      en: 'The transfer {transferId} already exists with other content.',
    },
  },
  TRANSFER_TO_ITSELF: {
    kind: 'conflict',
    rules: ['R27'],
    title: { fr: 'Transfert sans objet', en: 'Transfer to itself' },
    detail: {
      fr: 'Le dossier {grantId} est déjà instruit par {funderId}.',
      en: 'The grant {grantId} is already handled by {funderId}.',
    },
  },
  GRANT_NOT_ACTIVE: {
    kind: 'conflict',
    rules: ['R14'],
    title: { fr: 'Dossier non actif', en: 'Grant not active' },
    detail: {
      fr: 'Le dossier {grantId} est {status} depuis le {since} : {reason}.',
      en: 'The grant {grantId} is {status} since {since}: {reason}.',
    },
  },
  GRANT_NOT_SUSPENDED: {
    kind: 'conflict',
    rules: ['R14'],
    title: { fr: 'Dossier non suspendu', en: 'Grant not suspended' },
    detail: {
      fr: 'Le dossier {grantId} n’est pas suspendu : il n’y a rien à reprendre.',
      en: 'The grant {grantId} is not suspended: there is nothing to resume.',
    },
  },
  DATED_IN_FUTURE: {
    kind: 'conflict',
    rules: ['R16', 'R24'],
    title: { fr: 'Date dans le futur', en: 'Dated in the future' },
    detail: {
      fr: 'La date du {on} est dans le futur ; nous sommes le {today}.',
      en: 'The day {on} is in the future; today is {today}.',
    },
  },
  REPEAT_OVERTAKEN: {
    kind: 'conflict',
    rules: ['R3', 'R4'],
    title: { fr: 'Déjà enregistré, puis dépassé', en: 'Recorded before, and overtaken since' },
    detail: {
      fr: 'Le même enregistrement, du {on} et de même motif, existe déjà et autre chose l’a suivi : rien n’est enregistré. S’il s’agit d’un nouveau, dites-le dans le motif.',
      en: 'The same, of {on} and for the same reason, is already recorded and something followed it: nothing is recorded. If this is another one, say so in its reason.',
    },
  },
  PAYMENT_ID_REUSED: {
    kind: 'id-reused',
    rules: ['R3'],
    title: { fr: 'Identifiant de versement déjà pris', en: 'Payment id already taken' },
    detail: {
      fr: 'Le versement {paymentId} existe déjà avec un autre contenu (dossier {grantId}).',
      en: 'The payment {paymentId} already exists with other content (grant {grantId}).',
    },
  },
  PAYMENT_EXCEEDS_GRANT: {
    kind: 'conflict',
    rules: ['R15'],
    title: { fr: 'Versement supérieur au reste à verser', en: 'Payment exceeds the grant' },
    detail: {
      fr: 'Il reste {remainingCents} à verser sur le dossier {grantId} ; le versement demandé est de {amountCents}.',
      en: '{remainingCents} remains to be paid on the grant {grantId}; {amountCents} was asked.',
    },
  },
  PAID_BEFORE_AGREEMENT: {
    kind: 'conflict',
    rules: ['R16'],
    title: { fr: 'Versement antérieur à la convention', en: 'Paid before the agreement' },
    detail: {
      fr: 'Le versement est daté du {paidOn} ; la convention court à partir du {firstOn}.',
      en: 'The payment is dated {paidOn}; the agreement runs from {firstOn}.',
    },
  },
  PAID_AFTER_AGREEMENT: {
    kind: 'conflict',
    rules: ['R16'],
    title: { fr: 'Versement postérieur à la convention', en: 'Paid after the agreement' },
    detail: {
      fr: 'Le versement est daté du {paidOn} ; le dernier jour possible est le {lastOn}.',
      en: 'The payment is dated {paidOn}; the last possible day is {lastOn}.',
    },
  },
  EXERCICE_REQUIRED: {
    kind: 'conflict',
    rules: ['R16'],
    title: { fr: 'Exercice à préciser', en: 'Exercice required' },
    detail: {
      fr: 'Le {paidOn} est en janvier : précisez l’exercice, {previous} (journée complémentaire) ou {current}.',
      en: '{paidOn} is in January: say the exercice, {previous} (complementary period) or {current}.',
    },
  },
  EXERCICE_MISMATCH: {
    kind: 'conflict',
    rules: ['R16'],
    title: { fr: 'Exercice impossible', en: 'Exercice does not fit' },
    detail: {
      fr: 'Un versement du {paidOn} ne peut relever de l’exercice {exercice}.',
      en: 'A payment of {paidOn} cannot belong to exercice {exercice}.',
    },
  },
  EXERCICE_CLOSED: {
    kind: 'conflict',
    rules: ['R16', 'R23'],
    title: { fr: 'Exercice clos', en: 'Exercice closed' },
    detail: {
      fr: 'L’exercice {exercice} est clos : rien ne peut plus y être enregistré.',
      en: 'Exercice {exercice} is closed: nothing more can be recorded in it.',
    },
  },
  EXERCICE_CLOSING: {
    kind: 'conflict',
    rules: ['R16', 'R23'],
    title: { fr: 'Exercice en cours de clôture', en: 'Exercice being closed' },
    detail: {
      fr: 'La clôture de l’exercice {exercice} est proposée : rien n’y entre tant qu’elle n’est pas refusée ou retirée.',
      en: 'The closing of exercice {exercice} is proposed: nothing goes in unless it is refused or withdrawn.',
    },
  },
  ADVANCE_NOT_FIRST: {
    kind: 'conflict',
    rules: ['R17'],
    title: { fr: 'Avance tardive', en: 'Advance not first' },
    detail: {
      fr: 'L’avance vient en premier : le dossier {grantId} compte déjà le versement {paymentId}.',
      en: 'The advance comes first: the grant {grantId} already has the payment {paymentId}.',
    },
  },
  ADVANCE_ALREADY_PAID: {
    kind: 'conflict',
    rules: ['R17'],
    title: { fr: 'Avance déjà versée', en: 'Advance already paid' },
    detail: {
      fr: 'L’avance du dossier {grantId} est déjà versée ({paymentId}).',
      en: 'The advance of the grant {grantId} is already paid ({paymentId}).',
    },
  },
  BALANCE_ALREADY_PAID: {
    kind: 'conflict',
    rules: ['R17'],
    title: { fr: 'Solde déjà versé', en: 'Balance already paid' },
    detail: {
      fr: 'Le solde du dossier {grantId} est déjà versé ({paymentId}) : plus rien ne le suit.',
      en: 'The balance of the grant {grantId} is already paid ({paymentId}): nothing follows it.',
    },
  },
  ORDER_NUMBER_REUSED: {
    kind: 'conflict',
    rules: ['R18'],
    title: { fr: 'Numéro de mandat déjà pris', en: 'Payment-order number already taken' },
    detail: {
      fr: 'Le mandat {orderNumber} de {payer} pour {exercice} porte déjà le versement {otherPaymentId} (dossier {otherGrantId}).',
      en: 'The payment order {orderNumber} of {payer} for {exercice} already carries the payment {otherPaymentId} (grant {otherGrantId}).',
    },
  },
  POSSIBLE_DOUBLE: {
    kind: 'conflict',
    rules: ['R18'],
    title: { fr: 'Double versement possible', en: 'Possible double payment' },
    detail: {
      fr: 'Le versement {otherPaymentId} (dossier {otherGrantId}, payé par {payer} le {paidOn}) a le même bénéficiaire, le même dispositif et le même montant à moins de 30 jours. Donnez un motif (overrideReason) pour passer outre.',
      en: 'The payment {otherPaymentId} (grant {otherGrantId}, paid by {payer} on {paidOn}) has the same beneficiary, scheme and amount within 30 days. Give a reason (overrideReason) to go on.',
    },
  },
  CEILING_EXCEEDED: {
    kind: 'conflict',
    rules: ['R19'],
    title: { fr: 'Plafond dépassé', en: 'Ceiling exceeded' },
    detail: {
      fr: 'Le plafond {exercice} du dispositif {schemeId}, {ceilingCents}, serait dépassé de {overByCents}. Avec un motif (overrideReason), le versement est proposé à un contrôleur.',
      en: 'The {exercice} ceiling of the scheme {schemeId}, {ceilingCents}, would be exceeded by {overByCents}. With a reason (overrideReason) the payment is proposed to a controller.',
    },
  },
  AXIS_CEILING_EXCEEDED: {
    kind: 'conflict',
    rules: ['R19'],
    title: { fr: 'Plafond de l’axe dépassé', en: 'Ceiling of the axis exceeded' },
    detail: {
      fr: 'Le plafond {ceilingId} de l’axe {axisId} du contrat {contractId}, {ceilingCents}, serait dépassé de {overByCents}. Avec un motif (overrideReason), le versement est proposé à un contrôleur.',
      en: 'The ceiling {ceilingId} of the axis {axisId} of the contract {contractId}, {ceilingCents}, would be exceeded by {overByCents}. With a reason (overrideReason) the payment is proposed to a controller.',
    },
  },
  CONTRACT_CEILING_EXCEEDED: {
    kind: 'conflict',
    rules: ['R19'],
    title: { fr: 'Plafond du contrat dépassé', en: 'Ceiling of the contract exceeded' },
    detail: {
      fr: 'Le plafond {ceilingId} du contrat {contractId}, {ceilingCents}, serait dépassé de {overByCents}. Avec un motif (overrideReason), le versement est proposé à un contrôleur.',
      en: 'The ceiling {ceilingId} of the contract {contractId}, {ceilingCents}, would be exceeded by {overByCents}. With a reason (overrideReason) the payment is proposed to a controller.',
    },
  },
  FUNDER_CEILING_EXCEEDED: {
    kind: 'conflict',
    rules: ['R19'],
    title: { fr: 'Plafond d’une collectivité dépassé', en: 'Ceiling of a funder exceeded' },
    detail: {
      fr: 'Le plafond {ceilingId} de {funderId}, {ceilingCents}, serait dépassé de {overByCents} par sa quote-part de {shareCents}. Avec un motif (overrideReason), le versement est proposé à un contrôleur.',
      en: 'The ceiling {ceilingId} of {funderId}, {ceilingCents}, would be exceeded by {overByCents} through its share of {shareCents}. With a reason (overrideReason) the payment is proposed to a controller.',
    },
  },
  PROPOSAL_UNKNOWN: {
    kind: 'not-found',
    rules: ['R28'],
    title: { fr: 'Proposition inconnue', en: 'Unknown proposal' },
    detail: {
      fr: 'Aucune proposition ne porte l’identifiant {proposalId}.',
      en: 'No proposal has the id {proposalId}.',
    },
  },
  PROPOSAL_ALREADY_DECIDED: {
    kind: 'conflict',
    rules: ['R28'],
    title: { fr: 'Proposition déjà tranchée', en: 'Proposal already decided' },
    detail: {
      fr: 'La proposition {proposalId} a déjà reçu l’autre réponse.',
      en: 'The proposal {proposalId} was already decided the other way.',
    },
  },
  SELF_APPROVAL: {
    kind: 'forbidden',
    rules: ['R28'],
    title: { fr: 'Approbation par soi-même', en: 'Self-approval' },
    detail: {
      fr: 'Qui propose un versement au-dessus du seuil ne l’approuve pas : une autre personne doit trancher {proposalId}.',
      en: 'Whoever proposes a payment above the threshold does not approve it: someone else must decide {proposalId}.',
    },
  },
  REFUSAL_REASON_REQUIRED: {
    kind: 'conflict',
    rules: ['R28'],
    title: { fr: 'Motif à préciser', en: 'Reason required' },
    detail: { fr: 'Un refus donne son motif (reason).', en: 'A refusal gives its reason.' },
  },
  PAYMENT_UNKNOWN: {
    kind: 'not-found',
    rules: ['R4'],
    title: { fr: 'Versement inconnu', en: 'Unknown payment' },
    detail: {
      fr: 'Le dossier {grantId} n’a pas de versement {paymentId}.',
      en: 'The grant {grantId} has no payment {paymentId}.',
    },
  },
  PAYMENT_ALREADY_REVERSED: {
    kind: 'conflict',
    rules: ['R4', 'R11'],
    title: { fr: 'Versement déjà annulé', en: 'Payment already reversed' },
    detail: {
      fr: 'Le versement {paymentId} a été annulé le {reversedOn}.',
      en: 'The payment {paymentId} was reversed on {reversedOn}.',
    },
  },
  PAYMENT_PARTLY_RECOVERED: {
    kind: 'conflict',
    rules: ['R11'],
    title: { fr: 'Versement en partie recouvré', en: 'Payment partly recovered' },
    detail: {
      fr: '{recoveredCents} du versement {paymentId} sont déjà recouvrés : le reste se recouvre, il ne s’annule ni ne se rejette.',
      en: '{recoveredCents} of the payment {paymentId} is already recovered: the rest is recovered, neither reversed nor returned.',
    },
  },
  PAYMENT_RETURNED: {
    kind: 'conflict',
    rules: ['R25'],
    title: { fr: 'Versement rejeté par la banque', en: 'Payment returned by the bank' },
    detail: {
      fr: 'Le versement {paymentId} a été rejeté le {returnedOn} et attend sa réémission.',
      en: 'The payment {paymentId} was returned on {returnedOn} and awaits its reissue.',
    },
  },
  PAYMENT_NOT_RETURNED: {
    kind: 'conflict',
    rules: ['R25'],
    title: { fr: 'Aucun rejet bancaire', en: 'No bank return' },
    detail: {
      fr: 'Le versement {paymentId} n’a pas été rejeté par la banque : il n’y a rien à réémettre.',
      en: 'The payment {paymentId} was not returned by the bank: there is nothing to reissue.',
    },
  },
  CORRECTION_BEFORE_PAYMENT: {
    kind: 'conflict',
    rules: ['R4', 'R24'],
    title: { fr: 'Correction antérieure au versement', en: 'Correction before the payment' },
    detail: {
      fr: 'La correction est datée du {on}, avant le versement {paymentId} ou son rejet, du {paidOn}.',
      en: 'The correction is dated {on}, before the payment {paymentId} or its return, of {paidOn}.',
    },
  },
  RECOVERY_ID_REUSED: {
    kind: 'id-reused',
    rules: ['R3', 'R24'],
    title: { fr: 'Identifiant de reversement déjà pris', en: 'Recovery id already taken' },
    detail: {
      fr: 'Le reversement {recoveryId} existe déjà avec un autre contenu.',
      en: 'The recovery {recoveryId} already exists with other content.',
    },
  },
  RECOVERY_EXCEEDS_PAYMENT: {
    kind: 'conflict',
    rules: ['R11', 'R24'],
    title: { fr: 'Reversement supérieur au versement', en: 'Recovery exceeds the payment' },
    detail: {
      fr: 'Il ne reste que {remainingCents} à recouvrer sur le versement {paymentId}.',
      en: 'Only {remainingCents} remains to be recovered of the payment {paymentId}.',
    },
  },
} as const;

export const reject = rejecter(grantRejections);
