/** What is consumed of a contract, and where, on the command line of the built product. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLedger } from '../../src/server.js';
import { endAll, ledger } from '../product.js';
import { grant, payment, Person, siret } from './kit.js';

let dataDir: string;

/** A contract of 1 000 000 € in two axes that add up to 100 € more; one grant of the Eure, of which 300 € is paid. */
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'contract-command-line-'));
  const opened = await openLedger({ dataDir, logger: false, clock: () => Date.parse('2010-04-01T08:00:00Z') });
  const operator = new Person(opened.app, opened.operatorKey);
  await operator.records('/contracts', {
    contractId: 'contrat-276',
    name: 'Contrat 276',
    signedOn: '2007-03-01',
    period: { from: '2007-01-01', to: '2013-12-31' },
    parties: [
      { funderId: 'region', contributionCents: 60_000_000 },
      { funderId: 'seine-maritime', contributionCents: 30_000_000, departement: '76' },
      { funderId: 'eure', contributionCents: 10_000_000, departement: '27' },
    ],
    axes: [
      { axisId: 'axe-1', name: 'Axe 1', budgetCents: 70_000_000 },
      { axisId: 'axe-2', name: 'Axe 2', budgetCents: 30_010_000 },
    ],
    act: 'Contrat',
  });
  const attachment = { schemeId: 'insertion', axisId: 'axe-1', splitBy: 'own-key', attachedOn: '2007-03-01' };
  await operator.records('/contracts/contrat-276/schemes', { ...attachment, act: 'Annexe' });
  const beneficiary = { name: 'Atelier (démo)', siret: siret(1), commune: '27229' };
  await operator.records('/grants', grant(1, { amountCents: 900_000, beneficiary }));
  await operator.records('/grants/G-1/payments', payment('P-1', { amountCents: 30_000 }));
  const noted = { grantId: 'G-1', cperCents: 90_000, notedOn: '2010-04-01', act: 'CPER' };
  await operator.records('/contracts/contrat-276/cper-parts', noted);
  await opened.close();
}, 60_000);

afterAll(async () => {
  await endAll();
  rmSync(dataDir, { recursive: true, force: true });
});

/** A table's lines with single spaces. */
async function shown(...words: string[]): Promise<string[]> {
  const { code, out, err } = await ledger(dataDir, words);
  expect([code, err]).toEqual([0, '']);
  return out.split('\n').map((line) => line.replace(/\s+/g, ' ').trim());
}

describe('ledger contract', () => {
  it('prints the axes, the gap and the envelope, then its parts', async () => {
    const lines = await shown('contract', 'contrat-276');
    expect(lines[0]).toBe('Contrat Prévu Accordé dont CPER Compté Versé Reste');
    expect(lines.slice(2, 9)).toEqual([
      'axe-1 700 000,00 € 9 000,00 € 900,00 € 8 100,00 € 300,00 € 691 900,00 €',
      'axe-2 300 100,00 € 0,00 € 0,00 € 0,00 € 0,00 € 300 100,00 €',
      'écart d’arrondi des axes −100,00 € −100,00 €',
      'Enveloppe 1 000 000,00 € 9 000,00 € 900,00 € 8 100,00 € 300,00 € 991 900,00 €',
      'dont region 600 000,00 € 3 000,00 € 300,00 € 2 700,00 € 100,00 € 597 300,00 €',
      'dont seine-maritime 300 000,00 € 3 000,00 € 300,00 € 2 700,00 € 100,00 € 297 300,00 €',
      'dont eure 100 000,00 € 3 000,00 € 300,00 € 2 700,00 € 100,00 € 97 300,00 €',
    ]);
  });

  it('leaves blank what is not planned per exercice, and fails for a contract that there is not', async () => {
    const lines = await shown('contract', 'contrat-276', '--exercice', '2010');
    expect(lines[4]).toBe('écart d’arrondi des axes');
    expect(lines[5]).toBe('Enveloppe 9 000,00 € 900,00 € 8 100,00 € 300,00 €');
    const { code, err } = await ledger(dataDir, ['contract', 'contrat-77']);
    expect([code, err.split('\n')[0]]).toEqual([1, 'Contrat inconnu (CONTRACT_UNKNOWN)']);
  });
});

describe('ledger cross-territory', () => {
  it('prints what each party financed inside and outside its territory', async () => {
    const lines = await shown('cross-territory', 'contrat-276', '--exercice', '2010');
    expect(lines[0]).toBe(
      'Dispositif Exercice Collectivité Quote-part due Sur son territoire Hors de son territoire Commune inconnue',
    );
    expect(lines.slice(2, 8)).toEqual([
      'insertion 2010 eure 100,00 € 100,00 € 0,00 € 0,00 €',
      'insertion 2010 region 100,00 € 0,00 €',
      'insertion 2010 seine-maritime 100,00 € 0,00 € 100,00 € 0,00 €',
      'Total region 100,00 € 0,00 €',
      'Total seine-maritime 100,00 € 0,00 € 100,00 € 0,00 €',
      'Total eure 100,00 € 100,00 € 0,00 € 0,00 €',
    ]);
  });
});
