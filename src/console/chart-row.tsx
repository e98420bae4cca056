/** One bar in a row of a table, beside the figure that it draws: parts one after the other from zero, and a mark. */

import { percentPlace, placeOn, type Axis } from './axis.js';
import { fillOf } from './series.js';

interface RowBarProps {
  readonly axis: Pick<Axis, 'leastCents' | 'mostCents'>;
  /** One a series; a negative one leads to the left of zero. */
  readonly parts: readonly number[];
  /** A limit that is drawn across: 100 %. */
  readonly markCents?: number;
  /** Drawn in the colour of its tone; `plain` in those of the series. `past` when the mark is passed: it is said in words beside it too. */
  readonly tone?: 'plain' | 'near' | 'past';
}

export function RowBar({ axis, parts, markCents, tone = 'plain' }: RowBarProps) {
  const place = (cents: number) => Math.min(100, Math.max(0, placeOn(axis as Axis, cents)));
  const zero = place(0);
  return (
    <svg class={`row-bar ${tone}`} aria-hidden="true" focusable="false">
      <rect width="100%" height="100%" class="groove" rx="3" />
      {parts.map((cents, series) => {
        if (cents === 0) return null;
        const before = parts.slice(0, series).reduce((sum, each) => (each > 0 === cents > 0 ? sum + each : sum), 0);
        const ends = [place(before), place(before + cents)];
        return (
          <rect
            x={percentPlace(Math.min(...ends))}
            width={percentPlace(Math.abs(ends[1]! - ends[0]!))}
            height="100%"
            class={`bar-part ${tone}`}
            {...(tone === 'plain' && { fill: fillOf(series) })}
          />
        );
      })}
      {zero > 0 && <line x1={percentPlace(zero)} x2={percentPlace(zero)} y1="0" y2="100%" class="zero-line" />}
      {markCents !== undefined && (
        <line
          x1={percentPlace(place(markCents))}
          x2={percentPlace(place(markCents))}
          y1="0"
          y2="100%"
          class="mark-line"
        />
      )}
    </svg>
  );
}
