/** The axis of a chart of amounts: round steps from the least to the most, and amounts short enough to stand beside them. */

import type { Language } from '#libs/money/euros';

/** Where a chart begins and ends, and the round amounts between that are drawn; 0 is always one of them. */
export interface Axis {
  readonly leastCents: number;
  readonly mostCents: number;
  readonly ticksCents: readonly number[];
}

/** Steps are 1, 2 or 5 times a power of ten. */
export function axisOf(leastCents: number, mostCents: number, steps = 4): Axis {
  const [least, most] = [Math.min(0, leastCents), Math.max(0, mostCents)];
  const step = roundStep((most - least || 100) / steps);
  const first = Math.floor(least / step);
  const last = Math.max(Math.ceil(most / step), first + 1);
  const ticksCents = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
  return { leastCents: first * step, mostCents: last * step, ticksCents };
}

/** Where an amount stands between the ends of an axis, from 0 to 100. */
export function placeOn({ leastCents, mostCents }: Axis, cents: number): number {
  return ((cents - leastCents) * 100) / (mostCents - leastCents);
}

/** `2,5 M€`, `500 k€`, `80 €`. */
export function shortEuros(cents: number, language: Language): string {
  const euros = cents / 100;
  const [unit, sign] = Math.abs(euros) >= 1e6 ? [1e6, 'M'] : Math.abs(euros) >= 1e3 ? [1e3, 'k'] : [1, ''];
  const number = new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { maximumFractionDigits: 2 });
  const text = number.format(euros / unit).replace('-', '−');
  return language === 'fr'
    ? `${text}\u202f${sign}€`
    : `${text.startsWith('−') ? '−' : ''}€${text.replace('−', '')}${sign}`;
}

/** `29,5 %` of thousandths; with a narrow no-break space in French. */
export function percentOf(thousandths: number, language: Language): string {
  const tenths = Math.abs(thousandths);
  const digits = `${thousandths < 0 ? '−' : ''}${Math.trunc(tenths / 10)}${language === 'fr' ? ',' : '.'}${tenths % 10}`;
  return language === 'fr' ? `${digits}\u202f%` : `${digits}%`;
}

/** A place or a size in a drawing, to a thousandth of a percent. */
export function percentPlace(value: number): string {
  return `${Math.trunc(value * 1_000) / 1_000}%`;
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const times = [1, 2, 5, 10].find((each) => rough <= each * power) ?? 10;
  // cents are whole
  return Math.max(1, times * power);
}
