/** The frame of a chart: what it shows in a sentence, the drawing, and the same numbers as a table. */

import type { ComponentChildren } from 'preact';
import { useTexts } from './reading.js';
import { Legend } from './series.js';

interface ChartProps {
  /** In the page, for links. */
  readonly id: string;
  readonly title: string;
  /** What is to be seen, and how it is to be read. */
  readonly note: ComponentChildren;
  /** The series, when there are several. */
  readonly names?: readonly string[];
  /** The numbers; absent where the drawing stands in the table itself. */
  readonly table?: ComponentChildren;
  readonly children: ComponentChildren;
}

const TEXTS = {
  fr: { numbers: 'Les mêmes chiffres en tableau' },
  en: { numbers: 'The same figures as a table' },
};

export function Chart({ id, title, note, names, table, children }: ChartProps) {
  const texts = useTexts(TEXTS);
  return (
    <figure class="chart" id={id}>
      <figcaption>
        <h2>{title}</h2>
        <p>{note}</p>
        {names !== undefined && <Legend names={names} />}
      </figcaption>
      {children}
      {table !== undefined && (
        <details class="numbers">
          <summary>{texts.numbers}</summary>
          {table}
        </details>
      )}
    </figure>
  );
}
