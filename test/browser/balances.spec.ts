/** The controller's way: balances that follow the log, charts with their figures, ceilings, the contract; by keyboard, and axe clean. */

import type { Page } from 'playwright-core';
import { grant, payment } from '../stories/kit.js';
import { describeInBrowser } from './browser.js';
import { faultyPages, focusedName, prefer, Stage, tabTo } from './console-kit.js';

const CONTRACT = {
  contractId: 'contrat-276',
  name: 'Contrat 276 (démo)',
  signedOn: '2010-01-04',
  act: 'Contrat',
  period: { from: '2010-01-01', to: '2013-12-31' },
  parties: [
    { funderId: 'region', contributionCents: 600_000 },
    { funderId: 'eure', contributionCents: 400_000, departement: '27' },
  ],
  axes: [{ axisId: 'axe-1', name: 'Axe 1', budgetCents: 1_100_000 }],
};

describeInBrowser('The controller in a browser', (executablePath) => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.set(executablePath, {
      prepare: async ({ officer, admin }) => {
        await officer.records('/grants', grant(1));
        await officer.records('/grants/G-1/payments', payment('P-1'));
        await admin.records('/contracts', CONTRACT);
        await admin.records('/contracts/contrat-276/schemes', {
          schemeId: 'insertion',
          axisId: 'axe-1',
          splitBy: 'own-key',
          attachedOn: '2010-01-04',
          act: 'Annexe',
        });
        await admin.records('/ceilings', {
          ceilingId: 'PL-1',
          scope: { kind: 'funder', funderId: 'eure' },
          exercice: 2010,
          amountCents: 3_000,
          mode: 'warn',
          act: 'BP 2010',
        });
      },
    });
  });

  afterAll(async () => {
    await stage.strike();
  });

  it('shows on an open page what another records, without a reload, a lost focus or a lost place', async () => {
    const page = await stage.person('controller');
    await page.goto('/balances');
    await page.evaluate(`window.stayed = true`);
    await page.waitForSelector('.live-note:has-text("Suivi en direct")');
    await tabTo(page, /^33,34\s€ \(Quote-part due, Région Haute-Normandie\)$/);
    await stage.story.officer.records('/grants/G-1/payments', payment('P-2', { amountCents: 20_000 }));
    await page.waitForSelector('.live-note:has-text("Mis à jour à")');
    await page.waitForSelector('main :text("300,00")');
    expect(await focusedName(page)).toMatch(/\(Quote-part due, Région Haute-Normandie\)$/);
    expect(await page.evaluate('window.stayed')).toBe(true);
    await page.click('text=Mettre en pause');
    await stage.story.officer.records('/grants/G-1/payments', payment('P-3', { amountCents: 500 }));
    await page.waitForTimeout(1_500);
    expect(await page.textContent('main')).not.toContain('305,00');
    await page.click('text=Reprendre le suivi');
    await page.waitForSelector('main :text("305,00")');
    await page.context().close();
  });

  it('leads by keyboard from the charts to the events behind a month', async () => {
    const page = await stage.person('controller');
    await page.goto('/balances/charts?exercice=2010');
    expect(await leftOf(page, '.plot text.tick[x="0"]')).toBeGreaterThanOrEqual(await leftOf(page, '.plot svg'));
    await tabTo(page, 'Les mêmes chiffres en tableau');
    await page.keyboard.press('Enter');
    await tabTo(page, /\(Quote-part due, Région Haute-Normandie, mars 2010\)$/);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/balances/why?**');
    expect(await page.textContent('main')).toContain('Le centime restant va à');
    await page.context().close();
  });

  it('lets an administrator set a ceiling, another amount of it, and lift it', async () => {
    const page = await stage.person('admin');
    await page.goto('/ceilings');
    await tabTo(page, 'Fixer un plafond');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/ceilings/new');
    await page.selectOption('#f-object', 'axis/contrat-276/axe-1');
    await page.fill('#f-exercice', '2010');
    await page.fill('#f-amountCents', '100,00');
    await page.fill('#f-act', 'BP 2010');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/ceilings');
    expect(await page.textContent('main')).toContain('axe-1 · Axe 1');
    await page.click('tr:has-text("axe-1") >> text=Autre montant');
    await page.fill('#f-amountCents', '1 000,00');
    await page.fill('#f-act', 'DM 1');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/ceilings');
    await page.click('tr:has-text("axe-1") >> text=Lever');
    await page.fill('#f-act', 'DM 2');
    await page.fill('#f-reason', 'Sans objet');
    await page.click('button:has-text("Lever le plafond")');
    await page.waitForURL('**/ceilings');
    expect(await page.textContent('main')).not.toContain('axe-1 · Axe 1');
    await page.context().close();
  });

  it('has nothing that axe finds wrong', async () => {
    const paths = [
      '/balances',
      '/balances/charts',
      '/balances/charts?exercice=1999',
      '/ceilings',
      '/ceilings/new',
      '/ceilings/PL-1/lifting',
      '/contracts',
      '/contracts/contrat-276',
      '/contracts/contrat-276/cper-parts',
      '/contracts/contrat-276/acts/scheme',
      '/contracts/contrat-276/acts/sub-contract',
    ];
    const page = await stage.person('admin');
    expect(await faultyPages(page, 'controller', paths)).toEqual({});
    await page.goto('/balances/charts');
    await prefer(page, { language: 'en' });
    expect(await page.textContent('main')).toContain('Who owes whom');
    await page.context().close();
  });
});

/** Where the first of what is selected begins. */
async function leftOf(page: Page, selector: string): Promise<number> {
  const box = await page.locator(selector).first().boundingBox();
  return box!.x;
}
