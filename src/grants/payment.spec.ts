/** What the ledger promises about a payment: what may be paid (R14–R19), who approves it (R28), how it is split (R6–R10). */

import { CorruptHistory, fold } from '#libs/decider/decider';
import { provokedCodes } from '#libs/decider/given';
import type { By, DecideProposal } from './grant.commands.js';
import { grantDecider } from './grant.decider.js';
import type { GrantEvent, PaymentProposed } from './grant.events.js';
import {
  award,
  awarded,
  ceilingSet,
  closedExercices,
  closingExercices,
  codesOf,
  CONTROLLER,
  FUNDERS,
  givenGrant,
  keyAgreed,
  OFFICER,
  only,
  OTHER_OFFICER,
  pay,
  recorded,
  schemeClosed,
  schemeOf,
  schemeOpened,
  shares,
  SIRET,
  splitKey,
  TODAY,
} from './grant.examples.js';
import type { GrantTerms, PaymentElsewhere } from './grant.terms.js';

/** What the funders have borne so far, in their order. */
const borne = (...cents: readonly number[]): Pick<GrantTerms, 'netShareCents'> => ({
  netShareCents: (_, __, funderId) => cents[FUNDERS.findIndex((funder) => funder === funderId)]!,
});

const elsewhere: PaymentElsewhere = { paymentId: 'P-9', grantId: 'G-9', paidBy: 'eure', paidOn: '2010-03-15' };

const payOn = (day: string) => pay({ paidOn: day });
const recordedOn = (day: string) => recorded([34, 33, 33], { paidOn: day });

const second = (instalment: 'advance' | 'interim' | 'balance') => pay({ paymentId: 'P-2', instalment });
const first = (instalment: 'advance' | 'interim' | 'balance') => recorded([34, 33, 33], { instalment });

/** Only order M-1 of Eure for 2010 is taken. */
const paymentOfOrder: GrantTerms['paymentOfOrder'] = (payer, exercice, orderNumber) =>
  payer === 'eure' && exercice === 2010 && orderNumber === 'M-1' ? elsewhere : undefined;

const paid = (cents: number): Pick<GrantTerms, 'netPaidCents'> => ({
  netPaidCents: (_, exercice) => (exercice === 2010 ? cents : 0),
});

/** The key's version and the shares of a payment of that day, of a grant under that key. */
const keyOf = (grantKey: number, paidOn: string, appliesTo: 'new-grants' | 'all-payments') => {
  const scheme = schemeOf(schemeOpened(), keyAgreed({ appliesTo }));
  const { data } = only(
    'PaymentRecorded.v1',
    givenGrant(awarded({ keyVersion: grantKey })).when(pay({ paidOn }), scheme),
  );
  return [data.split.keyVersion, data.shares];
};

const approve = (by: By = OTHER_OFFICER): DecideProposal => ({
  type: 'DecideProposal',
  grantId: 'G-1',
  paymentId: 'P-1',
  decision: 'approve',
  by,
});
const refuse = (by: By = OTHER_OFFICER): DecideProposal => ({
  ...approve(by),
  decision: 'refuse',
  reason: 'Pièces manquantes',
});

const reversed = (paymentId: string): GrantEvent => ({
  type: 'PaymentReversed.v1',
  data: {
    paymentId,
    grantId: 'G-1',
    schemeId: 'insertion',
    keyVersion: 1,
    exercice: 2010,
    amountCents: 100,
    paidBy: 'region',
    reversedOn: '2010-04-01',
    reason: 'Erreur',
    shares: shares(34, 33, 33),
  },
});

describe('recording a payment', () => {
  it('stores the shares, the key, the order and the totals it saw (R7)', () => {
    givenGrant(awarded()).when(pay()).then(recorded());
  });

  it('gives the extra cent to whoever has paid least so far (R9)', () => {
    givenGrant(awarded())
      .when(pay(), borne(34, 33, 33))
      .then(
        recorded([33, 34, 33], {
          split: {
            keyVersion: 1,
            ruleVersion: 1,
            order: ['seine-maritime', 'eure', 'region'],
            seenCents: [34, 33, 33],
          },
        }),
      );
  });

  it('settles level funders by the order drawn when the scheme was opened (R9)', () => {
    const drawn = schemeOf(schemeOpened({ tieOrder: ['eure', 'region', 'seine-maritime'] }));
    const { shares: stored, split } = only('PaymentRecorded.v1', givenGrant(awarded()).when(pay(), drawn)).data;
    expect(stored).toEqual(shares(33, 33, 34));
    expect(split.order).toEqual(['eure', 'region', 'seine-maritime']);
  });

  it('gives every funder a share, even of nothing (R6)', () => {
    givenGrant(awarded())
      .when(pay({ amountCents: 1 }))
      .then(recorded([1, 0, 0]));
  });

  it('follows unequal weights (R10)', () => {
    const scheme = schemeOf(schemeOpened({ splitKey: splitKey(51, 35, 14) }));
    const { data } = only('PaymentRecorded.v1', givenGrant(awarded()).when(pay({ amountCents: 1000 }), scheme));
    expect(data.shares).toEqual(shares(510, 350, 140));
  });

  it('may be made by another funder, for everyone as ever (R20)', () => {
    givenGrant(awarded())
      .when(pay({ paidBy: 'eure' }))
      .then(recorded([34, 33, 33], { paidBy: 'eure' }));
  });

  it('is never made by someone outside the key', () => {
    givenGrant(awarded())
      .when(pay({ paidBy: 'calvados' }))
      .rejects('GRANT_FUNDER_UNKNOWN', { funderId: 'calvados', schemeId: 'insertion' });
  });

  it('names the beneficiary by SIRET, or by RNA where there is no SIRET', () => {
    const rna = 'W276000001';
    const scheme = schemeOf(schemeOpened({ beneficiaryKind: 'association' }));
    for (const [ids, beneficiaryId] of [
      [{ rna }, rna],
      [{ rna, siret: SIRET }, SIRET],
    ] as const)
      givenGrant(awarded({ beneficiary: { name: 'Les Deux Rives (démo)', ...ids } }))
        .when(pay(), scheme)
        .then(recorded([34, 33, 33], { beneficiaryId }));
  });
});

describe('a payment’s id (R3)', () => {
  it('asked again with the same content records nothing, whatever has happened since', () => {
    givenGrant(awarded(), recorded()).when(pay()).thenNothing();
    givenGrant(awarded(), recorded(), reversed('P-1'))
      .when(pay(), { ...closedExercices(2010), grantOfPayment: () => 'G-1' })
      .thenNothing();
  });

  it('asked again with the defaults said records nothing', () => {
    givenGrant(awarded(), recorded())
      .when(pay({ paidBy: 'region', exercice: 2010 }))
      .thenNothing();
  });

  it('asked again by someone else records nothing', () => {
    givenGrant(awarded(), recorded())
      .when(pay({ by: CONTROLLER }))
      .thenNothing();
  });

  it.each([
    { amountCents: 101 },
    { paidOn: '2010-04-01' },
    { paidBy: 'eure' },
    { instalment: 'balance' },
    { orderNumber: 'M-1' },
    { overrideReason: 'Deux postes' },
  ] as const)('asked again with another content is refused: %j', (other) => {
    givenGrant(awarded(), recorded())
      .when(pay(other))
      .rejects('PAYMENT_ID_REUSED', { paymentId: 'P-1', grantId: 'G-1' });
  });

  it('taken by a payment of another grant is refused, and that grant is named', () => {
    givenGrant(awarded())
      .when(pay(), { grantOfPayment: () => 'G-9' })
      .rejects('PAYMENT_ID_REUSED', { grantId: 'G-9' });
  });

  it('recorded twice is a corrupt history', () => {
    expect(() => fold(grantDecider, [awarded(), recorded(), recorded()])).toThrow(CorruptHistory);
  });
});

describe('what may be paid', () => {
  it('belongs to a scheme that is there (R14)', () => {
    givenGrant(awarded({ schemeId: 'inconnu' }))
      .when(pay())
      .rejects('GRANT_SCHEME_UNKNOWN', { schemeId: 'inconnu' });
  });

  it('is dated on the day the scheme closes at the latest (R14)', () => {
    givenGrant(awarded())
      .when(pay(), schemeOf(schemeOpened(), schemeClosed('2010-03-30')))
      .rejects('GRANT_SCHEME_CLOSED', { closedOn: '2010-03-30', on: '2010-03-31' });
    givenGrant(awarded())
      .when(pay(), schemeOf(schemeOpened(), schemeClosed('2010-03-31')))
      .then(recorded());
  });

  it('is dated on the day the scheme opens or later (R14)', () => {
    givenGrant(awarded())
      .when(pay(), schemeOf(schemeOpened({ openedOn: '2010-04-01' })))
      .rejects('PAID_BEFORE_AGREEMENT', { firstOn: '2010-04-01' });
    givenGrant(awarded())
      .when(pay(), schemeOf(schemeOpened({ openedOn: '2010-03-31' })))
      .then(recorded());
  });

  it('stays within the grant, to the cent (R15)', () => {
    givenGrant(awarded({ amountCents: 100 }))
      .when(pay())
      .then(recorded());
    givenGrant(awarded({ amountCents: 99 }))
      .when(pay())
      .rejects('PAYMENT_EXCEEDS_GRANT', { grantId: 'G-1', amountCents: 100, remainingCents: 99 });
  });

  it('stays within the grant with what is already paid (R15)', () => {
    givenGrant(awarded({ amountCents: 199 }), recorded())
      .when(pay({ paymentId: 'P-2' }))
      .rejects('PAYMENT_EXCEEDS_GRANT', { remainingCents: 99 });
  });

  it('counts no reversed payment (R15)', () => {
    givenGrant(awarded({ amountCents: 100 }), recorded(), reversed('P-1'))
      .when(pay({ paymentId: 'P-2' }))
      .then(recorded([34, 33, 33], { paymentId: 'P-2' }));
  });

  it('may use what an amendment added (R15)', () => {
    const raised: GrantEvent = {
      type: 'GrantAmended.v1',
      data: {
        amendmentId: 'A-1',
        grantId: 'G-1',
        schemeId: 'insertion',
        exercice: 2010,
        amendedOn: TODAY,
        amountCents: 100,
        period: award().period,
        act: 'Avenant 1',
        asked: { amountCents: 100 },
        plannedShares: shares(34, 33, 33),
        plannedShareChanges: shares(1, 0, 0),
      },
    };
    givenGrant(awarded({ amountCents: 99 }), raised)
      .when(pay())
      .then(recorded());
  });
});

describe('the day of a payment (R16)', () => {
  const short = awarded({ period: { from: '2010-02-01', to: '2010-03-31' } });

  it('lies in the agreement’s period, its first and last day included', () => {
    givenGrant(short).when(payOn('2010-02-01')).then(recordedOn('2010-02-01'));
    givenGrant(short).when(payOn('2010-03-31')).then(recordedOn('2010-03-31'));
    givenGrant(short)
      .when(pay({ paidOn: '2010-01-31', exercice: 2010 }))
      .rejects('PAID_BEFORE_AGREEMENT', { firstOn: '2010-02-01' });
    givenGrant(short).when(payOn('2010-04-01')).rejects('PAID_AFTER_AGREEMENT', { lastOn: '2010-03-31' });
  });

  it('is never before the agreement is signed', () => {
    const late = awarded({ agreement: { number: 'C-2010-1', signedOn: '2010-02-15' } });
    givenGrant(late).when(payOn('2010-02-14')).rejects('PAID_BEFORE_AGREEMENT', { firstOn: '2010-02-15' });
    givenGrant(late).when(payOn('2010-02-15')).then(recordedOn('2010-02-15'));
  });

  it('may lie in the scheme’s days of grace', () => {
    const grace = schemeOf(schemeOpened({ graceDays: 30 }));
    givenGrant(short).when(payOn('2010-04-30'), grace).then(recordedOn('2010-04-30'));
    givenGrant(short).when(payOn('2010-05-01'), grace).rejects('PAID_AFTER_AGREEMENT', { lastOn: '2010-04-30' });
  });

  it('follows an amended period', () => {
    const longer: GrantEvent = {
      type: 'GrantAmended.v1',
      data: {
        amendmentId: 'A-1',
        grantId: 'G-1',
        schemeId: 'insertion',
        exercice: 2010,
        amendedOn: TODAY,
        amountCents: 100_000,
        period: { from: '2010-02-01', to: '2010-04-30' },
        act: 'Avenant 1',
        asked: { period: { from: '2010-02-01', to: '2010-04-30' } },
        plannedShares: shares(33_334, 33_333, 33_333),
        plannedShareChanges: shares(0, 0, 0),
      },
    };
    givenGrant(short, longer).when(payOn('2010-04-30')).then(recordedOn('2010-04-30'));
  });

  it('is today at the latest', () => {
    givenGrant(awarded()).when(payOn('2011-03-01')).rejects('DATED_IN_FUTURE', { on: '2011-03-01', today: TODAY });
    givenGrant(awarded())
      .when(payOn(TODAY))
      .then(recorded([34, 33, 33], { paidOn: TODAY, exercice: 2011 }));
  });
});

describe('the exercice of a payment (R16, R23)', () => {
  it('is the year of its day', () => {
    givenGrant(awarded())
      .when(pay({ exercice: 2010 }))
      .then(recorded());
    for (const exercice of [2009, 2011])
      givenGrant(awarded()).when(pay({ exercice })).rejects('EXERCICE_MISMATCH', { paidOn: '2010-03-31', exercice });
  });

  it('is said in January: of this year, or of the last in the complementary period', () => {
    const inJanuary = { paidOn: '2011-01-31' };
    givenGrant(awarded()).when(pay(inJanuary)).rejects('EXERCICE_REQUIRED', {
      paidOn: '2011-01-31',
      previous: 2010,
      current: 2011,
    });
    for (const exercice of [2010, 2011])
      givenGrant(awarded())
        .when(pay({ ...inJanuary, exercice }))
        .then(recorded([34, 33, 33], { ...inJanuary, exercice }));
  });

  it('in January is neither older nor younger', () => {
    for (const exercice of [2009, 2012])
      givenGrant(awarded())
        .when(pay({ paidOn: '2011-01-31', exercice }))
        .rejects('EXERCICE_MISMATCH', { exercice });
  });

  it('is no longer the last one from 1 February on', () => {
    givenGrant(awarded())
      .when(pay({ paidOn: '2011-02-01', exercice: 2010 }))
      .rejects('EXERCICE_MISMATCH');
  });

  it('is not closed', () => {
    givenGrant(awarded()).when(pay(), closedExercices(2010)).rejects('EXERCICE_CLOSED', { exercice: 2010 });
    givenGrant(awarded()).when(pay(), closingExercices(2010)).rejects('EXERCICE_CLOSING', { exercice: 2010 });
    givenGrant(awarded())
      .when(pay({ paidOn: '2011-01-10', exercice: 2010 }), closedExercices(2010))
      .rejects('EXERCICE_CLOSED', { exercice: 2010 });
    givenGrant(awarded())
      .when(pay({ paidOn: '2011-01-10', exercice: 2011 }), closedExercices(2010))
      .then(recorded([34, 33, 33], { paidOn: '2011-01-10', exercice: 2011 }));
  });
});

describe('advance, interim, balance (R17)', () => {
  it('an advance comes first', () => {
    givenGrant(awarded())
      .when(pay({ instalment: 'advance' }))
      .then(first('advance'));
    givenGrant(awarded(), first('interim'))
      .when(second('advance'))
      .rejects('ADVANCE_NOT_FIRST', { grantId: 'G-1', paymentId: 'P-1' });
  });

  it('an advance comes once', () => {
    givenGrant(awarded(), first('advance'))
      .when(second('advance'))
      .rejects('ADVANCE_ALREADY_PAID', { grantId: 'G-1', paymentId: 'P-1' });
  });

  it.each(['advance', 'interim', 'balance'] as const)('a balance comes last: no %s after it', (instalment) => {
    givenGrant(awarded(), first('balance'))
      .when(second(instalment))
      .rejects('BALANCE_ALREADY_PAID', { grantId: 'G-1', paymentId: 'P-1' });
  });

  it('an advance, interims and a balance follow each other; none of them is required', () => {
    const interim = recorded([34, 33, 33], { paymentId: 'P-2' });
    givenGrant(awarded(), first('advance')).when(second('interim')).then(interim);
    givenGrant(awarded(), first('interim')).when(second('interim')).then(interim);
    givenGrant(awarded(), first('advance'), interim)
      .when(pay({ paymentId: 'P-3', instalment: 'balance' }))
      .then(recorded([34, 33, 33], { paymentId: 'P-3', instalment: 'balance' }));
    givenGrant(awarded())
      .when(pay({ instalment: 'balance' }))
      .then(first('balance'));
  });

  it('a reversed payment no longer counts', () => {
    for (const instalment of ['advance', 'balance'] as const)
      givenGrant(awarded(), first(instalment), reversed('P-1'))
        .when(second(instalment))
        .then(recorded([34, 33, 33], { paymentId: 'P-2', instalment }));
  });
});

describe('double payments (R18)', () => {
  it('the same order number of the same payer and exercice is refused, and the other payment is named', () => {
    givenGrant(awarded())
      .when(pay({ orderNumber: 'M-1' }), { paymentOfOrder: () => elsewhere })
      .rejects('ORDER_NUMBER_REUSED', {
        orderNumber: 'M-1',
        payer: 'region',
        exercice: 2010,
        otherPaymentId: 'P-9',
        otherGrantId: 'G-9',
      });
  });

  it('no reason helps against the same order number', () => {
    givenGrant(awarded())
      .when(pay({ orderNumber: 'M-1', overrideReason: 'Deux postes', by: CONTROLLER }), {
        paymentOfOrder: () => elsewhere,
      })
      .rejects('ORDER_NUMBER_REUSED');
  });

  it('the same number is free for another payer and in another exercice', () => {
    givenGrant(awarded())
      .when(pay({ orderNumber: 'M-1' }), { paymentOfOrder })
      .then(recorded([34, 33, 33], { orderNumber: 'M-1' }));
    givenGrant(awarded())
      .when(pay({ orderNumber: 'M-1', paidBy: 'eure', paidOn: '2011-01-31', exercice: 2011 }), { paymentOfOrder })
      .then(recorded([34, 33, 33], { orderNumber: 'M-1', paidBy: 'eure', paidOn: '2011-01-31', exercice: 2011 }));
    givenGrant(awarded())
      .when(pay({ orderNumber: 'M-1', paidBy: 'eure', paidOn: '2011-01-31', exercice: 2010 }), { paymentOfOrder })
      .rejects('ORDER_NUMBER_REUSED', { payer: 'eure', exercice: 2010 });
  });

  it('the same beneficiary, scheme and amount within 30 days needs a reason, whoever recorded the first', () => {
    givenGrant(awarded())
      .when(pay(), { similarPayment: () => elsewhere })
      .rejects('POSSIBLE_DOUBLE', {
        otherPaymentId: 'P-9',
        otherGrantId: 'G-9',
        payer: 'eure',
        paidOn: '2010-03-15',
      });
  });

  it('a reason lets it through as a warning that names the first', () => {
    const overrideReason = 'Deux postes distincts';
    givenGrant(awarded())
      .when(pay({ overrideReason }), { similarPayment: () => elsewhere })
      .then(
        recorded([34, 33, 33], {
          overrideReason,
          warnings: [{ code: 'POSSIBLE_DOUBLE', paymentId: 'P-9', grantId: 'G-9', recordedBy: 'eure' }],
        }),
      );
  });

  it('a reason without a double is no warning', () => {
    const overrideReason = 'Par prudence';
    givenGrant(awarded())
      .when(pay({ overrideReason }))
      .then(recorded([34, 33, 33], { overrideReason }));
  });
});

describe('the ceiling of a scheme and exercice (R19)', () => {
  const blocking = schemeOf(schemeOpened(), ceilingSet(1000, 'block'));
  const warning = schemeOf(schemeOpened(), ceilingSet(1000, 'warn'));
  const over = { code: 'CEILING_EXCEEDED', ceilingCents: 1000, overByCents: 1 } as const;
  const warnedOf = [{ ...over, mode: 'warn' }] as const;
  const overrideReason = 'Délibération à venir';

  it('may be reached to the cent', () => {
    givenGrant(awarded())
      .when(pay(), { ...blocking, ...paid(900) })
      .then(recorded());
  });

  it('that blocks refuses one cent more, and says by how much', () => {
    givenGrant(awarded())
      .when(pay(), { ...blocking, ...paid(901) })
      .rejects('CEILING_EXCEEDED', { schemeId: 'insertion', exercice: 2010, ceilingCents: 1000, overByCents: 1 });
  });

  it('that warns lets it through, and the event keeps the warning', () => {
    givenGrant(awarded())
      .when(pay(), { ...warning, ...paid(901) })
      .then(recorded([34, 33, 33], { warnings: warnedOf }));
  });

  it('that blocks is overridden by the role and a reason, and the event keeps warning, role and reason', () => {
    givenGrant(awarded())
      .when(pay({ by: CONTROLLER, overrideReason }), { ...blocking, ...paid(901) })
      .then(
        recorded([34, 33, 33], {
          overrideReason,
          warnings: [{ ...over, mode: 'block', overriddenAs: 'controller' }],
        }),
      );
  });

  it('that blocks is not overridden by the role without a reason', () => {
    givenGrant(awarded())
      .when(pay({ by: CONTROLLER }), { ...blocking, ...paid(901) })
      .rejects('CEILING_EXCEEDED');
  });

  it('that blocks makes a proposal of a reason without the role', () => {
    const { data } = only(
      'PaymentProposed.v1',
      givenGrant(awarded()).when(pay({ overrideReason }), { ...blocking, ...paid(901) }),
    );
    expect(data).toMatchObject({ because: 'over-ceiling', limitCents: 1000, proposedBy: 'officer-1', overrideReason });
  });

  it('that only warns makes no proposal', () => {
    givenGrant(awarded())
      .when(pay({ overrideReason }), { ...warning, ...paid(901) })
      .then(recorded([34, 33, 33], { overrideReason, warnings: warnedOf }));
  });

  it('binds its own exercice alone', () => {
    const next = { paidOn: '2011-01-31', exercice: 2011 };
    givenGrant(awarded())
      .when(pay(next), { ...blocking, netPaidCents: () => 5000 })
      .then(recorded([34, 33, 33], next));
  });

  it('and a possible double are both kept', () => {
    const { data } = only(
      'PaymentRecorded.v1',
      givenGrant(awarded()).when(pay({ by: CONTROLLER, overrideReason }), {
        ...blocking,
        ...paid(901),
        similarPayment: () => elsewhere,
      }),
    );
    expect(data.warnings?.map(({ code }) => code)).toEqual(['POSSIBLE_DOUBLE', 'CEILING_EXCEEDED']);
  });
});

describe('the key of a payment (R8)', () => {
  it('for all payments is the new one from its day on, for older grants too', () => {
    expect(keyOf(1, '2010-06-30', 'all-payments')).toEqual([1, shares(34, 33, 33)]);
    expect(keyOf(1, '2010-07-01', 'all-payments')).toEqual([2, shares(50, 25, 25)]);
  });

  it('for new grants stays the old one for older grants', () => {
    expect(keyOf(1, '2010-12-31', 'new-grants')).toEqual([1, shares(34, 33, 33)]);
    expect(keyOf(2, '2010-12-31', 'new-grants')).toEqual([2, shares(50, 25, 25)]);
  });

  it('is never applied to a payment dated before it, however late that one is recorded', () => {
    expect(keyOf(1, '2010-03-31', 'all-payments')).toEqual([1, shares(34, 33, 33)]);
  });

  it('looks at what was borne under that key alone (R9)', () => {
    const asked = new Set<string>();
    const netShareCents: GrantTerms['netShareCents'] = (schemeId, version, funderId) => {
      asked.add(`${schemeId} ${version}`);
      return version === 2 && funderId === 'region' ? 7 : 0;
    };
    const { data } = only(
      'PaymentRecorded.v1',
      givenGrant(awarded()).when(pay({ paidOn: '2010-07-01' }), {
        ...schemeOf(schemeOpened(), keyAgreed()),
        netShareCents,
      }),
    );
    expect([...asked]).toEqual(['insertion 2']);
    expect(data.split.seenCents).toEqual([7, 0, 0]);
  });

  it('decides who may pay', () => {
    const withoutEure = schemeOf(schemeOpened(), keyAgreed({ splitKey: splitKey(1, 1) }));
    const byEure = { paidBy: 'eure' };
    givenGrant(awarded())
      .when(pay(byEure), withoutEure)
      .then(recorded([34, 33, 33], byEure));
    givenGrant(awarded())
      .when(pay({ ...byEure, paidOn: '2010-07-01' }), withoutEure)
      .rejects('GRANT_FUNDER_UNKNOWN', { funderId: 'eure' });
  });
});

describe('a payment above the approval threshold (R28)', () => {
  const threshold = schemeOf(schemeOpened({ approvalThresholdCents: 99 }));
  const proposed: PaymentProposed = {
    type: 'PaymentProposed.v1',
    data: {
      proposalId: 'G-1~P-1',
      grantId: 'G-1',
      schemeId: 'insertion',
      paymentId: 'P-1',
      amountCents: 100,
      paidOn: '2010-03-31',
      paidBy: 'region',
      instalment: 'interim',
      exercice: 2010,
      proposedBy: 'officer-1',
      because: 'above-threshold',
      limitCents: 99,
    },
  };
  const approval = { proposalId: 'G-1~P-1', proposedBy: 'officer-1', approvedBy: 'officer-2' };
  const approved = recorded([34, 33, 33], { approval });
  const refused: GrantEvent = {
    type: 'PaymentRefused.v1',
    data: {
      proposalId: 'G-1~P-1',
      grantId: 'G-1',
      paymentId: 'P-1',
      refusedBy: 'officer-2',
      reason: 'Pièces manquantes',
    },
  };

  it('is proposed and not yet paid', () => {
    givenGrant(awarded()).when(pay(), threshold).then(proposed);
    givenGrant(awarded({ amountCents: 100 }), proposed)
      .when(pay({ paymentId: 'P-2', amountCents: 99 }), threshold)
      .then(recorded([33, 33, 33], { paymentId: 'P-2' }));
  });

  it('at the threshold needs nobody else', () => {
    givenGrant(awarded())
      .when(pay(), schemeOf(schemeOpened({ approvalThresholdCents: 100 })))
      .then(recorded());
  });

  it('is refused at once when it may not be paid', () => {
    givenGrant(awarded({ amountCents: 99 }))
      .when(pay(), threshold)
      .rejects('PAYMENT_EXCEEDS_GRANT');
  });

  it('needs approval from a controller too', () => {
    const { data } = only('PaymentProposed.v1', givenGrant(awarded()).when(pay({ by: CONTROLLER }), threshold));
    expect(data.proposedBy).toBe(CONTROLLER.actor);
  });

  it('approved by someone else is recorded, with both names', () => {
    givenGrant(awarded(), proposed).when(approve(), threshold).then(approved);
  });

  it('is split when it is approved, by what was borne then (R9)', () => {
    const { data } = only(
      'PaymentRecorded.v1',
      givenGrant(awarded(), proposed).when(approve(), { ...threshold, ...borne(34, 33, 34) }),
    );
    expect([data.shares, data.split.seenCents]).toEqual([shares(33, 34, 33), [34, 33, 34]]);
  });

  it('is never approved by who proposed it', () => {
    givenGrant(awarded(), proposed)
      .when(approve(OFFICER), threshold)
      .rejects('SELF_APPROVAL', { proposalId: 'G-1~P-1' });
    givenGrant(awarded(), { ...proposed, data: { ...proposed.data, proposedBy: CONTROLLER.actor } })
      .when(approve(CONTROLLER), threshold)
      .rejects('SELF_APPROVAL');
  });

  it('may be refused by someone else or withdrawn by who proposed it, with a reason', () => {
    givenGrant(awarded(), proposed).when(refuse(), threshold).then(refused);
    givenGrant(awarded(), proposed)
      .when(refuse(OFFICER), threshold)
      .then({ ...refused, data: { ...refused.data, refusedBy: OFFICER.actor } });
    const { reason: _, ...withoutReason } = refuse();
    givenGrant(awarded(), proposed).when(withoutReason, threshold).rejects('REFUSAL_REASON_REQUIRED');
  });

  it('is decided once: the same decision again records nothing, the other is refused (R3)', () => {
    givenGrant(awarded(), proposed, approved).when(approve(), threshold).thenNothing();
    givenGrant(awarded(), proposed, approved)
      .when(refuse(), threshold)
      .rejects('PROPOSAL_ALREADY_DECIDED', { proposalId: 'G-1~P-1' });
    givenGrant(awarded(), proposed, refused).when(refuse(), threshold).thenNothing();
    givenGrant(awarded(), proposed, refused).when(approve(), threshold).rejects('PROPOSAL_ALREADY_DECIDED');
  });

  it('is decided for one reason: the same decision for another one is refused, not passed over in silence (R3)', () => {
    const reason = 'Deux conventions distinctes';
    const data = { proposalId: 'G-1~P-1', grantId: 'G-1', paymentId: 'P-1', givenBy: OTHER_OFFICER.actor, reason };
    const given: GrantEvent = { type: 'ApprovalReasonGiven.v1', data };
    givenGrant(awarded(), proposed, given, approved)
      .when({ ...approve(), reason }, threshold)
      .thenNothing();
    givenGrant(awarded(), proposed, given, approved).when(approve(), threshold).rejects('PROPOSAL_ALREADY_DECIDED');
    givenGrant(awarded(), proposed, approved)
      .when({ ...approve(), reason }, threshold)
      .rejects('PROPOSAL_ALREADY_DECIDED');
    givenGrant(awarded(), proposed, refused)
      .when({ ...refuse(), reason }, threshold)
      .rejects('PROPOSAL_ALREADY_DECIDED');
  });

  it('proposed again records nothing, before and after the decision; proposed otherwise it is refused (R3)', () => {
    for (const history of [[], [approved], [refused]]) {
      givenGrant(awarded(), proposed, ...history)
        .when(pay(), threshold)
        .thenNothing();
      givenGrant(awarded(), proposed, ...history)
        .when(pay({ amountCents: 101 }), threshold)
        .rejects('PAYMENT_ID_REUSED');
    }
  });

  it('is decided only if it was proposed', () => {
    for (const decision of [approve(), refuse()]) {
      givenGrant(awarded()).when(decision, threshold).rejects('PROPOSAL_UNKNOWN', { proposalId: 'G-1~P-1' });
      givenGrant(awarded(), recorded()).when(decision, threshold).rejects('PROPOSAL_UNKNOWN');
    }
    expect(() => fold(grantDecider, [awarded(), refused])).toThrow(CorruptHistory);
  });

  it('must still be payable when it is approved (R14–R19)', () => {
    const other = recorded([33_300, 33_300, 33_300], { paymentId: 'P-2' });
    givenGrant(awarded(), proposed, other, recorded([1, 0, 0], { paymentId: 'P-3' }))
      .when(approve(), threshold)
      .rejects('PAYMENT_EXCEEDS_GRANT', { remainingCents: 99 });
    givenGrant(awarded(), proposed, recorded([1, 0, 0], { paymentId: 'P-2', instalment: 'balance' }))
      .when(approve(), threshold)
      .rejects('BALANCE_ALREADY_PAID');
    givenGrant(awarded(), proposed)
      .when(approve(), { ...threshold, ...closedExercices(2010) })
      .rejects('EXERCICE_CLOSED');
    givenGrant(awarded(), proposed)
      .when(approve(), { ...threshold, grantOfPayment: () => 'G-9' })
      .rejects('PAYMENT_ID_REUSED', { grantId: 'G-9' });
    givenGrant(awarded(), proposed)
      .when(approve(), { ...threshold, similarPayment: () => elsewhere })
      .rejects('POSSIBLE_DOUBLE');
  });

  describe('and over a ceiling that blocks (R19)', () => {
    const ceiling = schemeOf(schemeOpened(), ceilingSet(99, 'block'));
    const overCeiling: PaymentProposed = {
      ...proposed,
      data: { ...proposed.data, because: 'over-ceiling', overrideReason: 'Délibération à venir' },
    };

    it('is approved by someone who has the role', () => {
      givenGrant(awarded(), overCeiling)
        .when(approve(CONTROLLER), ceiling)
        .then(
          recorded([34, 33, 33], {
            overrideReason: 'Délibération à venir',
            warnings: [
              { code: 'CEILING_EXCEEDED', mode: 'block', ceilingCents: 99, overByCents: 1, overriddenAs: 'controller' },
            ],
            approval: { ...approval, approvedBy: CONTROLLER.actor },
          }),
        );
    });

    it('is not approved by someone who has not', () => {
      givenGrant(awarded(), overCeiling)
        .when(approve(), ceiling)
        .rejects('CEILING_EXCEEDED', { ceilingCents: 99, overByCents: 1 });
    });

    it('is not approved without a reason', () => {
      givenGrant(awarded(), proposed).when(approve(CONTROLLER), ceiling).rejects('CEILING_EXCEEDED');
    });
  });
});

describe('the table of rejections', () => {
  it('is provoked here for what is about payments', () => {
    expect([...provokedCodes]).toEqual(expect.arrayContaining([...codesOf('payment')]));
  });
});
