/** The grants: found as one types, by beneficiary, SIRET or RNA, agreement, grant or payment order. */

import { Amount } from '../console/amount.js';
import { StatusBadge } from '../console/badge.js';
import { choicesOf } from '../console/choices.js';
import { SelectField, TextField } from '../console/field.js';
import { Filters } from '../console/filters.js';
import { freshForm } from '../console/form-state.js';
import { pageOf } from '../console/links.js';
import { nameOf, type Names } from '../console/names.js';
import type { PageQuery } from '../console/page-query.js';
import { Pagination } from '../console/pagination.js';
import { useTexts, useVisitor } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import { grantStatuses, toneOf } from './grant-words.js';
import type { GrantsAnswer } from './show-grants.js';

export interface GrantsPageProps {
  readonly grants: GrantsAnswer;
  readonly query: PageQuery;
  readonly names: Names;
}

export const grantsTexts = {
  fr: {
    title: 'Dossiers',
    lead: 'Cherchez un dossier, un bénéficiaire, un SIRET ou un RNA, une convention, un numéro de mandat.',
    q: 'Rechercher',
    scheme: 'Dispositif',
    status: 'État',
    all: 'Tous',
    show: 'Rechercher',
    award: 'Accorder une aide',
    caption: 'Dossiers trouvés, du plus récent au plus ancien',
    count: (count: number, more: boolean) =>
      count === 0 ? 'Aucun dossier' : `${count}${more ? ' premiers' : ''} dossier${count > 1 ? 's' : ''}`,
    empty: 'Aucun dossier ne correspond. Vérifiez l’orthographe ou cherchez une partie du nom.',
    grant: 'Dossier',
    beneficiary: 'Bénéficiaire',
    amount: 'Accordé',
    paid: 'Versé, net',
    remaining: 'Reste à verser',
    instructedBy: 'Instruit par',
  },
  en: {
    title: 'Grants',
    lead: 'Search by grant, beneficiary, SIRET or RNA, agreement or payment-order number.',
    q: 'Search',
    scheme: 'Scheme',
    status: 'Status',
    all: 'All',
    show: 'Search',
    award: 'Award a grant',
    caption: 'Grants found, newest first',
    count: (count: number, more: boolean) =>
      count === 0 ? 'No grant' : `${more ? 'First ' : ''}${count} grant${count > 1 ? 's' : ''}`,
    empty: 'No grant matches. Check the spelling, or search for a part of the name.',
    grant: 'Grant',
    beneficiary: 'Beneficiary',
    amount: 'Granted',
    paid: 'Paid, net',
    remaining: 'Still to pay',
    instructedBy: 'Handled by',
  },
};

export function GrantsPage({ grants, query, names }: GrantsPageProps) {
  const texts = useTexts(grantsTexts);
  const statuses = useTexts(grantStatuses);
  const { person } = useVisitor();
  const form = freshForm(query);
  const mayRecord = person?.role === 'officer' || person?.role === 'admin';
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <Filters action="/grants" submit={texts.show}>
        <TextField form={form} name="q" label={texts.q} type="search" autoComplete="off" />
        <SelectField form={form} name="scheme" label={texts.scheme} none={texts.all} choices={names.schemes} />
        <SelectField form={form} name="status" label={texts.status} none={texts.all} choices={choicesOf(statuses)} />
      </Filters>
      {mayRecord && (
        <p>
          <a class="button quiet" href="/grants/new">
            {texts.award}
          </a>
        </p>
      )}
      <div id="found" aria-live="polite">
        <p>{texts.count(grants.data.length, grants.page.next !== null)}</p>
        <DataTable
          caption={texts.caption}
          captionHidden
          rows={grants.data}
          empty={texts.empty}
          columns={[
            {
              title: texts.beneficiary,
              kind: 'head',
              cell: ({ grantId, beneficiaryName }) => <a href={`/grants/${grantId}`}>{beneficiaryName}</a>,
            },
            { title: texts.grant, kind: 'id', cell: ({ grantId }) => <code>{grantId}</code> },
            { title: texts.scheme, cell: ({ schemeId }) => nameOf(names.schemes, schemeId) },
            {
              title: texts.status,
              cell: ({ status }) => <StatusBadge tone={toneOf(status)}>{statuses[status] ?? status}</StatusBadge>,
            },
            { title: texts.instructedBy, cell: ({ instructedBy }) => nameOf(names.funders, instructedBy) },
            {
              title: texts.amount,
              kind: 'amount',
              cell: ({ amountCents, whyAmount, beneficiaryName }) => (
                <Amount cents={amountCents} why={pageOf(whyAmount)} of={beneficiaryName} />
              ),
            },
            {
              title: texts.paid,
              kind: 'amount',
              cell: ({ netPaidCents, whyNetPaid, beneficiaryName }) => (
                <Amount cents={netPaidCents} why={pageOf(whyNetPaid)} of={beneficiaryName} />
              ),
            },
            {
              title: texts.remaining,
              kind: 'amount',
              cell: ({ amountCents, netPaidCents }) => <Amount cents={amountCents - netPaidCents} />,
            },
          ]}
        />
        <Pagination path="/grants" query={query} next={grants.page.next} />
      </div>
    </>
  );
}
