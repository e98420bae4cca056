/** What the ledger promises about funding calls and contributions: R20 to R23. */

import * as fc from 'fast-check';
import { CorruptHistory, fold } from '#libs/decider/decider';
import { attempt, given, provokedCodes } from '#libs/decider/given';
import { Rejection } from '#libs/decider/rejection';
import { sumCents } from '#libs/money/cents';
import { movementsOf, positionChange, type Movement } from '../balances/balance.movements.js';
import type { LedgerEvent } from '../catalogue.js';
import { closedExercices, FUNDERS, recorded, schemeOf, schemeOpened, shares } from '../grants/grant.examples.js';
import type {
  PaymentRecorded,
  PaymentReissued,
  PaymentReturned,
  PaymentReversed,
  RecoveryRecorded,
} from '../grants/grant.events.js';
import { callLinesOf } from './call-lines.movements.js';
import {
  settlementDecider,
  type IssueFundingCall,
  type RecordContribution,
  type ReverseContribution,
  type SettlementCommand,
  type SettlementTerms,
} from './settlement.decider.js';
import type {
  CallLine,
  ContributionRecorded,
  ContributionReversed,
  FundingCallIssued,
  SettlementEvent,
} from './settlement.events.js';
import { settlementRejections } from './settlement.rejections.js';

const TODAY = '2011-02-28';

/** A payment of 1.00 € on 2010-03-15 if nothing else is said. */
const line = (
  lineId: string,
  sharesCents: readonly number[] = [34, 33, 33],
  other: Partial<CallLine> = {},
): CallLine => ({
  lineId,
  paymentId: lineId,
  grantId: 'G-1',
  kind: 'payment',
  on: '2010-03-15',
  amountCents: sumCents(sharesCents),
  sign: 1,
  shares: shares(...sharesCents),
  ...other,
});
const back = (lineId: string, sharesCents: readonly number[], on: string) =>
  line(lineId, sharesCents, { kind: 'reversal', sign: -1, on });

const CALL = { schemeId: 'insertion', callId: 'AF-1', exercice: 2010, issuedOn: '2010-03-31' } as const;
const CONTRIBUTION = {
  schemeId: 'insertion',
  contributionId: 'C-1',
  exercice: 2010,
  from: 'eure',
  to: 'region',
  amountCents: 33,
  paidOn: '2010-05-03',
} as const;

const call = (other: Partial<IssueFundingCall> = {}): IssueFundingCall => ({
  type: 'IssueFundingCall',
  ...CALL,
  ...other,
});
const contribute = (other: Partial<RecordContribution> = {}): RecordContribution => ({
  type: 'RecordContribution',
  ...CONTRIBUTION,
  ...other,
});
const reverse = (other: Partial<ReverseContribution> = {}): ReverseContribution => ({
  type: 'ReverseContribution',
  schemeId: 'insertion',
  contributionId: 'C-1',
  reversedOn: '2010-06-01',
  reason: 'Versée deux fois',
  ...other,
});

/** Call no. 1 of the region, of P-1. */
const called = (other: Partial<FundingCallIssued['data']> = {}): FundingCallIssued => ({
  type: 'FundingCallIssued.v1',
  data: {
    ...CALL,
    payer: 'region',
    number: 1,
    lines: [line('P-1')],
    called: [
      { funderId: 'seine-maritime', amountCents: 33 },
      { funderId: 'eure', amountCents: 33 },
    ],
    broughtForward: [],
    carriedForward: [],
    ...other,
  },
});
const contributed = (other: Partial<ContributionRecorded['data']> = {}): ContributionRecorded => ({
  type: 'ContributionRecorded.v1',
  data: { ...CONTRIBUTION, ...other },
});
const reversed = (other: Partial<ContributionReversed['data']> = {}): ContributionReversed => {
  const { paidOn: _, ...repeated } = CONTRIBUTION;
  return {
    type: 'ContributionReversed.v1',
    data: { ...repeated, reversedOn: '2010-06-01', reason: 'Versée deux fois', ...other },
  };
};

/** One scheme, paid by the region; nothing paid, nothing closed. */
const terms = (other: Partial<SettlementTerms> = {}): SettlementTerms => ({
  today: TODAY,
  ...schemeOf(schemeOpened()),
  ...closedExercices(),
  linesOf: () => [],
  schemeOfCall: () => undefined,
  schemeOfContribution: () => undefined,
  ...other,
});
/** Terms in which the region has these lines. */
const lines = (...ofRegion: readonly CallLine[]): Pick<SettlementTerms, 'linesOf'> => ({
  linesOf: (payer) => (payer === 'region' ? ofRegion : []),
});

const givenSettlement = (...history: readonly SettlementEvent[]) => ({
  when: (command: SettlementCommand, other: Partial<SettlementTerms> = {}) =>
    given(settlementDecider, ...history).when(command, terms(other)),
});

/** What an event moves, in short. */
const moved = (event: LedgerEvent) =>
  movementsOf(event).map(({ funderId, column, amountCents, on }) => [funderId, column, amountCents, on]);

describe('a funding call (R21)', () => {
  it('lists what its payer paid and asks each other funder for its shares', () => {
    givenSettlement()
      .when(call(), lines(line('P-1')))
      .then(called());
  });

  it('is the scheme’s payer’s, unless it names another', () => {
    const ofEure = [line('P-1')];
    givenSettlement()
      .when(call({ payer: 'eure' }), { linesOf: (payer) => (payer === 'eure' ? ofEure : []) })
      .then(
        called({
          payer: 'eure',
          called: [
            { funderId: 'region', amountCents: 34 },
            { funderId: 'seine-maritime', amountCents: 33 },
          ],
        }),
      );
  });

  it('covers what is dated its day or earlier', () => {
    givenSettlement()
      .when(
        call(),
        lines(line('P-1', [34, 33, 33], { on: '2010-03-31' }), line('P-2', [0, 1, 1], { on: '2010-04-01' })),
      )
      .then(called({ lines: [line('P-1', [34, 33, 33], { on: '2010-03-31' })] }));
  });

  it('calls each line once: the next call, with the next number, covers the rest, late ones too', () => {
    const late = line('P-2', [33, 34, 33], { on: '2010-01-10' });
    givenSettlement(called())
      .when(call({ callId: 'AF-2', issuedOn: '2010-06-30' }), lines(line('P-1'), late))
      .then(
        called({
          callId: 'AF-2',
          number: 2,
          issuedOn: '2010-06-30',
          lines: [late],
          called: [
            { funderId: 'seine-maritime', amountCents: 34 },
            { funderId: 'eure', amountCents: 33 },
          ],
        }),
      );
  });

  it('is numbered per payer and exercice', () => {
    const other = { ...lines(line('P-9')), linesOf: () => [line('P-9')] };
    const numberAfter = (command: IssueFundingCall) => {
      const [event] = given(settlementDecider, called()).when(command, terms(other)).events();
      return (event as FundingCallIssued).data.number;
    };
    expect(numberAfter(call({ callId: 'AF-2' }))).toBe(2);
    expect(numberAfter(call({ callId: 'AF-2', exercice: 2011, issuedOn: '2011-01-31' }))).toBe(1);
    expect(numberAfter(call({ callId: 'AF-2', payer: 'eure' }))).toBe(1);
  });

  it('takes off what came back since, whole or in part', () => {
    givenSettlement(called())
      .when(
        call({ callId: 'AF-2', issuedOn: '2010-06-30' }),
        lines(line('P-1'), line('P-2', [100, 100, 100]), back('P-1/reversal', [34, 33, 33], '2010-04-02')),
      )
      .then(
        called({
          callId: 'AF-2',
          number: 2,
          issuedOn: '2010-06-30',
          lines: [line('P-2', [100, 100, 100]), back('P-1/reversal', [34, 33, 33], '2010-04-02')],
          called: [
            { funderId: 'seine-maritime', amountCents: 67 },
            { funderId: 'eure', amountCents: 67 },
          ],
        }),
      );
  });

  it('over nothing is refused: nothing paid, all called, or only what asks nothing of others', () => {
    givenSettlement().when(call()).rejects('FUNDING_CALL_EMPTY', { payer: 'region', exercice: 2010 });
    givenSettlement(called())
      .when(call({ callId: 'AF-2' }), lines(line('P-1')))
      .rejects('FUNDING_CALL_EMPTY');
    givenSettlement()
      .when(call(), lines(line('P-1', [100, 0, 0])))
      .rejects('FUNDING_CALL_EMPTY');
  });

  it('asks nobody for less than nothing: when more came back than was paid, all of it waits for the next call', () => {
    givenSettlement(called())
      .when(
        call({ callId: 'AF-2', issuedOn: '2010-06-30' }),
        lines(line('P-1'), back('P-1/reversal', [34, 33, 33], '2010-04-02')),
      )
      .rejects('FUNDING_CALL_EMPTY');
  });

  it('asks nobody for less than nothing: what came back to one funder alone is carried to its next call', () => {
    const backLine = back('P-1/reversal', [34, 33, 33], '2010-04-02');
    const second = line('P-2', [0, 100, 3], { on: '2010-04-02' });
    const third = line('P-3', [0, 10, 50], { on: '2010-07-02' });
    const secondCall = called({
      callId: 'AF-2',
      number: 2,
      issuedOn: '2010-06-30',
      lines: [backLine, second],
      called: [{ funderId: 'seine-maritime', amountCents: 67 }],
      carriedForward: [{ funderId: 'eure', amountCents: 30 }],
    });
    givenSettlement(called())
      .when(call({ callId: 'AF-2', issuedOn: '2010-06-30' }), lines(line('P-1'), backLine, second))
      .then(secondCall);
    givenSettlement(called(), secondCall)
      .when(call({ callId: 'AF-3', issuedOn: '2010-09-30' }), lines(line('P-1'), backLine, second, third))
      .then(
        called({
          callId: 'AF-3',
          number: 3,
          issuedOn: '2010-09-30',
          lines: [third],
          called: [
            { funderId: 'seine-maritime', amountCents: 10 },
            { funderId: 'eure', amountCents: 20 },
          ],
          broughtForward: [{ funderId: 'eure', amountCents: 30 }],
        }),
      );
  });

  it('again with the same content records nothing, the payer said or not, whatever was paid since (R3)', () => {
    givenSettlement(called())
      .when(call(), lines(line('P-1'), line('P-2')))
      .thenNothing();
    givenSettlement(called())
      .when(call({ payer: 'region' }), closedExercices(2010))
      .thenNothing();
  });

  it.each([{ exercice: 2011 }, { payer: 'eure' }, { issuedOn: '2010-04-01' }])(
    'again with another content is refused: %j (R3)',
    (other) => {
      givenSettlement(called())
        .when(call(other), { linesOf: () => [line('P-9')] })
        .rejects('FUNDING_CALL_ID_REUSED', { callId: 'AF-1' });
    },
  );

  it('under the id of another scheme’s call is refused (R3)', () => {
    givenSettlement()
      .when(call(), { ...lines(line('P-1')), schemeOfCall: () => 'emplois-tremplins' })
      .rejects('FUNDING_CALL_ID_REUSED', { callId: 'AF-1' });
  });

  it('needs a scheme, and one of its funders', () => {
    givenSettlement()
      .when(call({ schemeId: 'culture' }))
      .rejects('SETTLEMENT_SCHEME_UNKNOWN', { schemeId: 'culture' });
    givenSettlement()
      .when(call({ payer: 'calvados' }))
      .rejects('SETTLEMENT_FUNDER_UNKNOWN', { funderId: 'calvados', schemeId: 'insertion' });
  });

  it('is not dated in the future, nor before the payer’s last call', () => {
    const paid = lines(line('P-1'), line('P-2'));
    givenSettlement()
      .when(call({ issuedOn: '2011-03-01' }), paid)
      .rejects('SETTLEMENT_DATED_IN_FUTURE', { on: '2011-03-01', today: TODAY });
    givenSettlement(called())
      .when(call({ callId: 'AF-2', issuedOn: '2010-03-30' }), paid)
      .rejects('FUNDING_CALL_OUT_OF_ORDER', { number: 1, lastOn: '2010-03-31' });
  });

  it('is not issued in a closed exercice (R23)', () => {
    givenSettlement()
      .when(call(), { ...lines(line('P-1')), ...closedExercices(2010) })
      .rejects('SETTLEMENT_EXERCICE_CLOSED', { exercice: 2010 });
  });
});

describe('the lines of a call', () => {
  const PAYMENT = { paymentId: 'P-1', grantId: 'G-1', schemeId: 'insertion', keyVersion: 1, exercice: 2010 } as const;
  const PAID = { ...PAYMENT, amountCents: 100, paidBy: 'region', shares: shares(34, 33, 33) } as const;
  const returned = (returnedOn: string): PaymentReturned => ({
    type: 'PaymentReturned.v1',
    data: { ...PAID, returnedOn, reason: 'RIB' },
  });
  const reissued = (reissuedOn: string): PaymentReissued => ({
    type: 'PaymentReissued.v1',
    data: { ...PAID, reissuedOn },
  });
  const recovered: RecoveryRecorded = {
    type: 'RecoveryRecorded.v1',
    data: {
      ...PAYMENT,
      recoveryId: 'R-1',
      amountCents: 3,
      recoveredBy: 'eure',
      recoveredOn: '2010-05-20',
      reason: 'Trop-perçu',
      shares: shares(1, 1, 1),
      seenCents: [34, 33, 33],
    },
  };
  const cancelled: PaymentReversed = {
    type: 'PaymentReversed.v1',
    data: { ...PAID, reversedOn: '2010-05-30', reason: 'Erreur' },
  };

  it('are one for each event that moves a till, in the call of whose till it is', () => {
    const byPayer = callLinesOf([
      recorded(),
      returned('2010-05-02'),
      reissued('2010-05-10'),
      recovered,
      cancelled,
      contributed(),
    ]);
    const told = (payer: string) =>
      byPayer.get(payer)?.map(({ lineId, kind, on, sign, amountCents }) => [lineId, kind, on, sign * amountCents]);
    expect(told('region')).toEqual([
      ['P-1', 'payment', '2010-03-31', 100],
      ['P-1/return/2010-05-02', 'bank-return', '2010-05-02', -100],
      ['P-1/reissue/2010-05-10', 'reissue', '2010-05-10', 100],
      ['P-1/reversal', 'reversal', '2010-05-30', -100],
    ]);
    expect(told('eure')).toEqual([['P-1/recovery/R-1', 'recovery', '2010-05-20', -3]]);
  });

  it('tell two bank returns of one day apart', () => {
    const day = '2010-05-02';
    const ids = callLinesOf([recorded(), returned(day), reissued(day), returned(day), reissued(day)])
      .get('region')
      ?.map(({ lineId }) => lineId);
    expect(ids).toEqual([
      'P-1',
      `P-1/return/${day}`,
      `P-1/reissue/${day}`,
      `P-1/return/${day}/2`,
      `P-1/reissue/${day}/2`,
    ]);
  });
});

describe('a contribution (R22)', () => {
  it('may come before any call or expense, and back from the payer', () => {
    givenSettlement().when(contribute()).then(contributed());
    givenSettlement()
      .when(contribute({ from: 'region', to: 'eure', reference: 'VIR 12' }))
      .then(contributed({ from: 'region', to: 'eure', reference: 'VIR 12' }));
  });

  it('may answer a call, and exceed it', () => {
    givenSettlement(called())
      .when(contribute({ callId: 'AF-1', amountCents: 1_000 }))
      .then(contributed({ callId: 'AF-1', amountCents: 1_000 }));
  });

  it('answers a call that was issued', () => {
    givenSettlement()
      .when(contribute({ callId: 'AF-1' }))
      .rejects('FUNDING_CALL_UNKNOWN', { callId: 'AF-1' });
  });

  it.each([{ to: 'seine-maritime' }, { from: 'region', to: 'eure' }, { exercice: 2011 }, { exercice: 2009 }])(
    'answers a call by what the call asks: not %j',
    (other) => {
      givenSettlement(called())
        .when(contribute({ callId: 'AF-1', ...other }))
        .rejects('CONTRIBUTION_NOT_CALLED', { callId: 'AF-1' });
    },
  );

  it('for a call of a closed exercice counts in a later one, with its year of origin (R23)', () => {
    givenSettlement(called())
      .when(contribute({ callId: 'AF-1', exercice: 2011, paidOn: '2011-02-01' }), closedExercices(2010))
      .then(contributed({ callId: 'AF-1', exercice: 2011, paidOn: '2011-02-01', originExercice: 2010 }));
    givenSettlement(called())
      .when(contribute({ callId: 'AF-1', exercice: 2009 }), closedExercices(2010))
      .rejects('CONTRIBUTION_NOT_CALLED', { exercice: 2009 });
  });

  it('goes from one funder of the scheme to another', () => {
    givenSettlement()
      .when(contribute({ to: 'eure' }))
      .rejects('CONTRIBUTION_TO_ITSELF', { funderId: 'eure' });
    for (const end of [{ from: 'calvados' }, { to: 'calvados' }])
      givenSettlement().when(contribute(end)).rejects('SETTLEMENT_FUNDER_UNKNOWN', { funderId: 'calvados' });
    givenSettlement()
      .when(contribute({ schemeId: 'culture' }))
      .rejects('SETTLEMENT_SCHEME_UNKNOWN');
  });

  it('is not dated in the future, nor recorded in a closed exercice (R23)', () => {
    givenSettlement()
      .when(contribute({ paidOn: '2011-03-01' }))
      .rejects('SETTLEMENT_DATED_IN_FUTURE', { on: '2011-03-01' });
    givenSettlement()
      .when(contribute(), closedExercices(2010))
      .rejects('SETTLEMENT_EXERCICE_CLOSED', { exercice: 2010 });
  });

  it('again with the same content records nothing, even once the exercice is closed (R3)', () => {
    givenSettlement(contributed()).when(contribute(), closedExercices(2010)).thenNothing();
    const late = { callId: 'AF-1', exercice: 2011, originExercice: 2010 };
    const { originExercice: _, ...asked } = late;
    givenSettlement(called(), contributed(late)).when(contribute(asked), closedExercices(2010)).thenNothing();
    givenSettlement(contributed(), reversed()).when(contribute()).thenNothing();
  });

  it.each([
    { amountCents: 34 },
    { from: 'seine-maritime' },
    { to: 'seine-maritime' },
    { exercice: 2011 },
    { paidOn: '2010-05-04' },
    { callId: 'AF-1' },
    { reference: 'VIR 12' },
  ])('again with another content is refused: %j (R3)', (other) => {
    givenSettlement(called(), contributed())
      .when(contribute(other))
      .rejects('CONTRIBUTION_ID_REUSED', { contributionId: 'C-1' });
  });

  it('under the id of another scheme’s contribution is refused (R3)', () => {
    givenSettlement()
      .when(contribute(), { schemeOfContribution: () => 'emplois-tremplins' })
      .rejects('CONTRIBUTION_ID_REUSED', { contributionId: 'C-1' });
  });
});

describe('an id that this scheme’s own stream took a moment ago, in another process', () => {
  it('is left to the append, which conflicts and has the command decided again', () => {
    givenSettlement()
      .when(call(), { ...lines(line('P-1')), schemeOfCall: () => 'insertion' })
      .then(called());
    givenSettlement()
      .when(contribute(), { schemeOfContribution: () => 'insertion' })
      .then(contributed());
  });
});

describe('reversing a contribution (R4)', () => {
  it('repeats whose and how much it was', () => {
    givenSettlement(contributed()).when(reverse()).then(reversed());
    givenSettlement(called(), contributed({ callId: 'AF-1' }))
      .when(reverse())
      .then(reversed({ callId: 'AF-1' }));
  });

  it('counts in the year of its own date once the exercice is closed (R23)', () => {
    givenSettlement(contributed())
      .when(reverse({ reversedOn: '2011-02-01' }), closedExercices(2010))
      .then(reversed({ reversedOn: '2011-02-01', exercice: 2011, originExercice: 2010 }));
    givenSettlement(contributed())
      .when(reverse(), closedExercices(2010))
      .rejects('SETTLEMENT_EXERCICE_CLOSED', { exercice: 2010 });
  });

  it('needs a contribution, on its day or later, and not in the future', () => {
    givenSettlement().when(reverse()).rejects('CONTRIBUTION_UNKNOWN', { contributionId: 'C-1' });
    givenSettlement(contributed())
      .when(reverse({ reversedOn: '2010-05-02' }))
      .rejects('CONTRIBUTION_REVERSED_TOO_EARLY', { paidOn: '2010-05-03' });
    givenSettlement(contributed())
      .when(reverse({ reversedOn: '2011-03-01' }))
      .rejects('SETTLEMENT_DATED_IN_FUTURE', { on: '2011-03-01' });
  });

  it('again with the same content records nothing, with another is refused (R3)', () => {
    givenSettlement(contributed(), reversed()).when(reverse()).thenNothing();
    for (const other of [{ reversedOn: '2010-06-02' }, { reason: 'Autre' }])
      givenSettlement(contributed(), reversed())
        .when(reverse(other))
        .rejects('CONTRIBUTION_ALREADY_REVERSED', { reversedOn: '2010-06-01' });
  });
});

describe('a history', () => {
  it('calls no line twice, skips no number and reverses what was recorded', () => {
    const impossible: SettlementEvent[][] = [
      [called(), called({ callId: 'AF-2', number: 2 })],
      [called({ number: 2 })],
      [reversed()],
    ];
    for (const events of impossible) expect(() => fold(settlementDecider, events)).toThrow(CorruptHistory);
  });

  it('moves the balances: asked, sent and received, and the reverse (R20)', () => {
    expect(moved(called())).toEqual([
      ['seine-maritime', 'calledCents', 33, '2010-03-31'],
      ['eure', 'calledCents', 33, '2010-03-31'],
    ]);
    expect(moved(contributed())).toEqual([
      ['eure', 'contributedCents', 33, '2010-05-03'],
      ['region', 'receivedCents', 33, '2010-05-03'],
    ]);
    expect(moved(reversed())).toEqual([
      ['eure', 'contributedCents', -33, '2010-06-01'],
      ['region', 'receivedCents', -33, '2010-06-01'],
    ]);
  });
});

type Step =
  | { readonly does: 'pay'; readonly sharesCents: readonly number[]; readonly paidBy: string }
  | { readonly does: 'give back'; readonly nth: number; readonly by: string; readonly how: 'reversal' | 'recovery' }
  | { readonly does: 'settle'; readonly command: (day: string) => SettlementCommand };

function givenBack(
  events: readonly LedgerEvent[],
  { nth: n, by, how }: Extract<Step, { does: 'give back' }>,
  on: string,
): LedgerEvent | undefined {
  const payments = events.filter((event): event is PaymentRecorded => event.type === 'PaymentRecorded.v1');
  const payment = payments[n]?.data;
  if (payment === undefined) return undefined;
  const { paymentId, grantId, schemeId, exercice, amountCents, paidBy } = payment;
  const isBack = (event: LedgerEvent) =>
    (event.type === 'PaymentReversed.v1' || event.type === 'RecoveryRecorded.v1') && event.data.paymentId === paymentId;
  if (events.some(isBack)) return undefined;
  const reference = { paymentId, grantId, schemeId, exercice, keyVersion: 1, amountCents, shares: payment.shares };
  if (how === 'reversal')
    return { type: 'PaymentReversed.v1', data: { ...reference, paidBy, reversedOn: on, reason: 'Erreur' } };
  const recovery = { recoveryId: 'R-1', recoveredBy: by, recoveredOn: on, reason: 'Trop-perçu', seenCents: [] };
  return { type: 'RecoveryRecorded.v1', data: { ...reference, ...recovery } };
}

const sumOf = (movements: readonly Movement[], amount: (movement: Movement) => number) =>
  sumCents(movements.map(amount));

interface Played {
  readonly events: readonly LedgerEvent[];
  readonly settled: readonly SettlementEvent[];
  readonly accepted: readonly SettlementCommand[];
  readonly repeat: (command: SettlementCommand) => readonly SettlementEvent[];
}

function play(steps: readonly Step[]): Played {
  const events: LedgerEvent[] = [];
  const settled: SettlementEvent[] = [];
  const accepted: SettlementCommand[] = [];
  const around = terms({ linesOf: (payer) => callLinesOf(events).get(payer) ?? [] });
  let settlement = settlementDecider.initial;
  steps.forEach((step, i) => {
    const day = `2010-${String(1 + Math.floor(i / 28)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')}`;
    if (step.does === 'pay')
      events.push(recorded(step.sharesCents, { paymentId: `P-${i}`, paidOn: day, paidBy: step.paidBy }));
    if (step.does === 'give back') {
      const event = givenBack(events, step, day);
      if (event !== undefined) events.push(event);
    }
    if (step.does !== 'settle') return;
    const command = step.command(day);
    const decided = attempt(() => settlementDecider.decide(command, settlement, around));
    if (decided instanceof Rejection) return;
    for (const event of decided) settlement = settlementDecider.evolve(settlement, event);
    events.push(...decided);
    settled.push(...decided);
    accepted.push(command);
  });
  return { events, settled, accepted, repeat: (command) => settlementDecider.decide(command, settlement, around) };
}

describe('any history of payments, calls and contributions', () => {
  const funder = fc.constantFrom(...FUNDERS);
  const nth = fc.nat(5);
  const pays = fc.record({
    does: fc.constant('pay' as const),
    sharesCents: fc.tuple(fc.integer({ min: 1, max: 40 }), fc.nat(40), fc.nat(40)),
    paidBy: funder,
  });
  const givesBack = fc.record({
    does: fc.constant('give back' as const),
    nth,
    by: funder,
    how: fc.constantFrom('reversal' as const, 'recovery' as const),
  });
  const calls = fc.record({ nth, payer: funder }).map((asked): Step => ({
    does: 'settle',
    command: (issuedOn) => call({ callId: `AF-${asked.nth}`, payer: asked.payer, issuedOn }),
  }));
  const contributions = fc
    .record({ nth, from: funder, to: funder, amountCents: fc.integer({ min: 1, max: 99 }), callNth: fc.option(nth) })
    .map(({ nth: n, callNth, ...facts }): Step => ({
      does: 'settle',
      command: (paidOn) =>
        contribute({
          contributionId: `C-${n}`,
          ...facts,
          paidOn,
          ...(callNth === null ? {} : { callId: `AF-${callNth}` }),
        }),
    }));
  const reversals = nth.map((n): Step => ({
    does: 'settle',
    command: (reversedOn) => reverse({ contributionId: `C-${n}`, reversedOn }),
  }));
  const histories = fc.array(fc.oneof(pays, givesBack, calls, contributions, reversals), {
    maxLength: 60,
    size: 'max',
  });

  it('leaves positions that sum to zero after every event (R20)', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        for (const event of play(steps).events) expect(sumOf(movementsOf(event), positionChange)).toBe(0);
      }),
    );
  });

  it('calls of each funder exactly its part of the lines called, but for the credit carried on (R21)', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const issued = play(steps).settled.filter((event) => event.type === 'FundingCallIssued.v1');
        for (const payer of FUNDERS)
          for (const funderId of FUNDERS.filter((other) => other !== payer)) {
            const ofPayer = issued.map((event) => event.data).filter((data) => data.payer === payer);
            const partOf = (parts: readonly { funderId: string; amountCents: number }[] = []) =>
              sumCents(parts.filter((part) => part.funderId === funderId).map((part) => part.amountCents));
            const owedCents = sumCents(
              ofPayer.flatMap((data) => data.lines.map(({ sign, shares: parts }) => sign * partOf(parts))),
            );
            const calledCents = sumCents(ofPayer.map((data) => partOf(data.called)));
            expect(calledCents).toBe(owedCents + partOf(ofPayer.at(-1)?.carriedForward));
          }
      }),
    );
  });

  it('calls each line at most once, and asks only for positive amounts (R21)', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const issued = play(steps).settled.filter((event) => event.type === 'FundingCallIssued.v1');
        const lineIds = issued.flatMap((event) => event.data.lines.map((each) => each.lineId));
        expect(new Set(lineIds).size).toBe(lineIds.length);
        for (const { data } of issued) {
          expect(data.called.length).toBeGreaterThan(0);
          for (const { amountCents } of [...data.called, ...data.broughtForward, ...data.carriedForward])
            expect(amountCents).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('asked again in any order records nothing (R3)', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const { accepted, repeat } = play(steps);
        for (const command of accepted) expect(repeat(command)).toEqual([]);
      }),
    );
  });
});

describe('the table of rejections', () => {
  it('holds the codes provoked above and no others', () => {
    expect([...provokedCodes].toSorted()).toEqual(Object.keys(settlementRejections).toSorted());
  });
});
