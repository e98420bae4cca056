/** A funding call: what it asks of each funder and what settled it, reconciled, and its lines; printed as it is sent (R21). */

import { Amount } from '../console/amount.js';
import { StatusBadge } from '../console/badge.js';
import { Day } from '../console/day.js';
import { Facts } from '../console/facts.js';
import { pageOf, withQuery, type Query } from '../console/links.js';
import { nameOf, type Names } from '../console/names.js';
import { Pagination } from '../console/pagination.js';
import { useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import { CallLines } from './call-lines.page.js';
import { useMaySettle } from './frame.page.js';
import type { PaymentStatementAnswer, ReconciledFunderAnswer } from './show-funding-call.js';

interface FundingCallPageProps {
  readonly statement: PaymentStatementAnswer;
  readonly names: Names;
  readonly query: Query;
}

export const fundingCallTexts = {
  fr: {
    title: 'Appel de fonds n°',
    statement: 'État récapitulatif des versements',
    scheme: 'Dispositif',
    exercice: 'Exercice',
    payer: 'Émis par',
    issuedOn: 'Le',
    id: 'Identifiant',
    lines: 'Lignes',
    total: 'Total versé, net de ce qui est revenu',
    settled: 'Soldé',
    open: 'Reste dû',
    asked: 'Ce qui est appelé et ce qui l’a réglé',
    askedHint: 'Quote-part − avoir déduit + avoir reporté = appelé. Appelé − versé − imputé = reste dû.',
    funder: 'Collectivité',
    shares: 'Quote-part des lignes',
    forward: 'Avoir déduit',
    carried: 'Avoir reporté',
    called: 'Appelé',
    contributed: 'Versé',
    credited: 'Imputé',
    owed: 'Reste dû',
    agrees: 'Concordance',
    yes: '✓ Oui',
    no: '✗ Non',
    csv: 'Télécharger l’état (CSV)',
    pdf: 'Appel de fonds (PDF)',
    pay: 'Enregistrer la contribution de',
    acts: 'Suites de l’appel',
  },
  en: {
    title: 'Funding call no.',
    statement: 'Payment statement',
    scheme: 'Scheme',
    exercice: 'Exercice',
    payer: 'Issued by',
    issuedOn: 'On',
    id: 'Id',
    lines: 'Lines',
    total: 'Total paid, net of what came back',
    settled: 'Settled',
    open: 'Still owed',
    asked: 'What is called and what settled it',
    askedHint: 'Share − credit taken off + credit left = called. Called − paid − credited = still owed.',
    funder: 'Funder',
    shares: 'Share of the lines',
    forward: 'Credit taken off',
    carried: 'Credit left',
    called: 'Called',
    contributed: 'Paid',
    credited: 'Credited',
    owed: 'Still owed',
    agrees: 'Agreement',
    yes: '✓ Yes',
    no: '✗ No',
    csv: 'Download the statement (CSV)',
    pdf: 'Funding call (PDF)',
    pay: 'Record the contribution of',
    acts: 'What follows the call',
  },
};

export function FundingCallPage({ statement, names, query }: FundingCallPageProps) {
  const texts = useTexts(fundingCallTexts);
  const maySettle = useMaySettle();
  const { callId, schemeId, exercice, payer, number, reconciliation } = statement;
  const debtors = reconciliation.filter(({ stillOwedCents }) => stillOwedCents > 0);
  return (
    <>
      <h1>
        {texts.title} {number}{' '}
        <StatusBadge tone={debtors.length === 0 ? 'good' : 'waiting'}>
          {debtors.length === 0 ? texts.settled : texts.open}
        </StatusBadge>
      </h1>
      <p class="lead">{texts.statement}</p>
      <Facts
        facts={[
          [texts.scheme, nameOf(names.schemes, schemeId)],
          [texts.exercice, exercice],
          [texts.payer, nameOf(names.funders, payer)],
          [texts.issuedOn, <Day on={statement.issuedOn} />],
          [texts.total, <Amount cents={statement.totalCents} />],
          [texts.id, <code>{callId}</code>],
        ]}
      />
      <nav class="actions" aria-label={texts.acts}>
        {maySettle &&
          debtors.map(({ funderId, stillOwedCents }) => (
            <a
              class="button quiet"
              href={withQuery('/settlement/contributions/new', {
                callId,
                schemeId,
                exercice,
                from: funderId,
                to: payer,
                amountCents: stillOwedCents,
              })}
            >
              {texts.pay} {nameOf(names.funders, funderId)}
            </a>
          ))}
        <a class="button quiet" href={`/exports/funding-calls/${callId}`}>
          {texts.pdf}
        </a>
        <a class="button quiet" href={`/settlement/calls/${callId}/csv`}>
          {texts.csv}
        </a>
      </nav>
      <h2>{texts.asked}</h2>
      <p class="hint">{texts.askedHint}</p>
      <Reconciled rows={reconciliation} names={names} />
      <h2>
        {texts.lines} ({statement.lineCount})
      </h2>
      <CallLines lines={statement.data} names={names} caption={texts.lines} />
      <Pagination path={`/settlement/calls/${callId}`} query={query} next={statement.page.next} />
    </>
  );
}

function Reconciled({ rows, names }: { readonly rows: readonly ReconciledFunderAnswer[]; readonly names: Names }) {
  const texts = useTexts(fundingCallTexts);
  return (
    <DataTable
      caption={texts.asked}
      captionHidden
      rows={rows}
      columns={[
        { title: texts.funder, kind: 'head', cell: ({ funderId }) => nameOf(names.funders, funderId) },
        { title: texts.shares, kind: 'amount', cell: ({ sharesCents }) => <Amount cents={sharesCents} /> },
        {
          title: texts.forward,
          kind: 'amount',
          cell: ({ broughtForwardCents }) => <Amount cents={broughtForwardCents} />,
        },
        {
          title: texts.carried,
          kind: 'amount',
          cell: ({ carriedForwardCents }) => <Amount cents={carriedForwardCents} />,
        },
        { title: texts.called, kind: 'amount', cell: ({ calledCents }) => <Amount cents={calledCents} /> },
        {
          title: texts.contributed,
          kind: 'amount',
          cell: ({ contributedCents, whyContributed, funderId }) => (
            <Amount
              cents={contributedCents}
              why={pageOf(whyContributed)}
              of={`${texts.contributed}, ${nameOf(names.funders, funderId)}`}
            />
          ),
        },
        { title: texts.credited, kind: 'amount', cell: ({ creditedCents }) => <Amount cents={creditedCents} /> },
        { title: texts.owed, kind: 'amount', cell: ({ stillOwedCents }) => <Amount cents={stillOwedCents} /> },
        {
          title: texts.agrees,
          cell: ({ agrees }) => (
            <StatusBadge tone={agrees ? 'good' : 'bad'}>{agrees ? texts.yes : texts.no}</StatusBadge>
          ),
        },
      ]}
    />
  );
}
