/** One exercice: what opened it, what moved in it, what it carries over, per scheme and funder (R23). */

import { Amount } from '../console/amount.js';
import { StatusBadge } from '../console/badge.js';
import { pageOf } from '../console/links.js';
import { nameOf, type Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import { Tabs } from '../console/tabs.js';
import { ZeroSum } from '../console/zero-sum.js';
import { exerciceStatuses, exerciceTone } from './exercice-words.js';
import type { ExerciceAnswer } from './show-exercice.js';

interface ExercicePageProps {
  readonly exercice: ExerciceAnswer;
  readonly names: Names;
}

export const exerciceTexts = {
  fr: {
    title: 'Exercice',
    tabs: 'Parties de l’exercice',
    accounts: 'Positions',
    closing: 'Clôture',
    openings: {
      final: 'Report définitif : ce sont les soldes que la clôture de l’exercice précédent a arrêtés.',
      provisional: 'Report provisoire : l’exercice précédent n’est pas clos.',
    } as Readonly<Record<string, string>>,
    before: 'Exercice précédent',
    caption: 'Positions par dispositif et collectivité',
    funder: 'Collectivité',
    opening: 'Report à nouveau',
    movement: 'Mouvement de l’exercice',
    end: 'Position à reporter',
    empty: 'Rien n’a été enregistré dans cet exercice, et rien n’y est reporté.',
  },
  en: {
    title: 'Exercice',
    tabs: 'Parts of the exercice',
    accounts: 'Positions',
    closing: 'Closing',
    openings: {
      final: 'Final opening: the balances that the closing of the exercice before has stored.',
      provisional: 'Provisional opening: the exercice before is not closed.',
    } as Readonly<Record<string, string>>,
    before: 'Exercice before',
    caption: 'Positions by scheme and funder',
    funder: 'Funder',
    opening: 'Brought forward',
    movement: 'Movement of the exercice',
    end: 'Carried over',
    empty: 'Nothing was recorded in this exercice, and nothing is brought forward.',
  },
};

export function ExercicePage({ exercice: { exercice, status, opening, schemes }, names }: ExercicePageProps) {
  const texts = useTexts(exerciceTexts);
  const sum = schemes.reduce((total, { sumOfClosingCents }) => total + sumOfClosingCents, 0);
  const rows = schemes.flatMap(({ schemeId, funders }) => funders.map((funder) => ({ ...funder, schemeId })));
  const named = (figure: string, funderId: string) => `${figure}, ${nameOf(names.funders, funderId)}`;
  return (
    <>
      <ExerciceHead exercice={exercice} status={status} part="accounts" />
      <p>
        {texts.openings[opening] ?? opening} <a href={`/exercices/${exercice - 1}`}>{texts.before}</a>
      </p>
      <p>
        <ZeroSum cents={sum} />
      </p>
      <DataTable
        caption={texts.caption}
        captionHidden
        rows={rows}
        group={({ schemeId }) => nameOf(names.schemes, schemeId)}
        empty={texts.empty}
        columns={[
          { title: texts.funder, kind: 'head', cell: ({ funderId }) => nameOf(names.funders, funderId) },
          {
            title: texts.opening,
            kind: 'amount',
            cell: ({ openingCents, whyOpening, funderId }) => (
              <Amount cents={openingCents} why={pageOf(whyOpening)} of={named(texts.opening, funderId)} />
            ),
          },
          {
            title: texts.movement,
            kind: 'amount',
            cell: ({ movementCents, whyMovement, funderId }) => (
              <Amount cents={movementCents} why={pageOf(whyMovement)} of={named(texts.movement, funderId)} />
            ),
          },
          {
            title: texts.end,
            kind: 'amount',
            cell: ({ closingCents, whyClosing, funderId }) => (
              <Amount cents={closingCents} why={pageOf(whyClosing)} of={named(texts.end, funderId)} />
            ),
          },
        ]}
      />
    </>
  );
}

interface HeadProps {
  readonly exercice: number;
  readonly status: string;
  readonly part: 'accounts' | 'closing';
}

/** The title of an exercice's pages, its state, and the tabs between them. */
export function ExerciceHead({ exercice, status, part }: HeadProps) {
  const texts = useTexts(exerciceTexts);
  const statuses = useTexts(exerciceStatuses);
  const addresses = { accounts: `/exercices/${exercice}`, closing: `/exercices/${exercice}/closing` };
  return (
    <>
      <h1>
        {texts.title} {exercice} <StatusBadge tone={exerciceTone(status)}>{statuses[status] ?? status}</StatusBadge>
      </h1>
      <Tabs
        label={texts.tabs}
        tabs={(['accounts', 'closing'] as const).map((each) => ({
          href: addresses[each],
          text: texts[each],
          current: each === part,
        }))}
      />
    </>
  );
}
