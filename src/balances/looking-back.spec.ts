/** Any two views of any history: each is what its own events add up to, and what lies between them adds up to the difference. */

import * as fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays } from '#libs/calendar/day';
import { MemoryEventStore } from '#libs/event-store/memory';
import type { LedgerEvent, StoredLedgerEvent } from '../catalogue.js';
import { awarded, FUNDERS, recorded, schemeOpened, shares } from '../grants/grant.examples.js';
import type { PaymentRecorded } from '../grants/grant.events.js';
import { Ledger } from '../ledger.js';
import { contributed } from '../settlement/settlement.examples.js';
import { boundsOf, viewOf, type AskedView, type View } from '../views/view.js';
import { balancesOf, territorySums, type Figures } from './balance-figures.js';
import { balanceColumns, movementsOf, positionChange } from './balance.movements.js';
import { changedBalances, differenceLines, type DifferenceLine } from './difference.js';

const SCHEMES = ['insertion', 'emplois-tremplins'];
const COMMUNES = ['27229', '76540', undefined];
const FIRST_DAY = '2010-01-20';
const START = Date.parse('2010-02-20T08:00:00Z');
const HOUR = 3_600_000;
const columns = [...balanceColumns, 'positionCents'] as const;

const dayOf = (nth: number) => addDays(FIRST_DAY, nth);
const day = fc.nat(100);
const cents = fc.integer({ min: 1, max: 500 });
const step = fc.record({
  does: fc.constantFrom('award', 'pay', 'pay', 'pay', 'reverse', 'recover', 'contribute'),
  day,
  /** Hours since the recording before: some share their instant's hour, some are weeks apart. */
  later: fc.constantFrom(0, 0, 1, 30, 400),
  scheme: fc.nat(1),
  exercice: fc.constantFrom(2010, 2011),
  funder: fc.nat(2),
  parts: fc.tuple(cents, fc.nat(500), fc.nat(500)),
  nth: fc.nat(9),
});
type Step = typeof step extends fc.Arbitrary<infer Drawn> ? Drawn : never;

const asked = fc.record({
  asOf: fc.option(day.map(dayOf), { nil: undefined }),
  knownAt: fc.option(
    fc.integer({ min: -5, max: 4_000 }).map((hours) => new Date(START + hours * HOUR).toISOString()),
    { nil: undefined, freq: 2 },
  ),
  atPosition: fc.option(fc.nat(45).map(String), { nil: undefined, freq: 2 }),
});
const filter = fc.record({
  scheme: fc.constantFrom(undefined, ...SCHEMES),
  exercice: fc.constantFrom(undefined, undefined, 2010),
  funder: fc.constantFrom(undefined, undefined, ...FUNDERS),
});
type Filter = typeof filter extends fc.Arbitrary<infer Drawn> ? Drawn : never;

const folder = mkdtempSync(join(tmpdir(), 'looking-back-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function eventOf(drawn: Step, i: number, earlier: readonly LedgerEvent[]): LedgerEvent {
  const { does, scheme, exercice, parts } = drawn;
  const on = dayOf(drawn.day);
  const schemeId = SCHEMES[scheme]!;
  const by = FUNDERS[drawn.funder]!;
  const of = { schemeId, exercice };
  const payments = earlier.filter((event): event is PaymentRecorded => event.type === 'PaymentRecorded.v1');
  const paid = payments[drawn.nth]?.data;
  if (does === 'award') {
    const commune = COMMUNES[drawn.nth % 3];
    const beneficiary = {
      name: 'Atelier (démo)',
      siret: '00027600600012',
      ...(commune === undefined ? {} : { commune }),
    };
    const agreement = { number: `C-${i}`, signedOn: on };
    return awarded({ ...of, grantId: `G-${i}`, beneficiary, agreement, plannedShares: shares(...parts) });
  }
  if (does === 'pay') {
    const grants = earlier.filter((event) => event.type === 'GrantAwarded.v1');
    const grantId = grants[drawn.nth % grants.length]!.data.grantId;
    return recorded(parts, { ...of, grantId, paymentId: `P-${i}`, paidOn: on, paidBy: by });
  }
  if (does === 'contribute' || paid === undefined)
    return contributed({ ...of, contributionId: `C-${i}`, from: by, to: 'region', amountCents: parts[0], paidOn: on });
  const { grantId, paymentId, amountCents, paidBy } = paid;
  const reference = { grantId, paymentId, schemeId: paid.schemeId, keyVersion: 1, exercice };
  if (does === 'reverse')
    return {
      type: 'PaymentReversed.v1',
      data: { ...reference, amountCents, paidBy, reversedOn: on, reason: 'double', shares: paid.shares },
    };
  const back = { amountCents: 1, shares: shares(1, 0, 0), seenCents: [1, 1, 1], reason: 'trop-perçu' };
  return {
    type: 'RecoveryRecorded.v1',
    data: { ...reference, ...back, recoveryId: `R-${i}`, recoveredBy: by, recoveredOn: on },
  };
}

interface Played {
  readonly ledger: Ledger;
  readonly log: readonly StoredLedgerEvent[];
  readonly close: () => Promise<void>;
}

let played = 0;

/** A ledger whose first half was there when it opened, and whose second half it was told. */
async function play(steps: readonly Step[]): Promise<Played> {
  let now = START;
  const store = new MemoryEventStore(() => now);
  const revisions = new Map<string, number>();
  const events: LedgerEvent[] = [];
  const append = async (event: LedgerEvent) => {
    const stream = 'grantId' in event.data ? `grant-${event.data.grantId}` : `other-${events.length}`;
    const revision = revisions.get(stream) ?? -1;
    await store.append(stream, revision, [{ id: randomUUID(), metadata: {}, ...event }]);
    revisions.set(stream, revision + 1);
    events.push(event);
  };
  for (const schemeId of SCHEMES) {
    await store.append(`scheme-${schemeId}`, -1, [{ id: randomUUID(), metadata: {}, ...schemeOpened({ schemeId }) }]);
  }
  await append(awarded({ grantId: 'G-first', agreement: { number: 'C', signedOn: FIRST_DAY } }));
  const appendAll = async (some: readonly Step[]) => {
    for (const drawn of some) {
      now += drawn.later * HOUR + 1;
      await append(eventOf(drawn, events.length, events));
    }
  };
  const half = Math.floor(steps.length / 2);
  await appendAll(steps.slice(0, half));
  played += 1;
  const readModelFile = join(folder, `${played}.db`);
  const ledger = await Ledger.open({ store, readModelFile, clock: () => now });
  await appendAll(steps.slice(half));
  await ledger.upToDate();
  const log = (await store.readAll(0, 1_000)) as readonly StoredLedgerEvent[];
  const close = async () => {
    await ledger.close();
    await store.close();
    rmSync(readModelFile, { force: true });
  };
  return { ledger, log, close };
}

type Cells = Record<string, number>;

function add(
  cells: Cells,
  of: { schemeId: string; exercice: number; funderId: string },
  column: string,
  amount: number,
) {
  const key = `${of.schemeId} ${of.exercice} ${of.funderId} ${column}`;
  cells[key] = (cells[key] ?? 0) + amount;
}

function withoutZeroes(cells: Cells): Cells {
  return Object.fromEntries(
    Object.entries(cells)
      .filter(([, amount]) => amount !== 0)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The view by the book: the log gone through from its first event. */
function folded(log: readonly StoredLedgerEvent[], { asOf, knownAt, atPosition }: AskedView, of: Filter): Cells {
  const cells: Cells = {};
  for (const event of log) {
    if (event.position > Number(atPosition ?? Infinity)) continue;
    if (knownAt !== undefined && event.recordedAt > Date.parse(knownAt)) continue;
    for (const movement of movementsOf(event)) {
      const { schemeId, exercice, funderId, on, column, amountCents } = movement;
      if (on > (asOf ?? '9999') || schemeId !== (of.scheme ?? schemeId)) continue;
      if (exercice !== (of.exercice ?? exercice) || funderId !== (of.funder ?? funderId)) continue;
      add(cells, movement, column, amountCents);
      add(cells, movement, 'positionCents', positionChange(movement));
    }
  }
  return withoutZeroes(cells);
}

function cellsOf(balances: readonly ({ schemeId: string; exercice: number; funderId: string } & Figures)[]): Cells {
  const cells: Cells = {};
  for (const balance of balances) for (const column of columns) add(cells, balance, column, balance[column]);
  return withoutZeroes(cells);
}

const histories = fc.array(step, { minLength: 2, maxLength: 40, size: 'max' });
const defined = (of: Filter) =>
  Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as Partial<{
    scheme: string;
    exercice: number;
    funder: string;
  }>;

describe('any two views of any history', () => {
  it('are each what its events add up to, and differ by the events that count in one only, to the cent', async () => {
    const seen = { recorded: 0, dated: 0, both: 0, taken: 0 };
    await fc.assert(
      fc.asyncProperty(
        histories,
        fc.array(fc.tuple(asked, asked, filter), { minLength: 4, maxLength: 4 }),
        async (steps, pairs) => {
          const { ledger, log, close } = await play(steps);
          try {
            for (const [askedBefore, askedAfter, of] of pairs) {
              const before = await viewOf(ledger, askedBefore);
              const after = await viewOf(ledger, askedAfter);
              const some = defined(of);
              const sides = await Promise.all([before, after].map((view) => balancesOf(ledger, { ...some, ...view })));
              expect(cellsOf(sides[0]!)).toEqual(folded(log, askedBefore, of));
              expect(cellsOf(sides[1]!)).toEqual(folded(log, askedAfter, of));
              const between = { ...some, before, after };
              const lines: DifferenceLine[] = [];
              for await (const line of differenceLines(ledger, between)) lines.push(line);
              const sum = { ...folded(log, askedBefore, of) };
              for (const line of lines)
                for (const change of line.changes)
                  for (const column of columns) add(sum, { ...line, ...change }, column, change[column]);
              expect(withoutZeroes(sum)).toEqual(folded(log, askedAfter, of));
              const { balances } = await changedBalances(ledger, between);
              const changes: Cells = {};
              for (const line of lines)
                for (const change of line.changes)
                  for (const column of columns) add(changes, { ...line, ...change }, column, change[column]);
              expect(cellsOf(balances.map(({ change, ...keys }) => ({ ...keys, ...change })))).toEqual(
                withoutZeroes(changes),
              );
              expect(new Set(lines.map(({ position }) => position)).size).toBe(lines.length);
              for (const line of lines) expectReason(line, before, after);
              for (const { because, countsIn } of lines) {
                if (because === 'recorded-later') seen.recorded += 1;
                if (because === 'dated-later') seen.dated += 1;
                if (because === 'recorded-and-dated-later') seen.both += 1;
                if (countsIn === 'before') seen.taken += 1;
              }
            }
          } finally {
            await close();
          }
        },
      ),
      { numRuns: 40 },
    );
    // every way for an event to stand between two views was met
    for (const times of Object.values(seen)) expect(times).toBeGreaterThan(20);
  });

  it('of a territory and a period: what the events of its beneficiaries add up to', async () => {
    await fc.assert(
      fc.asyncProperty(histories, day, day, async (steps, one, other) => {
        const { ledger, log, close } = await play(steps);
        const [from, to] = [dayOf(Math.min(one, other)), dayOf(Math.max(one, other))];
        try {
          const inside = await balancesOf(ledger, { from, asOf: to, inside: '27' });
          const grants = new Set(
            log.flatMap((event) =>
              event.type === 'GrantAwarded.v1' && event.data.beneficiary.commune?.startsWith('27')
                ? event.data.grantId
                : [],
            ),
          );
          const cells: Cells = {};
          for (const event of log)
            if ('grantId' in event.data && grants.has(event.data.grantId))
              for (const movement of movementsOf(event))
                if (from <= movement.on && movement.on <= to) {
                  add(cells, movement, movement.column, movement.amountCents);
                  add(cells, movement, 'positionCents', positionChange(movement));
                }
          expect(cellsOf(inside)).toEqual(withoutZeroes(cells));
          const due = (await territorySums(ledger, { from, to })).filter(({ departement }) => departement === '27');
          expect(due.reduce((sum, { shareDueCents }) => sum + shareDueCents, 0)).toBe(
            inside.reduce((sum, { shareDueCents }) => sum + shareDueCents, 0),
          );
        } finally {
          await close();
        }
      }),
      { numRuns: 20 },
    );
  });
});

/** The one view holds it, the other does not, and for the reason given. */
function expectReason({ on, position, countsIn, because }: DifferenceLine, before: View, after: View): void {
  const [here, there] = (countsIn === 'after' ? [after, before] : [before, after]).map(boundsOf);
  expect(on <= here!.asOf && position <= here!.atPosition).toBe(true);
  expect({ recorded: position > there!.atPosition, dated: on > there!.asOf }).toEqual({
    recorded: because !== 'dated-later',
    dated: because !== 'recorded-later',
  });
}
