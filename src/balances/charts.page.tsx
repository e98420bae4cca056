/** The balances drawn: paid per month, at the end of each year, who owes whom, and what the contract consumes. */

import { Live } from '../console/live.js';
import { useTexts } from '../console/reading.js';
import { SeriesPatterns } from '../console/series.js';
import type { Query } from '../console/links.js';
import { BalancesHead, type Scope } from './balances-head.page.js';
import { ConsumedChart, type DrawnContract } from './consumed-chart.page.js';
import type { NamedFunder } from './funder-order.js';
import { MonthsChart } from './months-chart.page.js';
import { PositionsChart, type Owed } from './positions-chart.page.js';
import type { BalancesAnswer } from './show-balances.js';
import type { MonthsAnswer } from './show-months.js';
import { YearEndsChart } from './year-ends-chart.page.js';

export interface ChartsPageProps extends Scope {
  readonly query: Query;
  readonly months: MonthsAnswer;
  readonly balances: BalancesAnswer;
  readonly owed: readonly Owed[];
  readonly contracts: readonly DrawnContract[];
  /** In the order in which they stand side by side. */
  readonly funders: readonly NamedFunder[];
}

export const chartsTexts = {
  fr: {
    title: 'Soldes en graphiques',
    lead: 'Ce qui a été versé, quand, par qui, et ce qui reste dû. Chaque graphique est accompagné de ses chiffres.',
  },
  en: {
    title: 'Balances in charts',
    lead: 'What was paid, when, by whom, and what is still owed. Every chart comes with its figures.',
  },
};

export function ChartsPage({ query, months, balances, owed, contracts, funders, ...scope }: ChartsPageProps) {
  const texts = useTexts(chartsTexts);
  const shown = funders.filter(({ funderId }) => balances.funders.some((funder) => funder.funderId === funderId));
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <BalancesHead view="charts" query={query} {...scope} />
      <Live from="/balances/live" position={months.position}>
        <SeriesPatterns />
        <MonthsChart months={months} funders={shown} />
        <YearEndsChart months={months} />
        <PositionsChart balances={balances} owed={owed} funders={shown} schemes={scope.schemes} />
        {contracts.map((contract) => (
          <ConsumedChart contract={contract} />
        ))}
      </Live>
    </>
  );
}
