/** The kit of the browser specs: a ledger that is served, somebody signed in before a screen, checks of what is seen. */

import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { Story, type Role } from '../stories/kit.js';
import { startBrowser } from './browser.js';

const AXE = createRequire(__filename).resolve('axe-core/axe.min.js');

/** What WCAG 2.2 A and AA ask, and axe's own good practices. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export const PHONE = { width: 390, height: 844 };

/** A served ledger and one browser, for all specs of a file. */
export class Stage {
  private constructor(
    readonly story: Story,
    readonly url: string,
    private readonly browser: Browser,
  ) {}

  /** @param prepare what the ledger holds before anybody looks */
  static async set(
    executablePath: string,
    { day = '2010-04-01', prepare = async () => {} }: { day?: string; prepare?: (story: Story) => Promise<void> } = {},
  ): Promise<Stage> {
    const [story, browser] = await Promise.all([Story.begin(day, { demo: true }), startBrowser(executablePath)]);
    await prepare(story);
    await story.opened.app.listen(0, '127.0.0.1');
    return new Stage(story, await story.opened.app.getUrl(), browser);
  }

  /** Nobody yet: a browser of one's own, without cookies. */
  async visitor(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({
      baseURL: this.url,
      viewport: { width: 1280, height: 800 },
      // axe is put into the page by the test, which the page's own policy forbids
      bypassCSP: true,
      // colours are measured, not on their way
      reducedMotion: 'reduce',
      ...options,
    });
    return context.newPage();
  }

  /** Somebody of a role, signed in without passing by the sign-in page. */
  async person(role: Role, funderId = 'region', options: BrowserContextOptions = {}): Promise<Page> {
    const { accounts, sessions } = this.story.opened.access;
    const name = `${role}-${funderId}`;
    if (accounts.open(name) === undefined) await accounts.create(name, role, funderId, null);
    const page = await this.visitor(options);
    await page.context().addCookies([{ name: 'ledger276-session', value: sessions.begin(name), url: this.url }]);
    return page;
  }

  async strike(): Promise<void> {
    await this.browser.close();
    await this.story.end();
  }
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/** What axe finds wrong with the page as it is shown: nothing, on a page that is right. */
export async function accessibilityFaults(page: Page, only: object = { runOnly: RULES }): Promise<string[]> {
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.addScriptTag({ path: AXE });
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(document, { ...${JSON.stringify(only)}, resultTypes: ['violations'] })`,
  );
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`));
}

/** The same in light, and in dark and on a phone what differs there: colours, sizes, and that nothing scrolls sideways. */
export async function accessibilityFaultsEverywhere(page: Page): Promise<string[]> {
  const faults: string[] = [];
  const found = async (where: string, only?: object) => {
    for (const fault of await accessibilityFaults(page, only)) faults.push(`${where}: ${fault}`);
  };
  const { width, height } = page.viewportSize()!;
  await page.emulateMedia({ colorScheme: 'light' });
  await found('light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await found('dark', { runOnly: { type: 'rule', values: ['color-contrast'] } });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(PHONE);
  await found('phone', { runOnly: { type: 'rule', values: ['target-size', 'scrollable-region-focusable'] } });
  if (await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth'))
    faults.push('phone: scrolls sideways');
  await page.setViewportSize({ width, height });
  return faults;
}

/** Opens page after page: what is wrong with those with which something is. A picture of each is called after `who` looks. */
export async function faultyPages(
  page: Page,
  who: string,
  paths: readonly string[],
): Promise<Record<string, string[]>> {
  const faulty: Record<string, string[]> = {};
  for (const path of paths) {
    await page.goto(path);
    const faults = await accessibilityFaultsEverywhere(page);
    if (faults.length > 0) faulty[path] = faults;
    await picture(page, `${who}${path.replaceAll(/\W+/g, '-').slice(0, 40)}`);
  }
  return faulty;
}

/** Chooses a language or a theme, as the links of the frame do, and comes back. */
export async function prefer(page: Page, choice: Readonly<Record<string, string>>): Promise<void> {
  const { pathname, search } = new URL(page.url());
  await page.goto(`/preferences?${new URLSearchParams({ ...choice, back: pathname + search }).toString()}`);
}

/** Goes on with the Tab key alone to what is called so, and tells how many steps it took. */
export async function tabTo(page: Page, name: string | RegExp, atMost = 60): Promise<number> {
  for (let steps = 1; steps <= atMost; steps += 1) {
    await page.keyboard.press('Tab');
    const text = await focusedName(page);
    if (typeof name === 'string' ? text === name : name.test(text)) return steps;
  }
  throw new Error(`${String(name)} is not reached by ${atMost} steps of the Tab key`);
}

/** What a screen reader calls the focused control, near enough: its label, else its text. */
export async function focusedName(page: Page): Promise<string> {
  const name = await page.evaluate<string | null>(
    `(document.activeElement.labels?.[0]?.textContent ?? document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent)`,
  );
  return (name ?? '').replaceAll(/\s+/g, ' ').trim();
}

/** Keeps a picture of the page where `SCREENSHOTS` names a folder; nowhere otherwise. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

export type { BrowserContext };
