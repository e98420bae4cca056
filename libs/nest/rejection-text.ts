/** A rejection's title and detail for a reader: facts filled in, amounts as euros, days as the language writes them. */

import { formatFrenchDay, parseDay } from '#libs/calendar/day';
import type { Rejection, RejectionFacts } from '#libs/decider/rejection';
import { formatEuros, type Language } from '#libs/money/euros';

export function rejectionText({ text, facts }: Rejection, language: Language): { title: string; detail: string } {
  return { title: text.title[language], detail: fill(text.detail[language], facts, language) };
}

/** A text with its facts filled in: amounts as euros, days as the language writes them. */
export function fill(template: string, facts: RejectionFacts, language: Language): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const fact = facts[name];
    if (fact === undefined) return name;
    if (name.endsWith('Cents') && typeof fact === 'number') return formatEuros(fact, language);
    if (language === 'fr' && parseDay(fact) !== undefined) return formatFrenchDay(String(fact));
    return String(fact);
  });
}
