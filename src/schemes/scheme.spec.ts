/** What the ledger promises about a scheme: who funds it under which key (R8), how much a year may take (R19), until when. */

import * as fc from 'fast-check';
import { CorruptHistory, fold } from '#libs/decider/decider';
import { attempt, given, provokedCodes } from '#libs/decider/given';
import { Rejection } from '#libs/decider/rejection';
import {
  schemeDecider,
  type AgreeSplitKey,
  type CloseScheme,
  type OpenScheme,
  type SchemeCommand,
  type SchemeTerms,
  type SetCeiling,
} from './scheme.decider.js';
import type { CeilingSet, SchemeClosed, SchemeEvent, SchemeOpened, SplitKeyAgreed } from './scheme.events.js';
import { schemeRejections } from './scheme.rejections.js';
import { keyAtAward, keyOfPayment, keyOfVersion, type OpenedScheme } from './scheme.state.js';

const key = (...weights: readonly number[]) =>
  ['region', 'seine-maritime', 'eure']
    .slice(0, weights.length)
    .map((funderId, i) => ({ funderId, weight: weights[i]! }));

const INSERTION = {
  schemeId: 'insertion',
  name: 'Aide à l’insertion',
  beneficiaryKind: 'enterprise',
  payer: 'region',
  splitKey: key(1, 1, 1),
  openedOn: '2004-01-01',
} as const;
const TIE_ORDER = ['region', 'seine-maritime', 'eure'];
const KEY_OF_2011 = {
  schemeId: 'insertion',
  splitKey: key(2, 1, 1),
  effectiveFrom: '2011-01-01',
  appliesTo: 'all-payments',
  act: 'Avenant 2011',
} as const;
const CEILING = { schemeId: 'insertion', exercice: 2010, amountCents: 50_000, mode: 'block', act: 'BP 2010' } as const;
const CLOSING = { schemeId: 'insertion', closedOn: '2015-12-31', reason: 'Dénonciation' } as const;

const open = (other: Partial<OpenScheme> = {}): OpenScheme => ({ type: 'OpenScheme', ...INSERTION, ...other });
const agree = (other: Partial<AgreeSplitKey> = {}): AgreeSplitKey => ({
  type: 'AgreeSplitKey',
  ...KEY_OF_2011,
  ...other,
});
const setCeiling = (other: Partial<SetCeiling> = {}): SetCeiling => ({ type: 'SetCeiling', ...CEILING, ...other });
const close = (other: Partial<CloseScheme> = {}): CloseScheme => ({ type: 'CloseScheme', ...CLOSING, ...other });

const opened = (other: Partial<SchemeOpened['data']> = {}): SchemeOpened => ({
  type: 'SchemeOpened.v1',
  data: { ...INSERTION, tieOrder: TIE_ORDER, graceDays: 0, ...other },
});
const agreed = (other: Partial<SplitKeyAgreed['data']> = {}): SplitKeyAgreed => ({
  type: 'SplitKeyAgreed.v1',
  data: { ...KEY_OF_2011, version: 2, tieOrder: TIE_ORDER, ...other },
});
const ceilingSet = (other: Partial<CeilingSet['data']> = {}): CeilingSet => ({
  type: 'CeilingSet.v1',
  data: { ...CEILING, ...other },
});
const closed: SchemeClosed = { type: 'SchemeClosed.v1', data: CLOSING };

/** Four registered funders, nothing signed, nothing paid. */
const terms = (other: Partial<SchemeTerms> = {}): SchemeTerms => ({
  isFunder: (funderId) => [...TIE_ORDER, 'calvados'].includes(funderId),
  lastPaidOn: () => undefined,
  lastSignedOn: () => undefined,
  contributionsBinding: () => undefined,
  ...other,
});

const on = (day: string) => () => day;

/** Binds the key of one scheme from one day on: its first weight is 2. */
const contributionsBinding: SchemeTerms['contributionsBinding'] = (schemeId, from) =>
  schemeId === 'insertion' && from === '2011-01-01'
    ? { contractId: 'contrat-276', isFollowedBy: (parts) => parts[0]!.weight === 2 }
    : undefined;

const givenScheme = (...history: readonly SchemeEvent[]) => ({
  when: (command: SchemeCommand, other: Partial<SchemeTerms> = {}) =>
    given(schemeDecider, ...history).when(command, terms(other)),
});

describe('opening a scheme', () => {
  it('fixes its payer, its first key, and the key’s own order for level funders (R8, R9)', () => {
    givenScheme().when(open()).then(opened());
  });

  it('may draw another order, an approval threshold and days of grace (R9, R16, R28)', () => {
    const drawn = {
      tieOrder: ['eure', 'region', 'seine-maritime'],
      approvalThresholdCents: 2_300_000,
      graceDays: 60,
      axisId: 'axe-4',
    };
    givenScheme().when(open(drawn)).then(opened(drawn));
  });

  it('may be funded by one alone, or by unequal weights (R8)', () => {
    givenScheme()
      .when(open({ splitKey: key(1) }))
      .then(opened({ splitKey: key(1), tieOrder: ['region'] }));
    givenScheme()
      .when(open({ splitKey: key(51, 35, 14) }))
      .then(opened({ splitKey: key(51, 35, 14) }));
  });

  it('again with the same content records nothing, the defaults said or not (R3)', () => {
    givenScheme(opened()).when(open()).thenNothing();
    givenScheme(opened())
      .when(open({ tieOrder: TIE_ORDER, graceDays: 0 }))
      .thenNothing();
    givenScheme(opened(), agreed(), ceilingSet(), closed).when(open()).thenNothing();
  });

  it.each([
    { name: 'Insertion' },
    { payer: 'eure' },
    { splitKey: key(2, 1, 1) },
    { tieOrder: TIE_ORDER.toReversed() },
    { openedOn: '2007-01-01' },
    { approvalThresholdCents: 1 },
    { graceDays: 1 },
    { beneficiaryKind: 'association' },
  ] as const)('again with another content is refused: %j (R3)', (other) => {
    givenScheme(opened()).when(open(other)).rejects('SCHEME_ID_REUSED', { schemeId: 'insertion' });
  });

  it('needs registered funders (R26)', () => {
    const splitKey = [...key(1, 1), { funderId: 'orne', weight: 1 }];
    givenScheme().when(open({ splitKey })).rejects('SCHEME_FUNDER_UNKNOWN', { funderId: 'orne' });
  });

  it('has its payer in the key, the first one and every later one (R8)', () => {
    givenScheme()
      .when(open({ payer: 'manche' }))
      .rejects('PAYER_OUTSIDE_KEY', { payer: 'manche' });
    givenScheme(opened())
      .when({ ...agree(), splitKey: [{ funderId: 'eure', weight: 1 }] })
      .rejects('PAYER_OUTSIDE_KEY', { payer: 'region' });
  });

  it('names a funder once in the key (R8)', () => {
    givenScheme()
      .when(open({ splitKey: [...key(1, 1), { funderId: 'region', weight: 1 }] }))
      .rejects('SPLIT_KEY_FUNDER_TWICE', { funderId: 'region' });
  });

  it.each([
    { tieOrder: ['region', 'eure'] },
    { tieOrder: ['region', 'eure', 'eure'] },
    { tieOrder: ['region', 'eure', 'calvados'] },
    { tieOrder: [...TIE_ORDER, 'calvados'] },
  ])('draws an order of exactly the funders of the key: not %j (R9)', ({ tieOrder }) => {
    givenScheme().when(open({ tieOrder })).rejects('TIE_ORDER_MISMATCH', { schemeId: 'insertion' });
  });
});

describe('agreeing a split key (R8)', () => {
  it('gives it the next version and keeps the order drawn at the opening', () => {
    givenScheme(opened()).when(agree()).then(agreed());
    const third = { effectiveFrom: '2012-01-01', act: 'Avenant 2012' };
    givenScheme(opened(), agreed())
      .when(agree(third))
      .then(agreed({ ...third, version: 3 }));
  });

  it('puts a funder that it brings in at the end of the order, for good (R9)', () => {
    const splitKey = [{ funderId: 'calvados', weight: 1 }, ...key(1, 1)];
    const tieOrder = [...TIE_ORDER, 'calvados'];
    givenScheme(opened()).when(agree({ splitKey })).then(agreed({ splitKey, tieOrder }));
    const third = { effectiveFrom: '2012-01-01', act: 'Avenant 2012' };
    givenScheme(opened(), agreed({ splitKey, tieOrder }))
      .when(agree(third))
      .then(agreed({ ...third, version: 3, tieOrder }));
  });

  it('needs an open scheme, on the day of effect too (R14)', () => {
    givenScheme().when(agree()).rejects('SCHEME_UNKNOWN', { schemeId: 'insertion' });
    givenScheme(opened(), closed)
      .when(agree({ effectiveFrom: '2016-01-01' }))
      .rejects('SCHEME_CLOSED', { schemeId: 'insertion', closedOn: '2015-12-31' });
    givenScheme(opened(), closed)
      .when(agree({ effectiveFrom: '2015-12-31' }))
      .then(agreed({ effectiveFrom: '2015-12-31' }));
  });

  it('needs registered funders, each once', () => {
    givenScheme(opened())
      .when(agree({ splitKey: [{ funderId: 'orne', weight: 1 }] }))
      .rejects('SCHEME_FUNDER_UNKNOWN', { funderId: 'orne' });
    givenScheme(opened())
      .when(agree({ splitKey: [...key(1), ...key(1)] }))
      .rejects('SPLIT_KEY_FUNDER_TWICE', { funderId: 'region' });
  });

  it.each(['2010-12-31', '2011-01-01'])('takes effect after the key before it: not on %s', (effectiveFrom) => {
    givenScheme(opened(), agreed())
      .when(agree({ effectiveFrom, act: 'Avenant bis' }))
      .rejects('SPLIT_KEY_OUT_OF_ORDER', { lastOn: '2011-01-01' });
  });

  it('takes effect after the opening', () => {
    givenScheme(opened())
      .when(agree({ effectiveFrom: '2004-01-01' }))
      .rejects('SPLIT_KEY_OUT_OF_ORDER', { lastOn: '2004-01-01' });
  });

  it('is never retroactive: one for all payments comes after the last day paid', () => {
    const lastPaidOn = on('2011-01-01');
    givenScheme(opened()).when(agree(), { lastPaidOn }).rejects('SPLIT_KEY_RETROACTIVE', { lastOn: '2011-01-01' });
    givenScheme(opened())
      .when(agree({ effectiveFrom: '2011-01-02' }), { lastPaidOn })
      .then(agreed({ effectiveFrom: '2011-01-02' }));
  });

  it('is never retroactive: one for new grants comes after the last agreement signed', () => {
    const lastSignedOn = on('2011-01-01');
    const newGrants = { appliesTo: 'new-grants' } as const;
    givenScheme(opened())
      .when(agree(newGrants), { lastSignedOn })
      .rejects('SPLIT_KEY_RETROACTIVE', { lastOn: '2011-01-01' });
    givenScheme(opened())
      .when(agree({ ...newGrants, effectiveFrom: '2011-01-02' }), { lastSignedOn })
      .then(agreed({ ...newGrants, effectiveFrom: '2011-01-02' }));
  });

  it('for new grants may come before payments, and for all payments before agreements', () => {
    givenScheme(opened())
      .when(agree({ appliesTo: 'new-grants' }), { lastPaidOn: on('2012-01-01') })
      .then(agreed({ appliesTo: 'new-grants' }));
    givenScheme(opened())
      .when(agree(), { lastSignedOn: on('2012-01-01') })
      .then(agreed());
  });

  it('follows the contributions of the contract that the scheme is attached to by the contract’s key', () => {
    givenScheme(opened()).when(agree(), { contributionsBinding }).then(agreed());
    givenScheme(opened())
      .when(agree({ splitKey: key(3, 1, 1) }), { contributionsBinding })
      .rejects('SPLIT_KEY_NOT_THE_CONTRACTS', { schemeId: 'insertion', contractId: 'contrat-276' });
  });

  it('again by the same act with the same content records nothing, even late (R3)', () => {
    givenScheme(opened(), agreed()).when(agree()).thenNothing();
    const third = agreed({ version: 3, effectiveFrom: '2012-01-01', act: 'Avenant 2012' });
    givenScheme(opened(), agreed(), third, closed)
      .when(agree(), { lastPaidOn: on('2012-06-30') })
      .thenNothing();
  });

  it.each([
    { splitKey: key(1, 2, 1) },
    { splitKey: key(2, 1, 1).toReversed() },
    { effectiveFrom: '2011-01-02' },
    { appliesTo: 'new-grants' },
  ] as const)('again by the same act with another content is refused: %j (R3)', (other) => {
    givenScheme(opened(), agreed())
      .when(agree(other))
      .rejects('SPLIT_KEY_ACT_REUSED', { schemeId: 'insertion', act: 'Avenant 2011' });
  });
});

describe('the key in force (R8)', () => {
  const scheme = fold(schemeDecider, [
    opened(),
    agreed({ version: 2, effectiveFrom: '2010-01-01', appliesTo: 'new-grants', act: 'A2' }),
    agreed({ version: 3, effectiveFrom: '2011-01-01', appliesTo: 'all-payments', act: 'A3' }),
    agreed({ version: 4, effectiveFrom: '2012-01-01', appliesTo: 'new-grants', act: 'A4' }),
  ]) as OpenedScheme;

  it.each([
    ['2003-12-31', 1],
    ['2009-12-31', 1],
    ['2010-01-01', 2],
    ['2011-06-30', 3],
    ['2012-01-01', 4],
  ])('of a grant whose agreement was signed on %s is version %d', (signedOn, version) => {
    expect(keyAtAward(scheme, signedOn).version).toBe(version);
  });

  it.each([
    [1, '2009-12-31', 1],
    [1, '2010-06-30', 1],
    [1, '2010-12-31', 1],
    [1, '2011-01-01', 3],
    [2, '2010-06-30', 2],
    [2, '2012-06-30', 3],
    [3, '2012-06-30', 3],
    [4, '2012-06-30', 4],
  ])('of a payment, of a grant under version %d, paid on %s, is version %d', (grantKey, paidOn, version) => {
    expect(keyOfPayment(scheme, grantKey, paidOn).version).toBe(version);
  });

  it('has been agreed', () => {
    expect(() => keyOfVersion(scheme, 5)).toThrow(CorruptHistory);
  });

  it('knows each funder’s rank in the order drawn, whatever the order of its parts (R9)', () => {
    const drawn = opened({ tieOrder: ['eure', 'seine-maritime', 'region'] });
    expect((fold(schemeDecider, [drawn]) as OpenedScheme).keys[0]!.tieRank).toEqual([2, 1, 0]);
  });
});

describe('setting a ceiling (R19)', () => {
  it('says how much an exercice may take, and whether more blocks or warns', () => {
    givenScheme(opened()).when(setCeiling()).then(ceilingSet());
    givenScheme(opened())
      .when(setCeiling({ mode: 'warn' }))
      .then(ceilingSet({ mode: 'warn' }));
  });

  it('by another act replaces it, for its exercice alone', () => {
    const raised = ceilingSet({ amountCents: 60_000, act: 'DM 2010' });
    const next = ceilingSet({ exercice: 2011, act: 'BP 2011' });
    givenScheme(opened(), ceilingSet())
      .when(setCeiling({ amountCents: 60_000, act: 'DM 2010' }))
      .then(raised);
    const { ceilings } = fold(schemeDecider, [opened(), ceilingSet(), next, raised]) as OpenedScheme;
    expect([ceilings.get(2010), ceilings.get(2011)]).toEqual([raised.data, next.data]);
  });

  it('needs a scheme', () => {
    givenScheme().when(setCeiling()).rejects('SCHEME_UNKNOWN', { schemeId: 'insertion' });
  });

  it('again by the same act records nothing, and does not bring an older ceiling back (R3)', () => {
    const raised = ceilingSet({ amountCents: 60_000, act: 'DM 2010' });
    givenScheme(opened(), ceilingSet()).when(setCeiling()).thenNothing();
    givenScheme(opened(), ceilingSet(), raised).when(setCeiling()).thenNothing();
  });

  it('again by the same act with another content is refused, even late (R3)', () => {
    const raised = ceilingSet({ amountCents: 60_000, act: 'DM 2010' });
    for (const history of [[ceilingSet()], [ceilingSet(), raised]])
      givenScheme(opened(), ...history)
        .when(setCeiling({ mode: 'warn' }))
        .rejects('CEILING_ACT_REUSED', { schemeId: 'insertion', exercice: 2010, act: 'BP 2010' });
  });

  it('by one act may set the ceilings of several exercices', () => {
    givenScheme(opened(), ceilingSet())
      .when(setCeiling({ exercice: 2011 }))
      .then(ceilingSet({ exercice: 2011 }));
  });
});

describe('closing a scheme (R14)', () => {
  it('names the last day that a payment may be dated', () => {
    givenScheme(opened()).when(close()).then(closed);
  });

  it('needs a scheme, that was open by then', () => {
    givenScheme().when(close()).rejects('SCHEME_UNKNOWN', { schemeId: 'insertion' });
    givenScheme(opened())
      .when(close({ closedOn: '2003-12-31' }))
      .rejects('SCHEME_NOT_YET_OPEN', { openedOn: '2004-01-01' });
    givenScheme(opened())
      .when(close({ closedOn: '2004-01-01' }))
      .then({ ...closed, data: { ...CLOSING, closedOn: '2004-01-01' } });
  });

  it('again with the same content records nothing, with another is refused (R3)', () => {
    givenScheme(opened(), closed).when(close()).thenNothing();
    givenScheme(opened(), closed)
      .when(close({ closedOn: '2016-12-31' }))
      .rejects('SCHEME_CLOSED', { closedOn: '2015-12-31' });
  });
});

describe('a history', () => {
  it('starts with the opening', () => {
    for (const event of [agreed(), ceilingSet(), closed])
      expect(() => fold(schemeDecider, [event])).toThrow(CorruptHistory);
  });

  it('of any accepted commands: each of them again, in any order, records nothing (R3)', () => {
    const commands: fc.Arbitrary<SchemeCommand> = fc.oneof(
      fc.record({ splitKey: fc.constantFrom(key(1, 1, 1), key(2, 1, 1), key(1, 1)), year: fc.nat(5) }).map((asked) =>
        agree({
          splitKey: asked.splitKey,
          effectiveFrom: `${2008 + asked.year}-01-01`,
          act: `Avenant ${asked.year}`,
        }),
      ),
      fc
        .record({ exercice: fc.integer({ min: 2008, max: 2010 }), amountCents: fc.integer({ min: 1, max: 3 }) })
        .map((asked) => setCeiling({ ...asked, act: `Acte ${asked.amountCents}` })),
      fc.constant(close()),
    );
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 20, size: 'max' }), (asked) => {
        let scheme = fold(schemeDecider, [opened()]);
        const accepted: SchemeCommand[] = [open()];
        for (const command of asked) {
          const decided = attempt(() => schemeDecider.decide(command, scheme, terms()));
          if (decided instanceof Rejection) continue;
          for (const event of decided) scheme = schemeDecider.evolve(scheme, event);
          accepted.push(command);
        }
        for (const command of accepted) expect(schemeDecider.decide(command, scheme, terms())).toEqual([]);
      }),
    );
  });
});

describe('the table of rejections', () => {
  it('holds the codes provoked above, those of scales (scale.spec.ts), and no others', () => {
    const codes = Object.keys(schemeRejections).filter((code) => !code.startsWith('SCALE_'));
    expect([...provokedCodes].toSorted()).toEqual(codes.toSorted());
  });
});
