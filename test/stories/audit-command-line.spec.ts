/** The auditor's questions on the command line of the built product: what if, a sample, the checks. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLedger } from '../../src/server.js';
import { endAll, ledger } from '../product.js';
import { grant, payment, Person } from './kit.js';

let dataDir: string;

/** 100,00 € and 50,00 € of one grant. */
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'audit-command-line-'));
  const opened = await openLedger({ dataDir, logger: false, clock: () => Date.parse('2010-04-01T08:00:00Z') });
  const operator = new Person(opened.app, opened.operatorKey);
  await operator.records('/grants', grant(1));
  await operator.records('/grants/G-1/payments', payment('P-1'));
  await operator.records('/grants/G-1/payments', payment('P-2', { amountCents: 5_000 }));
  await opened.close();
}, 60_000);

afterAll(async () => {
  await endAll();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Its lines with single spaces. */
async function shown(...words: string[]): Promise<string[]> {
  const { code, out, err } = await ledger(dataDir, words);
  expect([code, err]).toEqual([0, '']);
  return out.split('\n').map((line) => line.replace(/\s+/g, ' ').trim());
}

it('ledger what-if prints what would be, and refuses a key without weights', async () => {
  const lines = await shown('what-if', '--key', 'region:1,eure:1', '--cent-rule', 'fixed-order');
  expect(lines.slice(2, 5)).toEqual([
    'insertion 2010 eure 50,00 € 75,00 € 25,00 € −50,00 € −75,00 €',
    'insertion 2010 region 50,00 € 75,00 € 25,00 € 100,00 € 75,00 €',
    'insertion 2010 seine-maritime 50,00 € 0,00 € −50,00 € −50,00 € 0,00 €',
  ]);
  expect(lines.slice(8, 10)).toEqual([
    'Versements : 2, dont 2 concernés et 2 différents, de 33,33 € au plus (P-1)',
    'Somme des écarts : 0,00 € · journal en position 8',
  ]);
  const { code, err } = await ledger(dataDir, ['what-if', '--key', 'region']);
  expect([code, err]).toEqual([2, expect.stringContaining('region:51,eure:49')]);
});

it('ledger sample prints the list with what it was drawn with, and the same as a table', async () => {
  const lines = await shown('sample', '--method', 'monetary-unit', '--size', '1', '--seed', '276');
  expect(lines.at(-2)).toMatch(/^Empreinte de la population : [0-9a-f]{64}$/);
  expect(lines.at(-3)).toBe('Méthode monetary-unit, taille 1, graine 276, journal en position 8');
  const csv = await shown('sample', '--method', 'top', '--size', '1', '--csv');
  expect(csv).toContain('méthode;plus grands montants');
});

it('ledger audit-checks prints counts, findings and first digits', async () => {
  const lines = await shown('audit-checks', '--late-days', '1');
  expect(lines).toEqual(
    expect.arrayContaining([
      'Enregistrements tardifs 0',
      'Premier chiffre Observé Attendu',
      'Moins de 110 versements : la statistique ne dit rien.',
      '2 versements, 150,00 € · journal en position 8',
    ]),
  );
});
