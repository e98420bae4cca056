/** Balances folded from the log alone, to compare with what is shown and with what was closed on (R30). */

import {
  balanceColumns,
  movementsOf,
  positionCents,
  type BalanceColumn,
  type Movement,
} from '../balances/balance.movements.js';
import type { LedgerEvent } from '../catalogue.js';

export type Balance = Record<BalanceColumn, number>;

export interface Row extends Balance {
  readonly schemeId: string;
  readonly exercice: number;
  readonly funderId: string;
}

export class BalancesFold {
  private readonly rows = new Map<string, Row>();

  /** Takes in an event and gives what it moved. */
  add(event: LedgerEvent): readonly Movement[] {
    const movements = movementsOf(event);
    for (const { schemeId, exercice, funderId, column, amountCents } of movements) {
      const key = balanceKey(schemeId, exercice, funderId);
      const row = this.rows.get(key) ?? { schemeId, exercice, funderId, ...emptyBalance() };
      this.rows.set(key, row);
      row[column] += amountCents;
    }
    return movements;
  }

  /** By {@link balanceKey}. */
  keys(): Iterable<string> {
    return this.rows.keys();
  }

  all(): readonly Row[] {
    return [...this.rows.values()];
  }

  balanceOf(schemeId: string, exercice: number, funderId: string): Balance {
    return this.rows.get(balanceKey(schemeId, exercice, funderId)) ?? emptyBalance();
  }

  /** By `scheme funder`: every figure of an exercice by its column's name, the position included; only what has moved. */
  totalsOf(exercice: number): ReadonlyMap<string, Readonly<Record<string, number>>> {
    const totals = new Map<string, Readonly<Record<string, number>>>();
    for (const { schemeId, exercice: year, funderId, ...balance } of this.rows.values())
      if (year === exercice && balanceColumns.some((column) => balance[column] !== 0))
        totals.set(`${schemeId} ${funderId}`, { ...balance, positionCents: positionCents(balance) });
    return totals;
  }

  /** By `scheme funder`: the positions over an exercice and all before it; only what is not zero. */
  carriedOverFrom(exercice: number): ReadonlyMap<string, Readonly<Record<string, number>>> {
    const sums = new Map<string, number>();
    for (const { schemeId, exercice: year, funderId, ...balance } of this.rows.values()) {
      if (year > exercice) continue;
      const key = `${schemeId} ${funderId}`;
      sums.set(key, (sums.get(key) ?? 0) + positionCents(balance));
    }
    const open = Array.from(sums).filter(([, cents]) => cents !== 0);
    return new Map(open.map(([key, cents]) => [key, { positionCents: cents }]));
  }
}

export function balanceKey(schemeId: string, exercice: number, funderId: string): string {
  return `${schemeId} ${exercice} ${funderId}`;
}

function emptyBalance(): Balance {
  return Object.fromEntries(balanceColumns.map((column) => [column, 0])) as Balance;
}
