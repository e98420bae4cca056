/** The lines of a funder's statement as rows of a file: the opening position first, then line by line. */

import type { Day } from '#libs/calendar/day';
import type { Language } from '#libs/money/euros';
import type { Listed } from './asked-ledger.js';
import type { ExportColumn } from './export-table.js';

export interface StatementLine {
  readonly position: string;
  readonly on: Day;
  readonly label: string;
  readonly paymentId: string | null;
  readonly disbursedCents: number;
  readonly recoveredCents: number;
  readonly contributedCents: number;
  readonly receivedCents: number;
  readonly shareDueCents: number;
  readonly balanceCents: number;
}

/** What is read of `GET /funders/:funderId/statement`. */
export interface StatementPage extends Listed<StatementLine> {
  readonly openingCents: number;
}

/** A line, or what the statement opens with. */
export type StatementRow = StatementLine | { readonly openingCents: number };

export async function* statementRows(
  { openingCents }: StatementPage,
  pages: AsyncIterable<StatementPage>,
): AsyncGenerator<readonly StatementRow[]> {
  yield [{ openingCents }];
  for await (const { data } of pages) yield data;
}

export const statementFigures = [
  ['disbursed', 'Versé', 'Disbursed', ({ disbursedCents }) => disbursedCents],
  ['recovered', 'Recouvré', 'Recovered', ({ recoveredCents }) => recoveredCents],
  ['contributed', 'Contributions envoyées', 'Contributions sent', ({ contributedCents }) => contributedCents],
  ['received', 'Contributions reçues', 'Contributions received', ({ receivedCents }) => receivedCents],
  ['shareDue', 'Quote-part due', 'Share due', ({ shareDueCents }) => shareDueCents],
] as const satisfies readonly (readonly [string, string, string, (line: StatementLine) => number])[];

export const OPENING = { fr: 'Position à l’ouverture', en: 'Opening position' } as const;

/** @param from the first day that is asked for, on which the statement opens */
export function statementColumns(from: Day | undefined, language: Language): ExportColumn<StatementRow>[] {
  const ofLine =
    <Value>(of: (line: StatementLine) => Value) =>
    (row: StatementRow) =>
      'balanceCents' in row ? of(row) : null;
  return [
    {
      id: 'on',
      fr: 'Date',
      en: 'Day',
      kind: 'day',
      width: 12,
      of: (row) => ('on' in row ? row.on : (from ?? null)),
    },
    {
      id: 'label',
      fr: 'Nature',
      en: 'Nature',
      kind: 'text',
      width: 32,
      of: (row) => ('label' in row ? row.label : OPENING[language]),
    },
    { id: 'paymentId', fr: 'Versement', en: 'Payment', kind: 'text', width: 20, of: ofLine((line) => line.paymentId) },
    ...statementFigures.map(([id, fr, en, of]): ExportColumn<StatementRow> => {
      return { id, fr, en, kind: 'cents', width: 17, of: ofLine(of) };
    }),
    {
      id: 'balance',
      fr: 'Position',
      en: 'Position',
      kind: 'cents',
      width: 17,
      of: (row) => ('balanceCents' in row ? row.balanceCents : row.openingCents),
    },
    {
      id: 'position',
      fr: 'Rang au journal',
      en: 'Place in the log',
      kind: 'whole',
      width: 14,
      of: ofLine((line) => Number(line.position)),
    },
  ];
}
