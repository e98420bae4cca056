/** What a comparison came to: how many lines and payments of each outcome, and their amounts on both sides. */

import { Amount } from '../console/amount.js';
import { pageOf } from '../console/links.js';
import { useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import type { OutcomeTotalAnswer } from './reconciliation-answers.js';
import { outcomeNames } from './reconciliation-words.js';

interface OutcomeTotalsProps {
  readonly totals: readonly OutcomeTotalAnswer[];
  readonly caption: string;
  /** The lines of an outcome can be opened. */
  readonly linked?: true;
}

const totalsTexts = {
  fr: {
    outcome: 'Résultat',
    lines: 'Lignes',
    payments: 'Versements',
    listed: 'Quote-part, liste',
    recorded: 'Quote-part, registre',
    difference: 'Écart de quote-part',
    amounts: 'Écart de montant',
    empty: 'Rien à comparer.',
  },
  en: {
    outcome: 'Outcome',
    lines: 'Lines',
    payments: 'Payments',
    listed: 'Share, list',
    recorded: 'Share, ledger',
    difference: 'Difference of share',
    amounts: 'Difference of amount',
    empty: 'Nothing to compare.',
  },
};

export function OutcomeTotals({ totals, caption, linked }: OutcomeTotalsProps) {
  const texts = useTexts(totalsTexts);
  const names = useTexts(outcomeNames);
  const why = (total: OutcomeTotalAnswer) => (linked ? pageOf(total.why) : undefined);
  return (
    <DataTable
      caption={caption}
      captionHidden
      rows={totals.filter(({ lineCount, paymentCount }) => lineCount + paymentCount > 0)}
      empty={texts.empty}
      columns={[
        { title: texts.outcome, kind: 'head', cell: ({ outcome }) => names[outcome] },
        { title: texts.lines, kind: 'number', cell: ({ lineCount }) => lineCount },
        { title: texts.payments, kind: 'number', cell: ({ paymentCount }) => paymentCount },
        {
          title: texts.listed,
          kind: 'amount',
          cell: (total) => (
            <Amount cents={total.listed.shareCents} why={why(total)} of={`${texts.listed}, ${names[total.outcome]}`} />
          ),
        },
        {
          title: texts.recorded,
          kind: 'amount',
          cell: (total) => (
            <Amount
              cents={total.recorded.shareCents}
              why={why(total)}
              of={`${texts.recorded}, ${names[total.outcome]}`}
            />
          ),
        },
        {
          title: texts.difference,
          kind: 'amount',
          cell: (total) => (
            <Amount
              cents={total.difference.shareCents}
              why={why(total)}
              of={`${texts.difference}, ${names[total.outcome]}`}
            />
          ),
        },
        {
          title: texts.amounts,
          kind: 'amount',
          cell: ({ difference }) => <Amount cents={difference.amountCents} />,
        },
      ]}
    />
  );
}
