/** Whatever the positions, a netting plan proves each transfer to the cent and leaves nothing open in any scheme. */

import * as fc from 'fast-check';
import { sumCents } from '#libs/money/cents';
import { balancesOf, nettingPlan, type SchemePosition } from './netting-plan.js';

const FUNDERS = ['calvados', 'eure', 'region', 'seine-maritime'] as const;
const everywhere = () => true;

/** One scheme's positions in an exercice, the first funder's being what the others' leave. */
const positions = (
  schemeId: string,
  exercice: number,
  others: readonly number[],
  funders: readonly string[] = FUNDERS,
) =>
  [-sumCents(others), ...others].map((positionCents, i): SchemePosition => ({
    schemeId,
    exercice,
    funderId: funders[i]!,
    positionCents,
  }));

const cents = fc.integer({ min: -500, max: 500 });
/** Each scheme has three of the four funders: nobody is a funder everywhere. */
const drawn = fc
  .uniqueArray(
    fc.record({ scheme: fc.nat(3), exercice: fc.integer({ min: 2010, max: 2012 }), two: fc.tuple(cents, cents) }),
    { maxLength: 8, selector: ({ scheme, exercice }) => `${scheme} ${exercice}` },
  )
  .map((some) =>
    some.flatMap(({ scheme, exercice, two }) =>
      positions(
        `s-${scheme}`,
        exercice,
        two,
        FUNDERS.filter((_, i) => i !== scheme),
      ),
    ),
  );
const takesPart = (funderId: string, schemeId: string) =>
  FUNDERS.indexOf(funderId as 'eure') !== Number(schemeId.slice(2));

function keyOf({ schemeId, exercice, funderId }: SchemePosition): string {
  return `${schemeId} ${exercice} ${funderId}`;
}

describe('a netting plan', () => {
  it('offsets a debt in one scheme by another’s without cash', () => {
    const { transfers, compensations } = nettingPlan(
      [...positions('a', 2010, [10], ['eure', 'region']), ...positions('b', 2010, [-10], ['eure', 'region'])],
      everywhere,
    );
    expect(transfers).toEqual([]);
    expect(compensations).toEqual([
      { schemeId: 'a', from: 'eure', to: 'region', amountCents: 10 },
      { schemeId: 'b', from: 'region', to: 'eure', amountCents: 10 },
    ]);
  });

  it('pays once what is owed in several schemes and exercices, and books it in each', () => {
    const { transfers, compensations } = nettingPlan(
      [
        ...positions('a', 2010, [10], ['eure', 'region']),
        ...positions('a', 2011, [-3], ['eure', 'region']),
        ...positions('b', 2011, [5], ['eure', 'region']),
      ],
      everywhere,
    );
    expect(transfers).toEqual([
      {
        from: 'eure',
        to: 'region',
        amountCents: 12,
        proof: {
          from: [
            { schemeId: 'a', exercice: 2011, funderId: 'eure', positionCents: 3, partCents: -3 },
            { schemeId: 'a', exercice: 2010, funderId: 'eure', positionCents: -10, partCents: 10 },
            { schemeId: 'b', exercice: 2011, funderId: 'eure', positionCents: -5, partCents: 5 },
          ],
          to: [
            { schemeId: 'a', exercice: 2011, funderId: 'region', positionCents: -3, partCents: -3 },
            { schemeId: 'a', exercice: 2010, funderId: 'region', positionCents: 10, partCents: 10 },
            { schemeId: 'b', exercice: 2011, funderId: 'region', positionCents: 5, partCents: 5 },
          ],
        },
        contributions: [
          { schemeId: 'a', from: 'eure', to: 'region', amountCents: 7 },
          { schemeId: 'b', from: 'eure', to: 'region', amountCents: 5 },
        ],
      },
    ]);
    expect(compensations).toEqual([]);
  });

  it('lets a chain over two schemes be one payment, though its ends share none', () => {
    const funders: Readonly<Record<string, readonly string[]>> = { a: ['calvados', 'eure'], b: ['eure', 'region'] };
    const { transfers, compensations } = nettingPlan(
      [...positions('a', 2010, [10], funders['a']), ...positions('b', 2010, [10], funders['b'])],
      (funderId, schemeId) => funders[schemeId]!.includes(funderId),
    );
    expect(transfers).toMatchObject([{ from: 'calvados', to: 'region', amountCents: 10, contributions: [] }]);
    expect(compensations).toEqual([
      { schemeId: 'a', from: 'calvados', to: 'eure', amountCents: 10 },
      { schemeId: 'b', from: 'eure', to: 'region', amountCents: 10 },
    ]);
  });

  it('brings every scheme to zero, with contributions between its own funders alone (R20, R22)', () => {
    fc.assert(
      fc.property(drawn, (rows) => {
        const { transfers, compensations } = nettingPlan(rows, takesPart);
        const left = new Map<string, number>();
        const add = (schemeId: string, funderId: string, change: number) => {
          const key = `${schemeId} ${funderId}`;
          left.set(key, (left.get(key) ?? 0) + change);
        };
        for (const { schemeId, funderId, positionCents } of rows) add(schemeId, funderId, positionCents);
        for (const { schemeId, from, to, amountCents } of [
          ...transfers.flatMap(({ contributions }) => contributions),
          ...compensations,
        ]) {
          expect(amountCents).toBeGreaterThan(0);
          expect([from, to].filter((funderId) => !takesPart(funderId, schemeId))).toEqual([]);
          add(schemeId, from, amountCents);
          add(schemeId, to, -amountCents);
        }
        expect([...left.values()].filter((open) => open !== 0)).toEqual([]);
      }),
    );
  });

  it('proves each transfer to the cent from both sides, and gives out each position once', () => {
    fc.assert(
      fc.property(drawn, (rows) => {
        const { transfers } = nettingPlan(rows, takesPart);
        const given = new Map<string, number>();
        for (const { from, to, amountCents, proof } of transfers)
          for (const [funderId, lines] of [[from, proof.from] as const, [to, proof.to] as const]) {
            expect(sumCents(lines.map(({ partCents }) => partCents))).toBe(amountCents);
            expect(new Set(lines.map((line) => line.funderId))).toEqual(new Set([funderId]));
            for (const line of lines) {
              const sign = funderId === to ? 1 : -1;
              given.set(keyOf(line), (given.get(keyOf(line)) ?? 0) + sign * line.partCents);
            }
          }
        const settled = new Set(
          balancesOf(rows)
            .filter((each) => each.cents !== 0)
            .map(({ party }) => party),
        );
        for (const row of rows.filter(({ funderId }) => settled.has(funderId)))
          expect(given.get(keyOf(row)) ?? 0).toBe(row.positionCents + 0);
      }),
    );
  });
});
