/** Cuts a period into its whole months and the days that are left at its two ends. */

import { addDays, addMonths, type Day } from '#libs/calendar/day';

export interface Days {
  readonly from: Day;
  readonly to: Day;
}

export interface CutPeriod {
  /** The first and the last whole month, `2010-01`; absent where the period holds none. */
  readonly months?: { readonly first: string; readonly last: string };
  readonly rest: readonly Days[];
}

/** Before every month, and after all of them. */
const FIRST_MONTH = '0000-00';
const LAST_MONTH = '9999-99';

/** @param from absent: since ever; @param to absent: whatever comes */
export function cutPeriod(from: Day | undefined, to: Day | undefined): CutPeriod {
  const first = from === undefined ? FIRST_MONTH : isFirst(from) ? monthOf(from) : monthOf(addMonths(from, 1));
  const last = to === undefined ? LAST_MONTH : isFirst(addDays(to, 1)) ? monthOf(to) : monthOf(addMonths(to, -1));
  if (first > last) return { rest: [{ from: from!, to: to! }] };
  return {
    months: { first, last },
    rest: [
      ...(from === undefined || isFirst(from) ? [] : [{ from, to: addDays(`${first}-01`, -1) }]),
      ...(to === undefined || monthOf(to) === last ? [] : [{ from: `${monthOf(to)}-01`, to }]),
    ],
  };
}

export function monthOf(day: Day): string {
  return day.slice(0, 7);
}

function isFirst(day: Day): boolean {
  return day.endsWith('-01');
}
