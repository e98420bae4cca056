/** From sign-in by keyboard to the balances and to why: in French and in English, with nothing that axe finds wrong. */

import { PASSWORD } from '../stories/browsing.js';
import { grant, payment } from '../stories/kit.js';
import { describeInBrowser } from './browser.js';
import { faultyPages, focusedName, prefer, Stage, tabTo } from './console-kit.js';

describeInBrowser('The console in a browser', (executablePath) => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.set(executablePath, {
      prepare: async (story) => {
        await story.officer.records('/grants', grant(1));
        await story.officer.records('/grants/G-1/payments', payment('P-1'));
        const account = { name: 'controle-1', role: 'controller', funderId: 'eure', password: PASSWORD };
        await story.admin.records('/accounts', account);
      },
    });
  });

  afterAll(async () => {
    await stage.strike();
  });

  it('leads by keyboard alone from sign-in to the balances and to why a figure is what it is', async () => {
    const page = await stage.visitor();
    await page.goto('/balances?exercice=2010');
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await tabTo(page, 'Nom du compte');
    await page.keyboard.type('controle-1');
    await tabTo(page, 'Mot de passe');
    await page.keyboard.type('faux');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.alert.error');
    expect(await focusedName(page)).toContain('Connexion refusée');
    await tabTo(page, 'Mot de passe');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/balances?exercice=2010');
    expect(await page.textContent('h1')).toContain('Soldes');
    await tabTo(page, /^33,34\s€ \(Quote-part due, Région Haute-Normandie\)$/);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/balances/why?**');
    expect((await page.textContent('main'))?.replaceAll('\u202f', ' ')).toContain('Le centime restant va à Région');
    await page.context().close();
  });

  it('begins every page with a link to its content', async () => {
    const page = await stage.person('auditor');
    await page.goto('/');
    await page.keyboard.press('Tab');
    expect(await focusedName(page)).toBe('Aller au contenu');
    await page.keyboard.press('Enter');
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('content');
    await page.context().close();
  });

  it('speaks English one click away, and remembers it', async () => {
    const page = await stage.person('controller');
    await page.goto('/balances');
    expect(await page.getAttribute('html', 'lang')).toBe('fr');
    await page.click('text=English');
    expect([await page.getAttribute('html', 'lang'), await page.textContent('h1')]).toEqual(['en', 'Balances ']);
    expect(await page.textContent('main')).toContain('€33.34');
    await page.goto('/');
    expect(await page.textContent('h1')).toBe('Today');
    await prefer(page, { theme: 'dark' });
    expect(await page.getAttribute('html', 'data-theme')).toBe('dark');
    await page.context().close();
  });

  it.each([
    [undefined, ['/sign-in']],
    [
      'controller',
      [
        '/',
        '/account',
        '/balances?figure=shareDueCents',
        '/balances/why?column=shareDueCents&funder=region',
        '/nowhere',
      ],
    ],
  ] as const)('has nothing that axe finds wrong: %s', async (role, paths) => {
    const page = role === undefined ? await stage.visitor() : await stage.person(role);
    expect(await faultyPages(page, role ?? 'nobody', paths)).toEqual({});
    await page.context().close();
  });

  it('ships less than 150 kB, and needs no script', async () => {
    const page = await stage.person('controller', 'region', { javaScriptEnabled: false });
    let bytes = 0;
    page.on('response', (response) => {
      bytes += Number(response.headers()['content-length'] ?? 0);
    });
    await page.goto('/balances', { waitUntil: 'networkidle' });
    expect(await page.textContent('h1')).toContain('Soldes');
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(150_000);
    await page.context().close();
  });
});
