/** What a reconciliation promises: taken once, compared, matched and undone by hand, signed off with what remains. */

import { CorruptHistory, fold } from '#libs/decider/decider';
import { given, provokedCodes } from '#libs/decider/given';
import { outcomesOf } from './outcomes.movements.js';
import { MAX_PAYMENTS_A_MATCH } from './matching.movements.js';
import { line } from './partner-line.examples.js';
import { MAX_LINES, reconciliationDecider } from './reconciliation.decider.js';
import type { MakeMatch, OpenReconciliation, ReconciliationCommand } from './reconciliation.commands.js';
import type { BadLine, ReconciliationEvent } from './reconciliation.events.js';
import { reconciliationRejections } from './reconciliation.rejections.js';
import type { OpenedReconciliation, Reconciliation } from './reconciliation.state.js';
import type { LedgerPayment, ReconciliationTerms } from './reconciliation.terms.js';

const R = 'R-1';

const BAD: BadLine = { line: 5, errors: [{ column: 'date', code: 'DAY_INVALID' }] };

const paid = (id: number, amountCents: number, other: Partial<LedgerPayment> = {}): LedgerPayment => ({
  paymentId: `P-${id}`,
  grantId: 'G-1',
  schemeId: 'insertion',
  paidOn: '2010-03-31',
  amountCents,
  shareCents: amountCents / 3,
  orderNumbers: [`M-${id}`],
  status: 'paid',
  recoveredCents: 0,
  position: id,
  ...other,
});
/** P-1 is on the list, P-2 with another amount, P-3 is not; P-4 was reversed. */
const PAYMENTS = [paid(1, 300), paid(2, 600), paid(3, 900), paid(4, 1_200, { status: 'reversed' })];

const terms = (payments: readonly LedgerPayment[] = PAYMENTS, atPosition = 10): ReconciliationTerms => ({
  today: '2011-01-20',
  isFunder: (funderId) => funderId === 'eure',
  isScheme: (schemeId) => schemeId === 'insertion',
  ledgerFor: () => ({ atPosition, payments }),
});

const OPEN: OpenReconciliation = {
  type: 'OpenReconciliation',
  reconciliationId: R,
  funderId: 'eure',
  exercice: 2010,
  schemeId: 'insertion',
  receivedOn: '2011-01-20',
  sha256: 'a'.repeat(64),
  lines: [line(2, 'M-1', 300), line(3, 'M-2', 630), line(4, 'M-4', 1_200), BAD],
};

const decide = (command: ReconciliationCommand, state: Reconciliation, on: ReconciliationTerms) =>
  reconciliationDecider.decide(command, state, on);

const OPENED = decide(OPEN, { status: 'unknown' }, terms());
const after = (...more: readonly ReconciliationEvent[]) => fold(reconciliationDecider, [...OPENED, ...more]);
const MATCH: MakeMatch = {
  type: 'MakeMatch',
  reconciliationId: R,
  matchId: 'H-1',
  lines: [4],
  payments: ['P-3'],
  reason: 'numéro mal saisi',
};
const MADE = decide(MATCH, after(), terms());
const undo = (matchId: string, reason = 'erreur') =>
  ({ type: 'UndoMatch', reconciliationId: R, matchId, reason }) as const;
const close = (reason?: string) =>
  ({ type: 'CloseReconciliation', reconciliationId: R, ...(reason === undefined ? {} : { reason }) }) as const;
const compare = (comparisonId: string) => ({ type: 'CompareAgain', reconciliationId: R, comparisonId }) as const;
const CLOSED = decide(close('vu'), after(), terms());

const outcomes = (state: Reconciliation, payments = PAYMENTS, comparedAt = 10) => {
  const { rows } = outcomesOf(state as OpenedReconciliation, { atPosition: 10, payments }, comparedAt);
  return rows.map((row) => [
    row.line ?? row.payments[0]!.paymentId,
    row.outcome,
    ...row.remarks.map(({ code }) => code),
  ]);
};

describe('OpenReconciliation', () => {
  it('records the list, what its references match, and what both come to', () => {
    const events = given(reconciliationDecider).when(OPEN, terms()).events();
    expect(events.map(({ type }) => type)).toEqual([
      'ReconciliationOpened.v1',
      'PartnerLinesTaken.v1',
      'LinesMatched.v1',
      'LedgerCompared.v1',
    ]);
    expect(events[0]!.data).toEqual({
      reconciliationId: R,
      funderId: 'eure',
      exercice: 2010,
      schemeId: 'insertion',
      receivedOn: '2011-01-20',
      list: { sha256: OPEN.sha256, lineCount: 4, badLineCount: 1 },
      atPosition: '10',
    });
    const nothing = { amountCents: 0, shareCents: 0 };
    expect(events[3]!.data).toMatchObject({
      comparisonId: 'opening',
      totals: [
        { outcome: 'matched', lineCount: 1, paymentCount: 1, listed: { amountCents: 300, shareCents: 100 } },
        {
          outcome: 'different-amount',
          lineCount: 1,
          paymentCount: 1,
          listed: { amountCents: 630, shareCents: 210 },
          recorded: { amountCents: 600, shareCents: 200 },
        },
        { outcome: 'missing-here', lineCount: 1, paymentCount: 0, recorded: nothing },
        { outcome: 'missing-there', lineCount: 0, paymentCount: 1, listed: nothing },
        { outcome: 'bad', lineCount: 1, paymentCount: 0, listed: nothing, recorded: nothing },
      ],
    });
  });

  it('of the same list again records nothing, whatever day and name are said; of another it is refused', () => {
    given(reconciliationDecider, ...OPENED)
      .when({ ...OPEN, receivedOn: '2011-01-19', listName: 'x' }, terms())
      .thenNothing();
    const { schemeId: _, ...everyScheme } = OPEN;
    for (const other of [
      { ...OPEN, sha256: 'b' },
      { ...OPEN, funderId: 'region' },
      { ...OPEN, exercice: 2009 },
      everyScheme,
    ])
      given(reconciliationDecider, ...OPENED)
        .when(other, terms())
        .rejects('RECONCILIATION_ID_REUSED');
  });

  it('is refused for a funder, a scheme or a day that cannot be', () => {
    given(reconciliationDecider)
      .when({ ...OPEN, funderId: 'calvados' }, terms())
      .rejects('RECONCILIATION_FUNDER_UNKNOWN');
    given(reconciliationDecider)
      .when({ ...OPEN, schemeId: 'loisirs' }, terms())
      .rejects('RECONCILIATION_SCHEME_UNKNOWN');
    given(reconciliationDecider)
      .when({ ...OPEN, receivedOn: '2011-01-21' }, terms())
      .rejects('RECONCILIATION_DATED_IN_FUTURE');
  });
});

/** Payments of one slip, 3.00 € each. */
const slipOf = (count: number) =>
  Array.from({ length: count }, (_, i) => paid(i, 300, { orderNumbers: [`B-1/${i}`], paymentId: `P${i}` }));

describe('A long list', () => {
  const long = 'réf. '.repeat(60);
  const lines = Array.from({ length: MAX_LINES }, (_, i) => line(i + 2, `${long}${i}`, 300));
  const payments = lines.map((each, i) => paid(i, 300, { orderNumbers: [each.reference] }));
  const whole = { ...OPEN, lines };

  /** Appends one after another until nothing is left, as the handler makes them. */
  function appends(command: OpenReconciliation): (readonly ReconciliationEvent[])[] {
    const made: (readonly ReconciliationEvent[])[] = [];
    let state = reconciliationDecider.initial;
    for (;;) {
      const events = decide(command, state, terms(payments));
      if (events.length === 0) return made;
      made.push(events);
      state = fold(reconciliationDecider, made.flat());
    }
  }

  it('is recorded in appends that a store takes, and comes out whole', () => {
    const made = appends(whole);
    expect(made.length).toBeGreaterThan(2);
    for (const events of made) expect(Buffer.byteLength(JSON.stringify(events))).toBeLessThan(1_000_000);
    const state = fold(reconciliationDecider, made.flat()) as OpenedReconciliation;
    expect([state.status, state.lines.size, state.matchOfLine.size]).toEqual(['open', MAX_LINES, MAX_LINES]);
    const chunks = made.flat().flatMap((event) => (event.type === 'PartnerLinesTaken.v1' ? [event.data.lines] : []));
    for (const chunk of chunks) expect(chunk.length).toBeLessThanOrEqual(1_000);
  });

  it('whose recording stopped takes nothing else until it is sent again', () => {
    const first = decide(whole, { status: 'unknown' }, terms(payments));
    given(reconciliationDecider, ...first)
      .when(MATCH, terms())
      .rejects('RECONCILIATION_INCOMPLETE');
    given(reconciliationDecider, ...first)
      .when(close('x'), terms())
      .rejects('RECONCILIATION_INCOMPLETE');
    given(reconciliationDecider, ...first)
      .when({ ...whole, sha256: 'b' }, terms())
      .rejects('RECONCILIATION_ID_REUSED');
  });

  it('may be one slip of as many payments as one match holds, and not of more', () => {
    const one = { ...OPEN, lines: [line(2, 'B-1', 300 * MAX_PAYMENTS_A_MATCH)] };
    const slip = slipOf(MAX_PAYMENTS_A_MATCH);
    const state = fold(reconciliationDecider, decide(one, { status: 'unknown' }, terms(slip)));
    expect(outcomes(state, slip)).toEqual([[2, 'matched']]);
    const more = slipOf(MAX_PAYMENTS_A_MATCH + 1);
    const unmatched = fold(reconciliationDecider, decide(one, { status: 'unknown' }, terms(more)));
    expect(outcomes(unmatched, more)[0]).toEqual([2, 'missing-here', 'too-many-payments']);
  });
});

describe('What is shown', () => {
  it('is each line and each payment once, with what explains it', () => {
    expect(outcomes(after())).toEqual([
      [2, 'matched'],
      [3, 'different-amount'],
      [4, 'missing-here', 'payment-reversed'],
      [5, 'bad'],
      ['P-3', 'missing-there'],
    ]);
  });

  it('follows the ledger: a payment that is reversed or returned no longer counts, one that is recovered does', () => {
    const now = [paid(1, 300, { status: 'returned' }), paid(2, 600, { recoveredCents: 30 }), paid(3, 900)];
    expect(outcomes(after(), now).slice(0, 2)).toEqual([
      [2, 'different-amount', 'payment-returned'],
      [3, 'different-amount', 'payment-recovered'],
    ]);
  });

  it('says what was recorded since, and what comparing anew would match', () => {
    const now = [...PAYMENTS, paid(11, 1_200, { orderNumbers: ['M-4'], paymentId: 'M-4' })];
    const { movedOn } = outcomesOf(after() as OpenedReconciliation, { atPosition: 11, payments: now }, 10);
    expect(movedOn).toEqual({ paymentsSince: 1, matchesChanged: 0, linesThatWouldMatch: 1 });
    expect(outcomes(after(), now).slice(2)).toEqual([
      [4, 'missing-here', 'would-match', 'payment-reversed'],
      [5, 'bad'],
      ['P-3', 'missing-there'],
      ['M-4', 'missing-there', 'recorded-since'],
    ]);
  });

  it('points to what a line may be: another day, a reference used, unknown in part, ambiguous, or only an amount', () => {
    const listed = [
      line(2, 'M-1', 300, { on: '2010-04-01' }),
      line(3, 'M-1', 300),
      line(4, 'M-2+M-99', 900),
      line(5, 'M-5', 300),
      line(6, 'X-9', 900),
    ];
    const payments = [...PAYMENTS, paid(5, 1_500), paid(6, 1_800, { orderNumbers: ['M-5'] })];
    const state = fold(
      reconciliationDecider,
      decide({ ...OPEN, lines: listed }, { status: 'unknown' }, terms(payments)),
    );
    expect(outcomes(state, payments).slice(0, 5)).toEqual([
      [2, 'missing-here', 'already-matched'],
      [3, 'matched'],
      [4, 'different-amount', 'unknown-part'],
      [5, 'missing-here', 'ambiguous-reference'],
      [6, 'missing-here', 'same-amount'],
    ]);
    const alone = fold(reconciliationDecider, decide({ ...OPEN, lines: [listed[0]!] }, { status: 'unknown' }, terms()));
    expect(outcomes(alone)[0]).toEqual([2, 'matched', 'other-day']);
  });
});

describe('CompareAgain', () => {
  const late = [...PAYMENTS, paid(11, 1_200, { orderNumbers: ['M-4'], paymentId: 'P-11' })];

  it('matches what is free with what came since, and touches nothing else', () => {
    const events = given(reconciliationDecider, ...OPENED)
      .when(compare('C-2'), terms(late, 11))
      .events();
    expect(events[0]).toMatchObject({
      type: 'LinesMatched.v1',
      data: { atPosition: '11', matches: [{ matchId: 'auto-4', lines: [4], payments: ['P-11'] }] },
    });
    expect(events.slice(1).map(({ type }) => type)).toEqual(['LedgerCompared.v1']);
  });

  it('leaves the lines of a match that was undone to a hand', () => {
    const undone = decide(undo('auto-2'), after(), terms());
    const events = decide(compare('C-2'), after(...undone), terms());
    expect(events.map(({ type }) => type)).toEqual(['LedgerCompared.v1']);
    expect(outcomes(after(...undone))[0]).toEqual([2, 'missing-here', 'match-undone']);
  });

  it('under an id that was compared records nothing', () => {
    given(reconciliationDecider, ...OPENED)
      .when(compare('opening'), terms(late, 11))
      .thenNothing();
  });
});

const givenMatch = (other: object, ...more: readonly ReconciliationEvent[]) =>
  given(reconciliationDecider, ...OPENED, ...more).when({ ...MATCH, ...other }, terms());

describe('MakeMatch', () => {
  it('ties lines and payments, with what both come to', () => {
    givenMatch({}).then({
      type: 'MatchMade.v1',
      data: {
        reconciliationId: R,
        matchId: 'H-1',
        lines: [4],
        payments: ['P-3'],
        listed: { amountCents: 1_200, shareCents: 400 },
        recorded: { amountCents: 900, shareCents: 300 },
        reason: 'numéro mal saisi',
      },
    });
    // what differs still differs, whoever says that it belongs together
    expect(outcomes(after(...MADE))[2]).toEqual([4, 'different-amount']);
  });

  it('again records nothing, otherwise under its id it is refused', () => {
    givenMatch({}, ...MADE).thenNothing();
    givenMatch({ payments: ['P-3', 'P-3'] }, ...MADE).thenNothing();
    givenMatch({ reason: 'autre' }, ...MADE).rejects('MATCH_ID_REUSED');
    givenMatch({ payments: ['P-2'] }, ...MADE).rejects('MATCH_ID_REUSED');
    givenMatch({ matchId: 'auto-4' }).rejects('MATCH_ID_RESERVED');
  });

  it('takes free lines and standing, free payments of the reconciliation only', () => {
    givenMatch({ lines: [2] }).rejects('MATCH_LINE_TAKEN', { matchId: 'auto-2' });
    givenMatch({ lines: [5] }).rejects('MATCH_LINE_BAD');
    givenMatch({ lines: [6] }).rejects('MATCH_LINE_UNKNOWN');
    givenMatch({ payments: ['P-1'] }).rejects('MATCH_PAYMENT_TAKEN', { matchId: 'auto-2' });
    givenMatch({ payments: ['P-4'] }).rejects('MATCH_PAYMENT_FALLEN');
    givenMatch({ payments: ['P-5'] }).rejects('MATCH_PAYMENT_UNKNOWN');
    given(reconciliationDecider).when(MATCH, terms()).rejects('RECONCILIATION_UNKNOWN');
  });
});

describe('UndoMatch', () => {
  it('takes one match apart, and no other', () => {
    const events = given(reconciliationDecider, ...OPENED, ...MADE)
      .when(undo('auto-3'), terms())
      .events();
    expect(events).toMatchObject([
      { type: 'MatchUndone.v1', data: { matchId: 'auto-3', lines: [3], payments: ['P-2'] } },
    ]);
    expect(outcomes(after(...MADE, ...events))).toEqual([
      [2, 'matched'],
      [3, 'missing-here', 'match-undone'],
      [4, 'different-amount'],
      [5, 'bad'],
      ['P-2', 'missing-there'],
    ]);
  });

  it('again records nothing; its id is not free again', () => {
    const undone = decide(undo('H-1'), after(...MADE), terms());
    const history = [...OPENED, ...MADE, ...undone];
    given(reconciliationDecider, ...history)
      .when(undo('H-1'), terms())
      .thenNothing();
    given(reconciliationDecider, ...history)
      .when(undo('H-1', 'autre'), terms())
      .rejects('MATCH_ALREADY_UNDONE');
    given(reconciliationDecider, ...history)
      .when({ ...MATCH, lines: [3] }, terms())
      .rejects('MATCH_ID_REUSED');
    given(reconciliationDecider, ...OPENED)
      .when(undo('H-1'), terms())
      .rejects('MATCH_UNKNOWN');
    given(reconciliationDecider, ...history)
      .when({ ...MATCH, matchId: 'H-2' }, terms())
      .events();
  });
});

describe('CloseReconciliation', () => {
  it('names what remains, and asks why', () => {
    given(reconciliationDecider, ...OPENED)
      .when(close(), terms())
      .rejects('RECONCILIATION_DIFFERENCES_REMAIN', { missingHere: 1, missingThere: 1, differentAmount: 1, bad: 1 });
    const [closed] = given(reconciliationDecider, ...OPENED)
      .when(close('vu'), terms())
      .events();
    expect(closed!.data).toMatchObject({
      closedOn: '2011-01-20',
      atPosition: '10',
      remaining: {
        bad: [5],
        missingHere: [4],
        missingThere: ['P-3'],
        differentAmount: [{ matchId: 'auto-3', amountCents: 30, shareCents: 10 }],
      },
      reason: 'vu',
    });
  });

  it('needs no reason when nothing remains', () => {
    const clean = { ...OPEN, lines: [line(2, 'M-1', 300)] };
    const opened = decide(clean, { status: 'unknown' }, terms([paid(1, 300)]));
    const events = given(reconciliationDecider, ...opened)
      .when(close(), terms([paid(1, 300)]))
      .events();
    expect(events[0]!.data).toMatchObject({
      remaining: { bad: [], missingHere: [], missingThere: [], differentAmount: [] },
    });
    expect(events[0]!.data).not.toHaveProperty('reason');
  });

  it('names so many and no more', () => {
    const payments = Array.from({ length: 5_001 }, (_, i) => paid(i + 20, 300));
    given(reconciliationDecider, ...OPENED)
      .when(close('vu'), terms([...PAYMENTS, ...payments]))
      .rejects('RECONCILIATION_TOO_MANY_DIFFERENCES', { count: 5_002 });
  });

  it('ends it: nothing changes any more', () => {
    const history = [...OPENED, ...CLOSED];
    given(reconciliationDecider, ...history)
      .when(close('vu'), terms())
      .thenNothing();
    for (const command of [close('autre'), compare('C-2'), undo('auto-2'), MATCH])
      given(reconciliationDecider, ...history)
        .when(command, terms())
        .rejects('RECONCILIATION_CLOSED');
    given(reconciliationDecider, ...history)
      .when(OPEN, terms())
      .thenNothing();
  });
});

describe('A history that cannot be', () => {
  const [, , linesMatched] = OPENED;
  it.each([
    ['opened twice', [...OPENED, OPENED[0]!]],
    ['matched before it is opened', [linesMatched!]],
    ['matched twice', [...OPENED, linesMatched!]],
    ['undone what never was', [...OPENED, ...decide(undo('H-1'), after(...MADE), terms())]],
    ['changed after its end', [...OPENED, ...CLOSED, ...MADE]],
  ])('is not folded: %s', (_, history) => {
    expect(() => fold(reconciliationDecider, history)).toThrow(CorruptHistory);
  });
});

describe('the table of rejections', () => {
  it('holds the codes provoked above, those of files aside, and no others', () => {
    const ruled = Object.keys(reconciliationRejections).filter((code) => !code.startsWith('LIST_'));
    expect([...provokedCodes].toSorted()).toEqual(ruled.toSorted());
  });
});
