/** Says in words why an event adds to a figure what it adds: the division, the left-over cents, the parts of a position. */

import { formatCents, formatEuros, type Language } from '#libs/money/euros';
import type { StoredLedgerEvent } from '../catalogue.js';
import { funderNameOn } from '../funders/funder.state.js';
import { explainShare, explainSplit } from '../grants/explain-split.js';
import type { PaymentRecorded, RecoveryRecorded } from '../grants/grant.events.js';
import type { Ledger } from '../ledger.js';
import { keyOfVersion, type SplitKey } from '../schemes/scheme.state.js';
import { movementsOf, positionChange, type BalanceColumn } from './balance.movements.js';

export interface ExplainedLine {
  readonly event: StoredLedgerEvent;
  /** The business day. */
  readonly on: string;
  readonly column: BalanceColumn | 'positionCents';
  /** Absent when the figure is everybody's. */
  readonly funder: string | undefined;
}

type NameOf = (funderId: string) => string;

export function explainLine(ledger: Ledger, line: ExplainedLine, language: Language): string {
  const { event, on, column, funder } = line;
  const nameOf: NameOf = (funderId) => funderNameOn(ledger.funders.remembered(funderId), funderId, on);
  if (column === 'positionCents') return partsOf(line, language);
  const fr = language === 'fr';
  const euros = (cents: number) => formatEuros(cents, language);
  switch (event.type) {
    case 'PaymentRecorded.v1':
      if (column === 'disbursedCents')
        return fr
          ? `${nameOf(event.data.paidBy)} verse le tout au bénéficiaire.`
          : `${nameOf(event.data.paidBy)} pays the beneficiary in full.`;
      return shareOf(ledger, event.data, funder, nameOf, language);
    case 'PaymentReissued.v1':
      return fr ? 'Les mêmes montants qu’avant le rejet bancaire.' : 'The same amounts as before the bank return.';
    case 'PaymentReversed.v1':
      return fr
        ? 'L’annulation rend exactement ce que le versement avait compté.'
        : 'The reversal gives back exactly what the payment had counted.';
    case 'PaymentReturned.v1':
      return fr
        ? 'Rejeté par la banque : retiré jusqu’à la réémission.'
        : 'Returned by the bank: withdrawn until it is reissued.';
    case 'RecoveryRecorded.v1':
      return column === 'recoveredCents'
        ? fr
          ? `Encaissé par ${nameOf(event.data.recoveredBy)}.`
          : `Received in the till of ${nameOf(event.data.recoveredBy)}.`
        : recovered(event.data, funder, nameOf, language);
    case 'GrantAwarded.v1':
      return planned(
        event.data.amountCents,
        keyOf(ledger, event.data.schemeId, event.data.keyVersion),
        funder,
        language,
      );
    case 'GrantAmended.v1':
      return fr
        ? `L’avenant porte l’aide à ${euros(event.data.amountCents)} ; la part prévue change d’autant selon la clé.`
        : `The amendment brings the grant to ${euros(event.data.amountCents)}; the planned share changes by the key.`;
    case 'FundingCallIssued.v1':
    case 'FundingCallIssued.v2':
      return fr
        ? `Appel de fonds n° ${event.data.number} : ${event.data.lines.length} lignes.`
        : `Funding call no ${event.data.number}: ${event.data.lines.length} lines.`;
    case 'ContributionRecorded.v1':
      return fr
        ? `${nameOf(event.data.from)} contribue auprès de ${nameOf(event.data.to)}.`
        : `${nameOf(event.data.from)} contributes to ${nameOf(event.data.to)}.`;
    case 'ContributionReversed.v1':
      return fr
        ? `La contribution de ${nameOf(event.data.from)} à ${nameOf(event.data.to)} est annulée.`
        : `The contribution of ${nameOf(event.data.from)} to ${nameOf(event.data.to)} is reversed.`;
    default:
      return '';
  }
}

const PARTS = {
  fr: {
    disbursedCents: 'versé',
    recoveredCents: 'recouvré',
    contributedCents: 'contribué',
    receivedCents: 'reçu',
    shareDueCents: 'quote-part due',
  },
  en: {
    disbursedCents: 'paid out',
    recoveredCents: 'recovered',
    contributedCents: 'contributed',
    receivedCents: 'received',
    shareDueCents: 'share due',
  },
} as const;

/** What of an event counts in the position, with its sign there. */
function partsOf({ event, funder }: ExplainedLine, language: Language): string {
  const parts = movementsOf(event).flatMap((movement) => {
    const change = positionChange(movement);
    const { column, funderId } = movement;
    if (change === 0 || funderId !== (funder ?? funderId) || column === 'grantedShareCents' || column === 'calledCents')
      return [];
    return `${PARTS[language][column]} ${change > 0 ? '+' : ''}${formatEuros(change, language)}`;
  });
  return parts.join(' · ');
}

function shareOf(
  ledger: Ledger,
  payment: PaymentRecorded['data'],
  funder: string | undefined,
  nameOf: NameOf,
  language: Language,
): string {
  if (funder === undefined) return explainSplit(payment, nameOf, language);
  const { weights } = keyOf(ledger, payment.schemeId, payment.split.keyVersion);
  return explainShare(payment, funder, weights, nameOf, language);
}

/** R11: in proportion of what each funder still bore of the payment. */
function recovered(
  { amountCents, shares, seenCents, paymentId }: RecoveryRecorded['data'],
  funder: string | undefined,
  nameOf: NameOf,
  language: Language,
): string {
  const cents = (amount: number) => formatCents(amount, language);
  const fr = language === 'fr';
  if (funder === undefined)
    return fr
      ? `${cents(amountCents)} rendus en proportion de ce que chacun portait encore du versement ${paymentId}.`
      : `${cents(amountCents)} given back in proportion to what each still bore of payment ${paymentId}.`;
  const at = shares.findIndex((share) => share.funderId === funder);
  const total = seenCents.reduce((sum, seen) => sum + BigInt(seen), 0n);
  const whole = Number((BigInt(amountCents) * BigInt(seenCents[at]!)) / total);
  const extra = shares[at]!.amountCents - whole;
  const division = `${cents(amountCents)} × ${cents(seenCents[at]!)} / ${cents(Number(total))} → ${cents(whole)}`;
  const name = nameOf(funder);
  if (fr) {
    const rest = extra === 0 ? '' : ` + ${cents(extra)}, son reste étant parmi les plus grands`;
    return `${division}${rest} : rendu à ${name} en proportion de ce que chacun portait encore du versement ${paymentId}.`;
  }
  const rest = extra === 0 ? '' : ` + ${cents(extra)}, its remainder being among the largest`;
  return `${division}${rest}: given back to ${name} in proportion to what each still bore of payment ${paymentId}.`;
}

function planned(amountCents: number, key: SplitKey, funder: string | undefined, language: Language): string {
  const amount = formatEuros(amountCents, language);
  const total = key.weights.reduce((sum, weight) => sum + weight, 0);
  const weight = key.parts.find((part) => part.funderId === funder)?.weight;
  const part = weight === undefined ? '' : `${weight} / ${total} `;
  return language === 'fr'
    ? `Prévu : ${part}de ${amount}, selon la clé n° ${key.version} ; les versements décideront des centimes.`
    : `Planned: ${part}of ${amount}, by key no ${key.version}; the payments will decide the cents.`;
}

/** The key of a payment's or a grant's own scheme: an event names one that was agreed. */
function keyOf(ledger: Ledger, schemeId: string, version: number): SplitKey {
  const scheme = ledger.scheme(schemeId);
  if (scheme.status === 'unknown') throw new RangeError(`no scheme ${schemeId}`);
  return keyOfVersion(scheme, version);
}
