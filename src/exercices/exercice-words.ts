/** What the console calls the states of an exercice. */

export const exerciceStatuses: Readonly<Record<'fr' | 'en', Readonly<Record<string, string>>>> = {
  fr: {
    open: 'Ouvert',
    complementary: 'Journée complémentaire',
    over: 'À clore',
    reopened: 'Rouvert',
    'closing-proposed': 'Clôture proposée',
    closed: 'Clos',
    'reopening-proposed': 'Réouverture demandée',
  },
  en: {
    open: 'Open',
    complementary: 'Complementary period',
    over: 'To be closed',
    reopened: 'Reopened',
    'closing-proposed': 'Closing proposed',
    closed: 'Closed',
    'reopening-proposed': 'Reopening asked for',
  },
};

const TONES: Readonly<Record<string, 'good' | 'waiting'>> = {
  over: 'waiting',
  reopened: 'waiting',
  'closing-proposed': 'waiting',
  'reopening-proposed': 'waiting',
  closed: 'good',
};

export function exerciceTone(status: string): 'plain' | 'good' | 'waiting' {
  return TONES[status] ?? 'plain';
}
