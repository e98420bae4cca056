/** What verification finds in a log that no honest run of the ledger leaves behind (R7, R20, R23, R30). */

import { randomUUID } from 'node:crypto';
import { MemoryEventStore } from '#libs/event-store/memory';
import type { LedgerEvent } from '../catalogue.js';
import type { ClosingTotals } from '../exercices/exercice.events.js';
import type { PaymentRecorded, PaymentWarning } from '../grants/grant.events.js';
import { verifyLog } from './verify-log.js';

const FUNDERS = ['region', 'seine-maritime', 'eure'];
const shares = (...cents: number[]) => FUNDERS.map((funderId, i) => ({ funderId, amountCents: cents[i]! }));

const opened: LedgerEvent = {
  type: 'SchemeOpened.v1',
  data: {
    schemeId: 'insertion',
    name: 'Insertion',
    beneficiaryKind: 'enterprise',
    payer: 'region',
    splitKey: FUNDERS.map((funderId) => ({ funderId, weight: 1 })),
    tieOrder: FUNDERS,
    openedOn: '2004-01-01',
    graceDays: 0,
  },
};

const awarded: LedgerEvent = {
  type: 'GrantAwarded.v1',
  data: {
    grantId: 'G-1',
    schemeId: 'insertion',
    amountCents: 300,
    beneficiary: { name: 'Atelier (démo)', siret: '00027600600012' },
    agreement: { number: 'C-1', signedOn: '2010-01-05' },
    period: { from: '2010-01-01', to: '2012-12-31' },
    instructedBy: 'region',
    exercice: 2010,
    keyVersion: 1,
    plannedShares: shares(100, 100, 100),
  },
};

function paid(paymentId: string, other: Partial<PaymentRecorded['data']> = {}): PaymentRecorded {
  return {
    type: 'PaymentRecorded.v1',
    data: {
      paymentId,
      amountCents: 3,
      paidOn: '2010-03-31',
      paidBy: 'region',
      instalment: 'interim',
      exercice: 2010,
      grantId: 'G-1',
      schemeId: 'insertion',
      beneficiaryId: '00027600600012',
      shares: shares(1, 1, 1),
      split: { keyVersion: 1, ruleVersion: 1, order: FUNDERS, seenCents: [0, 0, 0] },
      ...other,
    },
  };
}

const total = (funderId: string, shareDueCents: number, disbursedCents: number): ClosingTotals => ({
  schemeId: 'insertion',
  funderId,
  shareDueCents,
  disbursedCents,
  recoveredCents: 0,
  contributedCents: 0,
  receivedCents: 0,
  positionCents: disbursedCents - shareDueCents,
});

function closed(...totals: ClosingTotals[]): LedgerEvent {
  return { type: 'ExerciceClosed.v1', data: { exercice: 2010, closedOn: '2011-03-01', totals, atPosition: '3' } };
}

/** The codes found in a log of these events, on a stream each kind. */
async function found(events: readonly LedgerEvent[], writers?: 'one' | 'several') {
  const store = new MemoryEventStore();
  const revisions = new Map<string, number>();
  for (const { type, data } of events) {
    const stream = `${streamOf(type)}-1`;
    const revision = revisions.get(stream) ?? -1;
    await store.append(stream, revision, [{ id: randomUUID(), type, data, metadata: {} }]);
    revisions.set(stream, revision + 1);
  }
  const { differences, lateTotals } = await verifyLog(store, undefined, () => {}, writers);
  return { codes: differences.map(({ position, code }) => [position, code]), lateTotals };
}

const OF_EURE = { kind: 'funder', funderId: 'eure' } as const;

function budgetSet(amountCents: number, act: string): LedgerEvent {
  return {
    type: 'BudgetSet.v1',
    data: { ceilingId: 'BP', scope: OF_EURE, exercice: 2010, amountCents, mode: 'block', act },
  };
}

/** The warning of that ceiling of one cent. */
function over(overByCents: number): PaymentWarning {
  return {
    code: 'BUDGET_EXCEEDED',
    ceilingId: 'BP',
    scope: OF_EURE,
    exercice: 2010,
    mode: 'block',
    ceilingCents: 1,
    overByCents,
  };
}

/** Of a payment's line in a call. */
const line = { paymentId: 'P-1', grantId: 'G-1' };

function streamOf(type: string): string {
  if (/^(Scheme|Ceiling)/.test(type)) return 'scheme';
  if (type.startsWith('Budget')) return 'ceiling';
  if (/^(Funding|Contribution)/.test(type)) return 'settlement';
  return type.startsWith('Exercice') ? 'exercice' : 'grant';
}

/** Of one cent a funder. */
function amended(...changes: number[]): LedgerEvent {
  return {
    type: 'GrantAmended.v1',
    data: {
      amendmentId: 'A-1',
      grantId: 'G-1',
      schemeId: 'insertion',
      exercice: 2010,
      amendedOn: '2010-02-01',
      amountCents: 303,
      period: { from: '2010-01-01', to: '2012-12-31' },
      act: 'Avenant (démo)',
      asked: { amountCents: 303 },
      plannedShares: shares(101, 101, 101),
      plannedShareChanges: shares(...changes),
    },
  };
}

/** Of a payment and a recovery, with a credit taken and one left. */
function called(cents: number): LedgerEvent {
  return {
    type: 'FundingCallIssued.v2',
    data: {
      callId: 'AF-1',
      schemeId: 'insertion',
      exercice: 2010,
      payer: 'region',
      number: 1,
      issuedOn: '2010-04-01',
      lines: [
        {
          ...line,
          lineId: 'P-1',
          kind: 'payment',
          on: '2010-03-31',
          sign: 1,
          amountCents: 9,
          shares: shares(3, 3, 3),
        },
        {
          ...line,
          lineId: 'P-1/r',
          kind: 'recovery',
          on: '2010-04-01',
          sign: -1,
          amountCents: 4,
          shares: shares(0, 0, 4),
        },
      ],
      broughtForward: [{ funderId: 'seine-maritime', amountCents: 1 }],
      called: [{ funderId: 'seine-maritime', amountCents: cents }],
      carriedForward: [{ funderId: 'eure', amountCents: 1 }],
    },
  };
}

const whole = [total('eure', 1, 0), total('region', 1, 3), total('seine-maritime', 1, 0)];

describe('Verifying a log', () => {
  it('finds nothing in an honest one', async () => {
    expect(await found([opened, awarded, paid('P-1'), closed(...whole)])).toEqual({ codes: [], lateTotals: 0 });
  });

  it('finds shares that do not sum, or are not the rule’s (R6, R9)', async () => {
    const short = paid('P-1', { shares: shares(1, 1, 0) });
    expect((await found([opened, awarded, short])).codes).toContainEqual([3, 'SHARES_SUM']);
    const moved = paid('P-1', { shares: shares(2, 1, 0) });
    expect((await found([opened, awarded, moved])).codes).toContainEqual([3, 'SHARES_RULE']);
  });

  it('finds planned shares that an amendment did not change as it says', async () => {
    expect((await found([opened, awarded, amended(1, 1, 1)])).codes).toEqual([]);
    expect((await found([opened, awarded, amended(1, 1, 2)])).codes).toEqual([[3, 'SHARES_RULE']]);
  });

  it('finds a call that its lines do not lead to (R21)', async () => {
    expect((await found([opened, called(2)])).codes).toEqual([]);
    expect((await found([opened, called(3)])).codes).toEqual([[2, 'SETTLEMENT']]);
  });

  it('finds a contribution that is reversed otherwise than it was given, twice, or was never given (R22)', async () => {
    const facts = { contributionId: 'V-1', schemeId: 'insertion', exercice: 2010, from: 'eure', to: 'region' };
    const given: LedgerEvent = {
      type: 'ContributionRecorded.v1',
      data: { ...facts, amountCents: 100, paidOn: '2010-04-01' },
    };
    const reversed = (amountCents: number, from = 'eure'): LedgerEvent => ({
      type: 'ContributionReversed.v1',
      data: { ...facts, from, amountCents, reversedOn: '2010-04-02', reason: 'double' },
    });
    expect((await found([opened, given, reversed(100)])).codes).toEqual([]);
    expect((await found([opened, given, reversed(101)])).codes).toEqual([[3, 'SETTLEMENT']]);
    expect((await found([opened, given, reversed(100, 'seine-maritime')])).codes).toEqual([[3, 'SETTLEMENT']]);
    expect((await found([opened, given, reversed(100), reversed(100)])).codes).toEqual([[4, 'SETTLEMENT']]);
    expect((await found([opened, reversed(100)])).codes).toEqual([[2, 'SETTLEMENT']]);
  });

  it('finds totals that were not those of the log, unless several processes write it (R7)', async () => {
    const split = {
      keyVersion: 1,
      ruleVersion: 1,
      order: ['eure', 'region', 'seine-maritime'],
      seenCents: [5, 5, 4],
    } as const;
    const late = paid('P-1', { amountCents: 1, shares: shares(0, 0, 1), split });
    expect((await found([opened, awarded, late])).codes).toEqual([[3, 'SEEN_TOTALS']]);
    expect(await found([opened, awarded, late], 'several')).toEqual({ codes: [], lateTotals: 1 });
  });

  it('finds a payment that is there twice (R3)', async () => {
    const split = { keyVersion: 1, ruleVersion: 1, order: FUNDERS, seenCents: [1, 1, 1] } as const;
    expect((await found([opened, awarded, paid('P-1'), paid('P-1', { split })])).codes).toEqual([[4, 'PAYMENT_TWICE']]);
  });

  it('finds a closing on other totals, or one that leaves a funder out (R23)', async () => {
    const [eure, region, seineMaritime] = whole;
    const other = closed({ ...eure!, shareDueCents: 2 }, region!, seineMaritime!);
    expect((await found([opened, awarded, paid('P-1'), other])).codes).toEqual([[4, 'CLOSING']]);
    expect((await found([opened, awarded, paid('P-1'), closed(eure!, region!)])).codes).toEqual([[4, 'CLOSING']]);
    expect((await found([opened, awarded, paid('P-1'), closed()])).codes).toHaveLength(3);
  });

  it('finds what was recorded into a closed exercice (R23)', async () => {
    const split = { keyVersion: 1, ruleVersion: 1, order: FUNDERS, seenCents: [1, 1, 1] } as const;
    const late = [opened, awarded, paid('P-1'), closed(...whole), paid('P-2', { split })];
    expect((await found(late)).codes).toEqual([[5, 'AFTER_CLOSING']]);
  });

  describe('recomputes which ceilings a payment passes (R19):', () => {
    const held = budgetSet(1, 'BP 2010');
    const split = { keyVersion: 1, ruleVersion: 1, order: FUNDERS, seenCents: [1, 1, 1] } as const;
    const before = [opened, held, awarded, paid('P-1')];

    it('one that says so is honest, one that does not, or by another amount, is found', async () => {
      expect((await found([...before, paid('P-2', { split, warnings: [over(1)] })])).codes).toEqual([]);
      expect((await found([...before, paid('P-2', { split })])).codes).toEqual([[5, 'CEILING']]);
      expect((await found([...before, paid('P-2', { split, warnings: [over(2)] })])).codes).toEqual([[5, 'CEILING']]);
      const overridden = { ...over(1), overriddenAs: 'admin' } as const;
      expect((await found([...before, paid('P-2', { split, warnings: [overridden] })])).codes).toEqual([]);
      expect((await found([...before, paid('P-2', { split })], 'several')).codes).toEqual([]);
    });

    it('of a ceiling as it stood at that moment', async () => {
      const anew = budgetSet(2, 'DM 1');
      expect((await found([...before, anew, paid('P-2', { split })])).codes).toEqual([]);
      const lifted: LedgerEvent = {
        type: 'BudgetLifted.v1',
        data: { ceilingId: 'BP', act: 'DM 2', reason: 'Crédits ouverts' },
      };
      expect((await found([...before, lifted, paid('P-2', { split })])).codes).toEqual([]);
      expect((await found([...before, paid('P-2', { split }), anew])).codes).toEqual([[5, 'CEILING']]);
    });

    it('the scheme’s own too', async () => {
      const ceiling: LedgerEvent = {
        type: 'CeilingSet.v1',
        data: { schemeId: 'insertion', exercice: 2010, amountCents: 2, mode: 'warn', act: 'BP' },
      };
      expect((await found([opened, ceiling, awarded, paid('P-1')])).codes).toEqual([[4, 'CEILING']]);
      const said = { code: 'CEILING_EXCEEDED', ceilingCents: 2, overByCents: 1 } as const;
      const foundOf = async (warning: PaymentWarning) =>
        (await found([opened, ceiling, awarded, paid('P-1', { warnings: [warning] })])).codes;
      expect(await foundOf({ ...said, mode: 'warn' })).toEqual([]);
      expect(await foundOf({ ...said, mode: 'block' })).toEqual([[4, 'CEILING']]);
      // payments recorded before it was kept do not say it
      expect(await foundOf(said)).toEqual([]);
    });
  });
});
