/** What can be wrong with one field of a body or a query. */

interface Text {
  readonly fr: string;
  readonly en: string;
}

export const fieldErrors = {
  FIELD_REQUIRED: { fr: 'Ce champ est obligatoire.', en: 'This field is required.' },
  FIELD_UNKNOWN: { fr: 'Ce champ n’existe pas.', en: 'This field does not exist.' },
  FIELD_MEANINGLESS: {
    fr: 'Ce champ est sans objet avec les autres.',
    en: 'This field has no meaning with the others.',
  },
  ID_INVALID: {
    fr: 'Un identifiant a 1 à 64 lettres, chiffres, points, tirets ou soulignés, et commence par une lettre ou un chiffre.',
    en: 'An id has 1 to 64 letters, digits, dots, dashes or underscores, and starts with a letter or a digit.',
  },
  ID_LIST_INVALID: { fr: 'Une liste d’identifiants est attendue.', en: 'A list of ids is expected.' },
  AMOUNT_INVALID: {
    fr: 'Un montant est un nombre entier de centimes, de 1 à 1 000 000 000 000.',
    en: 'An amount is a whole number of cents, from 1 to 1,000,000,000,000.',
  },
  DAY_INVALID: { fr: 'Un jour qui existe est attendu, AAAA-MM-JJ.', en: 'A day that exists is expected, YYYY-MM-DD.' },
  PERIOD_INVALID: { fr: 'La période finit avant de commencer.', en: 'The period ends before it begins.' },
  INSTANT_INVALID: {
    fr: 'Un instant est attendu, par exemple 2010-03-31T12:00:00Z.',
    en: 'An instant is expected, 2010-03-31T12:00:00Z for instance.',
  },
  TEXT_INVALID: {
    fr: 'Un texte non vide, et pas trop long, est attendu.',
    en: 'A text, not empty and not too long, is expected.',
  },
  PERSONAL_NUMBER: {
    fr: 'Ce texte contient un numéro de sécurité sociale : aucune donnée personnelle n’entre dans le journal.',
    en: 'This text holds a social-security number: no personal data goes into the log.',
  },
  CHOICE_INVALID: { fr: 'Cette valeur n’est pas dans la liste.', en: 'This value is not in the list.' },
  INTEGER_INVALID: {
    fr: 'Un nombre entier dans les bornes est attendu.',
    en: 'A whole number within the bounds is expected.',
  },
  SIRET_INVALID: {
    fr: 'Ce SIRET n’est pas valide (14 chiffres et leur clé).',
    en: 'This SIRET is not valid (14 digits and their key).',
  },
  RNA_INVALID: { fr: 'Un numéro RNA est un W suivi de 9 chiffres.', en: 'An RNA number is a W followed by 9 digits.' },
  COMMUNE_INVALID: { fr: 'Un code commune INSEE est attendu.', en: 'An INSEE commune code is expected.' },
  DEPARTEMENT_INVALID: {
    fr: 'Un code de département est attendu, par exemple 27.',
    en: 'A code of a département is expected, 27 for instance.',
  },
  POST_ID_INVALID: {
    fr: 'Un poste est désigné par un pseudonyme, par exemple POSTE-2010-00042.',
    en: 'A post is named by a pseudonym, POSTE-2010-00042 for instance.',
  },
  OBJECT_INVALID: { fr: 'Un objet est attendu.', en: 'An object is expected.' },
  LIST_INVALID: {
    fr: 'Une liste non vide, et pas trop longue, est attendue.',
    en: 'A list, not empty and not too long, is expected.',
  },
  SHA256_INVALID: {
    fr: 'Une empreinte SHA-256 est attendue : 64 chiffres hexadécimaux.',
    en: 'A SHA-256 hash is expected: 64 hexadecimal digits.',
  },
  PERSON_NAMED: {
    fr: 'Un service est attendu, jamais une personne : aucune donnée personnelle n’entre dans le journal.',
    en: 'A service is expected, never a person: no personal data goes into the log.',
  },
  MAILBOX_INVALID: {
    fr: 'Une boîte de service est attendue (service.insertion@…), jamais celle d’une personne (prenom.nom@…).',
    en: 'The mailbox of a service is expected (service.insertion@…), never a person’s (first.last@…).',
  },
  PHONE_INVALID: {
    fr: 'Un numéro fixe est attendu, par exemple 02 32 00 00 00 ; jamais un mobile.',
    en: 'A fixed telephone number is expected, 02 32 00 00 00 for instance; never a mobile one.',
  },
  CURSOR_INVALID: { fr: 'Ce curseur n’est pas de cette liste.', en: 'This cursor is not of this list.' },
} as const satisfies Record<string, Text>;

export type FieldErrorCode = keyof typeof fieldErrors;
