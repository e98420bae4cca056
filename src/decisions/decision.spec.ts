/** What the ledger promises about a decision of several authorities: each délibération kept, and what is missing said exactly. */

import { CorruptHistory, fold } from '#libs/decider/decider';
import { given, provokedCodes } from '#libs/decider/given';
import {
  decisionDecider,
  type DecisionCommand,
  type DecisionTerms,
  type OpenDecision,
  type RecordDeliberation,
  type WithdrawDeliberation,
} from './decision.decider.js';
import type { DecisionEvent, DecisionOpened, DeliberationRecorded, DeliberationWithdrawn } from './decision.events.js';
import { decisionRejections } from './decision.rejections.js';
import { gapsOf, type OpenedDecision } from './decision.state.js';
import { gapWords } from './gap-words.js';

const DECISION = {
  decisionId: 'D-1',
  title: 'Avenant 2010',
  expected: ['region', 'eure'],
  concerns: [{ kind: 'scheme', id: 'insertion' }],
  amountCents: 100_000,
} as const;
const DELIBERATION = {
  decisionId: 'D-1',
  funderId: 'region',
  reference: 'CP 2010/12',
  takenOn: '2010-02-01',
  outcome: 'adopted',
  amountCents: 100_000,
} as const;
const OF_EURE = { ...DELIBERATION, funderId: 'eure', reference: '2010-CG-7', takenOn: '2010-02-15' } as const;
const WITHDRAWAL = {
  decisionId: 'D-1',
  reference: 'CP 2010/12',
  withdrawnOn: '2010-03-01',
  reason: 'Erreur de visa',
} as const;

const open = (other: Partial<OpenDecision> = {}): OpenDecision => ({ type: 'OpenDecision', ...DECISION, ...other });
const record = (other: Partial<RecordDeliberation> = {}): RecordDeliberation => ({
  type: 'RecordDeliberation',
  ...DELIBERATION,
  ...other,
});
const withdraw = (other: Partial<WithdrawDeliberation> = {}): WithdrawDeliberation => ({
  type: 'WithdrawDeliberation',
  ...WITHDRAWAL,
  ...other,
});
const opened = (other: Partial<DecisionOpened['data']> = {}): DecisionOpened => ({
  type: 'DecisionOpened.v1',
  data: { ...DECISION, ...other },
});
const recorded = (other: Partial<DeliberationRecorded['data']> = {}): DeliberationRecorded => ({
  type: 'DeliberationRecorded.v1',
  data: { ...DELIBERATION, ...other },
});
const withdrawn = (other: Partial<DeliberationWithdrawn['data']> = {}): DeliberationWithdrawn => ({
  type: 'DeliberationWithdrawn.v1',
  data: { ...WITHDRAWAL, funderId: 'region', ...other },
});

const terms: DecisionTerms = {
  today: '2010-04-01',
  isFunder: (funderId) => ['region', 'eure', 'seine-maritime'].includes(funderId),
  exists: ({ kind, id }) => kind === 'scheme' && id === 'insertion',
  isDocument: (documentId) => documentId === 'DOC-1',
};

const givenDecision = (...history: readonly DecisionEvent[]) => ({
  when: (command: DecisionCommand) => given(decisionDecider, ...history).when(command, terms),
});

describe('opening a decision', () => {
  it('says which authorities are expected, what it concerns and the amount', () => {
    givenDecision().when(open()).then(opened());
  });

  it('again with the same content records nothing (R3)', () => {
    givenDecision(opened(), recorded()).when(open()).thenNothing();
  });

  it.each([
    { title: 'Autre' },
    { expected: ['eure', 'region'] },
    { amountCents: 1 },
    { concerns: [{ kind: 'grant', id: 'G-1' }] },
  ] as const)('again with another content is refused: %p (R3)', (other) => {
    givenDecision(opened()).when(open(other)).rejects('DECISION_ID_REUSED', { decisionId: 'D-1' });
  });

  it('expects registered authorities, each once, and concerns what exists', () => {
    givenDecision()
      .when(open({ expected: ['region', 'calvados'] }))
      .rejects('DECISION_FUNDER_UNKNOWN', { funderId: 'calvados' });
    givenDecision()
      .when(open({ expected: ['region', 'eure', 'region'] }))
      .rejects('DECISION_FUNDER_TWICE', { funderId: 'region' });
    givenDecision()
      .when(open({ concerns: [...DECISION.concerns, { kind: 'grant', id: 'G-9' }] }))
      .rejects('DECISION_CONCERN_UNKNOWN', { kind: 'grant', id: 'G-9' });
  });
});

describe('recording a deliberation', () => {
  it('keeps it under the authority’s reference', () => {
    givenDecision(opened()).when(record()).then(recorded());
    givenDecision(opened(), recorded()).when(record(OF_EURE)).then(recorded(OF_EURE));
  });

  it('again with the same content records nothing, even once withdrawn (R3)', () => {
    givenDecision(opened(), recorded(), withdrawn()).when(record()).thenNothing();
  });

  it.each([{ takenOn: '2010-02-02' }, { outcome: 'rejected' }, { amountCents: 1 }, { funderId: 'eure' }] as const)(
    'again under the same reference with another content is refused: %p (R3)',
    (other) => {
      givenDecision(opened(), recorded())
        .when(record(other))
        .rejects('DELIBERATION_REFERENCE_REUSED', { reference: 'CP 2010/12' });
    },
  );

  it('needs a decision that expects the authority, and a day that has come', () => {
    givenDecision().when(record()).rejects('DECISION_UNKNOWN', { decisionId: 'D-1' });
    givenDecision(opened())
      .when(record({ funderId: 'seine-maritime' }))
      .rejects('DELIBERATION_NOT_EXPECTED', { funderId: 'seine-maritime' });
    givenDecision(opened())
      .when(record({ takenOn: '2010-04-02' }))
      .rejects('DELIBERATION_IN_FUTURE', { on: '2010-04-02', today: '2010-04-01' });
  });

  it('may name its document, when that is in the register', () => {
    const [known, unknown] = [{ documentId: 'DOC-1' }, { documentId: 'DOC-2' }];
    givenDecision(opened()).when(record(known)).then(recorded(known));
    givenDecision(opened()).when(record(unknown)).rejects('DELIBERATION_DOCUMENT_UNKNOWN', unknown);
  });

  it.each(['adopted', 'rejected'] as const)('does not replace one that was %s and stands', (outcome) => {
    givenDecision(opened(), recorded({ outcome }))
      .when(record({ reference: 'CP 2010/20', takenOn: '2010-03-15' }))
      .rejects('DELIBERATION_STANDS', { reference: 'CP 2010/12' });
  });

  it('replaces one that was adjourned or withdrawn, when it is later', () => {
    const again = { reference: 'CP 2010/20', takenOn: '2010-03-01' };
    givenDecision(opened(), recorded({ outcome: 'adjourned' }))
      .when(record(again))
      .then(recorded(again));
    givenDecision(opened(), recorded(), withdrawn()).when(record(again)).then(recorded(again));
    givenDecision(opened(), recorded({ outcome: 'adjourned' }))
      .when(record({ ...again, takenOn: '2010-01-31' }))
      .rejects('DELIBERATION_OUT_OF_ORDER', { lastOn: '2010-02-01' });
    givenDecision(opened(), recorded(), withdrawn())
      .when(record({ ...again, takenOn: '2010-02-28' }))
      .rejects('DELIBERATION_OUT_OF_ORDER', { lastOn: '2010-03-01' });
  });
});

describe('withdrawing a deliberation', () => {
  it('keeps who withdrew it and why (R4); again it records nothing (R3)', () => {
    givenDecision(opened(), recorded()).when(withdraw()).then(withdrawn());
    givenDecision(opened(), recorded(), withdrawn()).when(withdraw()).thenNothing();
  });

  it('is done once, of one that was recorded, between its day and today', () => {
    givenDecision(opened())
      .when(withdraw())
      .rejects('DELIBERATION_UNKNOWN', { decisionId: 'D-1', reference: 'CP 2010/12' });
    givenDecision(opened(), recorded(), withdrawn())
      .when(withdraw({ reason: 'Autre' }))
      .rejects('DELIBERATION_ALREADY_WITHDRAWN', { withdrawnOn: '2010-03-01' });
    givenDecision(opened(), recorded())
      .when(withdraw({ withdrawnOn: '2010-01-31' }))
      .rejects('DELIBERATION_WITHDRAWN_TOO_EARLY', { takenOn: '2010-02-01' });
    givenDecision(opened(), recorded())
      .when(withdraw({ withdrawnOn: '2010-04-02' }))
      .rejects('DELIBERATION_IN_FUTURE');
  });

  it('cannot stand before its deliberation, nor that before its decision', () => {
    expect(() => fold(decisionDecider, [opened(), withdrawn()])).toThrow(CorruptHistory);
    expect(() => fold(decisionDecider, [recorded()])).toThrow(CorruptHistory);
  });
});

/** What is missing, in French words. */
function missing(...history: readonly DecisionEvent[]): readonly string[] {
  const gaps = gapsOf(fold(decisionDecider, history) as OpenedDecision);
  return gaps.map((gap) => gapWords(gap, (funderId) => funderId, 'fr'));
}

const withoutAmount = (): DecisionOpened => {
  const { amountCents: _, ...rest } = DECISION;
  return { type: 'DecisionOpened.v1', data: rest };
};
/** Eure adopts and states no amount. */
const silent = (): DeliberationRecorded => {
  const { amountCents: _, ...rest } = OF_EURE;
  return { type: 'DeliberationRecorded.v1', data: rest };
};

describe('concordance', () => {
  it('is complete once every authority adopted the amount, or stated none', () => {
    expect(missing(opened(), recorded(), recorded(OF_EURE))).toEqual([]);
    expect(missing(opened(), recorded(), silent())).toEqual([]);
    expect(missing(withoutAmount(), recorded(), recorded(OF_EURE))).toEqual([]);
  });

  it('names who has not deliberated', () => {
    expect(missing(opened())).toEqual(['region n’a pas encore délibéré.', 'eure n’a pas encore délibéré.']);
    expect(missing(opened(), recorded(OF_EURE))).toEqual(['region n’a pas encore délibéré.']);
  });

  it('names what was adjourned, rejected or withdrawn, until a later one is adopted', () => {
    const eure = recorded(OF_EURE);
    expect(missing(opened(), eure, recorded({ outcome: 'adjourned' }))).toEqual([
      'region : la délibération CP 2010/12 a été ajournée le 01/02/2010.',
    ]);
    expect(missing(opened(), eure, recorded({ outcome: 'rejected' }))).toEqual([
      'region : la délibération CP 2010/12 a été rejetée le 01/02/2010.',
    ]);
    expect(missing(opened(), eure, recorded(), withdrawn())).toEqual([
      'region : la délibération CP 2010/12 a été retirée le 01/03/2010.',
    ]);
    const later = recorded({ reference: 'CP 2010/20', takenOn: '2010-03-15' });
    expect(missing(opened(), eure, recorded(), withdrawn(), later)).toEqual([]);
  });

  it('names the amount that differs, from the decision’s or from another authority’s', () => {
    const less = recorded({ ...OF_EURE, amountCents: 90_000 });
    expect(missing(opened(), recorded(), less)).toEqual([
      'eure a adopté 900,00\u202f€ (délibération 2010-CG-7) ; la décision porte sur 1\u202f000,00\u202f€.',
    ]);
    expect(missing(withoutAmount(), recorded(), less)).toEqual([
      'eure a adopté 900,00\u202f€ (délibération 2010-CG-7) ; region a adopté 1\u202f000,00\u202f€.',
    ]);
  });

  it('says it in English too', () => {
    const gaps = gapsOf(
      fold(decisionDecider, [
        opened({ expected: ['region', 'eure', 'seine-maritime'] }),
        recorded({ amountCents: 1 }),
        recorded({ ...OF_EURE, outcome: 'rejected' }),
      ]) as OpenedDecision,
    );
    expect(gaps.map((gap) => gapWords(gap, (funderId) => funderId, 'en'))).toEqual([
      'region adopted €0.01 (deliberation CP 2010/12); the decision is about €1,000.00.',
      'eure: the deliberation 2010-CG-7 was rejected on 2010-02-15.',
      'seine-maritime has not deliberated yet.',
    ]);
  });
});

describe('the table of rejections', () => {
  it('holds the codes provoked above and no others', () => {
    expect([...provokedCodes].toSorted()).toEqual(Object.keys(decisionRejections).toSorted());
  });
});
