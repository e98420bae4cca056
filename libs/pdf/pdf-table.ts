/** Tables of a document: tagged row by row, amounts to the right, headings again on every page that a table goes on to. */

import { artifact, COLOURS, isFull, MARGIN, tagged, widthOf, type Pdf, type Structure } from './pdf-page.js';

export interface PdfColumn<Row> {
  readonly title: string;
  /** Its part of the width, beside the others’. */
  readonly width: number;
  readonly align?: 'left' | 'right';
  readonly cell: (row: Row) => string;
}

export interface PdfTable<Row> {
  readonly columns: readonly PdfColumn<Row>[];
  /** One after the other, or batches as they are read. */
  readonly rows: readonly Row[] | AsyncIterable<readonly Row[]>;
  /** Rows that sum others up stand in bold. */
  readonly isTotal?: (row: Row) => boolean;
  /** What stands in place of the rows when there are none. */
  readonly empty?: string;
  /** Of a cell at most, 3 when absent: a longer text ends with an ellipsis. */
  readonly lines?: number;
  /** In points; 8 when absent. */
  readonly size?: number;
}

const PAD = { x: 3, y: 2.4 } as const;
const FONT_SIZE = 8;

type Style = keyof typeof FONTS;

const FONTS = { plain: 'plain', total: 'bold', heading: 'bold' } as const;

const LINES_OF_A_CELL = 3;

export async function tableOn<Row>(doc: Pdf, root: Structure, table: PdfTable<Row>): Promise<void> {
  const drawing = new TableDrawing(doc, root, table);
  let count = 0;
  const { rows } = table;
  for await (const batch of Array.isArray(rows)
    ? batchesOf(rows as readonly Row[])
    : (rows as AsyncIterable<readonly Row[]>)) {
    for (const row of batch) drawing.row(row, table.isTotal?.(row) === true ? 'total' : 'plain');
    count += batch.length;
    await new Promise(setImmediate);
  }
  if (count === 0 && table.empty !== undefined) drawing.span(table.empty);
  drawing.end();
}

function* batchesOf<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let first = 0; first < rows.length; first += 100) yield rows.slice(first, first + 100);
}

class TableDrawing<Row> {
  private readonly element: Structure;
  private readonly widths: readonly number[];
  private readonly size: number;

  constructor(
    private readonly doc: Pdf,
    root: Structure,
    private readonly table: PdfTable<Row>,
  ) {
    const { columns, size = FONT_SIZE } = table;
    this.size = size;
    const whole = columns.reduce((sum, { width }) => sum + width, 0);
    this.widths = columns.map(({ width }) => (width / whole) * widthOf(doc));
    this.element = doc.struct('Table');
    root.add(this.element);
    this.head('first');
  }

  row(row: Row, style: 'plain' | 'total'): void {
    const { doc, table } = this;
    const texts = table.columns.map(({ cell }) => cell(row));
    const height = this.heightOf(texts, style);
    if (isFull(doc, height)) {
      doc.addPage();
      this.head('again');
    }
    const y = doc.y;
    this.inRow((element) =>
      texts.forEach((text, i) => tagged(doc, element, 'TD', () => this.text(text, i, y, style, height))),
    );
    this.rule(y + height, style === 'total' ? COLOURS.rule : COLOURS.hair);
    doc.y = y + height;
  }

  /** One text across all columns. */
  span(text: string): void {
    const { doc } = this;
    const y = doc.y + PAD.y;
    this.inRow((element) =>
      tagged(doc, element, 'TD', () =>
        doc
          .font('plain')
          .fontSize(this.size)
          .fillColor(COLOURS.faint)
          .text(text, MARGIN.side + PAD.x, y),
      ),
    );
  }

  end(): void {
    this.element.end();
    this.doc.x = MARGIN.side;
    this.doc.moveDown(0.6);
  }

  /** On later pages it is there for the eye only: the table has been told its headings. */
  private head(time: 'first' | 'again'): void {
    const { doc, table } = this;
    const texts = table.columns.map(({ title }) => title);
    const height = this.heightOf(texts, 'heading');
    if (isFull(doc, height * 3)) doc.addPage();
    const y = doc.y;
    artifact(doc, () => {
      doc.rect(MARGIN.side, y, widthOf(doc), height).fill(COLOURS.band);
      if (time === 'again') texts.forEach((text, i) => this.text(text, i, y, 'heading', height));
    });
    if (time === 'first')
      this.inRow((element) =>
        texts.forEach((text, i) =>
          tagged(doc, element, 'TH', () => this.text(text, i, y, 'heading', height), 'Column'),
        ),
      );
    doc.y = y + height;
  }

  private inRow(draw: (row: Structure) => void): void {
    const row = this.doc.struct('TR');
    this.element.add(row);
    draw(row);
    row.end();
  }

  private text(text: string, i: number, y: number, style: Style, height: number): void {
    const { doc, table, widths, size } = this;
    const left = MARGIN.side + widths.slice(0, i).reduce((sum, width) => sum + width, 0) + PAD.x;
    const width = widths[i]! - 2 * PAD.x;
    const { align = 'left' } = table.columns[i]!;
    doc.font(FONTS[style]).fontSize(size).fillColor(COLOURS.ink);
    if (style === 'heading' || align === 'left') {
      doc.text(text, left, y + PAD.y, { width, height: height - 2 * PAD.y + 1, align, ellipsis: true });
      return;
    }
    // a figure is shown whole, however small: half of an amount is another amount
    const wide = doc.widthOfString(text);
    if (wide > width) doc.fontSize((size * width) / wide);
    doc.text(text, left + width - Math.min(wide, width), y + PAD.y, { lineBreak: false });
  }

  private heightOf(texts: readonly string[], style: Style): number {
    const { doc, table, widths, size } = this;
    doc.font(FONTS[style]).fontSize(size);
    const line = doc.currentLineHeight(true);
    const tallest = texts.reduce((most, text, i) => {
      if (text === '' || (style !== 'heading' && table.columns[i]!.align === 'right')) return most;
      const width = widths[i]! - 2 * PAD.x;
      // most texts fit one line: measuring their width is quicker than laying them out
      return doc.widthOfString(text) <= width ? most : Math.max(most, doc.heightOfString(text, { width }));
    }, line);
    return Math.min(tallest, line * (table.lines ?? LINES_OF_A_CELL)) + 2 * PAD.y;
  }

  private rule(y: number, colour: string): void {
    const { doc } = this;
    artifact(doc, () =>
      doc
        .lineWidth(0.4)
        .strokeColor(colour)
        .moveTo(MARGIN.side, y)
        .lineTo(doc.page.width - MARGIN.side, y)
        .stroke(),
    );
  }
}
