/**
 * The order in which a seed draws: by the SHA-256 of `<seed>:<id>`, smallest first. Whoever has the ids makes the same draw with
 * any tool (`printf '%s' '276:P-1' | sha256sum`), whatever the order they come in; a larger sample begins with the smaller one.
 */

import { hash } from 'node:crypto';

/** Where an id stands in the draw: 64 hexadecimal digits, to be compared as text. */
export function drawKey(seed: number, id: string): string {
  return hash('sha256', `${seed}:${id}`);
}

/** An integer from 0 to count − 1 that the seed decides: the SHA-256 of `<seed>:<topic>`, as one number, modulo the count. */
export function drawBelow(seed: number, topic: string, count: number): number {
  return Number(BigInt(`0x${drawKey(seed, topic)}`) % BigInt(count));
}
