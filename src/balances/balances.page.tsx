/** The balances: the collectivities side by side, in all figures together and per scheme and exercice in one of them (R20). */

import { Amount } from '../console/amount.js';
import { Alert } from '../console/alert.js';
import { StatusBadge } from '../console/badge.js';
import { Day } from '../console/day.js';
import { Downloads, TableDownloads } from '../console/downloads.js';
import { DayField, SelectField } from '../console/field.js';
import { Filters } from '../console/filters.js';
import { withQuery, type Query } from '../console/links.js';
import { freshForm } from '../console/form-state.js';
import { useTexts } from '../console/reading.js';
import { DataTable, type Column } from '../console/table.js';
import { Tabs } from '../console/tabs.js';
import { figures, figureNames, type Figure } from './figure-names.js';
import type { BalancesAnswer } from './show-balances.js';

export interface BalancesPageProps {
  readonly balances: BalancesAnswer;
  /** What is looked at, as the address has it. */
  readonly query: Query;
  readonly figure: Figure;
  readonly funders: readonly { readonly funderId: string; readonly name: string }[];
  readonly schemes: readonly { readonly schemeId: string; readonly name: string }[];
  readonly exercices: readonly number[];
}

export const balancesTexts = {
  fr: {
    title: 'Soldes',
    lead: 'Ce que chaque collectivité doit, a versé et a reçu. Chaque montant ouvre les événements qui le composent.',
    scheme: 'Dispositif',
    exercice: 'Exercice',
    asOf: 'Au',
    all: 'Tous',
    show: 'Afficher',
    figure: 'Montant',
    total: 'Total',
    together: 'Toutes les lignes retenues',
    gap: 'Écart',
    gapHint: 'entre la plus grande et la plus petite quote-part',
    per: 'Par dispositif et exercice',
    figures: 'Montant montré',
    sumIsZero: 'Σ des positions = 0',
    sumIsNot: 'La somme des positions n’est pas nulle',
    sumIsNotDetail: 'Les tableaux ne sont pas fiables : lancez une vérification (ledger verify).',
    empty: 'Rien n’a été enregistré pour ce choix.',
    on: 'au',
    statements: 'Relevé par collectivité (PDF)',
    subsidies: 'Subventions en données ouvertes (SCDL)',
    sheet: 'Fiche DGS 276 (PDF)',
    papers: 'Documents',
  },
  en: {
    title: 'Balances',
    lead: 'What each funder owes, has paid and has received. Every amount opens the events that make it.',
    scheme: 'Scheme',
    exercice: 'Exercice',
    asOf: 'As of',
    all: 'All',
    show: 'Show',
    figure: 'Figure',
    total: 'Total',
    together: 'All the rows chosen',
    gap: 'Gap',
    gapHint: 'between the largest and the smallest share',
    per: 'Per scheme and exercice',
    figures: 'Figure shown',
    sumIsZero: 'Σ positions = 0',
    sumIsNot: 'The positions do not add up to zero',
    sumIsNotDetail: 'The tables are not to be trusted: run a verification (ledger verify).',
    empty: 'Nothing was recorded for this choice.',
    on: 'as of',
    statements: 'Statement of each funder (PDF)',
    subsidies: 'Subsidies as open data (SCDL)',
    sheet: 'DGS 276 sheet (PDF)',
    papers: 'Documents',
  },
};

export function BalancesPage(props: BalancesPageProps) {
  const { balances, query, figure, schemes, exercices } = props;
  const texts = useTexts(balancesTexts);
  const names = useTexts(figureNames);
  const sum = balances.sumOfPositionsCents;
  return (
    <>
      <h1>
        {texts.title}{' '}
        {query['asOf'] !== undefined && (
          <small>
            {texts.on} <Day on={String(query['asOf'])} />
          </small>
        )}
      </h1>
      <p class="lead">{texts.lead}</p>
      <Filters action="/balances" submit={texts.show} keep={{ figure }}>
        <SelectField
          form={freshForm({ scheme: String(query['scheme'] ?? '') })}
          name="scheme"
          label={texts.scheme}
          none={texts.all}
          choices={schemes.map(({ schemeId, name }) => ({ value: schemeId, text: name }))}
        />
        <SelectField
          form={freshForm({ exercice: String(query['exercice'] ?? '') })}
          name="exercice"
          label={texts.exercice}
          none={texts.all}
          choices={exercices.map((year) => ({ value: String(year), text: String(year) }))}
        />
        <DayField form={freshForm({ asOf: String(query['asOf'] ?? '') })} name="asOf" label={texts.asOf} />
      </Filters>
      {sum === 0 ? (
        <p>
          <StatusBadge tone="good">{texts.sumIsZero}</StatusBadge>
        </p>
      ) : (
        <Alert kind="error" title={texts.sumIsNot}>
          <p>
            <Amount cents={sum} /> — {texts.sumIsNotDetail}
          </p>
        </Alert>
      )}
      <Together {...props} />
      <Tabs
        label={texts.figures}
        tabs={figures.map((each) => ({
          href: withQuery('/balances', { ...query, figure: each }),
          text: names[each],
          current: each === figure,
        }))}
      />
      <PerScheme {...props} />
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

interface Line {
  readonly schemeId: string;
  readonly exercice: number;
  readonly cents: ReadonlyMap<string, number>;
}

/** One line a scheme and exercice, one column a funder, in one figure. */
function PerScheme({ balances, query, figure, funders, schemes }: BalancesPageProps) {
  const texts = useTexts(balancesTexts);
  const names = useTexts(figureNames);
  const lines = linesOf(balances, figure);
  const total: Line = {
    schemeId: '',
    exercice: 0,
    cents: new Map(balances.funders.map((funder) => [funder.funderId, funder[figure]])),
  };
  const schemeName = (id: string) => schemes.find(({ schemeId }) => schemeId === id)?.name ?? id;
  const whose = ({ schemeId, exercice }: Line) => (schemeId === '' ? query : { ...query, scheme: schemeId, exercice });
  const columns: Column<Line>[] = [
    {
      title: texts.exercice,
      kind: 'head',
      cell: ({ exercice }) => (exercice === 0 ? texts.total : exercice),
    },
    ...funders
      .filter(({ funderId }) => total.cents.has(funderId))
      .map(({ funderId, name }): Column<Line> => ({
        title: name,
        kind: 'amount',
        cell: (line) => (
          <Amount
            cents={line.cents.get(funderId) ?? 0}
            why={whyPage({ ...whose(line), funder: funderId, column: figure })}
            of={`${names[figure]}, ${name}`}
          />
        ),
      })),
    {
      title: texts.total,
      kind: 'amount',
      cell: (line) => (
        <Amount cents={sumOf(line)} why={whyPage({ ...whose(line), column: figure })} of={names[figure]} />
      ),
    },
    ...(figure === 'shareDueCents'
      ? [{ title: <span title={texts.gapHint}>{texts.gap}</span>, kind: 'amount', cell: gapOf } as const]
      : []),
  ];
  return (
    <DataTable
      caption={`${names[figure]} · ${texts.per}`}
      columns={columns}
      rows={lines}
      group={({ schemeId }) => schemeName(schemeId)}
      total={total}
      empty={texts.empty}
    />
  );
}

function gapOf({ cents }: Line) {
  const all = [...cents.values()];
  return <Amount cents={Math.max(...all) - Math.min(...all)} />;
}

function sumOf({ cents }: Line): number {
  return [...cents.values()].reduce((sum, each) => sum + each, 0);
}

function linesOf({ data }: BalancesAnswer, figure: Figure): Line[] {
  const lines = new Map<string, { schemeId: string; exercice: number; cents: Map<string, number> }>();
  for (const row of data) {
    const { schemeId, exercice, funderId } = row;
    const key = `${schemeId} ${exercice}`;
    const line = lines.get(key) ?? { schemeId, exercice, cents: new Map<string, number>() };
    line.cents.set(funderId, row[figure]);
    lines.set(key, line);
  }
  return [...lines.values()];
}

/** The page that explains a figure. */
function whyPage({ figure: _, ...query }: Query): string {
  return withQuery('/balances/why', query);
}
