/** What the console calls the kinds of beneficiary, what a ceiling does, and what a split key applies to. */

export const beneficiaryKinds = {
  fr: { enterprise: 'Entreprises', association: 'Associations', 'public-body': 'Organismes publics' },
  en: { enterprise: 'Enterprises', association: 'Associations', 'public-body': 'Public bodies' },
};

export const ceilingModes = {
  fr: { block: 'bloque', warn: 'avertit' },
  en: { block: 'blocks', warn: 'warns' },
};

export const keyScopes = {
  fr: { 'new-grants': 'Nouveaux dossiers seulement', 'all-payments': 'Tous les versements dès cette date' },
  en: { 'new-grants': 'New grants only', 'all-payments': 'All payments from that day' },
};

/** The word of an API value; the value itself where there is none. */
export function schemeWord(words: Readonly<Record<string, string>>, value: string): string {
  return words[value] ?? value;
}

/** A table of words as the choices of a field. */
export function schemeChoices(words: Readonly<Record<string, string>>): { value: string; text: string }[] {
  return Object.entries(words).map(([value, text]) => ({ value, text }));
}
