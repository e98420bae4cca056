/** A real Chromium for the browser specs: found on the machine, or by `CHROME_PATH`; shared by the specs of a file. */

import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Where a browser is; undefined when there is none, which is a failure where `CI` is set. */
export function browserPath(): string | undefined {
  const { CHROME_PATH, CI } = process.env;
  const found = [CHROME_PATH ?? '', ...PLACES].find((path) => path !== '' && existsSync(path));
  if (found === undefined && CI === 'true') throw new Error('no Chromium or Chrome: install one, or set CHROME_PATH');
  return found;
}

export async function startBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

/** `describe`, where a browser is; elsewhere a line that says what was not run. */
export function describeInBrowser(name: string, specs: (executablePath: string) => void): void {
  const path = browserPath();
  if (path !== undefined) describe(name, () => specs(path));
  else describe.skip(`${name} (not run: no Chromium or Chrome was found; CHROME_PATH names one)`, () => specs(''));
}
