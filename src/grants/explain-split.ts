/** Says in one sentence why each funder bears what it bears: the amounts, and to whom the left-over cents went (R9, R10). */

import { formatEuros, type Language } from '#libs/money/euros';
import type { PaymentRecorded } from './grant.events.js';

/** @param nameOf a funder's name on the day of the payment */
export function explainSplit(
  { amountCents, shares, split }: Pick<PaymentRecorded['data'], 'amountCents' | 'shares' | 'split'>,
  nameOf: (funderId: string) => string,
  language: Language,
): string {
  const parts = shares.map((share) => `${formatEuros(share.amountCents, language)} ${nameOf(share.funderId)}`);
  const sum = `${formatEuros(amountCents, language)} = ${parts.join(' + ')}.`;
  return `${sum} ${remainder(shares, split, nameOf, language)}`;
}

function remainder(
  shares: PaymentRecorded['data']['shares'],
  { order, seenCents }: PaymentRecorded['data']['split'],
  nameOf: (funderId: string) => string,
  language: Language,
): string {
  const amounts = shares.map((share) => share.amountCents);
  const least = Math.min(...amounts);
  const equal = Math.max(...amounts) - least <= 1;
  if (!equal)
    return language === 'fr'
      ? 'Répartition selon les poids de la clé ; les centimes restants vont à qui était le plus en retard sur sa part.'
      : 'Split by the weights of the key; left-over cents go to whoever was furthest behind its part.';
  const extra = order.filter((funderId) =>
    shares.some((share) => share.funderId === funderId && share.amountCents > least),
  );
  if (extra.length === 0) return language === 'fr' ? 'Il ne reste aucun centime.' : 'No cent is left over.';
  const names = extra.map(nameOf).join(language === 'fr' ? ' et ' : ' and ');
  const level = seenCents.every((seen) => seen === seenCents[0]);
  const one = extra.length === 1;
  if (language === 'fr') {
    const what = one ? 'Le centime restant va à' : 'Les centimes restants vont à';
    const plural = one ? 'avait' : 'avaient';
    return level
      ? `${what} ${names} : à égalité, l’ordre fixé à l’ouverture du dispositif décide.`
      : `${what} ${names}, qui ${plural} le moins payé.`;
  }
  const what = one ? 'The left-over cent goes to' : 'The left-over cents go to';
  return level
    ? `${what} ${names}: all level, the order set when the scheme was opened decides.`
    : `${what} ${names}, who had paid least.`;
}
