/** The home page: what awaits the person today, and where the three collectivities stand. */

import { Amount } from '../console/amount.js';
import { TextField } from '../console/field.js';
import { Filters } from '../console/filters.js';
import { freshForm } from '../console/form-state.js';
import { useTexts, useVisitor } from '../console/reading.js';
import { Tile, Tiles } from '../console/tile.js';
import { AuditorTiles, type AuditorTilesProps } from './auditor-tiles.page.js';

/** Things that await somebody; the page they are dealt with on, where there is one. */
export interface Awaiting {
  readonly what: keyof (typeof homeTexts)['fr']['awaiting'];
  readonly count: number;
  /** There are more than were counted. */
  readonly more: boolean;
  readonly href?: string;
}

export interface HomePageProps {
  readonly awaiting: readonly Awaiting[];
  readonly positions: readonly { readonly funderId: string; readonly name: string; readonly positionCents: number }[];
  readonly sumOfPositionsCents: number;
  /** For auditors. */
  readonly audit?: AuditorTilesProps;
}

export const homeTexts = {
  fr: {
    title: 'Aujourd’hui',
    lead: {
      officer: 'Ce qui attend les gestionnaires.',
      controller: 'Ce qui attend le contrôle.',
      auditor: 'Où en est le registre.',
      admin: 'Où en est le registre.',
    },
    search: 'Dossier, bénéficiaire, SIRET, convention ou mandat',
    find: 'Rechercher',
    work: 'À faire',
    awaiting: {
      approvals: 'Versements à approuver',
      returned: 'Rejets bancaires à réémettre',
      signatures: 'Clôtures à contresigner',
      over: 'Exercices à clore',
      closed: 'Exercices clos',
      uncalled: 'Appels de fonds à émettre',
      unpaid: 'Appels de fonds impayés',
      lists: 'Rapprochements en cours',
    },
    nothing: 'Rien',
    positions: 'Positions',
    positionsLead: 'Positif : la collectivité a avancé plus que sa part. Négatif : elle doit encore.',
    owed: 'a avancé',
    owes: 'doit',
    even: 'à jour',
    sum: 'Somme des positions',
    sumOk: 'nulle, comme elle doit l’être',
    sumBad: 'devrait être nulle',
  },
  en: {
    title: 'Today',
    lead: {
      officer: 'What awaits the officers.',
      controller: 'What awaits the controllers.',
      auditor: 'Where the ledger stands.',
      admin: 'Where the ledger stands.',
    },
    search: 'Grant, beneficiary, SIRET, agreement or payment order',
    find: 'Search',
    work: 'To do',
    awaiting: {
      approvals: 'Payments to approve',
      returned: 'Bank returns to reissue',
      signatures: 'Closings to countersign',
      over: 'Exercices to close',
      closed: 'Closed exercices',
      uncalled: 'Funding calls to issue',
      unpaid: 'Unpaid funding calls',
      lists: 'Reconciliations under way',
    },
    nothing: 'None',
    positions: 'Positions',
    positionsLead: 'Positive: the funder has advanced more than its share. Negative: it still owes.',
    owed: 'has advanced',
    owes: 'owes',
    even: 'even',
    sum: 'Sum of the positions',
    sumOk: 'zero, as it must be',
    sumBad: 'should be zero',
  },
};

export function HomePage({ awaiting, positions, sumOfPositionsCents: sum, audit }: HomePageProps) {
  const texts = useTexts(homeTexts);
  const { person } = useVisitor();
  return (
    <>
      <h1>{texts.title}</h1>
      {person && <p class="lead">{texts.lead[person.role]}</p>}
      {(person?.role === 'officer' || person?.role === 'admin') && (
        <Filters action="/grants" submit={texts.find}>
          <TextField form={freshForm()} name="q" label={texts.search} type="search" autoComplete="off" />
        </Filters>
      )}
      <h2>{texts.work}</h2>
      <Tiles>
        {awaiting.map(({ what, count, more, href }) => (
          <Tile
            name={texts.awaiting[what]}
            figure={count === 0 ? texts.nothing : `${count}${more ? '+' : ''}`}
            tone={count > 0 && what !== 'closed' ? 'waiting' : 'plain'}
            {...(href !== undefined && { href })}
          />
        ))}
      </Tiles>
      {audit && <AuditorTiles {...audit} />}
      <h2>{texts.positions}</h2>
      <p class="lead">{texts.positionsLead}</p>
      <Tiles>
        {positions.map(({ funderId, name, positionCents }) => (
          <Tile
            name={name}
            figure={<Amount cents={positionCents} />}
            note={positionCents === 0 ? texts.even : positionCents > 0 ? texts.owed : texts.owes}
            href={`/balances/why?funder=${funderId}&column=positionCents`}
          />
        ))}
        <Tile
          name={texts.sum}
          figure={<Amount cents={sum} />}
          note={sum === 0 ? texts.sumOk : texts.sumBad}
          tone={sum === 0 ? 'good' : 'bad'}
          href="/balances"
        />
      </Tiles>
    </>
  );
}
