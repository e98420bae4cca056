/** What was noticed between two meetings, newest first: doubles paid with a reason, passed ceilings, reversals, transfers. */

import { Amount } from '../console/amount.js';
import { Day } from '../console/day.js';
import type { Query } from '../console/links.js';
import { nameOf, type Names } from '../console/names.js';
import { Pagination } from '../console/pagination.js';
import { useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import { notedNames } from './report-words.js';
import type { NotedPageAnswer } from './show-noted.js';

interface NotedPageProps {
  readonly noted: NotedPageAnswer;
  readonly names: Names;
  readonly query: Query;
}

export const notedTexts = {
  fr: {
    title: 'Doublons et corrections',
    on: 'Le',
    kind: 'Fait',
    scheme: 'Dispositif',
    grant: 'Dossier ou versement',
    reason: 'Motif',
    amount: 'Montant',
    empty: 'Rien n’a été relevé entre les deux réunions.',
  },
  en: {
    title: 'Doubles and corrections',
    on: 'On',
    kind: 'Fact',
    scheme: 'Scheme',
    grant: 'Grant or payment',
    reason: 'Reason',
    amount: 'Amount',
    empty: 'Nothing was noticed between the two meetings.',
  },
};

export function NotedPage({ noted, names, query }: NotedPageProps) {
  const texts = useTexts(notedTexts);
  const kinds = useTexts(notedNames);
  return (
    <>
      <h1>{texts.title}</h1>
      <DataTable
        caption={texts.title}
        captionHidden
        rows={noted.data}
        empty={texts.empty}
        columns={[
          { title: texts.on, cell: ({ on }) => <Day on={on} /> },
          { title: texts.kind, kind: 'head', cell: ({ kind }) => kinds[kind] ?? kind },
          { title: texts.scheme, cell: ({ schemeId }) => nameOf(names.schemes, schemeId) },
          {
            title: texts.grant,
            cell: ({ grantId, paymentId, kind }) =>
              // a payment that was refused was never recorded
              paymentId === null || kind === 'proposal-refused' ? (
                <a class="id" href={`/grants/${grantId}`}>
                  {grantId}
                </a>
              ) : (
                <a class="id" href={`/grants/${grantId}/payments/${paymentId}`}>
                  {paymentId}
                </a>
              ),
          },
          { title: texts.reason, kind: 'words', cell: ({ reason }) => reason ?? '–' },
          {
            title: texts.amount,
            kind: 'amount',
            cell: ({ amountCents }) => (amountCents === null ? '–' : <Amount cents={amountCents} />),
          },
        ]}
      />
      <Pagination path="/reports/dgs/noted" query={query} next={noted.page.next} />
    </>
  );
}
