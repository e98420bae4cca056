/** A funder's statement to read and to sign off: what moved its position, line by line, with the position after each. */

import { formatEuros } from '#libs/money/euros';
import { PdfWriter } from '#libs/pdf/pdf-writer';
import type { Readable } from 'node:stream';
import { bounded } from './bounded.js';
import { frameOf, type Letterhead } from './letterhead.js';
import { OPENING, statementFigures, statementRows, type StatementPage, type StatementRow } from './statement-rows.js';

export interface FunderStatement {
  readonly funderId: string;
  readonly first: StatementPage;
  readonly all: AsyncIterable<StatementPage>;
  readonly asked: {
    readonly scheme?: string | undefined;
    readonly from?: string | undefined;
    readonly to?: string | undefined;
    readonly asOf?: string | undefined;
  };
}

const TEXTS = {
  fr: {
    title: 'Relevé de la collectivité',
    funder: 'Collectivité',
    scheme: 'Dispositif',
    all: 'Tous les dispositifs',
    period: 'Période',
    since: 'depuis l’origine',
    until: 'jusqu’à ce jour',
    on: 'Date',
    nature: 'Nature',
    payment: 'Versement',
    position: 'Position',
    closing: 'Totaux et position de clôture',
    reading:
      'Position = versé − recouvré + contributions envoyées − contributions reçues − quote-part due. Positive, elle est due à la collectivité ; négative, la collectivité la doit.',
  },
  en: {
    title: 'Statement of the funder',
    funder: 'Funder',
    scheme: 'Scheme',
    all: 'All schemes',
    period: 'Period',
    since: 'from the beginning',
    until: 'to this day',
    on: 'Day',
    nature: 'Nature',
    payment: 'Payment',
    position: 'Position',
    closing: 'Totals and closing position',
    reading:
      'Position = disbursed − recovered + contributions sent − contributions received − share due. Positive, it is owed to the funder; negative, the funder owes it.',
  },
};

/** A row of the table: as it is, or the totals below it. */
type Shown = StatementRow | { readonly totals: readonly number[]; readonly closingCents: number };

/** @throws Rejection DOCUMENT_TOO_LONG */
export async function statementDocument(letterhead: Letterhead, statement: FunderStatement): Promise<Readable> {
  const { language, funderName, schemeName, day } = letterhead;
  const { funderId, first, all, asked } = statement;
  const texts = TEXTS[language];
  const euros = (cents: number) => formatEuros(cents, language);
  const last = [asked.to, asked.asOf].filter((on) => on !== undefined).toSorted()[0];
  const pdf = await PdfWriter.begin(frameOf(letterhead, texts.title, first.position, 'landscape'));
  pdf.facts([
    [texts.funder, funderName(funderId)],
    [texts.scheme, asked.scheme === undefined ? texts.all : schemeName(asked.scheme)],
    [
      texts.period,
      `${asked.from === undefined ? texts.since : day(asked.from)} – ${last === undefined ? texts.until : day(last)}`,
    ],
  ]);
  pdf.note(texts.reading);
  const sums = statementFigures.map(() => 0);
  let closingCents = first.openingCents;
  async function* rows(): AsyncGenerator<readonly Shown[]> {
    for await (const batch of bounded(statementRows(first, all))) {
      for (const row of batch)
        if ('balanceCents' in row) {
          statementFigures.forEach(([, , , of], i) => (sums[i]! += of(row)));
          closingCents = row.balanceCents;
        }
      yield batch;
    }
    yield [{ totals: sums, closingCents }];
  }
  await pdf.table<Shown>({
    rows: rows(),
    size: 7.5,
    isTotal: (row) => 'totals' in row,
    columns: [
      {
        title: texts.on,
        width: 52,
        cell: (row) =>
          'on' in row ? day(row.on) : 'openingCents' in row && asked.from !== undefined ? day(asked.from) : '',
      },
      {
        title: texts.nature,
        width: 120,
        cell: (row) => ('label' in row ? row.label : 'totals' in row ? texts.closing : OPENING[language]),
      },
      { title: texts.payment, width: 100, cell: (row) => ('label' in row ? (row.paymentId ?? '') : '') },
      ...statementFigures.map(([, fr, en, of], i) => ({
        title: language === 'fr' ? fr : en,
        width: 78,
        align: 'right' as const,
        cell: (row: Shown) =>
          'balanceCents' in row ? blank(of(row), euros) : 'totals' in row ? euros(row.totals[i]!) : '',
      })),
      {
        title: texts.position,
        width: 82,
        align: 'right',
        cell: (row) =>
          euros('balanceCents' in row ? row.balanceCents : 'totals' in row ? row.closingCents : row.openingCents),
      },
    ],
  });
  return pdf.end();
}

/** What a line did not move is left blank. */
function blank(cents: number, euros: (cents: number) => string): string {
  return cents === 0 ? '' : euros(cents);
}
