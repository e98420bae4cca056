/** Reads what the ledger writes for people with readers that are not its own: documents with pdf.js, workbooks with ExcelJS. */

import ExcelJS from 'exceljs';
import { execFileSync } from 'node:child_process';

export interface ReadPdf {
  /** Of each page, spaces of every kind as one plain space. */
  readonly pages: readonly string[];
  readonly title: string;
  readonly language: string;
  readonly isTagged: boolean;
}

/** In a process of its own: the reader is an ES module, and this test may be none. */
const READER = `
import { extractText, getDocumentProxy, getMeta } from 'unpdf';
const chunks = []; for await (const chunk of process.stdin) chunks.push(chunk);
const pdf = await getDocumentProxy(new Uint8Array(Buffer.concat(chunks)));
const { text } = await extractText(pdf, { mergePages: false });
const { info } = await getMeta(pdf);
const tagged = (await pdf.getMarkInfo())?.Marked === true;
process.stdout.write(JSON.stringify({ pages: text, title: info.Title, language: info.Language, isTagged: tagged }));
`;

export function readPdf(bytes: Buffer): ReadPdf {
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', READER], { input: bytes, encoding: 'utf8' });
  const read = JSON.parse(out) as ReadPdf;
  return { ...read, pages: read.pages.map(plain) };
}

/** As the reader gives text: narrow and other spaces are plain ones. */
export function plain(text: string): string {
  return text.replace(/\s+/gu, ' ');
}

export interface ReadSheet {
  readonly name: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  readonly sheet: ExcelJS.Worksheet;
}

export async function readXlsx(bytes: Buffer): Promise<readonly ReadSheet[]> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as unknown as ExcelJS.Buffer);
  return workbook.worksheets.map((sheet) => {
    const rows: unknown[][] = [];
    sheet.eachRow({ includeEmpty: true }, (row) => {
      const values = row.values as unknown[];
      rows.push(Array.from({ length: sheet.columnCount }, (_, i) => values[i + 1] ?? null));
    });
    const [headings = [], ...below] = rows;
    return { name: sheet.name, headings: headings.map(String), rows: below, sheet };
  });
}
