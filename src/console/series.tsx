/** The look of a chart's series: each a colour and a pattern of its own, so that colour is never the only sign. */

import type { ComponentChildren } from 'preact';

/** Series beyond these begin again with the first look. */
const LOOKS = 5;

/** What a shape of a series is filled with; {@link SeriesPatterns} has to be on the page. */
export function fillOf(series: number): string {
  return `url(#series-${(series % LOOKS) + 1})`;
}

/** The patterns, once a page. */
export function SeriesPatterns() {
  return (
    <svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false">
      <defs>
        <Pattern series={1} />
        <Pattern series={2} turned="rotate(45)">
          <rect width="2" height="8" class="gap" />
        </Pattern>
        <Pattern series={3}>
          <circle cx="2" cy="2" r="1.3" class="gap" />
          <circle cx="6" cy="6" r="1.3" class="gap" />
        </Pattern>
        <Pattern series={4}>
          <rect width="8" height="2" class="gap" />
        </Pattern>
        <Pattern series={5} turned="rotate(-45)">
          <rect width="1.5" height="8" class="gap" />
          <rect width="8" height="1.5" class="gap" />
        </Pattern>
      </defs>
    </svg>
  );
}

function Pattern({
  series,
  turned,
  children,
}: {
  readonly series: number;
  readonly turned?: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <pattern
      id={`series-${series}`}
      width="8"
      height="8"
      patternUnits="userSpaceOnUse"
      {...(turned !== undefined && { patternTransform: turned })}
    >
      <rect width="8" height="8" class={`series-${series}`} />
      {children}
    </pattern>
  );
}

/** Which look is which series. */
export function Legend({ names }: { readonly names: readonly string[] }) {
  return (
    <ul class="legend">
      {names.map((name, i) => (
        <li>
          <svg width="16" height="16" aria-hidden="true" focusable="false">
            <rect width="16" height="16" rx="3" fill={fillOf(i)} />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
