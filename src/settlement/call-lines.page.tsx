/** The lines of a funding call: what was paid or came back, with each funder's share of it. */

import { Amount } from '../console/amount.js';
import { Day } from '../console/day.js';
import { nameOf, type Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { DataTable, type Column } from '../console/table.js';
import { lineKinds } from './call-words.js';
import type { CallLineAnswer } from './settlement-answers.js';

const linesTexts = {
  fr: {
    on: 'Le',
    payment: 'Versement',
    kind: 'Nature',
    of: 'de l’exercice',
    amount: 'Montant',
    empty: 'Aucune ligne.',
  },
  en: {
    on: 'On',
    payment: 'Payment',
    kind: 'Kind',
    of: 'of exercice',
    amount: 'Amount',
    empty: 'No line.',
  },
};

interface CallLinesProps {
  readonly lines: readonly CallLineAnswer[];
  readonly names: Names;
  readonly caption: string;
}

export function CallLines({ lines, names, caption }: CallLinesProps) {
  const texts = useTexts(linesTexts);
  const kinds = useTexts(lineKinds);
  const funderIds = [...new Set(lines.flatMap(({ shares }) => shares.map(({ funderId }) => funderId)))];
  return (
    <DataTable
      caption={caption}
      captionHidden
      rows={lines}
      empty={texts.empty}
      columns={[
        { title: texts.on, cell: ({ on }) => <Day on={on} /> },
        {
          title: texts.payment,
          kind: 'head',
          cell: ({ paymentId, grantId }) => (
            <a class="id" href={`/grants/${grantId}/payments/${paymentId}`}>
              {paymentId}
            </a>
          ),
        },
        {
          title: texts.kind,
          cell: ({ kind, originExercice }) =>
            `${kinds[kind] ?? kind}${originExercice === undefined ? '' : `, ${texts.of} ${originExercice}`}`,
        },
        {
          title: texts.amount,
          kind: 'amount',
          cell: ({ sign, amountCents }) => <Amount cents={sign * amountCents} />,
        },
        ...funderIds.map((funderId): Column<CallLineAnswer> => ({
          title: nameOf(names.funders, funderId),
          kind: 'amount',
          cell: ({ sign, shares }) => (
            <Amount cents={sign * (shares.find((share) => share.funderId === funderId)?.amountCents ?? 0)} />
          ),
        })),
      ]}
    />
  );
}
