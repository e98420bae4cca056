/** Reads workbooks back with a reader that is not ours: ExcelJS. */

import ExcelJS from 'exceljs';

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
