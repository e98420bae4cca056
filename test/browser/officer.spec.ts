/** The officer's way by keyboard alone: from sign-in to a payment seen beforehand and recorded; with nothing that axe finds wrong. */

import { PASSWORD } from '../stories/browsing.js';
import { grant, payment } from '../stories/kit.js';
import { describeInBrowser } from './browser.js';
import { accessibilityFaultsEverywhere, faultyPages, picture, prefer, Stage, tabTo } from './console-kit.js';

describeInBrowser('The officer in a browser', (executablePath) => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.set(executablePath, {
      prepare: async (story) => {
        await story.officer.records('/grants', grant(1));
        await story.officer.records('/grants/G-1/payments', payment('P-1', { orderNumber: 'M-1' }));
        await story.admin.records('/schemes', {
          schemeId: 'seuil',
          name: 'Aide soumise à approbation',
          beneficiaryKind: 'enterprise',
          payer: 'region',
          splitKey: ['region', 'seine-maritime', 'eure'].map((funderId) => ({ funderId, weight: 1 })),
          openedOn: '2010-01-01',
          approvalThresholdCents: 1_000,
        });
        await story.officer.records('/grants', grant(2, { schemeId: 'seuil' }));
        await story.officer.post('/grants/G-2/payments', payment('P-2', { orderNumber: 'M-2' }));
        const account = { name: 'poste-1', role: 'officer', funderId: 'region', password: PASSWORD };
        await story.admin.records('/accounts', account);
      },
    });
  });

  afterAll(async () => {
    await stage.strike();
  });

  it('finds a grant as they type, sees a payment beforehand, records it and opens what explains it', async () => {
    const page = await stage.visitor();
    await page.goto('/grants');
    await tabTo(page, 'Nom du compte');
    await page.keyboard.type('poste-1');
    await tabTo(page, 'Mot de passe');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/grants');
    await tabTo(page, /^Rechercher/);
    await page.keyboard.type('M-1');
    await page.waitForURL('**/grants?q=M-1');
    await tabTo(page, 'Atelier 1 (démo)');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/grants/G-1');
    await tabTo(page, 'Enregistrer un versement');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/payments/new');
    await tabTo(page, 'Montant');
    await page.keyboard.type('200,00');
    await tabTo(page, 'Versé le');
    await page.keyboard.type('31/03/2010');
    await tabTo(page, 'Avance');
    await page.keyboard.press('ArrowDown');
    await page.waitForSelector('#preview table');
    expect((await page.textContent('#preview'))?.replaceAll('\u202f', ' ')).toContain('66,6');
    await picture(page, 'officer-preview');
    await tabTo(page, 'Enregistrer le versement');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/grants/G-1');
    await tabTo(page, /^200,00/);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/payments/P-*');
    expect(await page.textContent('h1')).toContain('Versement de');
    await page.context().close();
  });

  it('has a slip checked that is dropped as a file, before anything is recorded', async () => {
    const page = await stage.person('officer');
    await page.goto('/imports');
    const slip = 'grantId;paymentId;amount;paidOn;instalment;orderNumber\r\nG-404;P-S;1,00;31/03/2010;interim;M-9';
    await page.setInputFiles('#slip-file', { name: 'slip.csv', mimeType: 'text/csv', buffer: Buffer.from(slip) });
    await page.waitForSelector('#report table');
    expect(await page.textContent('#report')).toContain('GRANT_UNKNOWN');
    expect(await accessibilityFaultsEverywhere(page)).toEqual([]);
    await picture(page, 'officer-slip');
    await page.context().close();
  });

  it('has a slip checked and recorded without any script', async () => {
    const page = await stage.person('officer', 'region', { javaScriptEnabled: false });
    await page.goto('/imports');
    const slip = 'dossier;versement;montant;payé le;nature;mandat\r\nG-1;P-N;1,00;31/03/2010;acompte;M-10';
    const file = { name: 'slip.csv', mimeType: 'text/csv', buffer: Buffer.from(slip, 'latin1') };
    await page.setInputFiles('#slip-file', file);
    await page.click('button[value=check]');
    expect(await page.inputValue('#f-slip')).toContain('payé le');
    await page.click('button[value=record]');
    expect(await page.textContent('#report')).toContain('Bordereau enregistré');
    await page.context().close();
  });

  it('has nothing that axe finds wrong', async () => {
    const paths = [
      '/',
      '/grants',
      '/grants/new',
      '/grants/G-1',
      '/grants/G-1/payments/new',
      '/grants/G-1/payments/P-1',
      '/grants/G-1/payments/P-1/recoveries',
      '/grants/G-1/amendments',
      '/payments?sort=-amount',
      '/approvals',
      '/imports',
    ];
    const page = await stage.person('officer');
    expect(await faultyPages(page, 'officer', paths)).toEqual({});
    await page.goto('/grants/G-1');
    await prefer(page, { language: 'en' });
    expect(await page.textContent('main')).toContain('Statement of the sums already paid');
    await page.context().close();
  });
});
