/** Where a figure's reasons are: the address that opens the events which add up to it. */

import { balanceColumns, type BalanceColumn } from './balance.movements.js';

/** What is left out counts whole: every funder, every scheme, every exercice. */
export interface ExplainedFigure {
  readonly column: BalanceColumn | 'positionCents';
  readonly funder?: string;
  readonly scheme?: string;
  readonly exercice?: number;
  /** The schemes attached to this contract, or to one of its axes. */
  readonly contract?: string;
  readonly axis?: string;
  /** The schemes attached to this sub-contract of the contract. */
  readonly subContract?: string;
  /** Only what is dated from this day on. */
  readonly from?: string;
  /** Only what is dated this day or earlier. */
  readonly to?: string;
  /** Only beneficiaries outside this département (`27`), or inside; one whose commune is unknown is neither. */
  readonly outside?: string;
  readonly inside?: string;
  /** Only beneficiaries whose commune is unknown. */
  readonly unlocated?: 'true';
  /** Only what had been recorded by this instant. */
  readonly knownAt?: string;
  /** Only what stands in the log up to this position. */
  readonly atPosition?: string;
}

export function whyLink(figure: ExplainedFigure): string {
  const query = Object.entries(figure).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return `/api/v1/balances/why?${query.join('&')}`;
}

/** One for each column of a balance. */
export function whyLinks(of: Omit<ExplainedFigure, 'column'>): Record<BalanceColumn | 'positionCents', string> {
  const columns = [...balanceColumns, 'positionCents'] as const;
  const links = columns.map((column) => [column, whyLink({ column, ...of })]);
  return Object.fromEntries(links) as Record<BalanceColumn | 'positionCents', string>;
}
