/** What the directors general look at: everything as of the day of their meeting, and what changed since the one before. */

import { addDays, daysBetween, yearOf, type Day } from '#libs/calendar/day';
import { balanceColumns } from '../balances/balance.movements.js';
import { balancesOf, sumOf, type Balance, type Figures } from '../balances/balance-figures.js';
import { figures } from '../balances/figure-names.js';
import { whyLink, whyLinks } from '../balances/why-link.js';
import { figureOf, isNear } from '../ceilings/ceiling-figures.js';
import { attachedOn, unknownContract } from '../contract/contract.state.js';
import { funderNameOn } from '../funders/funder.state.js';
import type { Ledger } from '../ledger.js';
import { settledCallsOf } from '../settlement/settled-calls.js';
import type { HeldCeiling } from './reports.projection.js';

export interface Meeting {
  readonly on: Day;
  /** The meeting before: what is dated later is new. */
  readonly since: Day;
}

/** The exercices that were closed on a day, which is asked for twice: those reopened later still were. */
const CLOSED = `SELECT exercice FROM closed_periods WHERE closed_on <= ? AND (reopened_on IS NULL OR reopened_on > ?)`;

export async function fundersAt(ledger: Ledger, { on, since }: Meeting) {
  const now = await balancesOf(ledger, { asOf: on });
  const before = await balancesOf(ledger, { asOf: since });
  const funderIds = [...new Set(now.map((balance) => balance.funderId))].toSorted();
  const both = (isShown: (balance: Balance) => boolean) => {
    const [at, then] = [sumOf(now.filter(isShown)), sumOf(before.filter(isShown))];
    return { before: then, at, change: difference(at, then) };
  };
  const reasons = (of: { readonly funder?: string }) => ({
    why: whyLinks({ ...of, to: on }, figures),
    whyBefore: whyLinks({ ...of, to: since }, figures),
    whyChange: whyLinks({ ...of, from: addDays(since, 1), to: on }, figures),
  });
  const funders = funderIds.map((funderId) => ({
    funderId,
    name: nameOn(ledger, funderId, on),
    ...both((balance) => balance.funderId === funderId),
    ...reasons({ funder: funderId }),
  }));
  return {
    funders,
    totals: { ...both(() => true), ...reasons({}) },
    unsettled: unsettled(now, on),
    ceilings: ceilings(ledger, now, on),
    exercicesToClose: exercicesToClose(ledger, now, on),
  };
}

function difference(at: Figures, before: Figures): Figures {
  return Object.fromEntries(figures.map((column) => [column, at[column] - before[column]])) as Figures;
}

/** Positions that are left of the exercices before the meeting's own year. */
function unsettled(balances: readonly Balance[], on: Day) {
  const groups = new Map<string, Balance[]>();
  for (const balance of balances) {
    if (balance.exercice >= yearOf(on)) continue;
    const key = `${balance.exercice} ${balance.funderId}`;
    groups.set(key, [...(groups.get(key) ?? []), balance]);
  }
  return Array.from(groups.values(), (group) => {
    const { exercice, funderId } = group[0]!;
    const { positionCents } = sumOf(group);
    const why = whyLink({ column: 'positionCents', funder: funderId, exercice, to: on });
    return { exercice, funderId, positionCents, why };
  })
    .filter(({ positionCents }) => positionCents !== 0)
    .toSorted((a, b) => a.exercice - b.exercice || (a.funderId < b.funderId ? -1 : 1));
}

interface CeilingRow extends Omit<HeldCeiling, 'scope'> {
  readonly ceilingId: string;
  readonly scope: string;
}

/**
 * The ceilings, of exercices that were still open, as they stood on the day, that were nearly or wholly used by then. What
 * an axis or a contract holds are the schemes attached to it on that day: an attachment counts a scheme whole.
 */
function ceilings(ledger: Ledger, balances: readonly Balance[], on: Day) {
  const found = ledger.rows.all<CeilingRow>(
    `SELECT ceiling_id AS ceilingId, scope, exercice, amount_cents AS amountCents, mode FROM ceilings_set AS c
     WHERE on_day <= ? AND amount_cents IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ceilings_set AS later
         WHERE later.ceiling_id = c.ceiling_id AND later.on_day <= ? AND (later.on_day, later.position) > (c.on_day, c.position))
       AND (exercice IS NULL OR exercice NOT IN (${CLOSED}))
     ORDER BY ceiling_id`,
    on,
    on,
    on,
    on,
  );
  return found.flatMap((row) => {
    const { exercice, amountCents } = row;
    const scope = JSON.parse(row.scope) as HeldCeiling['scope'];
    const schemes = schemesHeld(ledger, scope, on);
    const figure = figureOf(scope);
    const counted = balances.filter(
      (balance) =>
        (schemes === undefined || schemes.includes(balance.schemeId)) &&
        balance.funderId === (figure.funder ?? balance.funderId) &&
        balance.exercice === (exercice ?? balance.exercice),
    );
    // all funders' shares are what was paid, net of what came back
    const consumedCents = sumOf(counted).shareDueCents;
    if (!isNear(consumedCents, amountCents)) return [];
    const percent = Number((BigInt(consumedCents) * 100n) / BigInt(amountCents));
    const year = exercice === null ? {} : { exercice };
    const why = whyLink({ column: 'shareDueCents', ...figure, ...year, to: on });
    return { ...row, scope, consumedCents, percent, state: consumedCents > amountCents ? 'passed' : 'near', why };
  });
}

/** The schemes that a ceiling holds on a day; undefined: all. */
function schemesHeld({ contracts }: Ledger, scope: HeldCeiling['scope'], on: Day): readonly string[] | undefined {
  switch (scope.kind) {
    case 'funder':
      return undefined;
    case 'scheme':
    case 'funder-scheme':
      return [scope.schemeId];
    case 'contract':
    case 'axis': {
      const signed = contracts.remembered(scope.contractId) ?? unknownContract;
      const attached = signed.status === 'unknown' ? [] : attachedOn(signed, on);
      return attached
        .filter(({ axisId }) => scope.kind === 'contract' || scope.axisId === axisId)
        .map(({ schemeId }) => schemeId);
    }
  }
}

/** The calls that were issued by the day and were not settled by then, the oldest first. */
export function unpaidCalls(ledger: Ledger, on: Day) {
  return settledCallsOf(ledger, { on })
    .filter(({ unpaidCents }) => unpaidCents > 0)
    .map(({ calledCents: amountCents, unpaidCents: missingCents, ...call }) => ({
      ...call,
      amountCents,
      missingCents,
      ageDays: daysBetween(call.issuedOn, on),
      list: `/api/v1/settlement/calls/${call.callId}`,
      whyContributed: whyLink({
        column: 'contributedCents',
        funder: call.funderId,
        scheme: call.schemeId,
        call: call.callId,
        to: on,
      }),
    }));
}

interface InstructionRow {
  readonly funderId: string;
  readonly grants: number;
  readonly grantedCents: number;
  readonly newGrants: number;
  readonly newGrantedCents: number;
}

/** Whose files the grants were on the day: each is exactly one authority's (R27). */
export function instruction({ rows }: Ledger, { on, since }: Meeting) {
  const instructed = rows.all<InstructionRow>(
    `SELECT (SELECT funder_id FROM instructions AS i WHERE i.grant_id = a.grant_id AND on_day <= ?
         ORDER BY on_day DESC, position DESC LIMIT 1) AS funderId,
       count(*) AS grants, sum(cents) AS grantedCents,
       sum(signed_on > ?) AS newGrants, sum(new_cents) AS newGrantedCents
     FROM (SELECT grant_id, sum(change_cents) AS cents, sum(CASE WHEN on_day > ? THEN change_cents ELSE 0 END) AS new_cents
         FROM grant_amounts WHERE on_day <= ? GROUP BY grant_id) AS a
     JOIN reported_grants AS g ON g.grant_id = a.grant_id AND signed_on <= ? GROUP BY funderId ORDER BY funderId`,
    on,
    since,
    since,
    on,
    on,
  );
  return instructed.map((row) => {
    const of = { column: 'grantedShareCents', instructedBy: row.funderId } as const;
    const newGrantedCents = whyLink({ ...of, from: addDays(since, 1), to: on });
    return { ...row, why: { grantedCents: whyLink({ ...of, to: on }), newGrantedCents } };
  });
}

interface ReconciliationRow {
  readonly reconciliationId: string;
  readonly funderId: string;
  readonly exercice: number;
  readonly schemeId: string | null;
  readonly receivedOn: Day;
}

/** The partners' lists that were received by the day and not signed off by then, the oldest first. */
export function openReconciliations({ rows }: Ledger, on: Day) {
  const open = rows.all<ReconciliationRow>(
    `SELECT reconciliation_id AS reconciliationId, funder_id AS funderId, exercice, scheme_id AS schemeId,
       received_on AS receivedOn
     FROM reconciliations WHERE received_on <= ? AND (closed_on IS NULL OR closed_on > ?) ORDER BY received_on, position`,
    on,
    on,
  );
  return open.map((of) => ({
    ...of,
    ageDays: daysBetween(of.receivedOn, on),
    list: `/api/v1/reconciliations/${of.reconciliationId}`,
  }));
}

/** Exercices that held something on the day, whose complementary period had ended by then, and that were not closed (R23). */
function exercicesToClose({ rows }: Ledger, balances: readonly Balance[], on: Day) {
  const closed = new Set(rows.all<{ exercice: number }>(CLOSED, on, on).map(({ exercice }) => exercice));
  const moved = balances.filter((balance) => balanceColumns.some((column) => balance[column] !== 0));
  return [...new Set(moved.map(({ exercice }) => exercice))]
    .filter((exercice) => !closed.has(exercice))
    .toSorted((a, b) => a - b)
    .map((exercice) => ({ exercice, since: `${exercice + 1}-02-01` }))
    .filter((waiting) => waiting.since <= on);
}

function nameOn(ledger: Ledger, funderId: string, on: Day): string {
  return funderNameOn(ledger.funders.remembered(funderId), funderId, on);
}
