/** The Bilan as lines of a table. */

import type { BilanAnswer, TerritoryFiguresAnswer } from './bilan-answers.js';
import { count, euros, type ReportRow } from './report-table.js';

const KINDS: Readonly<Record<string, string>> = {
  enterprise: 'entreprises',
  association: 'associations',
  'public-body': 'organismes publics',
};

export function bilanTable({ territory, services, population }: BilanAnswer): ReportRow[] {
  return [
    ...territory.rows.flatMap((row) => figures(row.schemeId, placeOf(row.departement), row)),
    ...territory.departements.flatMap((row) => figures('tous dispositifs', placeOf(row.departement), row)),
    ...figures('tous dispositifs', 'tous territoires', territory.totals),
    ...services.flatMap((row): ReportRow[] => [
      ['Services', row.schemeId, '', 'conventions signées', ...count(row.grants)],
      ['Services', row.schemeId, '', 'dossiers instruits une seule fois', ...count(row.instructedOnce)],
      ['Services', row.schemeId, '', 'dossiers accordés malgré un autre en cours', ...count(row.overlapping)],
      ['Services', row.schemeId, '', 'instructions transférées', ...count(row.transfers)],
      ...(row.medianDelayDays === null ? [] : [delay(row.schemeId, row.medianDelayDays)]),
    ]),
    ...population.jobs.map((row): ReportRow => [
      'Population',
      row.schemeId,
      placeOf(row.departement),
      'emplois soutenus',
      ...count(row.jobs),
    ]),
    ['Population', 'tous dispositifs', 'tous territoires', 'emplois soutenus', ...count(population.jobsTotal)],
    ...population.beneficiaries.map((row): ReportRow => [
      'Population',
      KINDS[row.kind] ?? row.kind,
      '',
      'bénéficiaires',
      ...count(row.beneficiaries),
    ]),
    ['Population', 'tous', '', 'bénéficiaires', ...count(population.beneficiariesTotal)],
  ];
}

export function placeOf(departement: string | null): string {
  return departement ?? 'commune inconnue';
}

function delay(schemeId: string, days: number): ReportRow {
  return ['Services', schemeId, '', 'délai médian du premier versement', 'jours', String(days)];
}

function figures(schemeId: string, place: string, of: TerritoryFiguresAnswer): ReportRow[] {
  return [
    ['Territoire', schemeId, place, 'accordé', ...euros(of.grantedCents)],
    ['Territoire', schemeId, place, 'versé', ...euros(of.disbursedCents)],
    ['Territoire', schemeId, place, 'recouvré', ...euros(of.recoveredCents)],
    ['Territoire', schemeId, place, 'supporté', ...euros(of.shareDueCents)],
  ];
}
