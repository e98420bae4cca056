/** Why a figure is what it is: the events that add up to it, each with its reason to the cent. */

import { Amount } from '../console/amount.js';
import { Day } from '../console/day.js';
import { Facts } from '../console/facts.js';
import type { Query } from '../console/links.js';
import { Pagination } from '../console/pagination.js';
import { useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import type { WhyAnswer } from './explain-figure.js';
import { figureNames, type Figure } from './figure-names.js';

export interface FigurePageProps {
  readonly why: WhyAnswer;
  readonly figure: Figure;
  readonly query: Query;
  readonly funderName: string | undefined;
  readonly schemeName: string | undefined;
}

export const figureTexts = {
  fr: {
    title: 'Pourquoi ce montant',
    balances: 'Soldes',
    colon: ' :',
    all: 'Toutes',
    allSchemes: 'Tous',
    until: 'Jusqu’à',
    funder: 'Collectivité',
    scheme: 'Dispositif',
    exercice: 'Exercice',
    from: 'Du',
    asOf: 'Au',
    amount: 'Le montant',
    events: 'Les événements qui le composent',
    day: 'Jour',
    event: 'Événement',
    file: 'Flux',
    explanation: 'Explication',
    part: 'Part',
    zero: 'Aucun événement : le montant est nul.',
  },
  en: {
    title: 'Why this figure',
    balances: 'Balances',
    colon: ':',
    all: 'All',
    allSchemes: 'All',
    until: 'Until',
    funder: 'Funder',
    scheme: 'Scheme',
    exercice: 'Exercice',
    from: 'From',
    asOf: 'As of',
    amount: 'The figure',
    events: 'The events that make it',
    day: 'Day',
    event: 'Event',
    file: 'Stream',
    explanation: 'Explanation',
    part: 'Part',
    zero: 'No event: the figure is zero.',
  },
};

export function FigurePage({ why, figure, query, funderName, schemeName }: FigurePageProps) {
  const texts = useTexts(figureTexts);
  const names = useTexts(figureNames);
  const asOf = query['asOf'] ?? query['to'];
  const last = query['untilExercice'];
  const until = last === undefined ? undefined : `${texts.until} ${last}`;
  return (
    <>
      <h1>
        {names[figure]}
        {texts.colon} <Amount cents={why.figureCents} />
      </h1>
      <Facts
        facts={[
          [texts.funder, funderName ?? texts.all],
          [texts.scheme, schemeName ?? texts.allSchemes],
          [texts.exercice, query['exercice'] ?? until ?? texts.allSchemes],
          ...(query['from'] === undefined ? [] : [[texts.from, <Day on={String(query['from'])} />] as const]),
          ...(asOf === undefined ? [] : [[texts.asOf, <Day on={String(asOf)} />] as const]),
        ]}
      />
      <DataTable
        caption={texts.events}
        rows={why.data}
        empty={texts.zero}
        columns={[
          { title: texts.day, cell: ({ on }) => <Day on={on} /> },
          { title: texts.event, cell: ({ label }) => label },
          { title: texts.file, cell: ({ stream, paymentId }) => <code>{paymentId ?? stream}</code> },
          { title: texts.explanation, kind: 'words', cell: ({ explanation }) => explanation },
          { title: texts.part, kind: 'amount', cell: ({ amountCents }) => <Amount cents={amountCents} /> },
        ]}
      />
      <Pagination path="/balances/why" query={query} next={why.page.next} />
    </>
  );
}
