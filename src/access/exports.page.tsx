/** The journal of exports: who took what out of the ledger, when, and where the log stood. */

import { Instant } from '../console/day.js';
import { TextField } from '../console/field.js';
import { Filters } from '../console/filters.js';
import { freshForm } from '../console/form-state.js';
import { ROLE_NAMES } from '../console/layout.js';
import type { PageQuery } from '../console/page-query.js';
import { Pagination } from '../console/pagination.js';
import { useLanguage, useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import type { Role } from './roles.js';
import type { ExportAnswer, ExportsAnswer } from './show-exports.js';

export interface ExportsPageProps {
  readonly journal: ExportsAnswer;
  readonly query: PageQuery;
}

export const exportsTexts = {
  fr: {
    title: 'Journal des exports',
    lead: 'Qui a sorti quoi du registre, quand, et où en était le journal. Une ligne n’est jamais modifiée ni effacée.',
    actor: 'Par qui',
    show: 'Afficher',
    empty: 'Aucun export n’a encore été noté.',
    number: 'Numéro',
    at: 'Le',
    what: 'Quoi',
    parameters: 'Demandé',
    format: 'Format',
    position: 'Position',
    doors: {
      'GET /evidence': 'Dossier de preuves',
      'GET /events': 'Événements du journal',
      'GET /balances/difference': 'Écart entre deux vues',
      'GET /audit/sample': 'Échantillon',
      'GET /audit/checks': 'Contrôles',
      'POST /what-if': 'Hypothèse',
      'GET /funders/:funderId/statement': 'État récapitulatif',
      'GET /reports/bilan': 'Bilan',
      'GET /reports/dgs': 'Fiche DGS 276',
    } as Readonly<Record<string, string>>,
  },
  en: {
    title: 'Journal of exports',
    lead: 'Who took what out of the ledger, when, and where the log stood. A line is never changed nor erased.',
    actor: 'By whom',
    show: 'Show',
    empty: 'No export was noted yet.',
    number: 'Number',
    at: 'At',
    what: 'What',
    parameters: 'Asked for',
    format: 'Format',
    position: 'Position',
    doors: {
      'GET /evidence': 'Evidence bundle',
      'GET /events': 'Events of the log',
      'GET /balances/difference': 'Difference of two views',
      'GET /audit/sample': 'Sample',
      'GET /audit/checks': 'Checks',
      'POST /what-if': 'Hypothesis',
      'GET /funders/:funderId/statement': 'Statement',
      'GET /reports/bilan': 'Bilan',
      'GET /reports/dgs': 'DGS 276 sheet',
    } as Readonly<Record<string, string>>,
  },
};

export function ExportsPage({ journal, query }: ExportsPageProps) {
  const texts = useTexts(exportsTexts);
  const roleNames = ROLE_NAMES[useLanguage()];
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <Filters action="/exports-journal" submit={texts.show}>
        <TextField form={freshForm(query)} name="actor" label={texts.actor} autoComplete="off" />
      </Filters>
      <DataTable
        caption={texts.title}
        captionHidden
        rows={journal.data}
        empty={texts.empty}
        columns={[
          { title: texts.number, kind: 'number', cell: ({ number }) => number },
          { title: texts.at, cell: ({ at }) => <Instant at={at} /> },
          { title: texts.actor, cell: ({ actor, role }) => `${actor} (${roleNames[role as Role]})` },
          { title: texts.what, kind: 'head', cell: ({ what }) => <What what={what} /> },
          { title: texts.parameters, kind: 'words', cell: parametersOf },
          { title: texts.format, cell: ({ format }) => format },
          { title: texts.position, kind: 'number', cell: ({ position }) => position },
        ]}
      />
      <Pagination path="/exports-journal" query={query} next={journal.page.next} />
    </>
  );
}

function What({ what }: { readonly what: string }) {
  const { doors } = useTexts(exportsTexts);
  const name = doors[what];
  return name === undefined ? <code>{what}</code> : <>{name}</>;
}

function parametersOf({ parameters }: ExportAnswer): string {
  const given = Object.entries(parameters);
  return given.length === 0 ? '–' : given.map(([name, value]) => `${name} = ${value}`).join(' · ');
}
