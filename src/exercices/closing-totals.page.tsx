/** The totals of an exercice per scheme and funder, and what it carries over: as a closing stored them, or as they are now. */

import type { ComponentChildren } from 'preact';
import { Amount } from '../console/amount.js';
import { pageOf } from '../console/links.js';
import { nameOf, type Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { DataTable, type Column } from '../console/table.js';
import type { ClosingChecklistAnswer, ExplainedTotalsAnswer } from './show-closing.js';

interface ClosingTotalsProps {
  readonly checklist: ClosingChecklistAnswer;
  readonly names: Names;
  readonly children: ComponentChildren;
}

const totalsTexts = {
  fr: {
    stored: 'Totaux arrêtés par la clôture',
    now: 'Totaux de l’exercice à ce jour',
    carried: 'À reporter sur l’exercice suivant',
    nothing: 'Aucune écriture dans cet exercice.',
    settled: 'Rien à reporter : toutes les positions sont soldées.',
    funder: 'Collectivité',
    position: 'Position',
    figures: {
      shareDueCents: 'Quote-part due',
      disbursedCents: 'Versé',
      recoveredCents: 'Recouvré',
      calledCents: 'Appelé',
      contributedCents: 'Envoyé',
      receivedCents: 'Reçu',
      positionCents: 'Position',
    },
  },
  en: {
    stored: 'Totals fixed by the closing',
    now: 'Totals of the exercice by now',
    carried: 'To be carried over',
    nothing: 'Nothing was recorded in this exercice.',
    settled: 'Nothing to carry over: every position is settled.',
    funder: 'Funder',
    position: 'Position',
    figures: {
      shareDueCents: 'Share due',
      disbursedCents: 'Disbursed',
      recoveredCents: 'Recovered',
      calledCents: 'Called',
      contributedCents: 'Sent',
      receivedCents: 'Received',
      positionCents: 'Position',
    },
  },
};

type TotalFigure = keyof (typeof totalsTexts)['fr']['figures'];

export function ClosingTotals({ checklist, names, children }: ClosingTotalsProps) {
  const texts = useTexts(totalsTexts);
  const { totals, carriedOver } = checklist.closing ?? checklist;
  const title = checklist.closing === null ? texts.now : texts.stored;
  return (
    <>
      <h2>{title}</h2>
      {children}
      <DataTable
        caption={title}
        captionHidden
        rows={totals}
        group={({ schemeId }) => nameOf(names.schemes, schemeId)}
        empty={texts.nothing}
        columns={[
          { title: texts.funder, kind: 'head', cell: ({ funderId }) => nameOf(names.funders, funderId) },
          ...(Object.keys(texts.figures) as TotalFigure[]).map((figure): Column<ExplainedTotalsAnswer> => ({
            title: texts.figures[figure],
            kind: 'amount',
            cell: (row) => (
              <Amount
                cents={row[figure]}
                why={pageOf(row.whyOf[figure] ?? row.why)}
                of={`${texts.figures[figure]}, ${nameOf(names.funders, row.funderId)}`}
              />
            ),
          })),
        ]}
      />
      <h2>{texts.carried}</h2>
      <DataTable
        caption={texts.carried}
        captionHidden
        rows={carriedOver}
        group={({ schemeId }) => nameOf(names.schemes, schemeId)}
        empty={texts.settled}
        columns={[
          { title: texts.funder, kind: 'head', cell: ({ funderId }) => nameOf(names.funders, funderId) },
          {
            title: texts.position,
            kind: 'amount',
            cell: ({ positionCents, why, funderId }) => (
              <Amount cents={positionCents} why={pageOf(why)} of={nameOf(names.funders, funderId)} />
            ),
          },
        ]}
      />
    </>
  );
}
