/** The sheet of the directors general fills one page and no more, however much there is to say. */

import { buffer } from 'node:stream/consumers';
import { readPdf } from '#libs/pdf/read-pdf.examples';
import { dgsDocument, type DgsSheet } from './dgs-document.js';
import type { Letterhead } from './letterhead.js';

const LONG = 'Syndicat mixte interdépartemental d’aménagement et de gestion des bases de plein air et de loisirs';

const letterhead: Letterhead = {
  language: 'fr',
  funders: [{ funderId: 'region', name: 'Région Haute-Normandie' }],
  seal: undefined,
  position: '1',
  at: 0,
  funderName: () => LONG,
  schemeName: () => LONG,
  day: (on) => on,
};

const figures = {
  positionCents: -123_456_789_012,
  shareDueCents: 123_456_789_012,
  disbursedCents: 123_456_789_012,
  recoveredCents: 0,
  contributedCents: 123_456_789_012,
};
const compared = { before: figures, at: figures, change: figures };
const times = <Row>(count: number, row: Row): Row[] => Array<Row>(count).fill(row);

const full: DgsSheet = {
  on: '2014-12-15',
  since: '2014-10-15',
  funders: times(9, { ...compared, name: LONG }),
  totals: compared,
  sumOfPositionsCents: 1,
  unpaidCalls: times(40, {
    callId: `AF-${'X'.repeat(60)}`,
    funderId: 'a',
    issuedOn: '2014-01-01',
    ageDays: 348,
    missingCents: 1,
  }),
  ceilings: times(40, { ceilingId: `scheme~${'x'.repeat(60)}~2014`, amountCents: 1, consumedCents: 1, percent: 100 }),
  instruction: times(9, { funderId: 'a', grants: 1, grantedCents: 1, newGrants: 1, newGrantedCents: 1 }),
  noted: { counts: times(6, { kind: 'possible-double', count: 2, amountCents: 5 }) },
  unsettled: times(40, { exercice: 2010, funderId: 'a', positionCents: 5 }),
  openReconciliations: times(40, { reconciliationId: 'R' }),
  exercicesToClose: [2007, 2008, 2009, 2010, 2011, 2012].map((exercice) => ({ exercice })),
  position: '1',
};

describe('The sheet of the directors general', () => {
  it('is one page when every list is longer than it shows, with the longest of names', async () => {
    const { pages } = readPdf(await buffer(await dgsDocument(letterhead, full)));
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain('Appels de fonds impayés (40)');
    expect(pages[0]).toContain('… et 36 autres');
    expect(pages[0]).toContain('LES POSITIONS NE SE COMPENSENT PAS');
  });

  it('is one page when there is nothing to say', async () => {
    const empty = {
      ...full,
      funders: [],
      unpaidCalls: [],
      ceilings: [],
      instruction: [],
      unsettled: [],
      exercicesToClose: [],
    };
    const sheet = { ...empty, noted: { counts: [] }, openReconciliations: [], sumOfPositionsCents: 0 };
    expect(readPdf(await buffer(await dgsDocument(letterhead, sheet))).pages).toHaveLength(1);
  });
});
