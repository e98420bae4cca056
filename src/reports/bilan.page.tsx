/** The Bilan of a period: the territory by département and scheme, the services, the population reached. */

import { Amount } from '../console/amount.js';
import { Day } from '../console/day.js';
import { DayField } from '../console/field.js';
import { Filters } from '../console/filters.js';
import { freshForm } from '../console/form-state.js';
import { pageOf, withQuery, type Query } from '../console/links.js';
import { nameOf, type Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { DataTable, type Column } from '../console/table.js';
import { Tile, Tiles } from '../console/tile.js';
import { beneficiaryKinds } from '../schemes/scheme-words.js';
import type { BilanAnswer, TerritoryRowAnswer } from './bilan-answers.js';

interface BilanPageProps {
  readonly bilan: BilanAnswer;
  readonly names: Names;
  readonly query: Query;
}

export const bilanTexts = {
  fr: {
    title: 'Bilan',
    lead: 'Territoire, services, population : ce que la politique commune a fait sur une période.',
    from: 'Du',
    to: 'Au',
    fromFirst: 'depuis la première écriture',
    show: 'Afficher',
    csv: 'Télécharger (CSV)',
    acts: 'Emporter le bilan',
    territory: 'Territoire',
    departement: 'Département',
    all: 'Total',
    unknown: 'Commune inconnue',
    perScheme: 'Par dispositif et département',
    figures: {
      grantedCents: 'Accordé',
      disbursedCents: 'Versé',
      recoveredCents: 'Recouvré',
      shareDueCents: 'À la charge des collectivités',
    },
    services: 'Services',
    scheme: 'Dispositif',
    grants: 'Dossiers',
    once: 'Instruits une seule fois',
    overlapping: 'Chevauchements motivés',
    transfers: 'Transferts',
    delay: 'Délai médian (jours)',
    population: 'Population',
    jobs: 'Postes soutenus',
    beneficiaries: 'Bénéficiaires',
    kind: 'Nature',
    empty: 'Rien sur cette période.',
  },
  en: {
    title: 'Bilan',
    lead: 'Territory, services, population: what the shared policy did in a period.',
    from: 'From',
    to: 'To',
    fromFirst: 'from the first entry on',
    show: 'Show',
    csv: 'Download (CSV)',
    acts: 'Take the Bilan away',
    territory: 'Territory',
    departement: 'Département',
    all: 'Total',
    unknown: 'Commune unknown',
    perScheme: 'By scheme and département',
    figures: {
      grantedCents: 'Granted',
      disbursedCents: 'Paid',
      recoveredCents: 'Recovered',
      shareDueCents: 'Borne by the funders',
    },
    services: 'Services',
    scheme: 'Scheme',
    grants: 'Grants',
    once: 'Instructed once',
    overlapping: 'Overlaps with a reason',
    transfers: 'Transfers',
    delay: 'Median delay (days)',
    population: 'Population',
    jobs: 'Posts supported',
    beneficiaries: 'Beneficiaries',
    kind: 'Kind',
    empty: 'Nothing in this period.',
  },
};

type TerritoryFigure = keyof (typeof bilanTexts)['fr']['figures'];

/** A line of figures, each with its reasons. */
type Explained = Readonly<Record<TerritoryFigure, number>> & {
  readonly departement?: string | null;
  readonly why: Readonly<Record<string, string>>;
};

export function BilanPage(props: BilanPageProps) {
  const { bilan, query } = props;
  const texts = useTexts(bilanTexts);
  return (
    <>
      <h1>
        {texts.title}{' '}
        <small>
          {bilan.from === null ? texts.fromFirst : <Day on={bilan.from} />} – <Day on={bilan.to} />
        </small>
      </h1>
      <p class="lead">{texts.lead}</p>
      <Filters action="/reports/bilan" submit={texts.show}>
        <DayField form={freshForm({ from: bilan.from ?? '' })} name="from" label={texts.from} />
        <DayField form={freshForm({ to: String(query['to'] ?? '') })} name="to" label={texts.to} />
      </Filters>
      <nav class="actions" aria-label={texts.acts}>
        <a class="button quiet" href={withQuery('/reports/bilan/csv', query)}>
          {texts.csv}
        </a>
      </nav>
      <Territory {...props} />
      <Services {...props} />
      <Population {...props} />
    </>
  );
}

function Territory({ bilan: { territory }, names }: BilanPageProps) {
  const texts = useTexts(bilanTexts);
  const figures = Object.keys(texts.figures) as TerritoryFigure[];
  const placeOf = ({ departement }: Explained) =>
    departement === undefined ? texts.all : (departement ?? texts.unknown);
  const cells = (figure: TerritoryFigure): Column<Explained> => ({
    title: texts.figures[figure],
    kind: 'amount',
    cell: (row) => (
      <Amount cents={row[figure]} why={pageOf(row.why[figure]!)} of={`${texts.figures[figure]}, ${placeOf(row)}`} />
    ),
  });
  const funderIds = [...new Set(territory.rows.flatMap(({ shares }) => shares.map(({ funderId }) => funderId)))];
  const total: Explained = { ...territory.totals, why: territory.why };
  return (
    <>
      <h2>{texts.territory}</h2>
      <DataTable<Explained>
        caption={texts.territory}
        captionHidden
        rows={territory.departements}
        total={total}
        empty={texts.empty}
        columns={[{ title: texts.departement, kind: 'head', cell: placeOf }, ...figures.map((figure) => cells(figure))]}
      />
      <DataTable<TerritoryRowAnswer>
        caption={texts.perScheme}
        rows={territory.rows}
        group={({ schemeId }) => nameOf(names.schemes, schemeId)}
        empty={texts.empty}
        columns={[
          { title: texts.departement, kind: 'head', cell: placeOf },
          ...figures.map((figure) => cells(figure)),
          ...funderIds.map((funderId): Column<TerritoryRowAnswer> => ({
            title: nameOf(names.funders, funderId),
            kind: 'amount',
            cell: ({ shares }) => {
              const share = shares.find((each) => each.funderId === funderId);
              return share === undefined ? (
                '–'
              ) : (
                <Amount cents={share.amountCents} why={pageOf(share.why)} of={nameOf(names.funders, funderId)} />
              );
            },
          })),
        ]}
      />
    </>
  );
}

function Services({ bilan: { services } }: BilanPageProps) {
  const texts = useTexts(bilanTexts);
  return (
    <>
      <h2>{texts.services}</h2>
      <DataTable
        caption={texts.services}
        captionHidden
        rows={services}
        empty={texts.empty}
        columns={[
          { title: texts.scheme, kind: 'head', cell: ({ name, list }) => <a href={pageOf(list)}>{name}</a> },
          { title: texts.grants, kind: 'number', cell: ({ grants }) => grants },
          { title: texts.once, kind: 'number', cell: ({ instructedOnce }) => instructedOnce },
          { title: texts.overlapping, kind: 'number', cell: ({ overlapping }) => overlapping },
          { title: texts.transfers, kind: 'number', cell: ({ transfers }) => transfers },
          { title: texts.delay, kind: 'number', cell: ({ medianDelayDays }) => medianDelayDays ?? '–' },
        ]}
      />
    </>
  );
}

function Population({ bilan: { population }, names }: BilanPageProps) {
  const texts = useTexts(bilanTexts);
  const kinds = useTexts(beneficiaryKinds);
  return (
    <>
      <h2>{texts.population}</h2>
      <Tiles>
        <Tile name={texts.jobs} figure={population.jobsTotal} />
        <Tile name={texts.beneficiaries} figure={population.beneficiariesTotal} />
      </Tiles>
      <div class="split">
        <DataTable
          caption={texts.jobs}
          rows={population.jobs}
          empty={texts.empty}
          columns={[
            { title: texts.scheme, kind: 'head', cell: ({ schemeId }) => nameOf(names.schemes, schemeId) },
            { title: texts.departement, cell: ({ departement }) => departement ?? texts.unknown },
            { title: texts.jobs, kind: 'number', cell: ({ jobs }) => jobs },
          ]}
        />
        <DataTable
          caption={texts.beneficiaries}
          rows={population.beneficiaries}
          empty={texts.empty}
          columns={[
            { title: texts.kind, kind: 'head', cell: ({ kind }) => kinds[kind] ?? kind },
            { title: texts.beneficiaries, kind: 'number', cell: ({ beneficiaries }) => beneficiaries },
            { title: texts.grants, kind: 'number', cell: ({ grants }) => grants },
          ]}
        />
      </div>
    </>
  );
}
