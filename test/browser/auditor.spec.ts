/** The auditor's way by keyboard alone: from the home page to two dates that slide, to a trail, to a verdict; nothing that axe finds wrong. */

import { readFileSync } from 'node:fs';
import { grant, payment } from '../stories/kit.js';
import { describeInBrowser } from './browser.js';
import { accessibilityFaultsEverywhere, faultyPages, picture, prefer, Stage, tabTo } from './console-kit.js';

describeInBrowser('The auditor in a browser', (executablePath) => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.set(executablePath, {
      prepare: async (story) => {
        await story.officer.records('/grants', grant(1));
        await story.officer.records('/grants/G-1/payments', payment('P-1'));
        await story.controller.records('/seals', {});
        story.onDay('2010-06-01');
        await story.officer.records('/grants/G-1/payments', payment('P-2', { paidOn: '2010-05-31' }));
      },
    });
  });

  afterAll(async () => {
    await stage.strike();
  });

  it('slides two dates, sees the balances follow, and goes on to every event between then and now', async () => {
    const page = await stage.person('auditor');
    await page.goto('/');
    await tabTo(page, 'Regarder en arrière');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/looking-back');
    await page.waitForSelector('#sliders:not([hidden])');
    await tabTo(page, 'Enregistrés jusqu’au');
    for (let steps = 0; steps < 3; steps += 1) await page.keyboard.press('PageDown');
    await page.waitForURL('**/looking-back?**');
    expect(await page.textContent('#said')).toContain('tels qu’enregistrés au');
    expect((await page.textContent('#found'))?.replaceAll('\u202f', ' ')).toContain('33,34 €');
    await picture(page, 'auditor-slid');
    await tabTo(page, 'Ce qui a changé depuis, événement par événement');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/difference?**');
    await tabTo(page, /^Versement enregistré P-2$/);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/payments/P-2/trail');
    expect(await page.textContent('h1')).toContain('Piste d’audit');
    await page.context().close();
  });

  it('has the ledger verified and sees the verdict come, then takes the evidence away', async () => {
    const page = await stage.person('auditor');
    await page.goto('/seals');
    await tabTo(page, 'Vérifier le registre');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/verifications/V-*');
    await page.waitForSelector('.alert.done', { timeout: 60_000 });
    expect(await page.textContent('.alert')).toContain('Le registre est conforme');
    expect(await accessibilityFaultsEverywhere(page)).toEqual([]);
    await picture(page, 'auditor-verdict');
    await page.goto('/evidence');
    const coming = page.waitForEvent('download');
    await tabTo(page, 'Télécharger le dossier de preuves (zip)');
    await page.keyboard.press('Enter');
    const file = await coming;
    expect(file.suggestedFilename()).toMatch(/^preuves-276-\d+\.zip$/);
    expect(
      readFileSync(await file.path())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    await page.context().close();
  }, 90_000);

  it('has nothing that axe finds wrong', async () => {
    const paths = [
      '/',
      '/log',
      '/log?minCents=abc',
      '/payments/P-1/trail',
      '/looking-back',
      '/difference?beforeKnownOn=01/04/2010',
      '/seals',
      '/seals/1',
      '/verifications',
      '/audit/sample?method=monetary-unit&size=1&seed=1',
      '/audit/checks?checks=all',
      '/evidence',
      '/exports-journal',
      '/what-if?splitKey.0.funderId=eure&splitKey.0.weight=2&splitKey.1.funderId=region&splitKey.1.weight=1&centRule=least-paid',
    ];
    const page = await stage.person('auditor');
    expect(await faultyPages(page, 'auditor', paths)).toEqual({});
    await page.goto('/payments/P-1/trail');
    await prefer(page, { language: 'en' });
    expect(await page.textContent('main')).toContain('From the decision to the closing');
    await page.context().close();
  });
});
