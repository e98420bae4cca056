/** Two views of the balances side by side, what changed between them, and every event that makes the change. */

import { Amount } from '../console/amount.js';
import { yearChoices } from '../console/choices.js';
import { Day, Instant } from '../console/day.js';
import { DayField, SelectField } from '../console/field.js';
import { Filters } from '../console/filters.js';
import { ErrorSummary } from '../console/form.js';
import type { FormState } from '../console/form-state.js';
import { withQuery, type Query } from '../console/links.js';
import { nameOf, type Names } from '../console/names.js';
import { Pagination } from '../console/pagination.js';
import { useTexts } from '../console/reading.js';
import { DataTable, type Column } from '../console/table.js';
import { Tabs } from '../console/tabs.js';
import type { DifferenceLineAnswer } from './difference-answers.js';
import { figureNames, figures, type Figure } from './figure-names.js';
import type { DifferenceAnswer } from './show-difference.js';

export interface DifferencePageProps {
  readonly form: FormState;
  readonly names: Names;
  readonly exercices: readonly number[];
  readonly query: Query;
  readonly figure: Figure;
  /** Absent when the question was refused. */
  readonly difference?: DifferenceAnswer;
}

export const differenceTexts = {
  fr: {
    title: 'Comparer deux dates',
    lead: 'Deux vues des soldes, et chaque événement qui fait passer de l’une à l’autre. Une date laissée vide ne borne rien.',
    before: 'Vue de départ',
    after: 'Vue d’arrivée',
    asOf: 'Faits datés jusqu’au',
    knownOn: 'Enregistrés jusqu’au',
    scheme: 'Dispositif',
    exercice: 'Exercice',
    funder: 'Collectivité',
    all: 'Tous',
    allFunders: 'Toutes',
    show: 'Comparer',
    csv: 'Télécharger l’écart entier (CSV)',
    figures: 'Montant montré',
    balances: 'Soldes qui ont changé',
    noBalances: 'Aucun solde n’a changé en ce montant entre les deux vues.',
    was: 'Avant',
    is: 'Après',
    change: 'Écart',
    events: 'Les événements qui font l’écart',
    noEvents: 'Aucun événement ne sépare les deux vues.',
    on: 'Daté du',
    recorded: 'Enregistré le',
    event: 'Événement',
    why: 'Pourquoi une seule vue le compte',
    whatever: 'toute date',
    position: 'journal jusqu’à la position',
  },
  en: {
    title: 'Compare two dates',
    lead: 'Two views of the balances, and every event that leads from one to the other. A date left empty bounds nothing.',
    before: 'View before',
    after: 'View after',
    asOf: 'Facts dated until',
    knownOn: 'Recorded until',
    scheme: 'Scheme',
    exercice: 'Exercice',
    funder: 'Funder',
    all: 'All',
    allFunders: 'All',
    show: 'Compare',
    csv: 'Download the whole difference (CSV)',
    figures: 'Figure shown',
    balances: 'Balances that changed',
    noBalances: 'No balance changed in this figure between the two views.',
    was: 'Before',
    is: 'After',
    change: 'Change',
    events: 'The events that make the change',
    noEvents: 'No event stands between the two views.',
    on: 'Dated',
    recorded: 'Recorded at',
    event: 'Event',
    why: 'Why only one view counts it',
    whatever: 'any date',
    position: 'log up to position',
  },
};

export function DifferencePage({ form, names, exercices, query, figure, difference }: DifferencePageProps) {
  const texts = useTexts(differenceTexts);
  const figureName = useTexts(figureNames);
  const { cursor: _, figure: __, ...asked } = query;
  const view = (name: 'before' | 'after') => (
    <fieldset class="view">
      <legend>{texts[name]}</legend>
      <DayField form={form} name={`${name}AsOf`} label={texts.asOf} />
      <DayField form={form} name={`${name}KnownOn`} label={texts.knownOn} />
    </fieldset>
  );
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <ErrorSummary form={form} />
      <Filters action="/difference" submit={texts.show} keep={{ figure }}>
        {view('before')}
        {view('after')}
        <SelectField form={form} name="scheme" label={texts.scheme} none={texts.all} choices={names.schemes} />
        <SelectField
          form={form}
          name="exercice"
          label={texts.exercice}
          none={texts.all}
          choices={yearChoices(exercices)}
        />
        <SelectField form={form} name="funder" label={texts.funder} none={texts.allFunders} choices={names.funders} />
      </Filters>
      {difference && (
        <>
          <p class="actions">
            <a class="button quiet" href={withQuery('/difference/csv', asked)}>
              {texts.csv}
            </a>
          </p>
          <Tabs
            label={texts.figures}
            tabs={figures.map((each) => ({
              href: withQuery('/difference', { ...asked, figure: each }),
              text: figureName[each],
              current: each === figure,
            }))}
          />
          <Views difference={difference} />
          <Balances {...{ difference, names, figure }} />
          <Events {...{ difference, names, figure }} />
          <Pagination path="/difference" query={query} next={difference.page.next} />
        </>
      )}
    </>
  );
}

function Views({ difference: { before, after } }: { readonly difference: DifferenceAnswer }) {
  const texts = useTexts(differenceTexts);
  return (
    <ul class="views">
      {(
        [
          [texts.before, before],
          [texts.after, after],
        ] as const
      ).map(([name, { asOf, atPosition }]) => (
        <li>
          <strong>{name}</strong> {asOf === null ? texts.whatever : <Day on={asOf} />}, {texts.position} {atPosition}
        </li>
      ))}
    </ul>
  );
}

interface PartProps {
  readonly difference: DifferenceAnswer;
  readonly names: Names;
  readonly figure: Figure;
}

function Balances({ difference, names, figure }: PartProps) {
  const texts = useTexts(differenceTexts);
  const figureName = useTexts(figureNames);
  type Row = DifferenceAnswer['balances'][number];
  const rows = difference.balances.filter(({ change }) => change[figure] !== 0);
  const side = (title: string, name: 'before' | 'after'): Column<Row> => ({
    title,
    kind: 'amount',
    cell: (row) => (
      <Amount
        cents={row[name][figure]}
        why={row.why?.[name][figure]?.replace('/api/v1', '')}
        of={`${figureName[figure]}, ${title}`}
      />
    ),
  });
  return (
    <>
      <h2>{texts.balances}</h2>
      <DataTable
        caption={`${figureName[figure]} · ${texts.balances}`}
        captionHidden
        rows={rows}
        group={({ schemeId }) => nameOf(names.schemes, schemeId)}
        empty={texts.noBalances}
        columns={[
          { title: texts.exercice, cell: ({ exercice }) => exercice },
          { title: texts.funder, kind: 'head', cell: ({ funderId }) => nameOf(names.funders, funderId) },
          side(texts.was, 'before'),
          side(texts.is, 'after'),
          { title: texts.change, kind: 'amount', cell: ({ change }) => <Amount cents={change[figure]} /> },
        ]}
      />
    </>
  );
}

function Events({ difference: { data }, names, figure }: PartProps) {
  const texts = useTexts(differenceTexts);
  const figureName = useTexts(figureNames);
  const concerned = names.funders.filter(({ value }) =>
    data.some(({ changes }) => changes.some(({ funderId }) => funderId === value)),
  );
  return (
    <>
      <h2>{texts.events}</h2>
      <DataTable
        caption={`${figureName[figure]} · ${texts.events}`}
        captionHidden
        rows={data}
        empty={texts.noEvents}
        columns={[
          { title: texts.on, cell: ({ on }) => <Day on={on} /> },
          { title: texts.recorded, cell: ({ recordedAt }) => <Instant at={recordedAt} /> },
          { title: texts.event, kind: 'head', cell: (line) => <EventLink line={line} /> },
          ...concerned.map(({ value, text }): Column<DifferenceLineAnswer> => ({
            title: text,
            kind: 'amount',
            cell: ({ changes }) => <Amount cents={changes.find(({ funderId }) => funderId === value)?.[figure] ?? 0} />,
          })),
          { title: texts.why, kind: 'words', cell: ({ explanation }) => explanation },
        ]}
      />
    </>
  );
}

function EventLink({ line: { label, paymentId, stream } }: { readonly line: DifferenceLineAnswer }) {
  return (
    <>
      <a href={paymentId === null ? withQuery('/log', { stream }) : `/payments/${paymentId}/trail`}>
        {label} <code>{paymentId ?? stream}</code>
      </a>
    </>
  );
}
