/** Every event type the ledger has ever stored, and how each is read. Stored events are for ever: a type is added, never changed. */

import { CorruptHistory } from '#libs/decider/decider';
import type { StoredEvent, StreamEvent } from '#libs/event-store/event-store';
import type { CeilingEvent } from './ceilings/ceiling.events.js';
import type { ContractEvent } from './contract/contract.events.js';
import type { DecisionEvent } from './decisions/decision.events.js';
import type { DocumentEvent } from './documents/document.events.js';
import type { ExerciceEvent } from './exercices/exercice.events.js';
import type { FunderEvent } from './funders/funder.events.js';
import type { GrantEvent } from './grants/grant.events.js';
import type { ReferralEvent } from './referrals/referral.events.js';
import type { ReconciliationEvent } from './reconciliation/reconciliation.events.js';
import type { SchemeEvent } from './schemes/scheme.events.js';
import type { SealEvent } from './seals/seal.events.js';
import type { SettlementEvent } from './settlement/settlement.events.js';

export type LedgerEvent =
  | FunderEvent
  | SchemeEvent
  | ExerciceEvent
  | GrantEvent
  | SettlementEvent
  | ContractEvent
  | CeilingEvent
  | ReferralEvent
  | DecisionEvent
  | ReconciliationEvent
  | DocumentEvent
  | SealEvent;

/** An event of the ledger with its place in the log. */
export type StoredLedgerEvent = LedgerEvent &
  Pick<StoredEvent, 'position' | 'recordedAt' | 'stream' | 'revision' | 'id' | 'metadata'>;

/** What each type says happened, in both languages. */
export const eventTypes: Readonly<Record<LedgerEvent['type'], { readonly fr: string; readonly en: string }>> = {
  'FunderRegistered.v1': { fr: 'Collectivité enregistrée', en: 'Funder registered' },
  'FunderRenamed.v1': { fr: 'Collectivité renommée', en: 'Funder renamed' },
  'ContactOfficeNamed.v1': { fr: 'Service référent désigné', en: 'Contact office named' },
  'SchemeOpened.v1': { fr: 'Dispositif ouvert', en: 'Scheme opened' },
  'SplitKeyAgreed.v1': { fr: 'Clé de répartition convenue', en: 'Split key agreed' },
  'CeilingSet.v1': { fr: 'Plafond fixé', en: 'Ceiling set' },
  'SchemeClosed.v1': { fr: 'Dispositif clos', en: 'Scheme closed' },
  'ScaleAgreed.v1': { fr: 'Barème convenu', en: 'Scale agreed' },
  'ExerciceClosingProposed.v1': { fr: 'Clôture proposée', en: 'Closing proposed' },
  'ExerciceClosingCountersigned.v1': { fr: 'Clôture contresignée', en: 'Closing countersigned' },
  'ExerciceClosingRefused.v1': { fr: 'Clôture refusée', en: 'Closing refused' },
  'ExerciceClosingWithdrawn.v1': { fr: 'Proposition de clôture retirée', en: 'Closing withdrawn' },
  'ExerciceClosed.v1': { fr: 'Exercice clos par une seule personne', en: 'Exercice closed by one person' },
  'ExerciceClosed.v2': { fr: 'Exercice clos', en: 'Exercice closed' },
  'ExerciceReopeningProposed.v1': { fr: 'Réouverture proposée', en: 'Reopening proposed' },
  'ExerciceReopeningRefused.v1': { fr: 'Réouverture refusée', en: 'Reopening refused' },
  'ExerciceReopened.v1': { fr: 'Exercice rouvert', en: 'Exercice reopened' },
  'GrantAwarded.v1': { fr: 'Aide accordée', en: 'Grant awarded' },
  'GrantAmended.v1': { fr: 'Avenant signé', en: 'Grant amended' },
  'InstructionTransferred.v1': { fr: 'Instruction transférée', en: 'Instruction transferred' },
  'GrantSuspended.v1': { fr: 'Dossier suspendu', en: 'Grant suspended' },
  'GrantResumed.v1': { fr: 'Dossier repris', en: 'Grant resumed' },
  'GrantCancelled.v1': { fr: 'Dossier annulé', en: 'Grant cancelled' },
  'GrantClosed.v1': { fr: 'Dossier clos', en: 'Grant closed' },
  'PaymentProposed.v1': { fr: 'Versement proposé, à approuver', en: 'Payment proposed, to be approved' },
  'ApprovalReasonGiven.v1': { fr: 'Motif donné par qui approuve', en: 'Reason given by whoever approves' },
  'PaymentRefused.v1': { fr: 'Versement refusé', en: 'Payment refused' },
  'PaymentRecorded.v1': { fr: 'Versement enregistré', en: 'Payment recorded' },
  'PaymentReversed.v1': { fr: 'Versement annulé', en: 'Payment reversed' },
  'RecoveryRecorded.v1': { fr: 'Reversement encaissé', en: 'Recovery recorded' },
  'PaymentReturned.v1': { fr: 'Versement rejeté par la banque', en: 'Payment returned by the bank' },
  'PaymentReissued.v1': { fr: 'Versement réémis', en: 'Payment reissued' },
  'FundingCallIssued.v1': { fr: 'Appel de fonds émis', en: 'Funding call issued' },
  'FundingCallIssued.v2': { fr: 'Appel de fonds émis', en: 'Funding call issued' },
  'ContributionRecorded.v1': { fr: 'Contribution enregistrée', en: 'Contribution recorded' },
  'ContributionReversed.v1': { fr: 'Contribution annulée', en: 'Contribution reversed' },
  'ContractSigned.v1': { fr: 'Contrat signé', en: 'Contract signed' },
  'ContractAmended.v1': { fr: 'Avenant au contrat signé', en: 'Contract amended' },
  'ContractDenounced.v1': { fr: 'Contrat dénoncé', en: 'Contract denounced' },
  'SubContractConcluded.v1': { fr: 'Contrat de territoire conclu', en: 'Sub-contract concluded' },
  'SchemeAttached.v1': { fr: 'Dispositif rattaché à un axe', en: 'Scheme attached to an axis' },
  'SchemeDetached.v1': { fr: 'Dispositif détaché de son axe', en: 'Scheme detached from its axis' },
  'CperPartNoted.v1': { fr: 'Part au titre du CPER notée', en: 'Part counted in the CPER noted' },
  'BudgetSet.v1': {
    fr: 'Plafond fixé sur un axe, un contrat ou une collectivité',
    en: 'Ceiling set on an axis, a contract or a funder',
  },
  'BudgetLifted.v1': { fr: 'Plafond levé', en: 'Ceiling lifted' },
  'ReferralAnswered.v1': { fr: 'Réponse « à voir en 276 ? » donnée', en: 'Answer to “to be seen in 276?” given' },
  'ReferralRevised.v1': { fr: 'Réponse « à voir en 276 ? » révisée', en: 'Answer to “to be seen in 276?” revised' },
  'DecisionOpened.v1': { fr: 'Décision conjointe ouverte', en: 'Decision of several authorities opened' },
  'DeliberationRecorded.v1': { fr: 'Délibération enregistrée', en: 'Deliberation recorded' },
  'DeliberationWithdrawn.v1': { fr: 'Délibération retirée', en: 'Deliberation withdrawn' },
  'ReconciliationOpened.v1': { fr: 'Rapprochement ouvert', en: 'Reconciliation opened' },
  'PartnerLinesTaken.v1': { fr: 'Lignes du partenaire reçues', en: 'Partner’s lines taken' },
  'LinesMatched.v1': { fr: 'Lignes rapprochées par leurs références', en: 'Lines matched by their references' },
  'LedgerCompared.v1': { fr: 'Liste comparée au registre', en: 'List compared with the ledger' },
  'MatchMade.v1': { fr: 'Correspondance faite à la main', en: 'Match made by hand' },
  'MatchUndone.v1': { fr: 'Correspondance défaite', en: 'Match undone' },
  'ReconciliationClosed.v1': { fr: 'Rapprochement clos', en: 'Reconciliation closed' },
  'DocumentRegistered.v1': { fr: 'Document enregistré', en: 'Document registered' },
  'DocumentWithdrawn.v1': { fr: 'Document retiré du registre', en: 'Document withdrawn' },
  'LogSealed.v1': { fr: 'Journal scellé', en: 'Log sealed' },
};

/** The categories of the ledger's streams: what stands before the first `-` of their names. */
export const categories = [
  'funder',
  'scheme',
  'exercice',
  'grant',
  'settlement',
  'contract',
  'ceiling',
  'reconciliation',
  'referral',
  'decision',
  'document',
  'seal',
] as const;
export type Category = (typeof categories)[number];

export function categoryOf(stream: string): string {
  return stream.slice(0, stream.indexOf('-'));
}

/** Reads a stored event as one of the ledger's. @throws CorruptHistory for a type this version does not know */
export function knownEvent(stored: StreamEvent): LedgerEvent {
  const { stream, revision, type } = stored;
  if (!Object.hasOwn(eventTypes, type))
    throw new CorruptHistory(`event ${revision} of stream ${stream} is of a type this version does not know: ${type}`);
  return stored as StreamEvent & LedgerEvent;
}

/** As {@link knownEvent}, with its place in the log. */
export function readLedgerEvent(stored: StoredEvent): StoredLedgerEvent {
  return knownEvent(stored) as StoredLedgerEvent;
}
