/** Where a figure's reasons are: the address that opens the events which add up to it. */

import { figureColumns, type BalanceColumn } from './balance.movements.js';

/** What is left out counts whole: every funder, every scheme, every exercice. */
export interface ExplainedFigure {
  readonly column: BalanceColumn | 'positionCents';
  readonly funder?: string;
  readonly scheme?: string;
  /** These schemes alone, with commas between them. */
  readonly schemes?: string;
  readonly exercice?: number;
  /** This exercice and every one before it. */
  readonly untilExercice?: number;
  /** The exercices after this one. */
  readonly afterExercice?: number;
  readonly grant?: string;
  /** Grants that this funder instructed on the last day looked at. */
  readonly instructedBy?: string;
  /** Of calls and contributions alone: those with this funder at the other end. */
  readonly counterpart?: string;
  /** This call and the contributions for it. */
  readonly call?: string;
  /** Of contributions alone: those for a call, or those without one. */
  readonly forCall?: boolean;
  /** The schemes attached to this contract, or to one of its axes. */
  readonly contract?: string;
  readonly axis?: string;
  /** The schemes attached to this sub-contract of the contract. */
  readonly subContract?: string;
  /** Only what is dated from this day on. */
  readonly from?: string;
  /** Only what is dated this day or earlier. */
  readonly to?: string;
  /** Of the last day, only what stands up to this position. */
  readonly lastPosition?: string;
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

/** Those of several columns of the same things, of all columns unless some are named. */
export function whyLinks<Column extends ExplainedFigure['column'] = ExplainedFigure['column']>(
  of: Omit<ExplainedFigure, 'column'>,
  columns: readonly Column[] = [...figureColumns] as Column[],
): Record<Column, string> {
  return Object.fromEntries(columns.map((column) => [column, whyLink({ column, ...of })])) as Record<Column, string>;
}

/** A view of the past in the words of a question. */
export function lookedBackAt(view: {
  readonly asOf?: string;
  readonly atPosition?: number;
}): Pick<ExplainedFigure, 'to' | 'atPosition'> {
  const { asOf, atPosition } = view;
  return {
    ...(asOf === undefined ? {} : { to: asOf }),
    ...(atPosition === undefined ? {} : { atPosition: String(atPosition) }),
  };
}
