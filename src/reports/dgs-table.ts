/** The sheet of the directors general as lines of a table. */

import { formatFrenchDay } from '#libs/calendar/day';
import { figures, type Figure } from '../balances/figure-names.js';
import type { DgsSheetAnswer } from './dgs-answers.js';
import { count, euros, type ReportRow } from './report-table.js';

/** The columns of a balance in words. */
const COLUMNS: Readonly<Record<Figure, string>> = {
  positionCents: 'position',
  shareDueCents: 'quote-part due',
  disbursedCents: 'versé',
  recoveredCents: 'recouvré',
  contributedCents: 'contribué',
  receivedCents: 'reçu',
  calledCents: 'appelé',
  grantedShareCents: 'part des aides accordées',
};

const NOTED_WORDS: Readonly<Record<string, string>> = {
  'possible-double': 'double possible, payé avec un motif',
  'ceiling-passed': 'plafond dépassé avec un motif',
  'proposal-refused': 'versement proposé, refusé',
  reversal: 'versement annulé',
  overlap: 'dossier accordé malgré un autre en cours',
  'instruction-transferred': 'instruction transférée',
};

export function dgsTable(sheet: DgsSheetAnswer): ReportRow[] {
  const [at, before] = [formatFrenchDay(sheet.on), formatFrenchDay(sheet.since)];
  return [
    ...sheet.funders.flatMap((funder) =>
      figures.flatMap((column): ReportRow[] => [
        ['Soldes', COLUMNS[column], funder.name, `au ${before}`, ...euros(funder.before[column])],
        ['Soldes', COLUMNS[column], funder.name, `au ${at}`, ...euros(funder.at[column])],
        ['Soldes', COLUMNS[column], funder.name, 'évolution', ...euros(funder.change[column])],
      ]),
    ),
    ['Soldes', 'somme des positions', '', `au ${at}`, ...euros(sheet.sumOfPositionsCents)],
    ...sheet.unpaidCalls.flatMap(({ callId, funderId, amountCents, missingCents, ageDays }): ReportRow[] => [
      ['Appels impayés', callId, funderId, 'appelé', ...euros(amountCents)],
      ['Appels impayés', callId, funderId, 'reste dû', ...euros(missingCents)],
      ['Appels impayés', callId, funderId, 'âge', 'jours', String(ageDays)],
    ]),
    ...sheet.ceilings.flatMap(({ ceilingId, amountCents, consumedCents, percent }): ReportRow[] => [
      ['Plafonds', ceilingId, '', 'plafond', ...euros(amountCents)],
      ['Plafonds', ceilingId, '', 'consommé', ...euros(consumedCents)],
      ['Plafonds', ceilingId, '', 'part consommée', '%', String(percent)],
    ]),
    ...sheet.instruction.flatMap(({ funderId, grants, grantedCents, newGrants, newGrantedCents }): ReportRow[] => [
      ['Instruction', 'dossiers', funderId, `au ${at}`, ...count(grants)],
      ['Instruction', 'aides accordées', funderId, `au ${at}`, ...euros(grantedCents)],
      ['Instruction', 'dossiers', funderId, `depuis le ${before}`, ...count(newGrants)],
      ['Instruction', 'aides accordées', funderId, `depuis le ${before}`, ...euros(newGrantedCents)],
    ]),
    ...sheet.noted.counts.flatMap(({ kind, count: times, amountCents }): ReportRow[] => [
      ['Doublons et corrections', NOTED_WORDS[kind] ?? kind, '', 'nombre', ...count(times)],
      ['Doublons et corrections', NOTED_WORDS[kind] ?? kind, '', 'montant', ...euros(amountCents)],
    ]),
    ...sheet.noted.list.map(({ kind, on, grantId, paymentId, reason }): ReportRow => [
      'Doublons et corrections',
      `${formatFrenchDay(on)} ${NOTED_WORDS[kind] ?? kind}`,
      paymentId ?? grantId,
      'motif',
      'texte',
      reason ?? '',
    ]),
    ...sheet.unsettled.map(({ exercice, funderId, positionCents }): ReportRow => [
      'Écarts',
      `exercice ${exercice} non soldé`,
      funderId,
      'position',
      ...euros(positionCents),
    ]),
    ...sheet.openReconciliations.map(({ reconciliationId, funderId, ageDays }): ReportRow => [
      'Écarts',
      `rapprochement ${reconciliationId} ouvert`,
      funderId,
      'âge',
      'jours',
      String(ageDays),
    ]),
    ...sheet.exercicesToClose.map(({ exercice, since }): ReportRow => [
      'Écarts',
      `exercice ${exercice} à clore`,
      '',
      'depuis le',
      'texte',
      formatFrenchDay(since),
    ]),
  ];
}
