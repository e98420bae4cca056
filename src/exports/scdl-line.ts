/**
 * One subsidy as SCDL subventions 2.1.1 publishes it: sixteen columns, of which `montant` is the publishing funder’s own share and
 * `pourcentageSubvention` the beneficiary’s part, which is the whole.
 */

import type { Day } from '#libs/calendar/day';
import { decimalEuros } from '#libs/money/euros';

export const SCDL_COLUMNS = [
  'nomAttribuant',
  'idAttribuant',
  'dateConvention',
  'referenceDecision',
  'nomBeneficiaire',
  'idBeneficiaire',
  'rnaBeneficiaire',
  'objet',
  'montant',
  'nature',
  'conditionsVersement',
  'datesPeriodeVersement',
  'idRAE',
  'notificationUE',
  'pourcentageSubvention',
  'dispositifAide',
] as const;

/** Characters of `objet` at most. */
const OBJECT_AT_MOST = 256;

/** A name from its day on; null for the first one. */
export interface DatedName {
  readonly effectiveFrom: Day | null;
  readonly name: string;
  readonly siret: string | null;
}

/** What is read of `GET /grants/:grantId`. */
export interface Subsidy {
  readonly schemeId: string;
  readonly status: string;
  readonly amountCents: number;
  readonly beneficiary: { readonly name: string; readonly siret?: string; readonly rna?: string };
  readonly agreement: { readonly number: string; readonly signedOn: Day };
  readonly period: { readonly from: Day; readonly to: Day };
  readonly plannedShares: readonly { readonly funderId: string; readonly amountCents: number }[];
  readonly payments: readonly { readonly paidOn: Day; readonly amountCents: number; readonly status: string }[];
}

/**
 * Who granted: the name of the day (R26); its SIRET, or the first that it had later, which names the same authority.
 * Undefined when it never had one.
 */
export function grantorOn(names: readonly DatedName[], day: Day): { name: string; siret: string } | undefined {
  const at = Math.max(
    0,
    names.findLastIndex(({ effectiveFrom }) => (effectiveFrom ?? '') <= day),
  );
  const { siret } = names.slice(at).find((dated) => dated.siret !== null) ??
    names.findLast((dated) => dated.siret !== null) ?? { siret: null };
  return siret === null ? undefined : { name: names[at]!.name, siret };
}

export function scdlLine(
  { name, siret }: { readonly name: string; readonly siret: string },
  subsidy: Subsidy,
  shareCents: number,
  schemeName: string,
): string[] {
  const { beneficiary, agreement, schemeId } = subsidy;
  const payment = onlyPayment(subsidy);
  const { from, to } = subsidy.period;
  return [
    name,
    siret,
    agreement.signedOn,
    agreement.number,
    beneficiary.name,
    beneficiary.siret ?? '',
    beneficiary.rna ?? '',
    `${schemeName}, convention ${agreement.number}`.slice(0, OBJECT_AT_MOST),
    decimalEuros(shareCents, '.'),
    'aide en numéraire',
    payment === undefined ? 'échelonné' : 'unique',
    payment === undefined ? `${from}/${to}` : payment.paidOn,
    '',
    'non',
    '1',
    schemeId,
  ];
}

/** The one payment that paid all of it; undefined while more are to come, or came. */
function onlyPayment({ payments, amountCents }: Subsidy): Subsidy['payments'][number] | undefined {
  const paid = payments.filter(({ status }) => status === 'paid');
  return paid.length === 1 && paid[0]!.amountCents === amountCents ? paid[0] : undefined;
}
