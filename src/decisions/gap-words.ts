/** What keeps the authorities from concurring, in words: the authority by its name of the day, what is missing or differs. */

import { formatFrenchDay, type Day } from '#libs/calendar/day';
import { formatEuros, type Language } from '#libs/money/euros';
import type { Gap } from './decision.state.js';

/** @param nameOf an authority's name */
export function gapWords(gap: Gap, nameOf: (funderId: string) => string, language: Language): string {
  const french = language === 'fr';
  const name = nameOf(gap.funderId);
  if (gap.kind === 'missing') return french ? `${name} n’a pas encore délibéré.` : `${name} has not deliberated yet.`;
  if (gap.kind === 'amount-differs') {
    const [own, other] = [formatEuros(gap.amountCents, language), formatEuros(gap.otherCents, language)];
    const expectation = expected(gap.other, nameOf, language);
    return french
      ? `${name} a adopté ${own} (délibération ${gap.reference}) ; ${expectation} ${other}.`
      : `${name} adopted ${own} (deliberation ${gap.reference}); ${expectation} ${other}.`;
  }
  const on = dayWords(gap.on, language);
  return french
    ? `${name} : la délibération ${gap.reference} a été ${FRENCH[gap.kind]} le ${on}.`
    : `${name}: the deliberation ${gap.reference} was ${gap.kind} on ${on}.`;
}

const FRENCH = { adjourned: 'ajournée', rejected: 'rejetée', withdrawn: 'retirée' } as const;

function expected(other: string | undefined, nameOf: (funderId: string) => string, language: Language): string {
  if (other === undefined) return language === 'fr' ? 'la décision porte sur' : 'the decision is about';
  return language === 'fr' ? `${nameOf(other)} a adopté` : `${nameOf(other)} adopted`;
}

function dayWords(day: Day, language: Language): string {
  return language === 'fr' ? formatFrenchDay(day) : day;
}
