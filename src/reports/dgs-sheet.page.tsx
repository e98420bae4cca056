/** The sheet of the three directors general: everything on the day of their meeting, on one page of A4 when it is printed. */

import { Amount } from '../console/amount.js';
import { Day } from '../console/day.js';
import { DayField } from '../console/field.js';
import { Filters } from '../console/filters.js';
import { freshForm } from '../console/form-state.js';
import { pageOf, withQuery } from '../console/links.js';
import { useTexts } from '../console/reading.js';
import { DataTable, type Column } from '../console/table.js';
import { ZeroSum } from '../console/zero-sum.js';
import type { ComparedFiguresAnswer } from './dgs-answers.js';
import type { DgsView } from './dgs-section.page.js';
import { DgsSections } from './dgs-sections.page.js';
import { sheetFigures, type SheetFigure } from './report-words.js';

export const dgsTexts = {
  fr: {
    title: 'Fiche DGS 276',
    lead: 'L’état des dispositifs partagés pour la réunion des directeurs généraux. Elle s’imprime sur une page A4.',
    on: 'Réunion du',
    since: 'Réunion précédente',
    show: 'Afficher',
    csv: 'Télécharger (CSV)',
    pdf: 'Document (PDF)',
    acts: 'Emporter la fiche',
    from: 'depuis le',
    balances: 'Soldes',
    figure: 'Montant',
    change: 'évolution depuis la réunion précédente',
    total: 'Total',
    below: 'Sous chaque montant, son évolution depuis la réunion précédente.',
  },
  en: {
    title: 'DGS 276 sheet',
    lead: 'Where the shared schemes stand, for the meeting of the directors general. It is printed on one page of A4.',
    on: 'Meeting of',
    since: 'Meeting before',
    show: 'Show',
    csv: 'Download (CSV)',
    pdf: 'Document (PDF)',
    acts: 'Take the sheet away',
    from: 'since',
    balances: 'Balances',
    figure: 'Figure',
    change: 'change since the meeting before',
    total: 'Total',
    below: 'Below each amount, its change since the meeting before.',
  },
};

export function DgsSheetPage(props: DgsView) {
  const { sheet, query } = props;
  const texts = useTexts(dgsTexts);
  return (
    <div class="one-page">
      <h1>
        {texts.title}{' '}
        <small>
          <Day on={sheet.on} /> · {texts.from} <Day on={sheet.since} />
        </small>
      </h1>
      <p class="lead no-print">{texts.lead}</p>
      <Filters action="/reports/dgs" submit={texts.show}>
        <DayField form={freshForm({ on: sheet.on })} name="on" label={texts.on} />
        <DayField form={freshForm({ since: String(query['since'] ?? '') })} name="since" label={texts.since} />
      </Filters>
      <nav class="actions" aria-label={texts.acts}>
        <a class="button quiet" href={withQuery('/exports/dgs', query)}>
          {texts.pdf}
        </a>
        <a class="button quiet" href={withQuery('/reports/dgs/csv', query)}>
          {texts.csv}
        </a>
      </nav>
      <h2>{texts.balances}</h2>
      <p class="hint">
        <ZeroSum cents={sheet.sumOfPositionsCents} /> {texts.below}
      </p>
      <Balances {...props} />
      <DgsSections {...props} />
    </div>
  );
}

/** One line a figure; for each funder the amount on the day, and how it changed since the meeting before. */
function Balances({ sheet }: DgsView) {
  const texts = useTexts(dgsTexts);
  const figures = useTexts(sheetFigures);
  return (
    <DataTable
      caption={texts.balances}
      captionHidden
      rows={Object.keys(figures) as SheetFigure[]}
      columns={[
        { title: texts.figure, kind: 'head', cell: (figure) => figures[figure] },
        ...sheet.funders.map((funder): Column<SheetFigure> => ({
          title: funder.name,
          kind: 'amount',
          cell: (figure) => <Compared figure={figure} of={funder} name={funder.name} />,
        })),
        {
          title: texts.total,
          kind: 'amount',
          cell: (figure) => <Compared figure={figure} of={sheet.totals} name={texts.total} />,
        },
      ]}
    />
  );
}

interface ComparedProps {
  readonly figure: SheetFigure;
  readonly of: ComparedFiguresAnswer;
  readonly name: string;
}

/** The amount on the day, and below it by how much it changed since the meeting before. */
function Compared({ figure, of, name }: ComparedProps) {
  const texts = useTexts(dgsTexts);
  const figures = useTexts(sheetFigures);
  const said = `${figures[figure]}, ${name}`;
  return (
    <>
      <Amount cents={of.at[figure]} why={pageOf(of.why[figure]!)} of={said} />
      {of.change[figure] !== 0 && (
        <span class="change">
          {of.change[figure] > 0 && '+'}
          <Amount cents={of.change[figure]} why={pageOf(of.whyChange[figure]!)} of={`${said}, ${texts.change}`} />
        </span>
      )}
    </>
  );
}
