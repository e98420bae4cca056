/** What is consumed of a framework contract: per funder, per axis and funder, per sub-contract. */

import { Amount } from '../console/amount.js';
import { Chart } from '../console/chart.js';
import { RowBar } from '../console/chart-row.js';
import { pageOf } from '../console/links.js';
import { nameOf } from '../console/names.js';
import { PartOf } from '../console/part-of.js';
import { useTexts } from '../console/reading.js';
import { DataTable, type Column } from '../console/table.js';
import type { ContractPageProps } from './contract-shown-page.js';
import type { ConsumptionFiguresAnswer } from './show-consumption.js';

const TEXTS = {
  fr: {
    funders: 'Consommé par collectivité',
    axes: 'Consommé par axe et par collectivité',
    subContracts: 'Sous-contrats',
    note: 'Compté : accordé, moins ce que le CPER compte. Les barres montrent ce qui est versé, puis ce qui est compté et reste à verser ; le trait marque 100 % du prévu.',
    subNote: 'Ce sont des parties de leur axe : elles ne s’y ajoutent pas.',
    funder: 'Collectivité',
    axis: 'Axe',
    subContract: 'Sous-contrat',
    envelope: 'Enveloppe',
    gap: 'Écart d’arrondi des axes :',
    paidOf: 'Versé, puis compté',
    part: 'Compté',
    planned: 'Prévu',
    granted: 'Accordé',
    cper: 'Dont CPER',
    counted: 'Compté',
    paid: 'Versé',
    remaining: 'Reste',
    series: ['Versé', 'Compté, reste à verser'],
  },
  en: {
    funders: 'Consumed per funder',
    axes: 'Consumed per axis and funder',
    subContracts: 'Sub-contracts',
    note: 'Counted: granted, less what the CPER counts. The bars show what is paid, then what is counted and still to be paid; the line marks 100% of what is planned.',
    subNote: 'They are parts of their axis, not beside it.',
    funder: 'Funder',
    axis: 'Axis',
    subContract: 'Sub-contract',
    envelope: 'Envelope',
    gap: 'Rounding gap of the axes:',
    paidOf: 'Paid, then counted',
    part: 'Counted',
    planned: 'Planned',
    granted: 'Granted',
    cper: 'Of it CPER',
    counted: 'Counted',
    paid: 'Paid',
    remaining: 'Left',
    series: ['Paid', 'Counted, still to be paid'],
  },
};

/** A row of any of these tables. */
interface Line extends ConsumptionFiguresAnswer {
  readonly name: string;
  readonly group?: string;
}

export function FundersConsumption({ consumption, names }: ContractPageProps) {
  const texts = useTexts(TEXTS);
  const rows = consumption.funders.map((each): Line => ({ ...each, name: nameOf(names.funders, each.funderId) }));
  return (
    <Chart id="funders" title={texts.funders} note={texts.note} names={texts.series}>
      <DataTable
        caption={texts.funders}
        captionHidden
        columns={useColumns(texts.funder)}
        rows={rows}
        total={{ ...consumption.envelope, name: texts.envelope }}
      />
    </Chart>
  );
}

export function AxesConsumption({ consumption, names }: ContractPageProps) {
  const texts = useTexts(TEXTS);
  const { axes, axesGap } = consumption;
  const rows = axes.flatMap(({ funders, ...axis }): Line[] => [
    { ...axis, name: texts.axis, group: axis.name },
    ...funders.map((each) => ({ ...each, name: nameOf(names.funders, each.funderId), group: axis.name })),
  ]);
  return (
    <Chart
      id="axes"
      title={texts.axes}
      note={
        axesGap.plannedCents === null ? (
          ''
        ) : (
          <>
            {texts.gap} <Amount cents={axesGap.plannedCents} />
          </>
        )
      }
    >
      <DataTable
        caption={texts.axes}
        captionHidden
        columns={useColumns(`${texts.axis}, ${texts.funder.toLowerCase()}`)}
        rows={rows}
        group={({ group = '' }) => group}
      />
    </Chart>
  );
}

export function SubContractsConsumption({ consumption }: ContractPageProps) {
  const texts = useTexts(TEXTS);
  return (
    <Chart id="sub-contracts" title={texts.subContracts} note={texts.subNote}>
      <DataTable
        caption={texts.subContracts}
        captionHidden
        columns={useColumns(texts.subContract)}
        rows={consumption.subContracts}
      />
    </Chart>
  );
}

function useColumns(head: string): Column<Line>[] {
  const texts = useTexts(TEXTS);
  const amount = (title: string, cents: (line: Line) => number | null, why?: (line: Line) => string): Column<Line> => ({
    title,
    kind: 'amount',
    cell: (line) => {
      const value = cents(line);
      if (value === null) return '–';
      return (
        <Amount
          cents={value}
          {...(why && { why: pageOf(why(line)), of: `${title}, ${line.group ?? ''} ${line.name}` })}
        />
      );
    },
  });
  return [
    { title: head, kind: 'head', cell: ({ name }) => name },
    { title: texts.paidOf, kind: 'bar', cell: (line) => <ConsumedBar {...line} /> },
    {
      title: `${texts.part} %`,
      kind: 'number',
      cell: ({ countedCents, plannedCents }) => <PartOf part={countedCents} whole={plannedCents} />,
    },
    amount(texts.planned, ({ plannedCents }) => plannedCents),
    amount(
      texts.granted,
      ({ grantedCents }) => grantedCents,
      ({ grantedWhyLink }) => grantedWhyLink,
    ),
    amount(
      texts.cper,
      ({ cperCents }) => cperCents,
      ({ cperWhyLink }) => cperWhyLink,
    ),
    amount(texts.counted, ({ countedCents }) => countedCents),
    amount(
      texts.paid,
      ({ paidCents }) => paidCents,
      ({ paidWhyLink }) => paidWhyLink,
    ),
    amount(texts.remaining, ({ remainingCents }) => remainingCents),
  ];
}

/** Nothing is drawn where nothing is planned to compare with. */
function ConsumedBar({ plannedCents, countedCents, paidCents }: ConsumptionFiguresAnswer) {
  if (plannedCents === null) return null;
  const mostCents = Math.max(plannedCents, countedCents, paidCents, 1);
  return (
    <RowBar
      axis={{ leastCents: 0, mostCents }}
      parts={[paidCents, Math.max(0, countedCents - paidCents)]}
      markCents={plannedCents}
    />
  );
}
