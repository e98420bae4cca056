/** What holds whatever happens between three funders in three years, exercices closed and reopened: R3, R20, R21, R23. */

import * as fc from 'fast-check';
import { addDays, yearOf } from '#libs/calendar/day';
import { attempt } from '#libs/decider/given';
import { Rejection } from '#libs/decider/rejection';
import { sumCents } from '#libs/money/cents';
import { movementsOf, positionChange } from '../balances/balance.movements.js';
import type { LedgerEvent } from '../catalogue.js';
import { FUNDERS, recorded } from '../grants/grant.examples.js';
import type { PaymentRecorded, Share } from '../grants/grant.events.js';
import { callLinesOf } from './call-lines.movements.js';
import { settlementDecider, type SettlementCommand } from './settlement.decider.js';
import type { CalledLine, FundingCallIssued, SettlementEvent } from './settlement.events.js';
import { call, contribute, reverse, terms } from './settlement.examples.js';

type Step =
  | { readonly does: 'pay'; readonly sharesCents: readonly number[]; readonly paidBy: string }
  | { readonly does: 'give back'; readonly nth: number; readonly by: string; readonly how: 'reversal' | 'recovery' }
  | { readonly does: 'close' | 'reopen'; readonly yearsAgo: number }
  | { readonly does: 'settle'; readonly command: (day: string) => SettlementCommand };

/** From one step to the next: 60 steps are three years. */
const DAYS_A_STEP = 18;

interface Played {
  readonly events: readonly LedgerEvent[];
  readonly settled: readonly SettlementEvent[];
  readonly accepted: readonly SettlementCommand[];
  readonly repeat: (command: SettlementCommand) => readonly SettlementEvent[];
}

function play(steps: readonly Step[]): Played {
  const events: LedgerEvent[] = [];
  const settled: SettlementEvent[] = [];
  const accepted: SettlementCommand[] = [];
  const closed = new Set<number>();
  const around = terms({
    today: '2013-12-31',
    isExerciceClosed: (exercice) => closed.has(exercice),
    linesOf: (payer) => callLinesOf(events).get(payer) ?? [],
  });
  let settlement = settlementDecider.initial;
  for (const [i, step] of steps.entries()) {
    const day = addDays('2010-01-01', i * DAYS_A_STEP);
    const year = yearOf(day);
    switch (step.does) {
      case 'pay':
        if (!closed.has(year))
          events.push(
            recorded(step.sharesCents, { paymentId: `P-${i}`, paidOn: day, paidBy: step.paidBy, exercice: year }),
          );
        break;
      case 'give back':
        events.push(...givenBack(events, step, day, closed));
        break;
      case 'close':
        if (step.yearsAgo > 0) closed.add(year - step.yearsAgo);
        break;
      case 'reopen':
        closed.delete(year - step.yearsAgo);
        break;
      case 'settle': {
        const command = step.command(day);
        const decided = attempt(() => settlementDecider.decide(command, settlement, around));
        if (decided instanceof Rejection) break;
        for (const event of decided) settlement = settlementDecider.evolve(settlement, event);
        events.push(...decided);
        settled.push(...decided);
        accepted.push(command);
      }
    }
  }
  return { events, settled, accepted, repeat: (command) => settlementDecider.decide(command, settlement, around) };
}

/** The nth payment back, once; in its own exercice while that is open, as the grants do it. */
function givenBack(
  events: readonly LedgerEvent[],
  { nth: n, by, how }: Extract<Step, { does: 'give back' }>,
  on: string,
  closed: ReadonlySet<number>,
): LedgerEvent[] {
  const payment = events.filter((event): event is PaymentRecorded => event.type === 'PaymentRecorded.v1')[n]?.data;
  if (payment === undefined) return [];
  const { paymentId, grantId, schemeId, amountCents, paidBy, shares } = payment;
  const isBack = (event: LedgerEvent) =>
    (event.type === 'PaymentReversed.v1' || event.type === 'RecoveryRecorded.v1') && event.data.paymentId === paymentId;
  const exercice = how === 'recovery' || closed.has(payment.exercice) ? yearOf(on) : payment.exercice;
  if (closed.has(exercice) || events.some(isBack)) return [];
  const reference = { paymentId, grantId, schemeId, exercice, keyVersion: 1, amountCents, shares };
  if (how === 'reversal')
    return [{ type: 'PaymentReversed.v1', data: { ...reference, paidBy, reversedOn: on, reason: 'Erreur' } }];
  const recovery = { recoveryId: 'R-1', recoveredBy: by, recoveredOn: on, reason: 'Trop-perçu', seenCents: [] };
  return [{ type: 'RecoveryRecorded.v1', data: { ...reference, ...recovery } }];
}

const funder = fc.constantFrom(...FUNDERS);
const nth = fc.nat(8);
const yearsAgo = fc.nat(2);
const amount = fc.integer({ min: 1, max: 40 });
const pays = fc.record({
  does: fc.constant('pay' as const),
  sharesCents: fc.tuple(amount, fc.nat(40), fc.nat(40)),
  paidBy: funder,
});
const givesBack = fc.record({
  does: fc.constant('give back' as const),
  nth,
  by: funder,
  how: fc.constantFrom('reversal' as const, 'recovery' as const),
});
const closes = fc.record({ does: fc.constantFrom('close' as const, 'close' as const, 'reopen' as const), yearsAgo });
const calls = fc.record({ nth: fc.nat(30), payer: funder, yearsAgo }).map((asked): Step => ({
  does: 'settle',
  command: (issuedOn) =>
    call({ callId: `AF-${asked.nth}`, payer: asked.payer, exercice: yearOf(issuedOn) - asked.yearsAgo, issuedOn }),
}));
const contributions = fc
  .record({ nth, from: funder, to: funder, amountCents: amount, callNth: fc.option(nth) })
  .map(({ nth: n, callNth, ...facts }): Step => ({
    does: 'settle',
    command: (paidOn) =>
      contribute({
        contributionId: `C-${n}`,
        ...facts,
        exercice: yearOf(paidOn),
        paidOn,
        ...(callNth === null ? {} : { callId: `AF-${callNth}` }),
      }),
  }));
const reversals = nth.map((n): Step => ({
  does: 'settle',
  command: (reversedOn) => reverse({ contributionId: `C-${n}`, reversedOn }),
}));
const histories = fc.array(fc.oneof(pays, pays, givesBack, closes, calls, calls, contributions, reversals), {
  maxLength: 60,
  size: 'max',
});

const callsIn = (settled: readonly SettlementEvent[]) =>
  settled.filter((event): event is FundingCallIssued => event.type === 'FundingCallIssued.v2').map(({ data }) => data);
const partOf = (funderId: string, parts: readonly Share[]) =>
  sumCents(parts.filter((part) => part.funderId === funderId).map((part) => part.amountCents));
const netOf = (funderId: string, lines: readonly CalledLine[]) =>
  sumCents(lines.map(({ sign, shares }) => sign * partOf(funderId, shares)));

describe('any history of payments, calls, contributions and closings', () => {
  it('leaves positions that sum to zero after every event (R20)', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        for (const event of play(steps).events)
          expect(sumCents(movementsOf(event).map((movement) => positionChange(movement)))).toBe(0);
      }),
    );
  });

  it('calls each line of each exercice at most once, and asks only for positive amounts (R21)', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const issued = callsIn(play(steps).settled);
        const taken = issued.flatMap(({ exercice, payer, lines }) =>
          lines.map(({ lineId, originExercice = exercice }) => `${payer} ${originExercice} ${lineId}`),
        );
        expect(new Set(taken).size).toBe(taken.length);
        for (const { called, broughtForward, carriedForward } of issued) {
          expect(called.length).toBeGreaterThan(0);
          for (const { amountCents } of [...called, ...broughtForward, ...carriedForward])
            expect(amountCents).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('calls what the lines ask less the credit taken; what is not used is carried on (R21)', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        for (const { payer, lines, called, broughtForward, carriedForward } of callsIn(play(steps).settled))
          for (const funderId of FUNDERS.filter((other) => other !== payer))
            expect(partOf(funderId, called) - partOf(funderId, carriedForward)).toBe(
              netOf(funderId, lines) - partOf(funderId, broughtForward),
            );
      }),
    );
  });

  it('takes each credit whole and once, from the account that left it (R22)', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const left = new Map<string, number>();
        for (const { exercice, payer, broughtForward, carriedForward } of callsIn(play(steps).settled)) {
          for (const { funderId, amountCents, originExercice = exercice } of broughtForward) {
            const key = `${payer} ${originExercice} ${funderId}`;
            expect(left.get(key)).toBe(amountCents);
            left.delete(key);
          }
          for (const { funderId, amountCents } of carriedForward)
            left.set(`${payer} ${exercice} ${funderId}`, amountCents);
        }
      }),
    );
  });

  it('leaves nothing uncalled once every year is closed and the last call issued, but for credit (R21, R23)', () => {
    const last: readonly Step[] = [
      { does: 'settle', command: () => call({ callId: 'AF-last', exercice: 2013, issuedOn: '2013-12-31' }) },
    ];
    const closing = [2010, 2011, 2012].map((year): Step => ({ does: 'close', yearsAgo: 2013 - year }));
    fc.assert(
      fc.property(histories, (steps) => {
        const until2013 = Array.from({ length: 62 }, (_, i): Step => steps[i] ?? { does: 'reopen', yearsAgo: 9 });
        const big: Step = { does: 'pay', sharesCents: [0, 9_999, 9_999], paidBy: 'region' };
        const { events, settled } = play([...until2013, big, ...closing, ...last]);
        const issued = callsIn(settled).filter(({ payer }) => payer === 'region');
        expect(issued.at(-1)?.callId).toBe('AF-last');
        expect(issued.flatMap(({ lines }) => lines)).toHaveLength(callLinesOf(events).get('region')!.length);
        const ofRegion = callLinesOf(events).get('region')!;
        for (const funderId of ['seine-maritime', 'eure'])
          expect(sumCents(issued.map(({ called }) => partOf(funderId, called)))).toBe(netOf(funderId, ofRegion));
      }),
    );
  });

  it('asked again in any order records nothing (R3)', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const { accepted, repeat } = play(steps);
        for (const command of accepted) expect(repeat(command)).toEqual([]);
      }),
    );
  });
});
