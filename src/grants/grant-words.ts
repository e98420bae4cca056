/** What the console calls the states of grants and payments, and the kinds of instalment. */

export const grantStatuses = {
  fr: { active: 'En cours', suspended: 'Suspendu', cancelled: 'Annulé', closed: 'Clos' },
  en: { active: 'Active', suspended: 'Suspended', cancelled: 'Cancelled', closed: 'Closed' },
};

export const paymentStatuses = {
  fr: { paid: 'Versé', returned: 'Rejet bancaire', reversed: 'Annulé' },
  en: { paid: 'Paid', returned: 'Bank return', reversed: 'Reversed' },
};

export const instalments = {
  fr: { advance: 'Avance', interim: 'Acompte', balance: 'Solde' },
  en: { advance: 'Advance', interim: 'Interim', balance: 'Balance' },
};

export const proposalStatuses = {
  fr: { 'awaiting-approval': 'En attente', approved: 'Approuvé', refused: 'Refusé' },
  en: { 'awaiting-approval': 'Waiting', approved: 'Approved', refused: 'Refused' },
};

const TONES: Readonly<Record<string, 'good' | 'waiting' | 'bad'>> = {
  active: 'good',
  paid: 'good',
  approved: 'good',
  suspended: 'waiting',
  returned: 'waiting',
  'awaiting-approval': 'waiting',
  cancelled: 'bad',
  reversed: 'bad',
  refused: 'bad',
};

export function toneOf(status: string): 'plain' | 'good' | 'waiting' | 'bad' {
  return TONES[status] ?? 'plain';
}

/** A word of a table; what the table does not know is shown as it is. */
export function wordOf(words: Readonly<Record<string, string>>, key: string): string {
  return words[key] ?? key;
}

/** As choices of a field. */
export function choicesOf(words: Readonly<Record<string, string>>) {
  return Object.entries(words).map(([value, text]) => ({ value, text }));
}
