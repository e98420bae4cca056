/** The reconciliations of partners' lists: whose, for which year, how many lines are matched, whether it is signed off. */

import { StatusBadge } from '../console/badge.js';
import { choicesOf } from '../console/choices.js';
import { Day } from '../console/day.js';
import { SelectField, TextField } from '../console/field.js';
import { Filters } from '../console/filters.js';
import { freshForm } from '../console/form-state.js';
import type { Query } from '../console/links.js';
import { nameOf, type Names } from '../console/names.js';
import { Pagination } from '../console/pagination.js';
import { useTexts, useVisitor } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import { reconciliationStatuses, reconciliationTone } from './reconciliation-words.js';
import type { ReconciliationsAnswer } from './show-reconciliations.js';

interface ReconciliationsPageProps {
  readonly reconciliations: ReconciliationsAnswer;
  readonly names: Names;
  readonly query: Query;
}

export const reconciliationsTexts = {
  fr: {
    title: 'Rapprochements',
    lead: 'La liste qu’un partenaire tient de son côté, comparée ligne par ligne au registre.',
    open: 'Rapprocher une liste',
    acts: 'Nouveau rapprochement',
    funder: 'Collectivité',
    exercice: 'Exercice',
    status: 'État',
    all: 'Tous',
    everybody: 'Toutes',
    show: 'Afficher',
    list: 'Liste',
    scheme: 'Dispositif',
    receivedOn: 'Reçue le',
    matched: 'Lignes rapprochées',
    of: 'sur',
    bad: 'Illisibles',
    empty: 'Aucun rapprochement pour ce choix. Quand un partenaire envoie sa liste, rapprochez-la du registre.',
  },
  en: {
    title: 'Reconciliations',
    lead: 'The list that a partner keeps of its own, compared with the ledger line by line.',
    open: 'Reconcile a list',
    acts: 'New reconciliation',
    funder: 'Funder',
    exercice: 'Exercice',
    status: 'Status',
    all: 'All',
    everybody: 'All',
    show: 'Show',
    list: 'List',
    scheme: 'Scheme',
    receivedOn: 'Received on',
    matched: 'Lines matched',
    of: 'of',
    bad: 'Bad lines',
    empty: 'No reconciliation for this choice. When a partner sends its list, reconcile it with the ledger.',
  },
};

export function ReconciliationsPage({ reconciliations, names, query }: ReconciliationsPageProps) {
  const texts = useTexts(reconciliationsTexts);
  const statuses = useTexts(reconciliationStatuses);
  const { person } = useVisitor();
  const form = freshForm(Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)])));
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      {(person?.role === 'controller' || person?.role === 'admin') && (
        <nav class="actions" aria-label={texts.acts}>
          <a class="button" href="/reconciliations/new">
            {texts.open}
          </a>
        </nav>
      )}
      <Filters action="/reconciliations" submit={texts.show}>
        <SelectField form={form} name="funder" label={texts.funder} none={texts.everybody} choices={names.funders} />
        <TextField form={form} name="exercice" label={texts.exercice} inputMode="numeric" />
        <SelectField form={form} name="status" label={texts.status} none={texts.all} choices={choicesOf(statuses)} />
      </Filters>
      <DataTable
        caption={texts.title}
        captionHidden
        rows={reconciliations.data}
        empty={texts.empty}
        columns={[
          {
            title: texts.list,
            kind: 'head',
            cell: ({ reconciliationId, listName }) => (
              <a href={`/reconciliations/${reconciliationId}`}>{listName ?? reconciliationId}</a>
            ),
          },
          { title: texts.funder, cell: ({ funderId }) => nameOf(names.funders, funderId) },
          { title: texts.exercice, cell: ({ exercice }) => exercice },
          {
            title: texts.scheme,
            cell: ({ schemeId }) => (schemeId === null ? texts.all : nameOf(names.schemes, schemeId)),
          },
          { title: texts.receivedOn, cell: ({ receivedOn }) => <Day on={receivedOn} /> },
          {
            title: texts.matched,
            kind: 'number',
            cell: ({ matchedLineCount, lineCount }) => `${matchedLineCount} ${texts.of} ${lineCount}`,
          },
          { title: texts.bad, kind: 'number', cell: ({ badLineCount }) => badLineCount },
          {
            title: texts.status,
            cell: ({ status, closedOn }) => (
              <>
                <StatusBadge tone={reconciliationTone(status)}>{statuses[status] ?? status}</StatusBadge>{' '}
                {closedOn !== null && <Day on={closedOn} />}
              </>
            ),
          },
        ]}
      />
      <Pagination path="/reconciliations" query={query} next={reconciliations.page.next} />
    </>
  );
}
