/** The balances: the collectivities side by side, in all figures together and per scheme and exercice (R20). */

import { Amount } from '../console/amount.js';
import { Alert } from '../console/alert.js';
import { StatusBadge } from '../console/badge.js';
import { Day } from '../console/day.js';
import { Downloads, TableDownloads } from '../console/downloads.js';
import { DayField } from '../console/field.js';
import { withQuery, type Query } from '../console/links.js';
import { Live } from '../console/live.js';
import { freshForm } from '../console/form-state.js';
import { useTexts } from '../console/reading.js';
import { DataTable, type Column } from '../console/table.js';
import { Tabs } from '../console/tabs.js';
import { BalancesHead, type Scope } from './balances-head.page.js';
import { CentGaps, CentGapBadge } from './cent-gaps.page.js';
import { figures, figureNames, type Figure } from './figure-names.js';
import type { NamedFunder } from './funder-order.js';
import { PerScheme } from './per-scheme.page.js';
import type { BalancesAnswer } from './show-balances.js';
import type { CentsAnswer } from './show-cents.js';
import { whyPage } from './why-page.js';

export interface BalancesPageProps extends Scope {
  readonly balances: BalancesAnswer;
  /** What is looked at, as the address has it. */
  readonly query: Query;
  /** Absent: the figures that matter most, side by side. */
  readonly figure: Figure | undefined;
  /** Absent where the past is looked at. */
  readonly cents: CentsAnswer | undefined;
  /** In the order in which they stand side by side. */
  readonly funders: readonly NamedFunder[];
}

export const balancesTexts = {
  fr: {
    title: 'Soldes',
    lead: 'Ce que chaque collectivité doit, a versé et a reçu. Chaque montant ouvre les événements qui le composent.',
    asOf: 'Au',
    figure: 'Montant',
    total: 'Total',
    together: 'Toutes les lignes retenues',
    figures: 'Montants montrés',
    sideBySide: 'Côte à côte',
    sumIsZero: 'Σ des positions = 0',
    sumIsNot: 'La somme des positions n’est pas nulle',
    sumIsNotDetail: 'Les tableaux ne sont pas fiables : lancez une vérification (ledger verify).',
    empty: 'Rien n’a été enregistré pour ce choix : retirez un filtre, ou changez le jour.',
    on: 'au',
    statements: 'Relevé par collectivité (PDF)',
    subsidies: 'Subventions en données ouvertes (SCDL)',
    sheet: 'Fiche DGS 276 (PDF)',
    papers: 'Documents',
  },
  en: {
    title: 'Balances',
    lead: 'What each funder owes, has paid and has received. Every amount opens the events that make it.',
    asOf: 'As of',
    figure: 'Figure',
    total: 'Total',
    together: 'All the rows chosen',
    figures: 'Figures shown',
    sideBySide: 'Side by side',
    sumIsZero: 'Σ positions = 0',
    sumIsNot: 'The positions do not add up to zero',
    sumIsNotDetail: 'The tables are not to be trusted: run a verification (ledger verify).',
    empty: 'Nothing was recorded for this choice: remove a filter, or change the day.',
    on: 'as of',
    statements: 'Statement of each funder (PDF)',
    subsidies: 'Subsidies as open data (SCDL)',
    sheet: 'DGS 276 sheet (PDF)',
    papers: 'Documents',
  },
};

export function BalancesPage(props: BalancesPageProps) {
  const { balances, query, figure, cents, schemes, exercices } = props;
  const texts = useTexts(balancesTexts);
  const names = useTexts(figureNames);
  const { asOf } = query;
  return (
    <>
      <h1>
        {texts.title}{' '}
        {asOf !== undefined && (
          <small>
            {texts.on} <Day on={String(asOf)} />
          </small>
        )}
      </h1>
      <p class="lead">{texts.lead}</p>
      <BalancesHead view="tables" query={query} keep={{ figure }} {...{ schemes, exercices }}>
        <DayField form={freshForm({ asOf: String(asOf ?? '') })} name="asOf" label={texts.asOf} optional />
      </BalancesHead>
      <Live from="/balances/live" position={balances.position}>
        <Checks sumCents={balances.sumOfPositionsCents} cents={cents} />
        <Together {...props} />
        <Tabs
          label={texts.figures}
          tabs={[undefined, ...figures].map((each) => ({
            href: withQuery('/balances', { ...query, figure: each }),
            text: each === undefined ? texts.sideBySide : names[each],
            current: each === figure,
          }))}
        />
        <PerScheme {...props} />
        {cents !== undefined && <CentGaps cents={cents} funders={props.funders} schemes={schemes} />}
      </Live>
      <Files {...props} />
    </>
  );
}

/** The figures of the page as files, and the documents that stand on them. */
function Files({ query: { scheme, exercice, asOf }, funders }: BalancesPageProps) {
  const texts = useTexts(balancesTexts);
  const view = { scheme, exercice, asOf };
  const ofFunders = (path: string, query: Query) =>
    funders.map(({ funderId, name }) => ({ href: withQuery(`/exports/${path}/${funderId}`, query), text: name }));
  return (
    <>
      <TableDownloads address={(format) => withQuery('/exports/balances', { ...view, format })} />
      <Downloads title={texts.statements} links={ofFunders('statements', { scheme, asOf })} />
      <Downloads title={texts.subsidies} links={ofFunders('scdl', { exercice })} />
      <Downloads title={texts.papers} links={[{ href: withQuery('/exports/dgs', { on: asOf }), text: texts.sheet }]} />
    </>
  );
}

/** The controller's two master checks: nothing is lost between the funders, and no cent drifts (R20, R12). */
function Checks({ sumCents, cents }: { readonly sumCents: number; readonly cents: CentsAnswer | undefined }) {
  const texts = useTexts(balancesTexts);
  if (sumCents !== 0)
    return (
      <Alert kind="error" title={texts.sumIsNot}>
        <p>
          <Amount cents={sumCents} /> — {texts.sumIsNotDetail}
        </p>
      </Alert>
    );
  return (
    <p class="checks">
      <StatusBadge tone="good">{texts.sumIsZero}</StatusBadge>{' '}
      {cents !== undefined && <CentGapBadge millicents={cents.largestGapMillicents} />}
    </p>
  );
}

/** One line a figure, one column a funder. */
function Together({ balances, query, funders }: BalancesPageProps) {
  const texts = useTexts(balancesTexts);
  const names = useTexts(figureNames);
  const byFunder = new Map(balances.funders.map((funder) => [funder.funderId, funder]));
  const shown = funders.filter(({ funderId }) => byFunder.has(funderId));
  const columns: Column<Figure>[] = [
    { title: texts.figure, kind: 'head', cell: (figure) => names[figure] },
    ...shown.map(({ funderId, name }): Column<Figure> => ({
      title: name,
      kind: 'amount',
      cell: (figure) => (
        <Amount
          cents={byFunder.get(funderId)?.[figure] ?? 0}
          why={whyPage({ ...query, funder: funderId, column: figure })}
          of={`${names[figure]}, ${name}`}
        />
      ),
    })),
    {
      title: texts.total,
      kind: 'amount',
      cell: (figure) => (
        <Amount
          cents={balances.totals[figure]}
          why={whyPage({ ...query, column: figure })}
          of={`${names[figure]}, ${texts.total}`}
        />
      ),
    },
  ];
  return (
    <DataTable
      caption={texts.together}
      columns={columns}
      rows={shown.length === 0 ? [] : figures}
      empty={texts.empty}
    />
  );
}
