/** The balances month by month, as the read model sums them; and how much of each exercice is paid at its end. */

import { addDays, addMonths } from '#libs/calendar/day';
import type { Ledger } from '../ledger.js';
import { balanceColumns, positionCents, type BalanceColumn } from './balance.movements.js';
import type { Figures } from './balance-figures.js';

export interface MonthFilter {
  readonly scheme?: string;
  readonly exercice?: number;
}

export interface MonthBalance extends Figures {
  /** Of the business days, `2010-01`. */
  readonly month: string;
  readonly funderId: string;
}

export interface YearEnd {
  readonly exercice: number;
  /** What all collectivities paid out of it, net of what was reversed and returned. */
  readonly disbursedCents: number;
  /** What of it is dated in December. */
  readonly decemberCents: number;
  /** What of it is dated in the January after: the complementary period (R16). */
  readonly complementaryCents: number;
}

const SUMS = balanceColumns.map((column) => `sum(${column}) AS ${column}`).join(', ');
const SELECTED = 'scheme_id = coalesce(?, scheme_id) AND exercice = coalesce(?, exercice)';

/** By month and funder. */
export function monthsOf({ rows }: Ledger, { scheme, exercice }: MonthFilter): MonthBalance[] {
  const found = rows.all<Pick<MonthBalance, 'month' | 'funderId'> & Record<BalanceColumn, number>>(
    `SELECT business_month AS month, funder_id AS funderId, ${SUMS} FROM balance_months WHERE ${SELECTED}
     GROUP BY business_month, funder_id ORDER BY business_month, funder_id`,
    scheme ?? null,
    exercice ?? null,
  );
  return found.map((row) => ({ ...row, positionCents: positionCents(row) }));
}

/** By exercice; those in which nothing was paid are left out. */
export function yearEndsOf({ rows }: Ledger, { scheme, exercice }: MonthFilter): YearEnd[] {
  return rows.all<YearEnd>(
    `SELECT exercice, sum(disbursedCents) AS disbursedCents,
       sum(iif(business_month = exercice || '-12', disbursedCents, 0)) AS decemberCents,
       sum(iif(business_month = (exercice + 1) || '-01', disbursedCents, 0)) AS complementaryCents
     FROM balance_months WHERE ${SELECTED}
     GROUP BY exercice HAVING count(nullif(disbursedCents, 0)) > 0 ORDER BY exercice`,
    scheme ?? null,
    exercice ?? null,
  );
}

/** The first and the last day of a month. */
export function daysOf(month: string): { readonly from: string; readonly to: string } {
  const from = `${month}-01`;
  return { from, to: addDays(addMonths(from, 1), -1) };
}
