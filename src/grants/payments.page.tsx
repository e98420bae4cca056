/** The payments of all grants: filtered, sorted, each with its shares one click away. */

import { Amount } from '../console/amount.js';
import { StatusBadge } from '../console/badge.js';
import { choicesOf } from '../console/choices.js';
import { Day } from '../console/day.js';
import { TableDownloads } from '../console/downloads.js';
import { DayField, SelectField, TextField } from '../console/field.js';
import { Filters } from '../console/filters.js';
import { freshForm } from '../console/form-state.js';
import { nameOf, type Names } from '../console/names.js';
import { withQuery } from '../console/links.js';
import type { PageQuery } from '../console/page-query.js';
import { Pagination } from '../console/pagination.js';
import { useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import { instalments, paymentStatuses, toneOf } from './grant-words.js';
import type { ListedPaymentAnswer, PaymentsAnswer } from './show-payments.js';

export interface PaymentsPageProps {
  readonly payments: PaymentsAnswer;
  readonly query: PageQuery;
  readonly names: Names;
}

export const paymentsTexts = {
  fr: {
    title: 'Versements',
    lead: 'Tous les versements enregistrés. Chaque montant ouvre ses quotes-parts et leur explication.',
    beneficiary: 'Bénéficiaire',
    scheme: 'Dispositif',
    funder: 'Collectivité',
    status: 'État',
    from: 'Du',
    to: 'Au',
    all: 'Tous',
    allFunders: 'Toutes',
    show: 'Afficher',
    caption: 'Versements',
    empty: 'Aucun versement pour ce choix. Élargissez la période ou retirez un filtre.',
    paidOn: 'Versé le',
    grant: 'Dossier',
    kind: 'Nature',
    order: 'Mandat',
    amount: 'Montant',
    recovered: 'Reversé',
  },
  en: {
    title: 'Payments',
    lead: 'Every payment recorded. Each amount opens its shares and their explanation.',
    beneficiary: 'Beneficiary',
    scheme: 'Scheme',
    funder: 'Funder',
    status: 'Status',
    from: 'From',
    to: 'To',
    all: 'All',
    allFunders: 'All',
    show: 'Show',
    caption: 'Payments',
    empty: 'No payment for this choice. Widen the period or remove a filter.',
    paidOn: 'Paid on',
    grant: 'Grant',
    kind: 'Kind',
    order: 'Payment order',
    amount: 'Amount',
    recovered: 'Recovered',
  },
};

export function PaymentsPage({ payments, query, names }: PaymentsPageProps) {
  const texts = useTexts(paymentsTexts);
  const kinds = useTexts(instalments);
  const statuses = useTexts(paymentStatuses);
  const form = freshForm(query);
  const { cursor: _, ...sorting } = query;
  const { size: __, ...filters } = sorting;
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <Filters action="/payments" submit={texts.show} keep={{ sort: query['sort'] }}>
        <TextField form={form} name="beneficiary" label={texts.beneficiary} autoComplete="off" />
        <SelectField form={form} name="scheme" label={texts.scheme} none={texts.all} choices={names.schemes} />
        <SelectField form={form} name="funder" label={texts.funder} none={texts.allFunders} choices={names.funders} />
        <SelectField form={form} name="status" label={texts.status} none={texts.all} choices={choicesOf(statuses)} />
        <DayField form={form} name="from" label={texts.from} />
        <DayField form={form} name="to" label={texts.to} />
      </Filters>
      <DataTable
        caption={texts.caption}
        captionHidden
        rows={payments.data}
        empty={texts.empty}
        sorted={{ path: '/payments', query: sorting, by: query['sort'] }}
        columns={[
          { title: texts.paidOn, sort: 'paidOn', cell: ({ paidOn }) => <Day on={paidOn} /> },
          { title: texts.beneficiary, kind: 'head', cell: ({ beneficiaryName }) => beneficiaryName },
          { title: texts.grant, kind: 'id', cell: ({ grantId }) => <a href={`/grants/${grantId}`}>{grantId}</a> },
          { title: texts.scheme, cell: ({ schemeId }) => nameOf(names.schemes, schemeId) },
          { title: texts.kind, cell: ({ instalment }) => kinds[instalment] ?? instalment },
          { title: texts.order, kind: 'id', cell: ({ orderNumber }) => orderNumber ?? '–' },
          {
            title: texts.status,
            cell: ({ status }) => <StatusBadge tone={toneOf(status)}>{statuses[status] ?? status}</StatusBadge>,
          },
          {
            title: texts.amount,
            kind: 'amount',
            sort: 'amount',
            cell: (payment) => <Amount cents={payment.amountCents} why={whyOf(payment)} of={payment.beneficiaryName} />,
          },
          {
            title: texts.recovered,
            kind: 'amount',
            cell: ({ recoveredCents }) => <Amount cents={recoveredCents} />,
          },
        ]}
      />
      <Pagination path="/payments" query={query} next={payments.page.next} />
      <TableDownloads address={(format) => withQuery('/exports/payments', { ...filters, format })} />
    </>
  );
}

function whyOf({ grantId, paymentId }: ListedPaymentAnswer): string {
  return `/grants/${grantId}/payments/${paymentId}`;
}
