/** What each event means in a payment's audit trail: the kind of step, one sentence, and where to read on. */

import { formatEuros, type Language } from '#libs/money/euros';
import { explainSplit } from '../grants/explain-split.js';
import type { Share } from '../grants/grant.events.js';
import type { TrailEvent } from './trail-events.js';

export const stepKinds = [
  'referral',
  'decision',
  'split-key',
  'grant',
  'document',
  'proposal',
  'approval',
  'refusal',
  'payment',
  'reversal',
  'bank-return',
  'reissue',
  'recovery',
  'funding-call',
  'contribution',
  'reconciliation',
  'closing',
  'reopening',
] as const;

export interface StepWords {
  readonly kind: (typeof stepKinds)[number];
  readonly sentence: string;
  /** Below `/api/v1`. */
  readonly link: string;
}

export interface Reader {
  readonly language: Language;
  /** A funder's name on the day of the step. */
  readonly nameOf: (funderId: string) => string;
}

export function wordsOf(event: TrailEvent, paymentId: string, { language, nameOf }: Reader): StepWords {
  const euros = (cents: number) => formatEuros(cents, language);
  const said = (kind: StepWords['kind'], fr: string, en: string, link = `/streams/${event.stream}`): StepWords => ({
    kind,
    sentence: language === 'fr' ? fr : en,
    link,
  });
  const parts = (shares: readonly Share[]) =>
    shares.map(({ funderId, amountCents }) => `${euros(amountCents)} ${nameOf(funderId)}`).join(' + ');
  switch (event.type) {
    case 'ReferralAnswered.v1':
    case 'ReferralRevised.v1': {
      const { seenIn276, reason } = event.data;
      const [fr, en] =
        seenIn276 === 'yes' ? ['à voir en 276', 'to be seen in 276'] : ['pas à voir en 276', 'not to be seen in 276'];
      return said('referral', `Saisine : ${fr}. ${reason}`, `Referral: ${en}. ${reason}`);
    }
    case 'DecisionOpened.v1': {
      const { title, expected } = event.data;
      const names = expected.map(nameOf).join(', ');
      return said(
        'decision',
        `Décision conjointe « ${title} », attendue de ${names}.`,
        `Decision “${title}”, expected of ${names}.`,
      );
    }
    case 'DeliberationRecorded.v1': {
      const { funderId, reference, outcome } = event.data;
      const [fr, en] = OUTCOMES[outcome];
      return said(
        'decision',
        `${nameOf(funderId)} : délibération ${reference}, ${fr}.`,
        `${nameOf(funderId)}: délibération ${reference}, ${en}.`,
      );
    }
    case 'DeliberationWithdrawn.v1': {
      const { funderId, reference, reason } = event.data;
      return said(
        'decision',
        `${nameOf(funderId)} retire sa délibération ${reference} : ${reason}`,
        `${nameOf(funderId)} withdraws its délibération ${reference}: ${reason}`,
      );
    }
    case 'SchemeOpened.v1':
    case 'SplitKeyAgreed.v1': {
      const { splitKey, schemeId } = event.data;
      const version = event.type === 'SchemeOpened.v1' ? 1 : event.data.version;
      const act = event.type === 'SchemeOpened.v1' ? '' : ` (${event.data.act})`;
      const weights = splitKey.map(({ funderId, weight }) => `${nameOf(funderId)} ${weight}`).join(' · ');
      return said(
        'split-key',
        `Clé n° ${version} du dispositif ${schemeId}${act} : ${weights}.`,
        `Key no ${version} of scheme ${schemeId}${act}: ${weights}.`,
      );
    }
    case 'GrantAwarded.v1': {
      const { grantId, amountCents, agreement, instructedBy } = event.data;
      return said(
        'grant',
        `Aide ${grantId} de ${euros(amountCents)} accordée par la convention ${agreement.number}, instruite par ${nameOf(instructedBy)}.`,
        `Grant ${grantId} of ${euros(amountCents)} awarded by agreement ${agreement.number}, instructed by ${nameOf(instructedBy)}.`,
        `/grants/${grantId}`,
      );
    }
    case 'GrantAmended.v1': {
      const { act, amountCents, grantId } = event.data;
      return said(
        'grant',
        `${act} : l’aide est portée à ${euros(amountCents)}.`,
        `${act}: the grant is ${euros(amountCents)}.`,
        `/grants/${grantId}`,
      );
    }
    case 'InstructionTransferred.v1': {
      const { from, to, reason } = event.data;
      return said(
        'grant',
        `Instruction transférée de ${nameOf(from)} à ${nameOf(to)} : ${reason}`,
        `Instruction transferred from ${nameOf(from)} to ${nameOf(to)}: ${reason}`,
      );
    }
    case 'GrantSuspended.v1':
      return said('grant', `Dossier suspendu : ${event.data.reason}`, `Grant suspended: ${event.data.reason}`);
    case 'GrantResumed.v1':
      return said('grant', `Dossier repris : ${event.data.reason}`, `Grant resumed: ${event.data.reason}`);
    case 'GrantCancelled.v1':
      return said('grant', `Dossier annulé : ${event.data.reason}`, `Grant cancelled: ${event.data.reason}`);
    case 'GrantClosed.v1':
      return said('grant', `Dossier clos : ${event.data.reason}`, `Grant closed: ${event.data.reason}`);
    case 'DocumentRegistered.v1': {
      const { title, reference, sha256 } = event.data;
      return said(
        'document',
        `Document « ${title} », ${reference}, empreinte ${sha256}.`,
        `Document “${title}”, ${reference}, hash ${sha256}.`,
        `/documents?sha256=${sha256}`,
      );
    }
    case 'DocumentWithdrawn.v1':
      return said(
        'document',
        `Document retiré du registre : ${event.data.reason}`,
        `Document withdrawn: ${event.data.reason}`,
      );
    case 'PaymentProposed.v1': {
      const { amountCents, proposedBy, limitCents } = event.data;
      return said(
        'proposal',
        `${euros(amountCents)} proposés par ${proposedBy} : au-delà de ${euros(limitCents)}, une autre personne décide.`,
        `${euros(amountCents)} proposed by ${proposedBy}: beyond ${euros(limitCents)} somebody else decides.`,
        '/approvals',
      );
    }
    case 'ApprovalReasonGiven.v1':
      return said(
        'approval',
        `${event.data.givenBy} approuve : ${event.data.reason}`,
        `${event.data.givenBy} approves: ${event.data.reason}`,
      );
    case 'PaymentRefused.v1':
      return said(
        'refusal',
        `${event.data.refusedBy} refuse : ${event.data.reason}`,
        `${event.data.refusedBy} refuses: ${event.data.reason}`,
      );
    case 'PaymentRecorded.v1': {
      const { approval } = event.data;
      const [fr, en] =
        approval === undefined
          ? ['', '']
          : [` Approuvé par ${approval.approvedBy}.`, ` Approved by ${approval.approvedBy}.`];
      const split = explainSplit(event.data, nameOf, language);
      return said('payment', `${split}${fr}`, `${split}${en}`, `/payments/${paymentId}/why`);
    }
    case 'PaymentReversed.v1': {
      const { shares, reason } = event.data;
      return said(
        'reversal',
        `Annulé, rendu : ${parts(shares)}. ${reason}`,
        `Reversed, given back: ${parts(shares)}. ${reason}`,
      );
    }
    case 'PaymentReturned.v1': {
      const { shares, reason } = event.data;
      return said(
        'bank-return',
        `Rejeté par la banque, retiré : ${parts(shares)}. ${reason}`,
        `Returned by the bank, withdrawn: ${parts(shares)}. ${reason}`,
      );
    }
    case 'PaymentReissued.v1':
      return said(
        'reissue',
        `Réémis avec les mêmes quotes-parts : ${parts(event.data.shares)}.`,
        `Reissued with the same shares: ${parts(event.data.shares)}.`,
      );
    case 'RecoveryRecorded.v1': {
      const { amountCents, recoveredBy, shares, reason } = event.data;
      return said(
        'recovery',
        `${euros(amountCents)} encaissés par ${nameOf(recoveredBy)}, rendus : ${parts(shares)}. ${reason}`,
        `${euros(amountCents)} received by ${nameOf(recoveredBy)}, given back: ${parts(shares)}. ${reason}`,
      );
    }
    case 'FundingCallIssued.v1':
    case 'FundingCallIssued.v2': {
      const { callId, number, payer, called } = event.data;
      return said(
        'funding-call',
        `Appel de fonds n° ${number} de ${nameOf(payer)}, qui contient ce versement. Appelé en tout : ${parts(called)}.`,
        `Funding call no ${number} of ${nameOf(payer)}, which holds this payment. Called in all: ${parts(called)}.`,
        `/settlement/calls/${callId}`,
      );
    }
    case 'ContributionRecorded.v1': {
      const { from, to, amountCents, callId = '' } = event.data;
      return said(
        'contribution',
        `${nameOf(from)} contribue ${euros(amountCents)} auprès de ${nameOf(to)}, pour l’appel ${callId}.`,
        `${nameOf(from)} contributes ${euros(amountCents)} to ${nameOf(to)}, for call ${callId}.`,
        `/settlement/calls/${callId}`,
      );
    }
    case 'ContributionReversed.v1': {
      const { from, amountCents, reason } = event.data;
      return said(
        'contribution',
        `La contribution de ${nameOf(from)}, ${euros(amountCents)}, est annulée : ${reason}`,
        `The contribution of ${nameOf(from)}, ${euros(amountCents)}, is reversed: ${reason}`,
      );
    }
    case 'LinesMatched.v1':
    case 'MatchMade.v1':
    case 'MatchUndone.v1':
      return matchWords(event, paymentId, said);
    case 'ExerciceClosed.v1':
    case 'ExerciceClosed.v2': {
      const { exercice, atPosition } = event.data;
      const seal = event.type === 'ExerciceClosed.v2' ? event.data.seal.rootHash : undefined;
      const [fr, en] = seal === undefined ? ['', ''] : [`, empreinte ${seal}`, `, root hash ${seal}`];
      return said(
        'closing',
        `Exercice ${exercice} clos sur la position ${atPosition}${fr}.`,
        `Exercice ${exercice} closed on position ${atPosition}${en}.`,
        `/exercices/${exercice}/closing`,
      );
    }
    case 'ExerciceReopened.v1': {
      const { exercice, reason } = event.data;
      return said(
        'reopening',
        `Exercice ${exercice} rouvert : ${reason}`,
        `Exercice ${exercice} reopened: ${reason}`,
        `/exercices/${exercice}`,
      );
    }
    default:
      throw new RangeError(`${event.type} is no step of a payment's trail`);
  }
}

const OUTCOMES = {
  adopted: ['adoptée', 'adopted'],
  rejected: ['rejetée', 'rejected'],
  adjourned: ['ajournée', 'adjourned'],
} as const;

type Said = (kind: StepWords['kind'], fr: string, en: string, link?: string) => StepWords;

function matchWords(
  event: Extract<TrailEvent, { type: 'LinesMatched.v1' | 'MatchMade.v1' | 'MatchUndone.v1' }>,
  paymentId: string,
  said: Said,
): StepWords {
  const { reconciliationId } = event.data;
  const matches = event.type === 'LinesMatched.v1' ? event.data.matches : [event.data];
  const lines = matches.filter((match) => match.payments.includes(paymentId)).flatMap((match) => match.lines);
  const which = lines.join(', ');
  const link = `/reconciliations/${reconciliationId}`;
  return event.type === 'MatchUndone.v1'
    ? said(
        'reconciliation',
        `Rapprochement ${reconciliationId} : la correspondance avec la ligne ${which} est défaite.`,
        `Reconciliation ${reconciliationId}: the match with line ${which} is undone.`,
        link,
      )
    : said(
        'reconciliation',
        `Rapprochement ${reconciliationId} : correspond à la ligne ${which} du partenaire.`,
        `Reconciliation ${reconciliationId}: matches the partner’s line ${which}.`,
        link,
      );
}
