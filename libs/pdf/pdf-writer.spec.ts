/** A document is what readers of documents find in it: its title, its language, its tags, its pages and their headings. */

import { buffer } from 'node:stream/consumers';
import { readPdf } from './read-pdf.examples.js';
import { PdfWriter, type PdfFrame } from './pdf-writer.js';

const frame: PdfFrame = {
  title: 'État des paiements',
  language: 'fr',
  author: 'Région · Eure · Seine-Maritime',
  orientation: 'portrait',
  head: 'Région · Eure · Seine-Maritime',
  foot: ['Journal en position 12', 'Journal non scellé'],
  pageOf: (page, pages) => `page ${page}/${pages}`,
  at: Date.parse('2010-01-31T08:00:00Z'),
};

const columns = [
  { title: 'Ligne', width: 1, cell: (row: number) => `ligne ${row}` },
  { title: 'Montant', width: 1, align: 'right' as const, cell: (row: number) => `${row}\u202f234,56\u202f€` },
];

describe('A document', () => {
  it('is tagged, in its language, under its title, and holds accents and narrow spaces', async () => {
    const pdf = await PdfWriter.begin(frame);
    pdf.facts([['Bénéficiaire', 'Œuvre « démo »']]).paragraph('1\u202f234\u202f567,89\u202f€');
    const read = readPdf(await buffer(pdf.end()));
    expect(read).toMatchObject({ title: 'État des paiements', language: 'fr-FR', isTagged: true });
    expect(read.pages).toHaveLength(1);
    for (const text of ['État des paiements', 'Bénéficiaire', 'Œuvre « démo »', '1 234 567,89 €', 'page 1/1'])
      expect(read.pages[0]).toContain(text);
  });

  it('embeds its fonts', async () => {
    const bytes = await buffer((await PdfWriter.begin(frame)).end());
    const text = bytes.toString('latin1');
    expect(text).toContain('/FontFile2');
    expect(text).not.toContain('/Helvetica');
  });

  it('repeats the headings of a table on every page that it goes on to, with head and foot', async () => {
    const pdf = await PdfWriter.begin(frame);
    await pdf.table({ columns, rows: Array.from({ length: 120 }, (_, i) => i) });
    const { pages } = readPdf(await buffer(pdf.end()));
    expect(pages.length).toBeGreaterThan(1);
    pages.forEach((page, i) => {
      expect(page).toContain('Ligne');
      expect(page).toContain(`page ${i + 1}/${pages.length}`);
      expect(page).toContain('Journal en position 12');
      expect(page).toContain('Région · Eure · Seine-Maritime');
    });
    const found = pages.flatMap((page) => Array.from(page.matchAll(/ligne (\d+)/g), (match) => Number(match[1])));
    expect(found).toEqual(Array.from({ length: 120 }, (_, i) => i));
  });

  it('shows a figure whole where it is wider than its column, and cuts a text that is', async () => {
    const pdf = await PdfWriter.begin(frame);
    const figure = '−9\u202f999\u202f999\u202f999\u202f999,99\u202f€';
    const narrow = Array.from({ length: 12 }, (_, i) => ({
      title: `${i}`,
      width: 1,
      align: 'right' as const,
      cell: () => figure,
    }));
    const word = { title: 'Mot', width: 1, cell: () => 'anticonstitutionnellement '.repeat(9) };
    await pdf.table({ rows: [1], columns: [...narrow, word], lines: 1 });
    const [page] = readPdf(await buffer(pdf.end())).pages;
    expect(page!.split('−9 999 999 999 999,99 €')).toHaveLength(13);
    expect(page).toContain('…');
  });

  it('says so where a table has no rows', async () => {
    const pdf = await PdfWriter.begin(frame);
    await pdf.table({ columns, rows: [], empty: 'Rien à montrer.' });
    expect(readPdf(await buffer(pdf.end())).pages[0]).toContain('Rien à montrer.');
  });
});
