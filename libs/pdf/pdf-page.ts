/** The paper that documents are drawn on: margins, colours, and what on it is no part of what is read aloud. */

import type PDFDocument from 'pdfkit';

export type Pdf = InstanceType<typeof PDFDocument>;

/** An element of the structure that readers of screens follow. */
export type Structure = ReturnType<Pdf['struct']>;

/** Points from the edge of the paper; head and foot stand in them. */
export const MARGIN = { side: 40, top: 62, bottom: 62 } as const;

export const COLOURS = {
  ink: '#14202e',
  faint: '#52606d',
  rule: '#9aa5b1',
  hair: '#d5dbe3',
  band: '#e8edf4',
} as const;

/** Between the margins, in points. */
export function widthOf({ page }: Pdf): number {
  return page.width - 2 * MARGIN.side;
}

/** True when so many points are not left on the page. */
export function isFull({ page, y }: Pdf, points: number): boolean {
  return y + points > page.height - MARGIN.bottom;
}

export function artifact(doc: Pdf, draw: () => unknown, type: 'Pagination' | 'Layout' = 'Layout'): void {
  doc.markContent('Artifact', { type });
  draw();
  doc.endMarkedContent();
}

/** One element below another, with what is drawn for it. */
export function tagged(doc: Pdf, parent: Structure, tag: string, draw: () => unknown, scope?: 'Column'): void {
  const options = scope === undefined ? {} : { scope };
  const element = doc.struct(tag, options as object, () => void draw());
  parent.add(element);
  element.end();
}
