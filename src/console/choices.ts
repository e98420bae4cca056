/** Choices of a field made of what pages have at hand: a table of words, a list of years. */

import type { Choice } from './field.js';

/** By the API's values, in the order of the table. */
export function choicesOf(words: Readonly<Record<string, string>>): Choice[] {
  return Object.entries(words).map(([value, text]) => ({ value, text }));
}

export function yearChoices(years: readonly number[]): Choice[] {
  return years.map((year) => ({ value: String(year), text: String(year) }));
}
