/** The funding calls, the last ones first: what each asked of whom, what came, what is still owed (R21). */

import { Amount } from '../console/amount.js';
import { Day } from '../console/day.js';
import { pageOf, withQuery } from '../console/links.js';
import { nameOf } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import { SettlementFrame, useMaySettle } from './frame.page.js';
import type { SettlementPageProps } from './settlement.page.js';
import type { CalledAnswer, ListedCallAnswer } from './show-settlement.js';

const callsTexts = {
  fr: {
    caption: 'Appels de fonds, les derniers d’abord',
    number: 'n°',
    issuedOn: 'Émis le',
    payer: 'appelle',
    funder: 'Collectivité appelée',
    called: 'Appelé',
    contributed: 'Versé',
    credited: 'Imputé',
    unpaid: 'Reste dû',
    pay: 'Enregistrer',
    payFor: 'la contribution à l’appel',
    some: 'Seuls les derniers appels sont montrés : choisissez un dispositif ou un exercice.',
    empty: 'Aucun appel de fonds pour ce choix. « À appeler », dans la situation, dit ce qui attend un appel.',
  },
  en: {
    caption: 'Funding calls, the last ones first',
    number: 'no.',
    issuedOn: 'Issued on',
    payer: 'calls',
    funder: 'Funder called',
    called: 'Called',
    contributed: 'Paid',
    credited: 'Credited',
    unpaid: 'Still owed',
    pay: 'Record',
    payFor: 'the contribution for call',
    some: 'Only the last calls are shown: choose a scheme or an exercice.',
    empty: 'No funding call for this choice. “To be called” says what waits for one.',
  },
};

type Row = CalledAnswer & { readonly call: ListedCallAnswer };

export function CallsPage(props: SettlementPageProps) {
  const { settlement, names } = props;
  const texts = useTexts(callsTexts);
  const maySettle = useMaySettle();
  const rows: Row[] = settlement.calls.flatMap((call) => call.called.map((each) => ({ ...each, call })));
  const titleOf = ({ call: { number, schemeId, exercice, payer } }: Row) =>
    `${nameOf(names.schemes, schemeId)} ${exercice} · ${nameOf(names.funders, payer)} · ${texts.number} ${number}`;
  return (
    <SettlementFrame place="/settlement/calls" {...props}>
      {settlement.callCount > settlement.calls.length && <p>{texts.some}</p>}
      <DataTable
        caption={texts.caption}
        captionHidden
        rows={rows}
        group={titleOf}
        empty={texts.empty}
        columns={[
          { title: texts.funder, kind: 'head', cell: ({ funderId }) => nameOf(names.funders, funderId) },
          {
            title: texts.issuedOn,
            cell: ({ call }) => (
              <a href={`/settlement/calls/${call.callId}`}>
                <Day on={call.issuedOn} />
                <span class="unseen"> {call.callId}</span>
              </a>
            ),
          },
          {
            title: texts.called,
            kind: 'amount',
            cell: (row) => (
              <Amount cents={row.amountCents} why={`/settlement/calls/${row.call.callId}`} of={titleOf(row)} />
            ),
          },
          {
            title: texts.contributed,
            kind: 'amount',
            cell: (row) => <Amount cents={row.contributedCents} why={pageOf(row.whyContributed)} of={titleOf(row)} />,
          },
          { title: texts.credited, kind: 'amount', cell: ({ creditedCents }) => <Amount cents={creditedCents} /> },
          { title: texts.unpaid, kind: 'amount', cell: ({ unpaidCents }) => <Amount cents={unpaidCents} /> },
          ...(maySettle
            ? [
                {
                  title: texts.pay,
                  cell: ({ call, funderId, unpaidCents }: Row) =>
                    unpaidCents > 0 && (
                      <a
                        href={withQuery('/settlement/contributions/new', {
                          callId: call.callId,
                          schemeId: call.schemeId,
                          exercice: call.exercice,
                          from: funderId,
                          to: call.payer,
                          amountCents: unpaidCents,
                        })}
                      >
                        {texts.pay}
                        <span class="unseen">
                          {' '}
                          {texts.payFor} {call.callId} {funderId}
                        </span>
                      </a>
                    ),
                },
              ]
            : []),
        ]}
      />
    </SettlementFrame>
  );
}
