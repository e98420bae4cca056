/** A sample of payments: how it is drawn, of what, the list, and all it takes to draw it again. */

import { Amount } from '../console/amount.js';
import { Alert } from '../console/alert.js';
import { choicesOf } from '../console/choices.js';
import { Day } from '../console/day.js';
import { SelectField, TextField } from '../console/field.js';
import { Facts } from '../console/facts.js';
import { Filters } from '../console/filters.js';
import { ErrorSummary } from '../console/form.js';
import type { FormState } from '../console/form-state.js';
import { pageOf, withQuery, type Query } from '../console/links.js';
import { nameOf, type Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { DataTable, type Column } from '../console/table.js';
import { methodNames, populationTexts, stratumNames } from './audit-words.js';
import { PaymentLink, PopulationFields } from './population.page.js';
import type { SampleAnswer, SampledPaymentAnswer } from './sample-answers.js';

export interface SamplePageProps {
  readonly form: FormState;
  readonly names: Names;
  readonly exercices: readonly number[];
  readonly query: Query;
  /** Absent before anything is drawn, and when the question was refused. */
  readonly sample?: SampleAnswer;
}

export const sampleTexts = {
  fr: {
    title: 'Échantillon',
    lead: 'Un tirage que n’importe qui peut refaire : mêmes paramètres, même position du journal, même liste.',
    method: 'Méthode',
    methods:
      'Au hasard, chaque versement a la même chance ; par unités monétaires, chaque centime ; par strates, au hasard dans chacune.',
    size: 'Taille',
    seed: 'Graine',
    seedHint: 'Un entier, sauf pour les plus grands',
    stratum: 'Strates',
    stratumHint: 'Avec la méthode par strates',
    noStratum: 'Sans',
    draw: 'Tirer',
    sample: 'Versements tirés',
    selected: 'Total tiré',
    sha: 'Empreinte de la population',
    interval: 'Intervalle',
    start: 'Premier centime tiré',
    again: 'Refaire ce tirage, à la même position du journal',
    nobody: 'Aucun versement dans cette population. Élargissez-la.',
    way: 'Comment il a été tiré',
    certain: 'certain : au moins l’intervalle',
    hits: (hits: number) => (hits === 1 ? '1 centime tiré' : `${hits} centimes tirés`),
    strata: 'Strates',
    count: 'Versements',
    drawn: 'Tirés',
    instead: 'Choisissez une méthode, une taille et une graine, puis tirez.',
  },
  en: {
    title: 'Sample',
    lead: 'A draw that anybody can make again: same parameters, same position of the log, same list.',
    method: 'Method',
    methods:
      'At random, every payment has the same chance; by monetary units, every cent; by strata, at random within each.',
    size: 'Size',
    seed: 'Seed',
    seedHint: 'A whole number, but not for the largest',
    stratum: 'Strata',
    stratumHint: 'With the method by strata',
    noStratum: 'None',
    draw: 'Draw',
    sample: 'Payments drawn',
    selected: 'Total drawn',
    sha: 'Hash of the population',
    interval: 'Interval',
    start: 'First cent drawn',
    again: 'Draw this again, at the same position of the log',
    nobody: 'No payment in this population. Widen it.',
    way: 'How it was drawn',
    certain: 'certain: as large as the interval',
    hits: (hits: number) => (hits === 1 ? '1 cent drawn' : `${hits} cents drawn`),
    strata: 'Strata',
    count: 'Payments',
    drawn: 'Drawn',
    instead: 'Choose a method, a size and a seed, then draw.',
  },
};

export function SamplePage({ form, names, exercices, query, sample }: SamplePageProps) {
  const texts = useTexts(sampleTexts);
  const methods = useTexts(methodNames);
  const strata = useTexts(stratumNames);
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <p>{texts.methods}</p>
      <ErrorSummary form={form} />
      <Filters action="/audit/sample" submit={texts.draw}>
        <SelectField form={form} name="method" label={texts.method} choices={choicesOf(methods)} needed />
        <TextField form={form} name="size" label={texts.size} inputMode="numeric" autoComplete="off" needed />
        <TextField
          form={form}
          name="seed"
          label={texts.seed}
          hint={texts.seedHint}
          inputMode="numeric"
          autoComplete="off"
        />
        <SelectField
          form={form}
          name="stratum"
          label={texts.stratum}
          hint={texts.stratumHint}
          none={texts.noStratum}
          choices={choicesOf(strata)}
        />
        <PopulationFields form={form} names={names} exercices={exercices} />
      </Filters>
      {sample === undefined ? (
        form.refusal === undefined && <Alert kind="note" title={texts.instead} />
      ) : (
        <Drawn sample={sample} names={names} query={query} />
      )}
    </>
  );
}

function Drawn({ sample, names, query }: Required<Pick<SamplePageProps, 'sample' | 'names' | 'query'>>) {
  const texts = useTexts(sampleTexts);
  const shared = useTexts(populationTexts);
  const { population, selection, parameters, again, data } = sample;
  return (
    <>
      <h2>{texts.sample}</h2>
      <Facts
        facts={[
          [shared.population, population.count],
          [shared.total, <Amount cents={population.totalCents} />],
          [texts.sample, selection.count],
          [texts.selected, <Amount cents={selection.totalCents} />],
          [shared.position, parameters.atPosition],
          ...(selection.intervalCents === null
            ? []
            : [[texts.interval, <Amount cents={selection.intervalCents} />] as const]),
          ...(selection.startCents === null ? [] : [[texts.start, <Amount cents={selection.startCents} />] as const]),
          [texts.sha, <code class="fingerprint">{population.sha256}</code>],
        ]}
      />
      <p class="actions">
        <a class="button quiet" href={withQuery('/audit/sample/csv', query)}>
          {shared.csv}
        </a>
        <a href={pageOf(again)}>{texts.again}</a>
      </p>
      <DataTable
        caption={texts.sample}
        captionHidden
        rows={data}
        empty={texts.nobody}
        columns={columnsOf(names, texts, shared)}
      />
      {selection.strata.length > 0 && (
        <DataTable
          caption={texts.strata}
          rows={selection.strata}
          columns={[
            { title: texts.stratum, kind: 'head', cell: ({ stratum }) => named(names, stratum) },
            { title: texts.count, kind: 'number', cell: ({ count }) => count },
            { title: shared.total, kind: 'amount', cell: ({ totalCents }) => <Amount cents={totalCents} /> },
            { title: texts.drawn, kind: 'number', cell: ({ size }) => size },
          ]}
        />
      )}
    </>
  );
}

function columnsOf(
  names: Names,
  texts: (typeof sampleTexts)['fr'],
  shared: (typeof populationTexts)['fr'],
): Column<SampledPaymentAnswer>[] {
  const wayOf = ({ certain, hits, stratum, drawKey }: SampledPaymentAnswer) => {
    if (certain === true) return texts.certain;
    if (hits !== null) return texts.hits(hits);
    if (stratum !== null) return named(names, stratum);
    return drawKey === null ? '–' : <code>{drawKey.slice(0, 12)}…</code>;
  };
  return [
    { title: shared.payment, kind: 'head', cell: ({ paymentId }) => <PaymentLink paymentId={paymentId} /> },
    { title: shared.paidOn, cell: ({ paidOn }) => <Day on={paidOn} /> },
    { title: shared.scheme, cell: ({ schemeId }) => nameOf(names.schemes, schemeId) },
    { title: shared.payer, cell: ({ paidBy }) => nameOf(names.funders, paidBy) },
    { title: texts.way, cell: wayOf },
    {
      title: shared.amount,
      kind: 'amount',
      cell: ({ amountCents, grantId, paymentId }) => (
        <Amount cents={amountCents} why={`/grants/${grantId}/payments/${paymentId}`} of={paymentId} />
      ),
    },
  ];
}

function named({ funders, schemes }: Names, id: string): string {
  return nameOf([...funders, ...schemes], id);
}
