/** The lines of a list and the payments of the ledger, each with its outcome, what it was matched with and what differs. */

import { Amount } from '../console/amount.js';
import { StatusBadge } from '../console/badge.js';
import { Day } from '../console/day.js';
import { useTexts } from '../console/reading.js';
import { DataTable, type Column } from '../console/table.js';
import type { OutcomeRowAnswer } from './reconciliation-answers.js';
import { outcomeNames, outcomeTone } from './reconciliation-words.js';

interface OutcomeRowsProps {
  readonly rows: readonly OutcomeRowAnswer[];
  readonly caption: string;
  /** Columns before and behind, for what is done with a row. */
  readonly first?: readonly Column<OutcomeRowAnswer>[];
  readonly last?: readonly Column<OutcomeRowAnswer>[];
}

const rowsTexts = {
  fr: {
    line: 'Ligne',
    reference: 'Référence',
    on: 'Date',
    listed: 'Quote-part, liste',
    recorded: 'Quote-part, registre',
    difference: 'Écart',
    outcome: 'Résultat',
    remarks: 'Remarques',
    more: 'et d’autres',
    byHand: 'à la main :',
    none: 'Aucune ligne pour ce choix.',
  },
  en: {
    line: 'Line',
    reference: 'Reference',
    on: 'Date',
    listed: 'Share, list',
    recorded: 'Share, ledger',
    difference: 'Difference',
    outcome: 'Outcome',
    remarks: 'Remarks',
    more: 'and others',
    byHand: 'by hand:',
    none: 'No line for this choice.',
  },
};

/** Payments named in one cell at most. */
const NAMED = 5;

export function OutcomeRows({ rows, caption, first = [], last = [] }: OutcomeRowsProps) {
  const texts = useTexts(rowsTexts);
  const names = useTexts(outcomeNames);
  return (
    <DataTable
      caption={caption}
      rows={rows}
      empty={texts.none}
      columns={[
        ...first,
        { title: texts.line, kind: 'number', cell: ({ line }) => line ?? '–' },
        {
          title: texts.reference,
          kind: 'head',
          cell: ({ reference, payments }) => {
            const named = reference ?? payments[0]?.orderNumbers.join(' + ') ?? '–';
            // several references may be broken between two
            return <span {...(named.length < 24 && { class: 'id' })}>{named}</span>;
          },
        },
        {
          title: texts.on,
          cell: ({ on, payments }) => {
            const day = on ?? payments[0]?.paidOn;
            return day === undefined ? '–' : <Day on={day} />;
          },
        },
        {
          title: texts.outcome,
          cell: ({ outcome }) => <StatusBadge tone={outcomeTone(outcome)}>{names[outcome]}</StatusBadge>,
        },
        { title: texts.listed, kind: 'amount', cell: ({ shareCents }) => <Cents cents={shareCents} /> },
        { title: texts.recorded, kind: 'amount', cell: ({ recorded }) => <Cents cents={recorded?.shareCents} /> },
        {
          title: texts.difference,
          kind: 'amount',
          cell: ({ difference }) => <Cents cents={difference?.shareCents} />,
        },
        { title: texts.remarks, cell: (row) => <Remarks row={row} /> },
        ...last,
      ]}
    />
  );
}

function Cents({ cents }: { readonly cents: number | null | undefined }) {
  return cents === null || cents === undefined ? <>–</> : <Amount cents={cents} />;
}

/** The payments by their pages, why a match was made, what a reader should know of the line. */
function Remarks({ row }: { readonly row: OutcomeRowAnswer }) {
  const texts = useTexts(rowsTexts);
  const { payments, paymentCount, reason, remarks, errors } = row;
  return (
    <>
      {payments.slice(0, NAMED).map(({ paymentId, grantId }, i) => (
        <>
          {i > 0 && ', '}
          <a class="id" href={`/grants/${grantId}/payments/${paymentId}`}>
            {paymentId}
          </a>
        </>
      ))}
      {paymentCount > NAMED && ` ${texts.more}`}
      {reason !== null && ` (${texts.byHand} ${reason})`}
      {(remarks.length > 0 || errors.length > 0) && (
        <ul class="remarks">
          {remarks.map(({ detail }) => (
            <li>{detail}</li>
          ))}
          {errors.map(({ column, detail }) => (
            <li>{column === undefined ? detail : `${column} – ${detail}`}</li>
          ))}
        </ul>
      )}
    </>
  );
}
