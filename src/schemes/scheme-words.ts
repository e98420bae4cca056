/** What the console calls the kinds of beneficiary, what a ceiling does, and what a split key applies to. */

type Words = Readonly<Record<'fr' | 'en', Readonly<Record<string, string>>>>;

export const beneficiaryKinds: Words = {
  fr: { enterprise: 'Entreprises', association: 'Associations', 'public-body': 'Organismes publics' },
  en: { enterprise: 'Enterprises', association: 'Associations', 'public-body': 'Public bodies' },
};

export const ceilingModes: Words = {
  fr: { block: 'bloque', warn: 'avertit' },
  en: { block: 'blocks', warn: 'warns' },
};

export const keyScopes: Words = {
  fr: { 'new-grants': 'Nouveaux dossiers seulement', 'all-payments': 'Tous les versements dès cette date' },
  en: { 'new-grants': 'New grants only', 'all-payments': 'All payments from that day' },
};
