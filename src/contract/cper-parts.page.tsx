/** Why the CPER counts so much of a contract: the notes that add up to it. */

import { Amount } from '../console/amount.js';
import { Day } from '../console/day.js';
import type { PageQuery } from '../console/page-query.js';
import { Pagination } from '../console/pagination.js';
import { useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import type { CperPartsAnswer } from './show-cper-parts.js';

export interface CperPartsPageProps {
  readonly contractId: string;
  readonly parts: CperPartsAnswer;
  readonly query: PageQuery;
}

export const cperPartsTexts = {
  fr: {
    title: 'Ce que le CPER compte',
    colon: ' :',
    events: 'Les événements qui composent le montant',
    day: 'Jour',
    event: 'Événement',
    grant: 'Dossier',
    explanation: 'Explication',
    part: 'Part',
    zero: 'Aucun événement : le montant est nul.',
  },
  en: {
    title: 'What the CPER counts',
    colon: ':',
    events: 'The events that make the figure',
    day: 'Day',
    event: 'Event',
    grant: 'Grant',
    explanation: 'Explanation',
    part: 'Part',
    zero: 'No event: the figure is zero.',
  },
};

export function CperPartsPage({ contractId, parts, query }: CperPartsPageProps) {
  const texts = useTexts(cperPartsTexts);
  return (
    <>
      <h1>
        {texts.title}
        {texts.colon} <Amount cents={parts.figureCents} />
      </h1>
      <DataTable
        caption={texts.events}
        rows={parts.data}
        empty={texts.zero}
        columns={[
          { title: texts.day, cell: ({ on }) => <Day on={on} /> },
          { title: texts.event, cell: ({ label }) => label },
          { title: texts.grant, cell: ({ grantId }) => <a href={`/grants/${grantId}`}>{grantId}</a> },
          { title: texts.explanation, kind: 'words', cell: ({ explanation }) => explanation },
          { title: texts.part, kind: 'amount', cell: ({ amountCents }) => <Amount cents={amountCents} /> },
        ]}
      />
      <Pagination path={`/contracts/${contractId}/cper-parts`} query={query} next={parts.page.next} />
    </>
  );
}
