/** The contributions between funders, the last ones first, with the call that each answers, and those that were reversed. */

import { Amount } from '../console/amount.js';
import { StatusBadge } from '../console/badge.js';
import { Day } from '../console/day.js';
import { nameOf } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import { SettlementFrame, useMaySettle } from './frame.page.js';
import type { SettlementPageProps } from './settlement.page.js';

const contributionsTexts = {
  fr: {
    caption: 'Contributions, les dernières d’abord',
    paidOn: 'Versée le',
    from: 'De',
    to: 'À',
    scheme: 'Dispositif',
    exercice: 'Exercice',
    call: 'Appel et référence',
    noCall: 'sans appel',
    amount: 'Montant',
    reverse: 'Annuler',
    reversed: 'Annulée le',
    some: 'Seules les dernières contributions sont montrées : choisissez un dispositif ou un exercice.',
    empty: 'Aucune contribution pour ce choix.',
    state: 'Correction',
  },
  en: {
    caption: 'Contributions, the last ones first',
    paidOn: 'Paid on',
    from: 'From',
    to: 'To',
    scheme: 'Scheme',
    exercice: 'Exercice',
    call: 'Call and reference',
    noCall: 'without a call',
    amount: 'Amount',
    reverse: 'Reverse',
    reversed: 'Reversed on',
    some: 'Only the last contributions are shown: choose a scheme or an exercice.',
    empty: 'No contribution for this choice.',
    state: 'Correction',
  },
};

export function ContributionsPage(props: SettlementPageProps) {
  const { settlement, names } = props;
  const texts = useTexts(contributionsTexts);
  const maySettle = useMaySettle();
  return (
    <SettlementFrame place="/settlement/contributions" {...props}>
      {settlement.contributionCount > settlement.contributions.length && <p>{texts.some}</p>}
      <DataTable
        caption={texts.caption}
        captionHidden
        rows={settlement.contributions}
        empty={texts.empty}
        columns={[
          { title: texts.paidOn, kind: 'head', cell: ({ paidOn }) => <Day on={paidOn} /> },
          { title: texts.from, cell: ({ from }) => nameOf(names.funders, from) },
          { title: texts.to, cell: ({ to }) => nameOf(names.funders, to) },
          { title: texts.amount, kind: 'amount', cell: ({ amountCents }) => <Amount cents={amountCents} /> },
          { title: texts.scheme, cell: ({ schemeId }) => nameOf(names.schemes, schemeId) },
          { title: texts.exercice, cell: ({ exercice }) => exercice },
          {
            title: texts.call,
            cell: ({ callId, reference }) => (
              <>
                {callId === null ? texts.noCall : <a href={`/settlement/calls/${callId}`}>{callId}</a>}
                {reference !== null && <span class="change">{reference}</span>}
              </>
            ),
          },
          {
            title: texts.state,
            cell: ({ contributionId, reversedOn }) =>
              reversedOn === null ? (
                maySettle && (
                  <a href={`/settlement/contributions/${contributionId}/reversal`}>
                    {texts.reverse}
                    <span class="unseen"> {contributionId}</span>
                  </a>
                )
              ) : (
                <StatusBadge tone="bad">
                  {texts.reversed} <Day on={reversedOn} />
                </StatusBadge>
              ),
          },
        ]}
      />
    </SettlementFrame>
  );
}
