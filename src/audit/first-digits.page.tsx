/** The first digits of the amounts beside what Benford's law expects: bars and a line, and the same as a table. */

import { StatusBadge } from '../console/badge.js';
import { useLanguage, useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import type { FirstDigitsAnswer } from './checks-answers.js';

const TEXTS = {
  fr: {
    title: 'Premiers chiffres des montants (loi de Benford)',
    chart:
      'Barres : les premiers chiffres observés. Ligne : ce qu’attend la loi de Benford. Le tableau qui suit dit la même chose.',
    digit: 'Premier chiffre',
    observed: 'Observés',
    expected: 'Attendus',
    within: 'Dans les bornes du hasard',
    beyond: 'Au-delà de ce que le hasard explique une fois sur vingt',
    statistic: (value: string, critical: string) => `χ² = ${value}, seuil ${critical}.`,
    caution: 'Des montants fixés par un barème s’en écartent sans que rien soit anormal.',
  },
  en: {
    title: 'First digits of the amounts (Benford’s law)',
    chart: 'Bars: the first digits observed. Line: what Benford’s law expects. The table that follows says the same.',
    digit: 'First digit',
    observed: 'Observed',
    expected: 'Expected',
    within: 'Within what chance explains',
    beyond: 'Beyond what chance explains one time in twenty',
    statistic: (value: string, critical: string) => `χ² = ${value}, threshold ${critical}.`,
    caution: 'Amounts that follow a scale differ from it without anything being wrong.',
  },
};

const [WIDTH, HEIGHT, BASE, STEP, BAR] = [460, 220, 180, 50, 30];

export function FirstDigits({ found }: { readonly found: FirstDigitsAnswer }) {
  const texts = useTexts(TEXTS);
  const language = useLanguage();
  const { digits, chiSquaredThousandths, criticalThousandths, isWithin, note } = found;
  const thousandths = (value: number) =>
    (value / 1_000).toLocaleString(language === 'fr' ? 'fr-FR' : 'en-GB', { maximumFractionDigits: 1 });
  return (
    <>
      <h2 id="first-digits">{texts.title}</h2>
      {isWithin !== null && chiSquaredThousandths !== null && (
        <p>
          <StatusBadge tone={isWithin ? 'good' : 'waiting'}>{isWithin ? texts.within : texts.beyond}</StatusBadge>{' '}
          {texts.statistic(thousandths(chiSquaredThousandths), thousandths(criticalThousandths))} {texts.caution}
        </p>
      )}
      {note !== null && <p>{note}</p>}
      {found.count > 0 && <Bars digits={digits} label={texts.chart} />}
      <DataTable
        caption={texts.title}
        captionHidden
        rows={digits}
        columns={[
          { title: texts.digit, kind: 'head', cell: ({ digit }) => digit },
          { title: texts.observed, kind: 'number', cell: ({ observed }) => observed },
          { title: texts.expected, kind: 'number', cell: ({ expected }) => expected },
        ]}
      />
    </>
  );
}

function Bars({ digits, label }: { readonly digits: FirstDigitsAnswer['digits']; readonly label: string }) {
  const most = Math.max(...digits.flatMap(({ observed, expected }) => [observed, expected]), 1);
  const heightOf = (count: number) => Math.trunc((count / most) * (BASE - 24));
  return (
    <svg class="digits" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {digits.map(({ digit, observed }) => (
        <>
          <rect
            class="bar"
            x={middleOf(digit) - BAR / 2}
            y={BASE - heightOf(observed)}
            width={BAR}
            height={heightOf(observed)}
            rx="3"
          />
          <text x={middleOf(digit)} y={BASE - heightOf(observed) - 6}>
            {observed}
          </text>
          <text x={middleOf(digit)} y={BASE + 20}>
            {digit}
          </text>
        </>
      ))}
      <line class="base" x1="0" y1={BASE} x2={WIDTH} y2={BASE} />
      <polyline
        class="law"
        points={digits.map(({ digit, expected }) => `${middleOf(digit)},${BASE - heightOf(expected)}`).join(' ')}
      />
    </svg>
  );
}

function middleOf(digit: number): number {
  return 5 + STEP * (digit - 0.5);
}
