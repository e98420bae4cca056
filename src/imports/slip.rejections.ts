/** What a slip can be refused for, whole or by line, beside what a payment can be refused for; one line per code. */

import { rejecter, type RejectionTable } from '#libs/decider/rejection';

export const slipRejections = {
  SLIP_EMPTY: {
    kind: 'malformed',
    rules: [],
    title: { fr: 'Bordereau vide', en: 'Empty slip' },
    detail: { fr: 'Le fichier reçu ne contient rien.', en: 'The file received holds nothing.' },
  },
  SLIP_WITHOUT_LINES: {
    kind: 'malformed',
    rules: [],
    title: { fr: 'Bordereau sans versement', en: 'Slip without payments' },
    detail: {
      fr: 'Le fichier n’a que sa ligne d’en-tête : aucun versement ne la suit.',
      en: 'The file holds its header line only: no payment follows it.',
    },
  },
  SLIP_TOO_LONG: {
    kind: 'malformed',
    rules: [],
    title: { fr: 'Bordereau trop long', en: 'Slip too long' },
    detail: {
      fr: 'Un bordereau jugé en entier avant d’être enregistré (all-or-nothing ou dryRun) a au plus {atMost} lignes : découpez-le, ou demandez mode=valid-lines sans dryRun.',
      en: 'A slip that is judged as a whole before it is recorded (all-or-nothing or dryRun) has at most {atMost} lines: divide it, or ask for mode=valid-lines without dryRun.',
    },
  },
  SLIP_ENCODING_INVALID: {
    kind: 'malformed',
    rules: [],
    title: { fr: 'Caractères illisibles', en: 'Unreadable characters' },
    detail: {
      fr: 'La ligne {line} contient un octet qui n’est ni de l’UTF-8 ni du Windows-1252, ou le fichier mêle les deux. Enregistrez-le en « CSV UTF-8 ». Rien n’a été enregistré.',
      en: 'Line {line} holds a byte that is neither UTF-8 nor Windows-1252, or the file mixes the two. Save it as “CSV UTF-8”. Nothing was recorded.',
    },
  },
  SLIP_DELIMITER_MISSING: {
    kind: 'malformed',
    rules: [],
    title: { fr: 'Séparateur introuvable', en: 'No delimiter' },
    detail: {
      fr: 'La ligne d’en-tête (ligne {line}) n’a ni point-virgule ni virgule : ce n’est pas un CSV de tableur ni un CSV de données ouvertes.',
      en: 'The header line (line {line}) has neither a semicolon nor a comma: this is neither an office CSV nor an open-data CSV.',
    },
  },
  SLIP_COLUMN_MISSING: {
    kind: 'malformed',
    rules: [],
    title: { fr: 'Colonne absente', en: 'Column missing' },
    detail: {
      fr: 'L’en-tête n’a pas de colonne {column}. Colonnes attendues : grantId, paymentId, amount, paidOn, instalment, orderNumber ; ou dossier, versement, montant, payé le, nature, mandat.',
      en: 'The header has no column {column}. Columns expected: grantId, paymentId, amount, paidOn, instalment, orderNumber.',
    },
  },
  SLIP_COLUMN_UNKNOWN: {
    kind: 'malformed',
    rules: [],
    title: { fr: 'Colonne inconnue', en: 'Unknown column' },
    detail: {
      fr: 'La colonne « {column} » n’existe pas dans un bordereau.',
      en: 'A slip has no column “{column}”.',
    },
  },
  SLIP_COLUMN_REPEATED: {
    kind: 'malformed',
    rules: [],
    title: { fr: 'Colonne en double', en: 'Column repeated' },
    detail: {
      fr: 'La colonne {column} figure deux fois dans l’en-tête.',
      en: 'The column {column} is in the header twice.',
    },
  },
  SLIP_QUOTES_INVALID: {
    kind: 'malformed',
    rules: [],
    title: { fr: 'Guillemets mal placés', en: 'Quotes out of place' },
    detail: {
      fr: 'À la ligne {line}, un guillemet est ouvert sans être fermé, ou se trouve au milieu d’une cellule. Rien n’a été enregistré.',
      en: 'On line {line} a quote is opened and not closed, or stands amid a cell. Nothing was recorded.',
    },
  },
  SLIP_LINE_TOO_LONG: {
    kind: 'malformed',
    rules: [],
    title: { fr: 'Ligne démesurée', en: 'Line too long' },
    detail: {
      fr: 'La ligne {line} dépasse {atMost} octets : sans doute un guillemet ouvert et jamais fermé. Rien n’a été enregistré.',
      en: 'Line {line} exceeds {atMost} bytes: most likely a quote that is opened and never closed. Nothing was recorded.',
    },
  },
  SLIP_LINE_CELLS_MISSING: {
    kind: 'malformed',
    rules: [],
    title: { fr: 'Cellules manquantes', en: 'Cells missing' },
    detail: {
      fr: 'Cette ligne a {count} cellules, l’en-tête en a {expected}.',
      en: 'This line has {count} cells, the header has {expected}.',
    },
  },
  SLIP_LINE_CELLS_SURPLUS: {
    kind: 'malformed',
    rules: [],
    title: { fr: 'Cellules en trop', en: 'Surplus cells' },
    detail: {
      fr: 'Cette ligne a {count} cellules, l’en-tête en a {expected}. En trop : {surplus}',
      en: 'This line has {count} cells, the header has {expected}. Surplus: {surplus}',
    },
  },
  SLIP_LINE_REFUSED_EARLIER: {
    kind: 'conflict',
    rules: ['R28'],
    title: { fr: 'Versement déjà refusé', en: 'Payment refused earlier' },
    detail: {
      fr: 'Le versement {paymentId} a été proposé puis refusé : il n’est pas enregistré. Pour le proposer de nouveau, donnez-lui un autre identifiant.',
      en: 'The payment {paymentId} was proposed and refused: it is not recorded. To propose it again, give it another id.',
    },
  },
  SLIP_LINE_STOPPED: {
    kind: 'conflict',
    rules: ['R3'],
    title: { fr: 'Enregistrement interrompu', en: 'Recording interrupted' },
    detail: {
      fr: 'L’enregistrement s’est arrêté avant cette ligne. Renvoyez le même fichier : rien n’est enregistré deux fois.',
      en: 'The recording stopped before this line. Send the same file again: nothing is recorded twice.',
    },
  },
} as const satisfies RejectionTable;

export const rejectSlip = rejecter(slipRejections);
