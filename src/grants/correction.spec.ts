/** What the ledger promises about corrections: what comes back is what was stored, to the cent (R4, R11, R23–R25). */

import { CorruptHistory, fold } from '#libs/decider/decider';
import { provokedCodes } from '#libs/decider/given';
import { sumCents } from '#libs/money/cents';
import type {
  GrantCommand,
  RecordBankReturn,
  RecordRecovery,
  ReissuePayment,
  ReversePayment,
} from './grant.commands.js';
import { grantDecider } from './grant.decider.js';
import type {
  GrantEvent,
  PaymentReissued,
  PaymentReturned,
  PaymentReversed,
  RecoveryRecorded,
} from './grant.events.js';
import {
  awarded,
  closedExercices,
  closingExercices,
  codesOf,
  FUNDERS,
  givenGrant,
  keyAgreed,
  only,
  recorded,
  schemeOf,
  schemeOpened,
  shares,
  splitKey,
  terms,
  TODAY,
} from './grant.examples.js';
import { netPaidCents, type AwardedGrant } from './grant.state.js';
import type { GrantTerms, PaymentElsewhere } from './grant.terms.js';

const REFERENCE = { paymentId: 'P-1', grantId: 'G-1', schemeId: 'insertion', keyVersion: 1, exercice: 2010 } as const;
const ASKED = { grantId: 'G-1', paymentId: 'P-1' } as const;

const reverse = (other: Partial<ReversePayment> = {}): ReversePayment => ({
  type: 'ReversePayment',
  ...ASKED,
  reversedOn: '2010-04-30',
  reason: 'Mandat en double',
  ...other,
});
const reversed = (other: Partial<PaymentReversed['data']> = {}): PaymentReversed => ({
  type: 'PaymentReversed.v1',
  data: {
    ...REFERENCE,
    amountCents: 100,
    paidBy: 'region',
    reversedOn: '2010-04-30',
    reason: 'Mandat en double',
    shares: shares(34, 33, 33),
    ...other,
  },
});

const recover = (amountCents: number, other: Partial<RecordRecovery> = {}): RecordRecovery => ({
  type: 'RecordRecovery',
  ...ASKED,
  recoveryId: 'R-1',
  amountCents,
  recoveredOn: '2010-05-31',
  reason: 'Contrat rompu',
  ...other,
});
/** Gives back these shares out of what the funders still bore. */
const recovered = (
  back: readonly number[],
  seenCents: readonly number[],
  other: Partial<RecoveryRecorded['data']> = {},
): RecoveryRecorded => ({
  type: 'RecoveryRecorded.v1',
  data: {
    ...REFERENCE,
    recoveryId: 'R-1',
    amountCents: sumCents(back),
    recoveredBy: 'region',
    recoveredOn: '2010-05-31',
    reason: 'Contrat rompu',
    shares: shares(...back),
    seenCents,
    ...other,
  },
});

const bankReturn = (other: Partial<RecordBankReturn> = {}): RecordBankReturn => ({
  type: 'RecordBankReturn',
  ...ASKED,
  returnedOn: '2010-04-06',
  reason: 'Compte clos',
  ...other,
});
const returned = (other: Partial<PaymentReturned['data']> = {}): PaymentReturned => ({
  type: 'PaymentReturned.v1',
  data: {
    ...REFERENCE,
    amountCents: 100,
    paidBy: 'region',
    returnedOn: '2010-04-06',
    reason: 'Compte clos',
    shares: shares(34, 33, 33),
    ...other,
  },
});

const reissue = (other: Partial<ReissuePayment> = {}): ReissuePayment => ({
  type: 'ReissuePayment',
  ...ASKED,
  reissuedOn: '2010-04-12',
  ...other,
});
const reissued = (other: Partial<PaymentReissued['data']> = {}): PaymentReissued => ({
  type: 'PaymentReissued.v1',
  data: {
    ...REFERENCE,
    amountCents: 100,
    paidBy: 'region',
    reissuedOn: '2010-04-12',
    shares: shares(34, 33, 33),
    ...other,
  },
});

const FUTURE = '2011-03-01';
const suspended: GrantEvent = {
  type: 'GrantSuspended.v1',
  data: { grantId: 'G-1', on: '2010-04-01', reason: 'Contrôle sur place' },
};

const grantAfter = (...history: readonly GrantEvent[]) => fold(grantDecider, [awarded(), ...history]) as AwardedGrant;
const remaining = (...history: readonly GrantEvent[]) => grantAfter(...history).payments.get('P-1')!.remainingCents;

/** The exercice that the event counts in, and the year of origin. */
const exerciceOf = (
  command: GrantCommand,
  history: readonly GrantEvent[],
  other: Partial<GrantTerms> = {},
): readonly unknown[] => {
  const [event] = givenGrant(awarded(), recorded(), ...history)
    .when(command, other)
    .events();
  const { exercice, originExercice } = event!.data as Partial<PaymentReversed['data']>;
  return [exercice, originExercice];
};

describe('reversing a payment', () => {
  it('gives back exactly the stored shares (R11)', () => {
    givenGrant(awarded(), recorded()).when(reverse()).then(reversed());
    const uneven = [34, 0, 67];
    givenGrant(awarded(), recorded(uneven))
      .when(reverse())
      .then(reversed({ amountCents: 101, shares: shares(...uneven) }));
  });

  it('does not divide again: neither today’s key nor today’s totals count (R7, R11)', () => {
    givenGrant(awarded(), recorded())
      .when(reverse(), { ...schemeOf(schemeOpened(), keyAgreed()), netShareCents: () => 999 })
      .then(reversed());
  });

  it('leaves nobody bearing anything of it, and its amount to be paid again (R15)', () => {
    const grant = grantAfter(recorded(), reversed());
    expect([remaining(recorded(), reversed()), netPaidCents(grant)]).toEqual([[0, 0, 0], 0]);
  });

  it('is possible whoever paid, and while the grant is suspended', () => {
    givenGrant(awarded(), recorded([34, 33, 33], { paidBy: 'eure' }), suspended)
      .when(reverse())
      .then(reversed({ paidBy: 'eure' }));
  });

  it('is possible after a bank return and a reissue', () => {
    givenGrant(awarded(), recorded(), returned(), reissued()).when(reverse()).then(reversed());
  });

  it('asked again records nothing, asked otherwise it is refused (R3)', () => {
    givenGrant(awarded(), recorded(), reversed()).when(reverse()).thenNothing();
    for (const other of [{ reversedOn: '2010-05-01' }, { reason: 'Autre' }])
      givenGrant(awarded(), recorded(), reversed())
        .when(reverse(other))
        .rejects('PAYMENT_ALREADY_REVERSED', { paymentId: 'P-1', reversedOn: '2010-04-30' });
  });

  it('is refused once part of it is recovered: the rest is recovered too (R11)', () => {
    givenGrant(awarded(), recorded(), recovered([1, 0, 0], [34, 33, 33]))
      .when(reverse({ reversedOn: TODAY }))
      .rejects('PAYMENT_PARTLY_RECOVERED', { paymentId: 'P-1', recoveredCents: 1 });
  });

  it('is refused while it is returned by the bank (R25)', () => {
    givenGrant(awarded(), recorded(), returned())
      .when(reverse())
      .rejects('PAYMENT_RETURNED', { paymentId: 'P-1', returnedOn: '2010-04-06' });
  });
});

describe('recovering part of a payment (R11)', () => {
  it('gives back in proportion to what each funder still bears, the left-over cents in the payment’s order', () => {
    givenGrant(awarded(), recorded())
      .when(recover(50))
      .then(recovered([17, 17, 16], [34, 33, 33]));
    const order = ['eure', 'seine-maritime', 'region'];
    givenGrant(awarded(), recorded([30, 30, 30], { split: { ...recorded().data.split, order } }))
      .when(recover(1))
      .then(recovered([0, 0, 1], [30, 30, 30]));
  });

  it('takes nothing back from who bears nothing', () => {
    givenGrant(awarded(), recorded([1, 0, 0]))
      .when(recover(1))
      .then(recovered([1, 0, 0], [1, 0, 0]));
  });

  it('in three parts ends at the exact mirror of the payment', () => {
    const history: GrantEvent[] = [awarded(), recorded([263_334, 263_333, 263_333])];
    const parts = [300_000, 123_457, 366_543];
    const back = parts.map((amountCents, i) => {
      const outcome = givenGrant(...history).when(recover(amountCents, { recoveryId: `R-${i}` }));
      const event = only('RecoveryRecorded.v1', outcome);
      history.push(event);
      expect(sumCents(event.data.shares.map((share) => share.amountCents))).toBe(amountCents);
      return event.data.shares;
    });
    const total = FUNDERS.map((_, i) => sumCents(back.map((part) => part[i]!.amountCents)));
    expect(total).toEqual([263_334, 263_333, 263_333]);
  });

  it('in three parts keeps an equal key within a cent on the way', () => {
    let grant = grantAfter(recorded([263_334, 263_333, 263_333]));
    for (const [i, amountCents] of [300_000, 123_457, 366_543].entries()) {
      for (const event of grantDecider.decide(recover(amountCents, { recoveryId: `R-${i}` }), grant, terms()))
        grant = grantDecider.evolve(grant, event) as AwardedGrant;
      const { remainingCents } = grant.payments.get('P-1')!;
      expect(Math.max(...remainingCents) - Math.min(...remainingCents)).toBeLessThanOrEqual(1);
    }
  });

  it('in three parts ends at the exact mirror under an unequal key too', () => {
    const unequal = schemeOf(schemeOpened({ splitKey: splitKey(51, 35, 14) }));
    let grant = grantAfter(recorded([52, 35, 14]));
    for (const [i, amountCents] of [33, 34, 34].entries())
      for (const event of grantDecider.decide(recover(amountCents, { recoveryId: `R-${i}` }), grant, terms(unequal)))
        grant = grantDecider.evolve(grant, event) as AwardedGrant;
    expect(grant.payments.get('P-1')!.remainingCents).toEqual([0, 0, 0]);
  });

  it('never exceeds what remains', () => {
    givenGrant(awarded(), recorded())
      .when(recover(101))
      .rejects('RECOVERY_EXCEEDS_PAYMENT', { paymentId: 'P-1', remainingCents: 100 });
    givenGrant(awarded(), recorded(), recovered([14, 13, 13], [34, 33, 33]))
      .when(recover(61, { recoveryId: 'R-2' }))
      .rejects('RECOVERY_EXCEEDS_PAYMENT', { remainingCents: 60 });
    givenGrant(awarded(), recorded(), recovered([14, 13, 13], [34, 33, 33]))
      .when(recover(60, { recoveryId: 'R-2' }))
      .then(recovered([20, 20, 20], [20, 20, 20], { recoveryId: 'R-2' }));
  });

  it('frees its amount for another payment (R15)', () => {
    expect(netPaidCents(grantAfter(recorded(), recovered([14, 13, 13], [34, 33, 33])))).toBe(60);
  });

  it('is received by the payer, or by another funder of the payment (R24)', () => {
    givenGrant(awarded(), recorded([34, 33, 33], { paidBy: 'eure' }))
      .when(recover(3))
      .then(recovered([1, 1, 1], [34, 33, 33], { recoveredBy: 'eure' }));
    givenGrant(awarded(), recorded())
      .when(recover(3, { recoveredBy: 'seine-maritime' }))
      .then(recovered([1, 1, 1], [34, 33, 33], { recoveredBy: 'seine-maritime' }));
    givenGrant(awarded(), recorded())
      .when(recover(3, { recoveredBy: 'calvados' }))
      .rejects('GRANT_FUNDER_UNKNOWN', { funderId: 'calvados' });
  });

  it('asked again records nothing, whatever has been recovered since (R3)', () => {
    const first = recovered([14, 13, 13], [34, 33, 33]);
    const rest = recovered([20, 20, 20], [20, 20, 20], { recoveryId: 'R-2' });
    givenGrant(awarded(), recorded(), first).when(recover(40)).thenNothing();
    givenGrant(awarded(), recorded(), first)
      .when(recover(40, { recoveredBy: 'region' }))
      .thenNothing();
    givenGrant(awarded(), recorded(), first, rest).when(recover(40), closedExercices(2010, 2011)).thenNothing();
  });

  it('asked again with another content is refused, on another payment too (R3)', () => {
    const first = recovered([14, 13, 13], [34, 33, 33]);
    for (const other of [
      { amountCents: 41 },
      { recoveredOn: '2010-06-01' },
      { recoveredBy: 'eure' },
      { reason: 'Autre' },
      { paymentId: 'P-2' },
    ])
      givenGrant(awarded(), recorded(), recorded([34, 33, 33], { paymentId: 'P-2' }), first)
        .when(recover(40, other))
        .rejects('RECOVERY_ID_REUSED', { recoveryId: 'R-1' });
  });

  it('is refused of a payment that is reversed or returned', () => {
    givenGrant(awarded(), recorded(), reversed())
      .when(recover(1))
      .rejects('PAYMENT_ALREADY_REVERSED', { paymentId: 'P-1' });
    givenGrant(awarded(), recorded(), returned()).when(recover(1)).rejects('PAYMENT_RETURNED', { paymentId: 'P-1' });
  });

  it('counts in the open exercice of the day the cash came back, with the year of origin (R23, R24)', () => {
    givenGrant(awarded(), recorded())
      .when(recover(3, { recoveredOn: '2011-01-10' }), closedExercices(2010))
      .then(recovered([1, 1, 1], [34, 33, 33], { recoveredOn: '2011-01-10', exercice: 2011, originExercice: 2010 }));
    givenGrant(awarded(), recorded())
      .when(recover(3), closedExercices(2010))
      .rejects('EXERCICE_CLOSED', { exercice: 2010 });
  });

  it('of more than was borne is a corrupt history', () => {
    const tooMuch = recovered([35, 33, 32], [34, 33, 33]);
    expect(() => fold(grantDecider, [awarded(), recorded(), tooMuch])).toThrow(CorruptHistory);
  });
});

describe('a bank return and its reissue (R25)', () => {
  it('the return withdraws the stored shares', () => {
    givenGrant(awarded(), recorded()).when(bankReturn()).then(returned());
    expect(remaining(recorded(), returned())).toEqual([0, 0, 0]);
  });

  it('the reissue carries the same shares, whatever was paid in between', () => {
    givenGrant(awarded(), recorded(), returned())
      .when(reissue(), { netShareCents: (_, __, funderId) => (funderId === 'region' ? 99 : 0) })
      .then(reissued());
    expect(remaining(recorded(), returned(), reissued())).toEqual([34, 33, 33]);
  });

  it('the payment is still to be paid in between, so its amount stays taken (R15)', () => {
    expect(netPaidCents(grantAfter(recorded(), returned()))).toBe(100);
  });

  it('may happen again to the same payment', () => {
    const again = { returnedOn: '2010-04-20', reason: 'Compte clos' };
    givenGrant(awarded(), recorded(), returned(), reissued()).when(bankReturn(again)).then(returned(again));
    givenGrant(awarded(), recorded(), returned(), reissued(), returned(again))
      .when(reissue({ reissuedOn: '2010-04-26' }))
      .then(reissued({ reissuedOn: '2010-04-26' }));
  });

  it('each asked again records nothing (R3)', () => {
    givenGrant(awarded(), recorded(), returned()).when(bankReturn()).thenNothing();
    givenGrant(awarded(), recorded(), returned(), reissued()).when(reissue()).thenNothing();
    givenGrant(awarded(), recorded(), returned(), reissued(), reversed()).when(reissue()).thenNothing();
  });

  it('each asked again after the other is neither swallowed nor doubled: it is refused until it says more (R3, R4)', () => {
    const again = returned({ returnedOn: '2010-04-20' });
    givenGrant(awarded(), recorded(), returned(), reissued()).when(bankReturn()).rejects('REPEAT_OVERTAKEN');
    givenGrant(awarded(), recorded(), returned(), reissued(), again).when(reissue()).rejects('REPEAT_OVERTAKEN');
  });

  it('the reissue needs a return that is not yet reissued', () => {
    givenGrant(awarded(), recorded()).when(reissue()).rejects('PAYMENT_NOT_RETURNED', { paymentId: 'P-1' });
    for (const other of [{ reissuedOn: '2010-04-13' }, { orderNumber: 'M-2' }])
      givenGrant(awarded(), recorded(), returned(), reissued()).when(reissue(other)).rejects('PAYMENT_NOT_RETURNED');
  });

  it('the return needs a payment that is paid in full', () => {
    givenGrant(awarded(), recorded(), returned())
      .when(bankReturn({ reason: 'RIB faux' }))
      .rejects('PAYMENT_RETURNED', { returnedOn: '2010-04-06' });
    givenGrant(awarded(), recorded(), reversed()).when(bankReturn()).rejects('PAYMENT_ALREADY_REVERSED');
    givenGrant(awarded(), recorded(), recovered([1, 0, 0], [34, 33, 33]))
      .when(bankReturn())
      .rejects('PAYMENT_PARTLY_RECOVERED', { recoveredCents: 1 });
  });

  it('the reissue may keep the order number of its payment (R18)', () => {
    const itself: PaymentElsewhere = { paymentId: 'P-1', grantId: 'G-1', paidBy: 'region', paidOn: '2010-03-31' };
    givenGrant(awarded(), recorded(), returned())
      .when(reissue({ orderNumber: 'M-1' }), { paymentOfOrder: () => itself })
      .then(reissued({ orderNumber: 'M-1' }));
  });

  it('the reissue may have an order number of its own, that no other payment has (R18)', () => {
    const taken: PaymentElsewhere = { paymentId: 'P-9', grantId: 'G-9', paidBy: 'region', paidOn: '2010-02-01' };
    givenGrant(awarded(), recorded(), returned())
      .when(reissue({ orderNumber: 'M-2' }))
      .then(reissued({ orderNumber: 'M-2' }));
    givenGrant(awarded(), recorded(), returned())
      .when(reissue({ orderNumber: 'M-2' }), { paymentOfOrder: () => taken })
      .rejects('ORDER_NUMBER_REUSED', { orderNumber: 'M-2', payer: 'region', exercice: 2010, otherPaymentId: 'P-9' });
  });
});

describe('the exercice of a correction (R16, R23)', () => {
  const cases: readonly [string, (on: string) => GrantCommand, readonly GrantEvent[]][] = [
    ['reversal', (on) => reverse({ reversedOn: on }), []],
    ['bank return', (on) => bankReturn({ returnedOn: on }), []],
    ['reissue', (on) => reissue({ reissuedOn: on }), [returned()]],
  ];
  it.each(cases)('of a %s is that of the payment, until 31 January', (_, command, history) => {
    expect(exerciceOf(command('2010-12-31'), history)).toEqual([2010, undefined]);
    expect(exerciceOf(command('2011-01-31'), history)).toEqual([2010, undefined]);
  });

  it.each(cases)('of a %s is the year of its day afterwards, with the year of origin', (_, command, history) => {
    expect(exerciceOf(command('2011-02-01'), history)).toEqual([2011, 2010]);
  });

  it.each(cases)('of a %s is never a closed one', (_, command, history) => {
    expect(exerciceOf(command('2011-01-15'), history, closedExercices(2010))).toEqual([2011, 2010]);
    const closed = closedExercices(2010, 2011);
    givenGrant(awarded(), recorded(), ...history)
      .when(command('2010-12-31'), closed)
      .rejects('EXERCICE_CLOSED', { exercice: 2010 });
    givenGrant(awarded(), recorded(), ...history)
      .when(command('2011-02-01'), closed)
      .rejects('EXERCICE_CLOSED', { exercice: 2011 });
    // what is about to close is closed to a late fact already
    expect(exerciceOf(command('2011-01-15'), history, closingExercices(2010))).toEqual([2011, 2010]);
    givenGrant(awarded(), recorded(), ...history)
      .when(command('2010-12-31'), closingExercices(2010))
      .rejects('EXERCICE_CLOSING', { exercice: 2010 });
  });
});

describe('every correction (R4)', () => {
  const cases: readonly [string, (on: string) => GrantCommand, readonly GrantEvent[]][] = [
    ['reversal', (on) => reverse({ reversedOn: on }), []],
    ['recovery', (on) => recover(1, { recoveredOn: on }), []],
    ['bank return', (on) => bankReturn({ returnedOn: on }), []],
    ['reissue', (on) => reissue({ reissuedOn: on }), [returned({ returnedOn: '2010-03-31' })]],
  ];

  it.each(cases)('cites its payment: a %s', (_, command, history) => {
    const [event] = givenGrant(awarded(), recorded([34, 33, 33], { exercice: 2010 }), ...history)
      .when(command('2010-06-30'))
      .events();
    expect(event!.data).toMatchObject(REFERENCE);
  });

  it.each(cases)('cites the key of its payment: a %s', (_, command, history) => {
    const split = { ...recorded().data.split, keyVersion: 2 };
    const [event] = givenGrant(awarded(), recorded([34, 33, 33], { split }), ...history)
      .when(command('2010-06-30'))
      .events();
    expect(event!.data).toMatchObject({ keyVersion: 2 });
  });

  it.each(cases)('has shares that sum to its amount: a %s (R6)', (_, command, history) => {
    const [event] = givenGrant(awarded(), recorded(), ...history)
      .when(command('2010-06-30'))
      .events();
    const { amountCents, shares: back } = event!.data as PaymentReversed['data'];
    expect(sumCents(back.map((share) => share.amountCents))).toBe(amountCents);
    expect(back.map((share) => share.funderId)).toEqual([...FUNDERS]);
  });

  it.each(cases)('needs its payment: a %s', (_, command) => {
    givenGrant(awarded()).when(command('2010-06-30')).rejects('PAYMENT_UNKNOWN', { grantId: 'G-1', paymentId: 'P-1' });
  });

  it.each(cases)('is dated by today: a %s', (_, command, history) => {
    givenGrant(awarded(), recorded(), ...history)
      .when(command(FUTURE))
      .rejects('DATED_IN_FUTURE', { on: FUTURE, today: TODAY });
  });

  it.each(cases)('is not dated before what it corrects: a %s', (_, command, history) => {
    givenGrant(awarded(), recorded(), ...history)
      .when(command('2010-03-30'))
      .rejects('CORRECTION_BEFORE_PAYMENT', { on: '2010-03-30', paidOn: '2010-03-31' });
    const [event] = givenGrant(awarded(), recorded(), ...history)
      .when(command('2010-03-31'))
      .events();
    expect(event!.data).toMatchObject({ paymentId: 'P-1' });
  });

  it('is not dated before the last return or reissue', () => {
    givenGrant(awarded(), recorded(), returned())
      .when(reissue({ reissuedOn: '2010-04-05' }))
      .rejects('CORRECTION_BEFORE_PAYMENT', { paidOn: '2010-04-06' });
    for (const command of [reverse({ reversedOn: '2010-04-11' }), recover(1, { recoveredOn: '2010-04-11' })])
      givenGrant(awarded(), recorded(), returned(), reissued())
        .when(command)
        .rejects('CORRECTION_BEFORE_PAYMENT', { paidOn: '2010-04-12' });
  });

  it.each([reversed(), recovered([1, 0, 0], [34, 33, 33]), returned(), reissued()])(
    'stands after its payment, or the history is corrupt: $type',
    (event) => {
      expect(() => fold(grantDecider, [awarded(), event])).toThrow(CorruptHistory);
    },
  );
});

describe('the table of rejections', () => {
  it('is provoked here for what is about corrections', () => {
    expect([...provokedCodes]).toEqual(expect.arrayContaining([...codesOf('correction')]));
  });
});
