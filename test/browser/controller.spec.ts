/** The controller's way by keyboard alone: a call prepared, read and issued, then a closing signed; the sheet of the directors general on one A4. */

import { writeFileSync } from 'node:fs';
import { grant, payment } from '../stories/kit.js';
import { describeInBrowser } from './browser.js';
import { accessibilityFaultsEverywhere, faultyPages, picture, prefer, Stage, tabTo } from './console-kit.js';

describeInBrowser('The controller in a browser', (executablePath) => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.set(executablePath, {
      day: '2011-03-01',
      prepare: async (story) => {
        await story.officer.records('/grants', grant(1));
        for (const [number, exercice] of [
          [1, 2010],
          [2, 2010],
          [3, 2011],
        ] as const) {
          const paidOn = exercice === 2010 ? '2010-03-31' : '2011-02-28';
          const order = { orderNumber: `M-${number}`, paidOn, amountCents: 10_000 + number };
          await story.officer.records('/grants/G-1/payments', payment(`P-${number}`, order));
        }
        const call = { callId: 'AF-1', schemeId: 'insertion', exercice: 2010, issuedOn: '2011-03-01' };
        await story.controller.records('/settlement/calls', call);
        const contribution = { contributionId: 'C-1', schemeId: 'insertion', exercice: 2010, callId: 'AF-1' };
        const paid = { from: 'eure', to: 'region', amountCents: 4_000, paidOn: '2011-03-01' };
        await story.controller.records('/settlement/contributions', { ...contribution, ...paid });
        await story.controller.send({
          method: 'POST',
          url: '/api/v1/reconciliations?reconciliationId=RAP-1&funder=eure&exercice=2010&receivedOn=2011-03-01',
          headers: { 'content-type': 'text/csv' },
          payload: 'reference;date;amount;share\nM-1;31/03/2010;100,01;33,34\nX-2;31/03/2010;100,02;33,34\nx;;;\n',
        });
        await story.controller.records('/exercices/2010/closing', { closedOn: '2011-03-01' });
      },
    });
  });

  afterAll(async () => {
    await stage.strike();
  });

  it('prepares a call from what waits for one, reads its lines and issues it, by keyboard alone', async () => {
    const page = await stage.person('controller');
    await page.goto('/settlement');
    await tabTo(page, /^Préparer l’appel/, 120);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/settlement/calls/new?**');
    await tabTo(page, 'Émis le');
    await page.keyboard.type('01/03/2011');
    await page.waitForSelector('#preview table');
    expect(await page.textContent('#preview')).toContain('P-3');
    await picture(page, 'controller-call-preview');
    await tabTo(page, 'Émettre cet appel');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/settlement/calls/AF-*');
    expect(await page.textContent('main')).toContain('Appel de fonds émis.');
    await page.context().close();
  });

  it('has a list compared that is chosen as a file, and is led on to the reconciliation once it is recorded', async () => {
    const page = await stage.person('controller');
    await page.goto('/reconciliations/new');
    await page.selectOption('#f-funder', 'seine-maritime');
    await page.fill('#f-exercice', '2010');
    await page.fill('#f-receivedOn', '01/03/2011');
    const buffer = Buffer.from('reference;date;amount;share\r\nM-1;31/03/2010;100,01;33,33');
    await page.setInputFiles('#slip-file', { name: 'liste.csv', mimeType: 'text/csv', buffer });
    await page.waitForSelector('#report table');
    expect(await accessibilityFaultsEverywhere(page)).toEqual([]);
    await page.click('#report button[value="record"]');
    await page.waitForURL('**/reconciliations/RAP-*');
    expect(await page.textContent('h1')).toContain('Rapprochement');
    await page.context().close();
  });

  it('prints the sheet of the directors general on exactly one page of A4', async () => {
    const page = await stage.person('controller');
    await page.goto('/reports/dgs');
    // more rows than any meeting has, and longer names: what goes beyond the page is left to the screen
    await page.evaluate(`
      for (const empty of document.querySelectorAll('.sections p.hint')) {
        const full = document.querySelector('.sections .scroll').cloneNode(true);
        empty.replaceWith(full);
      }
      for (const body of document.querySelectorAll('.sections section:not(.whole) tbody')) {
        for (let i = 0; i < 40; i += 1) body.append(body.rows[0].cloneNode(true));
        for (const { cells } of body.rows) if (!/^\\d{4}$/.test(cells[0].textContent)) cells[0].textContent = 'Opérations de l’axe 1 : un territoire';
      }`);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    if (process.env['SCREENSHOTS'] !== undefined) writeFileSync(`${process.env['SCREENSHOTS']}/dgs.pdf`, pdf);
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    expect(pdf.toString('latin1')).toMatch(/\/MediaBox\s*\[0 0 59[45][\d.]* 84[12]/);
    await page.context().close();
  });

  it('has nothing that axe finds wrong, and speaks English', async () => {
    const paths = [
      '/settlement?exercice=2010',
      '/settlement/calls',
      '/settlement/calls/AF-1',
      '/settlement/calls/new?schemeId=insertion&exercice=2011',
      '/settlement/contributions',
      '/settlement/contributions/new?callId=AF-1',
      '/settlement/netting',
      '/exercices',
      '/exercices/2010',
      '/exercices/2010/closing',
      '/exercices/2011/closing',
      '/reconciliations',
      '/reconciliations/RAP-1',
      '/reconciliations/RAP-1/matches',
      '/reports/dgs',
      '/reports/bilan',
    ];
    const page = await stage.person('controller', 'eure');
    expect(await faultyPages(page, 'controller', paths)).toEqual({});
    await page.goto('/settlement');
    await prefer(page, { language: 'en' });
    expect(await page.textContent('main')).toContain('Who owes whom');
    await page.context().close();
  });

  it('signs a closing for each other funder, by keyboard alone; then it is closed', async () => {
    const said: string[] = [];
    for (const funderId of ['eure', 'seine-maritime']) {
      const page = await stage.person('controller', funderId);
      await page.goto('/');
      await tabTo(page, 'Clôtures à contresigner');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/exercices/2010/closing');
      await tabTo(page, 'Signer');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.alert.done');
      await picture(page, `controller-signed-${funderId}`);
      said.push(...(await page.locator('h1, td .badge').allTextContents()));
      await page.context().close();
    }
    const proposed = 'A proposé la clôture';
    expect(said).toEqual(
      [
        ['Exercice 2010 Clôture proposée', proposed, 'A signé', 'N’a pas encore signé'],
        ['Exercice 2010 Clos', proposed, 'A signé', 'A signé'],
      ].flat(),
    );
  });
});
