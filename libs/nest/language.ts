/** The reader's language from `Accept-Language`: French unless English is preferred. */

import type { Language } from '#libs/money/euros';

export function languageOf(header: string | undefined): Language {
  let best: { language: Language; weight: number } = { language: 'fr', weight: 0 };
  for (const part of (header ?? '').slice(0, 200).split(',')) {
    const match = /^\s*(fr|en)\b[^;]*(?:;\s*q=([\d.]+))?\s*$/i.exec(part);
    if (match === null) continue;
    const weight = match[2] === undefined ? 1 : Number(match[2]);
    if (weight > best.weight) best = { language: match[1]!.toLowerCase() as Language, weight };
  }
  return best.language;
}
