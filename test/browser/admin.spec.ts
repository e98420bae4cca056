/** The administrator's way by keyboard alone: a token issued and copied, the tables made anew; nothing that axe finds wrong. */

import { describeInBrowser } from './browser.js';
import { accessibilityFaultsEverywhere, faultyPages, picture, prefer, Stage, tabTo } from './console-kit.js';

describeInBrowser('The administrator in a browser', (executablePath) => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.set(executablePath, {
      prepare: async (story) => {
        const act = { exercice: 2010, amountCents: 100_000_00, mode: 'warn', act: 'BP 2010' };
        await story.admin.records('/schemes/insertion/ceilings', act);
        await story.admin.post('/seals');
      },
    });
  });

  afterAll(() => stage.strike());

  it('issues a token with the keyboard, sees it once, and has the tables made anew', async () => {
    const page = await stage.person('admin');
    await page.goto('/tokens');
    await tabTo(page, 'Émettre un jeton');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/tokens/new');
    await tabTo(page, 'Titulaire');
    await page.keyboard.type('logiciel-paie');
    await tabTo(page, 'Rôle');
    await page.keyboard.type('Audit');
    await tabTo(page, 'Collectivité');
    await page.keyboard.press('R');
    await tabTo(page, 'Émettre un jeton');
    await page.keyboard.press('Enter');
    await page.waitForSelector('code.secret');
    expect(await page.textContent('code.secret')).toMatch(/^l276_/);
    expect(await accessibilityFaultsEverywhere(page)).toEqual([]);
    await picture(page, 'admin-token');
    await page.goto('/store');
    await tabTo(page, 'Refaire les tableaux');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#rebuild[data-status="ended"]', { timeout: 60_000 });
    expect(await page.textContent('#rebuild')).toContain('Tableaux refaits');
    await page.context().close();
  });

  it('has nothing that axe finds wrong', async () => {
    const paths = [
      '/funders',
      '/funders/new',
      '/funders/region',
      '/funders/region/offices',
      '/schemes',
      '/schemes/new',
      '/schemes/insertion',
      '/schemes/insertion/split-keys',
      '/schemes/insertion/closing',
      '/accounts',
      '/accounts/new',
      '/accounts/admin-region/password',
      '/tokens',
      '/tokens/new',
      '/store',
    ];
    const page = await stage.person('admin');
    expect(await faultyPages(page, 'admin', paths)).toEqual({});
    await prefer(page, { language: 'en' });
    expect(await page.textContent('h1')).toContain('Log and tables');
    await page.context().close();
  });
});
