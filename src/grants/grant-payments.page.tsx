/** The sums already paid on a grant with their shares, and the payments that wait for somebody else. */

import { Amount } from '../console/amount.js';
import { StatusBadge } from '../console/badge.js';
import { Day } from '../console/day.js';
import { Downloads } from '../console/downloads.js';
import { actorName, nameOf, type Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import { instalments, paymentStatuses, proposalStatuses, toneOf } from './grant-words.js';
import type { ShownGrantAnswer, ShownPaymentAnswer } from './show-grant.js';

interface GrantPaymentsProps {
  readonly grant: ShownGrantAnswer;
  readonly names: Names;
}

const TEXTS = {
  fr: {
    title: 'État des sommes déjà versées',
    statement: 'État des paiements (PDF)',
    none: 'Aucun versement. Le premier peut être enregistré dès que la convention a pris effet.',
    paidOn: 'Versé le',
    kind: 'Nature',
    order: 'Mandat',
    status: 'État',
    amount: 'Montant',
    shares: 'Quotes-parts',
    recovered: 'Reversé',
    sum: 'Cumul net',
    waiting: 'Versements soumis à une autre personne',
    proposedBy: 'Proposé par',
  },
  en: {
    title: 'Statement of the sums already paid',
    statement: 'Payment statement (PDF)',
    none: 'No payment yet. The first can be recorded as soon as the agreement has taken effect.',
    paidOn: 'Paid on',
    kind: 'Kind',
    order: 'Payment order',
    status: 'Status',
    amount: 'Amount',
    shares: 'Shares',
    recovered: 'Recovered',
    sum: 'Net so far',
    waiting: 'Payments put to somebody else',
    proposedBy: 'Proposed by',
  },
};

export function GrantPayments({ grant, names }: GrantPaymentsProps) {
  const texts = useTexts(TEXTS);
  const kinds = useTexts(instalments);
  const statuses = useTexts(paymentStatuses);
  let soFar = 0;
  const rows = grant.payments.map((payment) => {
    soFar += sum(payment.status === 'paid' ? payment.remainingShares : []);
    return { payment, soFar };
  });
  const why = ({ paymentId }: ShownPaymentAnswer) => `/grants/${grant.grantId}/payments/${paymentId}`;
  return (
    <>
      <h2>{texts.title}</h2>
      <DataTable
        caption={texts.title}
        captionHidden
        rows={rows}
        empty={texts.none}
        columns={[
          {
            title: texts.paidOn,
            kind: 'head',
            cell: ({ payment }) => (
              <a href={why(payment)}>
                <Day on={payment.paidOn} />
              </a>
            ),
          },
          { title: texts.kind, cell: ({ payment }) => kinds[payment.instalment] ?? payment.instalment },
          { title: texts.order, kind: 'id', cell: ({ payment }) => payment.orderNumber ?? '–' },
          {
            title: texts.status,
            cell: ({ payment: { status } }) => (
              <StatusBadge tone={toneOf(status)}>{statuses[status] ?? status}</StatusBadge>
            ),
          },
          {
            title: texts.amount,
            kind: 'amount',
            cell: ({ payment }) => <Amount cents={payment.amountCents} why={why(payment)} />,
          },
          ...grant.plannedShares.map(({ funderId }) => ({
            title: nameOf(names.funders, funderId),
            over: texts.shares,
            kind: 'amount' as const,
            cell: ({ payment }: (typeof rows)[number]) => (
              <Amount cents={sum(payment.shares.filter((share) => share.funderId === funderId))} />
            ),
          })),
          {
            title: texts.recovered,
            kind: 'amount',
            cell: ({ payment }) => <Amount cents={payment.recoveredCents} />,
          },
          { title: texts.sum, kind: 'amount', cell: (row) => <Amount cents={row.soFar} /> },
        ]}
      />
      <Downloads links={[{ href: `/exports/grants/${grant.grantId}`, text: texts.statement }]} />
    </>
  );
}

export function GrantProposals({ grant: { proposals }, names }: GrantPaymentsProps) {
  const texts = useTexts(TEXTS);
  const statuses = useTexts(proposalStatuses);
  if (proposals.length === 0) return null;
  return (
    <>
      <h2>{texts.waiting}</h2>
      <DataTable
        caption={texts.waiting}
        captionHidden
        rows={proposals}
        columns={[
          { title: texts.paidOn, kind: 'head', cell: ({ paidOn }) => <Day on={paidOn} /> },
          { title: texts.amount, kind: 'amount', cell: ({ amountCents }) => <Amount cents={amountCents} /> },
          { title: texts.proposedBy, cell: ({ proposedBy }) => actorName(names.funders, proposedBy) },
          {
            title: texts.status,
            cell: ({ status }) => (
              <a href={`/approvals?status=${status}`}>
                <StatusBadge tone={toneOf(status)}>{statuses[status] ?? status}</StatusBadge>
              </a>
            ),
          },
        ]}
      />
    </>
  );
}

function sum(shares: readonly { readonly amountCents: number }[]): number {
  return shares.reduce((total, { amountCents }) => total + amountCents, 0);
}
