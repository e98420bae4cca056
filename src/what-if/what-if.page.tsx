/** What if: another key or another rule for the left-over cents, and what each funder would have borne to the cent. */

import { Alert } from '../console/alert.js';
import { Amount } from '../console/amount.js';
import { choicesOf } from '../console/choices.js';
import { DayField, HiddenField, SelectField, TextField } from '../console/field.js';
import { Facts } from '../console/facts.js';
import { Filters } from '../console/filters.js';
import { ErrorSummary } from '../console/form.js';
import { asTyped } from '../console/form-fields.js';
import type { FormState } from '../console/form-state.js';
import { pageOf, withQuery, type Query } from '../console/links.js';
import { nameOf, type Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { DataTable, type Column } from '../console/table.js';
import { Tabs } from '../console/tabs.js';
import type { WhatIfAnswer, WhatIfFunderAnswer, WhatIfRowAnswer } from './what-if-answers.js';

export const supposedFigures = ['shareDue', 'position', 'grantedShare'] as const;
export type SupposedFigure = (typeof supposedFigures)[number];

export interface WhatIfPageProps {
  readonly form: FormState;
  readonly names: Names;
  readonly query: Query;
  readonly figure: SupposedFigure;
  /** Absent before anything is supposed, and when it was refused. */
  readonly answer?: WhatIfAnswer;
}

export const whatIfTexts = {
  fr: {
    title: 'Et si…',
    lead: 'Le journal rejoué sous une autre clé ou une autre règle des centimes. Rien n’est écrit : c’est une question.',
    key: 'Clé supposée, un poids par collectivité',
    keyHint: 'Laissez tous les poids vides pour garder les clés qui étaient en vigueur.',
    other: 'Autre collectivité (identifiant)',
    otherWeight: 'Son poids',
    scheme: 'Dispositif',
    all: 'Tous',
    centRule: 'Centimes restants',
    rules: {
      'least-paid': 'à qui a le moins payé',
      'fixed-order': 'toujours au premier dans l’ordre',
      'payer-takes-rest': 'à la collectivité qui paie',
      'largest-remainder': 'aux plus grandes fractions',
    },
    effectiveFrom: 'À compter du',
    appliesTo: 'S’applique',
    scopes: { 'all-payments': 'à tous les versements', 'new-grants': 'aux nouveaux dossiers' },
    asOf: 'Faits datés jusqu’au',
    ask: 'Rejouer',
    instead: 'Supposez une clé ou une règle, puis rejouez : l’écart apparaît par collectivité, dispositif et exercice.',
    result: 'Ce qui aurait changé',
    count: 'Versements rejoués',
    concerned: 'concernés',
    different: 'Répartis autrement',
    largest: 'Plus grand écart d’une quote-part',
    on: 'versement',
    figures: { shareDue: 'Quote-part due', position: 'Position', grantedShare: 'Quote-part accordée' },
    figure: 'Montant montré',
    funder: 'Collectivité',
    exercice: 'Exercice',
    actual: 'Tel qu’enregistré',
    supposed: 'Supposé',
    delta: 'Écart',
    total: 'Total',
    perFunder: 'Par collectivité',
    perScheme: 'Par dispositif et exercice',
    whole: 'Le détail : tel qu’enregistré, supposé, écart',
    same: 'Aucun écart en ce montant.',
    csv: 'Télécharger (CSV)',
  },
  en: {
    title: 'What if…',
    lead: 'The log replayed under another key or another rule for the cents. Nothing is written: it is a question.',
    key: 'Supposed key, one weight a funder',
    keyHint: 'Leave all weights empty to keep the keys that were in force.',
    other: 'Another funder (identifier)',
    otherWeight: 'Its weight',
    scheme: 'Scheme',
    all: 'All',
    centRule: 'Left-over cents',
    rules: {
      'least-paid': 'to who has paid least',
      'fixed-order': 'always to the first in order',
      'payer-takes-rest': 'to the funder that pays',
      'largest-remainder': 'to the largest fractions',
    },
    effectiveFrom: 'From',
    appliesTo: 'Applies to',
    scopes: { 'all-payments': 'all payments', 'new-grants': 'new grants' },
    asOf: 'Facts dated until',
    ask: 'Replay',
    instead: 'Suppose a key or a rule, then replay: the difference shows per funder, scheme and exercice.',
    result: 'What would have changed',
    count: 'Payments replayed',
    concerned: 'concerned',
    different: 'Split otherwise',
    largest: 'Largest difference of one share',
    on: 'payment',
    figures: { shareDue: 'Share due', position: 'Position', grantedShare: 'Share granted' },
    figure: 'Figure shown',
    funder: 'Funder',
    exercice: 'Exercice',
    actual: 'As recorded',
    supposed: 'Supposed',
    delta: 'Difference',
    total: 'Total',
    perFunder: 'Per funder',
    perScheme: 'Per scheme and exercice',
    whole: 'In full: as recorded, supposed, difference',
    same: 'No difference in this figure.',
    csv: 'Download (CSV)',
  },
};

export function WhatIfPage({ form, names, query, figure, answer }: WhatIfPageProps) {
  const texts = useTexts(whatIfTexts);
  const extra = names.funders.length;
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <ErrorSummary form={form} />
      <Filters action="/what-if" submit={texts.ask}>
        <fieldset class="view">
          <legend>{texts.key}</legend>
          {names.funders.map((_, i) => (
            <>
              <HiddenField form={form} name={`splitKey.${i}.funderId`} />
              <TextField
                form={form}
                name={`splitKey.${i}.weight`}
                label={nameOf(names.funders, asTyped(form.typed, `splitKey.${i}.funderId`))}
                inputMode="numeric"
                autoComplete="off"
              />
            </>
          ))}
          <TextField form={form} name={`splitKey.${extra}.funderId`} label={texts.other} autoComplete="off" />
          <TextField
            form={form}
            name={`splitKey.${extra}.weight`}
            label={texts.otherWeight}
            inputMode="numeric"
            autoComplete="off"
          />
          <p class="hint">{texts.keyHint}</p>
        </fieldset>
        <SelectField form={form} name="centRule" label={texts.centRule} choices={choicesOf(texts.rules)} needed />
        <SelectField form={form} name="scheme" label={texts.scheme} none={texts.all} choices={names.schemes} />
        <SelectField form={form} name="appliesTo" label={texts.appliesTo} choices={choicesOf(texts.scopes)} needed />
        <DayField form={form} name="effectiveFrom" label={texts.effectiveFrom} />
        <DayField form={form} name="asOf" label={texts.asOf} />
      </Filters>
      {answer === undefined ? (
        form.refusal === undefined && <Alert kind="note" title={texts.instead} />
      ) : (
        <Answered {...{ answer, names, query, figure }} />
      )}
    </>
  );
}

function Answered({ answer, names, query, figure }: Required<Omit<WhatIfPageProps, 'form'>>) {
  const texts = useTexts(whatIfTexts);
  const { payments, funders, totals } = answer;
  const { figure: _, ...asked } = query;
  const rows = answer.data.filter((row) => row[figure].deltaCents !== 0);
  const name = texts.figures[figure];
  const total = { ...totals, funderId: '' };
  return (
    <>
      <h2>{texts.result}</h2>
      <Facts
        facts={[
          [texts.count, `${payments.count}, ${payments.concerned} ${texts.concerned}`],
          [texts.different, payments.different],
          [
            texts.largest,
            <>
              <Amount cents={payments.largestCents} />
              {payments.largestPaymentId !== null && (
                <>
                  {' '}
                  ({texts.on} <a href={`/payments/${payments.largestPaymentId}/trail`}>{payments.largestPaymentId}</a>)
                </>
              )}
            </>,
          ],
        ]}
      />
      <p class="actions">
        <a class="button quiet" href={withQuery('/what-if/csv', asked)}>
          {texts.csv}
        </a>
      </p>
      <Tabs
        label={texts.figure}
        tabs={supposedFigures.map((each) => ({
          href: withQuery('/what-if', { ...asked, figure: each }),
          text: texts.figures[each],
          current: each === figure,
        }))}
      />
      <DataTable
        caption={`${name} · ${texts.perFunder}`}
        rows={funders}
        total={total}
        columns={[
          {
            title: texts.funder,
            kind: 'head',
            cell: ({ funderId }) => (funderId === '' ? texts.total : nameOf(names.funders, funderId)),
          },
          ...compared<WhatIfFunderAnswer>(figure, texts),
        ]}
      />
      <DataTable
        caption={`${name} · ${texts.delta} · ${texts.perScheme}`}
        rows={cellsOf(rows)}
        group={([first]) => nameOf(names.schemes, first!.schemeId)}
        empty={texts.same}
        columns={[
          { title: texts.exercice, kind: 'head', cell: ([first]) => first!.exercice },
          ...funders.map(({ funderId }): Column<readonly WhatIfRowAnswer[]> => ({
            title: nameOf(names.funders, funderId),
            kind: 'amount',
            cell: (row) => <Amount cents={row.find((each) => each.funderId === funderId)?.[figure].deltaCents ?? 0} />,
          })),
        ]}
      />
      {rows.length > 0 && (
        <details>
          <summary>{texts.whole}</summary>
          <DataTable
            caption={`${name} · ${texts.perScheme}`}
            rows={rows}
            group={({ schemeId }) => nameOf(names.schemes, schemeId)}
            columns={[
              { title: texts.exercice, cell: ({ exercice }) => exercice },
              { title: texts.funder, kind: 'head', cell: ({ funderId }) => nameOf(names.funders, funderId) },
              ...compared<WhatIfRowAnswer>(figure, texts),
            ]}
          />
        </details>
      )}
    </>
  );
}

/** The rows of one scheme and exercice together: they follow each other. */
function cellsOf(rows: readonly WhatIfRowAnswer[]): WhatIfRowAnswer[][] {
  const cells: WhatIfRowAnswer[][] = [];
  for (const row of rows) {
    const first = cells.at(-1)?.[0];
    if (first !== undefined && first.schemeId === row.schemeId && first.exercice === row.exercice)
      cells.at(-1)!.push(row);
    else cells.push([row]);
  }
  return cells;
}

/** As it was, as it would be, and what lies between. */
function compared<Row extends WhatIfFunderAnswer>(
  figure: SupposedFigure,
  texts: (typeof whatIfTexts)['fr'],
): Column<Row>[] {
  const whyOf = (row: Row & Partial<WhatIfRowAnswer>) =>
    figure === 'shareDue' && row.why !== undefined ? pageOf(row.why) : undefined;
  return [
    {
      title: texts.actual,
      kind: 'amount',
      cell: (row) => <Amount cents={row[figure].actualCents} why={whyOf(row)} of={texts.figures[figure]} />,
    },
    {
      title: texts.supposed,
      kind: 'amount',
      cell: (row) => <Amount cents={row[figure].hypotheticalCents} />,
    },
    { title: texts.delta, kind: 'amount', cell: (row) => <Amount cents={row[figure].deltaCents} /> },
  ];
}
