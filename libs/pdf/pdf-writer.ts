/**
 * Writes documents on A4 paper for people: tagged for readers of screens, in an embedded font, with tables that go on overleaf under
 * their headings, and a head and a foot on every page. Pages stay in memory until the end, because each says how many there are.
 */

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { artifact, COLOURS, isFull, MARGIN, tagged, widthOf, type Pdf, type Structure } from './pdf-page.js';
import { tableOn, type PdfTable } from './pdf-table.js';

export interface PdfFrame {
  readonly title: string;
  readonly language: 'fr' | 'en';
  readonly author: string;
  readonly orientation: 'portrait' | 'landscape';
  /** On top of every page, in small print. */
  readonly head: string;
  /** At the bottom of every page, lines in small print. */
  readonly foot: readonly string[];
  readonly pageOf: (page: number, pages: number) => string;
  /** When it was made, milliseconds since 1970 UTC. */
  readonly at: number;
}

const FONTS = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf');

export class PdfWriter {
  private constructor(
    private readonly doc: Pdf,
    private readonly frame: PdfFrame,
    private readonly root: Structure,
  ) {}

  static async begin(frame: PdfFrame): Promise<PdfWriter> {
    // loaded where a document is made: nothing else of the ledger needs it
    const { default: Document } = await import('pdfkit');
    const { title, author, language, orientation, at } = frame;
    const doc = new Document({
      size: 'A4',
      layout: orientation,
      margins: { left: MARGIN.side, right: MARGIN.side, top: MARGIN.top, bottom: MARGIN.bottom },
      pdfVersion: '1.7',
      tagged: true,
      lang: language === 'fr' ? 'fr-FR' : 'en-GB',
      displayTitle: true,
      bufferPages: true,
      // a font that was opened as the default is opened again at every change of font
      font: '',
      info: { Title: title, Author: author, Creator: 'Ledger 276', Producer: 'Ledger 276', CreationDate: new Date(at) },
    });
    doc.registerFont('plain', join(FONTS, 'DejaVuSansCondensed.ttf'));
    doc.registerFont('bold', join(FONTS, 'DejaVuSansCondensed-Bold.ttf'));
    const root = doc.struct('Document');
    doc.addStructure(root);
    return new PdfWriter(doc, frame, root).titled(title);
  }

  section(text: string): this {
    this.room(64);
    this.doc.moveDown(0.9);
    return this.line('H2', text, { font: 'bold', size: 11 });
  }

  paragraph(text: string): this {
    return this.line('P', text, { font: 'plain', size: 9 });
  }

  note(text: string): this {
    return this.line('P', text, { font: 'plain', size: 7.5, colour: COLOURS.faint });
  }

  /** What a document is about, one fact a line: `Bénéficiaire  Association …`. */
  facts(facts: readonly (readonly [string, string])[]): this {
    const { doc } = this;
    const left = MARGIN.side;
    const width = widthOf(doc);
    for (const [name, value] of facts) {
      const height = doc
        .font('plain')
        .fontSize(9)
        .heightOfString(value, { width: width - 150 });
      this.room(height);
      const y = doc.y;
      const fact = doc.struct('P');
      this.root.add(fact);
      const part = (draw: () => void) => {
        fact.add(draw);
      };
      part(() => doc.font('plain').fontSize(9).fillColor(COLOURS.faint).text(name, left, y, { width: 145 }));
      part(() => doc.fillColor(COLOURS.ink).text(value, left + 150, y, { width: width - 150 }));
      fact.end();
      doc.x = left;
      doc.y = y + height + 2;
    }
    return this;
  }

  /** Draws a table; others have their turn between two pages of it. */
  async table<Row>(table: PdfTable<Row>): Promise<this> {
    await tableOn(this.doc, this.root, table);
    return this;
  }

  /** Boxes to sign in, side by side: what is written on top of each, and what already stands in it. */
  signatures(boxes: readonly (readonly [string, string])[]): this {
    const { doc } = this;
    const gap = 12;
    const width = (widthOf(doc) - gap * 2) / 3;
    for (let first = 0; first < boxes.length; first += 3) {
      this.room(92);
      doc.moveDown(0.6);
      const y = doc.y;
      boxes.slice(first, first + 3).forEach(([who, what], i) => {
        const x = MARGIN.side + i * (width + gap);
        artifact(doc, () => doc.lineWidth(0.6).strokeColor(COLOURS.rule).rect(x, y, width, 78).stroke());
        const box = doc.struct('P');
        this.root.add(box);
        box.add(() =>
          doc
            .font('bold')
            .fontSize(8.5)
            .fillColor(COLOURS.ink)
            .text(who, x + 7, y + 7, { width: width - 14, height: 24, ellipsis: true }),
        );
        box.add(() =>
          doc
            .font('plain')
            .fontSize(8)
            .text(what, x + 7, y + 33, { width: width - 14, height: 40, ellipsis: true }),
        );
        box.end();
      });
      doc.x = MARGIN.side;
      doc.y = y + 84;
    }
    return this;
  }

  get pages(): number {
    return this.doc.bufferedPageRange().count;
  }

  /** The document as a stream. */
  end(): Pdf {
    const { doc, frame, root } = this;
    root.end();
    const { count } = doc.bufferedPageRange();
    for (let i = 0; i < count; i += 1) {
      doc.switchToPage(i);
      // beyond the margins, where pdfkit would else turn the page
      Object.assign(doc.page.margins, { top: 0, bottom: 0 });
      artifact(doc, () => margins(doc, frame, frame.pageOf(i + 1, count)), 'Pagination');
    }
    doc.end();
    return doc;
  }

  private titled(title: string): this {
    return this.line('H1', title, { font: 'bold', size: 16 });
  }

  private line(tag: string, text: string, style: { font: 'plain' | 'bold'; size: number; colour?: string }): this {
    const { doc, root } = this;
    const { font, size, colour = COLOURS.ink } = style;
    tagged(doc, root, tag, () =>
      doc
        .font(font)
        .fontSize(size)
        .fillColor(colour)
        .text(text, MARGIN.side, doc.y, { width: widthOf(doc) }),
    );
    doc.moveDown(0.35);
    return this;
  }

  /** Turns the page when so many points are not left on it. */
  private room(points: number): void {
    const { doc } = this;
    if (isFull(doc, points)) doc.addPage();
  }
}

function margins(doc: Pdf, { head, title, foot }: PdfFrame, page: string): void {
  const { width: paper, height } = doc.page;
  const width = widthOf(doc);
  const line = (text: string, y: number, align: 'left' | 'right') =>
    doc.text(text, MARGIN.side, y, { width, align, lineBreak: false, ellipsis: true, height: 10 });
  doc.font('plain').fontSize(7.5).fillColor(COLOURS.faint);
  line(head, 30, 'left');
  line(title, 30, 'right');
  doc.lineWidth(0.6).strokeColor(COLOURS.rule);
  doc
    .moveTo(MARGIN.side, 43)
    .lineTo(paper - MARGIN.side, 43)
    .stroke();
  const top = height - 18 - foot.length * 10;
  doc
    .moveTo(MARGIN.side, top - 6)
    .lineTo(paper - MARGIN.side, top - 6)
    .stroke();
  foot.forEach((text, i) => line(text, top + i * 10, 'left'));
  line(page, top, 'right');
}
