/** A workbook is what a spreadsheet reads of it: text that is no formula, amounts to the cent, days that are dates. */

import * as fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { readXlsx } from './read-xlsx.examples.js';
import { xlsxOf, type XlsxCell, type XlsxColumn } from './xlsx.js';

const columns: readonly XlsxColumn[] = [
  { title: 'Texte', kind: 'text', width: 20 },
  { title: 'Montant', kind: 'cents', width: 14 },
  { title: 'Jour', kind: 'day', width: 12 },
  { title: 'Nombre', kind: 'whole', width: 8 },
];

async function* batches(...all: (readonly (readonly XlsxCell[])[])[]) {
  yield* all;
}

const written = async (rows: readonly (readonly XlsxCell[])[], rowsOfASheet?: number) =>
  readXlsx(await buffer(xlsxOf({ name: 'Essai', columns, rows: batches(rows) }, 0, rowsOfASheet)));

// oxlint-disable-next-line require-yield -- it fails before it gives a row
async function* broken(): AsyncGenerator<readonly (readonly XlsxCell[])[]> {
  throw new Error('the rows broke');
}

describe('A workbook', () => {
  it('holds text, amounts with their format, days as dates and whole numbers', async () => {
    const [read] = await written([['Été & <fils> "27"', 123_456_789, '2010-01-31', 2010]]);
    expect(read!.headings).toEqual(['Texte', 'Montant', 'Jour', 'Nombre']);
    expect(read!.rows).toEqual([['Été & <fils> "27"', 1_234_567.89, new Date('2010-01-31'), 2010]]);
    expect(read!.sheet.getCell('B2').numFmt).toBe('#,##0.00\u00a0€');
    expect(read!.sheet.getCell('C2').numFmt).toBe('dd/mm/yyyy');
  });

  it('keeps its heading in sight, filters by it, and gives columns their width', async () => {
    const [{ sheet } = { sheet: undefined }] = await written([['a', 1, '2010-01-01', 1]]);
    expect(sheet!.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(sheet!.autoFilter).toBe('A1:D2');
    expect(sheet!.getColumn(1).width).toBe(20);
  });

  it.each(['=1+1', '+33', '-2+3', '@SUM(A1)', '\t=1', '=HYPERLINK("x")'])(
    'never makes a formula of %p',
    async (text) => {
      const [read] = await written([[text, null, null, null]]);
      expect(read!.sheet.getCell('A2').value).toBe(text);
      expect(read!.sheet.getCell('A2').formula).toBeUndefined();
    },
  );

  it('leaves empty what is empty, and leaves out what XML cannot hold', async () => {
    const [read] = await written([['a\u0000b\u001fc\ud800', null, null, null]]);
    expect(read!.rows).toEqual([['abc', null, null, null]]);
  });

  it('gives back every amount to the cent', async () => {
    const cents = fc.sample(fc.integer({ min: -(10 ** 15) + 1, max: 10 ** 15 - 1 }), { numRuns: 2_000, seed: 276 });
    const [read] = await written(cents.map((amount) => ['', amount, null, null]));
    expect(read!.rows.map((row) => Math.round(Number(row[1]) * 100))).toEqual(cents);
  });

  it('goes on in another sheet where one is full', async () => {
    const rows = Array.from({ length: 7 }, (_, i): XlsxCell[] => [`ligne ${i}`, i, null, i]);
    const sheets = await written(rows, 4);
    expect(sheets.map(({ name, rows: read }) => [name, read.length])).toEqual([
      ['Essai', 3],
      ['Essai 2', 3],
      ['Essai 3', 1],
    ]);
  });

  it('is read from its rows no further when nobody takes it, and breaks when they do', async () => {
    let state = 'reading';
    async function* endless() {
      try {
        for (;;) yield [[randomBytes(30_000).toString('base64'), 1, null, 1]];
      } finally {
        state = 'let go';
      }
    }
    const stream = xlsxOf({ name: 'Essai', columns, rows: endless() }, 0);
    let taken = 0;
    for await (const chunk of stream) if ((taken += (chunk as Buffer).length) > 100_000) break;
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    expect(state).toBe('let go');
    await expect(buffer(xlsxOf({ name: 'Essai', columns, rows: broken() }, 0))).rejects.toThrow('the rows broke');
  });
});
