/**
 * Monetary-unit sampling with a fixed interval: of all cents laid end to end, every so-manieth one is drawn, and with it the item
 * it belongs to. An item as large as the interval is certain to be drawn. Integers only.
 */

import { drawBelow } from './draw-order.js';

export interface MonetaryUnits {
  /** ⌊total / size⌋, at least 1. */
  readonly intervalCents: number;
  /** The first cent drawn, from 1 to the interval. */
  readonly startCents: number;
}

/** @returns undefined when there is nothing to draw from */
export function monetaryUnits(totalCents: number, size: number, seed: number): MonetaryUnits | undefined {
  if (totalCents === 0) return undefined;
  const intervalCents = Math.max(1, Math.floor(totalCents / size));
  return { intervalCents, startCents: 1 + drawBelow(seed, 'start', intervalCents) };
}

/**
 * How many of the drawn cents belong to an item.
 * @param beforeCents the sum of all items before it
 * @param throughCents the same with the item
 */
export function hitsBetween({ intervalCents, startCents }: MonetaryUnits, beforeCents: number, throughCents: number) {
  const upTo = (cents: number) => (cents < startCents ? 0 : Math.floor((cents - startCents) / intervalCents) + 1);
  return upTo(throughCents) - upTo(beforeCents);
}
