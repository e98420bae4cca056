/** Draws a sample of payments: by chance, by chance in every stratum, by monetary units, or the largest. */

import { createHash } from 'node:crypto';
import { addCents } from '#libs/money/cents';
import { drawKey } from '#libs/sampling/draw-order';
import { FirstOf } from '#libs/sampling/first-of';
import { hitsBetween, monetaryUnits, type MonetaryUnits } from '#libs/sampling/monetary-units';
import { allocate } from '#libs/sampling/strata';
import { reject } from './audit.rejections.js';
import type { AuditedPayment } from './population.js';

export const methods = ['random', 'monetary-unit', 'top', 'stratified'] as const;
export const strata = ['scheme', 'exercice', 'payer', 'instalment'] as const;

export type Method = (typeof methods)[number];
export type Stratum = (typeof strata)[number];

export interface Population {
  readonly count: number;
  readonly totalCents: number;
  /** Of its ids and amounts, a line each in the order of the log: `P-1 10000\n`. */
  readonly sha256: string;
}

/** A payment of the sample, and why it is one. */
export interface Drawn {
  readonly payment: AuditedPayment;
  /** Its place in the draw; null where chance had no say. */
  readonly drawKey: string | null;
  readonly stratum: string | null;
  /** Monetary units alone: the sum of the population up to it, itself included, and how many drawn cents are its own. */
  readonly throughCents: number | null;
  readonly hits: number | null;
}

export interface DrawnStratum {
  readonly stratum: string;
  readonly count: number;
  readonly totalCents: number;
  readonly size: number;
}

export interface Sample {
  readonly population: Population;
  readonly drawn: readonly Drawn[];
  readonly units: MonetaryUnits | undefined;
  readonly strata: readonly DrawnStratum[];
}

/** The population, from its beginning, as often as it is asked for. */
type Pages = () => AsyncIterable<readonly AuditedPayment[]>;

/** The largest, the first recorded of equal ones. */
export async function largest(pages: Pages, size: number): Promise<Sample> {
  const first = new FirstOf<AuditedPayment>(size, (a, b) => b.amountCents - a.amountCents || a.position - b.position);
  const population = await surveyed(pages, (payment) => first.add(payment));
  const drawn = first.inOrder().map((payment) => ({ ...BY_RULE, payment }));
  return { population, drawn, units: undefined, strata: [] };
}

/** Every payment has the same chance. */
export async function random(pages: Pages, size: number, seed: number): Promise<Sample> {
  const first = firstDrawn(size);
  const population = await surveyed(pages, (payment) => first.add(byChance(payment, seed, null)));
  return { population, drawn: first.inOrder(), units: undefined, strata: [] };
}

/** @throws Rejection when the sample has fewer than one for each stratum */
export async function stratified(pages: Pages, size: number, seed: number, by: Stratum): Promise<Sample> {
  const found = new Map<string, { count: number; totalCents: number; first: FirstOf<Drawn> }>();
  const population = await surveyed(pages, (payment) => {
    const stratum = stratumOf(payment, by);
    const of = found.get(stratum) ?? { count: 0, totalCents: 0, first: firstDrawn(size) };
    found.set(stratum, of);
    of.count += 1;
    of.totalCents = addCents(of.totalCents, payment.amountCents);
    of.first.add(byChance(payment, seed, stratum));
  });
  if (size < found.size) throw reject('SAMPLE_BELOW_STRATA', { size, strata: found.size });
  const named = Array.from(found).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const sizes = allocate(
    size,
    named.map(([, { count }]) => count),
  );
  return {
    population,
    drawn: named.flatMap(([, { first }], i) => first.inOrder().slice(0, sizes[i])),
    units: undefined,
    strata: named.map(([stratum, { count, totalCents }], i) => ({ stratum, count, totalCents, size: sizes[i]! })),
  };
}

/** Every cent has the same chance: large payments more than small ones. */
export async function byMonetaryUnit(pages: Pages, size: number, seed: number): Promise<Sample> {
  const population = await surveyed(pages, () => {});
  const units = monetaryUnits(population.totalCents, size, seed);
  const drawn: Drawn[] = [];
  if (units === undefined) return { population, drawn, units, strata: [] };
  let before = 0;
  for await (const page of pages())
    for (const payment of page) {
      const throughCents = before + payment.amountCents;
      const hits = hitsBetween(units, before, throughCents);
      if (hits > 0) drawn.push({ ...BY_RULE, payment, throughCents, hits });
      before = throughCents;
    }
  return { population, drawn, units, strata: [] };
}

const BY_RULE = { drawKey: null, stratum: null, throughCents: null, hits: null };

function firstDrawn(size: number): FirstOf<Drawn> {
  return new FirstOf<Drawn>(size, (a, b) => (a.drawKey! < b.drawKey! ? -1 : 1));
}

function byChance(payment: AuditedPayment, seed: number, stratum: string | null): Drawn {
  return { ...BY_RULE, payment, drawKey: drawKey(seed, payment.paymentId), stratum };
}

async function surveyed(pages: Pages, see: (payment: AuditedPayment) => void): Promise<Population> {
  const sha256 = createHash('sha256');
  let [count, totalCents] = [0, 0];
  for await (const page of pages()) {
    for (const payment of page) {
      totalCents = addCents(totalCents, payment.amountCents);
      see(payment);
    }
    count += page.length;
    sha256.update(page.map(({ paymentId, amountCents }) => `${paymentId} ${amountCents}\n`).join(''));
  }
  return { count, totalCents, sha256: sha256.digest('hex') };
}

function stratumOf(payment: AuditedPayment, by: Stratum): string {
  switch (by) {
    case 'scheme':
      return payment.schemeId;
    case 'exercice':
      return String(payment.exercice);
    case 'payer':
      return payment.paidBy;
    case 'instalment':
      return payment.instalment;
  }
}
