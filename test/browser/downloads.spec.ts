/** Files and documents from the pages that hold their figures, by keyboard alone; with nothing that axe finds wrong. */

import { readFileSync } from 'node:fs';
import { grant, payment } from '../stories/kit.js';
import { readPdf } from '#libs/pdf/read-pdf.examples';
import { readXlsx } from '#libs/xlsx/read-xlsx.examples';
import { describeInBrowser } from './browser.js';
import { accessibilityFaultsEverywhere, Stage, tabTo } from './console-kit.js';

describeInBrowser('Downloads in a browser', (executablePath) => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.set(executablePath, {
      prepare: async (story) => {
        await story.officer.records('/grants', grant(1));
        await story.officer.records('/grants/G-1/payments', payment('P-1'));
      },
    });
  });

  afterAll(async () => {
    await stage.strike();
  });

  it('give the payments that are shown as a workbook, and the statement of a grant as a document', async () => {
    const page = await stage.person('auditor');
    const taken = async (name: string) => {
      await tabTo(page, name);
      const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
      return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
    };
    await page.goto('/payments?from=01/01/2010');
    const workbook = await taken('Classeur (XLSX)');
    expect(workbook.name).toMatch(/^versements-276-\d+\.xlsx$/);
    expect((await readXlsx(workbook.bytes))[0]!.rows.flat()).toContain('P-1');
    await page.goto('/grants/G-1');
    const statement = await taken('État des paiements (PDF)');
    expect(statement.name).toMatch(/^etat-des-paiements-G-1-\d+\.pdf$/);
    expect(readPdf(statement.bytes).pages[0]).toContain('100,00 €');
    await page.context().close();
  });

  it('stand on pages that are right in light and dark, wide and narrow', async () => {
    const page = await stage.person('auditor');
    for (const path of ['/balances', '/payments', '/grants/G-1']) {
      await page.goto(path);
      expect([path, await accessibilityFaultsEverywhere(page)]).toEqual([path, []]);
    }
    await page.context().close();
  });
});
