/** Columns over time, the series of each stacked; widths in percent, so that it fits any screen without shrinking its letters. */

import { formatEuros } from '#libs/money/euros';
import { axisOf, percentPlace, placeOn, shortEuros, type Axis } from './axis.js';
import { useLanguage } from './reading.js';
import { fillOf } from './series.js';

export interface BarColumn {
  /** Under the column; empty for none. */
  readonly label: string;
  /** What the column is, for whoever points at it. */
  readonly title: string;
  /** One a series. */
  readonly cents: readonly number[];
}

interface BarsProps {
  /** What is drawn, for whoever does not see it. */
  readonly label: string;
  readonly names: readonly string[];
  readonly columns: readonly BarColumn[];
}

/** Percent of the height that the drawing takes, between the labels above and below it. */
const TOP = 6;
const BOTTOM = 89;
/** Percent of the width that the amounts beside the axis take. */
const LEFT = 8;
/** Percent of the width of a column that its bar takes. */
const BAR = 74;

export function Bars({ label, names, columns }: BarsProps) {
  const axis = axisOf(
    Math.min(0, ...columns.map(({ cents }) => sumOf(cents, isNegative))),
    Math.max(0, ...columns.map(({ cents }) => sumOf(cents, isPositive))),
  );
  const width = (100 - LEFT) / Math.max(columns.length, 1);
  return (
    <div class="plot" role="region" tabIndex={0} aria-label={label}>
      <svg class={columns.length > 24 ? 'bars dense' : 'bars'} role="img" aria-label={label}>
        <Ticks axis={axis} />
        {columns.map((column, i) => (
          <g>
            <Stack
              axis={axis}
              column={column}
              names={names}
              x={LEFT + i * width + (width * (100 - BAR)) / 200}
              width={width}
            />
            {column.label !== '' && (
              <text x={percentPlace(LEFT + (i + 0.5) * width)} y="98%" class="tick" text-anchor="middle">
                {column.label}
              </text>
            )}
          </g>
        ))}
        <line x1="0" x2="100%" y1={heightOf(axis, 0)} y2={heightOf(axis, 0)} class="zero-line" />
      </svg>
    </div>
  );
}

function Ticks({ axis }: { readonly axis: Axis }) {
  const language = useLanguage();
  return (
    <g>
      {axis.ticksCents.map((cents) => (
        <>
          <line x1="0" x2="100%" y1={heightOf(axis, cents)} y2={heightOf(axis, cents)} class="grid-line" />
          {cents !== 0 && (
            <text x="0" y={heightOf(axis, cents)} dy="-3" class="tick">
              {shortEuros(cents, language)}
            </text>
          )}
        </>
      ))}
    </g>
  );
}

interface StackProps {
  readonly axis: Axis;
  readonly column: BarColumn;
  readonly names: readonly string[];
  readonly x: number;
  readonly width: number;
}

/** What is positive is stacked up from zero, what is negative down. */
function Stack({ axis, column, names, x, width }: StackProps) {
  const language = useLanguage();
  return (
    <>
      {column.cents.map((cents, series) => {
        if (cents === 0) return null;
        const below = sumOf(column.cents.slice(0, series), cents > 0 ? isPositive : isNegative);
        const ends = [placeIn(axis, below), placeIn(axis, below + cents)];
        return (
          <rect
            x={percentPlace(x)}
            width={percentPlace((width * BAR) / 100)}
            y={percentPlace(Math.min(...ends))}
            height={percentPlace(Math.abs(ends[1]! - ends[0]!))}
            fill={fillOf(series)}
            class="bar-part"
          >
            <title>{`${column.title}, ${names[series] ?? ''} · ${formatEuros(cents, language)}`}</title>
          </rect>
        );
      })}
    </>
  );
}

function placeIn(axis: Axis, cents: number): number {
  return BOTTOM - (placeOn(axis, cents) * (BOTTOM - TOP)) / 100;
}

function heightOf(axis: Axis, cents: number): string {
  return percentPlace(placeIn(axis, cents));
}

function sumOf(cents: readonly number[], isCounted: (cents: number) => boolean): number {
  return cents.filter(isCounted).reduce((sum, each) => sum + each, 0);
}

function isPositive(cents: number): boolean {
  return cents > 0;
}

function isNegative(cents: number): boolean {
  return cents < 0;
}
