/** Amounts of money: whole euro cents in a plain number, positive, at most 10^12 (R1); sums stay exact integers. */

/** The largest single amount: 10^12 cents, ten thousand million euros. */
export const MAX_AMOUNT_CENTS = 1_000_000_000_000;

/** True for an integer of cents from 1 to 10^12 (R1). */
export function isAmountCents(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= MAX_AMOUNT_CENTS;
}

/** The exact sum of integers of cents. Throws a RangeError rather than losing a cent beyond 2^53. */
export function sumCents(amounts: Iterable<number>): number {
  let sum = 0;
  for (const amount of amounts) sum = addCents(sum, amount);
  return sum;
}

/** a + b, exact. Throws a RangeError when the sum leaves the exact integers. */
export function addCents(a: number, b: number): number {
  const sum = a + b;
  if (!Number.isSafeInteger(sum)) throw new RangeError(`${a} + ${b} is not an exact number of cents`);
  return sum;
}
