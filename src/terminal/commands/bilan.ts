/** `ledger bilan` — the Bilan in its three parts: territory, services, population. */

import { formatFrenchDay } from '#libs/calendar/day';
import { formatEuros, type Language } from '#libs/money/euros';
import { answer, option, type Command } from '../command.js';
import { clip, table, type Column } from '../table.js';

interface Bilan {
  readonly from: string | null;
  readonly to: string;
  readonly territory: {
    readonly rows: readonly (Figures & { readonly schemeId: string; readonly departement: string | null })[];
    readonly departements: readonly (Figures & { readonly departement: string | null })[];
    readonly totals: Figures;
  };
  readonly services: readonly Service[];
  readonly population: {
    readonly jobs: readonly { schemeId: string; departement: string | null; jobs: number }[];
    readonly jobsTotal: number;
    readonly beneficiaries: readonly { kind: string; beneficiaries: number; grants: number }[];
    readonly beneficiariesTotal: number;
  };
  readonly position: string;
}

interface Figures {
  readonly grantedCents: number;
  readonly disbursedCents: number;
  readonly recoveredCents: number;
  readonly shareDueCents: number;
}

interface Service {
  readonly schemeId: string;
  readonly grants: number;
  readonly instructedOnce: number;
  readonly overlapping: number;
  readonly transfers: number;
  readonly medianDelayDays: number | null;
}

const NAME_WIDTH = 26;

const KINDS: Readonly<Record<string, string>> = {
  enterprise: 'entreprises',
  association: 'associations',
  'public-body': 'organismes publics',
};

export const bilan: Command = {
  usage: 'bilan [--from <jour>] [--to <jour>] [--csv]',
  summary: 'le Bilan : territoire, services, population',
  options: { from: { type: 'string' }, to: { type: 'string' }, csv: { type: 'boolean' } },
  words: 0,

  run: (given) => {
    const query = { from: option(given, 'from'), to: option(given, 'to') };
    const call = { method: 'GET', path: '/reports/bilan', query } as const;
    return given.values['csv'] === true
      ? answer({ ...given, json: true }, { ...call, accept: 'text/csv' }, String)
      : answer<Bilan>(given, call, (found) => text(found, given.language));
  },
};

function text({ from, to, territory, services, population, position }: Bilan, language: Language): string {
  const first = from === null ? 'depuis l’origine' : `du ${formatFrenchDay(from)}`;
  const last = `${from === null ? 'jusqu’au' : 'au'} ${formatFrenchDay(to)}`;
  const kinds = population.beneficiaries.map(
    ({ kind, beneficiaries, grants }) => `${beneficiaries} ${KINDS[kind] ?? kind} (${grants} dossiers)`,
  );
  const sections = [
    `Bilan ${first} ${last} · journal en position ${position}`,
    `TERRITOIRE\n${territories(territory, language)}`,
    `SERVICES\n${servicesTable(services)}`,
    `POPULATION\n${jobsTable(population.jobs)}`,
    `${population.jobsTotal} emplois soutenus · ${population.beneficiariesTotal} bénéficiaires : ${kinds.join(', ')}`,
  ];
  return sections.join('\n\n');
}

function territories({ rows, departements, totals }: Bilan['territory'], language: Language): string {
  const lines = [
    ...rows.map((row) => ({ ...row, place: placeOf(row.departement) })),
    ...departements.map((row) => ({ ...row, schemeId: 'tous dispositifs', place: placeOf(row.departement) })),
    { ...totals, schemeId: 'tous dispositifs', place: 'tous' },
  ];
  const amount = (title: string, column: keyof Figures): Column<(typeof lines)[number]> => ({
    title,
    align: 'right',
    text: (row) => formatEuros(row[column], language),
  });
  return table(lines, [
    { title: 'Territoire', text: (row) => row.place },
    { title: 'Dispositif', text: (row) => clip(row.schemeId, NAME_WIDTH) },
    amount('Accordé', 'grantedCents'),
    amount('Versé', 'disbursedCents'),
    amount('Recouvré', 'recoveredCents'),
  ]);
}

function servicesTable(services: readonly Service[]): string {
  return table(services, [
    { title: 'Dispositif', text: (row) => clip(row.schemeId, NAME_WIDTH) },
    { title: 'Dossiers', align: 'right', text: (row) => String(row.grants) },
    { title: 'Instruits une fois', align: 'right', text: (row) => String(row.instructedOnce) },
    { title: 'Transférés', align: 'right', text: (row) => String(row.transfers) },
    { title: 'Jours (médiane)', align: 'right', text: (row) => String(row.medianDelayDays ?? '—') },
  ]);
}

function jobsTable(jobs: Bilan['population']['jobs']): string {
  return table(jobs, [
    { title: 'Dispositif', text: (row) => clip(row.schemeId, NAME_WIDTH) },
    { title: 'Territoire', text: (row) => placeOf(row.departement) },
    { title: 'Emplois', align: 'right', text: (row) => String(row.jobs) },
  ]);
}

function placeOf(departement: string | null): string {
  return departement ?? 'inconnu';
}
