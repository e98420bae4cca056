/** What the ledger promises about “est-ce à voir en 276 ?”: one answer a grant, with its reason, revised and never rewritten. */

import { CorruptHistory, fold } from '#libs/decider/decider';
import { given, provokedCodes } from '#libs/decider/given';
import {
  referralDecider,
  type AnswerReferral,
  type ReferralCommand,
  type ReferralTerms,
  type ReviseReferral,
} from './referral.decider.js';
import type { ReferralAnswered, ReferralEvent, ReferralRevised } from './referral.events.js';
import { referralRejections } from './referral.rejections.js';

const ANSWER = {
  referralId: 'Q-1',
  subject: { kind: 'grant', grantId: 'G-1' },
  seenIn276: 'no',
  reason: 'Une seule collectivité',
  instructedBy: 'eure',
  answeredOn: '2010-02-01',
  answeredFor: 'eure',
} as const;
const OPERATION = { kind: 'operation', name: 'Base nautique (démo)', schemeId: 'insertion' } as const;
const REVISION = {
  referralId: 'Q-1',
  revisionId: 'R-1',
  seenIn276: 'yes',
  reason: 'La Région finance aussi',
  revisedOn: '2010-03-01',
} as const;

const answer = (other: Partial<AnswerReferral> = {}): AnswerReferral => ({
  type: 'AnswerReferral',
  ...ANSWER,
  ...other,
});
const revise = (other: Partial<ReviseReferral> = {}): ReviseReferral => ({
  type: 'ReviseReferral',
  ...REVISION,
  ...other,
});
const answered = (other: Partial<ReferralAnswered['data']> = {}): ReferralAnswered => ({
  type: 'ReferralAnswered.v1',
  data: { ...ANSWER, ...other },
});
const revised = (other: Partial<ReferralRevised['data']> = {}): ReferralRevised => ({
  type: 'ReferralRevised.v1',
  data: { ...REVISION, ...other },
});

/** Two funders, one scheme, one grant that nobody has answered for. */
const terms = (other: Partial<ReferralTerms> = {}): ReferralTerms => ({
  today: '2010-04-01',
  isFunder: (funderId) => ['region', 'eure'].includes(funderId),
  isScheme: (schemeId) => schemeId === 'insertion',
  isGrant: (grantId) => grantId === 'G-1',
  referralOfGrant: () => undefined,
  ...other,
});

const givenReferral = (...history: readonly ReferralEvent[]) => ({
  when: (command: ReferralCommand, other: Partial<ReferralTerms> = {}) =>
    given(referralDecider, ...history).when(command, terms(other)),
});

describe('answering whether something is to be seen in 276', () => {
  it('keeps the answer with its reason, for a grant or for an operation', () => {
    givenReferral().when(answer()).then(answered());
    givenReferral()
      .when(answer({ subject: OPERATION, seenIn276: 'yes' }))
      .then(answered({ subject: OPERATION, seenIn276: 'yes' }));
  });

  it('again with the same content records nothing, whoever sends it and even once revised (R3)', () => {
    givenReferral(answered()).when(answer()).thenNothing();
    givenReferral(answered(), revised()).when(answer()).thenNothing();
    givenReferral(answered())
      .when(answer({ answeredFor: 'region' }))
      .thenNothing();
    givenReferral(answered())
      .when(answer(), { referralOfGrant: () => 'Q-1' })
      .thenNothing();
  });

  it.each([
    { seenIn276: 'yes' },
    { reason: 'Autre motif' },
    { instructedBy: 'region' },
    { answeredOn: '2010-02-02' },
    { subject: OPERATION },
  ] as const)('again with another content is refused: %p (R3)', (other) => {
    givenReferral(answered()).when(answer(other)).rejects('REFERRAL_ID_REUSED', { referralId: 'Q-1' });
  });

  it('is done once for a grant', () => {
    givenReferral()
      .when(answer(), { referralOfGrant: (grantId) => (grantId === 'G-1' ? 'Q-0' : undefined) })
      .rejects('GRANT_ALREADY_REFERRED', { grantId: 'G-1', referralId: 'Q-0' });
  });

  it('needs the grant, the scheme and the funder it names', () => {
    givenReferral()
      .when(answer({ subject: { kind: 'grant', grantId: 'G-2' } }))
      .rejects('REFERRAL_GRANT_UNKNOWN', { grantId: 'G-2' });
    givenReferral()
      .when(answer({ subject: { ...OPERATION, schemeId: 'inconnu' } }))
      .rejects('REFERRAL_SCHEME_UNKNOWN', { schemeId: 'inconnu' });
    givenReferral()
      .when(answer({ instructedBy: 'calvados' }))
      .rejects('REFERRAL_FUNDER_UNKNOWN', { funderId: 'calvados' });
  });

  it('is dated today at the latest', () => {
    givenReferral()
      .when(answer({ answeredOn: '2010-04-01' }))
      .then(answered({ answeredOn: '2010-04-01' }));
    givenReferral()
      .when(answer({ answeredOn: '2010-04-02' }))
      .rejects('REFERRAL_DATED_IN_FUTURE', { on: '2010-04-02', today: '2010-04-01' });
  });
});

describe('revising an answer', () => {
  it('keeps the new answer beside the old one (R4)', () => {
    givenReferral(answered()).when(revise()).then(revised());
    expect(fold(referralDecider, [answered(), revised()])).toMatchObject({
      answered: { seenIn276: 'no' },
      revisions: [{ seenIn276: 'yes' }],
    });
  });

  it('needs an answer', () => {
    givenReferral().when(revise()).rejects('REFERRAL_UNKNOWN', { referralId: 'Q-1' });
    expect(() => fold(referralDecider, [revised()])).toThrow(CorruptHistory);
  });

  it('again with the same content records nothing, even after a later one (R3)', () => {
    const later = revised({ revisionId: 'R-2', seenIn276: 'no', revisedOn: '2010-03-15' });
    givenReferral(answered(), revised(), later)
      .when(revise({ revisedFor: 'region' }))
      .thenNothing();
  });

  it.each([{ seenIn276: 'no' }, { reason: 'Autre' }, { revisedOn: '2010-03-02' }] as const)(
    'again with another content is refused: %p (R3)',
    (other) => {
      givenReferral(answered(), revised())
        .when(revise(other))
        .rejects('REFERRAL_REVISION_ID_REUSED', { referralId: 'Q-1', revisionId: 'R-1' });
    },
  );

  it('goes forward in time only, and not beyond today', () => {
    givenReferral(answered())
      .when(revise({ revisedOn: '2010-01-31' }))
      .rejects('REFERRAL_OUT_OF_ORDER', { lastOn: '2010-02-01' });
    givenReferral(answered(), revised())
      .when(revise({ revisionId: 'R-2', revisedOn: '2010-02-28' }))
      .rejects('REFERRAL_OUT_OF_ORDER', { lastOn: '2010-03-01' });
    givenReferral(answered())
      .when(revise({ revisedOn: '2010-04-02' }))
      .rejects('REFERRAL_DATED_IN_FUTURE');
  });
});

describe('the table of rejections', () => {
  it('holds the codes provoked above and no others', () => {
    expect([...provokedCodes].toSorted()).toEqual(Object.keys(referralRejections).toSorted());
  });
});
