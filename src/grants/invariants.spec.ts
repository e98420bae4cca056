/**
 * What holds after every event of any history: random commands on three grants of one scheme, whose totals are folded from
 * the events themselves (R3, R6, R7, R11, R12, R15, R20, R25).
 */

import * as fc from 'fast-check';
import { addDays, type Day } from '#libs/calendar/day';
import { attempt } from '#libs/decider/given';
import { Rejection } from '#libs/decider/rejection';
import { apportion, apportionRecovery } from '#libs/money/apportion';
import { sumCents } from '#libs/money/cents';
import { totalsChangeOf } from '../schemes/totals.movements.js';
import type { GrantCommand } from './grant.commands.js';
import { grantDecider } from './grant.decider.js';
import type { GrantEvent } from './grant.events.js';
import { award, CONTROLLER, FUNDERS, pay, schemeOf, schemeOpened, splitKey, terms } from './grant.examples.js';
import { netPaidCents, type AwardedGrant, type Grant } from './grant.state.js';
import type { GrantTerms, PaymentElsewhere } from './grant.terms.js';

const FIRST_DAY = '2010-02-01';
const GRANTS = ['G-0', 'G-1', 'G-2'];

/** What somebody tries. `which` picks among the grant's payments or proposals. */
interface Attempt {
  readonly does: GrantCommand['type'];
  readonly grantId: string;
  readonly which: number;
  readonly amountCents: number;
  readonly funderId: string;
  readonly instalment: 'advance' | 'interim' | 'balance';
}

const payments = fc.record<Attempt>({
  does: fc.constant('RecordPayment'),
  grantId: fc.constantFrom(...GRANTS),
  which: fc.nat(99),
  amountCents: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 9 }) }, fc.integer({ min: 1, max: 400 })),
  funderId: fc.constantFrom(...FUNDERS),
  instalment: fc.oneof(
    { weight: 15, arbitrary: fc.constant('interim' as const) },
    fc.constantFrom('advance' as const, 'balance' as const),
  ),
});
const changes = fc
  .record({
    asked: payments,
    does: fc.constantFrom<Attempt['does'][]>(
      'DecideProposal',
      'DecideProposal',
      'ReversePayment',
      'RecordRecovery',
      'RecordBankReturn',
      'ReissuePayment',
      'ReissuePayment',
      'AmendGrant',
      'SuspendGrant',
      'ResumeGrant',
      'ResumeGrant',
    ),
  })
  .map(({ asked, does }): Attempt => ({ ...asked, does }));
const LONG = { minLength: 20, maxLength: 60, size: 'max' } as const;
const histories = fc.array(fc.oneof(payments, changes), LONG);

function commandOf(asked: Attempt, on: Day, grant: AwardedGrant): GrantCommand {
  const { does, grantId, which, amountCents, funderId, instalment } = asked;
  const known = [...(does === 'DecideProposal' ? grant.proposals : grant.payments).keys()];
  const paymentId = known[which % Math.max(1, known.length)] ?? 'none';
  const reason = 'Au hasard';
  switch (does) {
    case 'RecordPayment': {
      const facts = { paymentId: `${grantId}-${on}`, amountCents, paidOn: on, paidBy: funderId, instalment };
      return pay({ grantId, ...facts, orderNumber: `M-${which}`, overrideReason: reason });
    }
    case 'DecideProposal': {
      const decision = which % 3 === 0 ? 'refuse' : 'approve';
      return { type: does, grantId, paymentId, decision, reason, by: CONTROLLER };
    }
    case 'ReversePayment':
      return { type: does, grantId, paymentId, reversedOn: on, reason };
    case 'RecordRecovery': {
      const recovery = { recoveryId: `R-${on}`, amountCents, recoveredOn: on, recoveredBy: funderId };
      return { type: does, grantId, paymentId, ...recovery, reason };
    }
    case 'RecordBankReturn':
      return { type: does, grantId, paymentId, returnedOn: on, reason };
    case 'ReissuePayment':
      return { type: does, grantId, paymentId, reissuedOn: on };
    case 'AmendGrant':
      return { type: does, grantId, amendmentId: `A-${on}`, amountCents: 200 + amountCents, act: `Avenant ${on}` };
    case 'SuspendGrant':
    case 'ResumeGrant':
      return { type: does, grantId, on, reason };
    default:
      throw new Error(`${does} is not tried here`);
  }
}

/** The grants of a scheme, and its totals as the events leave them; by funder, in their order. */
class World {
  readonly grants = new Map<string, Grant>();
  readonly netCents = FUNDERS.map(() => 0);
  readonly positionsCents = FUNDERS.map(() => 0);
  /** What each grant has paid out that has not come back. */
  readonly outCents = new Map<string, number>();
  /** Reversals, recoveries and bank returns so far. */
  corrections = 0;
  private readonly orders = new Map<string, PaymentElsewhere>();

  constructor(readonly scheme: Pick<GrantTerms, 'scheme'>) {}

  grant(grantId: string): Grant {
    return this.grants.get(grantId) ?? grantDecider.initial;
  }

  terms(today: Day): GrantTerms {
    return terms({
      ...this.scheme,
      today,
      netShareCents: (_, __, funderId) => this.netCents[indexOf(funderId)]!,
      paymentOfOrder: (payer, exercice, orderNumber) => this.orders.get(`${payer} ${exercice} ${orderNumber}`),
    });
  }

  apply(event: GrantEvent): void {
    const { grantId } = event.data;
    this.grants.set(grantId, grantDecider.evolve(this.grant(grantId), event));
    const change = totalsChangeOf(event);
    if (change === undefined) return;
    if (event.type === 'PaymentRecorded.v1')
      this.orders.set(`${event.data.paidBy} ${event.data.exercice} ${event.data.orderNumber}`, event.data);
    const { sign, amountCents, shares } = change;
    if (sign === -1) this.corrections += 1;
    this.outCents.set(grantId, (this.outCents.get(grantId) ?? 0) + sign * amountCents);
    this.positionsCents[indexOf(tillOf(event))]! += sign * amountCents;
    for (const share of shares) {
      this.netCents[indexOf(share.funderId)]! += sign * share.amountCents;
      this.positionsCents[indexOf(share.funderId)]! -= sign * share.amountCents;
    }
  }
}

const indexOf = (funderId: string) => FUNDERS.findIndex((funder) => funder === funderId);
const spread = (cents: readonly number[]) => Math.max(...cents) - Math.min(...cents);

/** The funder whose till the money left or came back to. */
function tillOf({ data }: GrantEvent): string {
  if ('recoveredBy' in data) return data.recoveredBy;
  return 'paidBy' in data ? data.paidBy : '';
}

/** The shares that the stored event accounts for, computed again from what else it stores; undefined without shares. */
function sharesAgain(event: GrantEvent, before: Grant, weights: readonly number[]): readonly number[] | undefined {
  if (event.type === 'PaymentRecorded.v1') {
    const { amountCents, split } = event.data;
    return apportion(amountCents, weights, split.seenCents, [0, 1, 2]).sharesCents;
  }
  if (totalsChangeOf(event) === undefined || !('paymentId' in event.data)) return undefined;
  const { recorded } = (before as AwardedGrant).payments.get(event.data.paymentId)!;
  if (event.type !== 'RecoveryRecorded.v1') return recorded.shares.map((share) => share.amountCents);
  const { amountCents, seenCents } = event.data;
  return apportionRecovery(amountCents, seenCents, recorded.split.order.map(indexOf));
}

/** Tries everything, a day each, and calls `after` with every event as soon as it has been applied. */
function play(
  scheme: Pick<GrantTerms, 'scheme'>,
  history: readonly Attempt[],
  after: (event: GrantEvent, world: World, before: Grant) => void = () => undefined,
): World {
  const world = new World(scheme);
  const ask = (command: GrantCommand, today: Day) => {
    const before = world.grant(command.grantId);
    const decided = attempt(() => grantDecider.decide(command, before, world.terms(today)));
    if (decided instanceof Rejection) return;
    for (const event of decided) {
      world.apply(event);
      after(event, world, before);
    }
    // R3: at every point of history the same command again leads to nothing
    expect(grantDecider.decide(command, world.grant(command.grantId), world.terms(today))).toEqual([]);
  };
  for (const grantId of GRANTS) ask(award({ grantId, amountCents: 600 }), FIRST_DAY);
  history.forEach((asked, days) => {
    const today = addDays(FIRST_DAY, days);
    ask(commandOf(asked, today, world.grant(asked.grantId) as AwardedGrant), today);
  });
  return world;
}

describe.each([
  ['an equal key', [1, 1, 1], {}],
  ['an equal key and an approval threshold', [1, 1, 1], { approvalThresholdCents: 50 }],
  ['51 / 35 / 14', [51, 35, 14], {}],
] as const)('after every event of any history, under %s', (_, weights, other) => {
  const scheme = schemeOf(schemeOpened({ splitKey: splitKey(...weights), ...other }));

  it('the shares sum to the amount and none is negative (R6)', () => {
    fc.assert(
      fc.property(histories, (history) => {
        play(scheme, history, (event) => {
          const change = totalsChangeOf(event);
          const cents = change?.shares.map((share) => share.amountCents) ?? [];
          expect([sumCents(cents), cents.filter((one) => one < 0)]).toEqual([change?.amountCents ?? 0, []]);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('the event stores enough to compute its shares again; a correction mirrors its payment (R7, R11, R25)', () => {
    fc.assert(
      fc.property(histories, (history) => {
        play(scheme, history, (event, __, before) => {
          expect(totalsChangeOf(event)?.shares.map((share) => share.amountCents)).toEqual(
            sharesAgain(event, before, weights),
          );
        });
      }),
      { numRuns: 50 },
    );
  });

  it('no grant has paid more than its amount (R15), and the positions sum to zero (R20)', () => {
    fc.assert(
      fc.property(histories, (history) => {
        play(scheme, history, (event, world) => {
          const { grantId } = event.data;
          const grant = world.grant(grantId) as AwardedGrant;
          expect(netPaidCents(grant)).toBeLessThanOrEqual(grant.amountCents);
          expect(world.outCents.get(grantId) ?? 0).toBeLessThanOrEqual(netPaidCents(grant));
          expect(sumCents(world.positionsCents)).toBe(0);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('each funder’s total is what it still bears of the payments, never negative (R11)', () => {
    fc.assert(
      fc.property(histories, (history) => {
        play(scheme, history, (_event, world) => {
          const standing = [...world.grants.values()].flatMap((grant) => [
            ...(grant as AwardedGrant).payments.values(),
          ]);
          const borne = FUNDERS.map((__, i) => sumCents(standing.map((payment) => payment.remainingCents[i]!)));
          expect(world.netCents).toEqual(borne);
          expect(standing.flatMap((payment) => payment.remainingCents).filter((cents) => cents < 0)).toEqual([]);
        });
      }),
      { numRuns: 30 },
    );
  });
});

describe('after every event of any history, under an equal key (R12)', () => {
  const scheme = schemeOf(schemeOpened());

  it('the funders’ totals are within 1 + R cents after R reversals, recoveries and bank returns', () => {
    fc.assert(
      fc.property(histories, (history) => {
        play(scheme, history, (_, world) => {
          expect(spread(world.netCents)).toBeLessThanOrEqual(1 + world.corrections);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('the funders’ totals are within a cent with payments alone', () => {
    fc.assert(
      fc.property(fc.array(payments, LONG), (history) => {
        play(scheme, history, (_, world) => {
          expect(spread(world.netCents)).toBeLessThanOrEqual(1);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('the funders’ totals heal with the next payments', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const world = play(scheme, history);
        const give = (command: GrantCommand) => {
          const { grantId } = command;
          grantDecider.decide(command, world.grant(grantId), world.terms('2010-12-31')).forEach((event) => {
            world.apply(event);
          });
        };
        give(award({ grantId: 'G-9' }));
        for (let cents = 2 * spread(world.netCents); cents > 0; cents -= 1)
          give(pay({ grantId: 'G-9', paymentId: `C-${cents}`, amountCents: 1 }));
        expect(spread(world.netCents)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
