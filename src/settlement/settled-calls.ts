/** The calls as the read models have them, each with what settles it: the one reading of what is paid and what is not. */

import type { Day } from '#libs/calendar/day';
import type { Ledger } from '../ledger.js';
import { settledCalls, type ContributedWithoutCall, type SettledCall } from './settled-calls.movements.js';

interface Bounds {
  /** Every scheme when absent. */
  readonly scheme?: string | null;
  /** What was issued, paid and reversed by then; everything when absent. */
  readonly on?: Day | null;
  /** What counts in exercices up to it (R23); everything when absent. */
  readonly exercice?: number | null;
}

export interface ShownCall extends SettledCall {
  readonly exercice: number;
  readonly issuedOn: Day;
}

/** Every funder called, the oldest call first. */
export function settledCallsOf(ledger: Ledger, bounds: Bounds): readonly ShownCall[] {
  const calls = ledger.rows.all<Omit<ShownCall, 'creditedCents' | 'unpaidCents'>>(
    `WITH ${ASKED}, paid AS (SELECT scheme_id, call_id, from_funder AS funder_id, sum(amount_cents) AS cents
       FROM contributions, asked WHERE call_id IS NOT NULL AND ${PAID} GROUP BY scheme_id, call_id, from_funder)
     SELECT f.scheme_id AS schemeId, f.call_id AS callId, f.exercice, issued_on AS issuedOn, payer, c.funder_id AS funderId,
       amount_cents AS calledCents, coalesce(cents, 0) AS contributedCents
     FROM asked, funding_calls f JOIN called c ON c.scheme_id = f.scheme_id AND c.call_id = f.call_id
     LEFT JOIN paid p ON p.scheme_id = f.scheme_id AND p.call_id = f.call_id AND p.funder_id = c.funder_id
     WHERE f.scheme_id = coalesce(asked_scheme, f.scheme_id) AND issued_on <= coalesce(asked_day, issued_on)
       AND f.exercice <= coalesce(asked_exercice, f.exercice)
     ORDER BY issued_on, position, c.funder_id`,
    ...valuesOf(bounds),
  );
  return settledCalls(calls, contributedWithoutCall(ledger, bounds));
}

/** Per scheme and pair of funders. */
export function contributedWithoutCall({ rows }: Ledger, bounds: Bounds): ContributedWithoutCall[] {
  return rows.all<ContributedWithoutCall>(
    `WITH ${ASKED} SELECT scheme_id AS schemeId, from_funder AS "from", to_funder AS "to", sum(amount_cents) AS cents
     FROM contributions, asked WHERE call_id IS NULL AND ${PAID} GROUP BY scheme_id, from_funder, to_funder`,
    ...valuesOf(bounds),
  );
}

const ASKED = 'asked AS (SELECT ? AS asked_scheme, ? AS asked_day, ? AS asked_exercice)';

function valuesOf({ scheme = null, on = null, exercice = null }: Bounds) {
  return [scheme, on, exercice] as const;
}

/** As the positions have it: what was paid or reversed later is not yet so. */
const PAID = `scheme_id = coalesce(asked_scheme, scheme_id) AND paid_on <= coalesce(asked_day, paid_on)
  AND exercice <= coalesce(asked_exercice, exercice)
  AND (reversed_on IS NULL OR reversed_on > asked_day OR reversed_exercice > asked_exercice)`;
