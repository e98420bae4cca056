/** What the console calls the states of a reconciliation and the outcomes of its lines. */

import type { Outcome } from './reconciliation.events.js';

export const reconciliationStatuses: Readonly<Record<'fr' | 'en', Readonly<Record<string, string>>>> = {
  fr: { incomplete: 'Incomplet', open: 'En cours', closed: 'Validé' },
  en: { incomplete: 'Incomplete', open: 'Under way', closed: 'Signed off' },
};

export const outcomeNames: Readonly<Record<'fr' | 'en', Readonly<Record<Outcome, string>>>> = {
  fr: {
    matched: 'Rapproché',
    'different-amount': 'Montant différent',
    'missing-here': 'Absent du registre',
    'missing-there': 'Absent de la liste',
    bad: 'Ligne illisible',
  },
  en: {
    matched: 'Matched',
    'different-amount': 'Different amount',
    'missing-here': 'Missing from the ledger',
    'missing-there': 'Missing from the list',
    bad: 'Bad line',
  },
};

export function reconciliationTone(status: string): 'good' | 'waiting' | 'bad' {
  if (status === 'closed') return 'good';
  return status === 'open' ? 'waiting' : 'bad';
}

export function outcomeTone(outcome: Outcome): 'good' | 'waiting' | 'bad' {
  if (outcome === 'matched') return 'good';
  return outcome === 'bad' ? 'bad' : 'waiting';
}
