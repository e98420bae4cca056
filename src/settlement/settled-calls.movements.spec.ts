/** Calls are settled by what is contributed for them, then by what is contributed otherwise, the oldest first (R22). */

import * as fc from 'fast-check';
import { netOfReturns, settledCalls, type CalledFunder } from './settled-calls.movements.js';

const call = (callId: string, calledCents: number, contributedCents = 0, other: Partial<CalledFunder> = {}) => ({
  schemeId: 'insertion',
  callId,
  funderId: 'eure',
  payer: 'region',
  calledCents,
  contributedCents,
  ...other,
});

const given = (cents: number, from = 'eure', to = 'region', schemeId = 'insertion') => ({ schemeId, from, to, cents });

const sum = (all: readonly number[]) => all.reduce((total, each) => total + each, 0);

const told = (calls: readonly CalledFunder[], ...withoutCall: ReturnType<typeof given>[]) =>
  settledCalls(calls, withoutCall).map(({ callId, creditedCents, unpaidCents }) => [
    callId,
    creditedCents,
    unpaidCents,
  ]);

describe('What is contributed without a call', () => {
  it('settles the oldest call first, and of the next what is left', () => {
    expect(told([call('AF-1', 100, 30), call('AF-2', 50)], given(90))).toEqual([
      ['AF-1', 70, 0],
      ['AF-2', 20, 30],
    ]);
  });

  it('settles none of another payer, scheme or funder', () => {
    const calls = [
      call('AF-1', 100, 0, { payer: 'seine-maritime' }),
      call('AF-2', 100, 0, { schemeId: 'emplois-tremplins' }),
      call('AF-3', 100, 0, { funderId: 'seine-maritime' }),
    ];
    expect(told(calls, given(900)).map(([, , unpaid]) => unpaid)).toEqual([100, 100, 100]);
  });

  it('settles none where it was handed back', () => {
    expect(told([call('AF-1', 100)], given(60), given(40, 'region', 'eure'))).toEqual([['AF-1', 20, 80]]);
  });
});

it('what a call was paid beyond what it asked settles the others', () => {
  expect(told([call('AF-1', 100), call('AF-2', 50, 80)])).toEqual([
    ['AF-1', 30, 70],
    ['AF-2', 0, 0],
  ]);
});

it('what is unpaid over all calls is what was called less everything contributed, when that is positive', () => {
  const few = fc.integer({ min: 0, max: 100 });
  fc.assert(
    fc.property(fc.array(fc.tuple(few, few)), few, few, (amounts, forth, back) => {
      const calls = amounts.map(([cents, paid], i) => call(`AF-${i}`, cents, paid));
      const withoutCall = [given(forth), given(back, 'region', 'eure')];
      const settled = settledCalls(calls, withoutCall);
      const net = netOfReturns(withoutCall).find(({ from }) => from === 'eure')?.cents ?? 0;
      const owed = sum(calls.map((each) => each.calledCents - each.contributedCents)) - net;
      expect(sum(settled.map(({ unpaidCents }) => unpaidCents))).toBe(Math.max(0, owed));
      expect(settled.every(({ unpaidCents }) => unpaidCents >= 0)).toBe(true);
    }),
  );
});
