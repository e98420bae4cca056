/** Looking back: the balances as of one day, as they were known on another, beside what they are now. */

import { Amount } from '../console/amount.js';
import { Day } from '../console/day.js';
import { DayField, SelectField } from '../console/field.js';
import { Filters } from '../console/filters.js';
import { ErrorSummary } from '../console/form.js';
import type { FormState } from '../console/form-state.js';
import { withQuery } from '../console/links.js';
import { nameOf, type Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { DataTable, type Column } from '../console/table.js';
import { Tile, Tiles } from '../console/tile.js';
import { DateSliders, type DateSlidersProps } from './date-sliders.page.js';
import { figureNames, figures, type Figure } from './figure-names.js';
import type { BalancesAnswer, FunderTotalAnswer } from './show-balances.js';

export interface LookingBackPageProps {
  readonly form: FormState;
  readonly names: Names;
  readonly dates: DateSlidersProps;
  /** Absent when the question was refused. */
  readonly found?: { readonly past: BalancesAnswer; readonly now: BalancesAnswer };
}

export const lookingBackTexts = {
  fr: {
    title: 'Regarder en arrière',
    lead: 'Les soldes tels qu’ils étaient un jour, et tels qu’on les connaissait un autre. Faites glisser les dates.',
    asOf: 'Faits datés jusqu’au',
    knownOn: 'Enregistrés jusqu’au',
    scheme: 'Dispositif',
    all: 'Tous',
    show: 'Afficher',
    found: (asOf: string, knownOn: string) => `Soldes au ${asOf}, tels qu’enregistrés au ${knownOn}`,
    now: 'aujourd’hui :',
    position: 'Position',
    figure: 'Montant',
    total: 'Total',
    empty: 'Rien n’était encore enregistré à cette date.',
    difference: 'Ce qui a changé depuis, événement par événement',
  },
  en: {
    title: 'Looking back',
    lead: 'The balances as they were on one day, as they were known on another. Slide the dates.',
    asOf: 'Facts dated until',
    knownOn: 'Recorded until',
    scheme: 'Scheme',
    all: 'All',
    show: 'Show',
    found: (asOf: string, knownOn: string) => `Balances as of ${asOf}, as recorded by ${knownOn}`,
    now: 'now:',
    position: 'Position',
    figure: 'Figure',
    total: 'Total',
    empty: 'Nothing had been recorded by that day.',
    difference: 'What has changed since, event by event',
  },
};

export function LookingBackPage({ form, names, dates, found }: LookingBackPageProps) {
  const texts = useTexts(lookingBackTexts);
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <ErrorSummary form={form} />
      <DateSliders {...dates} />
      <Filters action="/looking-back" submit={texts.show}>
        <DayField form={form} name="asOf" label={texts.asOf} />
        <DayField form={form} name="knownOn" label={texts.knownOn} />
        <SelectField form={form} name="scheme" label={texts.scheme} none={texts.all} choices={names.schemes} />
      </Filters>
      <p class="unseen" role="status" id="said" />
      <div id="found">{found && <Found {...{ form, names, dates, ...found }} />}</div>
    </>
  );
}

type FoundProps = Omit<LookingBackPageProps, 'found'> & NonNullable<LookingBackPageProps['found']>;

function Found({ form, names, dates, past, now }: FoundProps) {
  const texts = useTexts(lookingBackTexts);
  const [asOf, knownOn] = [dates.asOf.on, dates.knownOn.on];
  const positionNow = new Map(now.funders.map(({ funderId, positionCents }) => [funderId, positionCents]));
  const [before, between, after] = texts.found('|', '|').split('|');
  return (
    <>
      <h2>
        {before}
        <Day on={asOf} />
        {between}
        <Day on={knownOn} />
        {after}
      </h2>
      <Tiles>
        {now.funders.map(({ funderId }) => {
          const was = past.funders.find((funder) => funder.funderId === funderId);
          return (
            <Tile
              name={`${texts.position} · ${nameOf(names.funders, funderId)}`}
              figure={<Amount cents={was?.positionCents ?? 0} />}
              note={
                <>
                  {texts.now} <Amount cents={positionNow.get(funderId) ?? 0} />
                </>
              }
            />
          );
        })}
      </Tiles>
      <Figures past={past} names={names} />
      <p>
        <a
          href={withQuery('/difference', {
            beforeAsOf: asOf,
            beforeKnownOn: knownOn,
            scheme: String(form.typed['scheme'] ?? ''),
          })}
        >
          {texts.difference}
        </a>
      </p>
    </>
  );
}

/** One line a figure, one column a funder; each figure opens what made it at the time. */
function Figures({ past, names }: { readonly past: BalancesAnswer; readonly names: Names }) {
  const texts = useTexts(lookingBackTexts);
  const figureName = useTexts(figureNames);
  const column = (title: string, row: Omit<FunderTotalAnswer, 'funderId'>): Column<Figure> => ({
    title,
    kind: 'amount',
    cell: (figure) => (
      <Amount
        cents={row[figure]}
        why={row.why?.[figure]?.replace('/api/v1', '')}
        of={`${figureName[figure]}, ${title}`}
      />
    ),
  });
  return (
    <DataTable
      caption={texts.figure}
      captionHidden
      rows={past.funders.length === 0 ? [] : figures}
      empty={texts.empty}
      columns={[
        { title: texts.figure, kind: 'head', cell: (figure) => figureName[figure] },
        ...past.funders.map((funder) => column(nameOf(names.funders, funder.funderId), funder)),
        column(texts.total, past.totals),
      ]}
    />
  );
}
