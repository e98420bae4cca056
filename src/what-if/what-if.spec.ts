/** The history as it would have been: cases by hand, and what holds for any history and any hypothesis. */

import * as fc from 'fast-check';
import { addDays, type Day } from '#libs/calendar/day';
import { attempt } from '#libs/decider/given';
import { Rejection } from '#libs/decider/rejection';
import { centRules } from '#libs/money/cent-rules';
import { movementsOf, positionChange } from '../balances/balance.movements.js';
import type { LedgerEvent } from '../catalogue.js';
import type { GrantCommand } from '../grants/grant.commands.js';
import { grantDecider } from '../grants/grant.decider.js';
import type { GrantEvent, PaymentRecorded, Share } from '../grants/grant.events.js';
import { award, FUNDERS, keyAgreed, pay, schemeOf, schemeOpened, splitKey, terms } from '../grants/grant.examples.js';
import type { Grant } from '../grants/grant.state.js';
import type { SchemeEvent } from '../schemes/scheme.events.js';
import { totalsChangeOf } from '../schemes/totals.movements.js';
import { Differences, sumOfRows } from './differences.movements.js';
import { HypotheticalHistory } from './hypothetical-history.movements.js';
import type { Hypothesis } from './hypothesis.state.js';

/** What somebody does on a day of its own. `which` picks among the payments so far. */
interface Deed {
  readonly does: 'pay' | 'reverse' | 'recover' | 'return' | 'reissue' | 'award' | 'amend';
  readonly which: number;
  readonly amountCents: number;
  readonly paidBy: string;
}

const FIRST_DAY = '2010-02-01';

/** What the ledger would record of these deeds; what it refuses is left out. */
function historyOf(scheme: readonly SchemeEvent[], deeds: readonly Deed[]): LedgerEvent[] {
  const log: LedgerEvent[] = [...scheme];
  const grants = new Map<string, Grant>();
  const netCents = new Map<string, number>();
  const payments: { grantId: string; paymentId: string }[] = [];
  const netShareCents = (_: string, version: number, funderId: string) => netCents.get(`${version} ${funderId}`) ?? 0;
  const ask = (command: GrantCommand, today: Day) => {
    const grant = grants.get(command.grantId) ?? grantDecider.initial;
    const known = terms({ ...schemeOf(...scheme), today, netShareCents });
    const decided = attempt(() => grantDecider.decide(command, grant, known));
    if (!(decided instanceof Rejection)) decided.forEach(apply);
  };
  const apply = (event: GrantEvent) => {
    const { grantId } = event.data;
    grants.set(grantId, grantDecider.evolve(grants.get(grantId) ?? grantDecider.initial, event));
    const change = totalsChangeOf(event);
    for (const { funderId, amountCents } of change?.shares ?? []) {
      const key = `${change!.keyVersion} ${funderId}`;
      netCents.set(key, (netCents.get(key) ?? 0) + change!.sign * amountCents);
    }
    if (event.type === 'PaymentRecorded.v1') payments.push(event.data);
    log.push(event);
  };
  ask(award({ grantId: 'G-0' }), FIRST_DAY);
  for (const [i, deed] of deeds.entries()) {
    const day = addDays(FIRST_DAY, i * 7);
    for (const command of commandsOf(deed, i, day, payments)) ask(command, day);
  }
  return log;
}

function commandsOf(
  { does, which, amountCents, paidBy }: Deed,
  i: number,
  day: Day,
  payments: readonly { grantId: string; paymentId: string }[],
): GrantCommand[] {
  const grantId = `G-${which % 2}`;
  const overrideReason = 'Au hasard';
  switch (does) {
    case 'award': {
      const agreement = { number: `C-${i}`, signedOn: day };
      return [award({ grantId: 'G-1', agreement, amountCents: 1_000 + amountCents })];
    }
    case 'amend':
      return [{ type: 'AmendGrant', grantId, amendmentId: `A-${i}`, amountCents: 90_000 + amountCents, act: `A ${i}` }];
    case 'pay': {
      const exercice = Number(day.slice(0, 4));
      return [pay({ grantId, paymentId: `P-${i}`, paidOn: day, amountCents, paidBy, exercice, overrideReason })];
    }
    default: {
      const payment = payments[which % Math.max(1, payments.length)];
      if (payment === undefined) return [];
      const reason = 'Au hasard';
      if (does === 'reverse') return [{ type: 'ReversePayment', ...ids(payment), reversedOn: day, reason }];
      if (does === 'return') return [{ type: 'RecordBankReturn', ...ids(payment), returnedOn: day, reason }];
      if (does === 'reissue') return [{ type: 'ReissuePayment', ...ids(payment), reissuedOn: day }];
      const recovery = { recoveryId: `R-${i}`, amountCents, recoveredOn: day, recoveredBy: paidBy };
      return [{ type: 'RecordRecovery', ...ids(payment), ...recovery, reason }];
    }
  }
}

const ids = ({ grantId, paymentId }: { grantId: string; paymentId: string }) => ({ grantId, paymentId });

const deeds = fc.array(
  fc.record<Deed>({
    does: fc.constantFrom('pay', 'pay', 'pay', 'pay', 'reverse', 'recover', 'return', 'reissue', 'award', 'amend'),
    which: fc.nat(20),
    amountCents: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 9 }) }, fc.integer({ min: 1, max: 400 })),
    paidBy: fc.constantFrom(...FUNDERS),
  }),
  { minLength: 5, maxLength: 50, size: 'max' },
);
const schemes = fc.constantFrom<readonly SchemeEvent[]>(
  [schemeOpened()],
  [schemeOpened({ splitKey: splitKey(51, 35, 14) })],
  [schemeOpened(), keyAgreed()],
  [schemeOpened(), keyAgreed({ appliesTo: 'new-grants' })],
);
const hypotheses = fc.record(
  {
    splitKey: fc.constantFrom(
      splitKey(1, 1, 1),
      splitKey(51, 35, 14),
      splitKey(2, 1, 1),
      [...splitKey(40, 30, 20), { funderId: 'metropole', weight: 10 }],
      splitKey(1, 1).toReversed(),
    ),
    tieOrder: fc.constant(['eure', 'metropole', 'region', 'seine-maritime']),
    effectiveFrom: fc.constantFrom('2010-03-15', '2010-07-01'),
    centRule: fc.constantFrom(...centRules),
    appliesTo: fc.constantFrom('all-payments' as const, 'new-grants' as const),
  },
  { requiredKeys: ['centRule', 'appliesTo'] },
) as fc.Arbitrary<Hypothesis>;

const AS_IT_WAS: Hypothesis = { centRule: 'least-paid', appliesTo: 'all-payments' };

function replay(log: readonly LedgerEvent[], hypothesis: Hypothesis) {
  const history = new HypotheticalHistory(hypothesis);
  return log.map((event) => ({ event, supposed: history.instead(event) }));
}

describe('any history', () => {
  it('is as it was when nothing is supposed, or the very key, order and rule that were', () => {
    fc.assert(
      fc.property(deeds, schemes, (done, scheme) => {
        const log = historyOf(scheme, done);
        const opened = schemeOpened().data;
        const last = scheme.length === 1 ? (scheme[0]!.data as typeof opened) : undefined;
        const same: Hypothesis[] = [
          AS_IT_WAS,
          { ...AS_IT_WAS, tieOrder: opened.tieOrder },
          { ...AS_IT_WAS, scheme: 'emplois-tremplins', splitKey: splitKey(1, 2, 3), centRule: 'fixed-order' },
          { ...AS_IT_WAS, effectiveFrom: '2012-01-01', splitKey: splitKey(1, 2, 3) },
          ...(last === undefined ? [] : [{ ...AS_IT_WAS, splitKey: last.splitKey.toReversed() }]),
          ...(last === undefined ? [] : [{ ...AS_IT_WAS, splitKey: last.splitKey, effectiveFrom: '2010-04-01' }]),
        ];
        for (const hypothesis of same)
          for (const { event, supposed } of replay(log, hypothesis)) expect(supposed).toEqual(event);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps every rule of the shares under any hypothesis: exact sums, nothing negative, positions that sum to zero', () => {
    fc.assert(
      fc.property(deeds, schemes, hypotheses, (done, scheme, hypothesis) => {
        const differences = new Differences();
        const borne = new Map<string, number>();
        for (const { event, supposed } of replay(historyOf(scheme, done), hypothesis)) {
          differences.take(event, supposed);
          const moved = movementsOf(supposed).map(positionChange);
          expect(moved.reduce((sum, cents) => sum + cents, 0)).toBe(0);
          const change = totalsChangeOf(supposed);
          if (change === undefined || !('paymentId' in supposed.data)) continue;
          expect(change.shares.reduce((sum, share) => sum + share.amountCents, 0)).toBe(change.amountCents);
          for (const { funderId, amountCents } of change.shares) {
            expect(amountCents).toBeGreaterThanOrEqual(0);
            const key = `${supposed.data.paymentId} ${funderId}`;
            borne.set(key, (borne.get(key) ?? 0) + change.sign * amountCents);
            expect(borne.get(key)).toBeGreaterThanOrEqual(0);
          }
        }
        const { shareDue, position, grantedShare } = sumOfRows(differences.rows());
        for (const { actualCents, hypotheticalCents } of [shareDue, position, grantedShare])
          expect(hypotheticalCents).toBe(actualCents);
        expect(position.actualCents).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});

const shares = (event: LedgerEvent) => (event as PaymentRecorded).data.shares.map((share: Share) => share.amountCents);

const deed = (does: Deed['does'], other: Partial<Deed> = {}): Deed => ({
  does,
  which: 0,
  amountCents: 100,
  paidBy: 'region',
  ...other,
});

describe('a replay', () => {
  const log = historyOf([schemeOpened()], [deed('pay'), deed('pay'), deed('recover', { amountCents: 50 })]);
  const supposedShares = (hypothesis: Partial<Hypothesis>) =>
    replay(log, { ...AS_IT_WAS, ...hypothesis })
      .slice(-3)
      .map(({ supposed }) => shares(supposed));

  it('is what was recorded to begin with', () => {
    expect(log.slice(-3).map(shares)).toEqual([
      [34, 33, 33],
      [33, 34, 33],
      [17, 17, 16],
    ]);
  });

  it('gives the extra cent always to the first, and gives it back by R11', () => {
    expect(supposedShares({ centRule: 'fixed-order' })).toEqual([
      [34, 33, 33],
      [34, 33, 33],
      [17, 17, 16],
    ]);
  });

  it('splits by another key from its date on, whose totals are its own', () => {
    expect(supposedShares({ splitKey: splitKey(51, 35, 14), effectiveFrom: addDays(FIRST_DAY, 7) })).toEqual([
      [34, 33, 33],
      [51, 35, 14],
      [17, 17, 16],
    ]);
  });

  it('splits payments of old grants as they were when the key is for new grants', () => {
    const later = { splitKey: splitKey(51, 35, 14), effectiveFrom: '2010-01-16', appliesTo: 'new-grants' } as const;
    expect(supposedShares(later)).toEqual(log.slice(-3).map(shares));
    expect(supposedShares({ ...later, effectiveFrom: '2010-01-15' })[0]).toEqual([51, 35, 14]);
  });

  it('takes in a fourth funder that the ledger does not know', () => {
    const key = [...splitKey(1, 1, 1), { funderId: 'metropole', weight: 1 }];
    expect(supposedShares({ splitKey: key })).toEqual([
      [25, 25, 25, 25],
      [25, 25, 25, 25],
      [13, 13, 12, 12],
    ]);
  });

  it('plans the grant’s shares anew, an amendment’s change included', () => {
    const amended = historyOf([schemeOpened()], [deed('amend', { amountCents: 10_100 })]);
    const key = { ...AS_IT_WAS, splitKey: splitKey(51, 35, 14) };
    const [awarded, amendment] = replay(amended, key)
      .slice(-2)
      .map(({ supposed }) => supposed);
    expect(awarded!.data).toMatchObject({ plannedShares: [{ amountCents: 51_000 }, { amountCents: 35_000 }, {}] });
    expect(amendment!.data).toMatchObject({
      plannedShareChanges: [{ amountCents: 51 }, { amountCents: 35 }, { amountCents: 14 }],
    });
  });

  it('counts the payments that differ and the most by which one does', () => {
    const differences = new Differences();
    const history = new HypotheticalHistory({ ...AS_IT_WAS, splitKey: splitKey(51, 35, 14) });
    for (const event of log) {
      const isConcerned = event.type === 'PaymentRecorded.v1' && history.concerns(event);
      const supposed = history.instead(event);
      if (event.type === 'PaymentRecorded.v1') differences.compare(event, supposed as PaymentRecorded, isConcerned);
    }
    expect(differences.payments).toEqual({
      count: 2,
      concerned: 2,
      different: 2,
      largestCents: 19,
      largestPaymentId: 'P-0',
    });
  });
});
