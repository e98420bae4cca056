/** What the console calls the states of grants and payments, and the kinds of instalment. */

type Words = Readonly<Record<'fr' | 'en', Readonly<Record<string, string>>>>;

export const grantStatuses: Words = {
  fr: { active: 'En cours', suspended: 'Suspendu', cancelled: 'Annulé', closed: 'Clos' },
  en: { active: 'Active', suspended: 'Suspended', cancelled: 'Cancelled', closed: 'Closed' },
};

export const paymentStatuses: Words = {
  fr: { paid: 'Versé', returned: 'Rejet bancaire', reversed: 'Annulé' },
  en: { paid: 'Paid', returned: 'Bank return', reversed: 'Reversed' },
};

export const instalments: Words = {
  fr: { advance: 'Avance', interim: 'Acompte', balance: 'Solde' },
  en: { advance: 'Advance', interim: 'Interim', balance: 'Balance' },
};

export const proposalStatuses: Words = {
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
