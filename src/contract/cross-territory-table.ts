/** The “solidarité croisée” as an office CSV: a line per scheme, exercice and party, then the parties' totals. */

import { officeCsv } from '#libs/csv/office-csv';
import { decimalEuros } from '#libs/money/euros';
import type { CrossTerritory, TerritoryFigures } from './cross-territory.js';

export function crossTerritoryTable({ rows, totals }: CrossTerritory): string {
  const territories = totals[0]?.territories ?? [];
  const header = [
    'dispositif',
    'exercice',
    'collectivité',
    'son département',
    'quote-part due',
    'sur son territoire',
    'hors de son territoire',
    ...territories.map(({ departement }) => `dans le ${departement}`),
    'ailleurs',
    'commune inconnue',
  ];
  return officeCsv(
    [
      header,
      ...rows.map((row) => [row.schemeId, String(row.exercice), row.funderId, row.departement ?? '', ...amounts(row)]),
      ...totals.map((total) => ['total', '', total.funderId, total.departement ?? '', ...amounts(total)]),
    ],
    'begins',
  );
}

function amounts(figures: TerritoryFigures): string[] {
  const { shareDueCents, insideCents, outsideCents, territories, elsewhereCents, unknownCents } = figures;
  const inOrder = [
    shareDueCents,
    insideCents,
    outsideCents,
    ...territories.map((territory) => territory.amountCents),
    elsewhereCents,
    unknownCents,
  ];
  return inOrder.map((cents) => (cents === null ? '' : decimalEuros(cents, ',')));
}
