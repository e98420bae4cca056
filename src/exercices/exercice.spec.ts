/** What the ledger promises about an exercice: closed when all have signed the same totals, reopened by two (R23). */

import { fold } from '#libs/decider/decider';
import { given, provokedCodes } from '#libs/decider/given';
import type {
  CountersignClosing,
  CountersignReopening,
  ExerciceCommand,
  ExerciceTerms,
  ProposeClosing,
  ProposeReopening,
  WithdrawClosing,
} from './exercice.commands.js';
import { exerciceDecider } from './exercice.decider.js';
import type { ClosingFacts, ExerciceEvent, ExerciceTotals, Signatory } from './exercice.events.js';
import { exerciceRejections } from './exercice.rejections.js';
import { evolveExercice, openExercice, statusOn, takingOf } from './exercice.state.js';

const row = (schemeId: string, funderId: string, shareDueCents: number, disbursedCents: number): ExerciceTotals => ({
  schemeId,
  funderId,
  grantedShareCents: 0,
  shareDueCents,
  disbursedCents,
  recoveredCents: 0,
  contributedCents: 0,
  receivedCents: 0,
  calledCents: 0,
  positionCents: disbursedCents - shareDueCents,
});

const TOTALS = [
  row('insertion', 'eure', 33, 0),
  row('insertion', 'region', 34, 100),
  row('insertion', 'seine-maritime', 33, 0),
];
const CARRIED_OVER = TOTALS.map(({ schemeId, funderId, positionCents }) => ({ schemeId, funderId, positionCents }));
const SEAL = { treeSize: 1_200, rootHash: 'ab'.repeat(32) };

const person = (funderId: string, name = 'controle-1'): Signatory => ({ funderId, actor: `${funderId}/${name}` });
const REGION = person('region');
const EURE = person('eure');
const SEINE_MARITIME = person('seine-maritime');
const OPERATOR = { actor: 'operator', funderId: null };

const figuresOf = (totals: readonly ExerciceTotals[], carriedOver: typeof CARRIED_OVER = CARRIED_OVER) => ({
  figures: () => ({ totals, carriedOver, atPosition: 1_204 }),
});
const terms = (other: Partial<ExerciceTerms> = {}): ExerciceTerms => ({
  today: '2011-03-15',
  isFunder: (funderId) => ['region', 'eure', 'seine-maritime'].includes(funderId),
  earlierOpen: () => undefined,
  laterClosed: () => undefined,
  bankReturns: () => [],
  awaitingApproval: () => [],
  ...figuresOf(TOTALS),
  seal: () => SEAL,
  ...other,
});

const propose = (other: Partial<ProposeClosing> = {}): ProposeClosing => ({
  type: 'ProposeClosing',
  exercice: 2010,
  closedOn: '2011-02-28',
  by: REGION,
  ...other,
});
const countersign = (by: CountersignClosing['by'], reason?: string): CountersignClosing => ({
  type: 'CountersignClosing',
  exercice: 2010,
  ...(reason === undefined ? { decision: 'sign' } : { decision: 'refuse', reason }),
  by,
});
const withdraw = (by: Signatory, reason = 'un fait tardif'): WithdrawClosing => ({
  type: 'WithdrawClosing',
  exercice: 2010,
  reason,
  by,
});
const reopen = (by: ProposeReopening['by'], reason = 'versement omis'): ProposeReopening => ({
  type: 'ProposeReopening',
  exercice: 2010,
  reason,
  by,
});
const countersignReopening = (by: CountersignReopening['by'], reason?: string): CountersignReopening => ({
  type: 'CountersignReopening',
  exercice: 2010,
  ...(reason === undefined ? { decision: 'sign' } : { decision: 'refuse', reason }),
  by,
});

const facts = (other: Partial<ClosingFacts> = {}): ClosingFacts => ({
  exercice: 2010,
  ordinal: 1,
  closedOn: '2011-02-28',
  totals: TOTALS,
  carriedOver: CARRIED_OVER,
  atPosition: '1204',
  seal: SEAL,
  expected: ['eure', 'seine-maritime'],
  proposedBy: REGION,
  setAside: [],
  ...other,
});
const proposed = (other: Partial<ClosingFacts> = {}): ExerciceEvent => ({
  type: 'ExerciceClosingProposed.v1',
  data: facts(other),
});
const signed = (countersignedBy: Signatory, ordinal = 1): ExerciceEvent => ({
  type: 'ExerciceClosingCountersigned.v1',
  data: { exercice: 2010, ordinal, atPosition: '1204', rootHash: SEAL.rootHash, countersignedBy },
});
const closed = (other: Partial<ClosingFacts> = {}, signatures = [EURE, SEINE_MARITIME]): ExerciceEvent => ({
  type: 'ExerciceClosed.v2',
  data: { ...facts(other), signatures },
});
const refused = (reason: string): ExerciceEvent => ({
  type: 'ExerciceClosingRefused.v1',
  data: { exercice: 2010, ordinal: 1, refusedBy: EURE, reason },
});
const reopeningAsked: ExerciceEvent = {
  type: 'ExerciceReopeningProposed.v1',
  data: { exercice: 2010, ordinal: 1, reason: 'versement omis', proposedBy: REGION },
};
const reopened: ExerciceEvent = {
  type: 'ExerciceReopened.v1',
  data: { ...reopeningAsked.data, countersignedBy: EURE },
};
const whole = [proposed(), signed(EURE), signed(SEINE_MARITIME), closed()];
const closedAlone: ExerciceEvent = {
  type: 'ExerciceClosed.v1',
  data: { exercice: 2010, closedOn: '2011-02-28', totals: [], atPosition: '9' },
};

describe('proposing a closing (R23)', () => {
  it('stores the totals, what is carried over, the position, the seal and who must sign', () => {
    given(exerciceDecider).when(propose(), terms()).then(proposed());
  });

  it('expects no signature of a funder that nothing of the year concerns', () => {
    const two = [
      row('insertion', 'eure', 0, 0),
      row('insertion', 'region', 50, 100),
      row('insertion', 'seine-maritime', 50, 0),
    ];
    given(exerciceDecider)
      .when(propose(), terms(figuresOf(two)))
      .then(proposed({ totals: two, expected: ['seine-maritime'] }));
  });

  it('expects somebody else of the same funder when no other has a balance', () => {
    given(exerciceDecider)
      .when(propose(), terms(figuresOf([], [])))
      .then(proposed({ totals: [], carriedOver: [], expected: ['region'] }));
  });

  it('comes again as nothing, whatever the totals are by now, and for another day as a refusal (R3)', () => {
    given(exerciceDecider, proposed())
      .when(propose(), terms(figuresOf([])))
      .thenNothing();
    given(exerciceDecider, ...whole)
      .when(propose(), terms())
      .thenNothing();
    given(exerciceDecider, closedAlone).when(propose(), terms()).thenNothing();
    const other = propose({ closedOn: '2011-03-01' });
    given(exerciceDecider, proposed()).when(other, terms()).rejects('CLOSING_ALREADY_PROPOSED');
    given(exerciceDecider, ...whole)
      .when(other, terms())
      .rejects('EXERCICE_ALREADY_CLOSED', { closedOn: '2011-02-28' });
    given(exerciceDecider, closedAlone).when(other, terms()).rejects('EXERCICE_ALREADY_CLOSED');
    given(exerciceDecider, proposed())
      .when(propose({ by: EURE }), terms())
      .rejects('CLOSING_ALREADY_PROPOSED');
  });

  it.each(['2010-12-31', '2011-01-31'])('waits for the end of the complementary period: not on %s', (closedOn) => {
    given(exerciceDecider)
      .when(propose({ closedOn }), terms())
      .rejects('EXERCICE_NOT_OVER', { exercice: 2010, firstOn: '2011-02-01' });
  });

  it('may be dated from 1 February on, and today, not tomorrow', () => {
    for (const closedOn of ['2011-02-01', '2011-03-15'])
      given(exerciceDecider).when(propose({ closedOn }), terms()).then(proposed({ closedOn }));
    given(exerciceDecider)
      .when(propose({ closedOn: '2011-03-16' }), terms())
      .rejects('EXERCICE_CLOSING_IN_FUTURE', { closedOn: '2011-03-16', today: '2011-03-15' });
  });

  it('waits for the exercices before, and comes before those after', () => {
    given(exerciceDecider)
      .when(propose(), terms({ earlierOpen: () => 2009 }))
      .rejects('EARLIER_EXERCICE_OPEN', { exercice: 2010, earlier: 2009 });
    given(exerciceDecider)
      .when(propose(), terms({ laterClosed: () => 2011 }))
      .rejects('LATER_EXERCICE_CLOSED', { exercice: 2010, later: 2011 });
  });

  it('sets bank returns aside only with a reason, which it keeps', () => {
    const bankReturn = { paymentId: 'P-1', grantId: 'G-1', schemeId: 'insertion', amountCents: 100 };
    const some = terms({ bankReturns: () => [bankReturn] });
    given(exerciceDecider).when(propose(), some).rejects('CLOSING_BANK_RETURNS', { count: 1, payments: 'P-1' });
    const overrideReason = 'RIB attendu';
    given(exerciceDecider)
      .when(propose({ overrideReason }), some)
      .then(proposed({ setAside: [{ ...bankReturn, reason: overrideReason }] }));
    given(exerciceDecider).when(propose({ overrideReason }), terms()).then(proposed());
  });

  it('waits for payments that somebody must still approve, and names twenty of them at most', () => {
    const ids = Array.from({ length: 21 }, (_, i) => `G-1~P-${i}`);
    given(exerciceDecider)
      .when(propose({ overrideReason: 'x' }), terms({ awaitingApproval: () => ids }))
      .rejects('CLOSING_AWAITING_APPROVAL', { count: 21, proposals: `${ids.slice(0, 20).join(', ')}, …` });
  });

  it('is refused when the positions of a scheme do not balance, in the year or in what is carried over (R20)', () => {
    const [eure, region, seineMaritime] = TOTALS;
    const off = [eure!, { ...region!, positionCents: 67 }, seineMaritime!];
    given(exerciceDecider)
      .when(propose(), terms(figuresOf(off)))
      .rejects('CLOSING_UNBALANCED', { schemeId: 'insertion', sumOfCents: 1 });
    // two schemes out of balance do not make up for each other
    const carried = [
      { schemeId: 'a', funderId: 'eure', positionCents: 1 },
      { schemeId: 'b', funderId: 'eure', positionCents: -1 },
    ];
    given(exerciceDecider)
      .when(propose(), terms(figuresOf(TOTALS, carried)))
      .rejects('CLOSING_UNBALANCED', { schemeId: 'a' });
  });

  it('is not for the operator of the machine, nor for a funder that the ledger does not know', () => {
    const commands: ExerciceCommand[] = [propose({ by: OPERATOR }), propose({ by: person('etat') })];
    for (const command of commands) given(exerciceDecider).when(command, terms()).rejects('SIGNING_FUNDER_REQUIRED');
    given(exerciceDecider, proposed()).when(countersign(OPERATOR), terms()).rejects('SIGNING_FUNDER_REQUIRED');
    given(exerciceDecider, ...whole)
      .when(reopen(OPERATOR), terms())
      .rejects('SIGNING_FUNDER_REQUIRED');
  });
});

describe('countersigning a closing (R23)', () => {
  it('counts each signature, and closes with the last one, on what was proposed', () => {
    given(exerciceDecider, proposed()).when(countersign(SEINE_MARITIME), terms()).then(signed(SEINE_MARITIME));
    given(exerciceDecider, proposed(), signed(EURE))
      .when(countersign(SEINE_MARITIME), terms())
      .then(signed(SEINE_MARITIME), closed());
  });

  it('comes again as nothing, while it is proposed and when it is closed (R3)', () => {
    given(exerciceDecider, proposed(), signed(EURE))
      .when(countersign(EURE), terms(figuresOf([])))
      .thenNothing();
    given(exerciceDecider, ...whole)
      .when(countersign(EURE), terms())
      .thenNothing();
  });

  it('is not for its proposer, nor for a colleague while others are expected', () => {
    for (const by of [REGION, person('region', 'controle-2')])
      given(exerciceDecider, proposed()).when(countersign(by), terms()).rejects('CLOSING_SELF_COUNTERSIGNED');
    given(exerciceDecider, proposed()).when(countersign(REGION, 'non'), terms()).rejects('CLOSING_SELF_COUNTERSIGNED');
  });

  it('is for a colleague of the proposer when nobody else is expected', () => {
    const alone = proposed({ expected: ['region'] });
    const colleague = person('region', 'controle-2');
    given(exerciceDecider, alone).when(countersign(REGION), terms()).rejects('CLOSING_SELF_COUNTERSIGNED');
    given(exerciceDecider, alone)
      .when(countersign(colleague), terms())
      .then(signed(colleague), closed({ expected: ['region'] }, [colleague]));
  });

  it('is not for a funder without a balance', () => {
    given(exerciceDecider, proposed({ expected: ['eure'] }))
      .when(countersign(SEINE_MARITIME), terms())
      .rejects('CLOSING_SIGNATURE_UNEXPECTED', { funderId: 'seine-maritime', expected: 'eure' });
  });

  it('is refused when a late fact changed the totals or what is carried over, or opened a year before', () => {
    const late = TOTALS.map((total) => ({ ...total, calledCents: 1 }));
    const carried = CARRIED_OVER.map((position) => ({ ...position, positionCents: 0 }));
    for (const changed of [figuresOf(late), figuresOf(TOTALS, carried), figuresOf(TOTALS.slice(1))])
      given(exerciceDecider, proposed())
        .when(countersign(EURE), terms(changed))
        .rejects('CLOSING_TOTALS_CHANGED', { exercice: 2010, atPosition: '1204' });
    given(exerciceDecider, proposed())
      .when(countersign(EURE), terms({ earlierOpen: () => 2008 }))
      .rejects('EARLIER_EXERCICE_OPEN', { earlier: 2008 });
  });

  it('is for the proposal that was read, not for one that took its place', () => {
    const [seen, current] = [SEAL.rootHash, 'cd'.repeat(32)];
    const withdrawn: ExerciceEvent = {
      type: 'ExerciceClosingWithdrawn.v1',
      data: { exercice: 2010, ordinal: 1, withdrawnBy: REGION, reason: 'un fait tardif' },
    };
    const anew = proposed({ seal: { treeSize: 1_202, rootHash: current } });
    const made = [proposed(), signed(EURE), withdrawn, anew];
    for (const command of [countersign(EURE), countersign(EURE, 'non')])
      given(exerciceDecider, ...made)
        .when({ ...command, rootHash: seen }, terms())
        .rejects('CLOSING_PROPOSAL_STALE', { exercice: 2010, rootHash: seen, current });
    given(exerciceDecider, proposed())
      .when({ ...countersign(EURE), rootHash: seen }, terms())
      .then(signed(EURE));
  });

  it('may be a no, with a reason: the exercice is open again', () => {
    const reason = 'solde non rapproché';
    given(exerciceDecider, proposed(), signed(SEINE_MARITIME))
      .when(countersign(EURE, reason), terms())
      .then(refused(reason));
    given(exerciceDecider, proposed(), refused(reason)).when(countersign(EURE, reason), terms()).thenNothing();
    given(exerciceDecider, proposed(), refused(reason)).when(propose(), terms()).then(proposed());
    const { reason: _, ...without } = countersign(EURE, reason);
    given(exerciceDecider, proposed()).when(without, terms()).rejects('SIGNING_REASON_REQUIRED');
  });

  it('needs a proposal', () => {
    given(exerciceDecider).when(countersign(EURE), terms()).rejects('CLOSING_NOT_PROPOSED');
    given(exerciceDecider, ...whole)
      .when(countersign(EURE, 'non'), terms())
      .rejects('CLOSING_NOT_PROPOSED');
    given(exerciceDecider, closedAlone).when(countersign(EURE), terms()).rejects('CLOSING_NOT_PROPOSED');
    given(exerciceDecider, proposed(), refused('non'))
      .when(countersign(EURE, 'encore'), terms())
      .rejects('CLOSING_NOT_PROPOSED');
  });
});

describe('withdrawing a closing', () => {
  const withdrawn: ExerciceEvent = {
    type: 'ExerciceClosingWithdrawn.v1',
    data: { exercice: 2010, ordinal: 1, withdrawnBy: REGION, reason: 'un fait tardif' },
  };

  it('is for the funder that proposed it, and opens the exercice again', () => {
    given(exerciceDecider, proposed(), signed(EURE)).when(withdraw(REGION), terms()).then(withdrawn);
    given(exerciceDecider, proposed(), withdrawn).when(propose(), terms()).then(proposed());
    given(exerciceDecider, proposed()).when(withdraw(EURE), terms()).rejects('CLOSING_NOT_OWN', { funderId: 'region' });
  });

  it('needs one that waits', () => {
    given(exerciceDecider, ...whole)
      .when(withdraw(REGION), terms())
      .rejects('CLOSING_NOT_PROPOSED');
    given(exerciceDecider, proposed(), withdrawn)
      .when(withdraw(REGION, 'autre motif'), terms())
      .rejects('CLOSING_NOT_PROPOSED');
  });
});

describe('reopening an exercice (R23)', () => {
  it('takes two people and a reason, of one funder or of two', () => {
    given(exerciceDecider, ...whole)
      .when(reopen(REGION), terms())
      .then(reopeningAsked);
    given(exerciceDecider, ...whole, reopeningAsked)
      .when(countersignReopening(EURE), terms())
      .then(reopened);
    const colleague = person('region', 'controle-2');
    given(exerciceDecider, ...whole, reopeningAsked)
      .when(countersignReopening(colleague), terms())
      .then({ type: 'ExerciceReopened.v1', data: { ...reopeningAsked.data, countersignedBy: colleague } });
    for (const command of [countersignReopening(REGION), countersignReopening(REGION, 'non')])
      given(exerciceDecider, ...whole, reopeningAsked)
        .when(command, terms())
        .rejects('REOPENING_ALONE');
  });

  it('is decided on by the reason that was read, when the countersignature names it', () => {
    for (const command of [countersignReopening(EURE), countersignReopening(EURE, 'non')])
      given(exerciceDecider, ...whole, reopeningAsked)
        .when({ ...command, proposalReason: 'un autre' }, terms())
        .rejects('REOPENING_PROPOSAL_STALE', { exercice: 2010, reason: reopeningAsked.data.reason });
    given(exerciceDecider, ...whole, reopeningAsked)
      .when({ ...countersignReopening(EURE), proposalReason: reopeningAsked.data.reason }, terms())
      .then({ type: 'ExerciceReopened.v1', data: { ...reopeningAsked.data, countersignedBy: EURE } });
  });

  it('may be of a closing that one person did', () => {
    given(exerciceDecider, closedAlone).when(reopen(REGION), terms()).then(reopeningAsked);
  });

  it('may be refused with a reason: it stays closed, and may be asked for again', () => {
    const refusal: ExerciceEvent = {
      type: 'ExerciceReopeningRefused.v1',
      data: { exercice: 2010, ordinal: 1, refusedBy: EURE, reason: 'inutile' },
    };
    given(exerciceDecider, ...whole, reopeningAsked)
      .when(countersignReopening(EURE, 'inutile'), terms())
      .then(refusal);
    given(exerciceDecider, ...whole, reopeningAsked, refusal)
      .when(reopen(REGION), terms())
      .then(reopeningAsked);
    const { reason: _, ...without } = countersignReopening(EURE, 'inutile');
    given(exerciceDecider, ...whole, reopeningAsked)
      .when(without, terms())
      .rejects('SIGNING_REASON_REQUIRED');
  });

  it('comes again as nothing; another reason while one waits is refused (R3)', () => {
    given(exerciceDecider, ...whole, reopeningAsked, reopened)
      .when(reopen(REGION), terms())
      .thenNothing();
    given(exerciceDecider, ...whole, reopeningAsked)
      .when(reopen(EURE), terms())
      .rejects('REOPENING_ALREADY_PROPOSED', { reason: 'versement omis' });
  });

  it('needs a closed exercice, and a proposal to sign', () => {
    given(exerciceDecider).when(reopen(REGION), terms()).rejects('EXERCICE_NOT_CLOSED');
    given(exerciceDecider, proposed()).when(reopen(REGION), terms()).rejects('EXERCICE_NOT_CLOSED');
    given(exerciceDecider, ...whole)
      .when(countersignReopening(EURE), terms())
      .rejects('REOPENING_NOT_PROPOSED');
  });

  it('is refused once a later exercice is closed on its balances, also between proposal and signature', () => {
    const later = terms({ laterClosed: () => 2011 });
    given(exerciceDecider, ...whole)
      .when(reopen(REGION), later)
      .rejects('LATER_EXERCICE_CLOSED', { later: 2011 });
    given(exerciceDecider, ...whole, reopeningAsked)
      .when(countersignReopening(EURE), later)
      .rejects('LATER_EXERCICE_CLOSED');
  });

  it('leads to a second closing', () => {
    const history = [...whole, reopeningAsked, reopened];
    given(exerciceDecider, ...history)
      .when(propose(), terms())
      .then(proposed({ ordinal: 2 }));
    given(exerciceDecider, ...history, proposed({ ordinal: 2 }), signed(SEINE_MARITIME, 2))
      .when(countersign(EURE), terms())
      .then(signed(EURE, 2), closed({ ordinal: 2 }, [SEINE_MARITIME, EURE]));
  });
});

const after = (...events: readonly ExerciceEvent[]) => fold(exerciceDecider, events);
const taking = (exercice: number, life: readonly ExerciceEvent[]) =>
  takingOf(exercice, '2011-03-15', (year) => (year === 2010 ? after(...life) : undefined));

describe('the life of an exercice', () => {
  it.each([
    ['2010-12-31', 'open'],
    ['2011-01-01', 'complementary'],
    ['2011-01-31', 'complementary'],
    ['2011-02-01', 'over'],
  ])('on %s is %s while nothing is decided', (today, status) => {
    expect(statusOn(2010, openExercice, today)).toBe(status);
  });

  it('is what was decided last', () => {
    const lives: (readonly ExerciceEvent[])[] = [
      [proposed()],
      whole,
      [...whole, reopeningAsked],
      [...whole, reopeningAsked, reopened],
      [...whole, reopeningAsked, reopened, proposed({ ordinal: 2 })],
      [closedAlone],
    ];
    expect(lives.map((life) => statusOn(2010, after(...life), '2011-03-15'))).toEqual([
      'closing-proposed',
      'closed',
      'reopening-proposed',
      'reopened',
      'closing-proposed',
      'closed',
    ]);
  });

  it('takes facts unless it, or one after it, is closed or about to be', () => {
    expect([2009, 2010, 2011].map((year) => taking(year, []))).toEqual(['takes', 'takes', 'takes']);
    expect([2009, 2010, 2011].map((year) => taking(year, [proposed()]))).toEqual(['closing', 'closing', 'takes']);
    for (const life of [whole, [closedAlone], [...whole, reopeningAsked]])
      expect([2009, 2010, 2011].map((year) => taking(year, life))).toEqual(['closed', 'closed', 'takes']);
    expect(taking(2010, [...whole, reopeningAsked, reopened])).toBe('takes');
  });

  it('follows no impossible history', () => {
    const impossible: (readonly ExerciceEvent[])[] = [
      [signed(EURE)],
      [refused('non')],
      [closed()],
      [proposed(), proposed()],
      [proposed({ ordinal: 2 })],
      [proposed(), closedAlone],
      [reopeningAsked],
      [...whole, reopened],
      [
        ...whole,
        { type: 'ExerciceReopeningRefused.v1', data: { exercice: 2010, ordinal: 1, refusedBy: EURE, reason: 'x' } },
      ],
    ];
    for (const history of impossible)
      expect(() => history.reduce(evolveExercice, openExercice as ReturnType<typeof evolveExercice>)).toThrow('2010');
  });
});

describe('the table of rejections', () => {
  it('holds the codes provoked above and no others', () => {
    expect([...provokedCodes].toSorted()).toEqual(Object.keys(exerciceRejections).toSorted());
  });
});
