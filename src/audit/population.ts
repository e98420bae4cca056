/** The payments that an audit looks at: what was recorded up to a position, page by page in the order of the log. */

import { setImmediate } from 'node:timers/promises';
import type { Day } from '#libs/calendar/day';
import { DayField, IdField, QueryNumberField } from '#libs/nest/fields';
import { AtLeastQuery } from '#libs/nest/page';
import { invalid } from '#libs/nest/problem';
import type { Value } from '#libs/projections/projection';
import type { Ledger } from '../ledger.js';
import { reject } from './audit.rejections.js';

/** The parameters of every question of an audit. */
export class PopulationQuery extends AtLeastQuery {
  @IdField({ optional: true }) scheme?: string;
  @QueryNumberField(1990, 2199, { optional: true }) exercice?: string;
  @IdField({ optional: true, description: 'The funder that paid' }) payer?: string;
  @DayField({ optional: true, description: 'Paid on this day or later' }) from?: string;
  @DayField({ optional: true, description: 'Paid on this day or earlier' }) to?: string;
}

export interface PopulationFilter {
  readonly scheme: string | null;
  readonly exercice: number | null;
  readonly payer: string | null;
  readonly from: Day | null;
  readonly to: Day | null;
}

/** Which payments a check looks at. */
export interface Asked {
  readonly filter: PopulationFilter;
  readonly upTo: number;
}

/** Every payment. */
export const EVERYTHING: PopulationFilter = { scheme: null, exercice: null, payer: null, from: null, to: null };

/** A payment as it was recorded; nothing in it ever changes, so that the same question gives the same answer. */
export interface AuditedPayment {
  readonly position: number;
  readonly paymentId: string;
  readonly grantId: string;
  readonly schemeId: string;
  readonly exercice: number;
  readonly paidOn: Day;
  readonly paidBy: string;
  readonly amountCents: number;
  readonly instalment: string;
  readonly orderNumber: string | null;
  readonly beneficiaryId: string;
}

const PAGE = 2_000;

const COLUMNS = `p.position, p.payment_id AS paymentId, p.grant_id AS grantId, p.scheme_id AS schemeId, p.exercice, p.paid_on AS paidOn,
  p.paid_by AS paidBy, p.amount_cents AS amountCents, p.instalment, p.order_number AS orderNumber, p.beneficiary_id AS beneficiaryId`;

/** True of the payments that a filter lets through; its values are {@link valuesOf}. */
const SELECTED = `p.scheme_id = coalesce(?, p.scheme_id) AND p.exercice = coalesce(?, p.exercice)
  AND p.paid_by = coalesce(?, p.paid_by) AND p.paid_on >= coalesce(?, '') AND p.paid_on <= coalesce(?, '9999-12-31')`;

/** @throws Rejection when the scheme is unknown @throws TransportError when the days are the wrong way round */
export function filterOf(ledger: Ledger, { scheme, exercice, payer, from, to }: PopulationQuery): PopulationFilter {
  if (scheme !== undefined && ledger.scheme(scheme).status === 'unknown')
    throw reject('AUDIT_SCHEME_UNKNOWN', { schemeId: scheme });
  if (from !== undefined && to !== undefined && from > to) throw invalid('/to', 'PERIOD_INVALID');
  return {
    scheme: scheme ?? null,
    exercice: exercice === undefined ? null : Number(exercice),
    payer: payer ?? null,
    from: from ?? null,
    to: to ?? null,
  };
}

/** Every payment that the filter lets through, up to a position; lets others work between two pages. */
export async function* populationPages(
  ledger: Ledger,
  { filter, upTo }: Asked,
): AsyncGenerator<readonly AuditedPayment[]> {
  for (let position = 0; ;) {
    const page = ledger.rows.all<AuditedPayment>(
      // an index of days or of schemes would sort all that is left for every page
      `SELECT ${COLUMNS} FROM payments p NOT INDEXED WHERE ${SELECTED} AND p.position > ? AND p.position <= ?
       ORDER BY p.position LIMIT ${PAGE}`,
      ...valuesOf(filter),
      position,
      upTo,
    );
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    ({ position } = page.at(-1)!);
    await setImmediate();
  }
}

/** The payments at some positions that the filter lets through, in the order of the log. */
export function paymentsAt(
  { rows }: Ledger,
  filter: PopulationFilter,
  positions: readonly number[],
): readonly AuditedPayment[] {
  return rows.all<AuditedPayment>(
    `SELECT ${COLUMNS} FROM payments p WHERE ${SELECTED} AND p.position IN (SELECT value FROM json_each(?)) ORDER BY p.position`,
    ...valuesOf(filter),
    JSON.stringify(positions),
  );
}

function valuesOf({ scheme, exercice, payer, from, to }: PopulationFilter): Value[] {
  return [scheme, exercice, payer, from, to];
}

/** Where whatever is found of a payment is explained and followed. */
export function linksOf({ paymentId, grantId }: Pick<AuditedPayment, 'paymentId' | 'grantId'>) {
  return {
    why: `/api/v1/payments/${paymentId}/why`,
    grant: `/api/v1/grants/${grantId}`,
    trail: `/api/v1/streams/grant-${grantId}`,
  };
}
