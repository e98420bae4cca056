/** What a verification may find wrong, in words, and under which of its five verdicts each falls. */

import type { DifferenceCode } from './verify-log.js';

export const verdicts = ['log', 'arithmetic', 'closings', 'seals', 'shown'] as const;
export type Verdict = (typeof verdicts)[number];

interface Words {
  readonly verdict: Verdict;
  readonly fr: string;
  readonly en: string;
}

export const differenceWords: Readonly<Record<DifferenceCode, Words>> = {
  EVENT_MISSING: { verdict: 'log', fr: 'Un événement manque', en: 'An event is missing' },
  EVENT_UNKNOWN: { verdict: 'log', fr: 'Événement illisible', en: 'Unreadable event' },
  PAYMENT_TWICE: { verdict: 'log', fr: 'Versement enregistré deux fois', en: 'Payment recorded twice' },
  AFTER_CLOSING: { verdict: 'log', fr: 'Enregistré dans un exercice clos', en: 'Recorded in a closed exercice' },
  SHARES_SUM: {
    verdict: 'arithmetic',
    fr: 'La somme des quotes-parts n’est pas le montant',
    en: 'The shares do not sum to the amount',
  },
  SHARES_RULE: {
    verdict: 'arithmetic',
    fr: 'Quotes-parts contraires à la règle',
    en: 'Shares against the rule',
  },
  SPLIT_KEY: { verdict: 'arithmetic', fr: 'Une autre clé était en vigueur', en: 'Another key was in force' },
  GIVEN_BACK: { verdict: 'arithmetic', fr: 'Rendu autrement que payé', en: 'Given back otherwise than paid' },
  SETTLEMENT: {
    verdict: 'arithmetic',
    fr: 'Appel ou annulation de contribution qui ne concorde pas',
    en: 'A call or the reversal of a contribution does not agree',
  },
  POSITIONS_SUM: {
    verdict: 'arithmetic',
    fr: 'La somme des positions n’est pas nulle',
    en: 'The positions do not sum to zero',
  },
  SEEN_TOTALS: { verdict: 'arithmetic', fr: 'Totaux vus inexacts', en: 'Totals seen are wrong' },
  CEILING: { verdict: 'arithmetic', fr: 'Plafond mal appliqué', en: 'Ceiling not kept' },
  CLOSING: { verdict: 'closings', fr: 'Totaux de clôture différents', en: 'Closing totals differ' },
  CLOSING_LIFE: { verdict: 'closings', fr: 'Clôture hors de son cours', en: 'Closing out of its course' },
  SIGNATURES: {
    verdict: 'closings',
    fr: 'Signatures de clôture manquantes',
    en: 'Signatures of a closing are missing',
  },
  CLOSING_SEAL: {
    verdict: 'closings',
    fr: 'L’empreinte d’une clôture n’est pas celle du journal',
    en: 'The hash of a closing is not that of the log',
  },
  SEAL_ROOT: {
    verdict: 'seals',
    fr: 'L’empreinte d’un scellement n’est pas celle du journal',
    en: 'The hash of a seal is not that of the log',
  },
  SEAL_CHAIN: { verdict: 'seals', fr: 'Scellement hors de la chaîne', en: 'Seal out of the chain' },
  SEAL_SIGNATURE: { verdict: 'seals', fr: 'Signature de scellement fausse', en: 'Signature of a seal is wrong' },
  CHECKPOINT: {
    verdict: 'shown',
    fr: 'Les tableaux viennent d’un autre journal',
    en: 'The tables come from another log',
  },
  SHOWN_BALANCE: { verdict: 'shown', fr: 'Solde montré différent', en: 'Shown balance differs' },
  SHOWN_TABLE: { verdict: 'shown', fr: 'Tableau montré différent', en: 'Shown table differs' },
};
