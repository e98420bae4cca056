/** The sections of the directors general's sheet below the balances: unpaid calls, instruction, ceilings, what was noticed, what is open. */

import { Amount } from '../console/amount.js';
import { pageOf } from '../console/links.js';
import { nameOf } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import type { UsedCeilingAnswer } from './dgs-answers.js';
import { DgsGaps } from './dgs-gaps.page.js';
import { Section, type DgsView } from './dgs-section.page.js';
import { notedNames } from './report-words.js';

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
  },
};

export function DgsSections(props: DgsView) {
  const { sheet, names } = props;
  const texts = useTexts(sectionTexts);
  const kinds = useTexts(notedNames);
  const funder = (id: string) => nameOf(names.funders, id);
  const notedCounts = sheet.noted.counts.filter(({ count }) => count > 0);
  return (
    <div class="sections">
      <Section
        title={texts.calls}
        rows={sheet.unpaidCalls}
        empty={texts.noCalls}
        columns={[
          {
            title: texts.call,
            kind: 'head',
            cell: ({ callId, list }) => (
              <a class="id" href={pageOf(list)}>
                {callId}
              </a>
            ),
          },
          { title: texts.funder, cell: ({ funderId }) => funder(funderId) },
          { title: texts.age, kind: 'number', cell: ({ ageDays }) => ageDays },
          {
            title: texts.missing,
            kind: 'amount',
            cell: ({ missingCents, list, callId }) => <Amount cents={missingCents} why={pageOf(list)} of={callId} />,
          },
        ]}
      />
      <Section
        title={texts.instruction}
        rows={sheet.instruction}
        empty={texts.nothing}
        columns={[
          { title: texts.funder, kind: 'head', cell: ({ funderId }) => funder(funderId) },
          { title: texts.grants, kind: 'number', cell: ({ grants }) => grants },
          {
            title: texts.granted,
            kind: 'amount',
            cell: ({ grantedCents, why, funderId }) => (
              <Amount cents={grantedCents} why={pageOf(why['grantedCents']!)} of={funder(funderId)} />
            ),
          },
          { title: texts.fresh, kind: 'number', cell: ({ newGrants }) => newGrants },
          {
            title: texts.freshGranted,
            kind: 'amount',
            cell: ({ newGrantedCents, why, funderId }) => (
              <Amount cents={newGrantedCents} why={pageOf(why['newGrantedCents']!)} of={funder(funderId)} />
            ),
          },
        ]}
      />
      <Ceilings {...props} />
      <Section
        title={texts.noted}
        rows={notedCounts}
        empty={texts.nothing}
        whole
        columns={[
          {
            title: texts.fact,
            kind: 'head',
            cell: ({ kind, why }) => <a href={pageOf(why)}>{kinds[kind] ?? kind}</a>,
          },
          { title: texts.count, kind: 'number', cell: ({ count }) => count },
          {
            title: texts.amount,
            kind: 'amount',
            cell: ({ amountCents, why, kind }) => (
              <Amount cents={amountCents} why={pageOf(why)} of={kinds[kind] ?? kind} />
            ),
          },
        ]}
      />
      <DgsGaps {...props} />
    </div>
  );
}

function Ceilings({ sheet, names }: DgsView) {
  const texts = useTexts(sectionTexts);
  const nameIn = ({ scope, ceilingId }: UsedCeilingAnswer) => {
    const { schemeId, funderId, axisId } = scope as Readonly<Record<string, string | undefined>>;
    const parts = [
      schemeId && nameOf(names.schemes, schemeId),
      axisId,
      funderId && nameOf(names.funders, funderId),
    ].filter(Boolean);
    return parts.length === 0 ? ceilingId : parts.join(' · ');
  };
  return (
    <Section
      title={texts.ceilings}
      rows={sheet.ceilings}
      empty={texts.noCeilings}
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
          cell: (ceiling) => <Amount cents={ceiling.consumedCents} why={pageOf(ceiling.why)} of={nameIn(ceiling)} />,
        },
        { title: '%', kind: 'number', cell: ({ percent }) => percent },
      ]}
    />
  );
}
