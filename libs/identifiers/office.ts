/** Tells a service from a person in what is kept to reach an office, so that no natural person goes into an event (R5). */

/** Words that begin the mailbox of a service: `service.insertion@…` is one, `claire.durand@…` is not. */
const OFFICE_WORDS = new Set([
  'accueil',
  'aides',
  'bureau',
  'cellule',
  'comptabilite',
  'contact',
  'courrier',
  'departement',
  'dgs',
  'direction',
  'finances',
  'guichet',
  'mission',
  'pole',
  'region',
  'secretariat',
  'service',
  'subventions',
]);

/**
 * An e-mail address that is not shaped like a person's. What stands before the @ has a dot (`claire.durand`, `c.durand`)
 * or an underscore only when it begins with a word of {@link OFFICE_WORDS}.
 */
export function isOfficeMailbox(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > 200) return false;
  const match = /^([A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*)@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/.exec(value);
  if (match === null) return false;
  const [first] = match[1]!.toLowerCase().split(/[._-]/);
  return !/[._]/.test(match[1]!) || OFFICE_WORDS.has(first!);
}

/** A fixed or service number of France, `02 32 00 00 00`; a mobile one (06, 07) belongs to somebody. */
export function isOfficePhone(value: unknown): value is string {
  return typeof value === 'string' && /^(?:0|\+33 ?)[1-589](?:[ .]?\d{2}){4}$/.test(value);
}

/** A name that begins or goes on with a title of a person: `M. Durand`, `Service de Mme Durand`. */
export function namesPerson(text: string): boolean {
  return /(?:^|[\s,(])(?:MM?\.|(?:Mr|Mmes?|Mlle|Monsieur|Madame|Mademoiselle|Me|Dr)(?=[\s.]))/i.test(text);
}
