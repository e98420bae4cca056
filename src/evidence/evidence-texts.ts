/** The report on an evidence bundle in words. The codes are those of the offline verifier, the words are the ledger's own. */

import type { Language } from '#libs/money/euros';
import type { EvidenceReport } from './check-evidence.js';
import type { Finding, Verdict } from './findings.js';

const FOUND: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  ALTERED: { fr: 'l’événement a été modifié', en: 'the event was altered' },
  UNREADABLE: { fr: 'la ligne n’est pas un événement', en: 'the line is no event' },
  DROPPED: {
    fr: 'l’événement de la position {position} a été ôté (lignes {line} à {lastLine} du journal d’origine)',
    en: 'the event of position {position} was dropped (lines {line} to {lastLine} of the original log)',
  },
  SWAPPED: {
    fr: 'l’événement a été permuté avec celui de la ligne {otherLine}',
    en: 'the event was swapped with the one of line {otherLine}',
  },
  INSERTED: { fr: 'l’événement a été inséré', en: 'the event was inserted' },
  POSITION: {
    fr: 'la position n’est pas celle de l’empreinte, {expected}',
    en: 'the position is not that of the leaf, {expected}',
  },
  REVISION: {
    fr: 'la révision {expected} de ce flux était attendue : un événement manque',
    en: 'revision {expected} of this stream was due: an event is missing',
  },
  ID_TWICE: { fr: 'l’identifiant de l’événement est déjà pris', en: 'the event’s id is taken already' },
  LEAVES_UNREADABLE: { fr: 'leaves.txt : ligne illisible', en: 'leaves.txt: the line cannot be read' },
  LEAVES_DIFFER: {
    fr: 'leaves.txt et les événements ont été refaits : entre les lignes {line} et {lastLine}, ce n’est plus le journal scellé',
    en: 'leaves.txt and the events were made anew: between lines {line} and {lastLine} this is not the sealed log',
  },
  SEALS_FILE: {
    fr: 'seals.json et les scellements du journal ne concordent pas',
    en: 'seals.json and the seals in the log do not agree',
  },
  SEAL_TOO_WIDE: {
    fr: 'le scellement couvre plus que ce qui le précède',
    en: 'the seal covers more than stands before it',
  },
  SEAL_CHAIN: {
    fr: 'le scellement n° {number} n’est pas chaîné au précédent',
    en: 'seal {number} is not chained to the one before',
  },
  SEAL_KEY: { fr: 'le scellement n° {number} est d’une autre clé', en: 'seal {number} is of another key' },
  SEAL_SIGNATURE: {
    fr: 'la signature du scellement n° {number} est fausse',
    en: 'the signature of seal {number} is wrong',
  },
  SEAL_ROOT: {
    fr: 'l’empreinte du scellement n’est pas celle du journal',
    en: 'the root hash of the seal is not that of the log',
  },
  CLOSING_SEAL: {
    fr: 'le scellement de la clôture n’est pas celui du journal',
    en: 'the seal of the closing is not that of the log',
  },
  MANIFEST_HEAD: {
    fr: 'l’empreinte ou le compte du manifeste n’est pas celui de leaves.txt',
    en: 'the head or the count of the manifest is not that of leaves.txt',
  },
  FILE_MISSING: { fr: 'il manque {file}', en: '{file} is missing' },
  FILE_CHANGED: {
    fr: '{file} n’est pas le fichier que décrit le manifeste',
    en: '{file} is not the file that the manifest describes',
  },
  TAIL_CUT: {
    fr: 'la fin est coupée à partir de la ligne {line} : {expected} événements étaient attendus',
    en: 'the tail is cut from line {line} on: {expected} events were due',
  },
  HISTORY_REWRITTEN: {
    fr: 'l’histoire a été réécrite entre les lignes {line} et {lastLine} : ce n’est pas celle du scellement détenu',
    en: 'history was rewritten between lines {line} and {lastLine}: it is not that of the seal held',
  },
  HELD_SEAL_SIGNATURE: {
    fr: 'la signature du scellement détenu (n° {number}) est fausse',
    en: 'the signature of the seal held (number {number}) is wrong',
  },
  HELD_SEAL_MISSING: { fr: 'le journal n’a pas de scellement n° {number}', en: 'the log has no seal number {number}' },
  HELD_SEAL_OTHER: {
    fr: 'le journal a un autre scellement n° {number}',
    en: 'the log has another seal number {number}',
  },
  EVENT_UNREADABLE: { fr: 'la ligne n’est pas un événement', en: 'the line is no event' },
  EVENT_UNKNOWN: { fr: 'événement que le registre ne sait pas rejouer', en: 'an event that the ledger cannot replay' },
  SHARES_SUM: { fr: 'les quotes-parts ne font pas la somme', en: 'the shares do not make the sum' },
  SHARES_RULE: { fr: 'les quotes-parts ne sont pas celles de la règle', en: 'the shares are not those of the rule' },
  SPLIT_KEY: { fr: 'la clé de répartition n’est pas celle en vigueur', en: 'the split key is not the one in force' },
  SEEN_TOTALS: { fr: 'les totaux vus ne sont pas ceux du journal', en: 'the totals seen are not those of the log' },
  SETTLEMENT: {
    fr: 'un appel ou l’annulation d’une contribution ne concorde pas',
    en: 'a call or the reversal of a contribution does not agree',
  },
  GIVEN_BACK: {
    fr: 'ce qui est rendu n’est pas ce que dit la règle',
    en: 'what is given back is not what the rule says',
  },
  PAYMENT_TWICE: { fr: 'le versement est enregistré deux fois', en: 'the payment is recorded twice' },
  POSITIONS_SUM: { fr: 'la somme des positions change', en: 'the sum of the positions changes' },
  AFTER_CLOSING: { fr: 'l’exercice était clos', en: 'the exercice was closed' },
  CLOSING: { fr: 'la clôture ne se rejoue pas', en: 'the closing does not replay' },
  CLOSING_LIFE: {
    fr: 'cette étape de clôture ne peut pas suivre la précédente',
    en: 'this step of a closing cannot follow the one before',
  },
  SIGNATURES: { fr: 'signatures de clôture', en: 'signatures of a closing' },
  SHOWN_BALANCE: { fr: 'balances.json', en: 'balances.json' },
};

const WORDS = {
  fr: {
    integrity: 'Intégrité',
    completeness: 'Complétude',
    arithmetic: 'Arithmétique',
    good: 'BON',
    bad: 'MAUVAIS',
    open: 'NON ÉTABLIE : rien ne prouve, sans un scellement que vous détenez (--seal), que la fin n’a pas été coupée',
    first: 'Premier événement en cause',
    read: (events: number, payments: number, sealed: number) =>
      `${events} événements, ${payments} versements recalculés ; ${sealed} événements sous scellement signé.`,
    keys: (fingerprints: readonly string[]) =>
      fingerprints.length === 0
        ? 'Aucun scellement dans ce journal.'
        : `Empreinte de la clé de scellement : ${fingerprints.join(', ')}`,
    line: (line: number) => `ligne ${line}`,
    event: ({ position, stream, revision }: Finding) => `, position ${position}, ${stream}, révision ${revision}`,
    more: (count: number) => `et ${count} autre(s)`,
  },
  en: {
    integrity: 'Integrity',
    completeness: 'Completeness',
    arithmetic: 'Arithmetic',
    good: 'GOOD',
    bad: 'BAD',
    open: 'NOT ESTABLISHED: without a seal that you hold (--seal) nothing proves that the tail was not cut',
    first: 'First event concerned',
    read: (events: number, payments: number, sealed: number) =>
      `${events} events, ${payments} payments computed again; ${sealed} events under a signed seal.`,
    keys: (fingerprints: readonly string[]) =>
      fingerprints.length === 0 ? 'No seal in this log.' : `Fingerprint of the sealing key: ${fingerprints.join(', ')}`,
    line: (line: number) => `line ${line}`,
    event: ({ position, stream, revision }: Finding) => `, position ${position}, ${stream}, revision ${revision}`,
    more: (count: number) => `and ${count} more`,
  },
};

export function printedReport(report: EvidenceReport, language: Language): string {
  const words = WORDS[language];
  const { events, payments, sealedEvents, fingerprints, verdicts, first } = report;
  const lines = [words.read(events, payments, sealedEvents), words.keys(fingerprints)];
  for (const name of ['integrity', 'completeness', 'arithmetic'] as const) {
    const { verdict, count, findings }: Verdict = verdicts[name];
    lines.push(`${verdict === 'good' ? '✓' : verdict === 'bad' ? '✗' : '·'} ${words[name]} : ${words[verdict]}`);
    for (const finding of findings) lines.push(`  ✗ ${sentence(finding, language)}`);
    if (count > findings.length) lines.push(`  ${words.more(count - findings.length)}`);
  }
  if (first !== null) lines.push(`${words.first} : ${where(first, language)}`);
  return lines.join('\n');
}

function sentence(finding: Finding, language: Language): string {
  const text = (FOUND[finding.code]?.[language] ?? finding.code).replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    String(finding[name as keyof Finding]),
  );
  const at = finding.line === null ? '' : `${where(finding, language)} : `;
  return `${at}${text}${finding.detail === undefined ? '' : ` : ${finding.detail}`} (${finding.code})`;
}

function where(finding: Finding, language: Language): string {
  const words = WORDS[language];
  return words.line(finding.line!) + (finding.stream === undefined ? '' : words.event(finding));
}
