/** What the ledger promises about funding calls and contributions: R20 to R23. */

import { CorruptHistory, fold } from '#libs/decider/decider';
import { given, provokedCodes } from '#libs/decider/given';
import { movementsOf } from '../balances/balance.movements.js';
import type { LedgerEvent } from '../catalogue.js';
import {
  closedExercices,
  closingExercices,
  recorded,
  schemeOf,
  schemeOpened,
  shares,
  splitKey,
} from '../grants/grant.examples.js';
import type { PaymentReissued, PaymentReturned, PaymentReversed, RecoveryRecorded } from '../grants/grant.events.js';
import { draftOf } from './call-draft.js';
import { callLinesOf } from './call-lines.movements.js';
import { settlementDecider, type IssueFundingCall } from './settlement.decider.js';
import {
  back,
  call,
  called,
  contribute,
  contributed,
  givenSettlement,
  line,
  lines,
  reverse,
  reversed,
  terms,
  TODAY,
  within,
} from './settlement.examples.js';
import type { FundingCallIssued, FundingCallIssuedV1, SettlementEvent } from './settlement.events.js';
import { settlementRejections } from './settlement.rejections.js';

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
      .when(call({ payer: 'eure' }), { linesOf: (payer) => (payer === 'eure' ? within(2010, ...ofEure) : []) })
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
    const other = { linesOf: () => [...within(2010, line('P-9')), ...within(2011, line('P-10'))] };
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
        .when(call(other), { linesOf: () => within(2010, line('P-9')) })
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
    givenSettlement()
      .when(call(), { ...lines(line('P-1')), ...closingExercices(2010) })
      .rejects('SETTLEMENT_EXERCICE_CLOSING', { exercice: 2010 });
  });
});

describe('a draft (R21)', () => {
  const shown = draftOf(called().data);

  it('is issued as it was shown, under whatever id', () => {
    givenSettlement()
      .when(call({ draft: shown }), lines(line('P-1')))
      .then(called());
    givenSettlement()
      .when(call({ callId: 'AF-X', draft: shown }), lines(line('P-1')))
      .then(called({ callId: 'AF-X' }));
  });

  it('is refused when something else would be issued by now', () => {
    givenSettlement()
      .when(call({ draft: shown }), lines(line('P-1'), line('P-2')))
      .rejects('FUNDING_CALL_DRAFT_STALE', { callId: 'AF-1', draft: shown });
    givenSettlement()
      .when(call({ draft: shown }), lines(line('P-1', [33, 34, 33])))
      .rejects('FUNDING_CALL_DRAFT_STALE');
  });

  it('is no part of what a repeated request says (R3)', () => {
    givenSettlement(called())
      .when(call({ draft: 'another' }), lines(line('P-1'), line('P-2')))
      .thenNothing();
  });
});

/** Call no. 1 of 2011, under another id. */
const calledNext = (other: Partial<FundingCallIssued['data']>) =>
  called({ callId: 'AF-2', exercice: 2011, issuedOn: '2011-02-15', ...other });
const asked = (seineMaritime: number, eure: number) => [
  { funderId: 'seine-maritime', amountCents: seineMaritime },
  { funderId: 'eure', amountCents: eure },
];

describe('a call after the closing of earlier exercices (R21, R23)', () => {
  const next = call({ callId: 'AF-2', exercice: 2011, issuedOn: '2011-02-15' });
  const own = line('P-9', [34, 33, 33], { on: '2011-01-20' });
  const late = line('P-2', [0, 10, 20], { on: '2010-12-30' });
  const ofBothYears = { linesOf: () => [...within(2010, line('P-1'), late), ...within(2011, own)] };
  it('takes the lines that they left uncalled, with their year of origin', () => {
    givenSettlement(called())
      .when(next, { ...ofBothYears, ...closedExercices(2010) })
      .then(calledNext({ lines: [{ ...late, originExercice: 2010 }, own], called: asked(43, 53) }));
  });

  it('takes what was never called at all, of several years', () => {
    const oldest = line('P-0', [1, 1, 1], { on: '2009-05-05' });
    givenSettlement()
      .when(next, {
        linesOf: () => [...within(2009, oldest), ...within(2010, late)],
        ...closedExercices(2009, 2010),
      })
      .then(
        calledNext({
          lines: [
            { ...oldest, originExercice: 2009 },
            { ...late, originExercice: 2010 },
          ],
          called: asked(11, 21),
        }),
      );
  });

  it('leaves to an open exercice what is its own, and to a later one as well', () => {
    givenSettlement(called())
      .when(next, ofBothYears)
      .then(calledNext({ lines: [own], called: asked(33, 33) }));
    givenSettlement()
      .when(call(), {
        linesOf: () => [...within(2010, line('P-1')), ...within(2011, line('P-8'))],
        ...closedExercices(2011),
      })
      .then(called());
  });

  it('calls nothing twice, neither in the years after nor in an exercice that was reopened', () => {
    const taken = calledNext({ lines: [{ ...late, originExercice: 2010 }, own], called: asked(43, 53) });
    givenSettlement(called(), taken)
      .when(call({ callId: 'AF-3', issuedOn: '2011-02-20' }), ofBothYears)
      .rejects('FUNDING_CALL_EMPTY');
    givenSettlement(called(), taken)
      .when(call({ callId: 'AF-3', exercice: 2012, issuedOn: '2011-02-20' }), {
        ...ofBothYears,
        ...closedExercices(2010, 2011),
      })
      .rejects('FUNDING_CALL_EMPTY');
  });

  const credit = called({ carriedForward: [{ funderId: 'eure', amountCents: 30 }] });
  const broughtForward = [{ funderId: 'eure', amountCents: 30, originExercice: 2010 }];

  it('takes the credit that the last call of a closed exercice left', () => {
    givenSettlement(credit)
      .when(next, { linesOf: () => within(2011, own), ...closedExercices(2010) })
      .then(calledNext({ lines: [own], called: asked(33, 3), broughtForward }));
  });

  it('carries on what it does not use, and takes none of it again', () => {
    const small = line('P-9', [1, 9, 1], { on: '2011-01-20' });
    const used = calledNext({
      lines: [small],
      called: [{ funderId: 'seine-maritime', amountCents: 9 }],
      broughtForward,
      carriedForward: [{ funderId: 'eure', amountCents: 29 }],
    });
    givenSettlement(credit)
      .when(next, { linesOf: () => within(2011, small), ...closedExercices(2010) })
      .then(used);
    const more = line('P-10', [40, 40, 40], { on: '2011-02-16' });
    givenSettlement(credit, used)
      .when(call({ callId: 'AF-3', exercice: 2011, issuedOn: '2011-02-20' }), {
        linesOf: () => within(2011, small, more),
        ...closedExercices(2010),
      })
      .then(
        calledNext({
          callId: 'AF-3',
          number: 2,
          issuedOn: '2011-02-20',
          lines: [more],
          called: asked(40, 11),
          broughtForward: [{ funderId: 'eure', amountCents: 29 }],
        }),
      );
    givenSettlement(credit, used)
      .when(call({ callId: 'AF-3', issuedOn: '2011-02-20' }), lines(line('P-1'), late))
      .then(called({ callId: 'AF-3', number: 2, issuedOn: '2011-02-20', lines: [late], called: asked(10, 20) }));
  });

  it('leaves the credit of an open exercice, and of a call of a later day', () => {
    const withoutCredit = calledNext({ lines: [own], called: asked(33, 33) });
    givenSettlement(credit)
      .when(next, { linesOf: () => within(2011, own) })
      .then(withoutCredit);
    givenSettlement(called({ ...credit.data, issuedOn: '2011-02-16' }))
      .when(next, { linesOf: () => within(2011, own), ...closedExercices(2010) })
      .then(withoutCredit);
  });

  it('leaves lines and credit while the closing is only proposed: it may be withdrawn', () => {
    givenSettlement(credit)
      .when(next, { ...ofBothYears, ...closingExercices(2010) })
      .then(calledNext({ lines: [own], called: asked(33, 33) }));
  });

  it('stands on calls as they were stored before (v1)', () => {
    const v1: FundingCallIssuedV1 = { type: 'FundingCallIssued.v1', data: credit.data };
    givenSettlement(v1)
      .when(call(), lines(line('P-1')))
      .thenNothing();
    givenSettlement(v1)
      .when(next, { ...ofBothYears, ...closedExercices(2010) })
      .then(calledNext({ lines: [{ ...late, originExercice: 2010 }, own], called: asked(43, 23), broughtForward }));
    expect(moved(v1)).toEqual(moved(credit));
  });
});

describe('a funder that a later key leaves out', () => {
  const left = schemeOf(schemeOpened(), {
    type: 'SplitKeyAgreed.v1',
    data: {
      schemeId: 'insertion',
      version: 2,
      splitKey: splitKey(1, 1),
      tieOrder: ['region', 'seine-maritime'],
      effectiveFrom: '2010-07-01',
      appliesTo: 'all-payments',
      act: 'Avenant 2010',
    },
  });

  it('is still called for what was paid before, and contributes', () => {
    givenSettlement()
      .when(call(), { ...lines(line('P-1')), ...left })
      .then(called());
    givenSettlement().when(contribute(), left).then(contributed());
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

  it('have the exercice of their event, and ids of their own in it', () => {
    const day = '2011-01-31';
    const inNext = { ...PAID, exercice: 2011, originExercice: 2010, returnedOn: day, reason: 'RIB' };
    const byPayer = callLinesOf([returned(day), { type: 'PaymentReturned.v1', data: inNext }]);
    expect(byPayer.get('region')?.map(({ lineId, exercice }) => [lineId, exercice])).toEqual([
      [`P-1/return/${day}`, 2010],
      [`P-1/return/${day}`, 2011],
    ]);
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
    const { originExercice: _, ...facts } = late;
    givenSettlement(called(), contributed(late)).when(contribute(facts), closedExercices(2010)).thenNothing();
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
    givenSettlement(contributed())
      .when(reverse({ reversedOn: '2011-02-01' }), closingExercices(2010))
      .then(reversed({ reversedOn: '2011-02-01', exercice: 2011, originExercice: 2010 }));
    givenSettlement(contributed())
      .when(reverse(), closingExercices(2010))
      .rejects('SETTLEMENT_EXERCICE_CLOSING', { exercice: 2010 });
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
      [called({ broughtForward: [{ funderId: 'eure', amountCents: 30, originExercice: 2009 }] })],
      [called(), called({ callId: 'AF-2', exercice: 2011, lines: [{ ...line('P-1'), originExercice: 2010 }] })],
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

describe('the table of rejections', () => {
  it('holds the codes provoked above and no others', () => {
    expect([...provokedCodes].toSorted()).toEqual(Object.keys(settlementRejections).toSorted());
  });
});
