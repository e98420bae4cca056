/** What each collectivity bears of the payments, month by month. */

import { Amount } from '../console/amount.js';
import { Chart } from '../console/chart.js';
import { Bars } from '../console/chart-bars.js';
import { pageOf } from '../console/links.js';
import { monthName } from '../console/month.js';
import { useLanguage, useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import type { NamedFunder } from './funder-order.js';
import type { MonthAnswer, MonthsAnswer } from './show-months.js';

interface MonthsChartProps {
  readonly months: MonthsAnswer;
  readonly funders: readonly NamedFunder[];
}

const TEXTS = {
  fr: {
    title: 'Versé par mois et par collectivité',
    note: 'La quote-part de chaque collectivité dans les versements du mois, nette des annulations, rejets et reversements.',
    month: 'Mois',
    empty: 'Aucun versement pour ce choix : retirez un filtre.',
    share: 'Quote-part due',
  },
  en: {
    title: 'Paid per month and funder',
    note: 'The share of each funder in the payments of the month, net of reversals, returns and recoveries.',
    month: 'Month',
    empty: 'No payment for this choice: remove a filter.',
    share: 'Share due',
  },
};

/** Months up to which each has its own label; beyond, the years have. */
const NAMED_AT_MOST = 18;

export function MonthsChart({ months, funders }: MonthsChartProps) {
  const texts = useTexts(TEXTS);
  const language = useLanguage();
  const cells = new Map(months.data.map((cell) => [`${cell.month} ${cell.funderId}`, cell]));
  const cellOf = (month: string, funderId: string): MonthAnswer | undefined => cells.get(`${month} ${funderId}`);
  const drawn = everyMonth(months.data.filter(({ shareDueCents }) => shareDueCents !== 0).map(({ month }) => month));
  const names = funders.map(({ name }) => name);
  const labelOf = (month: string) => {
    if (drawn.length <= NAMED_AT_MOST) return monthName(month, language, month.endsWith('-01') ? 'year' : 'short');
    return month.endsWith('-07') ? month.slice(0, 4) : '';
  };
  const paid = (month: string) =>
    drawn.length > 0 && funders.some((each) => cellOf(month, each.funderId) !== undefined);
  return (
    <Chart
      id="months"
      title={texts.title}
      note={texts.note}
      {...(drawn.length > 0 && { names })}
      {...(drawn.length > 0 && {
        table: (
          <DataTable
            caption={texts.title}
            captionHidden
            rows={drawn.filter(paid)}
            columns={[
              { title: texts.month, kind: 'head', cell: (month) => monthName(month, language, 'long') },
              ...funders.map(({ funderId, name }) => ({
                title: name,
                kind: 'amount' as const,
                cell: (month: string) => {
                  const cell = cellOf(month, funderId);
                  const why = cell?.why?.['shareDueCents'];
                  return (
                    <Amount
                      cents={cell?.shareDueCents ?? 0}
                      why={why && pageOf(why)}
                      of={`${texts.share}, ${name}, ${monthName(month, language, 'long')}`}
                    />
                  );
                },
              })),
            ]}
          />
        ),
      })}
    >
      {drawn.length === 0 ? (
        <p class="empty">{texts.empty}</p>
      ) : (
        <Bars
          label={`${texts.title}. ${texts.note}`}
          names={names}
          columns={drawn.map((month) => ({
            label: labelOf(month),
            title: monthName(month, language, 'long'),
            cents: funders.map(({ funderId }) => cellOf(month, funderId)?.shareDueCents ?? 0),
          }))}
        />
      )}
    </Chart>
  );
}

/** From the first to the last, those without anything too: time goes on evenly. */
function everyMonth(months: readonly string[]): readonly string[] {
  const sorted = months.toSorted();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const all: string[] = [];
  for (let number = numberOf(first); number <= numberOf(last); number += 1)
    all.push(`${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`);
  return all;
}

function numberOf(month: string): number {
  const [year, of] = month.split('-');
  return Number(year) * 12 + Number(of) - 1;
}
