/** Who owes and who is owed, per scheme: positions to the left and to the right of zero, and what would settle them. */

import { Amount } from '../console/amount.js';
import { axisOf } from '../console/axis.js';
import { Chart } from '../console/chart.js';
import { RowBar } from '../console/chart-row.js';
import { pageOf } from '../console/links.js';
import { useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import type { NamedFunder } from './funder-order.js';
import type { BalancesAnswer, FunderTotalAnswer } from './show-balances.js';

/** A transfer that would settle, as the API proposes it. */
export interface Owed {
  readonly from: string;
  readonly to: string;
  readonly amountCents: number;
}

interface PositionsChartProps {
  readonly balances: BalancesAnswer;
  readonly owed: readonly Owed[];
  readonly funders: readonly NamedFunder[];
  readonly schemes: readonly { readonly schemeId: string; readonly name: string }[];
}

const TEXTS = {
  fr: {
    title: 'Qui doit à qui',
    note: 'La position de chaque collectivité : à droite elle est créancière, à gauche elle doit. Les dispositifs soldés ne sont pas montrés.',
    owed: 'Créancière',
    owes: 'Débitrice',
    funder: 'Collectivité',
    position: 'Position',
    state: 'Situation',
    all: 'Tous les dispositifs retenus',
    empty: 'Toutes les positions sont à zéro : personne ne doit rien.',
    settle: 'Ce qui solderait tout, en aussi peu de virements que possible :',
    to: 'doit à',
    even: 'Soldée',
  },
  en: {
    title: 'Who owes whom',
    note: 'The position of each funder: to the right it is owed, to the left it owes. Schemes that are settled are not shown.',
    owed: 'Is owed',
    owes: 'Owes',
    funder: 'Funder',
    position: 'Position',
    state: 'Standing',
    all: 'All the schemes chosen',
    empty: 'Every position is zero: nobody owes anything.',
    settle: 'What would settle everything, in the fewest transfers:',
    to: 'owes',
    even: 'Settled',
  },
};

interface Line extends Pick<FunderTotalAnswer, 'funderId' | 'positionCents' | 'why'> {
  readonly group: string;
}

export function PositionsChart({ balances, owed, funders, schemes }: PositionsChartProps) {
  const texts = useTexts(TEXTS);
  const nameOf = (id: string) => funders.find(({ funderId }) => funderId === id)?.name ?? id;
  const lines = linesOf(balances, funders, schemes, texts.all);
  const all = lines.map(({ positionCents }) => positionCents);
  const axis = axisOf(Math.min(0, ...all), Math.max(0, ...all));
  return (
    <Chart id="positions" title={texts.title} note={texts.note} names={[texts.owed, texts.owes]}>
      {owed.length > 0 && (
        <>
          <p>{texts.settle}</p>
          <ul class="owed">
            {owed.map(({ from, to, amountCents }) => (
              <li>
                <strong>{nameOf(from)}</strong> {texts.to} <strong>{nameOf(to)}</strong> <Amount cents={amountCents} />
              </li>
            ))}
          </ul>
        </>
      )}
      <DataTable
        caption={texts.title}
        captionHidden
        rows={lines}
        group={({ group }) => group}
        empty={texts.empty}
        columns={[
          { title: texts.funder, kind: 'head', cell: ({ funderId }) => nameOf(funderId) },
          {
            title: texts.position,
            kind: 'bar',
            cell: ({ positionCents }) => (
              <RowBar axis={axis} parts={[Math.max(positionCents, 0), Math.min(positionCents, 0)]} />
            ),
          },
          {
            title: texts.state,
            cell: ({ positionCents }) =>
              positionCents === 0 ? texts.even : positionCents > 0 ? texts.owed : texts.owes,
          },
          {
            title: texts.position,
            kind: 'amount',
            cell: ({ positionCents, why, funderId, group }) => {
              const link = why?.['positionCents'];
              return <Amount cents={positionCents} why={link && pageOf(link)} of={`${nameOf(funderId)}, ${group}`} />;
            },
          },
        ]}
      />
    </Chart>
  );
}

/** All together first, then each scheme that is not settled. */
function linesOf(
  balances: BalancesAnswer,
  funders: readonly NamedFunder[],
  schemes: PositionsChartProps['schemes'],
  all: string,
): Line[] {
  const open = balances.schemes.filter(({ positionCents }) => positionCents !== 0).map(({ schemeId }) => schemeId);
  if (open.length === 0) return [];
  const inOrder = (of: readonly FunderTotalAnswer[], group: string) =>
    funders.flatMap(({ funderId }) =>
      of.filter((each) => each.funderId === funderId).map((each): Line => ({ ...each, group })),
    );
  return [
    ...inOrder(balances.funders, all),
    ...[...new Set(open)].flatMap((schemeId) =>
      inOrder(
        balances.schemes.filter((each) => each.schemeId === schemeId),
        schemes.find((each) => each.schemeId === schemeId)?.name ?? schemeId,
      ),
    ),
  ];
}
