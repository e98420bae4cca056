/** Which lines stand for which payments: by reference alone, each once, whatever the order; and how long that takes. */

import * as fc from 'fast-check';
import { matchLines } from './matching.movements.js';
import { line } from './partner-line.examples.js';
import { outcomesOf } from './outcomes.movements.js';
import { PaymentIndex } from './payment-index.movements.js';
import type { PartnerLine } from './reconciliation.events.js';
import type { Taken } from './reconciliation.state.js';
import type { LedgerPayment } from './reconciliation.terms.js';
import { equal, sumsOf } from './sums.movements.js';

/** A payment under an order number, on the same day. */
const paid = (paymentId: string, orderNumber: string, amountCents: number, other: Partial<LedgerPayment> = {}) => ({
  paymentId,
  grantId: 'G-1',
  schemeId: 'insertion',
  paidOn: '2010-03-31',
  amountCents,
  shareCents: amountCents / 3,
  orderNumbers: [orderNumber],
  status: 'paid' as const,
  recoveredCents: 0,
  position: 1,
  ...other,
});

/** Lines and payments of each match, and whether it is equal. */
const matched = (lines: readonly PartnerLine[], payments: readonly LedgerPayment[]) =>
  matchLines(lines, new PaymentIndex(payments))
    .toSorted((a, b) => a.lines[0]! - b.lines[0]!)
    .map((match) => [match.lines.join(' '), match.payments.join(' '), equal(match.listed, match.recorded)]);

describe('A reference', () => {
  const slip = [paid('P-1', 'B-12/1', 300), paid('P-2', 'B-12/2', 600), paid('P-3', 'M-3', 900)];

  it.each([
    ['an order number', 'M-3', 900, 'P-3'],
    ['whatever its spaces and capitals', ' m - 3 ', 900, 'P-3'],
    ['a payment id', 'P-3', 900, 'P-3'],
    ['a slip: what order numbers have before the slash', 'B-12', 900, 'P-1 P-2'],
    ['one order of a slip', 'B-12/2', 600, 'P-2'],
    ['several joined by a plus', 'B-12/1 + M-3', 1_200, 'P-1 P-3'],
    ['a slip and an order', 'M-3+B-12', 1_800, 'P-1 P-2 P-3'],
  ])('names %s', (_, reference, amountCents, payments) => {
    expect(matched([line(2, reference, amountCents)], slip)).toEqual([['2', payments, true]]);
  });

  it('is looked up once: each line of a slip may name the whole slip', () => {
    const index = new PaymentIndex(slip);
    expect(index.named('B-12')).toBe(index.named('B-12'));
  });

  it('may be an order number with a plus of its own', () => {
    expect(matched([line(2, 'A+B', 300)], [paid('P-1', 'A+B', 300), paid('P-2', 'A', 600)])).toEqual([
      ['2', 'P-1', true],
    ]);
  });

  it('that is an order number is not looked for among ids and slips', () => {
    const payments = [paid('X-1', 'M-1', 300), paid('M-1', 'X-1', 600), paid('P-3', 'X-1/1', 900)];
    expect(matched([line(2, 'M-1', 300), line(3, 'X-1', 600)], payments)).toEqual([
      ['2', 'X-1', true],
      ['3', 'M-1', true],
    ]);
  });

  it('finds a payment by the order number of its reissue too', () => {
    expect(matched([line(2, 'M-9', 300)], [paid('P-1', 'M-1', 300, { orderNumbers: ['M-1', 'M-9'] })])).toEqual([
      ['2', 'P-1', true],
    ]);
  });

  it('of several payers is not guessed, but told by an amount that is only one’s', () => {
    const payments = [paid('P-1', 'M-1', 300), paid('P-2', 'M-1', 600)];
    expect(matched([line(2, 'M-1', 600)], payments)).toEqual([['2', 'P-2', true]]);
    expect(matched([line(2, 'M-1', 900)], payments)).toEqual([]);
    expect(matched([line(2, 'M-1', 300)], [paid('P-1', 'M-1', 300), paid('P-2', 'M-1', 300)])).toEqual([]);
  });

  it('to what was reversed or is with the bank finds nothing', () => {
    const payments = [paid('P-1', 'M-1', 300, { status: 'reversed' }), paid('P-2', 'M-2', 300, { status: 'returned' })];
    expect(matched([line(2, 'M-1', 300), line(3, 'M-2', 300)], payments)).toEqual([]);
  });
});

describe('Lines', () => {
  it('of one reference may be one payment together', () => {
    expect(matched([line(2, 'M-1', 300), line(3, 'm-1', 600)], [paid('P-1', 'M-1', 900)])).toEqual([
      ['2 3', 'P-1', true],
    ]);
  });

  it('that only differ in amount are matched as different', () => {
    expect(matched([line(2, 'M-1', 300)], [paid('P-1', 'M-1', 600)])).toEqual([['2', 'P-1', false]]);
  });

  it('that only differ in their share are matched as different', () => {
    expect(matched([line(2, 'M-1', 300, { shareCents: 99 })], [paid('P-1', 'M-1', 300)])).toEqual([
      ['2', 'P-1', false],
    ]);
  });

  it('given twice are matched once', () => {
    expect(matched([line(2, 'M-1', 300), line(3, 'M-1', 300)], [paid('P-1', 'M-1', 300)])).toEqual([
      ['2', 'P-1', true],
    ]);
  });

  it('of a slip with one wrong among them are told apart', () => {
    const payments = [paid('P-1', 'B-1/1', 300), paid('P-2', 'B-1/2', 600), paid('P-3', 'B-1/3', 900)];
    const lines = [line(2, 'B-1', 300), line(3, 'B-1', 630), line(4, 'B-1', 900)];
    expect(matched(lines, payments)).toEqual([
      ['2', 'P-1', true],
      ['3', 'P-2', false],
      ['4', 'P-3', true],
    ]);
  });

  it('that name single payments of a slip leave the rest to the slip', () => {
    const payments = [paid('P-1', 'B-1/1', 300), paid('P-2', 'B-1/2', 600), paid('P-3', 'B-1/3', 900)];
    expect(matched([line(2, 'B-1', 1_500), line(3, 'B-1/1', 300)], payments)).toEqual([
      ['2', 'P-2 P-3', true],
      ['3', 'P-1', true],
    ]);
  });

  it('that differ take their payments by the most specific reference first', () => {
    const payments = [paid('P-1', 'B-1/1', 300), paid('P-2', 'B-1/2', 600)];
    expect(matched([line(2, 'B-1', 630), line(3, 'B-1/1', 330)], payments)).toEqual([
      ['2', 'P-2', false],
      ['3', 'P-1', false],
    ]);
  });

  it('that equal what others leave come before lines that differ', () => {
    const payments = [paid('P-1', 'B-1/1', 300), paid('P-2', 'B-1/2', 600)];
    expect(matched([line(2, 'B-1', 600), line(3, 'B-1/1', 300), line(4, 'B-1/2', 630)], payments)).toEqual([
      ['2', 'P-2', true],
      ['3', 'P-1', true],
    ]);
  });

  it('leave alone what another match holds', () => {
    const index = new PaymentIndex([paid('P-1', 'M-1', 300)]);
    expect(matchLines([line(2, 'M-1', 300)], index, (paymentId) => paymentId === 'P-1')).toEqual([]);
  });
});

describe('Thousands of references to one slip of thousands of payments', () => {
  const SIZE = 5_000;
  // with two more it still fits into one match
  const slip = Array.from({ length: SIZE - 2 }, (_, i) => paid(`P-${i}`, `B-12/${i}`, 300, { position: i + 1 }));
  const others = Array.from({ length: SIZE }, (_, i) => paid(`Q-${i}`, `M-${i}`, 600, { position: SIZE + i + 1 }));

  it.each([
    ['that all say the same', () => 'B-12', SIZE - 2],
    ['that each add something unknown', (i: number) => `B-12+X-${i}`, 1],
    ['that each add a payment of their own', (i: number) => `B-12+M-${i}`, SIZE],
    ['that each add one of the slip', (i: number) => `B-12+B-12/${i}`, 1],
    ['that each add another slip, too', (i: number) => `B-12+M-${i}+M-${(i + 1) % SIZE}`, 1],
  ])('%s are told in a moment', (_, referenceOf, atLeast) => {
    const lines = Array.from({ length: SIZE }, (__, i) => line(i + 2, referenceOf(i), 300));
    const payments = [...slip, ...others];
    const taken: Taken = {
      opened: {} as Taken['opened'],
      lines: new Map(lines.map((each) => [each.line, each])),
      badLines: new Map(),
      matches: new Map(),
      matchOfLine: new Map(),
      matchOfPayment: new Map(),
      byHandOnly: new Set(),
      comparisons: new Map(),
    };
    const before = process.cpuUsage();
    const index = new PaymentIndex(payments);
    const matches = matchLines(lines, index);
    const { rows } = outcomesOf(taken, { atPosition: 1, payments }, 1, index);
    const { user } = process.cpuUsage(before);
    expect(matches.length).toBeGreaterThanOrEqual(atLeast);
    expect(rows.length).toBe(SIZE * 3 - 2);
    expect(user).toBeLessThan(2_000_000);
  });
});

/** Few references and few amounts, so that they meet in every way. */
const REFERENCES = ['M-1', 'M-2', 'M-3', 'B-1', 'B-1/1', 'B-1/2', 'B-2', 'B-2/1', 'P-1', 'P-4', 'M-1+M-2', 'B-1+M-3'];
const amount = fc.constantFrom(300, 600, 900, 1_200);
const lines = fc
  .array(fc.tuple(fc.constantFrom(...REFERENCES), amount, fc.constantFrom(0, 1)), { maxLength: 12 })
  .map((all) =>
    all.map(([reference, amountCents, offCents], i) =>
      line(i + 2, reference, amountCents, { shareCents: amountCents / 3 + offCents }),
    ),
  );
const payments = fc
  .array(
    fc.tuple(
      fc.constantFrom('M-1', 'M-2', 'M-3', 'B-1/1', 'B-1/2', 'B-1/3', 'B-2/1', 'B-2/2'),
      amount,
      fc.constantFrom('paid' as const, 'paid' as const, 'paid' as const, 'reversed' as const, 'returned' as const),
    ),
    { maxLength: 12 },
  )
  .map((all) => all.map(([order, amountCents, status], i) => paid(`P-${i + 1}`, order, amountCents, { status })));

describe('However they meet', () => {
  it('each line and each payment is used once, standing ones only, and the sums are theirs', () => {
    fc.assert(
      fc.property(lines, payments, (listed, recorded) => {
        const found = matchLines(listed, new PaymentIndex(recorded));
        const usedLines = found.flatMap((match) => match.lines);
        const usedPayments = found.flatMap((match) => match.payments);
        expect(new Set(usedLines).size).toBe(usedLines.length);
        expect(new Set(usedPayments).size).toBe(usedPayments.length);
        expect(new Set(found.map(({ matchId }) => matchId)).size).toBe(found.length);
        for (const match of found) {
          const ofMatch = recorded.filter(({ paymentId }) => match.payments.includes(paymentId));
          expect(ofMatch.every(({ status }) => status === 'paid')).toBe(true);
          expect(match.recorded).toEqual(sumsOf(ofMatch));
          expect(match.listed).toEqual(sumsOf(listed.filter((each) => match.lines.includes(each.line))));
          expect(match.lines.length * match.payments.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('the order of lines and of payments does not matter', () => {
    const shuffled = fc
      .tuple(lines, payments)
      .chain(([listed, recorded]) =>
        fc.tuple(
          fc.constant([listed, recorded] as const),
          fc.shuffledSubarray(listed, { minLength: listed.length }),
          fc.shuffledSubarray(recorded, { minLength: recorded.length }),
        ),
      );
    fc.assert(
      fc.property(shuffled, ([[listed, recorded], otherLines, otherPayments]) => {
        const found = matchLines(otherLines, new PaymentIndex(otherPayments));
        expect(found).toEqual(matchLines(listed, new PaymentIndex(recorded)));
      }),
      { numRuns: 500 },
    );
  });

  it('a line that alone names a payment of its own worth is matched with it', () => {
    fc.assert(
      fc.property(lines, payments, (listed, recorded) => {
        const own = { line: 99, reference: 'M-99', on: '2010-03-31', amountCents: 300, shareCents: 100 };
        const found = matchLines([...listed, own], new PaymentIndex([...recorded, paid('P-99', 'M-99', 300)]));
        expect(found).toContainEqual(expect.objectContaining({ lines: [99], payments: ['P-99'] }));
      }),
    );
  });
});
