/** What outcomes and remarks say to people, in both languages. */

import type { Language } from '#libs/money/euros';
import type { Remark, RemarkCode } from './outcomes.movements.js';
import type { Outcome } from './reconciliation.events.js';

type Texts = Readonly<Record<Language, string>>;

export const outcomeTexts: Readonly<Record<Outcome, Texts>> = {
  matched: { fr: 'rapproché', en: 'matched' },
  'different-amount': { fr: 'montant différent', en: 'different amount' },
  'missing-here': { fr: 'absent du registre', en: 'missing from the ledger' },
  'missing-there': { fr: 'absent de votre liste', en: 'missing from your list' },
  bad: { fr: 'ligne illisible', en: 'bad line' },
};

/** `{named}` is the payments or the parts it is about. */
const remarkTexts: Readonly<Record<RemarkCode, Texts>> = {
  'other-day': { fr: 'date différente', en: 'different date' },
  'payment-reversed': { fr: 'annulé : {named}', en: 'reversed: {named}' },
  'payment-returned': { fr: 'rejeté par la banque : {named}', en: 'returned by the bank: {named}' },
  'payment-recovered': { fr: 'reversement encaissé sur : {named}', en: 'recovered from: {named}' },
  'already-matched': { fr: 'déjà rapproché : {named}', en: 'already matched: {named}' },
  'ambiguous-reference': {
    fr: 'référence ambiguë, plusieurs versements la portent : {named}',
    en: 'ambiguous reference, several payments bear it: {named}',
  },
  'unknown-part': { fr: 'référence inconnue : {named}', en: 'unknown reference: {named}' },
  'too-many-payments': { fr: 'trop de versements sous cette référence', en: 'too many payments under this reference' },
  'match-undone': { fr: 'correspondance défaite, à refaire à la main', en: 'match undone, to be made by hand' },
  'recorded-since': { fr: 'enregistré depuis la comparaison', en: 'recorded since the comparison' },
  'would-match': {
    fr: 'une nouvelle comparaison le rapprocherait de : {named}',
    en: 'comparing again would match it with: {named}',
  },
  'same-amount': { fr: 'même montant sous une autre référence : {named}', en: 'same amount, other reference: {named}' },
};

export function remarkText({ code, payments, parts }: Remark, language: Language): string {
  // a function, because a text would have its dollar signs read as patterns
  return remarkTexts[code][language].replace('{named}', () => [...payments, ...parts].join(', '));
}
