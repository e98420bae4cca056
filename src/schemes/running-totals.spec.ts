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
