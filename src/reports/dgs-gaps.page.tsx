/** What is open between the funders on the day of the meeting: unsettled years, years to close, lists that nobody signed off. */

import { Amount } from '../console/amount.js';
import { Day } from '../console/day.js';
import { pageOf } from '../console/links.js';
import { nameOf } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import type { Column } from '../console/table.js';
import type { DgsSheetAnswer, UnsettledAnswer } from './dgs-answers.js';
import { Section, type DgsView } from './dgs-section.page.js';

const gapTexts = {
  fr: {
    funder: 'Collectivité',
    age: 'Âge (jours)',
    unsettled: 'Exercices non soldés',
    exercice: 'Exercice',
    allSettled: 'Les exercices antérieurs sont soldés.',
    lists: 'Rapprochements ouverts',
    list: 'Liste',
    noLists: 'Aucun rapprochement n’est ouvert.',
    toClose: 'Exercices à clore',
    since: 'Depuis le',
    noneToClose: 'Aucun exercice n’attend sa clôture.',
  },
  en: {
    funder: 'Funder',
    age: 'Age (days)',
    unsettled: 'Unsettled exercices',
    exercice: 'Exercice',
    allSettled: 'The earlier exercices are settled.',
    lists: 'Open reconciliations',
    list: 'List',
    noLists: 'No reconciliation is open.',
    toClose: 'Exercices to close',
    since: 'Since',
    noneToClose: 'No exercice waits for its closing.',
  },
};

export function DgsGaps(props: DgsView) {
  const { sheet, names } = props;
  const texts = useTexts(gapTexts);
  return (
    <>
      <Unsettled {...props} />
      <Section
        title={texts.toClose}
        rows={sheet.exercicesToClose}
        empty={texts.noneToClose}
        columns={[
          {
            title: texts.exercice,
            kind: 'head',
            cell: ({ exercice }) => <a href={`/exercices/${exercice}/closing`}>{exercice}</a>,
          },
          { title: texts.since, cell: ({ since }) => <Day on={since} /> },
        ]}
      />
      <Section
        title={texts.lists}
        rows={sheet.openReconciliations}
        empty={texts.noLists}
        columns={[
          {
            title: texts.list,
            kind: 'head',
            cell: ({ reconciliationId, list }) => (
              <a class="id" href={pageOf(list)}>
                {reconciliationId}
              </a>
            ),
          },
          { title: texts.funder, cell: ({ funderId }) => nameOf(names.funders, funderId) },
          { title: texts.exercice, cell: ({ exercice }) => exercice },
          { title: texts.age, kind: 'number', cell: ({ ageDays }) => ageDays },
        ]}
      />
    </>
  );
}

interface Year {
  readonly exercice: number;
  readonly positions: ReadonlyMap<string, UnsettledAnswer>;
}

/** One line an exercice, one column a funder. */
function Unsettled({ sheet }: DgsView) {
  const texts = useTexts(gapTexts);
  const years = yearsOf(sheet);
  return (
    <Section
      title={texts.unsettled}
      rows={years}
      empty={texts.allSettled}
      columns={[
        {
          title: texts.exercice,
          kind: 'head',
          cell: ({ exercice }) => <a href={`/settlement?exercice=${exercice}`}>{exercice}</a>,
        },
        ...sheet.funders.map(({ funderId, name }): Column<Year> => ({
          title: name,
          kind: 'amount',
          cell: ({ positions, exercice }) => {
            const found = positions.get(funderId);
            return found === undefined ? (
              '–'
            ) : (
              <Amount cents={found.positionCents} why={pageOf(found.why)} of={`${name}, ${exercice}`} />
            );
          },
        })),
      ]}
    />
  );
}

function yearsOf({ unsettled }: DgsSheetAnswer): Year[] {
  const years = [...new Set(unsettled.map(({ exercice }) => exercice))].toSorted((a, b) => b - a);
  return years.map((exercice) => {
    const own = unsettled.filter((each) => each.exercice === exercice);
    return { exercice, positions: new Map(own.map((each) => [each.funderId, each])) };
  });
}
