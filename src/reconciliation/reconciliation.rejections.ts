/** What a partner's list, whole, and the rules of its reconciliation can be refused for. */

import { rejecter, type RejectionTable } from '#libs/decider/rejection';

export const reconciliationRejections = {
  LIST_EMPTY: {
    kind: 'malformed',
    rules: [],
    title: { fr: 'Liste vide', en: 'Empty list' },
    detail: {
      fr: 'Le fichier reçu ne contient aucune ligne à rapprocher.',
      en: 'The file received holds no line to reconcile.',
    },
  },
  LIST_TOO_LONG: {
    kind: 'malformed',
    rules: [],
    title: { fr: 'Liste trop longue', en: 'List too long' },
    detail: {
      fr: 'Une liste à rapprocher a au plus {atMost} lignes ; celle-ci en a {count}. Découpez-la, par dispositif par exemple.',
      en: 'A list to reconcile has at most {atMost} lines; this one has {count}. Divide it, by scheme for instance.',
    },
  },
  LIST_ENCODING_INVALID: {
    kind: 'malformed',
    rules: [],
    title: { fr: 'Caractères illisibles', en: 'Unreadable characters' },
    detail: {
      fr: 'La ligne {line} contient un octet qui n’est ni de l’UTF-8 ni du Windows-1252, ou le fichier mêle les deux. Enregistrez-le en « CSV UTF-8 ». Rien n’a été enregistré.',
      en: 'Line {line} holds a byte that is neither UTF-8 nor Windows-1252, or the file mixes the two. Save it as “CSV UTF-8”. Nothing was recorded.',
    },
  },
  LIST_DELIMITER_MISSING: {
    kind: 'malformed',
    rules: [],
    title: { fr: 'Séparateur introuvable', en: 'No delimiter' },
    detail: {
      fr: 'La ligne d’en-tête (ligne {line}) n’a ni point-virgule ni virgule : ce n’est pas un CSV de tableur ni un CSV de données ouvertes.',
      en: 'The header line (line {line}) has neither a semicolon nor a comma: this is neither an office CSV nor an open-data CSV.',
    },
  },
  LIST_COLUMN_MISSING: {
    kind: 'malformed',
    rules: [],
    title: { fr: 'Colonne absente', en: 'Column missing' },
    detail: {
      fr: 'L’en-tête n’a pas de colonne {column}. Colonnes attendues : référence (ou mandat), date, montant, quote-part ; ou reference, date, amount, share.',
      en: 'The header has no column {column}. Columns expected: reference, date, amount, share.',
    },
  },
  LIST_COLUMN_REPEATED: {
    kind: 'malformed',
    rules: [],
    title: { fr: 'Colonne en double', en: 'Column repeated' },
    detail: {
      fr: 'La colonne {column} figure deux fois dans l’en-tête : on ne devine pas laquelle compte.',
      en: 'The column {column} is in the header twice: which one counts is not guessed.',
    },
  },
  RECONCILIATION_UNKNOWN: {
    kind: 'not-found',
    rules: [],
    title: { fr: 'Rapprochement inconnu', en: 'Unknown reconciliation' },
    detail: {
      fr: 'Aucun rapprochement ne porte l’identifiant {reconciliationId}.',
      en: 'No reconciliation has the id {reconciliationId}.',
    },
  },
  RECONCILIATION_ID_REUSED: {
    kind: 'id-reused',
    rules: ['R3'],
    title: { fr: 'Identifiant de rapprochement déjà pris', en: 'Reconciliation id already taken' },
    detail: {
      fr: 'Le rapprochement {reconciliationId} porte déjà sur une autre liste, ou sur une autre collectivité, un autre exercice ou un autre dispositif.',
      en: 'The reconciliation {reconciliationId} is already of another list, or of another funder, exercice or scheme.',
    },
  },
  RECONCILIATION_FUNDER_UNKNOWN: {
    kind: 'conflict',
    rules: ['R26'],
    title: { fr: 'Collectivité inconnue', en: 'Unknown funder' },
    detail: {
      fr: 'La collectivité {funderId}, dont ce serait la liste, n’existe pas.',
      en: 'The funder {funderId}, whose list this would be, does not exist.',
    },
  },
  RECONCILIATION_SCHEME_UNKNOWN: {
    kind: 'conflict',
    rules: ['R14'],
    title: { fr: 'Dispositif inconnu', en: 'Unknown scheme' },
    detail: { fr: 'Le dispositif {schemeId} n’existe pas.', en: 'The scheme {schemeId} does not exist.' },
  },
  RECONCILIATION_DATED_IN_FUTURE: {
    kind: 'conflict',
    rules: [],
    title: { fr: 'Date dans le futur', en: 'Dated in the future' },
    detail: {
      fr: 'La liste serait reçue le {receivedOn} ; nous sommes le {today}.',
      en: 'The list would be received on {receivedOn}; today is {today}.',
    },
  },
  RECONCILIATION_INCOMPLETE: {
    kind: 'conflict',
    rules: ['R3'],
    title: { fr: 'Liste incomplète', en: 'Incomplete list' },
    detail: {
      fr: 'L’enregistrement de la liste du rapprochement {reconciliationId} s’est arrêté avant la fin. Renvoyez la même liste : il sera complété.',
      en: 'The recording of the list of the reconciliation {reconciliationId} stopped before its end. Send the same list again: it will be completed.',
    },
  },
  RECONCILIATION_CLOSED: {
    kind: 'conflict',
    rules: ['R4'],
    title: { fr: 'Rapprochement clos', en: 'Reconciliation closed' },
    detail: {
      fr: 'Le rapprochement {reconciliationId} est clos depuis le {closedOn} : il ne change plus.',
      en: 'The reconciliation {reconciliationId} was closed on {closedOn}: it no longer changes.',
    },
  },
  RECONCILIATION_DIFFERENCES_REMAIN: {
    kind: 'conflict',
    rules: [],
    title: { fr: 'Des écarts demeurent', en: 'Differences remain' },
    detail: {
      fr: 'Il reste {missingHere} lignes absentes du registre, {missingThere} versements absents de la liste, {differentAmount} écarts de montant et {bad} lignes illisibles. Pour clore malgré tout, dites pourquoi.',
      en: 'There remain {missingHere} lines missing here, {missingThere} payments missing there, {differentAmount} different amounts and {bad} bad lines. To close all the same, say why.',
    },
  },
  RECONCILIATION_TOO_MANY_DIFFERENCES: {
    kind: 'conflict',
    rules: [],
    title: { fr: 'Trop d’écarts pour clore', en: 'Too many differences to close' },
    detail: {
      fr: '{count} versements sont absents de la liste ; une clôture en énumère {atMost} au plus. Rapprochez dispositif par dispositif.',
      en: '{count} payments are missing from the list; a closing names at most {atMost}. Reconcile scheme by scheme.',
    },
  },
  MATCH_UNKNOWN: {
    kind: 'not-found',
    rules: [],
    title: { fr: 'Correspondance inconnue', en: 'Unknown match' },
    detail: {
      fr: 'Ce rapprochement n’a pas de correspondance {matchId}.',
      en: 'This reconciliation has no match {matchId}.',
    },
  },
  MATCH_ID_REUSED: {
    kind: 'id-reused',
    rules: ['R3'],
    title: { fr: 'Identifiant de correspondance déjà pris', en: 'Match id already taken' },
    detail: {
      fr: 'La correspondance {matchId} a déjà été faite avec un autre contenu.',
      en: 'The match {matchId} was already made with other content.',
    },
  },
  MATCH_ID_RESERVED: {
    kind: 'conflict',
    rules: ['R3'],
    title: { fr: 'Identifiant réservé', en: 'Reserved id' },
    detail: {
      fr: '{matchId} est de la forme auto-1, que les comparaisons donnent à leurs correspondances : choisissez-en un autre.',
      en: '{matchId} is of the form auto-1, which comparisons give their matches: choose another one.',
    },
  },
  MATCH_ALREADY_UNDONE: {
    kind: 'conflict',
    rules: ['R4'],
    title: { fr: 'Correspondance déjà défaite', en: 'Match already undone' },
    detail: {
      fr: 'La correspondance {matchId} est déjà défaite, pour un autre motif.',
      en: 'The match {matchId} is already undone, for another reason.',
    },
  },
  MATCH_LINE_UNKNOWN: {
    kind: 'conflict',
    rules: [],
    title: { fr: 'Ligne inconnue', en: 'Unknown line' },
    detail: { fr: 'La liste n’a pas de ligne {listLine}.', en: 'The list has no line {listLine}.' },
  },
  MATCH_LINE_BAD: {
    kind: 'conflict',
    rules: [],
    title: { fr: 'Ligne illisible', en: 'Bad line' },
    detail: {
      fr: 'La ligne {listLine} n’a pu être lue : elle ne correspond à rien. Demandez une liste corrigée.',
      en: 'Line {listLine} could not be read: it matches nothing. Ask for a corrected list.',
    },
  },
  MATCH_LINE_TAKEN: {
    kind: 'conflict',
    rules: [],
    title: { fr: 'Ligne déjà rapprochée', en: 'Line already matched' },
    detail: {
      fr: 'La ligne {listLine} est déjà dans la correspondance {matchId} : défaites celle-ci d’abord.',
      en: 'Line {listLine} is already in the match {matchId}: undo that one first.',
    },
  },
  MATCH_PAYMENT_UNKNOWN: {
    kind: 'conflict',
    rules: [],
    title: { fr: 'Versement hors du rapprochement', en: 'Payment outside the reconciliation' },
    detail: {
      fr: 'Le versement {paymentId} n’existe pas, ou n’est pas de cet exercice, de ce dispositif ou de cette collectivité.',
      en: 'The payment {paymentId} does not exist, or is not of this exercice, scheme or funder.',
    },
  },
  MATCH_PAYMENT_FALLEN: {
    kind: 'conflict',
    rules: ['R11', 'R25'],
    title: { fr: 'Versement annulé ou rejeté', en: 'Payment reversed or returned' },
    detail: {
      fr: 'Le versement {paymentId} a été annulé ou rejeté par la banque : il ne compte pas comme présent.',
      en: 'The payment {paymentId} was reversed or returned by the bank: it does not count as there.',
    },
  },
  MATCH_PAYMENT_TAKEN: {
    kind: 'conflict',
    rules: [],
    title: { fr: 'Versement déjà rapproché', en: 'Payment already matched' },
    detail: {
      fr: 'Le versement {paymentId} est déjà dans la correspondance {matchId} : défaites celle-ci d’abord.',
      en: 'The payment {paymentId} is already in the match {matchId}: undo that one first.',
    },
  },
} as const satisfies RejectionTable;

export const reject = rejecter(reconciliationRejections);

/** What is wrong with a line as a whole, beside what can be wrong with a field. */
export const badLineTexts = {
  LINE_CELLS_MISSING: {
    fr: 'Cette ligne a moins de cellules que l’en-tête.',
    en: 'This line has fewer cells than the header.',
  },
  LINE_CELLS_SURPLUS: {
    fr: 'Cette ligne a plus de cellules que l’en-tête.',
    en: 'This line has more cells than the header.',
  },
  LINE_QUOTES_INVALID: {
    fr: 'Un guillemet de cette ligne est ouvert sans être fermé, ou se trouve au milieu d’une cellule.',
    en: 'A quote of this line is opened and not closed, or stands amid a cell.',
  },
  LINE_SHARE_EXCEEDS: {
    fr: 'La quote-part dépasse le montant.',
    en: 'The share exceeds the amount.',
  },
} as const;

export type BadLineCode = keyof typeof badLineTexts;
