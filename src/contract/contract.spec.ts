/** What the ledger promises about a framework contract (domain §1): what is agreed adds up, changes in order, and ends. */

import { CorruptHistory, fold } from '#libs/decider/decider';
import { provokedCodes } from '#libs/decider/given';
import type { KeyPart } from '../schemes/scheme.events.js';
import { unknownScheme } from '../schemes/scheme.state.js';
import { contractDecider, ROUNDING_OF_AN_AXIS_CENTS } from './contract.decider.js';
import type { ContractEvent } from './contract.events.js';
import {
  AGREED,
  amend,
  amended,
  attach,
  attached,
  AXES,
  conclude,
  concluded,
  cperNoted,
  denounce,
  denounced,
  detach,
  detached,
  givenContract,
  keyOf,
  noteCper,
  PARTIES,
  schemeWith,
  sharesOf,
  sign,
  signed,
} from './contract.examples.js';
import { contractRejections } from './contract.rejections.js';
import {
  attachedOn as attachedOnDay,
  contractOfScheme,
  cperPartsOn,
  contributionsBinding,
  followsContributions,
  keyOfContributions,
  termsOn,
  type SignedContract,
} from './contract.state.js';

const stateOf = (...history: readonly ContractEvent[]) =>
  fold(contractDecider, [signed(), ...history]) as SignedContract;

/** The parties with another contribution of the region. */
const withRegion = (contributionCents: number) => [{ ...PARTIES[0]!, contributionCents }, ...PARTIES.slice(1)];
const withFirstAxis = (budgetCents: number) => [{ ...AXES[0]!, budgetCents }, ...AXES.slice(1)];

const nextOn = (amendedOn: string) =>
  amend({ amendmentId: 'avenant-2', amendedOn, period: { from: '2007-01-01', to: '2015-12-31' } });

const withoutAxis = (axisId: string) => {
  const budgetCents = AXES.find((axis) => axis.axisId === axisId)!.budgetCents;
  const rest = AXES.filter((axis) => axis.axisId !== axisId);
  return amend({
    axes: rest.map((axis, i) => (i === 0 ? { ...axis, budgetCents: axis.budgetCents + budgetCents } : axis)),
  });
};

/** The scheme agrees another key, in step with a larger contribution of the region, from this day on. */
const agreedFrom = (effectiveFrom: string) => ({
  scheme: () =>
    schemeWith(keyOf(49_100, 33_684, 13_834), {
      type: 'SplitKeyAgreed.v1',
      data: {
        schemeId: 'operations',
        version: 2,
        splitKey: keyOf(49_110, 33_684, 13_834),
        tieOrder: PARTIES.map((party) => party.funderId),
        effectiveFrom,
        appliesTo: 'new-grants',
        act: 'Avenant',
      },
    }),
});

const secondPays = (amountCents: number, axisId = 'axe-1') =>
  conclude({ subContractId: 'pays-2', amountCents, axisId });

const keyed = (...weights: readonly number[]) => ({ scheme: () => schemeWith(keyOf(...weights)) });

const attachOn = (day: string) => attach({ act: 'Annexe 3', attachedOn: day });

const axesOn = (contract: SignedContract, day: string) => attachedOnDay(contract, day).map(({ axisId }) => axisId);

describe('signing a contract', () => {
  it('makes the envelope of the contributions and keeps the gap of the rounded axes: 20 000 € in the contrat 276', () => {
    givenContract().when(sign()).then(signed());
    expect(AGREED).toEqual({ envelopeCents: 96_618_000_000, axesGapCents: 2_000_000 });
  });

  it('again with the same content records nothing, after an amendment too (R3)', () => {
    givenContract(signed()).when(sign()).thenNothing();
    givenContract(signed(), amended(), denounced()).when(sign()).thenNothing();
  });

  it.each([
    { name: 'Contrat' },
    { signedOn: '2007-03-02' },
    { period: { from: '2007-01-01', to: '2014-12-31' } },
    { parties: withRegion(49_100_000_001) },
    { axes: withFirstAxis(15_500_000_001) },
    { act: 'Autre' },
  ])('again with another content is refused: %j (R3)', (other) => {
    givenContract(signed()).when(sign(other)).rejects('CONTRACT_ID_REUSED', { contractId: 'contrat-276' });
  });

  it('takes axes that are off by 0.05 M€ each, in both directions, and not by a cent more', () => {
    const most = AXES.length * ROUNDING_OF_AN_AXIS_CENTS;
    expect(most).toBe(20_000_000);
    const tooMuch = AGREED.envelopeCents + most - (96_620_000_000 - 15_500_000_000);
    const tooLittle = AGREED.envelopeCents - most - (96_620_000_000 - 15_500_000_000);
    givenContract()
      .when(sign({ axes: withFirstAxis(tooMuch) }))
      .then(signed({ axes: withFirstAxis(tooMuch), axesGapCents: most }));
    givenContract()
      .when(sign({ axes: withFirstAxis(tooLittle) }))
      .then(signed({ axes: withFirstAxis(tooLittle), axesGapCents: -most }));
    for (const cents of [tooMuch + 1, tooLittle - 1])
      givenContract()
        .when(sign({ axes: withFirstAxis(cents) }))
        .rejects('AXES_DO_NOT_MATCH', { envelopeCents: AGREED.envelopeCents, explainedCents: most });
  });

  it('needs registered parties, each once, each with a département of its own', () => {
    const parties = [...PARTIES.slice(0, 2), { funderId: 'orne', contributionCents: 13_834_000_000 }];
    givenContract().when(sign({ parties })).rejects('CONTRACT_FUNDER_UNKNOWN', { funderId: 'orne' });
    givenContract()
      .when(sign({ parties: [...PARTIES, PARTIES[0]!] }))
      .rejects('CONTRACT_PARTY_TWICE', { id: 'region' });
    givenContract()
      .when(sign({ parties: [...PARTIES, { funderId: 'calvados', contributionCents: 1, departement: '27' }] }))
      .rejects('CONTRACT_DEPARTEMENT_TWICE', { id: '27' });
  });

  it('names an axis once', () => {
    givenContract()
      .when(sign({ axes: [...AXES, AXES[3]!] }))
      .rejects('CONTRACT_AXIS_TWICE', { id: 'axe-4' });
  });

  it('is for a period that runs forward, of a day that has come', () => {
    givenContract()
      .when(sign({ period: { from: '2007-01-02', to: '2007-01-01' } }))
      .rejects('CONTRACT_PERIOD_BACKWARDS');
    givenContract().when(sign(), { today: '2007-02-28' }).rejects('CONTRACT_DATED_IN_FUTURE', { on: '2007-03-01' });
  });
});

describe('amending a contract', () => {
  const larger = { parties: withRegion(49_110_000_000), axes: withFirstAxis(15_510_000_000) };

  it('states everything anew, with its envelope and its gap', () => {
    givenContract(signed()).when(amend()).then(amended());
    givenContract(signed())
      .when(amend(larger))
      .then(amended({ ...larger, envelopeCents: 96_628_000_000 }));
    expect(stateOf(amended({ ...larger, envelopeCents: 96_628_000_000 })).terms.envelopeCents).toBe(96_628_000_000);
  });

  it('needs a contract', () => {
    givenContract().when(amend()).rejects('CONTRACT_UNKNOWN', { contractId: 'contrat-276' });
  });

  it('again records nothing, after a later one too; another content under its id is refused (R3)', () => {
    const later = amended({ amendmentId: 'avenant-2', amendedOn: '2012-01-02' });
    givenContract(signed(), amended(), later, denounced()).when(amend()).thenNothing();
    givenContract(signed(), amended())
      .when(amend({ act: 'Autre' }))
      .rejects('CONTRACT_AMENDMENT_ID_REUSED', { amendmentId: 'avenant-1' });
  });

  it('changes something', () => {
    const { period, parties, axes } = signed().data;
    givenContract(signed()).when(amend({ period, parties, axes })).rejects('CONTRACT_AMENDMENT_EMPTY');
  });

  it('comes after what it amends, before the denunciation takes effect, not from the future', () => {
    givenContract(signed())
      .when(amend({ amendedOn: '2007-02-28' }))
      .rejects('CONTRACT_DATED_TOO_EARLY', { earliestOn: '2007-03-01' });
    givenContract(signed(), amended())
      .when(nextOn('2010-06-20'))
      .rejects('CONTRACT_DATED_TOO_EARLY', { earliestOn: '2010-06-21' });
    givenContract(signed(), denounced())
      .when(nextOn('2016-01-01'))
      .rejects('CONTRACT_NO_LONGER_IN_FORCE', { effectiveOn: '2015-12-31', on: '2016-01-01' });
    expect(givenContract(signed(), denounced()).when(nextOn('2015-12-31')).events()).toHaveLength(1);
    givenContract(signed()).when(amend(), { today: '2010-06-20' }).rejects('CONTRACT_DATED_IN_FUTURE');
  });

  it('drops no axis on which a scheme or a sub-contract stands', () => {
    givenContract(signed(), attached()).when(withoutAxis('axe-2')).rejects('CONTRACT_AXIS_IN_USE', { axisId: 'axe-2' });
    givenContract(signed(), concluded())
      .when(withoutAxis('axe-1'))
      .rejects('CONTRACT_AXIS_IN_USE', { axisId: 'axe-1' });
    expect(givenContract(signed(), attached(), detached()).when(withoutAxis('axe-2')).events()).toHaveLength(1);
  });

  it('leaves room for the sub-contracts of an axis', () => {
    const axes = [
      { ...AXES[0]!, budgetCents: 249_999_999 },
      { ...AXES[1]!, budgetCents: 48_750_000_001 },
      ...AXES.slice(2),
    ];
    givenContract(signed(), concluded()).when(amend({ axes })).rejects('SUB_CONTRACTS_EXCEED_AXIS', {
      budgetCents: 249_999_999,
      subContractedCents: 250_000_000,
    });
  });

  it('keeps schemes that are split as the contributions are in step with them', () => {
    const other = { ...larger, amendedOn: '2010-06-21' };
    givenContract(signed(), attached()).when(amend(other)).rejects('SPLIT_KEY_DIFFERS', { schemeId: 'operations' });
    expect(
      givenContract(signed(), attached({ splitBy: 'own-key' }))
        .when(amend(other))
        .events(),
    ).toHaveLength(1);
    expect(givenContract(signed(), attached()).when(amend(other), agreedFrom('2010-06-21')).events()).toHaveLength(1);
    givenContract(signed(), attached()).when(amend(other), agreedFrom('2010-06-22')).rejects('SPLIT_KEY_DIFFERS');
  });
});

describe('denouncing a contract', () => {
  it('is a party’s, with the day it takes effect', () => {
    givenContract(signed()).when(denounce()).then(denounced());
    expect(stateOf(denounced())).toMatchObject({ status: 'denounced', denounced: { effectiveOn: '2015-12-31' } });
  });

  it('happens once; again records nothing (R3)', () => {
    givenContract(signed(), denounced()).when(denounce()).thenNothing();
    givenContract(signed(), denounced())
      .when(denounce({ denouncedBy: 'seine-maritime' }))
      .rejects('CONTRACT_ALREADY_DENOUNCED', { denouncedBy: 'eure', denouncedOn: '2015-06-22' });
  });

  it('is no outsider’s, takes no effect before it is said, and is not from the future', () => {
    givenContract(signed())
      .when(denounce({ denouncedBy: 'calvados' }))
      .rejects('CONTRACT_DENOUNCED_BY_OUTSIDER', { denouncedBy: 'calvados' });
    givenContract(signed())
      .when(denounce({ effectiveOn: '2015-06-21' }))
      .rejects('CONTRACT_DATED_TOO_EARLY', { on: '2015-06-21', earliestOn: '2015-06-22' });
    givenContract(signed())
      .when(denounce({ denouncedOn: '2007-02-28' }))
      .rejects('CONTRACT_DATED_TOO_EARLY', { earliestOn: '2007-03-01' });
    givenContract(signed()).when(denounce(), { today: '2015-06-21' }).rejects('CONTRACT_DATED_IN_FUTURE');
    expect(givenContract(signed()).when(denounce(), { today: '2015-06-22' }).events()).toHaveLength(1);
  });
});

describe('concluding a sub-contract', () => {
  it('takes its amount from its axis', () => {
    givenContract(signed()).when(conclude()).then(concluded());
  });

  it('again records nothing; another content under its id is refused (R3)', () => {
    givenContract(signed(), concluded()).when(conclude()).thenNothing();
    givenContract(signed(), concluded())
      .when(conclude({ amountCents: 1 }))
      .rejects('SUB_CONTRACT_ID_REUSED', { subContractId: 'pays-1' });
  });

  it('never exceeds the axis together with the others of that axis', () => {
    const left = 15_500_000_000 - 250_000_000;
    givenContract(signed(), concluded())
      .when(secondPays(left + 1))
      .rejects('SUB_CONTRACTS_EXCEED_AXIS', { budgetCents: 15_500_000_000, subContractedCents: 15_500_000_001 });
    expect(givenContract(signed(), concluded()).when(secondPays(left)).events()).toHaveLength(1);
    expect(givenContract(signed(), concluded()).when(secondPays(33_500_000_000, 'axe-2')).events()).toHaveLength(1);
  });

  it('is within an axis, for a period that runs forward, while the contract is in force', () => {
    givenContract(signed())
      .when(conclude({ axisId: 'axe-5' }))
      .rejects('CONTRACT_AXIS_UNKNOWN', { axisId: 'axe-5' });
    givenContract(signed())
      .when(conclude({ period: { from: '2008-01-02', to: '2008-01-01' } }))
      .rejects('CONTRACT_PERIOD_BACKWARDS');
    givenContract(signed(), denounced())
      .when(conclude({ signedOn: '2016-01-01' }))
      .rejects('CONTRACT_NO_LONGER_IN_FORCE');
    givenContract(signed())
      .when(conclude({ signedOn: '2007-02-28' }))
      .rejects('CONTRACT_DATED_TOO_EARLY');
    givenContract(signed()).when(conclude(), { today: '2008-02-10' }).rejects('CONTRACT_DATED_IN_FUTURE');
  });
});

describe('attaching a scheme', () => {
  it('puts it on an axis, with the version of its key', () => {
    givenContract(signed()).when(attach()).then(attached());
    expect(stateOf(attached()).attached.get('operations')).toMatchObject({ axisId: 'axe-2' });
  });

  it('again records nothing, after the detachment too; another content by its act is refused (R3)', () => {
    givenContract(signed(), attached()).when(attach()).thenNothing();
    givenContract(signed(), attached(), detached()).when(attach()).thenNothing();
    givenContract(signed(), attached())
      .when(attach({ axisId: 'axe-1' }))
      .rejects('CONTRACT_ACT_REUSED', { act: 'Annexe 2' });
  });

  it('is to one axis of one contract at a time', () => {
    givenContract(signed(), attached())
      .when(attach({ act: 'Annexe 3', axisId: 'axe-1' }), { contractOfScheme: () => 'contrat-276' })
      .rejects('SCHEME_ALREADY_ATTACHED', { contractId: 'contrat-276' });
    givenContract(signed())
      .when(attach(), { contractOfScheme: () => 'autre-contrat' })
      .rejects('SCHEME_ALREADY_ATTACHED', { contractId: 'autre-contrat' });
    const again = attach({ act: 'Annexe 3', axisId: 'axe-1', attachedOn: '2009-05-04' });
    expect(givenContract(signed(), attached(), detached()).when(again).events()).toHaveLength(1);
  });

  it('by the contract’s key needs a key in proportion to the contributions (R8)', () => {
    expect(
      givenContract(signed())
        .when(attach(), keyed(24_550, 16_842, 6_917))
        .events(),
    ).toHaveLength(1);
    for (const weights of [
      [1, 1, 1],
      [51, 35, 14],
      [24_550, 16_842, 6_918],
      [24_550, 16_842],
    ])
      givenContract(signed())
        .when(attach(), keyed(...weights))
        .rejects('SPLIT_KEY_DIFFERS', { schemeId: 'operations', contractId: 'contrat-276' });
    for (const weights of [[1, 1, 1], [51, 35, 14], [1]])
      givenContract(signed())
        .when(attach({ splitBy: 'own-key' }), keyed(...weights))
        .then(attached({ splitBy: 'own-key' }));
  });

  it('may be to a sub-contract of that axis', () => {
    const within = { axisId: 'axe-1', subContractId: 'pays-1', attachedOn: '2008-02-11' };
    givenContract(signed(), concluded()).when(attach(within)).then(attached(within));
    givenContract(signed(), concluded())
      .when(attach({ ...within, axisId: 'axe-2' }))
      .rejects('SUB_CONTRACT_UNKNOWN', { subContractId: 'pays-1' });
    givenContract(signed()).when(attach(within)).rejects('SUB_CONTRACT_UNKNOWN');
    givenContract(signed(), concluded())
      .when(attach({ ...within, attachedOn: '2008-02-10' }))
      .rejects('CONTRACT_DATED_TOO_EARLY', { earliestOn: '2008-02-11' });
  });

  it('needs a scheme and an axis', () => {
    givenContract(signed())
      .when(attach(), { scheme: () => unknownScheme })
      .rejects('ATTACHED_SCHEME_UNKNOWN', { schemeId: 'operations' });
    givenContract(signed())
      .when(attach({ axisId: 'axe-5' }))
      .rejects('CONTRACT_AXIS_UNKNOWN');
  });

  it('is dated after the signing and the last detachment, while the contract is in force', () => {
    givenContract(signed())
      .when(attachOn('2007-02-28'))
      .rejects('CONTRACT_DATED_TOO_EARLY', { earliestOn: '2007-03-01' });
    givenContract(signed(), attached(), detached())
      .when(attachOn('2009-05-03'))
      .rejects('CONTRACT_DATED_TOO_EARLY', { earliestOn: '2009-05-04' });
    givenContract(signed(), denounced()).when(attachOn('2016-01-01')).rejects('CONTRACT_NO_LONGER_IN_FORCE');
    givenContract(signed()).when(attachOn('2016-02-01')).rejects('CONTRACT_DATED_IN_FUTURE');
  });
});

describe('detaching a scheme', () => {
  it('takes it from its axis, after the denunciation too', () => {
    givenContract(signed(), attached()).when(detach()).then(detached());
    givenContract(signed(), attached(), denounced())
      .when(detach({ detachedOn: '2016-01-04' }))
      .then(detached({ detachedOn: '2016-01-04' }));
    expect(stateOf(attached(), detached()).attached.size).toBe(0);
  });

  it('again records nothing, once attached anew too; another content by its act is refused (R3)', () => {
    const anew = attached({ act: 'Annexe 3', attachedOn: '2010-01-04' });
    givenContract(signed(), attached(), detached(), anew).when(detach()).thenNothing();
    givenContract(signed(), attached(), detached())
      .when(detach({ reason: 'autre' }))
      .rejects('CONTRACT_ACT_REUSED');
  });

  it('needs an attachment that is earlier', () => {
    givenContract(signed()).when(detach()).rejects('SCHEME_NOT_ATTACHED', { schemeId: 'operations' });
    givenContract(signed(), attached())
      .when(detach({ detachedOn: '2007-02-28' }))
      .rejects('CONTRACT_DATED_TOO_EARLY', { earliestOn: '2007-03-01' });
    givenContract(signed(), attached()).when(detach(), { today: '2009-05-03' }).rejects('CONTRACT_DATED_IN_FUTURE');
  });
});

describe('noting a CPER part', () => {
  it('splits it as the grant is planned to be borne, to the cent', () => {
    givenContract(signed(), attached()).when(noteCper()).then(cperNoted());
    givenContract(signed(), attached())
      .when(noteCper({ cperCents: 99 }))
      .then(cperNoted({ cperCents: 99, shares: sharesOf(50, 35, 14) }));
    givenContract(signed(), attached())
      .when(noteCper({ cperCents: 100 }))
      .then(cperNoted({ cperCents: 100, shares: sharesOf(51, 35, 14) }));
  });

  it('takes it back with 0', () => {
    givenContract(signed(), attached(), cperNoted())
      .when(noteCper({ cperCents: 0, act: 'CPER, avenant' }))
      .then(cperNoted({ cperCents: 0, act: 'CPER, avenant', shares: sharesOf(0, 0, 0) }));
  });

  it('again records nothing, after a later note too; another content by its act is refused (R3)', () => {
    const later = cperNoted({ cperCents: 10, act: 'CPER, avenant', notedOn: '2009-01-05' });
    givenContract(signed(), attached(), cperNoted(), later).when(noteCper()).thenNothing();
    givenContract(signed(), attached(), cperNoted())
      .when(noteCper({ cperCents: 41 }))
      .rejects('CONTRACT_ACT_REUSED');
  });

  it('is at most the grant, of a scheme that is attached, after its signing and the last note', () => {
    givenContract(signed(), attached())
      .when(noteCper({ cperCents: 101 }))
      .rejects('CPER_PART_EXCEEDS_GRANT', { cperCents: 101, amountCents: 100 });
    givenContract(signed(), attached())
      .when(noteCper(), { grant: { status: 'unknown' } })
      .rejects('CPER_GRANT_UNKNOWN', { grantId: 'G-1' });
    givenContract(signed()).when(noteCper()).rejects('SCHEME_NOT_ATTACHED', { schemeId: 'operations' });
    givenContract(signed(), attached())
      .when(noteCper({ notedOn: '2007-04-01' }))
      .rejects('CONTRACT_DATED_TOO_EARLY', { earliestOn: '2007-04-02' });
    givenContract(signed(), attached(), cperNoted())
      .when(noteCper({ act: 'CPER, avenant', notedOn: '2008-06-29' }))
      .rejects('CONTRACT_DATED_TOO_EARLY', { earliestOn: '2008-06-30' });
    givenContract(signed(), attached()).when(noteCper(), { today: '2008-06-29' }).rejects('CONTRACT_DATED_IN_FUTURE');
  });
});

describe('looking back at a contract', () => {
  const anew = attached({ act: 'Annexe 3', axisId: 'axe-1', attachedOn: '2009-05-04' });
  const contract = stateOf(attached(), cperNoted(), detached(), anew, amended());

  it('finds the terms of the day', () => {
    expect(termsOn(contract, '2010-06-20').period.to).toBe('2013-12-31');
    expect(termsOn(contract, '2010-06-21').period.to).toBe('2014-12-31');
  });

  it('finds what was attached on the day', () => {
    expect(['2007-02-28', '2007-03-01', '2009-05-03', '2009-05-04'].map((day) => axesOn(contract, day))).toEqual([
      [],
      ['axe-2'],
      ['axe-2'],
      ['axe-1'],
    ]);
    expect(attachedOnDay(stateOf(attached(), detached()), '2009-05-04')).toEqual([]);
  });

  it('finds the CPER parts of the day', () => {
    const later = cperNoted({ cperCents: 10, act: 'CPER, avenant', notedOn: '2009-01-05' });
    const parts = (day: string) => cperPartsOn(stateOf(attached(), cperNoted(), later), day).get('G-1')?.cperCents;
    expect([parts('2008-06-29'), parts('2008-06-30'), parts('2009-01-05')]).toEqual([undefined, 40, 10]);
  });

  it('finds the contract of a scheme', () => {
    expect(contractOfScheme([{ status: 'unknown' }, contract], 'operations')).toBe(contract);
    expect(contractOfScheme([contract], 'autre')).toBeUndefined();
    expect(contractOfScheme([stateOf(attached(), detached())], 'operations')).toBeUndefined();
  });

  it('cannot begin with anything but the signing', () => {
    expect(() => fold(contractDecider, [denounced()])).toThrow(CorruptHistory);
    expect(() => stateOf(detached())).toThrow(CorruptHistory);
  });
});

/** Whether a key of the scheme from a day on would follow the contract; undefined where none binds it. */
const follows = (from: string, key: readonly KeyPart[], ...history: readonly ContractEvent[]) =>
  contributionsBinding([stateOf(signed(), ...history)], 'operations', from)?.isFollowedBy(key);

describe('the contract’s own key', () => {
  it('is the contributions, as small as they go', () => {
    expect(keyOfContributions(PARTIES)).toEqual(keyOf(24_550, 16_842, 6_917));
  });

  it('is followed by every key in the same proportion, in any order', () => {
    expect(followsContributions(keyOf(49_100, 33_684, 13_834), PARTIES)).toBe(true);
    expect(followsContributions(keyOf(24_550, 16_842, 6_917).toReversed(), PARTIES)).toBe(true);
    expect(followsContributions(keyOf(6_917, 16_842, 24_550), PARTIES)).toBe(false);
    expect(
      followsContributions(
        keyOf(51, 35, 14),
        [51, 35, 14].map((part, i) => ({ ...PARTIES[i]!, contributionCents: part * 100 })),
      ),
    ).toBe(true);
    const halfAndQuarters = PARTIES.map((party, i) => ({ ...party, contributionCents: i === 0 ? 200 : 100 }));
    expect(followsContributions(keyOf(2, 1, 1), halfAndQuarters)).toBe(true);
    expect(followsContributions(keyOf(2, 1), halfAndQuarters)).toBe(false);
    const calvados = [...keyOf(24_550, 16_842), { funderId: 'calvados', weight: 6_917 }];
    expect(followsContributions(calvados, PARTIES)).toBe(false);
  });

  const theirs = keyOf(49_100, 33_684, 13_834);

  it('binds a scheme that is attached by it, and none that has its own or was detached', () => {
    expect(contributionsBinding([stateOf(signed(), attached())], 'operations', '2011-01-01')?.contractId).toBe(
      'contrat-276',
    );
    expect(follows('2011-01-01', theirs, attached())).toBe(true);
    expect(follows('2011-01-01', keyOf(1, 1, 1), attached())).toBe(false);
    for (const history of [[], [attached({ splitBy: 'own-key' })], [attached(), detached()]])
      expect(follows('2011-01-01', keyOf(1, 1, 1), ...history)).toBeUndefined();
  });

  it('binds by what is agreed on each day that the key is in effect, until the denunciation takes effect', () => {
    const parties = PARTIES.map((party) => ({ ...party, contributionCents: 100 }));
    const equal = amended({ amendedOn: '2010-06-21', parties });
    expect(follows('2010-06-21', keyOf(1, 1, 1), attached(), equal)).toBe(true);
    expect(follows('2010-06-21', theirs, attached(), equal)).toBe(false);
    expect(follows('2010-06-20', theirs, attached(), equal)).toBe(false);
    expect(follows('2010-06-20', keyOf(1, 1, 1), attached(), equal)).toBe(false);
    expect(follows('2010-01-01', keyOf(1, 1, 1), equal, attached({ attachedOn: '2010-06-21' }))).toBe(true);
    const ended = denounced({ effectiveOn: '2016-06-30' });
    expect(follows('2016-06-30', keyOf(1, 1, 1), attached(), ended)).toBe(false);
    expect(follows('2016-07-01', keyOf(1, 1, 1), attached(), ended)).toBeUndefined();
  });
});

describe('the table of rejections', () => {
  it('holds the codes provoked above and no others', () => {
    expect([...provokedCodes].toSorted()).toEqual(Object.keys(contractRejections).toSorted());
  });
});
