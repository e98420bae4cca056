/** A subsidy as open data: who granted it on its day, and how it is paid. */

import { scdlFaults } from './scdl-rules.examples.js';
import { grantorOn, SCDL_COLUMNS, scdlLine, type Subsidy } from './scdl-line.js';

const names = [
  { effectiveFrom: null, name: 'Région Haute-Normandie', siret: null },
  { effectiveFrom: '2016-01-01', name: 'Région Normandie', siret: '20005340300057' },
];

const subsidy: Subsidy = {
  schemeId: 'insertion',
  status: 'active',
  amountCents: 10_000,
  beneficiary: { name: 'Atelier (démo)', rna: 'W276000093' },
  agreement: { number: 'C-1', signedOn: '2010-01-04' },
  period: { from: '2010-01-01', to: '2012-12-31' },
  plannedShares: [{ funderId: 'region', amountCents: 3_334 }],
  payments: [],
};
const by = { name: 'Région Normandie', siret: '20005340300057' };
const paid = { paidOn: '2010-03-31', amountCents: 10_000, status: 'paid' };
const conditionsOf = (payments: Subsidy['payments']) => scdlLine(by, { ...subsidy, payments }, 1, 'x').slice(10, 12);

describe('Who granted', () => {
  it('has the name of the day, and the SIRET of the day or the first after it (R26)', () => {
    expect(grantorOn(names, '2010-01-04')).toEqual({ name: 'Région Haute-Normandie', siret: '20005340300057' });
    expect(grantorOn(names, '2016-01-01')).toEqual({ name: 'Région Normandie', siret: '20005340300057' });
  });

  it('keeps the last SIRET when a later name has none, and is nobody without any', () => {
    const [first] = names;
    const dated = [
      { ...first!, siret: '22270229200012' },
      { ...names[1]!, siret: null },
    ];
    expect(grantorOn(dated, '2017-01-01')).toEqual({ name: 'Région Normandie', siret: '22270229200012' });
    expect(grantorOn([first!], '2010-01-04')).toBeUndefined();
  });
});

describe('A line', () => {
  it('keeps the rules of the format, however long the name of a scheme', () => {
    const line = scdlLine(by, subsidy, 3_334, 'Aide '.repeat(100));
    expect(scdlFaults([SCDL_COLUMNS, line])).toEqual([]);
    expect(line[8]).toBe('33.34');
  });

  it('is paid once when one payment paid all of it, else in instalments over its period', () => {
    expect(conditionsOf([paid])).toEqual(['unique', '2010-03-31']);
    const inParts = ['échelonné', '2010-01-01/2012-12-31'];
    expect(conditionsOf([])).toEqual(inParts);
    expect(conditionsOf([{ ...paid, amountCents: 9_999 }])).toEqual(inParts);
    expect(conditionsOf([{ ...paid, status: 'reversed' }])).toEqual(inParts);
    expect(conditionsOf([{ ...paid, status: 'reversed' }, paid])).toEqual(['unique', '2010-03-31']);
  });
});
