/** Says in one sentence why each funder bears what it bears: the amounts, and to whom the left-over cents went (R9, R10). */

import { formatCents, formatEuros, type Language } from '#libs/money/euros';
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

/**
 * One funder's share: the division with its whole cents, and to whom the left-over ones went.
 *
 * @param weights of the key, in the order of the shares
 * @param nameOf a funder's name on the day of the payment
 */
export function explainShare(
  { amountCents, shares, split }: Pick<PaymentRecorded['data'], 'amountCents' | 'shares' | 'split'>,
  funderId: string,
  weights: readonly number[],
  nameOf: (funderId: string) => string,
  language: Language,
): string {
  const at = shares.findIndex((share) => share.funderId === funderId);
  const parts = wholeParts(amountCents, weights);
  const cents = (amount: number) => formatCents(amount, language);
  const extra = shares[at]!.amountCents - parts[at]!;
  if (isEqual(weights)) {
    const leftOver = amountCents - parts[at]! * weights.length;
    const rest = leftOver === 0 ? '' : `, ${language === 'fr' ? 'reste' : 'remainder'} ${cents(leftOver)}`;
    const own = extra === 0 ? '' : `${nameOf(funderId)} : ${cents(parts[at]!)} + ${cents(extra)}.`;
    const division = `${cents(amountCents)} / ${weights.length} = ${cents(parts[at]!)}${rest}.`;
    return [division, remainder(shares, split, nameOf, language), own].filter((text) => text !== '').join(' ');
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const division = `${cents(amountCents)} × ${weights[at]!} / ${total} → ${cents(parts[at]!)}`;
  if (extra === 0)
    return language === 'fr'
      ? `${division}, sans centime restant pour ${nameOf(funderId)}.`
      : `${division}, no left-over cent for ${nameOf(funderId)}.`;
  return language === 'fr'
    ? `${division} + ${cents(extra)} : le centime restant va à ${nameOf(funderId)}, qui était le plus en retard sur sa part.`
    : `${division} + ${cents(extra)}: the left-over cent goes to ${nameOf(funderId)}, which was furthest behind its part.`;
}

/** What each weight gives before the left-over cents: floor(amount · weight / W). */
export function wholeParts(amountCents: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  return weights.map((weight) => Number((BigInt(amountCents) * BigInt(weight)) / total));
}

function isEqual(weights: readonly number[]): boolean {
  return weights.every((weight) => weight === weights[0]);
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
