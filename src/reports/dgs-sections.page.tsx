/** The sections of the directors general's sheet below the balances; on paper each shows its first lines, and says how many there are more. */

import type { ComponentChildren } from 'preact';
import { Amount } from '../console/amount.js';
import { Day } from '../console/day.js';
import { pageAt } from '../console/links.js';
import { nameOf } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { DataTable, type Column } from '../console/table.js';
import type { DgsSheetAnswer, UnsettledAnswer, UsedCeilingAnswer } from './dgs-answers.js';
import type { DgsSheetPageProps } from './dgs-sheet.page.js';
import { notedNames } from './report-words.js';

/** Rows of a section on paper; the style hides the others there. */
const PRINTED_ROWS = 5;

const sectionTexts = {
  fr: {
    calls: 'Appels impayés',
    call: 'Appel',
    funder: 'Collectivité',
    age: 'Âge (jours)',
    missing: 'Reste dû',
    noCalls: 'Tous les appels sont réglés.',
    ceilings: 'Plafonds proches ou dépassés',
    ceiling: 'Plafond',
    used: 'Consommé',
    noCeilings: 'Aucun plafond n’est consommé à 90 %.',
    instruction: 'Instruction',
    grants: 'Dossiers',
    granted: 'Accordé',
    fresh: 'Nouveaux',
    freshGranted: 'Accordé depuis',
    noted: 'Doublons et corrections',
    fact: 'Fait',
    count: 'Nombre',
    amount: 'Montant',
    nothing: 'Rien n’a été relevé.',
    unsettled: 'Exercices non soldés',
    exercice: 'Exercice',
    allSettled: 'Les exercices antérieurs sont soldés.',
    lists: 'Rapprochements ouverts',
    list: 'Liste',
    noLists: 'Aucun rapprochement n’est ouvert.',
    toClose: 'Exercices à clore',
    since: 'Depuis le',
    noneToClose: 'Aucun exercice n’attend sa clôture.',
    more: 'autres, voir la fiche à l’écran.',
  },
  en: {
    calls: 'Unpaid calls',
    call: 'Call',
    funder: 'Funder',
    age: 'Age (days)',
    missing: 'Still owed',
    noCalls: 'Every call is paid.',
    ceilings: 'Ceilings near or passed',
    ceiling: 'Ceiling',
    used: 'Used',
    noCeilings: 'No ceiling is used by 90 %.',
    instruction: 'Instruction',
    grants: 'Grants',
    granted: 'Granted',
    fresh: 'New',
    freshGranted: 'Granted since',
    noted: 'Doubles and corrections',
    fact: 'Fact',
    count: 'Number',
    amount: 'Amount',
    nothing: 'Nothing was noticed.',
    unsettled: 'Unsettled exercices',
    exercice: 'Exercice',
    allSettled: 'The earlier exercices are settled.',
    lists: 'Open reconciliations',
    list: 'List',
    noLists: 'No reconciliation is open.',
    toClose: 'Exercices to close',
    since: 'Since',
    noneToClose: 'No exercice waits for its closing.',
    more: 'more, see the sheet on screen.',
  },
};

export function DgsSections(props: DgsSheetPageProps) {
  const { sheet, names } = props;
  const texts = useTexts(sectionTexts);
  const kinds = useTexts(notedNames);
  const funder = (id: string) => nameOf(names.funders, id);
  const notedCounts = sheet.noted.counts.filter(({ count }) => count > 0);
  return (
    <div class="sections">
      <Section title={texts.calls} count={sheet.unpaidCalls.length} empty={texts.noCalls}>
        <DataTable
          caption={texts.calls}
          captionHidden
          rows={sheet.unpaidCalls}
          columns={[
            {
              title: texts.call,
              kind: 'head',
              cell: ({ callId, list }) => (
                <a class="id" href={pageAt(list)}>
                  {callId}
                </a>
              ),
            },
            { title: texts.funder, cell: ({ funderId }) => funder(funderId) },
            { title: texts.age, kind: 'number', cell: ({ ageDays }) => ageDays },
            {
              title: texts.missing,
              kind: 'amount',
              cell: ({ missingCents, list, callId }) => <Amount cents={missingCents} why={pageAt(list)} of={callId} />,
            },
          ]}
        />
      </Section>
      <Section title={texts.instruction} count={sheet.instruction.length} empty={texts.nothing}>
        <DataTable
          caption={texts.instruction}
          captionHidden
          rows={sheet.instruction}
          columns={[
            { title: texts.funder, kind: 'head', cell: ({ funderId }) => funder(funderId) },
            { title: texts.grants, kind: 'number', cell: ({ grants }) => grants },
            {
              title: texts.granted,
              kind: 'amount',
              cell: ({ grantedCents, why, funderId }) => (
                <Amount cents={grantedCents} why={pageAt(why['grantedCents']!)} of={funder(funderId)} />
              ),
            },
            { title: texts.fresh, kind: 'number', cell: ({ newGrants }) => newGrants },
            {
              title: texts.freshGranted,
              kind: 'amount',
              cell: ({ newGrantedCents, why, funderId }) => (
                <Amount cents={newGrantedCents} why={pageAt(why['newGrantedCents']!)} of={funder(funderId)} />
              ),
            },
          ]}
        />
      </Section>
      <Ceilings {...props} />
      <Section title={texts.noted} count={notedCounts.length} empty={texts.nothing} whole>
        <DataTable
          caption={texts.noted}
          captionHidden
          rows={notedCounts}
          columns={[
            {
              title: texts.fact,
              kind: 'head',
              cell: ({ kind, why }) => <a href={pageAt(why)}>{kinds[kind] ?? kind}</a>,
            },
            { title: texts.count, kind: 'number', cell: ({ count }) => count },
            {
              title: texts.amount,
              kind: 'amount',
              cell: ({ amountCents, why, kind }) => (
                <Amount cents={amountCents} why={pageAt(why)} of={kinds[kind] ?? kind} />
              ),
            },
          ]}
        />
      </Section>
      <Unsettled {...props} />
      <Section title={texts.toClose} count={sheet.exercicesToClose.length} empty={texts.noneToClose}>
        <DataTable
          caption={texts.toClose}
          captionHidden
          rows={sheet.exercicesToClose}
          columns={[
            {
              title: texts.exercice,
              kind: 'head',
              cell: ({ exercice }) => <a href={`/exercices/${exercice}/closing`}>{exercice}</a>,
            },
            { title: texts.since, cell: ({ since }) => <Day on={since} /> },
          ]}
        />
      </Section>
      <Section title={texts.lists} count={sheet.openReconciliations.length} empty={texts.noLists}>
        <DataTable
          caption={texts.lists}
          captionHidden
          rows={sheet.openReconciliations}
          columns={[
            {
              title: texts.list,
              kind: 'head',
              cell: ({ reconciliationId, list }) => (
                <a class="id" href={pageAt(list)}>
                  {reconciliationId}
                </a>
              ),
            },
            { title: texts.funder, cell: ({ funderId }) => funder(funderId) },
            { title: texts.exercice, cell: ({ exercice }) => exercice },
            { title: texts.age, kind: 'number', cell: ({ ageDays }) => ageDays },
          ]}
        />
      </Section>
    </div>
  );
}

function Ceilings({ sheet, names }: DgsSheetPageProps) {
  const texts = useTexts(sectionTexts);
  const nameIn = ({ scope, ceilingId }: UsedCeilingAnswer) => {
    const { schemeId, funderId, axisId } = scope as Readonly<Record<string, string | undefined>>;
    const parts = [
      schemeId && nameOf(names.schemes, schemeId),
      axisId && `${ceilingId}`,
      funderId && nameOf(names.funders, funderId),
    ].filter(Boolean);
    return parts.length === 0 ? ceilingId : parts.join(' · ');
  };
  return (
    <Section title={texts.ceilings} count={sheet.ceilings.length} empty={texts.noCeilings}>
      <DataTable
        caption={texts.ceilings}
        captionHidden
        rows={sheet.ceilings}
        columns={[
          {
            title: texts.ceiling,
            kind: 'head',
            cell: (ceiling) => `${nameIn(ceiling)}${ceiling.exercice === null ? '' : ` ${ceiling.exercice}`}`,
          },
          { title: texts.amount, kind: 'amount', cell: ({ amountCents }) => <Amount cents={amountCents} /> },
          {
            title: texts.used,
            kind: 'amount',
            cell: (ceiling) => <Amount cents={ceiling.consumedCents} why={pageAt(ceiling.why)} of={nameIn(ceiling)} />,
          },
          { title: '%', kind: 'number', cell: ({ percent }) => percent },
        ]}
      />
    </Section>
  );
}

interface Year {
  readonly exercice: number;
  readonly positions: ReadonlyMap<string, UnsettledAnswer>;
}

/** One line an exercice, one column a funder. */
function Unsettled({ sheet }: DgsSheetPageProps) {
  const texts = useTexts(sectionTexts);
  const years = yearsOf(sheet);
  return (
    <Section title={texts.unsettled} count={years.length} empty={texts.allSettled}>
      <DataTable
        caption={texts.unsettled}
        captionHidden
        rows={years}
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
                <Amount cents={found.positionCents} why={pageAt(found.why)} of={`${name}, ${exercice}`} />
              );
            },
          })),
        ]}
      />
    </Section>
  );
}

function yearsOf({ unsettled }: DgsSheetAnswer): Year[] {
  const years = [...new Set(unsettled.map(({ exercice }) => exercice))].toSorted((a, b) => b - a);
  return years.map((exercice) => {
    const own = unsettled.filter((each) => each.exercice === exercice);
    return { exercice, positions: new Map(own.map((each) => [each.funderId, each])) };
  });
}

interface SectionProps {
  readonly title: string;
  /** Of its rows. */
  readonly count: number;
  /** What is said in place of an empty table. */
  readonly empty: string;
  /** There are never many: all of them are printed. */
  readonly whole?: true;
  readonly children: ComponentChildren;
}

function Section({ title, count, empty, whole, children }: SectionProps) {
  const texts = useTexts(sectionTexts);
  return (
    <section class={whole && 'whole'}>
      <h2>{title}</h2>
      {count === 0 ? <p class="hint">{empty}</p> : children}
      {count > PRINTED_ROWS && !whole && (
        <p class="print-only">
          + {count - PRINTED_ROWS} {texts.more}
        </p>
      )}
    </section>
  );
}
