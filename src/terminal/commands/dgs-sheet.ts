/** `ledger dgs-sheet` — the sheet of the directors general, on one A4 page. */

import { formatFrenchDay } from '#libs/calendar/day';
import { formatEuros, type Language } from '#libs/money/euros';
import { answer, option, type Command } from '../command.js';
import { clip, table } from '../table.js';

/** What it reads of `GET /reports/dgs`. */
export interface SheetAnswer {
  readonly on: string;
  readonly since: string;
  readonly funders: readonly (Compared & { readonly name: string })[];
  readonly sumOfPositionsCents: number;
  readonly unpaidCalls: readonly UnpaidCall[];
  readonly ceilings: readonly Ceiling[];
  readonly instruction: readonly Instruction[];
  readonly noted: { readonly counts: readonly NotedCount[]; readonly list: readonly Noted[] };
  readonly unsettled: readonly { exercice: number; funderId: string; positionCents: number }[];
  readonly openReconciliations: readonly { reconciliationId: string }[];
  readonly exercicesToClose: readonly { exercice: number }[];
  readonly position: string;
}

interface Compared {
  readonly before: Figures;
  readonly at: Figures;
  readonly change: Figures;
}

interface Figures {
  readonly positionCents: number;
  readonly shareDueCents: number;
  readonly disbursedCents: number;
  readonly recoveredCents: number;
  readonly contributedCents: number;
}

interface UnpaidCall {
  readonly callId: string;
  readonly funderId: string;
  readonly issuedOn: string;
  readonly ageDays: number;
  readonly missingCents: number;
}

interface Ceiling {
  readonly ceilingId: string;
  readonly amountCents: number;
  readonly consumedCents: number;
  readonly percent: number;
}

interface Instruction {
  readonly funderId: string;
  readonly grants: number;
  readonly grantedCents: number;
  readonly newGrants: number;
  readonly newGrantedCents: number;
}

interface NotedCount {
  readonly kind: string;
  readonly count: number;
  readonly amountCents: number;
}

interface Noted {
  readonly kind: string;
  readonly on: string;
  readonly grantId: string;
  readonly paymentId: string | null;
  readonly reason: string | null;
}

/** So that everything fits one page of 66 lines; the whole lists are in the JSON and the CSV. */
const CALLS = 5;
const CEILINGS = 4;
const NOTED = 4;
const UNSETTLED = 4;
const NAME_WIDTH = 26;
const CALL_WIDTH = 36;
const CEILING_WIDTH = 44;
const LINE_WIDTH = 100;

/** One of a kind, and several. */
const KINDS: Readonly<Record<string, readonly [string, string]>> = {
  'possible-double': ['double possible, payé avec un motif', 'doubles possibles, payés avec un motif'],
  'ceiling-passed': ['plafond dépassé avec un motif', 'plafonds dépassés avec un motif'],
  'proposal-refused': ['versement proposé, refusé', 'versements proposés, refusés'],
  reversal: ['versement annulé', 'versements annulés'],
  overlap: ['dossier accordé malgré un autre en cours', 'dossiers accordés malgré un autre en cours'],
  'instruction-transferred': ['instruction transférée', 'instructions transférées'],
};

export const dgsSheet: Command = {
  usage: 'dgs-sheet [--on <jour>] [--since <jour>] [--csv]',
  summary: 'la fiche de la réunion des directeurs généraux : soldes, appels impayés, plafonds, doublons, écarts',
  options: { on: { type: 'string' }, since: { type: 'string' }, csv: { type: 'boolean' } },
  words: 0,

  run: (given) => {
    const query = { on: option(given, 'on'), since: option(given, 'since') };
    const call = { method: 'GET', path: '/reports/dgs', query } as const;
    return given.values['csv'] === true
      ? answer({ ...given, json: true }, { ...call, accept: 'text/csv' }, String)
      : answer<SheetAnswer>(given, call, (sheet) => sheetPage(sheet, given.language));
  },
};

/** The page as a terminal shows it. */
export function sheetPage(sheet: SheetAnswer, language: Language): string {
  const [on, since] = [formatFrenchDay(sheet.on), formatFrenchDay(sheet.since)];
  const sections = [
    `Fiche DGS 276 · réunion du ${on} · précédente le ${since} · journal en position ${sheet.position}`,
    funders(sheet, language),
    unpaid(sheet.unpaidCalls, language),
    ceilings(sheet.ceilings, language),
    `INSTRUCTION (un dossier, une collectivité)\n${instruction(sheet, language)}`,
    noted(sheet.noted, language),
    differences(sheet, language),
  ];
  return sections.join('\n\n');
}

function funders({ funders: rows, on, since, sumOfPositionsCents }: SheetAnswer, language: Language): string {
  const right = (title: string, of: (row: Compared) => number) =>
    ({ title, align: 'right', text: (row: Compared) => formatEuros(of(row), language) }) as const;
  const name = { title: 'Collectivité', text: (row: Compared & { name: string }) => clip(row.name, NAME_WIDTH) };
  const positions = table(rows, [
    name,
    right(`Au ${formatFrenchDay(since)}`, (row) => row.before.positionCents),
    right(`Au ${formatFrenchDay(on)}`, (row) => row.at.positionCents),
    right('Évolution', (row) => row.change.positionCents),
  ]);
  const changes = table(rows, [
    name,
    right('Quote-part due', (row) => row.change.shareDueCents),
    right('Versé', (row) => row.change.disbursedCents),
    right('Recouvré', (row) => row.change.recoveredCents),
    right('Contribué', (row) => row.change.contributedCents),
  ]);
  const sum = `Somme des positions : ${formatEuros(sumOfPositionsCents, language)}`;
  return `POSITIONS\n${positions}\n${sum}\n\nDEPUIS LA RÉUNION PRÉCÉDENTE\n${changes}`;
}

function unpaid(calls: readonly UnpaidCall[], language: Language): string {
  if (calls.length === 0) return 'APPELS IMPAYÉS : aucun';
  const missing = calls.reduce((sum, call) => sum + call.missingCents, 0);
  const rows = table(calls.slice(0, CALLS), [
    { title: 'Appel', text: (call) => clip(call.callId, CALL_WIDTH) },
    { title: 'Collectivité', text: (call) => clip(call.funderId, NAME_WIDTH) },
    { title: 'Émis le', text: (call) => formatFrenchDay(call.issuedOn) },
    { title: 'Jours', align: 'right', text: (call) => String(call.ageDays) },
    { title: 'Reste dû', align: 'right', text: (call) => formatEuros(call.missingCents, language) },
  ]);
  return `APPELS IMPAYÉS : ${calls.length}, ${formatEuros(missing, language)}\n${rows}${others(calls.length, CALLS)}`;
}

function ceilings(used: readonly Ceiling[], language: Language): string {
  if (used.length === 0) return 'PLAFONDS PROCHES OU DÉPASSÉS : aucun';
  const rows = table(used.slice(0, CEILINGS), [
    { title: 'Plafond', text: (ceiling) => clip(ceiling.ceilingId.replaceAll('~', ' '), CEILING_WIDTH) },
    { title: 'Montant', align: 'right', text: (ceiling) => formatEuros(ceiling.amountCents, language) },
    { title: 'Consommé', align: 'right', text: (ceiling) => formatEuros(ceiling.consumedCents, language) },
    { title: '%', align: 'right', text: (ceiling) => String(ceiling.percent) },
  ]);
  return `PLAFONDS PROCHES OU DÉPASSÉS : ${used.length}\n${rows}${others(used.length, CEILINGS)}`;
}

function instruction({ instruction: rows }: SheetAnswer, language: Language): string {
  return table(rows, [
    { title: 'Collectivité', text: (row) => clip(row.funderId, NAME_WIDTH) },
    { title: 'Dossiers', align: 'right', text: (row) => String(row.grants) },
    { title: 'Accordé', align: 'right', text: (row) => formatEuros(row.grantedCents, language) },
    { title: 'Nouveaux', align: 'right', text: (row) => String(row.newGrants) },
    { title: 'Accordé depuis', align: 'right', text: (row) => formatEuros(row.newGrantedCents, language) },
  ]);
}

function noted({ counts, list }: SheetAnswer['noted'], language: Language): string {
  if (counts.length === 0) return 'DOUBLONS ET CORRECTIONS : rien depuis la réunion précédente';
  const sums = counts.map(({ kind, count, amountCents }) => {
    const [one, several] = KINDS[kind] ?? [kind, kind];
    const amount = amountCents === 0 ? '' : ` (${formatEuros(amountCents, language)})`;
    return `${count} ${count === 1 ? one : several}${amount}`;
  });
  const lines = list
    .slice(0, NOTED)
    .map(({ on, grantId, paymentId, reason }) =>
      clip(`  ${formatFrenchDay(on)}  ${paymentId ?? grantId} : ${reason ?? ''}`, LINE_WIDTH),
    );
  return ['DOUBLONS ET CORRECTIONS', ...sums, ...lines].join('\n') + others(list.length, NOTED);
}

function differences(
  { sumOfPositionsCents, unsettled, openReconciliations, exercicesToClose }: SheetAnswer,
  language: Language,
): string {
  const lines = unsettled
    .slice(0, UNSETTLED)
    .map(
      ({ exercice, funderId, positionCents }) =>
        `Exercice ${exercice} non soldé : ${clip(funderId, NAME_WIDTH)} ${formatEuros(positionCents, language)}`,
    );
  const open = openReconciliations.map(({ reconciliationId }) => reconciliationId).join(', ');
  const waiting = exercicesToClose.map(({ exercice }) => exercice).join(', ');
  return [
    'ÉCARTS',
    sumOfPositionsCents === 0 ? 'Les positions se compensent au centime.' : 'LES POSITIONS NE SE COMPENSENT PAS.',
    ...lines,
    ...(unsettled.length > UNSETTLED ? [others(unsettled.length, UNSETTLED).trimStart()] : []),
    clip(`Rapprochements ouverts : ${open === '' ? 'aucun' : open}`, LINE_WIDTH),
    clip(`Exercices à clore : ${waiting === '' ? 'aucun' : waiting}`, LINE_WIDTH),
  ].join('\n');
}

function others(count: number, shown: number): string {
  const left = count - shown;
  return left > 0 ? `\n… et ${left} autre${left === 1 ? '' : 's'}` : '';
}
