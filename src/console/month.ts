/** A month as people write it: `janvier 2010`, `janv.`, or `janv. 2010` where a year begins. */

import type { Language } from '#libs/money/euros';

const FORMATS = { fr: 'fr-FR', en: 'en-GB' } as const;

/** @param month `2010-01` */
export function monthName(month: string, language: Language, length: 'long' | 'short' | 'year'): string {
  const shape: Intl.DateTimeFormatOptions = { month: length === 'long' ? 'long' : 'short', timeZone: 'UTC' };
  if (length !== 'short') shape.year = 'numeric';
  return new Intl.DateTimeFormat(FORMATS[language], shape).format(Date.parse(`${month}-01`));
}
