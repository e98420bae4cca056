/** What the console calls the ways to draw a sample, and what both pages of an audit ask for. */

export const populationTexts = {
  fr: {
    scheme: 'Dispositif',
    exercice: 'Exercice',
    payer: 'Collectivité payeuse',
    from: 'Versé du',
    to: 'Versé au',
    all: 'Tous',
    allFunders: 'Toutes',
    payment: 'Versement',
    paidOn: 'Versé le',
    amount: 'Montant',
    trail: 'piste d’audit',
    csv: 'Télécharger (CSV)',
    population: 'Versements examinés',
    total: 'Total examiné',
    position: 'Position du journal',
  },
  en: {
    scheme: 'Scheme',
    exercice: 'Exercice',
    payer: 'Paying funder',
    from: 'Paid from',
    to: 'Paid to',
    all: 'All',
    allFunders: 'All',
    payment: 'Payment',
    paidOn: 'Paid on',
    amount: 'Amount',
    trail: 'audit trail',
    csv: 'Download (CSV)',
    population: 'Payments looked at',
    total: 'Total looked at',
    position: 'Position of the log',
  },
};

export const methodNames = {
  fr: {
    random: 'Au hasard',
    'monetary-unit': 'Par unités monétaires',
    top: 'Les plus grands',
    stratified: 'Par strates',
  },
  en: {
    random: 'At random',
    'monetary-unit': 'By monetary units',
    top: 'The largest',
    stratified: 'By strata',
  },
};

export const stratumNames = {
  fr: { scheme: 'Dispositif', exercice: 'Exercice', payer: 'Collectivité payeuse', instalment: 'Nature du versement' },
  en: { scheme: 'Scheme', exercice: 'Exercice', payer: 'Paying funder', instalment: 'Kind of instalment' },
};
