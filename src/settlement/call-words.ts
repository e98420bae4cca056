/** What the lines of a funding call are called, on screen and on paper. */

export const lineKinds: Readonly<Record<'fr' | 'en', Readonly<Record<string, string>>>> = {
  fr: {
    payment: 'Versement',
    reversal: 'Annulation',
    recovery: 'Reversement',
    'bank-return': 'Rejet bancaire',
    reissue: 'Réémission',
  },
  en: {
    payment: 'Payment',
    reversal: 'Reversal',
    recovery: 'Recovery',
    'bank-return': 'Bank return',
    reissue: 'Reissue',
  },
};
