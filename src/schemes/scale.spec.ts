/** What the ledger promises about a scheme's scales: dated, never retroactive, each change readable as a line of history. */

import { CorruptHistory, fold } from '#libs/decider/decider';
import { given, provokedCodes } from '#libs/decider/given';
import { changeOf, changeWords } from './scale-changes.js';
import { schemeDecider, type AgreeScale, type SchemeTerms } from './scheme.decider.js';
import type { ScaleAgreed, SchemeClosed, SchemeEvent, SchemeOpened } from './scheme.events.js';
import { schemeRejections } from './scheme.rejections.js';

const SCALE = {
  schemeId: 'insertion',
  act: 'Délibération 2009-12',
  effectiveFrom: '2010-01-01',
  label: 'Aide par embauche',
  lines: [
    { label: 'CDI', amountCents: 200_000 },
    { label: 'Association, première année', rateThousandths: 750 },
  ],
} as const;

const agree = (other: Partial<AgreeScale> = {}): AgreeScale => ({ type: 'AgreeScale', ...SCALE, ...other });
const agreed = (other: Partial<ScaleAgreed['data']> = {}): ScaleAgreed => ({
  type: 'ScaleAgreed.v1',
  data: { ...SCALE, version: 1, ...other },
});
const opened: SchemeOpened = {
  type: 'SchemeOpened.v1',
  data: {
    schemeId: 'insertion',
    name: 'Aide à l’insertion',
    beneficiaryKind: 'enterprise',
    payer: 'region',
    splitKey: [{ funderId: 'region', weight: 1 }],
    tieOrder: ['region'],
    openedOn: '2004-01-01',
    graceDays: 0,
  },
};
const closed: SchemeClosed = {
  type: 'SchemeClosed.v1',
  data: { schemeId: 'insertion', closedOn: '2015-12-31', reason: 'Dénonciation' },
};
const terms: SchemeTerms = {
  isFunder: () => true,
  lastPaidOn: () => '2014-01-01',
  lastSignedOn: () => '2014-01-01',
  contributionsBinding: () => undefined,
};

const givenScheme = (...history: readonly SchemeEvent[]) => ({
  when: (command: AgreeScale) => given(schemeDecider, ...history).when(command, terms),
});

const DOUBLED = {
  act: 'Délibération 2011-02',
  effectiveFrom: '2011-03-01',
  lines: [{ label: 'CDI', amountCents: 400_000 }],
} as const;

describe('agreeing a scale', () => {
  it('begins with version 1 and counts on', () => {
    givenScheme(opened).when(agree()).then(agreed());
    givenScheme(opened, agreed())
      .when(agree(DOUBLED))
      .then(agreed({ ...DOUBLED, version: 2 }));
    expect(fold(schemeDecider, [opened, agreed(), agreed({ ...DOUBLED, version: 2 })])).toMatchObject({
      scales: [{ version: 1 }, { version: 2 }],
    });
  });

  it('by the same act with the same content records nothing, even after a later one (R3)', () => {
    givenScheme(opened, agreed()).when(agree()).thenNothing();
    givenScheme(opened, agreed(), agreed({ ...DOUBLED, version: 2 }), closed)
      .when(agree())
      .thenNothing();
  });

  it.each([
    { effectiveFrom: '2010-01-02' },
    { label: 'Autre' },
    { lines: [SCALE.lines[0]] },
    { lines: SCALE.lines.toReversed() },
    { lines: [{ ...SCALE.lines[0], amountCents: 1 }, SCALE.lines[1]] },
  ])('by the same act with another content is refused: %p (R3)', (other) => {
    givenScheme(opened, agreed())
      .when(agree(other))
      .rejects('SCALE_ACT_REUSED', { schemeId: 'insertion', act: SCALE.act });
  });

  it.each(['2009-12-31', '2010-01-01'])('goes forward in time only: not on %s after 2010-01-01', (effectiveFrom) => {
    givenScheme(opened, agreed())
      .when(agree({ act: 'Autre', effectiveFrom }))
      .rejects('SCALE_OUT_OF_ORDER', { schemeId: 'insertion', lastOn: '2010-01-01' });
  });

  it('lies in the life of the scheme', () => {
    givenScheme().when(agree()).rejects('SCHEME_UNKNOWN', { schemeId: 'insertion' });
    givenScheme(opened)
      .when(agree({ effectiveFrom: '2003-12-31' }))
      .rejects('SCHEME_NOT_YET_OPEN', { openedOn: '2004-01-01' });
    givenScheme(opened, closed)
      .when(agree({ effectiveFrom: '2016-01-01' }))
      .rejects('SCHEME_CLOSED', { closedOn: '2015-12-31' });
    givenScheme(opened)
      .when(agree({ effectiveFrom: '2004-01-01' }))
      .then(agreed({ effectiveFrom: '2004-01-01' }));
    expect(() => fold(schemeDecider, [agreed()])).toThrow(CorruptHistory);
  });

  it('names each line once', () => {
    givenScheme(opened)
      .when(agree({ lines: [...SCALE.lines, { label: 'CDI', amountCents: 1 }] }))
      .rejects('SCALE_LINE_TWICE', { label: 'CDI' });
  });
});

const amount = (amountCents: number) => ({ label: 'x', amountCents });
const rate = (rateThousandths: number) => ({ label: 'x', rateThousandths });

describe('a line against the version before', () => {
  it.each([
    [amount(400), amount(200), { kind: 'raised', factor: 2, differenceCents: 200 }, 'doublé', 'doubled'],
    [amount(600), amount(200), { kind: 'raised', factor: 3, differenceCents: 400 }, 'triplé', 'tripled'],
    [amount(800), amount(200), { kind: 'raised', factor: 4, differenceCents: 600 }, 'quadruplé', 'quadrupled'],
    [
      amount(1_000),
      amount(200),
      { kind: 'raised', factor: 5, differenceCents: 800 },
      'multiplié par 5',
      'multiplied by 5',
    ],
    [amount(300), amount(200), { kind: 'raised', differenceCents: 100 }, 'en hausse de 1,00\u202f€', 'up by €1.00'],
    [amount(100), amount(200), { kind: 'lowered', differenceCents: -100 }, 'en baisse de 1,00\u202f€', 'down by €1.00'],
    [amount(200), amount(200), { kind: 'same', differenceCents: 0 }, 'inchangé', 'unchanged'],
    [rate(500), rate(250), { kind: 'raised', factor: 2, differenceThousandths: 250 }, 'doublé', 'doubled'],
    [
      rate(725),
      rate(750),
      { kind: 'lowered', differenceThousandths: -25 },
      'en baisse de 2,5 points',
      'down by 2.5 points',
    ],
    [rate(760), rate(750), { kind: 'raised', differenceThousandths: 10 }, 'en hausse de 1 point', 'up by 1 point'],
    [rate(765), rate(750), { kind: 'raised', differenceThousandths: 15 }, 'en hausse de 1,5 point', 'up by 1.5 points'],
    [amount(200), rate(200), { kind: 'restated' }, 'exprimé autrement', 'stated otherwise'],
    [amount(200), undefined, { kind: 'new' }, 'nouvelle ligne', 'new line'],
  ] as const)('%p after %p', (line, before, change, french, english) => {
    expect(changeOf(line, before)).toEqual(change);
    expect([changeWords(change, 'fr'), changeWords(change, 'en')]).toEqual([french, english]);
  });
});

describe('the codes of scales', () => {
  it('are all provoked above', () => {
    const codes = Object.keys(schemeRejections).filter((code) => code.startsWith('SCALE_'));
    expect([...provokedCodes].filter((code) => code.startsWith('SCALE_')).toSorted()).toEqual(codes.toSorted());
  });
});
