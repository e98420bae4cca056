/** The sheet of a grant: the agreement, who bears what of it, the sums already paid with their shares, and its history. */

import { Amount } from '../console/amount.js';
import { StatusBadge } from '../console/badge.js';
import { Day, Instant } from '../console/day.js';
import { Downloads } from '../console/downloads.js';
import { Facts } from '../console/facts.js';
import { nameOf, type Names } from '../console/names.js';
import { useTexts, useVisitor } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import { Tile, Tiles } from '../console/tile.js';
import { grantStatuses, instalments, paymentStatuses, proposalStatuses, toneOf, wordOf } from './grant-words.js';
import type { ShownGrantAnswer, ShownPaymentAnswer } from './show-grant.js';

/** One event of the grant's stream, in words. */
export interface Happened {
  readonly revision: number;
  readonly label: string;
  readonly recordedAt: string;
  readonly by: string;
}

export interface GrantPageProps {
  readonly grant: ShownGrantAnswer;
  readonly names: Names;
  readonly history: readonly Happened[];
}

export const grantTexts = {
  fr: {
    title: 'Dossier',
    granted: 'Accordé',
    paid: 'Versé, net',
    remaining: 'Reste à verser',
    agreement: 'Convention',
    signedOn: 'signée le',
    period: 'Période',
    scheme: 'Dispositif',
    instructedBy: 'Collectivité instructrice',
    key: 'Clé de répartition',
    version: 'version',
    commune: 'Commune',
    pay: 'Enregistrer un versement',
    more: 'Autres actes',
    acts: {
      amendments: 'Avenant',
      suspension: 'Suspendre',
      resumption: 'Reprendre',
      cancellation: 'Annuler',
      closing: 'Clore',
      'instruction-transfers': 'Transférer l’instruction',
    },
    shares: 'Quotes-parts prévues et supportées',
    funder: 'Collectivité',
    planned: 'Prévu',
    borne: 'Supporté à ce jour',
    left: 'Reste',
    payments: 'État des sommes déjà versées',
    statement: 'État des paiements (PDF)',
    noPayment: 'Aucun versement. Le premier peut être enregistré dès que la convention a pris effet.',
    paidOn: 'Versé le',
    kind: 'Nature',
    order: 'Mandat',
    status: 'État',
    amount: 'Montant',
    recovered: 'Reversé',
    sum: 'Cumul net',
    total: 'Total',
    waiting: 'Versements soumis à une autre personne',
    proposedBy: 'Proposé par',
    history: 'Historique',
    event: 'Événement',
    at: 'Enregistré le',
    by: 'Par',
  },
  en: {
    title: 'Grant',
    granted: 'Granted',
    paid: 'Paid, net',
    remaining: 'Still to pay',
    agreement: 'Agreement',
    signedOn: 'signed on',
    period: 'Period',
    scheme: 'Scheme',
    instructedBy: 'Instructing authority',
    key: 'Split key',
    version: 'version',
    commune: 'Commune',
    pay: 'Record a payment',
    more: 'Other acts',
    acts: {
      amendments: 'Amend',
      suspension: 'Suspend',
      resumption: 'Resume',
      cancellation: 'Cancel',
      closing: 'Close',
      'instruction-transfers': 'Transfer the file',
    },
    shares: 'Shares planned and borne',
    funder: 'Funder',
    planned: 'Planned',
    borne: 'Borne so far',
    left: 'Left',
    payments: 'Statement of the sums already paid',
    statement: 'Payment statement (PDF)',
    noPayment: 'No payment yet. The first can be recorded as soon as the agreement has taken effect.',
    paidOn: 'Paid on',
    kind: 'Kind',
    order: 'Payment order',
    status: 'Status',
    amount: 'Amount',
    recovered: 'Recovered',
    sum: 'Net so far',
    total: 'Total',
    waiting: 'Payments put to somebody else',
    proposedBy: 'Proposed by',
    history: 'History',
    event: 'Event',
    at: 'Recorded on',
    by: 'By',
  },
};

export type Act = keyof (typeof grantTexts)['fr']['acts'];

/** What may still be done with a grant. */
const ACTS: Readonly<Record<string, readonly Act[]>> = {
  active: ['amendments', 'suspension', 'instruction-transfers', 'closing', 'cancellation'],
  suspended: ['resumption', 'instruction-transfers', 'closing', 'cancellation'],
};

export function GrantPage({ grant, names, history }: GrantPageProps) {
  const texts = useTexts(grantTexts);
  const statuses = useTexts(grantStatuses);
  const { beneficiary, agreement, period, grantId } = grant;
  return (
    <>
      <h1>
        {beneficiary.name} <StatusBadge tone={toneOf(grant.status)}>{wordOf(statuses, grant.status)}</StatusBadge>
      </h1>
      <p class="lead">
        {texts.title} <code>{grantId}</code>
      </p>
      <Tiles>
        <Tile name={texts.granted} figure={<Amount cents={grant.amountCents} />} />
        <Tile name={texts.paid} figure={<Amount cents={grant.netPaidCents} />} />
        <Tile name={texts.remaining} figure={<Amount cents={grant.remainingCents} />} />
      </Tiles>
      <Acts grant={grant} />
      <Facts
        facts={[
          [
            texts.agreement,
            <>
              {agreement.number}, {texts.signedOn} <Day on={agreement.signedOn} />
            </>,
          ],
          [
            texts.period,
            <>
              <Day on={period.from} /> – <Day on={period.to} />
            </>,
          ],
          [texts.scheme, nameOf(names.schemes, grant.schemeId)],
          [texts.instructedBy, nameOf(names.funders, grant.instructedBy)],
          [texts.key, `${texts.version} ${grant.keyVersion}`],
          ...(beneficiary.siret === undefined ? [] : [['SIRET', beneficiary.siret] as const]),
          ...(beneficiary.rna === undefined ? [] : [['RNA', beneficiary.rna] as const]),
          ...(beneficiary.commune === undefined ? [] : [[texts.commune, beneficiary.commune] as const]),
        ]}
      />
      <Shares grant={grant} names={names} />
      <Payments grant={grant} names={names} />
      <Downloads links={[{ href: `/exports/grants/${grantId}`, text: texts.statement }]} />
      <Proposals grant={grant} />
      <h2>{texts.history}</h2>
      <DataTable
        caption={texts.history}
        captionHidden
        rows={history}
        columns={[
          { title: '№', kind: 'number', cell: ({ revision }) => revision },
          { title: texts.event, kind: 'head', cell: ({ label }) => label },
          { title: texts.at, cell: ({ recordedAt }) => <Instant at={recordedAt} /> },
          { title: texts.by, cell: ({ by }) => by },
        ]}
      />
    </>
  );
}

function Acts({ grant }: { readonly grant: ShownGrantAnswer }) {
  const texts = useTexts(grantTexts);
  const { person } = useVisitor();
  const acts = ACTS[grant.status] ?? [];
  if ((person?.role !== 'officer' && person?.role !== 'admin') || acts.length === 0) return null;
  // whoever pays records the payment; what is done with the file is for its own authority to record (0029)
  const isOwn = person.role === 'admin' || person.funderId === grant.instructedBy;
  return (
    <nav class="actions" aria-label={texts.more}>
      {grant.status === 'active' && (
        <a class="button" href={`/grants/${grant.grantId}/payments/new`}>
          {texts.pay}
        </a>
      )}
      {(isOwn ? acts : []).map((act) => (
        <a class="button quiet" href={`/grants/${grant.grantId}/${act}`}>
          {texts.acts[act]}
        </a>
      ))}
    </nav>
  );
}

function Shares({ grant, names }: Pick<GrantPageProps, 'grant' | 'names'>) {
  const texts = useTexts(grantTexts);
  const counting = grant.payments.filter(({ status }) => status === 'paid');
  const borne = (funderId: string) =>
    sum(counting.flatMap(({ remainingShares }) => remainingShares.filter((share) => share.funderId === funderId)));
  return (
    <>
      <h2>{texts.shares}</h2>
      <DataTable
        caption={texts.shares}
        captionHidden
        rows={grant.plannedShares}
        columns={[
          { title: texts.funder, kind: 'head', cell: ({ funderId }) => nameOf(names.funders, funderId) },
          { title: texts.planned, kind: 'amount', cell: ({ amountCents }) => <Amount cents={amountCents} /> },
          { title: texts.borne, kind: 'amount', cell: ({ funderId }) => <Amount cents={borne(funderId)} /> },
          {
            title: texts.left,
            kind: 'amount',
            cell: ({ funderId, amountCents }) => <Amount cents={amountCents - borne(funderId)} />,
          },
        ]}
      />
    </>
  );
}

function Payments({ grant, names }: Pick<GrantPageProps, 'grant' | 'names'>) {
  const texts = useTexts(grantTexts);
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
      <h2>{texts.payments}</h2>
      <DataTable
        caption={texts.payments}
        captionHidden
        rows={rows}
        empty={texts.noPayment}
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
          { title: texts.kind, cell: ({ payment }) => wordOf(kinds, payment.instalment) },
          { title: texts.order, cell: ({ payment }) => payment.orderNumber ?? '–' },
          {
            title: texts.status,
            cell: ({ payment: { status } }) => (
              <StatusBadge tone={toneOf(status)}>{wordOf(statuses, status)}</StatusBadge>
            ),
          },
          {
            title: texts.amount,
            kind: 'amount',
            cell: ({ payment }) => <Amount cents={payment.amountCents} why={why(payment)} />,
          },
          ...grant.plannedShares.map(({ funderId }) => ({
            title: nameOf(names.funders, funderId),
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
    </>
  );
}

function Proposals({ grant: { proposals } }: Pick<GrantPageProps, 'grant'>) {
  const texts = useTexts(grantTexts);
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
          { title: texts.proposedBy, cell: ({ proposedBy }) => proposedBy },
          {
            title: texts.status,
            cell: ({ status }) => (
              <a href={`/approvals?status=${status}`}>
                <StatusBadge tone={toneOf(status)}>{wordOf(statuses, status)}</StatusBadge>
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
