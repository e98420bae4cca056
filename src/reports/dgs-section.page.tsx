/** One section of the directors general's sheet: on paper it shows its first lines, and says how many there are more. */

import type { ComponentChildren } from 'preact';
import type { Query } from '../console/links.js';
import type { Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import type { DgsSheetAnswer } from './dgs-answers.js';

/** The sheet of a meeting, and what was asked for. */
export interface DgsView {
  readonly sheet: DgsSheetAnswer;
  readonly names: Names;
  readonly query: Query;
}

/** Rows of a section on paper; the style hides the others there. */
const PRINTED_ROWS = 5;

const sectionTexts = {
  fr: {
    more: 'autres, voir la fiche à l’écran.',
  },
  en: {
    more: 'more, see the sheet on screen.',
  },
};

interface SectionProps {
  readonly title: string;
  /** Of its rows. */
  readonly count: number;
  /** What is said in place of an empty table. */
  readonly empty: string;
  /** There are never many: all of them are printed. */
  readonly whole?: true;
  readonly children: ComponentChildren;
}

export function Section({ title, count, empty, whole, children }: SectionProps) {
  const texts = useTexts(sectionTexts);
  return (
    <section class={whole && 'whole'}>
      <h2>{title}</h2>
      {count === 0 ? <p class="hint">{empty}</p> : children}
      {count > PRINTED_ROWS && !whole && (
        <p class="print-only">
          + {count - PRINTED_ROWS} {texts.more}
        </p>
      )}
    </section>
  );
}
