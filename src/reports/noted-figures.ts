/** What was noticed beside the ordinary course between two meetings of the directors general: counted, and one by one. */

import type { Day } from '#libs/calendar/day';
import type { Ledger } from '../ledger.js';
import type { Meeting } from './dgs-figures.js';
import type { NotedKind } from './reports.projection.js';

/** Listed on the sheet at most; the counts count all. */
const LISTED_AT_MOST = 200;

export interface NotedRow {
  readonly kind: NotedKind;
  readonly on: Day;
  readonly position: string;
  readonly schemeId: string;
  readonly grantId: string;
  readonly paymentId: string | null;
  readonly amountCents: number | null;
  readonly funderId: string | null;
  /** The other payment, grant or proposal; the ceiling that was passed; of a transfer, who handed it over. */
  readonly otherId: string | null;
  readonly reason: string | null;
}

/** With what it adds to the amount of its kind, and its place among those of one event. */
export interface CountedRow extends NotedRow {
  readonly countedCents: number;
  readonly ordinal: number;
}

export interface NotedPlace extends Pick<NotedRow, 'on'> {
  readonly position: number;
  readonly ordinal: number;
  /** One event may be noted for two reasons. */
  readonly kind: string;
}

export interface NotedPart {
  readonly kind?: NotedKind;
  /** Only what comes after this one in the list. */
  readonly after?: NotedPlace;
  readonly limit: number;
}

/**
 * What was noticed since the meeting before: how often, and each with its reason. A payment that passed two ceilings passed
 * twice, and its amount is added once.
 */
export function noted(ledger: Ledger, meeting: Meeting) {
  const { on, since } = meeting;
  const counts = ledger.rows.all<{ kind: NotedKind; count: number; amountCents: number }>(
    `SELECT kind, count(*) AS count, sum(${COUNTED}) AS amountCents ${NOTED} GROUP BY kind ORDER BY kind`,
    since,
    on,
  );
  const why = (kind: NotedKind) => `/api/v1/reports/dgs/noted?kind=${kind}&on=${on}&since=${since}`;
  const list = notedRows(ledger, meeting, { limit: LISTED_AT_MOST });
  return {
    counts: counts.map((count) => ({ ...count, why: why(count.kind) })),
    list: list.map(({ countedCents: _, ordinal: __, ...row }): NotedRow => row),
  };
}

/** Newest first, those of one event in their own order. */
export function notedRows({ rows }: Ledger, { on, since }: Meeting, { kind, after, limit }: NotedPart): CountedRow[] {
  return rows.all<CountedRow>(
    `SELECT kind, on_day AS "on", CAST(n.position AS TEXT) AS position, coalesce(n.scheme_id, g.scheme_id) AS schemeId,
       n.grant_id AS grantId, n.payment_id AS paymentId, coalesce(n.amount_cents, p.amount_cents) AS amountCents,
       coalesce(n.funder_id, p.decided_by) AS funderId, other_id AS otherId, n.reason, ${COUNTED} AS countedCents, ordinal
     ${NOTED} AND kind = coalesce(?, kind) AND (on_day, n.position, -ordinal, kind) < (?, ?, ?, ?)
     ORDER BY on_day DESC, n.position DESC, ordinal, kind DESC LIMIT ?`,
    since,
    on,
    kind ?? null,
    after?.on ?? LATER_THAN_ANY,
    after?.position ?? 0,
    after === undefined ? 0 : -after.ordinal,
    after?.kind ?? '',
    limit,
  );
}

const LATER_THAN_ANY = '9999';
const COUNTED = 'iif(ordinal = 0, coalesce(n.amount_cents, p.amount_cents, 0), 0)';
const NOTED = `FROM noted AS n LEFT JOIN proposals AS p ON n.kind = 'proposal-refused' AND p.proposal_id = n.other_id
  LEFT JOIN reported_grants AS g ON g.grant_id = n.grant_id WHERE on_day > ? AND on_day <= ?`;
