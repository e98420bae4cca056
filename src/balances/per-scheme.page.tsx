/** The balances per scheme and exercice: the collectivities side by side in the figures that matter, or in one of them. */

import { Amount } from '../console/amount.js';
import type { Query } from '../console/links.js';
import { useTexts } from '../console/reading.js';
import { DataTable, type Column } from '../console/table.js';
import type { Scope } from './balances-head.page.js';
import { figureNames, type Figure } from './figure-names.js';
import type { NamedFunder } from './funder-order.js';
import type { BalanceAnswer, BalancesAnswer, FunderTotalAnswer } from './show-balances.js';
import { whyPage } from './why-page.js';

interface PerSchemeProps extends Scope {
  readonly balances: BalancesAnswer;
  readonly query: Query;
  /** Absent: side by side. */
  readonly figure: Figure | undefined;
  readonly funders: readonly NamedFunder[];
}

/** One scheme and exercice; both absent in the total. */
interface Line {
  readonly schemeId?: string;
  readonly exercice?: number;
  readonly of: ReadonlyMap<string, BalanceAnswer | FunderTotalAnswer>;
}

/** What is compared side by side: what each owes, what it paid out, what is left between them. */
const SIDE_BY_SIDE = ['shareDueCents', 'disbursedCents', 'positionCents'] as const satisfies readonly Figure[];

const TEXTS = {
  fr: {
    per: 'par dispositif et exercice',
    side: 'Les collectivités côte à côte',
    exercice: 'Exercice',
    total: 'Total',
    all: 'Ensemble',
    sum: 'Σ positions',
    gap: 'Écart',
    gapHint: 'entre la plus grande et la plus petite quote-part',
    short: { shareDueCents: 'Due', disbursedCents: 'Versé', positionCents: 'Position' },
    empty: 'Rien n’a été enregistré pour ce choix : retirez un filtre, ou changez le jour.',
  },
  en: {
    per: 'per scheme and exercice',
    side: 'The funders side by side',
    exercice: 'Exercice',
    total: 'Total',
    all: 'All',
    sum: 'Σ positions',
    gap: 'Gap',
    gapHint: 'between the largest and the smallest share',
    short: { shareDueCents: 'Due', disbursedCents: 'Disbursed', positionCents: 'Position' },
    empty: 'Nothing was recorded for this choice: remove a filter, or change the day.',
  },
};

export function PerScheme({ balances, query, figure, funders, schemes }: PerSchemeProps) {
  const texts = useTexts(TEXTS);
  const names = useTexts(figureNames);
  const total: Line = { of: new Map(balances.funders.map((funder) => [funder.funderId, funder])) };
  const shown = funders.filter(({ funderId }) => total.of.has(funderId));
  const asked = ({ schemeId, exercice }: Line) =>
    schemeId === undefined ? query : { ...query, scheme: schemeId, exercice };
  const cellOf =
    ({ funderId, name }: NamedFunder, column: Figure) =>
    (line: Line) => (
      <Amount
        cents={line.of.get(funderId)?.[column] ?? 0}
        why={whyPage({ ...asked(line), funder: funderId, column })}
        of={`${names[column]}, ${name}`}
      />
    );
  const sumCell = (column: Figure) => (line: Line) => (
    <Amount
      cents={sumOf(line, column)}
      why={whyPage({ ...asked(line), column })}
      of={`${names[column]}, ${texts.total}`}
    />
  );
  const compared: Column<Line>[] =
    figure === undefined
      ? [
          ...shown.flatMap((funder) =>
            SIDE_BY_SIDE.map((column): Column<Line> => ({
              title: texts.short[column],
              over: funder.name,
              kind: 'amount',
              cell: cellOf(funder, column),
            })),
          ),
          { title: texts.sum, over: texts.all, kind: 'amount', cell: sumCell('positionCents') },
        ]
      : [
          ...shown.map((funder): Column<Line> => ({
            title: funder.name,
            kind: 'amount',
            cell: cellOf(funder, figure),
          })),
          { title: texts.total, kind: 'amount', cell: sumCell(figure) },
        ];
  return (
    <DataTable
      caption={figure === undefined ? `${texts.side}, ${texts.per}` : `${names[figure]} ${texts.per}`}
      columns={[
        { title: texts.exercice, kind: 'head', cell: ({ exercice }) => exercice ?? texts.total },
        ...compared,
        ...(figure === 'shareDueCents'
          ? [{ title: <span title={texts.gapHint}>{texts.gap}</span>, kind: 'amount', cell: gapOf } as const]
          : []),
      ]}
      rows={linesOf(balances)}
      group={({ schemeId = '' }) => schemes.find((scheme) => scheme.schemeId === schemeId)?.name ?? schemeId}
      total={total}
      empty={texts.empty}
    />
  );
}

function gapOf({ of }: Line) {
  const all = Array.from(of.values(), ({ shareDueCents }) => shareDueCents);
  return <Amount cents={Math.max(...all) - Math.min(...all)} />;
}

function sumOf({ of }: Line, column: Figure): number {
  return Array.from(of.values()).reduce((sum, each) => sum + each[column], 0);
}

function linesOf({ data }: BalancesAnswer): Line[] {
  const lines = new Map<string, { schemeId: string; exercice: number; of: Map<string, BalanceAnswer> }>();
  for (const row of data) {
    const { schemeId, exercice, funderId } = row;
    const key = `${schemeId} ${exercice}`;
    const line = lines.get(key) ?? { schemeId, exercice, of: new Map<string, BalanceAnswer>() };
    line.of.set(funderId, row);
    lines.set(key, line);
  }
  return [...lines.values()];
}
