/** Payment-order numbers as series: what comes before the number in front, and the numbers that are missing between two. */

/** The series and the number of an order, `2010-000123`: series `2010-`, number 123; undefined without a number at its end. */
export function orderOf(orderNumber: string): { readonly series: string; readonly number: number } | undefined {
  const match = /^(.*?)(\d{1,15})$/.exec(orderNumber.trim());
  return match === null ? undefined : { series: match[1]!, number: Number(match[2]) };
}

export interface Gap {
  /** The first and the last number missing. */
  readonly from: number;
  readonly to: number;
  /** The number that follows. */
  readonly before: number;
}

/** Fewer numbers make no series. */
const FEWEST = 10;

/**
 * The gaps of a series.
 * @returns undefined when the numbers are no series of their own: few, or with more missing than there (numbers shared with
 *   other spending)
 */
export function gapsOf(numbers: readonly number[]): readonly Gap[] | undefined {
  const inOrder = [...new Set(numbers)].toSorted((a, b) => a - b);
  if (inOrder.length < FEWEST || inOrder.at(-1)! - inOrder[0]! + 1 > 2 * inOrder.length) return undefined;
  return inOrder.flatMap((number, i): Gap[] => {
    const previous = inOrder[i - 1];
    return previous === undefined || number === previous + 1
      ? []
      : [{ from: previous + 1, to: number - 1, before: number }];
  });
}
