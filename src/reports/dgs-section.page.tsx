/** One section of the directors general's sheet: on paper it shows its first lines, and says how many there are more. */

import type { Query } from '../console/links.js';
import type { Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { DataTable, type TableProps } from '../console/table.js';
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

interface SectionProps<Row> extends Pick<TableProps<Row>, 'rows' | 'columns'> {
  readonly title: string;
  /** What is said in place of an empty table. */
  readonly empty: string;
  /** There are never many: all of them are printed. */
  readonly whole?: true;
}

export function Section<Row>({ title, rows, columns, empty, whole }: SectionProps<Row>) {
  const texts = useTexts(sectionTexts);
  return (
    <section class={whole && 'whole'}>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p class="hint">{empty}</p>
      ) : (
        <DataTable caption={title} captionHidden rows={rows} columns={columns} />
      )}
      {rows.length > PRINTED_ROWS && !whole && (
        <p class="print-only">
          + {rows.length - PRINTED_ROWS} {texts.more}
        </p>
      )}
    </section>
  );
}
