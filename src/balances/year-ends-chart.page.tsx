/** How much of each exercice is paid in December and in the complementary period. */

import { Amount } from '../console/amount.js';
import { percentOf } from '../console/axis.js';
import { Chart } from '../console/chart.js';
import { RowBar } from '../console/chart-row.js';
import { pageOf } from '../console/links.js';
import { useLanguage, useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import type { MonthsAnswer } from './show-months.js';

const TEXTS = {
  fr: {
    title: 'La pointe de fin d’année',
    note: 'La part de ce qui est versé au titre de l’exercice en décembre, puis en janvier suivant (journée complémentaire). La barre entière est l’exercice.',
    exercice: 'Exercice',
    paid: 'Versé',
    december: 'En décembre',
    complementary: 'Journée complémentaire',
    part: 'Part',
    bar: 'Part de l’exercice',
    empty: 'Aucun versement pour ce choix : retirez un filtre.',
  },
  en: {
    title: 'The year-end peak',
    note: 'How much of what is paid for the exercice is paid in December, then in the January after (complementary period). The whole bar is the exercice.',
    exercice: 'Exercice',
    paid: 'Paid',
    december: 'In December',
    complementary: 'Complementary period',
    part: 'Part',
    bar: 'Part of the exercice',
    empty: 'No payment for this choice: remove a filter.',
  },
};

export function YearEndsChart({ months }: { readonly months: MonthsAnswer }) {
  const texts = useTexts(TEXTS);
  const language = useLanguage();
  return (
    <Chart id="year-ends" title={texts.title} note={texts.note} names={[texts.december, texts.complementary]}>
      <DataTable
        caption={texts.title}
        captionHidden
        rows={months.exercices}
        empty={texts.empty}
        columns={[
          { title: texts.exercice, kind: 'head', cell: ({ exercice }) => exercice },
          {
            title: texts.bar,
            kind: 'bar',
            cell: ({ disbursedCents, decemberCents, complementaryCents }) => (
              <RowBar
                axis={{ leastCents: 0, mostCents: Math.max(disbursedCents, 1) }}
                parts={[decemberCents, complementaryCents]}
              />
            ),
          },
          {
            title: texts.part,
            kind: 'number',
            cell: ({ yearEndThousandths }) =>
              yearEndThousandths === null ? '–' : percentOf(yearEndThousandths, language),
          },
          {
            title: texts.december,
            kind: 'amount',
            cell: ({ exercice, decemberCents, decemberWhyLink }) => (
              <Amount cents={decemberCents} why={pageOf(decemberWhyLink)} of={`${texts.december} ${exercice}`} />
            ),
          },
          {
            title: texts.complementary,
            kind: 'amount',
            cell: ({ exercice, complementaryCents, complementaryWhyLink }) => (
              <Amount
                cents={complementaryCents}
                why={pageOf(complementaryWhyLink)}
                of={`${texts.complementary} ${exercice}`}
              />
            ),
          },
          {
            title: texts.paid,
            kind: 'amount',
            cell: ({ exercice, disbursedCents, whyLink }) => (
              <Amount cents={disbursedCents} why={pageOf(whyLink)} of={`${texts.paid} ${exercice}`} />
            ),
          },
        ]}
      />
    </Chart>
  );
}
