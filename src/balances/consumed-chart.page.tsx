/** What of a framework contract's envelope and of each axis is granted and paid. */

import { Amount } from '../console/amount.js';
import { Chart } from '../console/chart.js';
import { RowBar } from '../console/chart-row.js';
import { PartOf } from '../console/part-of.js';
import { pageOf } from '../console/links.js';
import { useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';

/** As the API tells of it. */
interface Consumed {
  readonly plannedCents: number | null;
  readonly countedCents: number;
  readonly paidCents: number;
  readonly paidWhyLink: string;
}

export interface DrawnContract {
  readonly contractId: string;
  readonly name: string;
  readonly envelope: Consumed;
  readonly axes: readonly (Consumed & { readonly axisId: string; readonly name: string })[];
}

const TEXTS = {
  fr: {
    title: 'Enveloppe et axes consommés',
    note: 'Ce qui est versé de ce qui est prévu sur toute la période ; le trait marque 100 %.',
    what: 'Enveloppe ou axe',
    envelope: 'Enveloppe',
    bar: 'Versé du prévu',
    part: 'Part',
    paid: 'Versé',
    planned: 'Prévu',
    more: 'Le contrat en détail',
  },
  en: {
    title: 'Envelope and axes consumed',
    note: 'What is paid of what is planned over the whole period; the line marks 100%.',
    what: 'Envelope or axis',
    envelope: 'Envelope',
    bar: 'Paid of planned',
    part: 'Part',
    paid: 'Paid',
    planned: 'Planned',
    more: 'The contract in detail',
  },
};

export function ConsumedChart({ contract }: { readonly contract: DrawnContract }) {
  const texts = useTexts(TEXTS);
  const { contractId, envelope, axes } = contract;
  const title = `${texts.title} · ${contract.name}`;
  return (
    <Chart
      id={`consumed-${contractId}`}
      title={title}
      note={
        <>
          {texts.note} <a href={`/contracts/${contractId}`}>{texts.more}</a>
        </>
      }
    >
      <DataTable
        caption={title}
        captionHidden
        rows={[{ ...envelope, name: texts.envelope }, ...axes]}
        columns={[
          { title: texts.what, kind: 'head', cell: ({ name }) => name },
          {
            title: texts.bar,
            kind: 'bar',
            cell: ({ plannedCents, paidCents }) => <RowBar {...barOf(plannedCents ?? 0, paidCents)} />,
          },
          {
            title: texts.part,
            kind: 'number',
            cell: ({ plannedCents, paidCents }) => <PartOf part={paidCents} whole={plannedCents} />,
          },
          {
            title: texts.paid,
            kind: 'amount',
            cell: ({ paidCents, paidWhyLink, name }) => (
              <Amount cents={paidCents} why={pageOf(paidWhyLink)} of={`${texts.paid}, ${name}`} />
            ),
          },
          {
            title: texts.planned,
            kind: 'amount',
            cell: ({ plannedCents }) => (plannedCents === null ? '–' : <Amount cents={plannedCents} />),
          },
        ]}
      />
    </Chart>
  );
}

function barOf(plannedCents: number, paidCents: number) {
  const mostCents = Math.max(plannedCents, paidCents, 1);
  return { axis: { leastCents: 0, mostCents }, parts: [paidCents], markCents: plannedCents };
}
