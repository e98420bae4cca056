/** What the running totals promise: in step with the log, and no trace of what failed (R9, R19). */

import type { PaymentRecorded } from '../grants/grant.events.js';
import type { StoredLedgerEvent } from '../catalogue.js';
import { RunningTotals } from './running-totals.js';

function paid(paymentId: string, paidOn = '2010-03-31'): PaymentRecorded {
  return {
    type: 'PaymentRecorded.v1',
    data: {
      paymentId,
      amountCents: 5,
      paidOn,
      paidBy: 'region',
      instalment: 'interim',
      exercice: 2010,
      grantId: 'G-1',
      schemeId: 'insertion',
      beneficiaryId: '00027600600012',
      shares: [
        { funderId: 'region', amountCents: 3 },
        { funderId: 'eure', amountCents: 2 },
      ],
      split: { keyVersion: 1, ruleVersion: 1, order: ['region', 'eure'], seenCents: [0, 0] },
    },
  };
}

function stored(id: string, event: PaymentRecorded): StoredLedgerEvent {
  return { ...event, id, position: 1, revision: 0, stream: 'grant-G-1', recordedAt: 0, metadata: {} };
}

const seen = (totals: RunningTotals) => ({
  region: totals.netShareCents('insertion', 1, 'region'),
  eure: totals.netShareCents('insertion', 1, 'eure'),
  paid: totals.netPaidCents('insertion', 2010),
  lastPaidOn: totals.lastPaidOn('insertion'),
  settled: totals.settled,
});

const nothing = { region: 0, eure: 0, paid: 0, lastPaidOn: undefined, settled: true };

/** What the ceilings are held against. */
const consumed = (totals: RunningTotals) => ({
  paid: [totals.netPaidCents('insertion', 2010), totals.netPaidCents('insertion', null)],
  eure: [2010, 2011, null].map((exercice) => totals.netBorneCents('eure', null, exercice)),
  eureInScheme: [2010, null].map((exercice) => totals.netBorneCents('eure', 'insertion', exercice)),
  eureElsewhere: totals.netBorneCents('eure', 'routes', null),
});

describe('What a funder bears, by exercice and scheme (R19)', () => {
  const elsewhere: PaymentRecorded = {
    ...paid('P-3'),
    data: { ...paid('P-3').data, schemeId: 'routes', exercice: 2011 },
  };

  it('is counted with what is decided, and withdrawn with what failed', () => {
    const totals = new RunningTotals();
    totals.add('a', paid('P-1'));
    totals.add('b', elsewhere);
    const before = { paid: [5, 5], eure: [2, 2, 4], eureInScheme: [2, 2], eureElsewhere: 2 };
    expect(consumed(totals)).toEqual(before);
    totals.add('c', paid('P-2'));
    expect(consumed(totals)).toEqual({ paid: [10, 10], eure: [4, 2, 6], eureInScheme: [4, 4], eureElsewhere: 2 });
    totals.withdraw('c', paid('P-2'));
    expect(consumed(totals)).toEqual(before);
    totals.withdraw('b', elsewhere);
    expect(consumed(totals)).toEqual({ paid: [5, 5], eure: [2, 0, 2], eureInScheme: [2, 2], eureElsewhere: 0 });
  });

  it('is given back by a reversal, in the exercice that it counts in', () => {
    const totals = new RunningTotals();
    totals.confirm(stored('a', paid('P-1')));
    const { grantId, schemeId, amountCents, paidBy, shares } = paid('P-1').data;
    const where = { paymentId: 'P-1', grantId, schemeId, keyVersion: 1, exercice: 2011, originExercice: 2010 };
    totals.add('b', {
      type: 'PaymentReversed.v1',
      data: { ...where, amountCents, paidBy, reversedOn: '2011-02-01', reason: 'Erreur', shares },
    });
    expect(consumed(totals)).toMatchObject({ paid: [5, 0], eure: [2, -2, 0] });
  });

  it('lies under a rehearsal', () => {
    const totals = new RunningTotals();
    totals.confirm(stored('a', paid('P-1')));
    const rehearsal = new RunningTotals(totals);
    rehearsal.add('b', elsewhere);
    expect(consumed(rehearsal).eure).toEqual([2, 2, 4]);
    expect(consumed(totals).eure).toEqual([2, 0, 2]);
  });
});

describe('The running totals of a scheme', () => {
  it('count a payment the moment it is decided', () => {
    const totals = new RunningTotals();
    totals.add('a', paid('P-1'));
    expect(seen(totals)).toEqual({ region: 3, eure: 2, paid: 5, lastPaidOn: '2010-03-31', settled: false });
  });

  it('keep no trace of one whose commit failed', () => {
    const totals = new RunningTotals();
    totals.add('a', paid('P-1'));
    totals.add('b', paid('P-2', '2015-01-01'));
    totals.withdraw('b', paid('P-2', '2015-01-01'));
    totals.withdraw('a', paid('P-1'));
    expect(seen(totals)).toEqual(nothing);
  });

  it('count once what was decided here and then delivered by the log', () => {
    const totals = new RunningTotals();
    totals.add('a', paid('P-1'));
    totals.confirm(stored('a', paid('P-1')));
    totals.withdraw('a', paid('P-1'));
    expect(seen(totals)).toEqual({ region: 3, eure: 2, paid: 5, lastPaidOn: '2010-03-31', settled: true });
  });

  it('count what another process wrote when the log delivers it', () => {
    const totals = new RunningTotals();
    totals.confirm(stored('x', paid('P-9')));
    expect(seen(totals)).toMatchObject({ region: 3, eure: 2, paid: 5, settled: true });
  });

  it('lie under a rehearsal and are not changed by it', () => {
    const totals = new RunningTotals();
    totals.confirm(stored('a', paid('P-1')));
    const rehearsal = new RunningTotals(totals);
    rehearsal.add('b', paid('P-2'));
    expect(seen(rehearsal)).toMatchObject({ region: 6, eure: 4, paid: 10 });
    expect(seen(totals)).toMatchObject({ region: 3, eure: 2, paid: 5 });
  });
});
